//! DEMO identity card of a resident of the mainland, as its office might issue it: values, and beside
//! them the predicates that the office signed, so that a yes can go without the value (row 39).

use chop_formats::claim_path::ClaimPath;
use serde_json::{Map, Value, json};

/// Type of the credential that carries it.
pub const IDENTITY_VCT: &str = "urn:chop:cn.resident_id:1";

/// The claims, without the `vct`. Every value is invented; the region 440000 is never given to a person.
pub fn identity() -> Map<String, Value> {
    let claims = json!({
        "name": "张示例", "sex": "1", "ethnicity": "01", "birth_date": "1990-01-01",
        "address": "示例省示例市示例路0号", "id_number": "44000019900101001X", "issuer": "示例市公安局",
        "valid_from": "2016-01-01", "valid_to": "2036-01-01", "portrait": PORTRAIT,
        "age_over_14": true, "age_over_18": true, "age_over_65": false,
        "not_expired": true, "name_document_match": true,
    });
    match claims {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// Everything in it can be shown or kept back by itself.
pub fn identity_disclosable() -> Vec<ClaimPath> {
    identity().keys().map(|name| ClaimPath::key(name)).collect()
}

/// DEMO query: three predicates and no value.
pub fn predicates_query() -> Value {
    json!({ "credentials": [{
        "id": "person", "format": "dc+sd-jwt", "meta": { "vct_values": [IDENTITY_VCT] },
        "claims": [{ "path": ["age_over_18"] }, { "path": ["not_expired"] }, { "path": ["name_document_match"] }],
    }] })
}

/// One grey pixel: nobody's face.
const PORTRAIT: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
