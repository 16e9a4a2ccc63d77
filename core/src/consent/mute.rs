//! A no is heard: the same asker does not prompt again for the same purpose for a while (gba.md row 77,
//! PIPL art. 16, NDR art. 22(5), R24).

use chop_formats::request::VerifiedRequest;
use chop_model::{Id, UnixTime};
use chop_vault::table::consent;
use chop_vault::table::exchange::{self, Role};

use super::ConsentState;
use crate::{Error, Result, Wallet, WalletError};

/// Seconds for which a no holds. 48 hours are a convention, not a number of the law (gba.md R24, unconfirmed).
pub const MUTE_SECONDS: i64 = 48 * 3600;

/// An asker who was told no, while the no holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Muted {
    /// The exchange that was declined.
    pub exchange: Id,
    /// Who, by the name that stood on the page.
    pub name: String,
    /// Its client id then.
    pub client_id: String,
    /// Code of the purpose.
    pub purpose: String,
    /// When the no was said.
    pub since: UnixTime,
    /// When the same may be asked again.
    pub until: UnixTime,
}

impl Wallet {
    /// Everybody whose question does not come up now because it was answered with no, latest first; the
    /// latest no alone where there are several for one purpose.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn muted(&self) -> Result<Vec<Muted>> {
        let now = self.ports.clock.now();
        let mut rows = self.vault.read(|read| {
            let mut rows = Vec::new();
            consent::each(read, &mut |row| {
                let is_no = row.role == Role::Holder && row.state == ConsentState::Refused.number();
                if is_no && now.since(row.updated_at) < MUTE_SECONDS {
                    let name = exchange::find(read, &row.id)?.map(|exchange| exchange.peer_name);
                    rows.push((row, name.unwrap_or_default()));
                }
                Ok(())
            })?;
            Ok::<_, Error>(rows)
        })?;
        rows.sort_by_key(|(row, _)| std::cmp::Reverse(row.updated_at));
        let mut muted: Vec<(String, Muted)> = Vec::new();
        for (row, name) in rows {
            if muted.iter().any(|(peer, known)| *peer == row.peer && known.purpose == row.purpose) {
                continue;
            }
            let (since, until) = (row.updated_at, row.updated_at.plus(MUTE_SECONDS));
            let (exchange, client_id, purpose) = (row.id, row.client_id, row.purpose);
            muted.push((row.peer, Muted { exchange, name, client_id, purpose, since, until }));
        }
        Ok(muted.into_iter().map(|(_, muted)| muted).collect())
    }

    /// When this asker was told no for this purpose, if that still holds. The asker is known by its client
    /// id and by its registration, so that a new certificate is no way round a no. A clock that went back
    /// does not make the no older than it is.
    pub(crate) fn refused_at(&self, request: &VerifiedRequest) -> Result<Option<UnixTime>> {
        let terms = request.terms();
        let peer = request.listed().map_or(&terms.legal_id, |party| &party.legal_id);
        let purpose = &terms.purpose.code;
        let at = self.vault.read(|read| super::keep::refused_at(read, request.client_id(), peer, purpose))?;
        let now = self.ports.clock.now();
        Ok(at.filter(|at| now.since(*at) < MUTE_SECONDS))
    }

    /// Refuses to show the page while a no holds.
    pub(crate) fn refuse_muted(&self, refused_at: Option<UnixTime>) -> Result<()> {
        let Some(at) = refused_at else { return Ok(()) };
        let left = at.plus(MUTE_SECONDS).since(self.ports.clock.now());
        let hours = (left + 3599).div_euclid(3600).clamp(1, MUTE_SECONDS / 3600);
        Err(Error::from(WalletError::Muted).with("hours", hours))
    }
}
