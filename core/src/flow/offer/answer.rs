//! A claim of a live offer, as the holder takes it (C1): opened, verified, held against the offer and the
//! law; then T1.

use std::collections::BTreeMap;

use chop_crypto::{Digest, make_secret, sha256};
use chop_formats::content::seal_content;
use chop_formats::dcql::DcqlQuery;
use chop_formats::delivery::{Delivery, Mode};
use chop_formats::envelope::{Envelope, seal_envelope};
use chop_formats::grant::{Grant, UnverifiedGrant, VerifiedGrant};
use chop_formats::log_entry::{EntryKind, refs};
use chop_formats::offer::{Part, content_key};
use chop_formats::relay::MAX_ENVELOPE;
use chop_formats::request::{Carrier, RequestRule, UnverifiedRequest, VerifiedRequest};
use chop_model::{Id, LangText, Period, UseTerms};
use chop_policy::{Assessment, SeparateConsent, Topic, assess};
use chop_vault::table::artefact::ArtefactKind;
use chop_vault::table::exchange::{self, Role};
use chop_vault::table::offer;
use chop_vault::table::secret::{self, SecretKind};

use crate::journal::Entry;
use crate::keys::Pairwise;
use crate::{Error, Result, Wallet, WalletError};

use super::super::State;
use super::super::asked::Asked;
use super::super::consent::{Choices, ConsentPrompt};
use super::super::grant::answered_before;
use super::super::online::Arrival;
use super::super::page::facts;
use super::super::pick::Pick;
use super::super::present::{Prepared, Toward};
use super::super::receipt::StoredPresented;
use super::OfferFault;
use super::make::Kept;
use super::row::{RowWords as _, keeps, moves};
use super::stand::OfferState;

/// A verified claim of a live offer: who, and what they would get. Nothing is spent yet.
#[derive(Debug)]
pub struct ClaimPrompt {
    pub(super) offer: Id,
    /// The number of the relay's event.
    pub(super) number: u64,
    /// SHA-256 of the claim's body.
    pub(super) claim: Digest,
    /// Whether a rule that was set beforehand answers.
    pub(super) by_rule: bool,
    prompt: ConsentPrompt,
    picks: Vec<Pick>,
}

impl ClaimPrompt {
    /// The offer that is taken up.
    pub fn offer(&self) -> Id {
        self.offer
    }

    /// The verified request: its names, its standing, what it asks for.
    pub fn request(&self) -> &Asked {
        &self.prompt.request
    }

    /// The name to be shown, from a list or the certificate.
    pub fn who(&self) -> &LangText {
        self.prompt.request.shown_names()
    }

    /// Whether a rule that was set beforehand answers: the holder need not be asked.
    pub fn is_ruled(&self) -> bool {
        self.by_rule
    }
}

impl Wallet {
    /// Opens and judges the body of a claim. An error is a reason to reject it: the offer stays open.
    pub(super) fn judge_claim(&self, row: &offer::Row, number: u64, body: &[u8]) -> Result<ClaimPrompt> {
        let (trust, now) = (self.trust()?, self.ports.clock.now());
        let text = self.offer_keys(&row.id)?.channel.open_text(Part::Request, body)?;
        let request = UnverifiedRequest::parse(&text)?.verify(&trust, now, Carrier::Relay)?;
        let is_ours =
            |t: &chop_formats::request::RelayTarget| t.origin == row.relay && t.offer.0 == row.offer;
        if !request.relay().is_some_and(is_ours) {
            return Err(RequestRule::OtherOffer.into());
        }
        let kept = Kept::read(&self.offer_bytes(&row.id, ArtefactKind::Offered)?)?;
        if !kept.to.let_in(request.client_id(), request.standing(), &trust) {
            return Err(OfferFault::NotForThem.into());
        }
        let grant = self.offered_grant(&row.id)?;
        check_within(&request, grant.payload())?;
        self.refuse_second_answer(&request)?;
        let choices = choices_of(&request, grant.payload(), &kept)?;
        let validity = Period { from: grant.payload().nbf, until: row.expires_at };
        let prompt = self.prompt(Asked::Request(Box::new(request)), &trust, validity, Arrival::Relay)?;
        let picks = prompt.picks(&choices)?;
        self.check_versions(&picks, &kept)?;
        self.settle_again(&prompt, &picks, &kept)?;
        let by_rule = kept.rule && kept.to.are_named();
        Ok(ClaimPrompt { offer: row.id, number, claim: sha256(body), by_rule, prompt, picks })
    }

