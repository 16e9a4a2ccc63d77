//! Four levels of data (分级分类, gba.md row 40), and what each asks for.
//!
//! ```text
//! level  what it is                            a grant holds   passphrase again
//! L1     about nobody: who issued it, until when   7 days          no
//! L2     about a person, not sensitive             1 day           no
//! L3     identity numbers, what nobody classified  1 hour          no
//! L4     health, biometrics, private life          10 minutes      yes
//! ```
//!
//! A grant by QR codes holds for 15 minutes at most, whatever the level would allow. The grant as a whole
//! has the level of its highest claim.

use chop_policy::{Class, Sensitivity};

use crate::predicate::Predicate;

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

    /// The level of the claim at `path`, whose class the rules give.
    pub fn of<S: AsRef<str>>(sensitivity: Sensitivity, path: &[S]) -> Self {
        let last = path.last().map(AsRef::as_ref).unwrap_or_default();
        if Predicate::named(last).is_some() && !sensitivity.is_sensitive() {
            // A yes about somebody, and no value.
            return Self::L2;
        }
        match sensitivity.class {
            Class::Health | Class::Biometric | Class::PrivateLife => Self::L4,
            Class::IdentityNumber => Self::L3,
            Class::Unclassified if ABOUT_NOBODY.contains(&last) => Self::L1,
            Class::Unclassified => Self::L3,
            Class::Ordinary if ABOUT_NOBODY.contains(&last) => Self::L1,
            Class::Ordinary if sensitivity.is_sensitive() => Self::L4,
            Class::Ordinary => Self::L2,
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

/// Claims that say something of the document and nothing of anybody (class N of gba.md section 3.1).
const ABOUT_NOBODY: [&str; 9] = [
    "issuer",
    "issuer_code",
    "issued_at",
    "issue_date",
    "valid_from",
    "valid_to",
    "grade_scale",
    "credit_unit",
    "cert_name",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gba_row_40_the_level_drives_lifetime_presence_and_warning() {
        let pack = chop_policy::Pack::built_in().unwrap();
        let ips = "urn:chop:ips:1";
        let id = "urn:chop:cn.resident_id:1";
        for (vct, claim, level, seconds, presence) in [
            (id, "valid_to", DataLevel::L1, 604_800, false),
            ("urn:chop:transcript:1", "award", DataLevel::L2, 86_400, false),
            (id, "age_over_18", DataLevel::L2, 86_400, false),
            (id, "id_number", DataLevel::L3, 3_600, false),
            (id, "nobody-knows", DataLevel::L3, 3_600, false),
            (id, "ethnicity", DataLevel::L4, 600, true),
            (id, "portrait", DataLevel::L4, 600, true),
            (ips, "48765-2", DataLevel::L4, 600, true),
        ] {
            let path = [claim];
            let found = DataLevel::of(pack.claims().sensitivity(vct, &path), &path);
            assert_eq!(found, level, "{claim}");
            assert_eq!((found.lifetime(), found.wants_presence()), (seconds, presence), "{claim}");
        }
        assert!(DataLevel::ALL.is_sorted_by_key(|level| -level.lifetime()));
    }
}
