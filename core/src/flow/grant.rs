//! The grant: T1. Everything is made in memory first; nothing is spent before all of it exists and
//! fits into frames.

use chop_crypto::{Digest, make_secret};
use chop_formats::consent_record::Expression;
use chop_formats::content::{SealedContent, seal_content};
use chop_formats::delivery::{Delivery, Mode, SignedDelivery};
use chop_formats::envelope::{Envelope, seal_envelope};
use chop_formats::frame::{Message, MessageKind};
use chop_formats::grant::{
    DataAccess, EXPLICIT_CONSENT, FileRef, Grant, NoticeRef, ReceiptRule, Rights, SCHEMA, SignedGrant, Source,
};
use chop_formats::jose::jwk;
use chop_formats::log_entry::{EntryKind, refs};
use chop_formats::openid4vp::Answer;
use chop_formats::request::{AnswerTo, RequestRule, VerifiedRequest};
use chop_ledger::blinded_holder_log;
use chop_model::{Id, LangText, Party, Period, UnixTime};
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};
use chop_vault::table::exchange::{self, Role};
use chop_vault::table::secret::{self, SecretKind};
use serde_json::json;

use crate::consent::{Agreed, ConsentState, supersede};
use crate::journal::{Entry, UseTicket};
use crate::keys::Pairwise;
use crate::{Error, Result, Wallet, WalletError};

use super::consent::Consent;
use super::online::Arrival;
use super::present::Toward;
use super::receipt::StoredPresented;
use super::record::Grounds;
use super::{Outbound, State};

/// All that T1 stores, made before anything is spent.
struct Made {
    id: Id,
    grant: SignedGrant,
    delivery: SignedDelivery,
    envelope: String,
    record: Vec<u8>,
    content_key: chop_crypto::Secret<32>,
    log_salt: chop_crypto::Secret<32>,
    note: String,
    presented: Vec<u8>,
    page: Vec<u8>,
    bindings: Vec<Digest>,
}

impl Wallet {
    /// Grants what the consent says, once. The request cannot be answered a second time from here
    /// on, whatever happens next.
    ///
    /// # Errors
    /// Nothing is spent and nothing leaves: `request.answered-before`, `exchange.expired`, what does
    /// not fit into QR codes, a log that cannot be written.
    pub fn grant(&self, consent: Consent) -> Result<Outbound> {
        if consent.prompt.arrival != Arrival::Optic {
            return Err(RequestRule::OtherCarrier.into());
        }
        let (ticket, envelope) = self.spend(&consent, State::Spent)?;
        Outbound::new(ticket, &Message::text(MessageKind::Data, &envelope)?)
    }

    /// T1, whichever way the answer goes: the ticket, and the sealed answer.
    pub(super) fn spend(&self, consent: &Consent, state: State) -> Result<(UseTicket, String)> {
        let now = self.ports.clock.now();
        let request = consent.prompt.request.request().ok_or(WalletError::WrongStep)?;
        if request.exp() < now {
            return Err(WalletError::Expired.into());
        }
        let wants_presence = consent.prompt.level_of(&consent.picks).wants_presence();
        if wants_presence {
            self.require_presence()?;
        }
        let made = self.make(consent, request, now)?;
        if state == State::Spent {
            Message::text(MessageKind::Data, &made.envelope)?.frames()?;
        }
        let row = exchange::Row {
            id: made.id,
            role: Role::Holder,
            state: state.number(),
            client_id: request.client_id().to_owned(),
            nonce: request.nonce().to_owned(),
            peer_name: request.shown_names().in_lang(consent.notice.lang).to_owned(),
            purpose: request.terms().purpose.code.clone(),
            created_at: now,
            expires_at: consent.prompt.validity.until,
            updated_at: now,
        };
        let mut entry = Entry::new(EntryKind::Spent, &self.ports)
            .text("exchange", &made.id.to_string())
            .text("client", request.client_id())
            .text("purpose", &request.terms().purpose.code)
            .hash(refs::REQUEST, request.digest())
            .hash(refs::GRANT, made.grant.digest())
            .hash(refs::DELIVERY, made.delivery.digest())
            .hash("rec", chop_crypto::sha256(&made.record));
        if wants_presence {
            entry = entry.text("presence", "passphrase");
        }
        if consent.by == Expression::StandingRule {
            let acts: Vec<_> = consent.picks.iter().filter_map(|pick| pick.item.mark.act).collect();
            let acts: Vec<_> = acts.iter().map(ToString::to_string).collect();
            entry = entry.text("by", "standing-rule").text("rule-acts", &acts.join(" "));
        }
        if let Some((ward, act, _)) = &consent.guardian {
            entry = entry.text("profile", &ward.profile.to_string()).text("guardian-act", &act.to_string());
        }
        for (number, binding) in made.bindings.iter().enumerate() {
            entry.refer(&refs::key_binding(number), *binding);
        }
        let (ticket, ()) = self
            .open_ticket("t1", made.id, entry, |tx, entry| {
                exchange::insert(tx, &row)?;
                entry.commits(row.fact());
                if let Some(old) = &consent.replaces {
                    supersede(tx, old, &self.ports)?;
                }
                entry.begins_consent(tx, &agreed(consent, &made), ConsentState::Active, now)?;
                // An answer that carries its key gives and hands over in one act, and in one entry.
                if state == State::Sent {
                    entry.presents_consent(tx, &made.id, false, None, now)?;
                }
                for (kind, bytes) in made.artefacts(request.text()) {
                    let new = NewArtefact { exchange: made.id, kind, once: None };
                    entry.commits(artefact::insert(tx, &new, bytes)?.fact());
                }
                entry.commits(secret::insert(tx, &made.id, SecretKind::ContentKey, &made.content_key)?);
                entry.commits(secret::insert(tx, &made.id, SecretKind::OwnLogSalt, &made.log_salt)?);
                Ok(())
            })
            .map_err(answered_before)?;
        Ok((ticket, made.envelope))
    }

