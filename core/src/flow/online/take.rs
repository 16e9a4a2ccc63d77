//! The verifier takes a posted answer: T2 and T4 in one, because the key came along.

use chop_crypto::{AgreementKey, sha256};
use chop_formats::consent_record::RecordDocument;
use chop_formats::content::{SealedContent, seal_content};
use chop_formats::delivery::{UnverifiedDelivery, VerifiedDelivery};
use chop_formats::grant::{AnsweredRequest, UnverifiedGrant, VerifiedGrant};
use chop_formats::jose::jwe::UnverifiedJwe;
use chop_formats::log_entry::{EntryKind, refs};
use chop_formats::openid4vp::{Answer, MAX_ANSWER_TEXT, Receipts};
use chop_formats::receipt::{self, Ack, Outcome as UseOutcome, Reason, Refused, Use};
use chop_formats::request::StoredRequest;
use chop_model::Id;
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};
use chop_vault::table::secret::{self, SecretKind};

use crate::consent::{Agreed, ConsentState, Step};
use crate::flow::accept::{is_ground_to_keep, withdrawn};
use crate::flow::asker::Asker;
use crate::flow::claim::{check_terms, leaf_of};
use crate::flow::judge::Judged;
use crate::flow::{Received, State};
use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

/// An answer that was verified, judged, logged and signed for.
#[derive(Debug)]
pub struct Taken {
    /// The exchange.
    pub exchange: Id,
    /// Taken, or refused.
    pub verdict: Verdict,
    /// What goes back in the body.
    pub receipts: Receipts,
}

/// What became of an answer.
#[derive(Debug)]
pub enum Verdict {
    /// Everything verified.
    Accepted(Box<Received>),
    /// The presentations do not hold what the grant promises.
    Refused(Reason),
}

/// The objects of an answer, checked against the request and each other.
struct Opened {
    id: Id,
    request: StoredRequest,
    answer: Answer,
    grant: VerifiedGrant,
    delivery: VerifiedDelivery,
    ciphertext: Vec<u8>,
}

impl Opened {
    fn asker(&self) -> Asker {
        Asker::Request(Box::new(self.request.clone()))
    }
}

impl Wallet {
    /// Opens a posted answer, checks all of it, and signs what became of it. The same answer again gives
    /// the stored receipts.
    ///
    /// # Errors
    /// The fault of the answer, the grant, the delivery note or the record: nothing is signed then.
    /// `exchange.unknown` for an answer to no request of ours; `exchange.wrong-step` for a second one.
    pub fn take_answer(&self, response: &str) -> Result<Taken> {
        let kid = UnverifiedJwe::parse(response, MAX_ANSWER_TEXT)?.kid().to_owned();
        let id = self.exchange_of_kid(&kid)?;
        let row = self.exchange(&id)?;
        match State::from_number(row.state) {
            Some(State::Requested) => {}
            Some(state @ (State::Accepted | State::Refused))
                if self.stored_text(&id, ArtefactKind::Envelope)? == response =>
            {
                return self.taken_before(id, state);
            }
            Some(State::Frozen) => return Err(WalletError::Frozen.into()),
            _ => return Err(WalletError::WrongStep.into()),
        }
        let now = self.ports.clock.now();
        if row.expires_at.plus(chop_formats::request::MAX_SKEW) < now {
            return Err(WalletError::Expired.into());
        }
        let opened = self.open_posted(id, response)?;
        let trust = self.trust()?;
        let judged = self
            .judge(&opened.asker(), &opened.grant, &opened.answer.content, (&trust, now))
            .and_then(|judged| match withdrawn(&judged.received) {
                None => Ok(judged),
                Some(reason) => Err(reason),
            });
        self.sign_for(&opened, response, judged)
    }

    fn open_posted(&self, id: Id, response: &str) -> Result<Opened> {
        let request = StoredRequest::read(&self.stored_text(&id, ArtefactKind::Request)?)?;
        let to = request.answer_to().ok_or(WalletError::WrongStep)?;
        let secret = self.vault.read(|read| secret::find(read, &id, SecretKind::AgreementKey))?;
        let key = AgreementKey::from_secret(&secret.ok_or(WalletError::WrongStep)?)?;
        let answer = Answer::open(response, &key, request.kid(), &request.digest(), to.state.as_deref())?;
        let asked = AnsweredRequest {
            client_id: request.client_id().to_owned(),
            req: request.digest(),
            vlc: *request.vlc(),
        };
        let now = self.ports.clock.now();
        let grant = UnverifiedGrant::parse(&answer.grant)?.verify(&asked, now)?;
        check_terms(&grant, &request)?;
        RecordDocument::read(&answer.record)?.check_against(grant.payload())?;
        let delivery = UnverifiedDelivery::parse(&answer.delivery)?.verify(&grant, now)?;
        // What came in the open must be what the holder signed for, to the last byte.
        let SealedContent { ciphertext, binding } =
            seal_content(&answer.key, &grant.digest(), &answer.content)?;
        if binding != delivery.payload().binding() {
            return Err(WalletError::NotGranted.into());
        }
        Ok(Opened { id, request, answer, grant, delivery, ciphertext })
    }

