//! The catalogue against `../shared/domain/sample_fields.json`, field by field, and what it refuses.

use std::collections::{BTreeMap, BTreeSet};

use chop_catalog::{
    BUILT_IN, Catalog, CatalogError, Field, FieldClass, FieldKind, Known, Level, check_document, numbers,
};
use chop_model::{Lang, UnixTime};
use serde_json::Value;

use crate::numbers::domain;

/// 2026-11-21T00:00:00Z.
const NOW: UnixTime = UnixTime(1_795_219_200);

#[test]
fn nothing_of_the_eighteen_types_and_169_fields_is_lost() {
    let Some(samples) = domain("sample_fields.json") else { return };
    let catalog = Catalog::built_in().unwrap();
    let (mut types, mut fields) = (0, 0);
    for sample in samples.as_array().unwrap() {
        let text = |key: &str| sample[key].as_str().unwrap();
        let found = catalog.doc_type(text("id")).unwrap();
        assert_eq!(found.vct, format!("urn:chop:{}:1", text("id")));
        for (lang, key) in Lang::ALL.into_iter().zip(["hans", "hant", "en", "pt"]) {
            assert_eq!(found.names.in_lang(lang), text(key));
        }
        assert_eq!((found.issuer.as_str(), found.note.as_str()), (text("issuer"), text("note")));
        let expected = sample["fields"].as_array().unwrap();
        assert_eq!(found.fields.len(), expected.len(), "{}", found.code);
        for (field, expected) in found.fields.iter().zip(expected) {
            let expected: Vec<&str> = expected.as_array().unwrap().iter().filter_map(Value::as_str).collect();
            compare(field, &expected);
            fields += 1;
        }
        types += 1;
    }
    assert_eq!((types, fields), (18, 169));
}

/// Whoever ticks one of two types of the same name asks for what nobody holds, and cannot see why.
#[test]
fn no_two_types_share_a_name_in_any_language() {
    let catalog = Catalog::built_in().unwrap();
    for lang in Lang::ALL {
        let mut named = BTreeMap::new();
        for one in catalog.types() {
            let name = one.names.in_lang(lang);
            assert_eq!(named.insert(name, &one.code), None, "{name} ({}) is also {}", lang.tag(), one.code);
        }
    }
}

fn compare(field: &Field, expected: &[&str]) {
    let [key, code, hans, hant, en, pt, format, class, example, rule] = expected else {
        panic!("ten columns")
    };
    assert_eq!((field.key.as_str(), field.format.as_str()), (*key, *format));
    for (lang, name) in Lang::ALL.into_iter().zip([hans, hant, en, pt]) {
        // A dash: the place has no such field, and the catalogue names it all the same.
        if *name != "—" {
            assert_eq!(field.names.in_lang(lang), *name, "{key}");
        }
    }
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    assert_eq!(or_empty(&field.code), *code, "{key}");
    assert_eq!(or_empty(&field.rule), *rule, "{key}");
    assert_eq!(or_empty(&field.example), if *example == "—" { "" } else { example }, "{key}");
    let (class, only_macao) = class.split_once("+M").map_or((*class, false), |(class, _)| (class, true));
    assert_eq!(field.class.code(), class, "{key}");
    assert_eq!(field.mo_sensitive, only_macao || field.class == FieldClass::Sensitive, "{key}");
}

