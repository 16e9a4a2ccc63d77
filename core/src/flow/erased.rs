//! The retention clock: what a verifier took is destroyed when its time is over, and the holder gets a
//! signed word of it (protocol.md section 2.2, receipt `erased`).
//!
//! ```text
//! take, T4 ─── retain.days ───► due ─► key destroyed, ERASED signed and kept   one transaction
//!                                        └─► shown to the holder, who keeps it beside the use receipt
//! ```
//!
//! The content lies sealed in an append-only table: it is erased by destroying its key, with what
//! free pages and the write-ahead log had of it. What a clerk wrote to files is out of reach.
//!
//! What was refused and kept as proof goes by the same clock. Nothing was used, so there is no word of it
//! but the refusal.

use chop_crypto::sha256;
use chop_formats::log_entry::{EntryKind, refs};
use chop_formats::receipt::{self, Erased, UnverifiedReceipt};
use chop_model::{Id, Retention, UnixTime};
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};
use chop_vault::table::exchange::{self, Role};
use chop_vault::table::offer;
use chop_vault::table::secret::{self, SecretKind};

use crate::consent::Step;
use crate::journal::Entry;
use crate::{Error, Result, Wallet, WalletError};

use super::offer::OfferState;
use super::{Outbound, State};

/// Seconds that a look lasts where nothing may be kept after it (`retain.days` 0).
pub const LOOK_SECONDS: i64 = 15 * 60;

/// Data of others that this space keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// The exchange in which they were taken.
    pub exchange: Id,
    /// Code of the purpose.
    pub purpose: String,
    /// When they were taken.
    pub taken_at: UnixTime,
    /// What was promised.
    pub retention: Retention,
    /// When they are to be gone.
    pub due_at: UnixTime,
}

impl Keeping {
    /// Whether their time is over.
    pub fn is_due(&self, now: UnixTime) -> bool {
        now >= self.due_at
    }
}

/// What a look at the clock destroyed.
#[derive(Debug)]
pub struct Swept {
    /// Exchanges whose data are gone.
    pub gone: Vec<Id>,
    /// Why something that may be due is still there, the first reason; nothing where all went.
    pub failed: Option<Error>,
}

impl Swept {
    /// What is gone, for a caller that tells nothing else of a sweep that failed in part.
    ///
    /// # Errors
    /// The first reason why something is still there. What is gone stays so.
    pub fn whole(self) -> Result<Vec<Id>> {
        self.failed.map_or(Ok(self.gone), Err)
    }
}

