//! The key came: open, check everything, keep, and sign what was taken: T4.

use chop_crypto::{Secret, sha256};
use chop_formats::content::{Content, ContentError, open_content};
use chop_formats::delivery::{UnverifiedDelivery, VerifiedDelivery};
use chop_formats::frame::{KeyBody, Message, MessageKind};
use chop_formats::grant::{UnverifiedGrant, VerifiedGrant};
use chop_formats::log_entry::{EntryKind, refs};
use chop_formats::receipt::{self, Outcome, Reason, Refused, Use};
use chop_formats::status_list::Status;
use chop_model::Id;
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};
use chop_vault::table::secret::{self, SecretKind};

use crate::consent::Step;
use crate::journal::{Entry, UseTicket};
use crate::status::StatusNow;
use crate::{Result, Wallet, WalletError};

use super::asker::Asker;
use super::judge::{Judged, Received};
use super::{Outbound, State};

/// What came of a key: data that were checked, or a signed refusal.
#[derive(Debug)]
pub enum Accepted {
    /// Everything verified; the use receipt is to be shown.
    Taken(Box<Received>, Outbound),
    /// The content does not hold what was promised, and what proves the fault is kept for as long as the
    /// data would have been; or its issuer no longer stands by it, and nothing is kept. The refusal is to
    /// be shown.
    Refused(Reason, Outbound),
}

/// The stored objects of an exchange that a key is about to open.
struct Opening {
    id: Id,
    asker: Asker,
    grant: VerifiedGrant,
    delivery: VerifiedDelivery,
    ack: String,
}

impl Wallet {
    /// Takes the key. The same key for the same acknowledgement may come again; the receipt is the
    /// stored one.
    ///
    /// # Errors
    /// `content.wrong-key` for a key that the delivery note does not commit to: it is no release, and
    /// the right one may still come. `exchange.unknown` for a key to another acknowledgement.
    pub fn accept(&self, release: KeyBody) -> Result<Accepted> {
        let id = self.exchange_of_ack(&release.ack)?;
        let row = self.exchange(&id)?;
        match State::from_number(row.state) {
            Some(State::Acknowledged) => {}
            Some(State::Accepted) => {
                return Ok(Accepted::Taken(Box::new(self.received(&id)?), self.again(&id)?));
            }
            Some(State::Frozen) => return Err(WalletError::Frozen.into()),
            _ => return Err(WalletError::WrongStep.into()),
        }
        let opening = self.opening(id)?;
        let ciphertext = self.stored_bytes(&id, ArtefactKind::Content)?;
        // Lists that cannot be read are our fault: the holder is not blamed for them with a signature.
        let (trust, now) = (self.trust()?, self.ports.clock.now());
        match open_content(&release.key, &opening.delivery.payload().binding(), &ciphertext) {
            Ok(content) => match self.judge(&opening.asker, &opening.grant, &content, (&trust, now)) {
                Ok(judged) => match withdrawn(&judged.received) {
                    None => self.take(&opening, &release.key, judged),
                    Some(reason) => self.refuse(&opening, &release.key, reason),
                },
                Err(reason) => self.refuse(&opening, &release.key, reason),
            },
            Err(ContentError::WrongKey) => Err(ContentError::WrongKey.into()),
            Err(_) => self.refuse(&opening, &release.key, Reason::BadContent),
        }
    }

    /// What a key opens, before anything of it is judged or kept.
    pub(crate) fn content_behind(&self, release: &KeyBody) -> Result<Content> {
        let opening = self.opening(self.exchange_of_ack(&release.ack)?)?;
        let ciphertext = self.stored_bytes(&opening.id, ArtefactKind::Content)?;
        Ok(open_content(&release.key, &opening.delivery.payload().binding(), &ciphertext)?)
    }

    /// The data that were taken in an exchange, checked again as of the moment when they were taken:
    /// what was valid then does not cease to have been.
    ///
    /// # Errors
    /// `exchange.wrong-step` where nothing was taken, or it was erased.
    pub fn received(&self, id: &Id) -> Result<Received> {
        if self.exchange(id)?.state != State::Accepted.number() {
            return Err(WalletError::WrongStep.into());
        }
        let opening = self.opening(*id)?;
        let secret = self.vault.read(|read| secret::find(read, id, SecretKind::ContentKey))?;
        let key = secret.ok_or(WalletError::WrongStep)?;
        let ciphertext = self.stored_bytes(id, ArtefactKind::Content)?;
        let content = open_content(&key, &opening.delivery.payload().binding(), &ciphertext)?;
        // As of the time when it was taken: a certificate that ran out since changes nothing.
        let taken_at = self.exchange(id)?.updated_at;
        match self.judge(&opening.asker, &opening.grant, &content, (&self.trust()?, taken_at)) {
            Ok(judged) => Ok(judged.received),
            Err(_) => Err(WalletError::NotGranted.into()),
        }
    }

    fn take(&self, opening: &Opening, key: &Secret<32>, judged: Judged) -> Result<Accepted> {
        let common = self.common(&opening.asker, &opening.grant, &opening.delivery)?;
        let wrap = |digests: &[chop_crypto::Digest]| digests.iter().map(|d| (*d).into()).collect();
        let receipt = Use::new(
            common,
            sha256(opening.ack.as_bytes()).into(),
            opening.delivery.payload().vp,
            wrap(&judged.sd_hashes),
            wrap(&judged.disclosures),
            Outcome::Accepted {},
        );
        let (signer, chain) = self.verifier()?;
        let leaf = super::claim::leaf_of(&chain)?;
        let signed = receipt::sign(receipt, &leaf, self.ports.keystore.as_ref(), &signer)?;
        let entry = self.entry(EntryKind::Verified, opening).hash(refs::USE, signed.digest());
        let (kind, state, key) = (ArtefactKind::Use, State::Accepted, Some(key));
        let ticket = self.keep(opening, entry, &Kept { kind, state, key, text: signed.text() })?;
        let message = Message::text(MessageKind::Use, signed.text())?;
        Ok(Accepted::Taken(Box::new(judged.received), Outbound::new(ticket, &message)?))
    }

