//! What a person can do with a consent that was given. Each act is one call and one entry, offline.

use chop_crypto::{KeyId, encoding::to_base64url};
use chop_formats::consent_notice::{ConsentNotice, NoticeKind, Pledge, UnverifiedConsentNotice};
use chop_formats::grant::{UnverifiedGrant, VerifiedGrant};
use chop_formats::jose::jwk;
use chop_formats::log_entry::EntryKind;
use chop_model::{Id, LangText, UnixTime};
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};
use chop_vault::table::consent::Row;
use chop_vault::table::exchange::{self, Role};
use chop_vault::table::meta;

use crate::flow::State;
use crate::journal::Entry;
use crate::keys::KEY_NAME;
use crate::notice::words_in_all;
use crate::{Error, Result, Wallet, WalletError};

use super::states::{ConsentState, Step};
use super::view::PledgeState;

/// What a withdrawal reached. There is no third answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The key had not left: nobody can open what was shown, and nobody will.
    NothingWasRead,
    /// The key had left: no further use; what was seen or copied is out of reach.
    FromNowOnOnly,
}

/// A consent that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawnConsent {
    /// What that reached.
    pub reach: Reach,
    /// The same in words: what it does, and what it cannot do.
    pub effect: LangText,
    /// The signed notice for the recipient, compact JWS.
    pub notice: String,
}

impl Wallet {
    /// Holds a consent back. Nothing goes out under it until [`Wallet::resume_consent`].
    ///
    /// # Errors
    /// `consent.unknown`, `consent.no-such-step`.
    pub fn pause_consent(&self, id: &Id) -> Result<()> {
        self.refuse_recipient(id)?;
        self.step_consent(id, Step::Pause, "")
    }

    /// Lets a paused consent go on, within its time.
    ///
    /// # Errors
    /// `consent.no-such-step`, `consent.over`.
    pub fn resume_consent(&self, id: &Id) -> Result<()> {
        self.refuse_recipient(id)?;
        self.settle_consent(id)?;
        self.step_consent(id, Step::Resume, "")
    }

    /// Takes a consent back, whatever was done under it, in one step. Says what that reaches, and signs a
    /// notice to the recipient. The same again gives the same notice.
    ///
    /// # Errors
    /// `consent.unknown`; `consent.no-such-step` where it ended otherwise.
    pub fn withdraw_consent(&self, id: &Id, reason: &str) -> Result<WithdrawnConsent> {
        let row = self.consent_row(id)?;
        self.refuse_recipient(id)?;
        if row.state != ConsentState::Withdrawn.number() {
            // Before the key left, the key is destroyed with it; that may be overtaken by a release.
            match self.take_back(id) {
                // The key is out, or went with the answer: what is left is to end the consent.
                Err(error) if matches!(error.code(), "exchange.already-released" | "exchange.wrong-step") => {
                    self.withdraw_after_release(id, reason)?;
                }
                done => done?,
            }
        }
        let notice = match self.stored_notice(id, NoticeKind::Withdrawn)? {
            Some(notice) => notice,
            None => self.sign_notice(id, NoticeKind::Withdrawn)?,
        };
        // Under an offer that nobody took up there was nothing to read.
        let exchange = self.vault.read(|read| exchange::find(read, id))?;
        let reach = match exchange.map(|row| State::from_number(row.state)) {
            None | Some(Some(State::Withdrawn)) => Reach::NothingWasRead,
            Some(_) => Reach::FromNowOnOnly,
        };
        let effect = match reach {
            Reach::NothingWasRead => words_in_all("withdrawn-nothing-was-read")?,
            Reach::FromNowOnOnly => words_in_all("withdrawn-from-now-on")?,
        };
        Ok(WithdrawnConsent { reach, effect, notice })
    }

