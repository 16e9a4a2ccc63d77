//! Time as the wire has it: whole seconds since 1970-01-01T00:00:00Z (JWT `NumericDate`).

use serde::{Deserialize, Serialize};

/// Seconds since the Unix epoch. Never read from the machine here: it comes through the clock port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixTime(pub i64);

impl UnixTime {
    /// This time plus `seconds`, saturating.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this time; negative if `earlier` is later.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// From when until when something holds, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First second.
    pub from: UnixTime,
    /// Last second.
    pub until: UnixTime,
}

impl Period {
    /// Whether `at` lies inside.
    pub fn contains(&self, at: UnixTime) -> bool {
        self.from <= at && at <= self.until
    }
}
