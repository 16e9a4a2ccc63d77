//! The consent record beside the grant: who, what, why, how long, under which separate acts.

use chop_crypto::Digest;
use chop_formats::claim_path::PathElement;
use chop_formats::consent_record::{
    Authority, AutomatedDecision, ConsentKind, ConsentRecord, CrossBorder, Event, EventState, LegalBasis,
    Notice, Onward, Principal, Recipient, RecordItem, RecordedClaim, Release, Role, Route, SeparateConsent,
    TrustStatus, Voluntary, Withdrawal,
};
use chop_formats::grant::{EXPLICIT_CONSENT, SCHEMA};
use chop_formats::trust_list::Standing;
use chop_model::{Id, Jurisdiction, Lang, Period, UnixTime};
use serde_json::Value;

use crate::Result;
use crate::notice::withdrawal_effect;

use super::consent::{Consent, Pick};

/// Builds the record and gives its bytes, whose digest the grant names.
pub(super) fn build(consent: &Consent, grant: Id, iss: &Digest, now: UnixTime) -> Result<Vec<u8>> {
    let prompt = &consent.prompt;
    let terms = prompt.request.terms();
    let to = terms.jurisdiction;
    let record = ConsentRecord {
        schema: SCHEMA.into(),
        record_id: grant,
        version: 1,
        replaces: None,
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
            subject_ref: (*iss).into(),
            kind: prompt.principal,
            assurance: "holder-key".into(),
        },
        provider: super::grant::sources(consent),
        recipient: Recipient {
            party: super::grant::controller(consent),
            client_id: prompt.request.client_id().to_owned(),
            role: Role::EndUser,
            trust_status: match prompt.request.standing() {
                Standing::Listed(_) => TrustStatus::Listed,
                Standing::NotListed => TrustStatus::CertificateOnly,
            },
        },
        third_parties: terms.onward.clone(),
        purpose: vec![terms.purpose.clone()],
        methods: terms.actions.clone(),
        items: consent.picks.iter().map(|pick| item(consent, pick)).collect(),
        necessity: terms.necessity.clone(),
        impact_on_rights: terms.impact.clone(),
        voluntary: Voluntary { voluntary: true, consequence_of_refusal: terms.refusal.clone() },
        retention: terms.retention,
        storage_locations: terms.locations.clone(),
        processing_locations: terms.locations.clone(),
        onward: Onward { allowed: !terms.onward.is_empty(), same_jurisdiction_only: true },
        validity: Period { from: now, until: prompt.validity.until },
        max_uses: 1,
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
        cross_border: (prompt.place != to).then(|| CrossBorder {
            mode: "SubjectCarried".into(),
            mechanism: "SubjectCarried".into(),
            important_data: false,
        }),
        automated_decision: AutomatedDecision {
            used: terms.automated_decision.is_some(),
            logic: terms.automated_decision.clone(),
        },
        direct_marketing: false,
        withdrawal: Withdrawal {
            method: "in-app".into(),
            channel: terms.rights_channel.clone(),
            effect: withdrawal_effect()?,
        },
        rights_channel: terms.rights_channel.clone(),
        authorities: jurisdictions(prompt.place, to).into_iter().filter_map(authority).collect(),
        request: prompt.request.digest().into(),
        nonce: prompt.request.nonce().to_owned(),
        events: vec![Event { state: EventState::ConsentGiven, at: now, by: (*iss).into() }],
    };
    Ok(record.to_document()?.bytes().to_vec())
}

fn item(consent: &Consent, pick: &Pick) -> RecordItem {
    RecordItem {
        query: pick.query.clone(),
        type_code: pick.item.vct.clone(),
        claims: pick.paths.iter().chain(&pick.goes_along()).map(|path| claim(consent, pick, path)).collect(),
        seal: None,
    }
}

fn claim(consent: &Consent, pick: &Pick, path: &chop_formats::claim_path::ClaimPath) -> RecordedClaim {
    let words = super::page::words_of(path);
    let sensitivity = consent.prompt.pack.claims().sensitivity(&pick.item.vct, &words);
    RecordedClaim {
        path: path.elements().iter().map(element).collect(),
        class: sensitivity.class.code().to_owned(),
        cn_sensitive: sensitivity.cn,
        mo_sensitive: sensitivity.mo,
        optional: false,
        release: Release::Value,
    }
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