impl Wallet {
    /// What this space took from others and still keeps, first what is due first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn kept(&self) -> Result<Vec<Keeping>> {
        let rows = self.still_kept()?;
        let mut keeping = rows.into_iter().map(|row| self.keeping(row)).collect::<Result<Vec<_>>>()?;
        keeping.sort_by_key(|kept| (kept.due_at, kept.taken_at));
        Ok(keeping)
    }

    fn keeping(&self, row: exchange::Row) -> Result<Keeping> {
        let (grant, _) = self.agreed_objects(&row.id)?;
        let retention = grant.payload().retain;
        let due_at = row.updated_at.plus(seconds_of(retention));
        let (exchange, purpose, taken_at) = (row.id, row.purpose, row.updated_at);
        Ok(Keeping { exchange, purpose, taken_at, retention, due_at })
    }

    /// Destroys what was taken in an exchange, now, and signs for that: the statement is to be shown to
    /// the holder. It comes again by [`Wallet::again`]. For what was refused it is the refusal of before.
    ///
    /// # Errors
    /// `exchange.wrong-step` where nothing is kept.
    pub fn erase_taken(&self, id: &Id) -> Result<Outbound> {
        match State::from_number(self.exchange(id)?.state) {
            Some(State::Accepted) => {}
            Some(State::Erased) => return self.again(id),
            Some(State::Refused) if self.has_content_key(id)? => {
                self.forget_refused(id)?;
                return self.again(id);
            }
            Some(State::Frozen) => return Err(WalletError::Frozen.into()),
            _ => return Err(WalletError::WrongStep.into()),
        }
        let asker = self.asker(id)?;
        let (grant, delivery) = self.agreed_objects(id)?;
        let used = self.stored_text(id, ArtefactKind::Use)?;
        let statement = Erased::new(
            self.common(&asker, &grant, &delivery)?,
            sha256(used.as_bytes()).into(),
            delivery.payload().vp,
        );
        let (key, chain) = self.verifier()?;
        let leaf = super::claim::leaf_of(&chain)?;
        let signed = receipt::sign(statement, &leaf, self.ports.keystore.as_ref(), &key)?;
        let entry = Entry::new(EntryKind::Erased, &self.ports)
            .text("exchange", &id.to_string())
            .hash(refs::GRANT, grant.digest())
            .hash(refs::ERASED, signed.digest());
        let can_forget_code = !self.has_open_offer(id)?;
        self.record("t6", entry, |tx, entry| {
            let new = NewArtefact { exchange: *id, kind: ArtefactKind::Erased, once: None };
            entry.commits(artefact::insert(tx, &new, signed.text().as_bytes())?.fact());
            forget(tx, entry, id, SecretKind::ContentKey)?;
            if can_forget_code {
                forget(tx, entry, id, SecretKind::OfferKey)?;
            }
            let now = self.ports.clock.now();
            entry.moves(tx, id, State::Accepted.number(), State::Erased.number(), now)?;
            entry.moves_consent_if_it_can(tx, id, Step::ConfirmDeletion, now)
        })?;
        // It holds nothing of anybody's: it may be shown as often as somebody wants to see it.
        self.again(id)
    }

    /// Destroys everything whose time is over; which exchanges they were. An edge calls it when it opens
    /// the space and from time to time. A clock set back erases later, never sooner than promised.
    ///
    /// What cannot be destroyed keeps nothing else from going.
    pub fn erase_due(&self) -> Swept {
        let mut swept = Swept { gone: Vec::new(), failed: self.forget_codes().err() };
        let rows = self.still_kept().unwrap_or_else(|error| {
            swept.failed.get_or_insert(error);
            Vec::new()
        });
        for row in rows {
            let id = row.id;
            match self.erase_if_due(row) {
                Ok(true) => swept.gone.push(id),
                Ok(false) => {}
                Err(error) => {
                    swept.failed.get_or_insert(error);
                }
            }
        }
        swept
    }

    fn erase_if_due(&self, row: exchange::Row) -> Result<bool> {
        let kept = self.keeping(row)?;
        let is_due = kept.is_due(self.ports.clock.now());
        if is_due {
            self.erase_taken(&kept.exchange)?;
        }
        Ok(is_due)
    }

    /// Holder: takes the statement that what was given is erased. Which exchange it is of.
    ///
    /// # Errors
    /// `receipt.*`; `exchange.wrong-step` before the use was signed for.
    pub fn confirm_erased(&self, text: &str) -> Result<Id> {
        let id = self.exchange_of_receipt::<Erased>(text)?;
        let row = self.exchange(&id)?;
        match State::from_number(row.state) {
            Some(State::Used) => {}
            Some(State::ErasedByVerifier) if self.stored_text(&id, ArtefactKind::Erased)? == text => {
                return Ok(id);
            }
            Some(State::Frozen) => return Err(WalletError::Frozen.into()),
            _ => return Err(WalletError::WrongStep.into()),
        }
        let (expected, key) = self.expected(&id)?;
        let used = self.stored_text(&id, ArtefactKind::Use)?;
        let (expected, now) = (expected.after(sha256(used.as_bytes())), self.ports.clock.now());
        let statement = UnverifiedReceipt::<Erased>::parse(text)?.verify(&key, &expected, now)?;
        let entry = Entry::new(EntryKind::Erased, &self.ports)
            .text("exchange", &id.to_string())
            .hash(refs::ERASED, statement.digest());
        self.record("t6", entry, |tx, entry| {
            let common = receipt::Stage::common(statement.payload());
            let jti = common.jti.to_string();
            let new =
                NewArtefact { exchange: id, kind: ArtefactKind::Erased, once: Some((&common.iss, &jti)) };
            entry.commits(artefact::insert(tx, &new, text.as_bytes())?.fact());
            entry.moves(tx, &id, State::Used.number(), State::ErasedByVerifier.number(), now)?;
            entry.moves_consent_if_it_can(tx, &id, Step::ConfirmDeletion, now)
        })?;
        Ok(id)
    }

    /// The key in the code of an offer is half of the content's key. While the use receipt still has to go
    /// to the relay it names the offer there; afterwards it goes, too.
    fn forget_codes(&self) -> Result<()> {
        let mut outcome = Ok(());
        let refused = self.taken_in(State::Refused)?.into_iter();
        for row in self.taken_in(State::Erased)?.into_iter().chain(refused) {
            // One that fails keeps no other's code alive.
            outcome = outcome.and(self.forget_code(&row.id));
        }
        outcome
    }

    fn forget_code(&self, id: &Id) -> Result<()> {
        let has_code = self.vault.read(|read| secret::find(read, id, SecretKind::OfferKey))?.is_some();
        if has_code && !self.has_content_key(id)? && !self.has_open_offer(id)? {
            let entry = Entry::new(EntryKind::Erased, &self.ports).text("exchange", &id.to_string());
            self.record("t6", entry, |tx, entry| forget(tx, entry, id, SecretKind::OfferKey))?;
        }
        Ok(())
    }

    /// What was refused is destroyed; that it was refused stays.
    fn forget_refused(&self, id: &Id) -> Result<()> {
        let entry = Entry::new(EntryKind::Erased, &self.ports).text("exchange", &id.to_string());
        self.record("t6", entry, |tx, entry| forget(tx, entry, id, SecretKind::ContentKey))?;
        self.forget_code(id)
    }

    /// What of others is still readable here.
    fn still_kept(&self) -> Result<Vec<exchange::Row>> {
        let mut rows = self.taken_in(State::Accepted)?;
        for row in self.taken_in(State::Refused)? {
            if self.has_content_key(&row.id)? {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    fn has_content_key(&self, id: &Id) -> Result<bool> {
        Ok(self.vault.read(|read| secret::find(read, id, SecretKind::ContentKey))?.is_some())
    }

    fn has_open_offer(&self, id: &Id) -> Result<bool> {
        let row = self.vault.read(|read| offer::find(read, id))?;
        Ok(row.and_then(|row| OfferState::from_number(row.state)).is_some_and(OfferState::is_open))
    }

    fn taken_in(&self, state: State) -> Result<Vec<exchange::Row>> {
        let mut rows = Vec::new();
        self.vault.read(|read| {
            exchange::each(read, &mut |row| {
                if row.role == Role::Verifier && row.state == state.number() {
                    rows.push(row);
                }
                Ok(())
            })
        })?;
        Ok(rows)
    }
}

fn seconds_of(retention: Retention) -> i64 {
    match retention.days {
        0 => LOOK_SECONDS,
        days => i64::from(days).saturating_mul(24 * 60 * 60),
    }
}

fn forget(tx: &chop_vault::Tx<'_>, entry: &mut Entry, id: &Id, kind: SecretKind) -> Result<()> {
    if secret::destroy(tx, id, kind)? {
        entry.destroys("secret", &secret::key_of(id, kind));
    }
    Ok(())
}