    /// Build order: grant → P → K, C → delivery → ENV.
    fn make(&self, consent: &Consent, request: &VerifiedRequest, now: UnixTime) -> Result<Made> {
        let with = consent.prompt.request.pairwise();
        let (random, keystore) = (self.ports.random.as_ref(), self.ports.keystore.as_ref());
        let key = self.pairwise_key(Pairwise::Consent, &with)?;
        let prepared = self.prepare(&consent.prompt.request, &with, &consent.picks, now)?;
        let (log_salt, note) = (make_secret::<32>(random)?, self.checkpoint()?);
        let id = Id::make(random)?;
        let iss = jwk::thumbprint(key.public.p256()?);
        let trust = self.trust()?;
        let copies = prepared.copies.clone();
        let grounds = Grounds { grant: id, iss, trust: &trust, shown: &prepared.shown(), copies, now };
        let record = super::record::build(consent, &grounds)?;
        // EXPOSE: the salt blinds the state of our log, and is opened only in a proof pack.
        let hlc = blinded_holder_log(log_salt.expose(), note.as_bytes());
        let bound =
            Bound { id, iss, hlc, rec: chop_crypto::sha256(&record), files: prepared.file_seals(), now };
        let grant = grant_of(consent, &bound).sign(keystore, &key.id)?;
        let toward = Toward {
            aud: request.client_id(),
            nonce: request.nonce(),
            transaction: request.answer_to().and_then(AnswerTo::transaction_hash),
        };
        let (content, presented, bindings) = self.bind(prepared, toward, &grant.digest(), now)?;
        let content_key = make_secret(random)?;
        let SealedContent { ciphertext, binding } = seal_content(&content_key, &grant.digest(), &content)?;
        let mode = if request.answer_to().is_some() { Mode::B } else { Mode::D };
        let delivery = Delivery::of(&grant, Id::make(random)?, now, grant.payload().exp, &binding)
            .by(mode)
            .sign(keystore, &key.id)?;
        let texts = content.presentations.values().flatten().map(String::as_str);
        let presented = StoredPresented::of(&presented, texts).to_bytes()?;
        let (grant_text, delivery_text) = (grant.text().to_owned(), delivery.text().to_owned());
        let to = (request.encryption_key(), request.kid());
        let envelope = match request.answer_to() {
            None => {
                let record = record.clone();
                let envelope = Envelope { grant: grant_text, delivery: delivery_text, ciphertext, record };
                seal_envelope(random, to.0, to.1, &request.digest(), &envelope)?
            }
            Some(answer_to) => Answer {
                content,
                state: answer_to.state.clone(),
                grant: grant_text,
                delivery: delivery_text,
                record: record.clone(),
                key: content_key.duplicate(),
            }
            .seal(random, request.enc(), to, &request.digest())?,
        };
        let page = page_of(consent)?;
        Ok(Made {
            id,
            grant,
            delivery,
            envelope,
            record,
            content_key,
            log_salt,
            note,
            presented,
            page,
            bindings,
        })
    }
}

/// What the consent row says.
fn agreed<'a>(consent: &'a Consent, made: &'a Made) -> Agreed<'a> {
    let request = &consent.prompt.request;
    Agreed {
        id: made.id,
        role: Role::Holder,
        client_id: request.client_id(),
        peer: request.listed().map_or(&request.terms().legal_id, |party| &party.legal_id),
        purpose: &request.terms().purpose.code,
        record: Some(chop_crypto::sha256(&made.record)),
        replaces: consent.replaces,
        max_uses: made.grant.payload().max_uses,
        validity: Period { from: made.grant.payload().nbf, until: made.grant.payload().exp },
    }
}

