//! What can be said about a number.

/// One thing that was found. The code is stable; the words are in the locales of the core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum NumberFinding {
    /// Nothing was given.
    Empty,
    /// Longer than any number.
    TooLong,
    /// Not as many characters as this kind of number has.
    Length,
    /// A character that cannot stand there.
    Character,
    /// The parts are not in the order of this kind of number.
    Form,
    /// A check digit is not the one that the rest demands.
    CheckDigit,
    /// A day that no calendar has.
    NoSuchDate,
    /// A day that has not come yet.
    FutureDate,
    /// Warning: no province or city has this region code, or none gives it to people.
    UnknownRegion,
    /// Warning: the organisation code inside does not satisfy its own check.
    InnerOrganisation,
    /// Warning: the code of the type or of the issuer inside does not satisfy its own check.
    InnerCode,
    /// Warning: the registration authority's letter is not one that is known.
    UnknownAuthority,
    /// Warning: the food licence's check digit fails; the rule for it is unconfirmed.
    FoodCheckDigit,
    /// Warning: not one of the business formats 1, 2 and 3.
    FoodFormat,
    /// Warning: no card with these first letters was ever issued, as far as is known.
    UnknownPrefix,
    /// Warning: 28 characters, but not arranged as the units that are known.
    UnitLayout,
}

impl NumberFinding {
    /// All of them, for the test that demands words for each.
    pub const ALL: [Self; 16] = [
        Self::Empty,
        Self::TooLong,
        Self::Length,
        Self::Character,
        Self::Form,
        Self::CheckDigit,
        Self::NoSuchDate,
        Self::FutureDate,
        Self::UnknownRegion,
        Self::InnerOrganisation,
        Self::InnerCode,
        Self::UnknownAuthority,
        Self::FoodCheckDigit,
        Self::FoodFormat,
        Self::UnknownPrefix,
        Self::UnitLayout,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "number.empty",
            Self::TooLong => "number.too-long",
            Self::Length => "number.length",
            Self::Character => "number.character",
            Self::Form => "number.form",
            Self::CheckDigit => "number.check-digit",
            Self::NoSuchDate => "number.no-such-date",
            Self::FutureDate => "number.future-date",
            Self::UnknownRegion => "number.unknown-region",
            Self::InnerOrganisation => "number.inner-organisation",
            Self::InnerCode => "number.inner-code",
            Self::UnknownAuthority => "number.unknown-authority",
            Self::FoodCheckDigit => "number.food-check-digit",
            Self::FoodFormat => "number.food-format",
            Self::UnknownPrefix => "number.unknown-prefix",
            Self::UnitLayout => "number.unit-layout",
        }
    }

    /// Whether the number may be right all the same.
    pub fn is_warning(self) -> bool {
        matches!(
            self,
            Self::UnknownRegion
                | Self::InnerOrganisation
                | Self::InnerCode
                | Self::UnknownAuthority
                | Self::FoodCheckDigit
                | Self::FoodFormat
                | Self::UnknownPrefix
                | Self::UnitLayout
        )
    }
}
