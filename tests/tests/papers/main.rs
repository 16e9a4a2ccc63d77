//! The catalogue in a wallet: papers are checked when they come in, packs bring new types and rules, and
//! copies that differ stand side by side.

#![cfg(test)]

mod pinned;
mod rules;

use chop_core::holdings::Seal;
use chop_model::{ItemId, Lang};
use chop_tests::world::World;
use serde_json::{Value, json};

const REGIONAL: &str = include_str!("../../../core/catalog/testdata/regional.toml");

fn code<T: std::fmt::Debug>(outcome: chop_core::Result<T>) -> &'static str {
    outcome.expect_err("refused").code()
}

fn take(world: &World, vct: &str, claims: Value) -> ItemId {
    world.resident.take("paper.sd-jwt", world.paper(vct, &claims).as_bytes()).id
}

#[test]
fn gba_row_11_a_pack_file_brings_a_type_that_is_imported_and_verified() {
    let world = World::new();
    let vct = "urn:chop:fj.health_card:1";
    let card = json!({ "card_no": "350102199001010016", "blood_group": "AB" });
    let before = take(&world, vct, card.clone());
    assert!(world.resident.catalogued(&before).unwrap().is_none(), "unknown yet");

    let (text, fingerprint) = world.pack(1, "catalog", "fj", "2026.1", REGIONAL);
    let preview = world.resident.preview_pack(&text).unwrap();
    assert_eq!((preview.publisher, preview.is_known_publisher), (fingerprint, false));
    assert_eq!(
        (preview.types, preview.purposes),
        (vec!["fj.health_card".into()], vec!["care.exchange".into()])
    );
    assert!(world.resident.packs().unwrap().is_empty(), "looking keeps nothing");
    world.resident.add_pack(&text, Some(&fingerprint)).unwrap();

    // No new build: the old holding and a new one are of a known type, and the new one's seal is valid.
    let known = world.resident.catalogued(&before).unwrap().unwrap();
    assert_eq!(known.doc_type.names.in_lang(Lang::Pt), "Cartão de saúde de Fujian (modelo)");
    assert!(known.findings.is_empty(), "{:?}", known.findings);
    let new = world.resident.take("paper.sd-jwt", world.paper(vct, &card).as_bytes());
    assert_eq!(new.seal, Seal::Valid, "{}", new.seal_reason);
    assert!(world.resident.catalog().unwrap().purpose("care.exchange").is_some());
    assert!(world.resident.audit(&mut |_, _| {}).unwrap().flaws.is_empty());
}

#[test]
fn gba_row_30_an_unknown_type_opens_and_nothing_is_said_about_its_fields() {
    let world = World::new();
    let id =
        take(&world, "urn:example:unheard-of:7", json!({ "iris": "blue", "nested": { "a": [1, null] } }));
    assert!(world.resident.item(&id).unwrap().form.is_some());
    assert!(world.resident.text_of(&id).unwrap().contains('~'));
    assert!(world.resident.catalogued(&id).unwrap().is_none());
    assert!(world.resident.conflicts().unwrap().is_empty());
}

#[test]
fn gba_row_28_copies_that_differ_stand_side_by_side_and_are_not_merged() {
    let world = World::new();
    let card = json!({ "name": "张示例", "sex": "1 男", "birth_date": "1985-03-15", "id_number": "810000198503150017" });
    let permit =
        json!({ "name": "张示例", "sex": "M", "birth_date": "15-03-1985", "permit_no": "H00000001" });
    let residence = take(&world, "urn:chop:cn.resident_id:1", card);
    take(&world, "urn:chop:cn.hkmo_permit:1", permit);
    assert!(world.resident.conflicts().unwrap().is_empty(), "the same in another form is no conflict");

    let other = json!({ "name_en": "CHEUNG, Si Lai", "sex": "M", "birth_date": "16-03-1985" });
    let other = take(&world, "urn:chop:hk.hkid_like:1", other);
    let conflicts = world.resident.conflicts().unwrap();
    assert_eq!(conflicts.len(), 1);
    let values: Vec<&str> = conflicts[0].copies.iter().map(|copy| copy.value.as_str()).collect();
    assert_eq!(values.len(), 3);
    assert!(
        values.contains(&"1985-03-15") && values.contains(&"16-03-1985"),
        "each as it stands: {values:?}"
    );
    assert_eq!(conflicts[0].names.en, "Date of birth");
    // Two firms with two names are no conflict; one firm with two is.
    let firm = |uscc: &str, name: &str| json!({ "uscc": uscc, "name": name });
    take(&world, "urn:chop:cn.business_licence:1", firm("91440300MA0000A00A", "甲公司"));
    take(&world, "urn:chop:cn.tax_credit:1", firm("91440300MA0000X07U", "乙公司"));
    assert_eq!(world.resident.conflicts().unwrap().len(), 1);
    take(&world, "urn:chop:cn.tax_credit:1", firm("91440300MA0000A00A", "丙公司"));
    assert_eq!(world.resident.conflicts().unwrap().len(), 2);
    world.resident.erase(&other).unwrap();
    assert_eq!(world.resident.conflicts().unwrap().len(), 1);
    assert!(world.resident.item(&residence).is_ok());
}

