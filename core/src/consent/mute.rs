//! A no is heard: the same asker does not prompt again for the same purpose for a while (gba.md row 77,
//! PIPL art. 16, NDR art. 22(5), R24).

use chop_formats::request::VerifiedRequest;
use chop_model::UnixTime;

use crate::{Error, Result, Wallet, WalletError};

/// Seconds for which a no holds. 48 hours are a convention, not a number of the law (gba.md R24, unconfirmed).
pub const MUTE_SECONDS: i64 = 48 * 3600;

impl Wallet {
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
