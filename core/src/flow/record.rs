//! The consent record beside the grant: who, what, why, how long, under which separate acts.

use chop_crypto::Digest;
use chop_formats::claim_path::{ClaimPath, PathElement};
use chop_formats::consent_record::{
    AgeBand, AnnotatedCopy, Authority, AutomatedDecision, ConsentKind, ConsentRecord, CrossBorder,
    CrossingMode, DisputeStage, Event, EventState, Evidence, Frequency, Guardian, LegalBasis, Mechanism,
    NamedParty, Notice, Onward, Principal, PrincipalKind, Provider, RECORD_SCHEMA, Recipient, RecordItem,
    RecordedClaim, Release, Role, Route, SeparateConsent, TrustStatus, Voluntary, Withdrawal,
};
use chop_formats::grant::{EXPLICIT_CONSENT, Source};
use chop_formats::trust_list::{Standing, TrustView};
use chop_model::{Id, Jurisdiction, Lang, LangText, Party, Period, UnixTime, UseTerms};
use serde_json::Value;

use crate::consent::rights_in;
use crate::holdings::{relation_word, youngest};
use crate::notice::{Words, withdrawal_effect};
use crate::predicate::Predicate;
use crate::{Result, WalletError};

use super::consent::Consent;
use super::pick::Pick;
use super::present::Shown;

/// What the record needs beside the consent: who vouches for the data, and what is presented.
pub(super) struct Grounds<'a> {
    /// The grant's `jti`.
    pub(super) grant: Id,
    /// The thumbprint of the key that signs for the holder.
    pub(super) iss: Digest,
    /// The trust lists, which know more of an issuer than its name.
    pub(super) trust: &'a TrustView,
    /// What is presented, query by query.
    pub(super) shown: &'a [Shown],
    /// Annotated copies among it.
    pub(super) copies: Vec<AnnotatedCopy>,
    /// Now.
    pub(super) now: UnixTime,
}

/// Builds the record and gives its bytes, whose digest the grant names.
pub(super) fn build(consent: &Consent, grounds: &Grounds<'_>) -> Result<Vec<u8>> {
    let (prompt, now) = (&consent.prompt, grounds.now);
    let terms = prompt.request.terms();
    let to = terms.jurisdiction;
    let provider = super::grant::sources(consent);
    let record = ConsentRecord {
        schema: RECORD_SCHEMA.into(),
        record_id: grounds.grant,
        version: 1,
        replaces: consent.replaces,
        rule_pack: format!("{}/{}", consent.cleared.pack().id, consent.cleared.pack().version),
        route: Route { from: prompt.place, to },
        jurisdictions: jurisdictions(prompt.place, to),
        created_at: now,
        utc_offset_minutes: 480,
        notice: Notice {
            id: "consent".into(),
            version: consent.notice.version.clone(),
            digest: consent.notice.digest.into(),
            shown_in: consent.notice.lang,
            languages: Lang::ALL.to_vec(),
        },
        principal: Principal {
            subject_ref: grounds.iss.into(),
            kind: prompt.principal,
            assurance: "holder-key".into(),
        },
        age_band: (prompt.principal == PrincipalKind::Person).then(|| age_band(consent)),
        guardian: guardian(consent),
        operator: None,
        approvals: Vec::new(),
        providers: provider.iter().map(|source| provider_of(source, grounds.trust)).collect(),
        provider,
        recipient: recipient(consent),
        third_parties: third_parties(terms),
        purpose: vec![terms.purpose.clone()],
        methods: terms.actions.clone(),
        items: consent.picks.iter().map(|pick| item(consent, pick, grounds)).collect::<Result<_>>()?,
        necessity: terms.necessity.clone(),
        impact_on_rights: terms.impact.clone(),
        voluntary: voluntary(terms),
        retention: terms.retention,
        storage_locations: terms.locations.clone(),
        processing_locations: terms.locations.clone(),
        sites: terms.details.sites.clone(),
        onward: Onward { allowed: !terms.onward.is_empty(), same_jurisdiction_only: true },
        validity: Period { from: now, until: prompt.validity.until },
        max_uses: 1,
        frequency: Some(Frequency::Once),
        data_rights: terms.details.rights.clone(),
        trade_secret: false,
        legal_basis: legal_basis(prompt.place, to),
        separate_consents: consent
            .cleared
            .consents()
            .iter()
            .map(|c| SeparateConsent { topic: c.topic.code(), action_id: c.action_id, at: c.at })
            .collect(),
        consent_type: if consent.cleared.consents().is_empty() {
            ConsentKind::Explicit
        } else {
            ConsentKind::Separate
        },
        expression_method: consent.by,
        cross_border: (prompt.place != to).then(|| crossing(terms)),
        automated_decision: AutomatedDecision {
            used: terms.automated_decision.is_some(),
            logic: terms.automated_decision.clone(),
            explain_channel: terms.details.explain_channel.clone(),
        },
        direct_marketing: terms.details.direct_marketing,
        withdrawal: Withdrawal {
            method: "in-app".into(),
            channel: terms.rights_channel.clone(),
            effect: withdrawal_effect()?,
        },
        rights_channel: terms.rights_channel.clone(),
        rights: rights_in(to, &terms.rights_channel)?,
        authorities: jurisdictions(prompt.place, to).into_iter().filter_map(authority).collect(),
        dispute_route: DisputeStage::ALL.to_vec(),
        evidence: Some(evidence(consent, grounds)),
        request: prompt.request.answers().map(Into::into),
        nonce: prompt.request.nonce().to_owned(),
        events: vec![Event { state: EventState::ConsentGiven, at: now, by: grounds.iss.into() }],
    };
    Ok(record.to_document()?.bytes().to_vec())
}