#[test]
fn a_paper_is_checked_when_it_is_looked_at() {
    let world = World::new();
    let wrong = json!({
        "name": "张示例", "sex": "2 女", "birth_date": "1990-01-02", "id_number": "440106199001010013",
        "valid_from": "2016-02-30",
    });
    let id = take(&world, "urn:chop:cn.resident_id:1", wrong);
    let seen = world.resident.catalogued(&id).unwrap().unwrap();
    let codes: Vec<_> = seen.findings.iter().map(|finding| finding.code()).collect();
    assert_eq!(codes, ["document.no-such-date", "document.sex-differs", "document.birth-date-differs"]);
    assert_eq!(seen.fields[0].field.names.in_lang(Lang::ZhHant), "姓名");
}

#[test]
fn gba_row_93_what_is_no_longer_news_is_said_to_be_old() {
    let world = World::new();
    let report = json!({ "report_no": "LAB1", "reported": "2026-11-01T08:00", "flag": "N" });
    let id = take(&world, "urn:chop:med.lab:1", report);
    assert!(!world.resident.catalogued(&id).unwrap().unwrap().is_stale);
    world.clock.move_by(100 * 86_400);
    assert!(world.resident.catalogued(&id).unwrap().unwrap().is_stale);
}

#[test]
fn each_bad_pack_has_its_own_error_and_the_old_one_stays_in_force() {
    let world = World::new();
    let wallet = &world.resident;
    let v = |version: &str| REGIONAL.replacen("2026.1", version, 1);
    let (first, fingerprint) = world.pack(5, "catalog", "fj", "2026.5", &v("2026.5"));
    assert_eq!(code(wallet.add_pack(&first, None)), "signed-pack.unknown-publisher");
    assert_eq!(code(wallet.add_pack(&first, Some(&[7; 32]))), "signed-pack.other-publisher");
    wallet.add_pack(&first, Some(&fingerprint)).unwrap();
    wallet.add_pack(&first, None).unwrap();
    assert_eq!(wallet.packs().unwrap().len(), 1, "the same again is kept once");

    let pack = |seq, version: &str, text: &str| world.pack(seq, "catalog", "fj", version, text).0;
    let stranger = world.pack_by("stranger", 9, ("catalog", "fj", "2026.9"), &v("2026.9"));
    let mut forged = pack(6, "2026.6", &v("2026.6"));
    forged.replace_range(forged.len() - 2.., "AA");
    let no_pt = v("2026.6").replacen(", pt = \"Número\"", "", 1);
    let rules = "[pack]\nid = 'x'\n";
    let cases = [
        (REGIONAL.to_owned(), None, "signed-pack.unsigned"),
        (pack(4, "2026.4", &v("2026.4")), None, "signed-pack.older"),
        (pack(5, "2026.5", &v("2026.5").replace("invented", "made up")), None, "signed-pack.forked"),
        (stranger.0, Some(stranger.1), "signed-pack.id-taken"),
        (forged, None, "jose.bad-signature"),
        (pack(6, "2026.7", &v("2026.6")), None, "signed-pack.disagrees"),
        (pack(6, "2026.6", &no_pt), None, "catalog.missing-language"),
        (pack(6, "2026.6", "= nonsense"), None, "catalog.malformed"),
        (world.pack(6, "rules", "x", "1", rules).0, None, "policy.pack-malformed"),
    ];
    for (text, pin, expected) in cases {
        assert_eq!(code(wallet.add_pack(&text, pin.as_ref())), expected);
        let packs = wallet.packs().unwrap();
        assert!(packs.len() == 1 && packs[0].is_in_force, "{expected}");
    }
    let next = pack(6, "2026.6", &v("2026.6"));
    wallet.add_pack(&next, None).unwrap();
    let in_force: Vec<_> = wallet.packs().unwrap().iter().map(|held| held.is_in_force).collect();
    assert_eq!(in_force, [false, true], "the superseded pack stays");
}
