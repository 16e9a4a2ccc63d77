//! ODRL 2.2 Agreement, so that a connector of a data space can read what was granted (gba.md rows 25, 26).
//!
//! ```text
//! Agreement   assigner: the pseudonym      assignee: the recipient      target: the claims of each item
//! permission  action for each method · purpose · time · count · place   duty: delete when it ends
//! prohibition distribute, unless somebody is named · commercialise, unless operating was granted
//! ```
//!
//! Only terms of the ODRL 2.2 core and common vocabulary; what is ours stands under `chop:`.

use chop_crypto::encoding::to_base64url;
use chop_formats::consent_record::{ConsentRecord, RecordDocument};
use chop_model::{Action, DataRight, OnExpiry};
use serde_json::{Value, json};

use crate::Result;

use super::date_time;

/// The agreement that the record is.
pub(super) fn agreement(document: &RecordDocument) -> Result<Value> {
    let record = document.record();
    let id = record.record_id;
    let assigner = format!("urn:chop:subject:{}", to_base64url(&record.principal.subject_ref.0));
    let target = format!("urn:chop:granted:{id}");
    let permission = json!({
        "target": target, "assigner": assigner, "assignee": assignee(record),
        "action": record.methods.iter().map(|action| action_of(*action)).collect::<Vec<_>>(),
        "constraint": constraints(record)?,
        "duty": duties(record)?,
    });
    let prohibited = prohibitions(record);
    let prohibition: Vec<_> = prohibited
        .into_iter()
        .map(|action| {
            json!({ "target": target, "assigner": assigner, "assignee": assignee(record), "action": action })
        })
        .collect();
    Ok(json!({
        "@context": ["http://www.w3.org/ns/odrl.jsonld", { "chop": "urn:chop:terms:1#" }],
        "@type": "Agreement",
        "@id": format!("urn:chop:consent-record:{id}"),
        "uid": format!("urn:chop:consent-record:{id}"),
        "profile": "urn:chop:odrl:1",
        "chop:digest": format!("sha-256:{}", to_base64url(&document.digest())),
        "chop:jurisdictions": record.jurisdictions.iter().map(|place| place.code()).collect::<Vec<_>>(),
        "chop:items": record.items.iter().map(|item| json!({
            "chop:type": item.type_code,
            "chop:claims": item.claims.iter().map(|claim| json!(claim.path)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "permission": [permission],
        "prohibition": prohibition,
    }))
}

fn assignee(record: &ConsentRecord) -> String {
    let id = &record.recipient.party.legal_id;
    format!("urn:chop:party:{}:{}", id.scheme, id.value)
}

fn constraints(record: &ConsentRecord) -> Result<Vec<Value>> {
    let moment = |at| Ok::<_, crate::Error>(json!({ "@value": date_time(at)?, "@type": "xsd:dateTime" }));
    let mut out = vec![
        constraint("dateTime", "gteq", &moment(record.validity.from)?),
        constraint("dateTime", "lteq", &moment(record.validity.until)?),
        constraint("count", "lteq", &json!(record.max_uses)),
    ];
    out.extend(
        record.purpose.iter().map(|purpose| constraint("purpose", "eq", &json!({ "@id": purpose.id }))),
    );
    if !record.storage_locations.is_empty() {
        let places: Vec<_> = record.storage_locations.iter().map(|place| place.code()).collect();
        out.push(constraint("spatial", "isAnyOf", &json!(places)));
    }
    Ok(out)
}

/// What the recipient owes: to end the keeping, and to sign for what it received.
fn duties(record: &ConsentRecord) -> Result<Vec<Value>> {
    let action = match record.retention.on_expiry {
        OnExpiry::Delete => "delete",
        OnExpiry::Return => "transfer",
        OnExpiry::Anonymise => "anonymize",
    };
    let period = json!({ "@value": format!("P{}D", record.retention.days), "@type": "xsd:duration" });
    let mut duties =
        vec![json!({ "action": action, "constraint": [constraint("elapsedTime", "lteq", &period)] })];
    if record.recipient.on_behalf_of.is_some() {
        duties.push(json!({ "action": "inform" }));
    }
    Ok(duties)
}

/// Resale is never meant unless it was granted; passing on only to those who are named.
fn prohibitions(record: &ConsentRecord) -> Vec<&'static str> {
    let mut out = Vec::new();
    if record.third_parties.is_empty() {
        out.push("distribute");
    }
    if !record.data_rights.contains(&DataRight::Operate) {
        out.push("sell");
    }
    out
}

fn constraint(left: &str, operator: &str, right: &Value) -> Value {
    json!({ "leftOperand": left, "operator": operator, "rightOperand": right })
}

fn action_of(action: Action) -> &'static str {
    match action {
        Action::View => "read",
        Action::Store => "archive",
        Action::Query => "index",
        Action::Share => "distribute",
    }
}
