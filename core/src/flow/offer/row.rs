//! The row of an offer, its keys and stored bytes.

use chop_crypto::Secret;
use chop_formats::delivery::Mode;
use chop_formats::offer::OfferKeys;
use chop_formats::relay::OfferId;
use chop_ledger::VerifierKey;
use chop_model::Id;
use chop_vault::Tx;
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};
use chop_vault::table::exchange::Role;
use chop_vault::table::offer;
use chop_vault::table::secret::{self, SecretKind};

use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

use super::stand::{OfferState, state_of};
use super::{OfferFault, mode};

impl Wallet {
    /// The row of an offer.
    pub(super) fn offer_row(&self, id: &Id) -> Result<offer::Row> {
        let row = self.vault.read(|read| offer::find(read, id))?;
        row.ok_or_else(|| OfferFault::Unknown.into())
    }

    /// What follows from the key in the code.
    pub(super) fn offer_keys(&self, id: &Id) -> Result<OfferKeys> {
        Ok(OfferKeys::derive(&self.offer_secret(id, SecretKind::OfferKey)?)?)
    }

    /// One secret of an offer that must be there.
    pub(super) fn offer_secret(&self, id: &Id, kind: SecretKind) -> Result<Secret<32>> {
        let secret = self.vault.read(|read| secret::find(read, id, kind))?;
        secret.ok_or_else(|| OfferFault::WrongStep.into())
    }

    /// Stored bytes of an offer, the newest of their kind: what is posted, again and again the same.
    pub(super) fn offer_bytes(&self, id: &Id, kind: ArtefactKind) -> Result<Vec<u8>> {
        self.offer_bytes_if_any(id, kind)?.ok_or_else(|| OfferFault::WrongStep.into())
    }

    pub(super) fn offer_bytes_if_any(&self, id: &Id, kind: ArtefactKind) -> Result<Option<Vec<u8>>> {
        let rows = self.vault.read(|read| artefact::of_exchange(read, id))?;
        Ok(rows.into_iter().rfind(|row| row.kind == kind).map(|row| row.bytes))
    }

    /// All stored bytes of one kind, in the order of coming.
    pub(super) fn offer_all(&self, id: &Id, kind: ArtefactKind) -> Result<Vec<Vec<u8>>> {
        let rows = self.vault.read(|read| artefact::of_exchange(read, id))?;
        Ok(rows.into_iter().filter(|row| row.kind == kind).map(|row| row.bytes).collect())
    }

    /// The relay's key, from the grant of the offer; nothing before a verifier has seen the grant.
    pub(super) fn relay_key(&self, id: &Id) -> Result<Option<VerifierKey>> {
        let Some(grant) = self.offer_bytes_if_any(id, ArtefactKind::Grant)? else { return Ok(None) };
        let grant = String::from_utf8(grant).map_err(|_| WalletError::LogBroken)?;
        let grant = chop_formats::grant::UnverifiedGrant::parse(&grant)?.verify_as_record()?;
        let relay = grant.payload().relay.as_ref().ok_or(WalletError::LogBroken)?;
        Ok(Some(VerifierKey::parse(&relay.vkey)?))
    }
}

/// Brings an offer to another state, and its entry to the row.
pub(super) fn moves(tx: &Tx<'_>, entry: &mut Entry, before: &offer::Row, after: &offer::Row) -> Result<()> {
    entry.was(Some(before.fact()));
    offer::update(tx, before, after)?;
    entry.commits(after.fact());
    forget_ended(tx, entry, after)
}

/// Destroys keys that a holder needs no more once an offer is over. Of plain files (C2f) all that open the
/// stored envelope: a file that is erased is not left in it. Of an offer that was withdrawn the key of its
/// code, without which no share opens anything.
pub(super) fn forget_ended(tx: &Tx<'_>, entry: &mut Entry, row: &offer::Row) -> Result<()> {
    let state = row.state()?;
    if row.role != Role::Holder || state.is_open() {
        return Ok(());
    }
    let kinds: &[SecretKind] = match row.way()? {
        Mode::C2Files => &[SecretKind::OfferKey, SecretKind::KeyShare, SecretKind::ContentKey],
        _ if state == OfferState::Withdrawn => &[SecretKind::OfferKey],
        _ => &[],
    };
    for kind in kinds {
        if secret::destroy(tx, &row.id, *kind)? {
            entry.destroys("secret", &secret::key_of(&row.id, *kind));
        }
    }
    Ok(())
}

/// Keeps bytes of an offer, and its entry to them.
pub(super) fn keeps(tx: &Tx<'_>, entry: &mut Entry, id: &Id, kind: ArtefactKind, bytes: &[u8]) -> Result<()> {
    let new = NewArtefact { exchange: *id, kind, once: None };
    entry.commits(artefact::insert(tx, &new, bytes)?.fact());
    Ok(())
}

/// What a row says in the flow's words.
pub(super) trait RowWords {
    fn state(&self) -> Result<OfferState>;
    fn way(&self) -> Result<Mode>;
    fn name(&self) -> OfferId;
    #[must_use]
    fn at(&self, state: OfferState, now: chop_model::UnixTime) -> Self;
}

impl RowWords for offer::Row {
    fn state(&self) -> Result<OfferState> {
        state_of(self)
    }

    fn way(&self) -> Result<Mode> {
        mode::from_number(self.mode).ok_or_else(|| WalletError::LogBroken.into())
    }

    fn name(&self) -> OfferId {
        OfferId(self.offer)
    }

    fn at(&self, state: OfferState, now: chop_model::UnixTime) -> Self {
        Self { state: state.number(), updated_at: now, ..self.clone() }
    }
}
