//! How a field counts before the law, and how much harm a leak of it can do.

/// How a field counts before the law (gba.md §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldClass {
    /// N: not personal.
    NotPersonal,
    /// P: personal.
    Personal,
    /// P*: an identity number; sensitive by policy, although GB/T 45574-2025 no longer lists it.
    IdentityNumber,
    /// S: sensitive (PIPL art. 28).
    Sensitive,
    /// B: a firm's.
    Business,
    /// BS: a firm's secret.
    TradeSecret,
}

impl FieldClass {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::NotPersonal,
        Self::Personal,
        Self::IdentityNumber,
        Self::Sensitive,
        Self::Business,
        Self::TradeSecret,
    ];

    /// The sign in the data.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotPersonal => "N",
            Self::Personal => "P",
            Self::IdentityNumber => "P*",
            Self::Sensitive => "S",
            Self::Business => "B",
            Self::TradeSecret => "BS",
        }
    }

    /// The class with this sign.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }

    /// Whether a separate consent is asked for on the mainland (PIPL art. 29).
    pub fn is_sensitive(self) -> bool {
        matches!(self, Self::IdentityNumber | Self::Sensitive)
    }

    /// The lowest level that fits: N is L1, P and B are L2, P* and BS are L3, S is L4 (gba.md row 40;
    /// the table is ours). A field that only Macao counts as sensitive is at least L3.
    pub fn least_level(self, mo_sensitive: bool) -> Level {
        match self {
            Self::Sensitive => Level::L4,
            Self::IdentityNumber | Self::TradeSecret => Level::L3,
            _ if mo_sensitive => Level::L3,
            Self::Personal | Self::Business => Level::L2,
            Self::NotPersonal => Level::L1,
        }
    }
}

/// How much harm a leak can do; drives default lifetime, re-authentication and warnings (row 40).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Little: it is public or of no person.
    L1,
    /// Some: it says who somebody is.
    L2,
    /// Much: it opens accounts, or a firm's books.
    L3,
    /// Grave: health, body, belief.
    L4,
}

impl Level {
    /// All of them, upwards.
    pub const ALL: [Self; 4] = [Self::L1, Self::L2, Self::L3, Self::L4];

    /// `L1` to `L4`.
    pub fn code(self) -> &'static str {
        match self {
            Self::L1 => "L1",
            Self::L2 => "L2",
            Self::L3 => "L3",
            Self::L4 => "L4",
        }
    }
}
