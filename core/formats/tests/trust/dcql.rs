//! Queries: every file of `testdata/dcql`, the examples of OpenID4VP, and the law that scope only narrows.

use std::collections::BTreeSet;

use chop_formats::claim_path::ClaimPath;
use chop_formats::dcql::{Choices, DcqlError, DcqlQuery};
use chop_model::Coded;
use proptest::prelude::{Just, Strategy, any, proptest};
use serde_json::{Value, json};

use crate::checks::hold;
use crate::given::{code_of, shared_vectors};

#[test]
fn every_duty_has_its_bad_query() {
    hold("dcql", &|text| code_of(DcqlQuery::read(text)));
}

#[test]
fn examples_of_the_text() {
    let Some(folder) = shared_vectors("openid4vp/query_lang") else { return };
    let expected = [
        ("claims_alternatives.json", Some(DcqlError::ClaimSets)),
        ("complex_mdoc.json", Some(DcqlError::CredentialSets)),
        ("credentials_alternatives.json", Some(DcqlError::CredentialSets)),
        ("multi_credentials.json", Some(DcqlError::UnknownFormat)),
        ("simple.json", None),
        ("simple_mdoc.json", Some(DcqlError::UnknownFormat)),
        ("value_matching_simple.json", None),
    ];
    assert_eq!(
        std::fs::read_dir(&folder).unwrap().count(),
        expected.len(),
        "each example has its verdict here"
    );
    for (file, error) in expected {
        let query = DcqlQuery::read(&std::fs::read(folder.join(file)).unwrap());
        assert_eq!(query.as_ref().err().copied(), error, "{file}");
        if let Ok(query) = query {
            let again = serde_json::to_value(&query).unwrap();
            assert_eq!(DcqlQuery::from_value(&again), Ok(query));
        }
    }
}

#[test]
fn unknown_members_are_ignored_and_not_granted() {
    let mut text = serde_json::to_value(sample()).unwrap();
    text["later"] = json!(1);
    text["credentials"][0]["later"] = json!([null]);
    text["credentials"][0]["claims"][0]["later"] = json!({});
    assert_eq!(DcqlQuery::from_value(&text).unwrap(), sample());
}

#[test]
fn what_was_not_asked_cannot_be_chosen() {
    let choose = |id: &str, paths: &[Value]| -> Choices {
        let paths = paths.iter().map(|p| serde_json::from_value(p.clone()).unwrap()).collect();
        [(id.to_owned(), paths)].into()
    };
    let query = sample();
    for choices in [
        choose("other", &[json!(["allergies"])]),
        choose("ips", &[json!(["problems"])]),
        choose("ips", &[json!(["allergies"]), json!(["patient"])]),
        choose("ips", &[json!(["patient", "name", "family"])]),
        choose("transcript", &[json!(["allergies"])]),
    ] {
        assert_eq!(query.narrow(&choices), Err(DcqlError::NotAsked), "{choices:?}");
    }
    assert_eq!(query.narrow(&Choices::new()), Err(DcqlError::NothingChosen));
    assert_eq!(query.narrow(&choose("ips", &[])), Err(DcqlError::NothingChosen));
    let one = query.narrow(&choose("ips", &[json!(["allergies"])])).unwrap();
    assert_eq!(one.credentials().len(), 1);
    assert!(one.is_subset_of(&query) && !query.is_subset_of(&one));
}

#[test]
fn a_subset_has_no_other_constraint_and_no_further_type() {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut text = serde_json::to_value(sample()).unwrap();
        change(&mut text);
        DcqlQuery::from_value(&text).unwrap()
    };
    let other_type = with(&|t| t["credentials"][0]["meta"]["vct_values"] = json!(["urn:chop:item:1"]));
    let no_constraint = with(&|t| t["credentials"][1]["claims"][0] = json!({"path": ["level"]}));
    let more = with(&|t| t["credentials"][0]["claims"][0]["path"] = json!(["problems"]));
    for wider in [other_type, no_constraint, more] {
        assert!(!wider.is_subset_of(&sample()));
    }
    assert!(sample().is_subset_of(&sample()));
}

#[test]
fn row_21_a_value_that_does_not_match_answers_nothing() {
    let query = sample();
    let transcript = query.credential("transcript").unwrap();
    let held = json!({"level": 3, "courses": [{"name": "解剖學"}]});
    let paths: Vec<String> = transcript
        .answerable("urn:chop:transcript:1", &held)
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(paths, ["level", "courses[0].name"]);
    let nothing = transcript.answerable("urn:chop:transcript:1", &json!({}));
    for level in [json!(4), json!("3"), json!(3.5), json!(true), Value::Null] {
        let held = json!({"level": level, "courses": [{"name": "解剖學"}]});
        assert_eq!(transcript.answerable("urn:chop:transcript:1", &held), nothing, "{level}");
    }
    assert_eq!(nothing, None);
}

