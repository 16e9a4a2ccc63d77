//! R27, R28 and R33 judge the fields of the record; a grant is judged again under the pack that it names.

use chop_core::law::{facts_of_record, judge_record};
use chop_formats::consent_record::{ConsentRecord, RecordDocument};
use chop_policy::{Level, Pack, PackRef};
use chop_tests::world::World;
use chop_vault::table::artefact::{self, ArtefactKind};
use serde_json::{Value, json};

fn record(world: &World, exchange: &chop_model::Id) -> ConsentRecord {
    let find = |read: &chop_vault::Read<'_>| artefact::find_kind(read, exchange, ArtefactKind::ConsentRecord);
    let row = world.resident.vault().read(find).unwrap().unwrap();
    RecordDocument::read(&row.bytes).unwrap().record().clone()
}

/// The record with members changed, as another wallet could have written it.
fn with(record: &ConsentRecord, change: impl FnOnce(&mut Value)) -> ConsentRecord {
    let mut value = serde_json::to_value(record).unwrap();
    change(&mut value);
    serde_json::from_value(value).unwrap()
}

fn found(pack: &Pack, record: &ConsentRecord, earlier: Option<&ConsentRecord>) -> Vec<String> {
    let judged = judge_record(pack, record, None, earlier);
    judged.findings.iter().map(|finding| format!("{} {}", finding.rule, finding.code)).collect()
}

/// Built-in packs are trusted by what they are: whoever changes a rule of them changes a line here, and the
/// pack's version where a release has it already.
#[test]
fn the_packs_that_come_along_are_the_ones_that_were_read() {
    let digest = |text: &str| chop_crypto::encoding::to_hex(&chop_crypto::sha256(text.as_bytes()));
    assert_eq!(digest(Pack::BUILT_IN), "bbb6991fb15863e07224a6e56acf75ad512748e895cd71a3e9e3352788ae6b74");
    assert_eq!(digest(Pack::WALK), "53cf9a2309116178ed0d8860af4f7701f8bbd6fdc130524bfd6cda337619dbfb");
}

#[test]
fn gba_row_79_a_grant_is_judged_again_under_the_pack_that_it_names() {
    let world = World::new();
    let walked = world.walk();
    let judged = world.resident.judge_again(&walked.given).unwrap();
    assert_eq!(judged.pack, Pack::built_in().unwrap().reference());
    assert!(!judged.is_blocked, "{:?}", judged.findings);
    // A grant of the first walk names the pack of the first walk, which is still here.
    let old = with(&record(&world, &walked.given), |value| value["rule_pack"] = json!("walk/2026.1"));
    let walk = chop_core::law::pack_of(&old);
    assert_eq!(walk, PackRef { id: "walk".into(), version: "2026.1".into() });
    let walk = world.resident.law_named(&walk).unwrap().unwrap();
    assert!(!judge_record(&walk, &old, None, None).is_blocked);
}

#[test]
fn gba_row_18_r33_judges_the_broker_in_the_record() {
    let world = World::new();
    let walked = world.walk();
    let pack = world.resident.law().unwrap();
    let first = record(&world, &walked.given);
    let broker = with(&first, |value| value["recipient"]["role"] = json!("Broker"));
    assert!(found(&pack, &broker, None).contains(&"R33 end-user".into()));
    let for_itself = |value: &mut Value| {
        value["recipient"]["role"] = json!("Broker");
        value["recipient"]["on_behalf_of"] = value["recipient"]["party"].clone();
    };
    let named = with(&first, for_itself);
    assert!(!found(&pack, &named, Some(&first)).iter().any(|f| f.starts_with("R33")));
    let wider = with(&named, |value| value["purpose"][0]["code"] = json!("finance.credit"));
    assert!(found(&pack, &wider, Some(&first)).contains(&"R33 widens".into()));
    let other = with(&named, |value| value["recipient"]["on_behalf_of"]["legal_id"]["value"] = json!("0"));
    assert!(found(&pack, &other, Some(&first)).contains(&"R33 unlisted".into()));
}

#[test]
fn r27_and_r28_judge_the_fields_of_the_record() {
    let world = World::new();
    let walked = world.walk();
    let pack = world.resident.law().unwrap();
    let first = record(&world, &walked.given);
    let unlisted = with(&first, |value| value["recipient"]["trust_status"] = json!("KeyChanged"));
    assert_eq!(facts_of_record(&unlisted, None, None).standing, chop_policy::Standing::KeyChanged);
    assert!(found(&pack, &unlisted, None).contains(&"R28 key-changed".into()));

    let member = |byte: u8| json!(chop_crypto::encoding::to_base64url(&[byte; 32]));
    let act = |byte: u8| serde_json::to_value(chop_model::Id([byte; 16])).unwrap();
    let firm = |approver: u8, role: &str| {
        with(&first, |value| {
            value["principal"]["kind"] = json!("LegalEntity");
            value["trade_secret"] = json!(true);
            value["operator"] = json!({ "role": "operator", "member": member(1) });
            value["approvals"] = json!([{ "role": role, "member": member(approver), "action_id": act(9), "at": value["created_at"] }]);
        })
    };
    assert!(!found(&pack, &firm(2, "cdo"), None).iter().any(|f| f.starts_with("R27")));
    assert!(found(&pack, &firm(1, "cdo"), None).contains(&"R27 self".into()));
    assert!(found(&pack, &firm(2, "operator"), None).contains(&"R27 approval".into()));
    let judged = judge_record(&pack, &firm(1, "cdo"), None, None);
    assert!(judged.is_blocked && judged.findings.iter().any(|f| f.level == Level::Block));
}