    fn sign_for(
        &self,
        opened: &Opened,
        response: &str,
        judged: std::result::Result<Judged, Reason>,
    ) -> Result<Taken> {
        let (keystore, (key, chain)) = (self.ports.keystore.as_ref(), self.verifier()?);
        let leaf = leaf_of(&chain)?;
        let common = || self.common(&opened.asker(), &opened.grant, &opened.delivery);
        let ack = receipt::sign(Ack::new(common()?), &leaf, keystore, &key)?;
        let prev = ack.digest().into();
        let (kind, name, artefact, state, text) = match &judged {
            Ok(judged) => {
                let wrap = |digests: &[chop_crypto::Digest]| digests.iter().map(|d| (*d).into()).collect();
                let used = Use::new(
                    common()?,
                    prev,
                    opened.delivery.payload().vp,
                    wrap(&judged.sd_hashes),
                    wrap(&judged.disclosures),
                    UseOutcome::Accepted {},
                );
                let text = receipt::sign(used, &leaf, keystore, &key)?.text().to_owned();
                (EntryKind::Verified, refs::USE, ArtefactKind::Use, State::Accepted, text)
            }
            Err(reason) => {
                let refused = Refused::new(common()?, Some(prev), *reason);
                let text = receipt::sign(refused, &leaf, keystore, &key)?.text().to_owned();
                (EntryKind::Refused, refs::REFUSED, ArtefactKind::Refused, State::Refused, text)
            }
        };
        let entry = Entry::new(kind, &self.ports)
            .text("exchange", &opened.id.to_string())
            .hash(refs::REQUEST, opened.request.digest())
            .hash(refs::GRANT, opened.grant.digest())
            .hash(refs::DELIVERY, opened.delivery.digest())
            .hash(refs::ACK, ack.digest())
            .hash(name, sha256(text.as_bytes()));
        let signed = [(ArtefactKind::Ack, ack.text()), (artefact, text.as_str())];
        let keeps = judged.as_ref().err().is_none_or(|reason| is_ground_to_keep(*reason));
        self.keep_taken(opened, response, entry, &signed, (state, keeps))?;
        Ok(Taken {
            exchange: opened.id,
            receipts: receipts(ack.text().to_owned(), text, state),
            verdict: match judged {
                Ok(judged) => Verdict::Accepted(Box::new(judged.received)),
                Err(reason) => Verdict::Refused(reason),
            },
        })
    }

    fn keep_taken(
        &self,
        opened: &Opened,
        response: &str,
        entry: Entry,
        signed: &[(ArtefactKind, &str)],
        (state, keeps): (State, bool),
    ) -> Result<()> {
        let (id, grant) = (opened.id, opened.grant.payload());
        let iss = chop_crypto::encoding::to_base64url(&grant.iss.0);
        let jti = grant.jti.to_string();
        self.record("t4", entry, |tx, entry| {
            for (kind, once, bytes) in [
                (ArtefactKind::Envelope, None, response.as_bytes()),
                (ArtefactKind::Grant, Some((iss.as_str(), jti.as_str())), opened.answer.grant.as_bytes()),
                (ArtefactKind::Delivery, None, opened.answer.delivery.as_bytes()),
                (ArtefactKind::Content, None, opened.ciphertext.as_slice()),
                (ArtefactKind::ConsentRecord, None, opened.answer.record.as_slice()),
            ] {
                let new = NewArtefact { exchange: id, kind, once };
                entry.commits(artefact::insert(tx, &new, bytes)?.fact());
            }
            for (kind, text) in signed {
                let new = NewArtefact { exchange: id, kind: *kind, once: None };
                entry.commits(artefact::insert(tx, &new, text.as_bytes())?.fact());
            }
            if keeps {
                entry.commits(secret::insert(tx, &id, SecretKind::ContentKey, &opened.answer.key)?);
            }
            secret::destroy(tx, &id, SecretKind::AgreementKey)?;
            entry.destroys("secret", &secret::key_of(&id, SecretKind::AgreementKey));
            let now = self.ports.clock.now();
            let agreed = Agreed::received(id, &opened.request, grant, &opened.answer.record);
            entry.begins_consent(tx, &agreed, ConsentState::Active, now)?;
            let step = if state == State::Accepted { Step::Present } else { Step::Terminate };
            entry.moves_consent_if_it_can(tx, &id, step, now)?;
            entry.moves(tx, &id, State::Requested.number(), state.number(), now)
        })
    }

    fn taken_before(&self, id: Id, state: State) -> Result<Taken> {
        self.anchor_what_is_stored()?;
        let ack = self.stored_text(&id, ArtefactKind::Ack)?;
        if state == State::Accepted {
            let text = self.stored_text(&id, ArtefactKind::Use)?;
            let verdict = Verdict::Accepted(Box::new(self.received(&id)?));
            return Ok(Taken { exchange: id, verdict, receipts: receipts(ack, text, state) });
        }
        let text = self.stored_text(&id, ArtefactKind::Refused)?;
        let payload = chop_formats::jose::jws::UnverifiedJws::parse(&text, text.len())?;
        // Our own signature of before, out of the vault.
        let said: Refused = chop_formats::json::parse_as(payload.dangerous_payload(), text.len())?;
        Ok(Taken {
            exchange: id,
            verdict: Verdict::Refused(said.reason),
            receipts: receipts(ack, text, state),
        })
    }
}

fn receipts(ack: String, text: String, state: State) -> Receipts {
    let (used, refused) = if state == State::Accepted { (Some(text), None) } else { (None, Some(text)) };
    Receipts { ack, used, refused }
}