#[test]
fn another_type_answers_nothing() {
    let query = sample();
    let held = json!({"allergies": [], "patient": {"name": "陳"}});
    assert_eq!(query.credentials()[0].answerable("urn:chop:ips:2", &held), None);
    assert_eq!(query.credentials()[0].answerable("urn:chop:ips:1", &held).unwrap().len(), 2);
    assert_eq!(
        query.credentials()[0].answerable("urn:chop:ips:1", &json!({"allergies": 1})).unwrap().len(),
        1
    );
    assert_eq!(query.credentials()[0].answerable("urn:chop:ips:1", &json!({"other": 1})), None);
}

#[test]
fn every_refusal_has_a_code_of_its_own() {
    let codes: BTreeSet<_> = DcqlError::ALL.iter().map(Coded::code).collect();
    assert_eq!(codes.len(), DcqlError::ALL.len());
}

proptest! {
    #[test]
    fn narrowing_only_narrows((query, first, second) in any_query().prop_flat_map(|q| {
        let (one, two) = (any_choice(&q), any_choice(&q));
        (Just(q), one, two)
    })) {
        let everything = query.everything();
        assert_eq!(query.narrow(&everything).as_ref(), Ok(&query));
        if let Ok(narrow) = query.narrow(&first) {
            assert!(narrow.is_subset_of(&query));
            assert!(narrow.everything().iter().all(|(id, paths)| paths.is_subset(&everything[id])));
            assert_eq!(narrow.narrow(&first.iter().filter(|c| !c.1.is_empty()).map(|(i, p)| (i.clone(), p.clone())).collect()).as_ref(), Ok(&narrow));
            match narrow.narrow(&second) {
                Ok(narrower) => assert!(narrower.is_subset_of(&narrow) && narrower.is_subset_of(&query)),
                Err(error) => assert!(matches!(error, DcqlError::NotAsked | DcqlError::NothingChosen)),
            }
        }
    }

    #[test]
    fn random_queries_never_panic(text in any_json(), noise in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = DcqlQuery::read(&noise);
        if let Ok(query) = DcqlQuery::from_value(&text) {
            let again = serde_json::to_value(&query).unwrap();
            assert_eq!(DcqlQuery::from_value(&again), Ok(query));
        }
    }
}

/// JSON that is a query at heart, with anything in any place.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = proptest::prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z_ -]{0,5}".prop_map(Value::from),
        Just(json!("dc+sd-jwt")),
        Just(json!(["urn:chop:ips:1"])),
    ];
    let names = proptest::sample::select(vec![
        "credentials",
        "id",
        "format",
        "meta",
        "vct_values",
        "claims",
        "path",
        "values",
        "multiple",
        "claim_sets",
    ]);
    leaf.prop_recursive(6, 64, 4, move |inner| {
        proptest::prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((names.clone(), inner), 0..6)
                .prop_map(|members| members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect::<Value>()),
        ]
    })
}

fn any_query() -> impl Strategy<Value = DcqlQuery> {
    let claims = proptest::collection::btree_set(proptest::collection::vec("[a-c]", 1..4), 1..6);
    proptest::collection::vec(claims, 1..5).prop_map(|credentials| {
        let list: Vec<Value> = credentials
            .iter()
            .enumerate()
            .map(|(n, claims)| {
                let claims: Vec<Value> = claims.iter().map(|path| json!({ "path": path })).collect();
                json!({"id": format!("c{n}"), "format": "dc+sd-jwt", "meta": {"vct_values": ["urn:chop:item:1"]}, "claims": claims})
            })
            .collect();
        DcqlQuery::from_value(&json!({ "credentials": list })).unwrap()
    })
}

fn any_choice(query: &DcqlQuery) -> impl Strategy<Value = Choices> + use<> {
    let all: Vec<(String, ClaimPath)> = query
        .everything()
        .into_iter()
        .flat_map(|(id, paths)| paths.into_iter().map(move |path| (id.clone(), path)))
        .collect();
    let count = all.len();
    proptest::sample::subsequence(all, 0..=count).prop_map(|chosen| {
        let mut choices = Choices::new();
        for (id, path) in chosen {
            choices.entry(id).or_default().insert(path);
        }
        choices
    })
}

fn sample() -> DcqlQuery {
    DcqlQuery::from_value(&json!({ "credentials": [
        {"id": "ips", "format": "dc+sd-jwt", "meta": {"vct_values": ["urn:chop:ips:1"]},
         "claims": [{"path": ["allergies"]}, {"id": "n", "path": ["patient", "name"]}]},
        {"id": "transcript", "format": "dc+sd-jwt", "meta": {"vct_values": ["urn:chop:transcript:1"]},
         "claims": [{"path": ["level"], "values": [3, 5]}, {"path": ["courses", 0, "name"]}]},
    ]}))
    .unwrap()
}