impl Made {
    fn artefacts<'a>(&'a self, request: &'a str) -> [(ArtefactKind, &'a [u8]); 8] {
        [
            (ArtefactKind::Request, request.as_bytes()),
            (ArtefactKind::Grant, self.grant.text().as_bytes()),
            (ArtefactKind::Delivery, self.delivery.text().as_bytes()),
            (ArtefactKind::Envelope, self.envelope.as_bytes()),
            (ArtefactKind::ConsentRecord, &self.record),
            (ArtefactKind::Checkpoint, self.note.as_bytes()),
            (ArtefactKind::Other, &self.presented),
            (ArtefactKind::Notice, &self.page),
        ]
    }
}

/// The page as it was shown, word for word, so that the digest in the grant can be opened later; and
/// the warnings that the holder passed, with the reasons. It stays here.
pub(super) fn page_of(consent: &Consent) -> Result<Vec<u8>> {
    let passed: Vec<_> = consent
        .cleared
        .overridden()
        .iter()
        .map(|o| json!({ "rule": o.finding.rule, "reason": o.passed_by.reason() }))
        .collect();
    serde_json::to_vec(&json!({ "page": consent.notice, "passed": passed }))
        .map_err(|_| WalletError::Internal.into())
}

/// What the grant is bound to beside the consent.
pub(super) struct Bound {
    pub(super) id: Id,
    pub(super) iss: Digest,
    pub(super) hlc: Digest,
    pub(super) rec: Digest,
    pub(super) files: Vec<Digest>,
    pub(super) now: UnixTime,
}

pub(super) fn grant_of(consent: &Consent, bound: &Bound) -> Grant {
    let request = &consent.prompt.request;
    let terms = request.terms();
    let scope = serde_json::to_value(&consent.scope).unwrap_or_default();
    let files = bound.files.iter().map(|seal| FileRef { c: (*seal).into() }).collect();
    Grant {
        schema: SCHEMA.into(),
        jti: bound.id,
        iss: bound.iss.into(),
        sub: bound.iss.into(),
        aud: request.aud(),
        aud_policy: request.aud_policy(),
        relay: request.relay(),
        // Who is not named yet is no controller yet.
        controller: request.aud().map(|_| controller(consent)),
        src: sources(consent),
        iat: bound.now,
        nbf: bound.now,
        exp: consent.prompt.validity.until,
        req: request.answers().map(Into::into),
        authorization_details: vec![DataAccess::new(scope, files, terms.actions.clone())],
        max_uses: 1,
        purpose: vec![terms.purpose.clone()],
        legal_basis: EXPLICIT_CONSENT.into(),
        retain: terms.retention,
        onward: terms.onward.clone(),
        locations: terms.locations.clone(),
        jurisdiction: terms.jurisdiction,
        notice: NoticeRef {
            digest: consent.notice.digest.into(),
            lang: consent.notice.lang,
            version: consent.notice.version.clone(),
        },
        rights: Rights { channel: terms.rights_channel.clone() },
        receipt: ReceiptRule::RequiredBeforeKey,
        hlc: bound.hlc.into(),
        vlc: request.vlc().map(|vlc| (*vlc).into()),
        rec: bound.rec.into(),
        ui: consent.notice.digest.into(),
    }
}

/// The recipient as somebody else names it: from the list, or by its certificate's names.
pub(super) fn controller(consent: &Consent) -> Party {
    let request = &consent.prompt.request;
    let terms = request.terms();
    request.listed().cloned().unwrap_or_else(|| Party {
        names: request.shown_names().clone(),
        legal_id: terms.legal_id.clone(),
        jurisdiction: terms.jurisdiction,
        contact: terms.contact.clone(),
    })
}

/// Who vouches for what is handed over; the holder's own statements name the holder.
pub(super) fn sources(consent: &Consent) -> Vec<Source> {
    let source = |pick: &super::pick::Pick| Source {
        name: if pick.item.is_own() { LangText::same("self") } else { pick.item.issuer.clone() },
        issuer: pick.item.issuer.en.clone(),
        vct: pick.item.vct.clone(),
    };
    consent.picks.iter().map(source).collect()
}

/// The unique row (role, client_id, nonce) was there already: another process, or the twin of the
/// request's signature, came first.
pub(super) fn answered_before(error: Error) -> Error {
    if error.code() == "vault.exists" { WalletError::AnsweredBefore.into() } else { error }
}