    /// Asks the recipient to delete what it received; gives the signed notice.
    ///
    /// # Errors
    /// `consent.no-such-step` while the consent holds: it is withdrawn first.
    pub fn request_deletion(&self, id: &Id) -> Result<String> {
        self.refuse_recipient(id)?;
        self.settle_consent(id)?;
        if self.consent_row(id)?.state != ConsentState::DeletionRequested.number() {
            self.step_consent(id, Step::RequestDeletion, "")?;
        }
        match self.stored_notice(id, NoticeKind::Delete)? {
            Some(notice) => Ok(notice),
            None => self.sign_notice(id, NoticeKind::Delete),
        }
    }

    /// Writes down that the recipient says it deleted. Whether it did cannot be checked from here.
    ///
    /// # Errors
    /// `consent.no-such-step` when no deletion was asked for.
    pub fn deletion_confirmed(&self, id: &Id) -> Result<()> {
        self.step_consent(id, Step::ConfirmDeletion, "")
    }

    /// Writes down that the recipient refused to delete, with its reason.
    ///
    /// # Errors
    /// `consent.no-reason` without one; `consent.no-such-step` when no deletion was asked for.
    pub fn deletion_refused(&self, id: &Id, reason: &str) -> Result<()> {
        self.step_with_reason(id, Step::RefuseDeletion, reason)
    }

    /// Closes a consent about whose deletion the recipient has answered.
    ///
    /// # Errors
    /// `consent.no-such-step`.
    pub fn close_consent(&self, id: &Id) -> Result<()> {
        self.step_consent(id, Step::Close, "")
    }

    /// Writes down that the recipient ended it.
    ///
    /// # Errors
    /// `consent.no-reason`, `consent.no-such-step`.
    pub fn consent_ended_by_recipient(&self, id: &Id, reason: &str) -> Result<()> {
        self.step_with_reason(id, Step::Terminate, reason)
    }

    /// Writes down that it was no consent: given under a wrong name, by somebody who could not give it.
    ///
    /// # Errors
    /// `consent.no-reason`, `consent.no-such-step`.
    pub fn invalidate_consent(&self, id: &Id, reason: &str) -> Result<()> {
        self.step_with_reason(id, Step::Invalidate, reason)
    }

    /// 容缺受理: something is missing and promised until `due`. Gives the signed pledge for the recipient,
    /// who keeps the same time: overdue, it is broken on both sides.
    ///
    /// # Errors
    /// `consent.no-such-step` when something else was promised before; `consent.no-reason` with nothing
    /// named; `consent-notice.*`.
    pub fn pledge_missing(&self, id: &Id, missing: &str, due: UnixTime) -> Result<String> {
        self.refuse_recipient(id)?;
        if let Some(notice) = self.stored_notice(id, NoticeKind::Pledged)? {
            return Ok(notice);
        }
        if missing.trim().is_empty() || due <= self.ports.clock.now() {
            return Err(WalletError::NoReason.into());
        }
        self.pledge(id, PledgeState::None, PledgeState::Open, Some(due))?;
        let pledge = Pledge { missing: missing.trim().to_owned(), due };
        self.sign_notice_of(id, NoticeKind::Pledged, Some(pledge))
    }

    /// What was promised is there: gives the signed word of it for the recipient.
    ///
    /// # Errors
    /// `consent.no-such-step` when no pledge is open: none was given, or it is broken.
    pub fn pledge_kept(&self, id: &Id) -> Result<String> {
        self.refuse_recipient(id)?;
        self.settle_consents()?;
        if let Some(notice) = self.stored_notice(id, NoticeKind::Kept)? {
            return Ok(notice);
        }
        self.pledge(id, PledgeState::Open, PledgeState::Kept, self.consent_row(id)?.pledge_due)?;
        self.sign_notice_of(id, NoticeKind::Kept, None)
    }