    /// What is handed over is what was looked at when the offer was made. A holding that was replaced since,
    /// by a version with more in it or with less, was agreed to by nobody.
    fn check_versions(&self, picks: &[Pick], kept: &Kept) -> Result<()> {
        let now = self.versions_of(picks)?;
        let differs = |(item, version)| kept.versions.get(item).is_some_and(|offered| offered != version);
        if now.iter().any(differs) { Err(OfferFault::OtherVersion.into()) } else { Ok(()) }
    }

    /// The law is asked again for the recipient who really came: it may find no more than was settled
    /// when the offer was made.
    fn settle_again(&self, prompt: &ConsentPrompt, picks: &[Pick], kept: &Kept) -> Result<()> {
        let Assessment::MayAsk(may_ask) = assess(&prompt.pack, &facts(prompt, picks)) else {
            return Err(OfferFault::LawUnsettled.into());
        };
        let consents: Vec<_> = kept
            .consents
            .iter()
            .filter_map(|(topic, act, at)| {
                Topic::from_code(topic).map(|topic| SeparateConsent { topic, action_id: *act, at: *at })
            })
            .filter(|consent| may_ask.separate_consents().iter().any(|ask| ask.topic == consent.topic))
            .collect();
        let overrides: Vec<_> =
            kept.passed.iter().flat_map(|(rule, reason)| may_ask.overrides_of(rule, reason)).collect();
        let act = Id::make(self.ports.random.as_ref())?;
        may_ask.settle(act, &consents, &overrides).map_err(|_| Error::from(OfferFault::LawUnsettled))?;
        Ok(())
    }

    /// The signed grant of an offer.
    pub(super) fn offered_grant(&self, id: &Id) -> Result<VerifiedGrant> {
        let text = self.stored_text(id, ArtefactKind::Grant)?;
        Ok(UnverifiedGrant::parse(&text)?.verify_as_record()?)
    }

    /// Yes: T1. The offer is spent for this request, whatever happens next.
    ///
    /// # Errors
    /// Nothing is spent and nothing leaves: `offer-flow.wrong-step` when another claim came first or the
    /// offer was withdrawn meanwhile; `offer-flow.other-version` when a holding was replaced meanwhile;
    /// `request.answered-before`; `exchange.expired`.
    pub fn confirm_claim(&self, prompt: &ClaimPrompt) -> Result<()> {
        let now = self.ports.clock.now();
        let row = self.offer_row(&prompt.offer)?;
        let request = prompt.prompt.request.request().ok_or(WalletError::Internal)?;
        // A consent that was held back or withdrawn answers nobody.
        self.settle_consent(&row.id)?;
        self.refuse_when_held_back(&row.id)?;
        if row.state()? != OfferState::Open || row.claim.is_some() {
            return Err(OfferFault::WrongStep.into());
        }
        if row.expires_at < now || request.exp() < now {
            return Err(WalletError::Expired.into());
        }
        let spent = self.spend_on(&row, prompt, request, now)?;
        let client = request.client_id();
        let purpose = &request.terms().purpose.code;
        let exchange = exchange::Row {
            id: row.id,
            role: Role::Holder,
            state: State::Spent.number(),
            client_id: client.to_owned(),
            nonce: request.nonce().to_owned(),
            peer_name: request.shown_names().en.clone(),
            purpose: purpose.clone(),
            created_at: now,
            expires_at: row.expires_at,
            updated_at: now,
        };
        let after = offer::Row {
            claim: Some(prompt.claim),
            seen: prompt.number,
            client_id: client.to_owned(),
            peer_name: request.shown_names().en.clone(),
            ..row.at(OfferState::Answered, now)
        };
        let mut entry = Entry::new(EntryKind::Spent, &self.ports)
            .text("exchange", &row.id.to_string())
            .text("client", client)
            .text("purpose", purpose)
            .hash(refs::REQUEST, request.digest())
            .hash(refs::GRANT, row.grant)
            .hash(refs::DELIVERY, sha256(spent.delivery.as_bytes()));
        for (number, binding) in spent.bindings.iter().enumerate() {
            entry.refer(&refs::key_binding(number), *binding);
        }
        self.open_ticket("t1", row.id, entry, |tx, entry| {
            exchange::insert(tx, &exchange)?;
            entry.commits(exchange.fact());
            moves(tx, entry, &row, &after)?;
            for (kind, bytes) in [
                (ArtefactKind::Request, request.text().as_bytes()),
                (ArtefactKind::Delivery, spent.delivery.as_bytes()),
                (ArtefactKind::Envelope, spent.envelope.as_bytes()),
                (ArtefactKind::Other, spent.presented.as_slice()),
                (ArtefactKind::RelayEnvelope, spent.sealed.as_slice()),
            ] {
                keeps(tx, entry, &row.id, kind, bytes)?;
            }
            entry.commits(secret::insert(tx, &row.id, SecretKind::ContentKey, &spent.content_key)?);
            entry.commits(secret::insert(tx, &row.id, SecretKind::KeyShare, &spent.key_share)?);
            Ok(())
        })
        .map_err(answered_before)?;
        Ok(())
    }

