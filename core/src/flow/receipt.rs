//! What the verifier signed, as the holder takes it: T3 (acknowledgement) and T5 (use); and the way
//! back while there is one.

use chop_crypto::{Digest, sha256};
use chop_formats::digest64::B64Digest;
use chop_formats::frame::MessageKind;
use chop_formats::log_entry::{EntryKind, refs};
use chop_formats::receipt::{Ack, Expected, Outcome, Presented, Refused, Stage, UnverifiedReceipt, Use};
use chop_model::Id;
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};
use chop_vault::table::secret::{self, SecretKind};
use serde::{Deserialize, Serialize};

use crate::consent::{Step, asks_each_use};
use crate::journal::Entry;
use crate::{DataLeft, Error, Result, Wallet, WalletError};

use super::offer::OfferFault;
use super::release::release_key;
use super::{Outbound, State};

/// How the verifier says a use went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UseOutcome {
    /// The exchange.
    pub exchange: Id,
    /// Taken, or refused with a reason.
    pub outcome: Outcome,
}

impl Wallet {
    /// Takes an acknowledgement and shows the key: T3. The same acknowledgement gives the same key
    /// again, without limit; another one gives nothing.
    ///
    /// # Errors
    /// `receipt.*` for what it says wrong, `exchange.withdrawn`, `exchange.frozen`,
    /// `exchange.wrong-step`. The key stays here.
    pub fn acknowledge(&self, text: &str) -> Result<Outbound> {
        // Overtaken between look and write: what overtook it has an answer of its own.
        self.try_acknowledge(text)
            .or_else(|error| if is_overtaken(&error) { self.try_acknowledge(text) } else { Err(error) })
    }

    fn try_acknowledge(&self, text: &str) -> Result<Outbound> {
        let id = self.exchange_of_receipt::<Ack>(text)?;
        let row = self.exchange(&id)?;
        let state = State::from_number(row.state).ok_or(WalletError::LogBroken)?;
        match state {
            State::Spent => {}
            State::Acked if self.stored_text(&id, ArtefactKind::Ack)? == text => return self.again(&id),
            State::Withdrawn => return Err(WalletError::Withdrawn.into()),
            State::Frozen => return Err(WalletError::Frozen.into()),
            _ => return Err(Error::from(WalletError::WrongStep).after(DataLeft::SealedOnly)),
        }
        let now = self.ports.clock.now();
        // Before anything else: what ran out once stays so, whatever the clock says next.
        self.settle_consent(&id)?;
        if row.expires_at < now {
            return Err(Error::from(WalletError::Expired).after(DataLeft::SealedOnly));
        }
        let asks_each_use = asks_each_use(self.consent_record(&id)?.record());
        let (expected, signer_key) = self.expected(&id)?;
        let ack = UnverifiedReceipt::<Ack>::parse(text)?
            .verify(&signer_key, &expected, now)
            .map_err(|error| Error::from(error).after(DataLeft::SealedOnly))?;
        let common = ack.payload().common();
        let entry = Entry::new(EntryKind::Acked, &self.ports)
            .text("exchange", &id.to_string())
            .hash(refs::ACK, ack.digest())
            .hash(refs::GRANT, common.grant.0);
        let (ticket, key) = self.open_ticket("t3", id, entry, |tx, entry| {
            let jti = common.jti.to_string();
            let once = Some((common.iss.as_str(), jti.as_str()));
            let new = NewArtefact { exchange: id, kind: ArtefactKind::Ack, once };
            entry.commits(artefact::insert(tx, &new, text.as_bytes())?.fact());
            let (from, to) = (State::Spent.number(), State::Acked.number());
            entry.moves(tx, &id, from, to, now)?;
            entry.presents_consent(tx, &id, asks_each_use, None, now)?;
            secret::find(tx, &id, SecretKind::ContentKey)?.ok_or_else(|| WalletError::LogBroken.into())
        })?;
        release_key(&ack, ticket, key)
    }

    /// Takes a use receipt, or a signed refusal, into the record: T5.
    ///
    /// # Errors
    /// `receipt.*`, `exchange.wrong-step`.
    pub fn confirm(&self, kind: MessageKind, text: &str) -> Result<UseOutcome> {
        match kind {
            MessageKind::Use => self.confirm_use(text),
            MessageKind::Refused => self.confirm_refusal(text),
            _ => Err(WalletError::OtherMessage.into()),
        }
    }

