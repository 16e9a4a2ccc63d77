//! ISO/IEC TS 27560 consent record as the guide of DPV 2.3 words it, JSON-LD 1.1 with its context inside.
//!
//! Only terms of DPV 2.3 and of Dublin Core stand in it; what neither has a term for is ours, under
//! `chop:`, so that nobody takes it for theirs.

use chop_crypto::encoding::to_base64url;
use chop_formats::consent_record::{ConsentRecord, RecordDocument, RecordItem, RecordedClaim};
use chop_model::{Action, Contact, Jurisdiction, Lang, LangText, LegalId, OnExpiry};
use serde_json::{Map, Value, json};

use crate::Result;
use crate::consent::ConsentState;

use super::date_time;

/// The record, with the state that the consent has now.
pub(super) fn record(document: &RecordDocument, state: ConsentState) -> Result<Value> {
    let record = document.record();
    let status = format!("dpv:{}", state.dpv_status(record.replaces.is_some()));
    let mut out = json!({
        "@context": context(),
        "@id": format!("urn:chop:consent-record:{}", record.record_id),
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": { "@id": "https://w3id.org/dpv/schema/dpv-27560#record" },
        "dct:identifier": record.record_id.to_string(),
        "dct:hasVersion": record.version.to_string(),
        "dct:created": date(record.created_at)?,
        "chop:digest": format!("sha-256:{}", to_base64url(&document.digest())),
        "chop:rulePack": record.rule_pack,
        "dpv:hasDataSubject": {
            "@id": format!("urn:chop:subject:{}", to_base64url(&record.principal.subject_ref.0)),
            "@type": "dpv:DataSubject",
        },
        "dpv:hasNotice": {
            "@type": "dpv:ConsentNotice",
            "dct:identifier": record.notice.id,
            "dct:hasVersion": record.notice.version,
            "dct:language": record.notice.languages.iter().map(|lang| lang.tag()).collect::<Vec<_>>(),
            "chop:shownIn": record.notice.shown_in.tag(),
            "chop:digest": format!("sha-256:{}", to_base64url(&record.notice.digest.0)),
        },
        "dpv:hasProcess": process(record)?,
        "dpv:hasConsentStatus": { "@id": status },
        "dpv:hasIndicationMethod": record.expression_method,
        "dpv:isIndicatedAtTime": date(record.created_at)?,
        "dpv:isIndicatedBy": { "@id": format!("urn:chop:subject:{}", to_base64url(&record.principal.subject_ref.0)) },
        "dpv:hasDuration": { "dct:valid": {
            "chop:from": date(record.validity.from)?, "chop:until": date(record.validity.until)?,
        } },
        "dpv:hasConsentControl": {
            "@type": "dpv:WithdrawConsent",
            "dpv:isExercisedAt": record.withdrawal.channel,
            "dct:description": words(&record.withdrawal.effect),
        },
        "dpv:hasJurisdiction": record.jurisdictions.iter().map(|place| place.code()).collect::<Vec<_>>(),
        "dpv:hasAuthority": record.authorities.iter().map(|authority| json!({
            "dpv:hasName": authority.name, "dpv:hasJurisdiction": authority.jurisdiction.code(),
        })).collect::<Vec<_>>(),
        "chop:separateConsent": record.separate_consents.iter().map(|consent| Ok(json!({
            "chop:topic": consent.topic, "dct:identifier": consent.action_id.to_string(),
            "dpv:isIndicatedAtTime": date(consent.at)?,
        }))).collect::<Result<Vec<_>>>()?,
    });
    if let (Some(out), Some(old)) = (out.as_object_mut(), record.replaces) {
        out.insert("dct:replaces".into(), json!({ "@id": format!("urn:chop:consent-record:{old}") }));
    }
    Ok(out)
}

