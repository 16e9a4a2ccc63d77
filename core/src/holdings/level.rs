//! Four levels of data (分级分类, gba.md row 40), and what each asks for.
//!
//! ```text
//! level  what it is                            a grant holds   passphrase again
//! L1     about nobody: who issued it, until when   7 days          no
//! L2     about a person, not sensitive             1 day           no
//! L3     identity numbers, trade secrets, unclassified  1 hour          no
//! L4     health, biometrics, private life          10 minutes      yes
//! ```
//!
//! A grant by QR codes holds for 15 minutes at most, whatever the level would allow. The grant as a whole
//! has the level of its highest claim.

use chop_catalog::Field;
use chop_policy::{Class, Sensitivity};

/// How much harm a claim can do in wrong hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataLevel {
    /// About nobody.
    L1,
    /// About a person.
    L2,
    /// Opens much else: identity numbers; and whatever nobody has classified.
    L3,
    /// Sensitive by law.
    L4,
}

impl DataLevel {
    /// All, lowest first.
    pub const ALL: [Self; 4] = [Self::L1, Self::L2, Self::L3, Self::L4];

    /// The level of a claim: as the catalogue has its field, or by the class that the rules give it. A
    /// yes in place of a value is one level lower than the value, and at least L2.
    pub fn of(field: Option<&Field>, sensitivity: Sensitivity, is_predicate: bool) -> Self {
        let level = field.map_or_else(|| Self::of_class(sensitivity.class), |field| field.level.into());
        match (is_predicate, level) {
            (true, Self::L4) => Self::L3,
            (true, _) => Self::L2,
            (false, level) => level,
        }
    }

    fn of_class(class: Class) -> Self {
        match class {
            Class::Impersonal => Self::L1,
            Class::Ordinary | Class::Business => Self::L2,
            Class::IdentityNumber | Class::TradeSecret | Class::Unclassified => Self::L3,
            Class::Health
            | Class::Biometric
            | Class::PrivateLife
            | Class::Genetic
            | Class::FinancialAccount
            | Class::Whereabouts
            | Class::OtherSensitive => Self::L4,
        }
    }

    /// The word for commands, files and translations.
    pub fn code(self) -> &'static str {
        match self {
            Self::L1 => "L1",
            Self::L2 => "L2",
            Self::L3 => "L3",
            Self::L4 => "L4",
        }
    }

    /// Seconds for which a grant of this level holds unless somebody says less.
    pub fn lifetime(self) -> i64 {
        match self {
            Self::L1 => 7 * 86_400,
            Self::L2 => 86_400,
            Self::L3 => 3_600,
            Self::L4 => 600,
        }
    }

    /// Whether the person proves once more to be there before such a grant.
    pub fn wants_presence(self) -> bool {
        self == Self::L4
    }
}

impl From<chop_catalog::Level> for DataLevel {
    fn from(level: chop_catalog::Level) -> Self {
        match level {
            chop_catalog::Level::L1 => Self::L1,
            chop_catalog::Level::L2 => Self::L2,
            chop_catalog::Level::L3 => Self::L3,
            chop_catalog::Level::L4 => Self::L4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gba_row_40_the_level_drives_lifetime_presence_and_warning() {
        let pack = chop_policy::Pack::built_in().unwrap();
        let ips = "urn:chop:ips:1";
        let id = "urn:chop:cn.resident_id:1";
        let catalog = chop_catalog::Catalog::built_in().unwrap();
        for (vct, claim, is_predicate, level, seconds, presence) in [
            (id, "valid_to", false, DataLevel::L1, 604_800, false),
            ("urn:chop:transcript:1", "award", false, DataLevel::L2, 86_400, false),
            (id, "name", false, DataLevel::L2, 86_400, false),
            (id, "birth_date", true, DataLevel::L2, 86_400, false),
            (id, "id_number", false, DataLevel::L3, 3_600, false),
            (id, "ethnicity", false, DataLevel::L3, 3_600, false),
            (id, "nobody-knows", false, DataLevel::L3, 3_600, false),
            (ips, "48765-2", true, DataLevel::L3, 3_600, false),
            (id, "portrait", false, DataLevel::L4, 600, true),
            (ips, "48765-2", false, DataLevel::L4, 600, true),
        ] {
            let path = [claim];
            let sensitivity = pack.claims().sensitivity(vct, &path);
            let found = DataLevel::of(catalog.field(vct, &path), sensitivity, is_predicate);
            assert_eq!(found, level, "{claim}");
            assert_eq!((found.lifetime(), found.wants_presence()), (seconds, presence), "{claim}");
        }
        assert!(DataLevel::ALL.is_sorted_by_key(|level| -level.lifetime()));
    }
}