    fn confirm_use(&self, text: &str) -> Result<UseOutcome> {
        let id = self.exchange_of_receipt::<Use>(text)?;
        let (expected, key) = self.expected_after_ack(&id)?;
        let receipt =
            UnverifiedReceipt::<Use>::parse(text)?.verify(&key, &expected, self.ports.clock.now())?;
        receipt.payload().check_presented(&self.presented(&id)?.presented())?;
        let outcome = receipt.payload().outcome;
        self.keep_receipt(&id, text, receipt.payload(), ArtefactKind::Use, EntryKind::Used, State::Used)?;
        Ok(UseOutcome { exchange: id, outcome })
    }

    fn confirm_refusal(&self, text: &str) -> Result<UseOutcome> {
        let id = self.exchange_of_receipt::<Refused>(text)?;
        let (expected, key) = self.expected_after_ack(&id)?;
        let receipt =
            UnverifiedReceipt::<Refused>::parse(text)?.verify(&key, &expected, self.ports.clock.now())?;
        let outcome = Outcome::Refused { reason: receipt.payload().reason };
        let (artefact, state) = (ArtefactKind::Refused, State::RefusedByVerifier);
        self.keep_receipt(&id, text, receipt.payload(), artefact, EntryKind::Refused, state)?;
        Ok(UseOutcome { exchange: id, outcome })
    }

    fn keep_receipt<S: Stage>(
        &self,
        id: &Id,
        text: &str,
        receipt: &S,
        artefact: ArtefactKind,
        kind: EntryKind,
        state: State,
    ) -> Result<()> {
        match State::from_number(self.exchange(id)?.state) {
            Some(State::Acked) => {}
            // The same one again is no news; another one in its place is not taken.
            Some(now) if now == state && self.stored_text(id, artefact)? == text => return Ok(()),
            Some(State::Frozen) => return Err(WalletError::Frozen.into()),
            _ => return Err(WalletError::WrongStep.into()),
        }
        let name = if artefact == ArtefactKind::Use { refs::USE } else { refs::REFUSED };
        let common = receipt.common();
        let entry = Entry::new(kind, &self.ports)
            .text("exchange", &id.to_string())
            .hash(name, sha256(text.as_bytes()))
            .hash(refs::GRANT, common.grant.0);
        self.record("t5", entry, |tx, entry| {
            let jti = common.jti.to_string();
            let new = NewArtefact { exchange: *id, kind: artefact, once: Some((&common.iss, &jti)) };
            entry.commits(artefact::insert(tx, &new, text.as_bytes())?.fact());
            let (from, to, now) = (State::Acked.number(), state.number(), self.ports.clock.now());
            entry.moves(tx, id, from, to, now)?;
            // A receipt for what was used before a withdrawal is still a receipt; it moves nothing then.
            let step = if state == State::Used { Step::Confirm } else { Step::Terminate };
            entry.moves_consent_if_it_can(tx, id, step, now)?;
            Ok(())
        })
    }

    /// Takes a grant back. There is no third outcome: it is withdrawn, or its key was given out.
    ///
    /// # Errors
    /// `exchange.already-released` once the key was given out; `offer-flow.wrong-step` for an open offer
    /// that nobody took up, or whose key lies at a relay: [`Wallet::withdraw_offer`] takes that back.
    pub fn withdraw(&self, id: &Id) -> Result<()> {
        match self.is_taken_back_by_offer(id)? {
            true => Err(OfferFault::WrongStep.into()),
            false => self.withdraw_exchange(id),
        }
    }

    /// The same without a look at offers: for whoever knows that no key can come from elsewhere.
    pub(super) fn withdraw_exchange(&self, id: &Id) -> Result<()> {
        self.try_withdraw(id)
            .or_else(|error| if is_overtaken(&error) { self.try_withdraw(id) } else { Err(error) })
    }