    /// No: the relay opens the offer again, and nobody's offer is burnt.
    ///
    /// # Errors
    /// `offer-flow.wrong-step` when the claim is no longer the one that waits.
    pub fn reject_claim(&self, prompt: &ClaimPrompt) -> Result<()> {
        let row = self.offer_row(&prompt.offer)?;
        self.turn_down(&row, prompt.number, prompt.claim)
    }

    /// Writes that a claim is refused, before the relay is told.
    pub(super) fn turn_down(&self, row: &offer::Row, number: u64, claim: Digest) -> Result<()> {
        if row.state()? != OfferState::Open {
            return Err(OfferFault::WrongStep.into());
        }
        let now = self.ports.clock.now();
        let after = offer::Row { claim: Some(claim), seen: number, ..row.at(OfferState::Rejecting, now) };
        let entry = Entry::new(EntryKind::Declined, &self.ports)
            .text("exchange", &row.id.to_string())
            .hash("claim", claim);
        self.record("reject", entry, |tx, entry| moves(tx, entry, row, &after))
    }

    /// Everything that T1 stores. Build order: P → K, C → delivery → ENV.
    fn spend_on(
        &self,
        row: &offer::Row,
        prompt: &ClaimPrompt,
        request: &VerifiedRequest,
        now: chop_model::UnixTime,
    ) -> Result<Spent> {
        let (random, keystore) = (self.ports.random.as_ref(), self.ports.keystore.as_ref());
        let with = format!("offer.{}", row.id);
        let key = self.pairwise_key(Pairwise::Consent, &with)?;
        let grant = self.offered_grant(&row.id)?;
        let prepared = self.prepare(&prompt.prompt.request, &with, &prompt.picks, now)?;
        // After they were read: a version only grows.
        let kept = Kept::read(&self.offer_bytes(&row.id, ArtefactKind::Offered)?)?;
        self.check_versions(&prompt.picks, &kept)?;
        check_files(&prepared, grant.payload())?;
        let toward = Toward { aud: request.client_id(), nonce: request.nonce(), transaction: None };
        let (content, presented, bindings) = self.bind(prepared, toward, &row.grant, now)?;
        let (code_key, key_share) = (self.offer_secret(&row.id, SecretKind::OfferKey)?, make_secret(random)?);
        let content_key = content_key(&code_key, &key_share, Mode::C1, &row.grant)?;
        let sealed = seal_content(&content_key, &row.grant, &content)?;
        let jti = Id::make(random)?;
        let times = (now, grant.payload().exp);
        let delivery = Delivery::about(grant.payload(), row.grant, jti, times, &sealed.binding)
            .by_relay(Mode::C1, Some(request.digest()), None)
            .sign(keystore, &key.id)?;
        let record = self.offer_bytes(&row.id, ArtefactKind::ConsentRecord)?;
        let envelope = Envelope {
            grant: grant.text().to_owned(),
            delivery: delivery.text().to_owned(),
            ciphertext: sealed.ciphertext,
            record,
        };
        let envelope =
            seal_envelope(random, request.encryption_key(), request.kid(), &request.digest(), &envelope)?;
        let at_relay = self.offer_keys(&row.id)?.channel.seal(random, Part::Envelope, envelope.as_bytes())?;
        if at_relay.len() > MAX_ENVELOPE {
            return Err(chop_formats::offer::OfferError::BodyTooLarge.into());
        }
        let texts = content.presentations.values().flatten().map(String::as_str);
        Ok(Spent {
            presented: StoredPresented::of(&presented, texts).to_bytes()?,
            delivery: delivery.text().to_owned(),
            envelope,
            sealed: at_relay,
            content_key,
            key_share,
            bindings,
        })
    }
}

