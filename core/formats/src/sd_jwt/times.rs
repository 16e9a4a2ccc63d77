//! `exp`, `nbf` and `iat` (RFC 7519 section 4.1), judged on the processed payload (RFC 9901 section
//! 7.1 step 6).

use chop_model::UnixTime;
use serde_json::Value;

use super::SdJwtError;

/// Seconds that an `iat` may lie ahead of our clock.
pub const MAX_CLOCK_SKEW: i64 = 300;

/// The time claims of a JWT; each may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Times {
    pub(crate) issued: Option<UnixTime>,
    pub(crate) not_before: Option<UnixTime>,
    pub(crate) expires: Option<UnixTime>,
}

impl Times {
    /// Reads the three claims. Fractions of seconds are rounded to the stricter side.
    pub(crate) fn of(claims: &Value) -> Result<Self, SdJwtError> {
        Ok(Self {
            issued: numeric_date(claims.get("iat"), f64::ceil)?,
            not_before: numeric_date(claims.get("nbf"), f64::ceil)?,
            expires: numeric_date(claims.get("exp"), f64::floor)?,
        })
    }

    /// Judges them at `now`: `exp` is the first second that is too late.
    pub(crate) fn check(self, now: UnixTime) -> Result<(), SdJwtError> {
        if self.expires.is_some_and(|expires| now >= expires) {
            return Err(SdJwtError::Expired);
        }
        if self.not_before.is_some_and(|not_before| now < not_before) {
            return Err(SdJwtError::NotYetValid);
        }
        if self.issued.is_some_and(|issued| issued.since(now) > MAX_CLOCK_SKEW) {
            return Err(SdJwtError::IssuedInFuture);
        }
        Ok(())
    }
}

fn numeric_date(value: Option<&Value>, round: fn(f64) -> f64) -> Result<Option<UnixTime>, SdJwtError> {
    let Some(value) = value else { return Ok(None) };
    if let Some(seconds) = value.as_i64() {
        return Ok(Some(UnixTime(seconds)));
    }
    // Integers above 2^53 are no times; a double holds every smaller one.
    let seconds = value.as_f64().map(round).filter(|s| s.abs() <= MAX_SECONDS).ok_or(SdJwtError::BadTime)?;
    Ok(Some(UnixTime(seconds as i64)))
}

const MAX_SECONDS: f64 = 9_007_199_254_740_992.0;