    fn try_withdraw(&self, id: &Id) -> Result<()> {
        let row = self.exchange(id)?;
        match State::from_number(row.state) {
            Some(State::Spent) => {}
            Some(State::Withdrawn) => return Ok(()),
            Some(
                State::Acked
                | State::Used
                | State::ErasedByVerifier
                | State::RefusedByVerifier
                | State::Sent
                | State::Delivered,
            ) => return Err(WalletError::AlreadyReleased.into()),
            _ => return Err(WalletError::WrongStep.into()),
        }
        let entry = Entry::new(EntryKind::Revoked, &self.ports).text("exchange", &id.to_string());
        self.record("withdraw", entry, |tx, entry| {
            let now = self.ports.clock.now();
            let (from, to) = (State::Spent.number(), State::Withdrawn.number());
            entry.moves(tx, id, from, to, now)?;
            entry.moves_consent_if_it_can(tx, id, Step::Withdraw, now)?;
            // Without the key nobody opens what was shown; what was sealed stays sealed for good.
            secret::destroy(tx, id, SecretKind::ContentKey)?;
            entry.destroys("secret", &secret::key_of(id, SecretKind::ContentKey));
            Ok(())
        })
    }

    /// What a receipt of this exchange must name, and the key that must have signed it.
    pub(super) fn expected(&self, id: &Id) -> Result<(Expected, chop_crypto::P256PublicKey)> {
        let asker = self.asker(id)?;
        let (grant, delivery) = self.agreed_objects(id)?;
        Ok((asker.expected(&grant, &delivery), *asker.leaf_key()))
    }

    fn expected_after_ack(&self, id: &Id) -> Result<(Expected, chop_crypto::P256PublicKey)> {
        let (expected, key) = self.expected(id)?;
        let ack = self.stored_text(id, ArtefactKind::Ack)?;
        Ok((expected.after(sha256(ack.as_bytes())), key))
    }

    /// The exchange that a receipt says it is of. Says: it is verified against that exchange next.
    pub(super) fn exchange_of_receipt<S: Stage>(&self, text: &str) -> Result<Id> {
        let grant = UnverifiedReceipt::<S>::parse(text)?.dangerous_grant()?;
        let row = self.vault.read(|read| artefact::find_by_digest(read, ArtefactKind::Grant, &grant))?;
        row.map(|row| row.exchange).ok_or_else(|| WalletError::NoExchange.into())
    }

    /// What was presented in an exchange: digests, and the key bindings that name the grant.
    pub(crate) fn presented(&self, id: &Id) -> Result<StoredPresented> {
        let text = self.stored_text(id, ArtefactKind::Other)?;
        serde_json::from_str(&text).map_err(|_| WalletError::LogBroken.into())
    }
}

/// Whether another step of the same exchange was committed between look and write.
fn is_overtaken(error: &Error) -> bool {
    error.code() == "vault.wrong-state"
}

/// What was presented, as it is stored to hold a use receipt against it and to prove later who stood
/// behind the grant. Digests, and presentations without a single disclosure.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredPresented {
    sd_hash: Vec<B64Digest>,
    claims: Vec<B64Digest>,
    /// `issuer-signed part ~ key binding` of each.
    pub(crate) bindings: Vec<String>,
}

impl StoredPresented {
    /// Keeps the digests of `presented`, and of each text all but its disclosures.
    pub(super) fn of<'a>(presented: &Presented, texts: impl Iterator<Item = &'a str>) -> Self {
        let wrap = |digests: &[Digest]| digests.iter().map(|d| B64Digest(*d)).collect();
        Self {
            sd_hash: wrap(&presented.sd_hash),
            claims: wrap(&presented.claims),
            bindings: texts.map(without_disclosures).collect(),
        }
    }

    /// The bytes that are stored.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(|_| WalletError::Internal.into())
    }

    pub(super) fn presented(&self) -> Presented {
        let plain = |digests: &[B64Digest]| digests.iter().map(|d| d.0).collect();
        Presented { sd_hash: plain(&self.sd_hash), claims: plain(&self.claims) }
    }
}

fn without_disclosures(presentation: &str) -> String {
    let issued = presentation.split('~').next().unwrap_or_default();
    let binding = presentation.rsplit('~').next().unwrap_or_default();
    format!("{issued}~{binding}")
}