    /// Recipient: takes a holder's notice. A withdrawn consent is withdrawn here too, and a deletion that
    /// is asked for stands as asked. Which exchange it is about.
    ///
    /// # Errors
    /// `consent-notice.*`, `jose.*`; `exchange.unknown`.
    pub fn take_consent_notice(&self, text: &str) -> Result<(Id, NoticeKind)> {
        let unverified = UnverifiedConsentNotice::parse(text)?;
        let digest = unverified.dangerous_grant()?;
        let found = self.vault.read(|read| artefact::find_by_digest(read, ArtefactKind::Grant, &digest))?;
        let id = found.ok_or(WalletError::NoExchange)?.exchange;
        let notice = unverified.verify(&self.grant_of(&id)?, self.ports.clock.now())?;
        let kind = notice.payload().kind;
        self.settle_consent(&id)?;
        let promised = notice.payload().pledge.as_ref().map(|pledge| pledge.due);
        let (step, reached) = match kind {
            NoticeKind::Withdrawn => (Step::Withdraw, ConsentState::Withdrawn),
            NoticeKind::Delete => (Step::RequestDeletion, ConsentState::DeletionRequested),
            NoticeKind::Pledged => {
                self.take_pledge(&id, (PledgeState::None, PledgeState::Open), promised)?;
                return Ok((id, kind));
            }
            NoticeKind::Kept => {
                let due = self.consent_row(&id)?.pledge_due;
                self.take_pledge(&id, (PledgeState::Open, PledgeState::Kept), due)?;
                return Ok((id, kind));
            }
        };
        if self.consent_row(&id)?.state != reached.number() {
            self.step_consent(&id, step, "")?;
        }
        Ok((id, kind))
    }

    pub(super) fn settle_pledge(&self, row: &Row, now: UnixTime) -> Result<bool> {
        let is_overdue = row.pledge_due.is_some_and(|due| now.max(row.last_seen) > due);
        if row.pledge != PledgeState::Open.number() || !is_overdue {
            return Ok(false);
        }
        self.pledge(&row.id, PledgeState::Open, PledgeState::Broken, row.pledge_due)?;
        Ok(true)
    }

    /// The same notice again changes nothing.
    fn take_pledge(&self, id: &Id, way: (PledgeState, PledgeState), due: Option<UnixTime>) -> Result<()> {
        let row = self.consent_row(id)?;
        match row.pledge == way.1.number() && row.pledge_due == due {
            true => Ok(()),
            false => self.pledge(id, way.0, way.1, due),
        }
    }

    fn pledge(&self, id: &Id, from: PledgeState, to: PledgeState, due: Option<UnixTime>) -> Result<()> {
        let row = self.consent_row(id)?;
        if row.pledge != from.number() {
            return Err(super::LifeError::NoSuchStep.into());
        }
        let now = self.ports.clock.now();
        let entry = Entry::new(EntryKind::ConsentMoved, &self.ports)
            .text("exchange", &id.to_string())
            .text("pledge", to.word());
        self.record("consent", entry, |tx, entry| {
            let last_seen = now.max(row.last_seen);
            let to = Row { pledge: to.number(), pledge_due: due, last_seen, updated_at: now, ..row.clone() };
            entry.rewrites(tx, &row, &to)
        })
    }

    fn step_with_reason(&self, id: &Id, step: Step, reason: &str) -> Result<()> {
        if reason.trim().is_empty() {
            return Err(WalletError::NoReason.into());
        }
        self.step_consent(id, step, reason)
    }

    /// The exchange, or the open offer that decides in its place.
    fn take_back(&self, id: &Id) -> Result<()> {
        if !self.is_taken_back_by_offer(id)? {
            return self.withdraw(id);
        }
        self.settle_consent(id)?;
        let state = ConsentState::from_number(self.consent_row(id)?.state).ok_or(WalletError::LogBroken)?;
        if state.after(Step::Withdraw).is_none() {
            return Err(super::LifeError::NoSuchStep.into());
        }
        self.withdraw_offer(id)
    }