#[test]
fn every_example_passes_its_own_checks() {
    let catalog = Catalog::built_in().unwrap();
    let mut numbered = 0;
    for doc_type in catalog.types() {
        let mut fields = BTreeMap::new();
        for field in &doc_type.fields {
            let Some(example) = &field.example else { continue };
            fields.insert(field.key.clone(), example.clone());
            let right = |kind: &numbers::NumberKind| numbers::check(*kind, example, Some(NOW)).is_right();
            assert!(field.numbers.is_empty() || field.numbers.iter().any(right), "{}", field.key);
            numbered += usize::from(!field.numbers.is_empty());
        }
        let errors: Vec<_> = check_document(doc_type, &fields, NOW);
        let errors: Vec<_> = errors.iter().filter(|finding| !finding.is_warning()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", doc_type.code);
    }
    assert_eq!(numbered, 16);
}

#[test]
fn gba_row_84_no_field_without_responsible_body_provider_and_contact() {
    let catalog = Catalog::built_in().unwrap();
    let mut unknown = 0;
    for doc_type in catalog.types() {
        for field in &doc_type.fields {
            let who = doc_type.accountable(field);
            for part in [who.responsible, who.provider, who.contact] {
                match part {
                    Known::Named(names) => assert!(Lang::ALL.iter().all(|l| !names.in_lang(*l).is_empty())),
                    Known::Unknown => unknown += 1,
                }
            }
        }
    }
    assert!(unknown > 0, "what nobody has found out is said");
    let missing = regional().replace("contact = \"unknown\"\n", "");
    assert_eq!(Catalog::read(&missing).err(), Some(CatalogError::Malformed));
}

#[test]
fn gba_row_40_the_level_follows_the_class() {
    use FieldClass as C;
    let table = [
        (C::NotPersonal, false, Level::L1),
        (C::Personal, false, Level::L2),
        (C::Personal, true, Level::L3),
        (C::IdentityNumber, false, Level::L3),
        (C::Sensitive, true, Level::L4),
        (C::Business, false, Level::L2),
        (C::TradeSecret, false, Level::L3),
    ];
    for (class, in_macao, level) in table {
        assert_eq!(class.least_level(in_macao), level, "{class:?}");
    }
    let catalog = Catalog::built_in().unwrap();
    let at = |vct: &str, key: &str| catalog.field(vct, &[key]).unwrap();
    assert_eq!(at("urn:chop:cn.resident_id:1", "ethnicity").level, Level::L3);
    let portrait = at("urn:chop:cn.resident_id:1", "portrait");
    assert_eq!((portrait.kind, portrait.level), (FieldKind::Image, Level::L4));
    assert_eq!(at("urn:chop:ips:1", "48765-2").level, Level::L4);
    assert!(at("urn:chop:transcript:1", "gpa").class == C::Personal);
}

#[test]
fn gba_row_12_each_template_has_purpose_least_fields_keeping_and_basis() {
    let catalog = Catalog::built_in().unwrap();
    for code in [
        "finance.account-opening",
        "finance.credit",
        "telecom.sim-registration",
        "utility.meter-transfer",
        "care.consultation",
        "edu.admission",
        "firm.identity",
        "finance.application",
        "public.service",
        "identity.check",
    ] {
        let purpose = catalog.purpose(code).unwrap();
        assert!(!purpose.needs.is_empty() && purpose.max_retention_days > 0, "{code}");
        assert!(!purpose.legal_basis.cn.is_empty() && !purpose.scenes.is_empty(), "{code}");
    }
    let account = catalog.purpose("finance.account-opening").unwrap();
    assert_eq!(account.least_fields("hk.hkid_like").unwrap(), ["id_number", "name_en", "name_zh"]);
    assert_eq!(account.least_fields("med.summary"), None);
    // Row 67: a firm is known without anybody's identity card. Row 68: no value at all.
    let firm = catalog.purpose("firm.identity").unwrap();
    assert!(firm.least_fields("hk.business_registration").unwrap().contains(&"authorised_person"));
    assert_eq!(firm.least_fields("hk.hkid_like"), None);
    let matching = catalog.purpose("identity.check").unwrap();
    assert!(matching.least_fields("cn.resident_id").unwrap().is_empty());
    assert!(matching.needs[0].any_of.iter().all(|set| set.predicates == ["name-and-number-match"]));
}

#[test]
fn gba_row_82_nothing_is_for_sale_and_marketing_stands_apart() {
    let catalog = Catalog::built_in().unwrap();
    let marketing: Vec<_> = catalog.purposes().iter().filter(|p| p.is_marketing).collect();
    assert_eq!(marketing.len(), 1);
    assert!(
        catalog
            .purposes()
            .iter()
            .all(|p| !p.code.contains("sale") && p.is_marketing == p.dpv.contains("Marketing"))
    );
    let sold = regional().replace("care.exchange", "data.sale");
    assert_eq!(Catalog::read(&sold).err(), Some(CatalogError::ForbiddenPurpose));
    let hidden = regional().replace("dpv#ServiceProvision", "dpv#DirectMarketing");
    assert_eq!(Catalog::read(&hidden).err(), Some(CatalogError::ForbiddenPurpose));
}

#[test]
fn gba_row_30_an_unknown_type_is_looked_up_and_not_found() {
    let catalog = Catalog::built_in().unwrap();
    assert!(catalog.by_vct("urn:chop:jp.my_number:1").is_none());
    assert!(catalog.field("urn:chop:cn.resident_id:1", &["iris"]).is_none());
    assert!(catalog.field("urn:chop:cn.resident_id:1", &[] as &[&str]).is_none());
}

#[test]
fn gba_row_11_a_regional_pack_adds_its_types_and_touches_no_others() {
    let built_in = Catalog::built_in().unwrap();
    let pack = Catalog::read(&regional()).unwrap();
    let whole = built_in.with(pack.clone()).unwrap();
    assert_eq!(whole.types().len(), built_in.types().len() + 1);
    assert!(whole.by_vct("urn:chop:fj.health_card:1").is_some() && whole.purpose("care.exchange").is_some());
    assert_eq!(whole.with(pack).unwrap(), whole, "the same pack again changes nothing");
    let thief = regional().replace("fj.health_card", "cn.resident_id");
    let thief = Catalog::read(&thief).unwrap();
    assert_eq!(built_in.with(thief).err(), Some(CatalogError::DuplicateType));
}

#[test]
fn each_fault_of_a_catalogue_has_its_own_error() {
    use CatalogError as E;
    let good = regional();
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replacen(from, to, 1)
    };
    let doubled = |from: &str| {
        let at = good.find(from).unwrap();
        format!("{good}\n{}", &good[at..])
    };
    let cases = [
        (with("[catalog]", "[catalogue]"), E::Malformed),
        (with("id = \"fj\"", "id = \"fj\"\nmore = 1"), E::Malformed),
        (with(", pt = \"Número\"", ""), E::MissingLanguage),
        (with("pt = \"Número\"", "pt = \"\""), E::BadText),
        (with("en = \"Number\"", "en = \"Num\u{202e}ber\""), E::BadText),
        (with("2026-03-01", "2026-02-30"), E::BadDate),
        (with("class = \"P*\"", "class = \"Q\""), E::UnknownClass),
        (with("level = \"L3\"", "level = \"L9\""), E::UnknownLevel),
        (with("level = \"L3\"", "level = \"L1\""), E::LevelTooLow),
        (with("kind = \"text\"", "kind = \"hologram\""), E::UnknownKind),
        (with("[\"rid\"]", "[\"iban\"]"), E::UnknownNumber),
        (with("rule = \"not-after\"", "rule = \"phase-of-moon\""), E::UnknownCheck),
        (with("then = \"valid_to\"", "then = \"nowhere\""), E::NoSuchField),
        (with("place = \"CN\"", "place = \"TW\""), E::UnknownPlace),
        (doubled("[[type]]"), E::DuplicateType),
        (with("key = \"valid_to\"", "key = \"card_no\""), E::DuplicateField),
        (doubled("[[purpose]]"), E::DuplicatePurpose),
        ("#".repeat(Catalog::MAX_BYTES + 1), E::TooLarge),
    ];
    for (text, expected) in cases {
        assert_eq!(Catalog::read(&text).err(), Some(expected), "{expected:?}");
    }
    let built_in = Catalog::built_in().unwrap();
    let refused = |text: String| built_in.with(Catalog::read(&text).unwrap()).err();
    assert_eq!(refused(with("type = \"fj.health_card\"", "type = \"fj.other\"")), Some(E::NoSuchType));
    assert_eq!(refused(with("fields = [\"card_no\"]", "fields = [\"card\"]")), Some(E::NoSuchField));
}

#[test]
fn the_envelope_has_the_elements_and_states_of_electronic_licences() {
    let catalog = Catalog::built_in().unwrap();
    let envelope = catalog.envelope().unwrap();
    let codes: BTreeSet<_> = envelope.fields.iter().filter_map(|field| field.code.as_deref()).collect();
    for code in
        ["ZZMC", "ZZLXDM", "ZZBH", "ZZBS", "ZZBFJG", "ZZBFRQ", "CZZT", "CZZTDM", "ZZYXQQSRQ", "JZJZZSY"]
    {
        assert!(codes.contains(code), "{code}");
    }
    let confirmed: Vec<_> =
        envelope.status.iter().filter(|s| s.is_confirmed).map(|s| s.code.as_str()).collect();
    assert_eq!(confirmed, ["03", "04", "05", "06", "07", "99"]);
    assert_eq!(BUILT_IN.len(), catalog.packs().len());
}

/// A regional pack with one type and one purpose.
fn regional() -> String {
    include_str!("../../testdata/regional.toml").to_owned()
}
