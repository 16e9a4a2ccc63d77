//! What the fields of one document say about each other.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chop_catalog::{Catalog, check_document};
use chop_model::UnixTime;
use proptest::prelude::*;

/// 2026-11-21T00:00:00Z.
const NOW: UnixTime = UnixTime(1_795_219_200);

fn found(code: &str, fields: &[(&str, &str)]) -> Vec<(String, &'static str)> {
    let catalog = Catalog::built_in().unwrap();
    let fields: BTreeMap<_, _> = fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let findings = check_document(catalog.doc_type(code).unwrap(), &fields, NOW);
    findings.into_iter().map(|finding| (finding.field.clone(), finding.code())).collect()
}

#[test]
fn each_rule_between_fields_finds_its_fault() {
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [(&'a str, &'a str)]);
    let man = ("id_number", "110105199001010012");
    let cases: &[Case<'_>] = &[
        (
            "cn.resident_id",
            &[man, ("sex", "1 男"), ("birth_date", "1990-01-01")],
            &[("id_number", "number.check-digit")],
        ),
        (
            "cn.resident_id",
            &[("id_number", "44010619900101001X"), ("sex", "2 女")],
            &[("id_number", "number.check-digit")],
        ),
        (
            "cn.resident_id",
            &[("id_number", "440106199001010013"), ("sex", "女")],
            &[("sex", "document.sex-differs")],
        ),
        (
            "cn.resident_id",
            &[("id_number", "440106199001010013"), ("birth_date", "1990-01-02")],
            &[("birth_date", "document.birth-date-differs")],
        ),
        ("cn.resident_id", &[("valid_from", "2016-01-01"), ("valid_to", "长期")], &[]),
        (
            "cn.resident_id",
            &[("valid_from", "2016-01-01"), ("valid_to", "2015-01-01")],
            &[("valid_to", "document.dates-reversed")],
        ),
        (
            "cn.resident_id",
            &[("valid_from", "2016-01-01"), ("valid_to", "2019-01-01")],
            &[("valid_to", "document.unusual-validity")],
        ),
        ("cn.resident_id", &[("valid_from", "2016-02-30")], &[("valid_from", "document.no-such-date")]),
        ("cn.resident_id", &[("valid_from", "spring")], &[("valid_from", "document.unread-date")]),
        ("cn.resident_id", &[("sex", "?")], &[("sex", "document.unknown-value")]),
        (
            "cn.hkmo_residence",
            &[("id_number", "440106199001010013")],
            &[("id_number", "document.other-prefix")],
        ),
        ("cn.hkmo_permit", &[("sar_id_number", "Z123456(2)")], &[("sar_id_number", "number.check-digit")]),
        ("cn.hkmo_permit", &[("sar_id_number", "1000000(0)")], &[]),
        ("hk.hkid_like", &[("birth_date", "31-02-1985")], &[("birth_date", "document.no-such-date")]),
        (
            "hk.business_registration",
            &[("brn", "00000001"), ("certificate_no", "00000002-000-01-26-0")],
            &[("certificate_no", "document.code-differs")],
        ),
        (
            "mo.commercial_registration",
            &[("taxpayer_no", "8000000")],
            &[("taxpayer_no", "document.other-form")],
        ),
        (
            "cn.food_licence",
            &[("licence_no", "JY24401060000001"), ("format", "3 单位食堂")],
            &[("licence_no", "number.food-check-digit"), ("format", "document.code-differs")],
        ),
        (
            "cn.social_insurance",
            &[("period_from", "202312"), ("period_to", "202301")],
            &[("period_to", "document.dates-reversed")],
        ),
        ("cn.tax_credit", &[("score", "101")], &[("score", "document.out-of-bounds")]),
        ("med.immunization", &[("date", "2026-12-01")], &[("date", "document.future-date")]),
        ("med.lab", &[("range", "97–57")], &[("range", "document.range-reversed")]),
        (
            "med.lab",
            &[("range", "57–97"), ("value", "100"), ("flag", "N")],
            &[("flag", "document.flag-differs")],
        ),
        ("med.lab", &[("range", "57–97"), ("value", "100"), ("flag", "HH")], &[]),
        (
            "med.lab",
            &[("collected", "2026-01-10T14:00"), ("reported", "2026-01-10T08:00")],
            &[("reported", "document.dates-reversed")],
        ),
    ];
    for (code, fields, expected) in cases {
        let expected: Vec<_> = expected.iter().map(|(field, code)| ((*field).to_owned(), *code)).collect();
        assert_eq!(found(code, fields), expected, "{code} {fields:?}");
    }
}

proptest! {
    #[test]
    fn no_value_is_too_strange(values in prop::collection::vec(any::<String>(), 15)) {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::built_in().unwrap());
        for doc_type in CATALOG.types() {
            let fields = doc_type.fields.iter().map(|f| f.key.clone()).zip(values.clone()).collect();
            let _ = check_document(doc_type, &fields, NOW);
        }
    }
}