/// What is done with which data, by whom, why and for how long.
fn process(record: &ConsentRecord) -> Result<Value> {
    let recipient = &record.recipient;
    let mut controller = party(&recipient.party.names, &recipient.party.legal_id, &recipient.party.contact);
    controller.insert("@type".into(), json!("dpv:DataController"));
    controller.insert("dpv:hasJurisdiction".into(), json!(recipient.party.jurisdiction.code()));
    if let Some(address) = &recipient.address {
        controller.insert("dpv:hasAddress".into(), json!(address));
    }
    let mut out = json!({
        "@type": "dpv:Process",
        "dpv:hasDataController": controller,
        "dpv:hasPurpose": record.purpose.iter().map(|purpose| json!({
            "@type": iri(&purpose.id), "dct:description": words(&purpose.text),
            "chop:code": purpose.code, "chop:scene": purpose.scene,
        })).collect::<Vec<_>>(),
        "dpv:hasLegalBasis": { "@type": iri(&record.legal_basis.dpv) },
        "dpv:hasProcessing": record.methods.iter().map(|action| json!({ "@type": processing(*action) })).collect::<Vec<_>>(),
        "dpv:hasPersonalData": record.items.iter().flat_map(|item| item.claims.iter().map(move |claim| datum(item, claim))).collect::<Vec<_>>(),
        "dpv:hasDataSource": record.provider.iter().map(|source| json!({ "dpv:hasName": words(&source.name) })).collect::<Vec<_>>(),
        "dpv:hasStorageCondition": [
            { "@type": "dpv:StorageDuration", "dct:extent": format!("P{}D", record.retention.days) },
            { "@type": on_expiry(record.retention.on_expiry) },
            { "@type": "dpv:StorageLocation", "dpv:hasLocation": codes(&record.storage_locations) },
        ],
        "dpv:hasRecipientThirdParty": record.third_parties.iter().map(|party| json!({
            "@type": "dpv:ThirdParty", "dpv:hasName": party.name(),
        })).collect::<Vec<_>>(),
        "dpv:hasRight": record.rights.iter().map(|right| json!({
            "@type": "dpv:Right", "chop:kind": right.kind.word(), "dpv:isExercisedAt": right.channel,
            "dct:source": right.law, "chop:days": right.days,
        })).collect::<Vec<_>>(),
        "dpv:hasFrequency": { "chop:maxUses": record.max_uses },
        "chop:automatedDecision": record.automated_decision.used,
    });
    let Some(members) = out.as_object_mut() else { return Ok(out) };
    if let Some(logic) = &record.automated_decision.logic {
        members.insert("dpv:hasAlgorithmicLogic".into(), json!({ "dct:description": words(logic) }));
    }
    if let Some(necessity) = &record.necessity {
        members.insert("dpv:hasJustification".into(), json!({ "dct:description": words(necessity) }));
    }
    if let Some(impact) = &record.impact_on_rights {
        members.insert("dpv:hasImpact".into(), json!({ "dct:description": words(impact) }));
    }
    if let Some(crossing) = &record.cross_border {
        members.insert(
            "chop:crossBorder".into(),
            json!({
                "chop:from": record.route.from.code(), "chop:to": record.route.to.code(),
                "chop:mode": crossing.mode, "chop:mechanism": crossing.mechanism,
                "chop:importantData": crossing.important_data, "chop:contract": crossing.contract_ref,
                "chop:filing": crossing.filing.as_ref().map(|filing| filing.number.clone()),
                "chop:impactAssessment": crossing.pia.as_ref().map(|pia| pia.id.clone()),
            }),
        );
    }
    Ok(out)
}

fn datum(item: &RecordItem, claim: &RecordedClaim) -> Value {
    let is_sensitive = claim.cn_sensitive || claim.mo_sensitive;
    json!({
        "@type": if is_sensitive { "dpv:SensitivePersonalData" } else { "dpv:PersonalData" },
        "dct:title": claim.label.as_ref().map(words),
        "chop:documentType": item.type_code, "chop:path": claim.path, "chop:class": claim.class,
        "chop:release": claim.release, "chop:optional": claim.optional,
    })
}

fn party(names: &LangText, id: &LegalId, contact: &Contact) -> Map<String, Value> {
    let reach = [&contact.name, &contact.email, &contact.tel];
    let reach: Vec<_> = reach.into_iter().filter(|part| !part.is_empty()).collect();
    let members = [
        ("dpv:hasName", words(names)),
        ("dpv:hasIdentifier", json!(format!("{}:{}", id.scheme, id.value))),
        ("dpv:hasContact", json!(reach)),
    ];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// A text in all languages, as JSON-LD writes it.
fn words(text: &LangText) -> Value {
    let values = Lang::ALL.map(|lang| json!({ "@value": text.in_lang(lang), "@language": lang.tag() }));
    json!(values)
}

fn codes(places: &[Jurisdiction]) -> Vec<&'static str> {
    places.iter().map(|place| place.code()).collect()
}

fn date(at: chop_model::UnixTime) -> Result<Value> {
    Ok(json!({ "@value": date_time(at)?, "@type": "xsd:dateTime" }))
}

/// `https://w3id.org/dpv#X` under its prefix; others as they are.
fn iri(iri: &str) -> String {
    iri.strip_prefix(DPV).map_or_else(|| iri.to_owned(), |term| format!("dpv:{term}"))
}

fn processing(action: Action) -> &'static str {
    match action {
        Action::View => "dpv:Access",
        Action::Store => "dpv:Store",
        Action::Query => "dpv:Consult",
        Action::Share => "dpv:Share",
    }
}

fn on_expiry(on_expiry: OnExpiry) -> &'static str {
    match on_expiry {
        OnExpiry::Delete => "dpv:StorageDeletion",
        // DPV has no term of its own for giving data back, or for keeping them anonymous.
        OnExpiry::Return => "chop:Return",
        OnExpiry::Anonymise => "dpv:Anonymise",
    }
}

fn context() -> Value {
    json!({
        "dpv": DPV,
        "dct": "http://purl.org/dc/terms/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "chop": "urn:chop:terms:1#",
    })
}

const DPV: &str = "https://w3id.org/dpv#";
