use chop_crypto::testing::{MemoryKeystore, SeededRandom};
use chop_crypto::{KeyPurpose, Keystore, SigningDomain};

use super::*;
use crate::sd_jwt::{Held, Issuance};
use crate::sd_jwt_vc;

const ONE: &[u8] = include_bytes!("../../../testdata/ips/Bundle-IPS-examples-Bundle-01.json");
const ALL: &[u8] = include_bytes!("../../../testdata/ips/Bundle-bundle-ips-all-sections.json");

#[test]
fn checks_hold() {
    crate::checks::hold("ips", &|bytes| IpsBundle::read(bytes).err().map(|e| chop_model::Coded::code(&e)));
}

#[test]
fn both_summaries_of_hl7_are_read_with_their_sections() {
    let one = IpsBundle::read(ONE).unwrap();
    let codes: Vec<&str> = one.sections().iter().map(Section::code).collect();
    assert_eq!(codes, ["11450-4", "10160-0", "48765-2", "11348-0", "18776-5", "30954-2"]);
    assert_eq!(one.patient_name().unwrap(), "Martha DeLarosa");
    assert_eq!(one.timestamp(), "2017-12-11T14:30:00+01:00");
    let all = IpsBundle::read(ALL).unwrap();
    assert_eq!(all.sections().len(), 16, "all that the guide knows, with relative references");
}

#[test]
fn a_section_holds_what_it_refers_to_and_nothing_of_the_others() {
    for bytes in [ONE, ALL] {
        let bundle = IpsBundle::read(bytes).unwrap();
        let listed = |section: &Section| -> BTreeSet<String> {
            let entries = section.section.get("entry").and_then(Value::as_array).cloned().unwrap_or_default();
            entries.iter().map(|e| last_part(e["reference"].as_str().unwrap())).collect()
        };
        for section in bundle.sections() {
            let held: BTreeSet<String> =
                section.resources().iter().map(|r| last_part(r["fullUrl"].as_str().unwrap())).collect();
            assert!(held.is_superset(&listed(section)), "{}", section.code());
            assert!(section.resources().iter().all(|r| r["resource"]["resourceType"] != "Patient"));
            for other in bundle.sections().iter().filter(|other| other.code() != section.code()) {
                let shared: Vec<_> = held.intersection(&listed(other)).cloned().collect();
                let own = listed(section);
                assert!(
                    shared.iter().all(|s| own.contains(s)),
                    "{} has {shared:?} of {}",
                    section.code(),
                    other.code()
                );
            }
        }
    }
    let one = IpsBundle::read(ONE).unwrap();
    let medication = one.sections().iter().find(|s| s.code() == "10160-0").unwrap();
    let kinds: Vec<_> =
        medication.resources().iter().map(|r| r["resource"]["resourceType"].clone()).collect();
    assert!(kinds.contains(&json!("Medication")), "the medicine behind the statement comes along: {kinds:?}");
}

#[test]
fn each_section_is_one_claim_that_can_be_kept_back() {
    let bundle = IpsBundle::read(ONE).unwrap();
    let claims = bundle.as_claims();
    assert_eq!(claims.len(), 8);
    assert_eq!(bundle.disclosable().len(), claims.len());
    assert_eq!(claims["48765-2"]["section"]["title"], "Allergies and Intolerances");
    assert_eq!(claims["patient"]["birthDate"], "1972-05-01");
    assert!(!format!("{bundle:?}").contains("DeLarosa"), "health data are not printed");
}

#[test]
fn showing_allergies_and_medicines_shows_no_problem_and_no_patient() {
    let bundle = IpsBundle::read(ONE).unwrap();
    let mut claims = bundle.as_claims();
    claims.insert("vct".into(), VCT.into());
    let keys = MemoryKeystore::new(Box::new(SeededRandom::new("keys")));
    let issuer = keys.generate(KeyPurpose::Issuer).unwrap();
    let issuance = Issuance {
        typ: sd_jwt_vc::TYP,
        x5c: &[],
        kid: None,
        claims: &claims,
        disclosable: &bundle.disclosable(),
        holder: None,
        pad_digests_to: 0,
    };
    let sign = |message: &[u8]| keys.sign(&issuer.id, SigningDomain::Credential, message);
    let text = sd_jwt_vc::issue(&SeededRandom::new("salts"), &issuance, &sign).unwrap();
    let held = Held::read(&text).unwrap();
    assert_eq!(held.claims()["48765-2"], claims["48765-2"]);

    let chosen = held.select(&[ClaimPath::key("48765-2"), ClaimPath::key("10160-0")]).unwrap();
    let shown = chosen.shown().unwrap();
    assert_eq!((shown.get("48765-2"), shown.get("11450-4")), (claims.get("48765-2"), None));
    let shown = shown.to_string();
    assert!(shown.contains("AllergyIntolerance") && shown.contains("MedicationStatement"));
    for kept_back in ["\"Condition\"", "\"Patient\"", "1972-05-01", "DeLarosa", "Hot flush"] {
        assert!(!shown.contains(kept_back), "{kept_back}");
    }
}

#[test]
fn what_is_too_large_or_shared_too_often_is_refused() {
    assert_eq!(IpsBundle::read(&vec![b' '; MAX_BYTES + 1]).unwrap_err(), IpsError::NotJson);
    let mut many: Value = serde_json::from_slice(ONE).unwrap();
    many["entry"] = vec![json!({}); MAX_ENTRIES + 1].into();
    assert_eq!(IpsBundle::read(&serde_json::to_vec(&many).unwrap()).unwrap_err(), IpsError::TooMany);

    // One large resource behind every section's own small one.
    let mut shared: Value = serde_json::from_slice(ONE).unwrap();
    let large = json!({"resourceType": "Binary", "id": "x", "data": "x".repeat(MAX_BYTES / 2)});
    let entries = shared["entry"].as_array_mut().unwrap();
    entries.push(json!({"fullUrl": "urn:uuid:large", "resource": large}));
    for n in 0..16 {
        let small = json!({"resourceType": "Flag", "id": "y", "detail": {"reference": "urn:uuid:large"}});
        entries.push(json!({"fullUrl": format!("urn:uuid:small-{n}"), "resource": small}));
        let code = json!({"coding": [{"system": "http://loinc.org", "code": format!("9999{n}-1")}]});
        let section = json!({"code": code, "entry": [{"reference": format!("urn:uuid:small-{n}")}]});
        entries[0]["resource"]["section"].as_array_mut().unwrap().push(section);
    }
    assert_eq!(IpsBundle::read(&serde_json::to_vec(&shared).unwrap()).unwrap_err(), IpsError::TooMany);
}

fn last_part(url: &str) -> String {
    url.rsplit(['/', ':']).next().unwrap_or_default().to_owned()
}
