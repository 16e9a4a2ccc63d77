use chop_formats::dcql::DcqlQuery;
use chop_formats::ips::IpsBundle;
use chop_model::{Lang, Period, UnixTime};
use chop_policy::{Assessment, ClaimFact, Facts, ItemFact, ItemSeal, Pack, Route, Standing, assess};

use super::*;

#[test]
fn the_transcript_adds_up() {
    let transcript = Transcript::read(TRANSCRIPT).unwrap();
    let courses = transcript.claims()["courses"].as_array().unwrap();
    assert_eq!(courses.len(), 40);
    let number =
        |course: &serde_json::Value, name: &str| course[name].as_str().unwrap().parse::<f64>().unwrap();
    let credits: f64 = courses.iter().map(|c| number(c, "credits")).sum();
    let points: f64 = courses.iter().map(|c| number(c, "credits") * number(c, "grade_point")).sum();
    assert_eq!(transcript.claims()["credits_total"], format!("{credits:.1}"));
    assert_eq!(transcript.claims()["gpa"]["value"], format!("{:.2}", points / credits));
    assert!(courses.iter().all(|c| c["title"]["zh-Hant"].is_string() && c["title"]["en"].is_string()));
    assert_eq!(transcript.disclosable().len(), 13 + 40);
}

#[test]
fn a_file_that_is_no_transcript_is_refused() {
    assert_eq!(Transcript::read(b"[]").unwrap_err(), TranscriptError::NotJson);
    assert_eq!(Transcript::read(b"{}").unwrap_err(), TranscriptError::Fields);
    let ungraded =
        String::from_utf8(TRANSCRIPT.to_vec()).unwrap().replace("\"grade\": \"A+\"", "\"grade\": \"Z\"");
    assert_eq!(Transcript::read(ungraded.as_bytes()).unwrap_err(), TranscriptError::Course);
}

#[test]
fn every_demo_name_says_that_it_is_one() {
    let marks = [(Lang::ZhHans, "示例"), (Lang::ZhHant, "示例"), (Lang::En, "Sample"), (Lang::Pt, "Exemplo")];
    for names in [hospital().names, clinic().names, university().names, office().names, list_publisher()] {
        for (lang, mark) in marks {
            assert!(names.in_lang(lang).contains(mark));
        }
    }
}

#[test]
fn the_demo_requests_may_be_asked_and_name_claims_that_exist() {
    let pack = Pack::built_in().unwrap();
    let mut held = IpsBundle::read(PATIENT_SUMMARY).unwrap().as_claims();
    held.extend(Transcript::read(TRANSCRIPT).unwrap().claims().clone());
    let asked = [
        (hospital_terms(), hospital_query(), 2),
        (outpatient_terms(), outpatient_query(), 2),
        (registrar_terms(), registrar_query(), 0),
    ];
    for (terms, query, consents) in asked {
        let query = DcqlQuery::from_value(&query).unwrap();
        let now = UnixTime(1_790_000_000);
        let period = Period { from: now, until: UnixTime(1_790_000_300) };
        let route = Route { from: chop_model::Jurisdiction::Hk, to: terms.jurisdiction };
        let facts = Facts {
            standing: Standing::Listed,
            claims: query_claims(&query),
            items: vec![ItemFact::of(ItemSeal::Valid, None)],
            ..Facts::of(now, route, terms, period)
        };
        assert!(facts.claims.iter().all(|claim| held.contains_key(&claim.path[0])));
        let Assessment::MayAsk(may_ask) = assess(&pack, &facts) else { panic!("refused") };
        assert_eq!(may_ask.findings(), []);
        assert_eq!(may_ask.separate_consents().len(), consents);
    }
}

fn query_claims(query: &DcqlQuery) -> Vec<ClaimFact> {
    let value = serde_json::to_value(query).unwrap();
    let credentials = value["credentials"].as_array().unwrap();
    let claims = credentials.iter().flat_map(|credential| {
        let vct = credential["meta"]["vct_values"][0].as_str().unwrap();
        credential["claims"]
            .as_array()
            .unwrap()
            .iter()
            .map(move |claim| ClaimFact::value(vct, vec![claim["path"][0].as_str().unwrap().into()]))
    });
    claims.collect()
}