/// Digests of what is presented. The holder's own statements have no issuer to prove them.
fn evidence(consent: &Consent, grounds: &Grounds<'_>) -> Evidence {
    let is_own = |query: &str| consent.picks.iter().any(|pick| pick.query == query && pick.item.is_own());
    // Of a live offer: as it was offered. A statement of the holder's own is made anew for whoever takes
    // it up, with the same words under the same key.
    let mut items: Vec<_> = grounds.shown.iter().map(|shown| shown.evidence.clone()).collect();
    for item in items.iter_mut().filter(|item| is_own(&item.query)) {
        item.issuer_proof = None;
    }
    Evidence { items, annotated_copies: grounds.copies.clone() }
}

fn recipient(consent: &Consent) -> Recipient {
    let request = &consent.prompt.request;
    let details = &request.terms().details;
    Recipient {
        party: super::grant::controller(consent),
        client_id: request.client_id().to_owned(),
        role: if details.on_behalf_of.is_some() { Role::Broker } else { Role::EndUser },
        trust_status: match request.standing() {
            Standing::Listed(_) => TrustStatus::Listed,
            Standing::NotListed => TrustStatus::CertificateOnly,
        },
        site: details.site.clone(),
        address: Some(details.address.clone()).filter(|address| !address.is_empty()),
        on_behalf_of: details.on_behalf_of.clone(),
    }
}

/// What a trust list says of a source beside its name. The holder's own statements have no more.
fn provider_of(source: &Source, trust: &TrustView) -> Provider {
    let listed = |party: &&Party| party.names == source.name;
    let entries = trust.lists().iter().flat_map(|list| &list.content().entries);
    let issuers = entries.filter(|entry| entry.issues(&source.vct)).map(|entry| &entry.party);
    let party = issuers.clone().find(listed);
    Provider {
        name: source.name.clone(),
        legal_id: party.map(|party| party.legal_id.clone()),
        jurisdiction: party.map(|party| party.jurisdiction),
        contact: party.map(|party| party.contact.clone()),
    }
}

/// The names of `onward`, with what the details say of each.
fn third_parties(terms: &UseTerms) -> Vec<NamedParty> {
    let known = |name: &String| terms.details.third_parties.iter().find(|party| party.name == *name);
    let named = |name: &String| match known(name) {
        Some(party) => NamedParty::Known(party.clone()),
        None => NamedParty::Name(name.clone()),
    };
    terms.onward.iter().map(named).collect()
}

/// DPP1(3)(a): obligatory or not, and what follows from a no.
fn voluntary(terms: &UseTerms) -> Voluntary {
    let statement = terms.details.collection_statement.as_ref();
    Voluntary {
        voluntary: !statement.is_some_and(|statement| statement.obligatory),
        consequence_of_refusal: terms
            .refusal
            .clone()
            .or_else(|| statement.map(|statement| statement.consequence.clone())),
    }
}

/// Said nothing, the person carries their own data (gba.md section 0 finding 1): that is what a wallet
/// that hands over does.
fn crossing(terms: &UseTerms) -> CrossBorder {
    let said = terms.details.crossing.as_ref();
    CrossBorder {
        mode: said.map_or(CrossingMode::SubjectCarried, |crossing| crossing.mode),
        mechanism: said.map_or(Mechanism::SubjectCarried, |crossing| crossing.mechanism),
        important_data: said.is_some_and(|crossing| crossing.important_data),
        contract_ref: said.and_then(|crossing| crossing.contract_ref.clone()),
        effective_at: said.and_then(|crossing| crossing.effective_at),
        filing: said.and_then(|crossing| crossing.filing.clone()),
        pia: terms.details.impact_assessment.clone(),
        rights_channel_overseas: said.and_then(|crossing| crossing.rights_channel_overseas.clone()),
    }
}

