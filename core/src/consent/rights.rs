//! What a person may ask of a recipient, and how long the answer may take: `rights.toml`.
//!
//! The numbers are data, because they move and some are not confirmed (gba.md section 6).

use std::collections::BTreeMap;

use chop_formats::consent_record::{Right, RightKind};
use chop_model::Jurisdiction;
use serde::Deserialize;

use crate::{Result, WalletError};

/// The rights against a recipient in `place`, all seven, in the order of [`RightKind::ALL`].
///
/// `channel` is where the recipient says that they are asked for. A law that is not confirmed has `[M]`
/// behind it.
///
/// # Errors
/// `core.internal` in a broken build.
pub fn rights_in(place: Jurisdiction, channel: &str) -> Result<Vec<Right>> {
    let places: BTreeMap<String, BTreeMap<RightKind, Clock>> =
        toml::from_str(RIGHTS).map_err(|_| WalletError::Internal)?;
    let clocks = places.get(place.code()).ok_or(WalletError::Internal)?;
    RightKind::ALL
        .into_iter()
        .map(|kind| {
            let clock = clocks.get(&kind).ok_or(WalletError::Internal)?;
            let law = if clock.confirmed { clock.law.clone() } else { format!("{} [M]", clock.law) };
            Ok(Right { kind, channel: channel.to_owned(), days: clock.days, law })
        })
        .collect()
}

/// One row of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    law: String,
    days: Option<u16>,
    confirmed: bool,
}

const RIGHTS: &str = include_str!("rights.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_all_seven_and_hong_kong_counts_forty_days() {
        for place in [Jurisdiction::Cn, Jurisdiction::Hk, Jurisdiction::Mo, Jurisdiction::Other] {
            let rights = rights_in(place, "dpo@example.invalid").unwrap();
            assert!(rights.iter().map(|right| right.kind).eq(RightKind::ALL));
        }
        let hk = rights_in(Jurisdiction::Hk, "x").unwrap();
        assert_eq!(hk[0].days, Some(40));
        assert!(hk[0].law.ends_with("[M]"));
        assert_eq!(rights_in(Jurisdiction::Cn, "x").unwrap()[0].days, None);
    }
}