    /// The key has left: the consent ends, and what was done under it stays.
    fn withdraw_after_release(&self, id: &Id, reason: &str) -> Result<()> {
        let entry = Entry::new(EntryKind::Revoked, &self.ports)
            .text("exchange", &id.to_string())
            // PIPL art. 15: what was lawfully done before is not undone, and the log says so.
            .text("reach", "from-now-on; earlier use stays lawful");
        self.record("withdraw", entry, |tx, entry| {
            entry.moves_consent(tx, id, Step::Withdraw, self.ports.clock.now(), reason).map(drop)
        })
    }

    /// Signs and keeps a notice; what is kept is what is sent again.
    fn sign_notice(&self, id: &Id, kind: NoticeKind) -> Result<String> {
        self.sign_notice_of(id, kind, None)
    }

    fn sign_notice_of(&self, id: &Id, kind: NoticeKind, pledge: Option<Pledge>) -> Result<String> {
        let grant = self.grant_of(id)?;
        let jti = Id::make(self.ports.random.as_ref())?;
        let notice = ConsentNotice::about(&grant, kind, jti, self.ports.clock.now());
        let notice = match pledge {
            Some(pledge) => notice.promising(pledge),
            None => notice,
        };
        let signed = notice.sign(self.ports.keystore.as_ref(), &self.grant_key(&grant)?)?;
        let entry = Entry::new(EntryKind::Exported, &self.ports)
            .text("exchange", &id.to_string())
            .text("what", word_of(kind))
            .hash("notice", signed.digest());
        self.record("notice", entry, |tx, entry| {
            let once = Some((word_of(kind), id.to_string()));
            let once = once.as_ref().map(|(iss, jti)| (*iss, jti.as_str()));
            let new = NewArtefact { exchange: *id, kind: ArtefactKind::ConsentNotice, once };
            entry.commits(artefact::insert(tx, &new, signed.text().as_bytes())?.fact());
            Ok(())
        })?;
        Ok(signed.text().to_owned())
    }

    fn stored_notice(&self, id: &Id, kind: NoticeKind) -> Result<Option<String>> {
        self.anchor_what_is_stored()?;
        let (iss, jti) = (word_of(kind), id.to_string());
        let row =
            self.vault.read(|read| artefact::find_by_jti(read, ArtefactKind::ConsentNotice, iss, &jti))?;
        row.map(|row| String::from_utf8(row.bytes).map_err(|_| Error::from(WalletError::LogBroken)))
            .transpose()
    }

    pub(crate) fn grant_of(&self, id: &Id) -> Result<VerifiedGrant> {
        Ok(UnverifiedGrant::parse(&self.stored_text(id, ArtefactKind::Grant)?)?.verify_as_record()?)
    }

    /// The consent key that signed a grant of this space.
    pub(crate) fn grant_key(&self, grant: &VerifiedGrant) -> Result<KeyId> {
        let prefix = format!("{KEY_NAME}consent.");
        for (name, bytes) in self.vault.read(meta::all)? {
            if !name.starts_with(&prefix) {
                continue;
            }
            let key = KeyId(bytes.try_into().map_err(|_| WalletError::LogBroken)?);
            let public = self.ports.keystore.find(&key)?.public;
            if jwk::thumbprint(public.p256()?) == grant.payload().iss.0 {
                return Ok(key);
            }
        }
        Err(Error::from(WalletError::NoKeystore).with("key", to_base64url(&grant.payload().iss.0)))
    }

    /// Only who gave a consent can hold it back or take it back.
    pub(crate) fn refuse_recipient(&self, id: &Id) -> Result<()> {
        match self.consent_row(id)?.role {
            Role::Holder => Ok(()),
            Role::Verifier => Err(WalletError::NotYours.into()),
        }
    }
}

fn word_of(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Withdrawn => "withdrawn",
        NoticeKind::Delete => "delete",
        NoticeKind::Pledged => "pledged",
        NoticeKind::Kept => "kept",
    }
}