fn item(consent: &Consent, pick: &Pick, grounds: &Grounds<'_>) -> Result<RecordItem> {
    let shown = grounds.shown.iter().find(|shown| shown.evidence.query == pick.query);
    let shown = shown.ok_or(WalletError::Internal)?;
    let open = pick.goes_along();
    let claims = pick.paths.iter().chain(&open).map(|path| claim(consent, pick, path, shown));
    Ok(RecordItem {
        query: pick.query.clone(),
        type_code: pick.item.vct.clone(),
        claims: claims.collect::<Result<_>>()?,
        seal: None,
    })
}

fn claim(consent: &Consent, pick: &Pick, path: &ClaimPath, shown: &Shown) -> Result<RecordedClaim> {
    let words = super::page::words_of(path);
    let sensitivity = super::page::sensitivity(&consent.prompt, &pick.item, path);
    Ok(RecordedClaim {
        path: path.elements().iter().map(element).collect(),
        class: sensitivity.class.code().to_owned(),
        cn_sensitive: sensitivity.cn,
        mo_sensitive: sensitivity.mo,
        optional: false,
        release: if pick.note.is_some() { Release::AnnotatedCopy } else { release(&words) },
        label: Some(label(&pick.item.vct, &words)?),
        salted_digest: shown.digest_of(path).map(Into::into),
    })
}

/// A yes in place of a value, or the value itself.
fn release(path: &[String]) -> Release {
    match path {
        [name] if Predicate::named(name).is_some() => Release::Predicate,
        _ => Release::Value,
    }
}

/// How old the youngest is whom the claims are about.
fn age_band(consent: &Consent) -> AgeBand {
    let wards = consent.picks.iter().filter_map(|pick| pick.item.ward.as_ref());
    match youngest(wards.map(|ward| ward.age)) {
        chop_policy::AgeBand::Under14 => AgeBand::Under14,
        // The record tells apart what PIPL does; the local ages are the rules' business.
        chop_policy::AgeBand::Under16 | chop_policy::AgeBand::Under18 => AgeBand::Under18,
        chop_policy::AgeBand::Adult => AgeBand::Adult,
    }
}

/// Who signed for a child. Without a document that shows the relation nobody did.
fn guardian(consent: &Consent) -> Option<Guardian> {
    let (ward, action_id, at) = consent.guardian.as_ref()?;
    Some(Guardian {
        name: ward.guardian.clone(),
        relation: relation_word(ward.relation).to_owned(),
        evidence: ward.evidence?.into(),
        action_id: *action_id,
        at: *at,
    })
}

fn label(vct: &str, path: &[String]) -> Result<LangText> {
    let [zh_hans, zh_hant, en, pt] = Lang::ALL.map(|lang| Words::of(lang)?.claim(vct, path));
    Ok(LangText { zh_hans: zh_hans?, zh_hant: zh_hant?, en: en?, pt: pt? })
}

fn element(element: &PathElement) -> Value {
    match element {
        PathElement::Key(key) => key.as_str().into(),
        PathElement::Index(index) => (*index).into(),
        PathElement::All => Value::Null,
    }
}

fn jurisdictions(from: Jurisdiction, to: Jurisdiction) -> Vec<Jurisdiction> {
    if from == to { vec![from] } else { vec![from, to] }
}

fn legal_basis(from: Jurisdiction, to: Jurisdiction) -> LegalBasis {
    let concerns = |place| from == place || to == place;
    LegalBasis {
        dpv: EXPLICIT_CONSENT.into(),
        cn: concerns(Jurisdiction::Cn).then(|| "PIPL art. 13(1)".into()),
        hk: concerns(Jurisdiction::Hk).then(|| "PDPO prescribed consent".into()),
        mo: concerns(Jurisdiction::Mo).then(|| "Law 8/2005 art. 6".into()),
    }
}

/// Who supervises there. A name to turn to; nothing is filed with anybody.
fn authority(place: Jurisdiction) -> Option<Authority> {
    let name = match place {
        Jurisdiction::Cn => "国家互联网信息办公室",
        Jurisdiction::Hk => "PCPD 個人資料私隱專員公署",
        Jurisdiction::Mo => "DSPDP 個人資料保護局",
        Jurisdiction::Other => return None,
    };
    Some(Authority { jurisdiction: place, name: name.into() })
}