    fn refuse(&self, opening: &Opening, key: &Secret<32>, reason: Reason) -> Result<Accepted> {
        let common = self.common(&opening.asker, &opening.grant, &opening.delivery)?;
        let receipt = Refused::new(common, Some(sha256(opening.ack.as_bytes()).into()), reason);
        let (signer, chain) = self.verifier()?;
        let leaf = super::claim::leaf_of(&chain)?;
        let signed = receipt::sign(receipt, &leaf, self.ports.keystore.as_ref(), &signer)?;
        let entry = self.entry(EntryKind::Refused, opening).hash(refs::REFUSED, signed.digest());
        let key = Some(key).filter(|_| is_ground_to_keep(reason));
        let (kind, state) = (ArtefactKind::Refused, State::Refused);
        let ticket = self.keep(opening, entry, &Kept { kind, state, key, text: signed.text() })?;
        let message = Message::text(MessageKind::Refused, signed.text())?;
        Ok(Accepted::Refused(reason, Outbound::new(ticket, &message)?))
    }

    fn entry(&self, kind: EntryKind, opening: &Opening) -> Entry {
        Entry::new(kind, &self.ports)
            .text("exchange", &opening.id.to_string())
            .hash(refs::GRANT, opening.grant.digest())
    }

    /// T4. The content is kept as it came, `C` and its key: who erases destroys the key.
    fn keep(&self, opening: &Opening, entry: Entry, kept: &Kept<'_>) -> Result<UseTicket> {
        let id = opening.id;
        let (ticket, ()) = self.open_ticket("t4", id, entry, |tx, entry| {
            let new = NewArtefact { exchange: id, kind: kept.kind, once: None };
            entry.commits(artefact::insert(tx, &new, kept.text.as_bytes())?.fact());
            if let Some(key) = kept.key {
                entry.commits(secret::insert(tx, &id, SecretKind::ContentKey, key)?);
            }
            // The envelope was opened for the last time; its key is of no more use to anybody.
            secret::destroy(tx, &id, SecretKind::AgreementKey)?;
            entry.destroys("secret", &secret::key_of(&id, SecretKind::AgreementKey));
            let (from, to) = (State::Acknowledged.number(), kept.state.number());
            let now = self.ports.clock.now();
            entry.moves(tx, &id, from, to, now)?;
            let step = if kept.state == State::Accepted { Step::Present } else { Step::Terminate };
            entry.moves_consent_if_it_can(tx, &id, step, now)?;
            Ok(())
        })?;
        Ok(ticket)
    }

    /// Grant and delivery note of an exchange, as they were verified when they came.
    pub(super) fn agreed_objects(&self, id: &Id) -> Result<(VerifiedGrant, VerifiedDelivery)> {
        let grant =
            UnverifiedGrant::parse(&self.stored_text(id, ArtefactKind::Grant)?)?.verify_as_record()?;
        let delivery = UnverifiedDelivery::parse(&self.stored_text(id, ArtefactKind::Delivery)?)?
            .verify_as_record(&grant)?;
        Ok((grant, delivery))
    }

    fn opening(&self, id: Id) -> Result<Opening> {
        let (grant, delivery) = self.agreed_objects(&id)?;
        Ok(Opening {
            id,
            asker: self.asker(&id)?,
            grant,
            delivery,
            ack: self.stored_text(&id, ArtefactKind::Ack)?,
        })
    }

    fn exchange_of_ack(&self, ack: &chop_crypto::Digest) -> Result<Id> {
        let row = self.vault.read(|read| artefact::find_by_digest(read, ArtefactKind::Ack, ack))?;
        row.map(|row| row.exchange).ok_or_else(|| WalletError::NoExchange.into())
    }

    fn stored_bytes(&self, id: &Id, kind: ArtefactKind) -> Result<Vec<u8>> {
        let row = self.vault.read(|read| artefact::find_kind(read, id, kind))?;
        Ok(row.ok_or(WalletError::WrongStep)?.bytes)
    }
}

/// An issuer that no longer stands by a credential, as far as its list is held: the verifier's own
/// outcome, which no signature of the holder can mend.
pub(super) fn withdrawn(received: &Received) -> Option<Reason> {
    let statuses = || received.credentials.iter().map(|credential| credential.status);
    let says =
        |wanted| statuses().any(|s| matches!(s, StatusNow::Checked { status, .. } if status == wanted));
    if says(Status::Invalid) {
        Some(Reason::Revoked)
    } else {
        says(Status::Suspended).then_some(Reason::Suspended)
    }
}

/// Whether what was refused for this is kept. Junk is proof of whoever sealed it. What an issuer took back
/// is true data of somebody, and proves nothing against the holder: there is no ground to keep it.
pub(super) fn is_ground_to_keep(reason: Reason) -> bool {
    !matches!(reason, Reason::Revoked | Reason::Suspended)
}

/// What T4 writes.
struct Kept<'a> {
    kind: ArtefactKind,
    state: State,
    /// What opens the content, where it is kept.
    key: Option<&'a Secret<32>>,
    text: &'a str,
}