struct Spent {
    delivery: String,
    envelope: String,
    sealed: Vec<u8>,
    presented: Vec<u8>,
    content_key: chop_crypto::Secret<32>,
    key_share: chop_crypto::Secret<32>,
    bindings: Vec<Digest>,
}

/// What is asked for and on which terms: at most what was offered (STS9_28, STS9_34). Compared with the
/// grant alone, so that the answer tells nothing of what is held.
fn check_within(request: &VerifiedRequest, grant: &Grant) -> Result<()> {
    let access = grant.access().ok_or(WalletError::LogBroken)?;
    let offered = DcqlQuery::from_value(&access.dcql_query)?;
    if request.dcql().has_values() || !request.dcql().is_within(&offered) {
        return Err(OfferFault::NotWithin.into());
    }
    if terms_within(request.terms(), grant) { Ok(()) } else { Err(OfferFault::OtherTerms.into()) }
}

/// The files are those that the grant names by their seals, and no others.
fn check_files(prepared: &Prepared, grant: &Grant) -> Result<()> {
    let access = grant.access().ok_or(WalletError::LogBroken)?;
    let is_named = |seal: &Digest| access.files.iter().any(|file| file.c.0 == *seal);
    if prepared.file_seals().iter().all(is_named) { Ok(()) } else { Err(OfferFault::OtherVersion.into()) }
}

/// Whether terms stay within those of a grant: the same purpose, no more time, acts, hands or places.
pub(super) fn terms_within(terms: &UseTerms, grant: &Grant) -> bool {
    let actions = grant.access().map(|access| access.actions.clone()).unwrap_or_default();
    grant.purpose.iter().any(|p| p.code == terms.purpose.code && p.scene == terms.purpose.scene)
        && terms.retention.days <= grant.retain.days
        && terms.retention.on_expiry == grant.retain.on_expiry
        && terms.actions.iter().all(|action| actions.contains(action))
        && terms.onward.iter().all(|name| grant.onward.contains(name))
        && terms.locations.iter().all(|place| grant.locations.contains(place))
        && terms.jurisdiction == grant.jurisdiction
}

/// The holding behind each query of the request: that of the offered query with the type and claims.
fn choices_of(request: &VerifiedRequest, grant: &Grant, kept: &Kept) -> Result<Choices> {
    let access = grant.access().ok_or(WalletError::LogBroken)?;
    let offered = DcqlQuery::from_value(&access.dcql_query)?;
    let mut items = BTreeMap::new();
    for query in request.dcql().credentials() {
        let fits = |o: &&chop_formats::dcql::CredentialQuery| {
            query.vct_values() == o.vct_values()
                && query.claims().iter().all(|claim| o.claim(claim.path()).is_some())
        };
        let found = offered.credentials().iter().find(fits).and_then(|o| kept.picks.get(o.id()));
        let (item, _) = found.ok_or(OfferFault::NotWithin)?;
        items.insert(query.id().to_owned(), *item);
    }
    let (claims, as_guardian) = (request.dcql().everything(), kept.as_guardian);
    Ok(Choices { claims, items, as_guardian, ..Choices::default() })
}
