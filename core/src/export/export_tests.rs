//! Golden exports of one record, and the vocabularies that their terms are held against.

use chop_formats::consent_record::RecordDocument;
use serde_json::Value;

use super::*;

/// A record of the demo walk, as both sides hold it.
const RECORD: &[u8] = include_bytes!("../../testdata/exports/record.json");
const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/exports");

fn made(form: ExportForm) -> String {
    let document = RecordDocument::read(RECORD).unwrap();
    export(&document, ConsentState::Used, form).unwrap()
}

#[test]
fn gba_row_25_exports_are_the_golden_files() {
    for (form, name) in
        [(ExportForm::Dpv, "dpv.jsonld"), (ExportForm::Odrl, "odrl.jsonld"), (ExportForm::Page, "page.html")]
    {
        let golden = std::fs::read_to_string(format!("{GOLDEN}/{name}")).unwrap();
        assert_eq!(made(form), golden, "{name}");
    }
}

#[test]
#[ignore = "writes the golden files anew"]
fn write_the_golden_exports() {
    for (form, name) in
        [(ExportForm::Dpv, "dpv.jsonld"), (ExportForm::Odrl, "odrl.jsonld"), (ExportForm::Page, "page.html")]
    {
        std::fs::write(format!("{GOLDEN}/{name}"), made(form)).unwrap();
    }
}

/// Every `dpv:` term stands in DPV 2.3 and every ODRL term in ODRL 2.2: the lists beside the golden files
/// say from which file of which commit they were read.
#[test]
fn every_term_stands_in_its_vocabulary() {
    let dpv = include_str!("../../testdata/exports/dpv-2.3.terms");
    let value: Value = serde_json::from_str(&made(ExportForm::Dpv)).unwrap();
    for term in words(&value).iter().filter_map(|word| word.strip_prefix("dpv:").map(str::to_owned)) {
        assert!(dpv.lines().any(|line| line == term), "dpv:{term}");
    }
    let odrl = include_str!("../../testdata/exports/odrl-2.2.terms");
    let value: Value = serde_json::from_str(&made(ExportForm::Odrl)).unwrap();
    for rule in ["permission", "prohibition"] {
        for rule in value[rule].as_array().unwrap() {
            for term in terms_of(rule) {
                assert!(odrl.lines().any(|line| line == term), "odrl:{term}");
            }
        }
    }
    for state in ConsentState::ALL {
        for replaces in [false, true] {
            let term = state.dpv_status(replaces);
            assert!(dpv.lines().any(|line| line == term), "dpv:{term}");
        }
    }
}

/// Row 26: place and retention are in the agreement.
#[test]
fn gba_row_26_jurisdiction_and_retention_are_in_the_agreement() {
    let value: Value = serde_json::from_str(&made(ExportForm::Odrl)).unwrap();
    assert_eq!(value["@type"], "Agreement");
    assert_eq!(value["chop:jurisdictions"], serde_json::json!(["HK", "CN"]));
    let duty = &value["permission"][0]["duty"][0];
    assert_eq!(duty["action"], "delete");
    assert_eq!(duty["constraint"][0]["rightOperand"]["@value"], "P30D");
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    let page = made(ExportForm::Page);
    for bad in ["<script", "http:", "https:", "src=", "href=", "@import", "url("] {
        assert!(!page.contains(bad), "{bad}");
    }
    for lang in chop_model::Lang::ALL {
        assert!(page.contains(&format!("<section lang=\"{}\">", lang.tag())));
    }
    let mut hostile = page::PrintPage::new(chop_model::Lang::En, "<b>&\"'");
    hostile.paragraph("<script>alert(1)</script>");
    let text = hostile.finish();
    assert!(!text.contains("<script") && !text.contains("<b>") && text.contains("&lt;b&gt;&amp;&quot;&#39;"));
}

/// Every key and every text of a value.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(words).collect(),
        Value::Object(members) => {
            members.iter().flat_map(|(key, value)| [vec![key.clone()], words(value)].concat()).collect()
        }
        _ => Vec::new(),
    }
}

/// The terms of ODRL in a rule: its members, actions, operands and operators.
fn terms_of(rule: &Value) -> Vec<String> {
    let mut terms = Vec::new();
    let Value::Object(members) = rule else { return terms };
    for (key, value) in members {
        terms.push(key.clone());
        match key.as_str() {
            "action" | "leftOperand" | "operator" => terms.extend(words(value)),
            "constraint" | "duty" => terms.extend(value.as_array().into_iter().flatten().flat_map(terms_of)),
            _ => {}
        }
    }
    terms
}
