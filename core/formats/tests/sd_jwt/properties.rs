//! Issue, select, verify: for any claims, any choice of what can be hidden and of what is shown.

use std::collections::BTreeSet;

use chop_crypto::encoding::from_base64url;
use chop_crypto::testing::SeededRandom;
use chop_crypto::{Keystore, SigningDomain};
use chop_formats::claim_path::{ClaimPath, PathElement};
use chop_formats::sd_jwt::{Held, Issuance, KeyBinding, TypeRule, UnverifiedSdJwt, issue};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::draft::{AUD, Cast, GRANT, NONCE, NOW, digest, disclosure};

/// A credential issued over `claims`, with every `n`-th value hidden.
struct Story {
    cast: Cast,
    claims: Map<String, Value>,
    hidden: Vec<ClaimPath>,
    issued: String,
}

impl Story {
    fn new(mut claims: Map<String, Value>, choice: &[bool], pad_digests_to: usize) -> Self {
        for registered in ["iat", "nbf", "exp", "aud", "cnf"] {
            claims.remove(registered);
        }
        let cast = Cast::new();
        let all = paths_of(&Value::Object(claims.clone()));
        let chosen = |(at, path): (usize, ClaimPath)| choice[at % choice.len()].then_some(path);
        let hidden: Vec<ClaimPath> = all.into_iter().enumerate().filter_map(chosen).collect();
        let holder = cast.holder_key();
        let issuance = Issuance {
            typ: "dc+sd-jwt",
            x5c: &[],
            kid: None,
            claims: &claims,
            disclosable: &hidden,
            holder: Some(&holder),
            pad_digests_to,
        };
        let sign = |m: &[u8]| cast.store.sign(&cast.issuer.id, SigningDomain::Credential, m);
        let issued = issue(&SeededRandom::new("salts"), &issuance, &sign).unwrap();
        Self { claims, hidden, issued, cast }
    }

    fn held(&self) -> Held {
        let parsed = UnverifiedSdJwt::parse(&self.issued).unwrap();
        let verified = parsed.verify(&self.cast.issuer_key(), TypeRule::Exactly("dc+sd-jwt"), NOW).unwrap();
        verified.into_held().unwrap()
    }

    fn present(&self, paths: &[ClaimPath]) -> String {
        let selection = self.held().select(paths).unwrap();
        let unsigned = selection.bind(AUD, NONCE, NOW, Some(&GRANT)).unwrap();
        unsigned.sign(&self.cast.store, &self.cast.holder.id).unwrap()
    }

    fn verify(&self, text: &str) -> Option<Value> {
        let expected = KeyBinding { aud: AUD, nonce: NONCE, max_age: None, chop_grant: Some(&GRANT) };
        let parsed = UnverifiedSdJwt::parse(text).ok()?;
        let rule = TypeRule::Exactly("dc+sd-jwt");
        let verified = parsed.verify_presentation(&self.cast.issuer_key(), rule, &expected, NOW).ok()?;
        Some(verified.claims().clone())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn everything_comes_back(claims in object(), choice in vec(any::<bool>(), 1..9), pad in 0usize..6) {
        let story = Story::new(claims, &choice, pad);
        let mut seen = story.held().claims().clone();
        seen.as_object_mut().unwrap().remove("cnf");
        prop_assert_eq!(seen, Value::Object(story.claims.clone()));
        let mut shown = story.verify(&story.present(&story.hidden)).unwrap();
        shown.as_object_mut().unwrap().remove("cnf");
        prop_assert_eq!(shown, Value::Object(story.claims));
    }

    #[test]
    fn a_selection_shows_what_it_names_and_nothing_else(
        claims in object(),
        choice in vec(any::<bool>(), 1..9),
        picks in vec(any::<prop::sample::Index>(), 0..4),
    ) {
        let story = Story::new(claims, &choice, 0);
        let all = paths_of(&Value::Object(story.claims.clone()));
        let mut selected: Vec<ClaimPath> =
            picks.iter().filter(|_| !all.is_empty()).map(|pick| pick.get(&all).clone()).collect();
        selected.sort();
        let text = story.present(&selected);
        prop_assert!(story.verify(&text).is_some());
        let sent = disclosed_values(&text);
        for path in &story.hidden {
            let wanted = selected.iter().any(|s| is_prefix(s, path) || is_prefix(path, s));
            let value = path.resolve(&Value::Object(story.claims.clone()))[0].clone();
            // Leaves are unlike each other, so a leaf in the presentation is that leaf.
            if !value.is_object() && !value.is_array() {
                prop_assert_eq!(sent.contains(&value.to_string()), wanted, "{}", path);
            }
        }
    }

    #[test]
    fn decoys_make_lists_alike(claims in object(), choice in vec(any::<bool>(), 1..9)) {
        let story = Story::new(claims, &choice, 64);
        let payload = payload_of(&story.issued);
        if let Some(list) = payload.get("_sd") {
            let digests: BTreeSet<_> = list.as_array().unwrap().iter().map(Value::to_string).collect();
            prop_assert_eq!(digests.len(), 64);
            let sorted: Vec<_> = digests.into_iter().collect();
            let as_sent: Vec<_> = list.as_array().unwrap().iter().map(Value::to_string).collect();
            prop_assert_eq!(as_sent, sorted, "order tells nothing");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_an_issuer_signs_is_unfolded_or_refused(payload in wild(4), parts in vec(wild(3), 0..5)) {
        let mut disclosures: Vec<String> = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let value = with_digests(part, &disclosures);
            let name = format!("n{at}");
            let content = if at % 2 == 0 { json!(["salt", value]) } else { json!(["salt", name, value]) };
            disclosures.push(disclosure(&content.to_string()));
        }
        let payload = json!({"x": with_digests(&payload, &disclosures), "_sd": [digest("decoy")]});
        let header = disclosure(r#"{"alg":"ES256","typ":"dc+sd-jwt"}"#);
        let jwt = format!("{header}.{}.{}", disclosure(&payload.to_string()), "A".repeat(86));
        // Some of those that something refers to, as a holder would have it.
        for kept in 0u32..32 {
            let mut text = format!("{jwt}~");
            for at in (0..disclosures.len()).rev().filter(|at| kept >> at & 1 == 1) {
                let seen = |d: &str| from_base64url(d).is_ok_and(|d| contains(&d, &digest(&disclosures[at])));
                if text.split(['.', '~']).any(seen) {
                    text += &(disclosures[at].clone() + "~");
                }
            }
            if let Ok(held) = Held::read(&text) {
                prop_assert!(is_clean(held.claims()), "{}", held.claims());
                let all = held.select(&[ClaimPath::key("x")]).unwrap();
                prop_assert_eq!(all.sd_jwt(), &text);
            }
        }
    }
}

/// JSON in which the reserved names are common; `D0`, `D1` … stand for digests of disclosures, even
/// ones of elements, odd ones of members.
fn wild(depth: u32) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => (0u8..3).prop_map(|n| json!([{"...": format!("D{}", n * 2)}])),
        4 => (0u8..2).prop_map(|n| json!({"_sd": [format!("D{}", n * 2 + 1)]})),
        1 => (0u8..5).prop_map(|n| json!({"...": format!("D{n}")})),
        1 => (0u8..5).prop_map(|n| json!(format!("D{n}"))),
    ];
    leaf.prop_recursive(depth, 12, 3, |inner| {
        let names = vec!["a", "b", "c", "d", "e", "f", "n1", "_sd", "...", "_sd_alg"];
        let members = vec((prop::sample::select(names), inner.clone()), 0..3);
        let object =
            |members: Vec<(&str, Value)>| members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        prop_oneof![vec(inner, 0..3).prop_map(Value::Array), members.prop_map(object)]
    })
}

fn with_digests(value: &Value, disclosures: &[String]) -> Value {
    let mut text = value.to_string();
    for (at, disclosure) in disclosures.iter().enumerate() {
        text = text.replace(&format!("D{at}"), &digest(disclosure));
    }
    serde_json::from_str(&text).unwrap()
}

fn contains(text: &[u8], part: &str) -> bool {
    text.windows(part.len()).any(|window| window == part.as_bytes())
}

fn is_clean(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            members.iter().all(|(name, v)| !["_sd", "...", "_sd_alg"].contains(&name.as_str()) && is_clean(v))
        }
        Value::Array(items) => items.iter().all(is_clean),
        _ => true,
    }
}

#[test]
fn any_changed_character_of_a_presentation_is_refused() {
    let claims = json!({"a": {"b": "x", "c": [1, 2]}, "d": "小明", "e": null});
    let story = Story::new(claims.as_object().unwrap().clone(), &[true, false, true], 2);
    let good = story.present(&story.hidden[..2]);
    assert!(story.verify(&good).is_some());
    for at in 0..good.len() {
        for to in [b'A', b'B', b'~', b'.', b'=', b'-'] {
            let mut bytes = good.clone().into_bytes();
            if bytes[at] == to {
                continue;
            }
            bytes[at] = to;
            let changed = String::from_utf8(bytes).unwrap();
            assert!(story.verify(&changed).is_none(), "character {at} to {}", char::from(to));
        }
        assert!(story.verify(&(good[..at].to_owned() + &good[at + 1..])).is_none(), "character {at} dropped");
    }
}

#[test]
fn selecting_pulls_in_parents_and_never_siblings() {
    let claims = json!({"address": {"street": "S", "city": "C"}, "list": ["x", "y", {"k": "v", "w": "z"}]});
    let cast = Cast::new();
    let key = |name: &str| PathElement::Key(name.into());
    let path = |elements: &[PathElement]| ClaimPath::new(elements.to_vec()).unwrap();
    let disclosable = [
        ClaimPath::key("address"),
        path(&[key("address"), key("street")]),
        path(&[key("address"), key("city")]),
        path(&[key("list"), PathElement::All]),
        path(&[key("list"), PathElement::Index(2), key("k")]),
        path(&[key("list"), PathElement::Index(2), key("w")]),
    ];
    let holder = cast.holder_key();
    let issuance = Issuance {
        typ: "dc+sd-jwt",
        x5c: &[],
        kid: Some("k"),
        claims: claims.as_object().unwrap(),
        disclosable: &disclosable,
        holder: Some(&holder),
        pad_digests_to: 0,
    };
    let sign = |m: &[u8]| cast.store.sign(&cast.issuer.id, SigningDomain::Credential, m);
    let held = Held::read(&issue(&SeededRandom::new("s"), &issuance, &sign).unwrap()).unwrap();
    let shown = |paths: &[ClaimPath]| {
        let mut shown = held.select(paths).unwrap().shown().unwrap();
        shown.as_object_mut().unwrap().remove("cnf");
        shown
    };
    assert_eq!(held.always_shown().unwrap()["list"], json!([]));
    assert_eq!(shown(&[]), json!({"list": []}));
    assert_eq!(shown(&disclosable[2..3]), json!({"address": {"city": "C"}, "list": []}));
    assert_eq!(shown(&disclosable[..1]), json!({"address": claims["address"], "list": []}));
    assert_eq!(shown(&disclosable[4..5]), json!({"list": [{"k": "v"}]}));
    assert_eq!(shown(&[path(&[key("list"), PathElement::All, key("w")])]), json!({"list": [{"w": "z"}]}));
    assert_eq!(shown(&[ClaimPath::key("list")]), json!({"list": claims["list"]}));
    for wrong in
        [path(&[key("nothing")]), path(&[key("list"), PathElement::Index(3)]), path(&[key("list"), key("k")])]
    {
        assert!(held.select(&[wrong]).is_err());
    }
}

#[test]
fn another_key_than_the_holders_does_not_present() {
    let claims = json!({"a": 1});
    let story = Story::new(claims.as_object().unwrap().clone(), &[true], 0);
    let unsigned = story.held().select(&[]).unwrap().bind(AUD, NONCE, NOW, None).unwrap();
    assert!(unsigned.sign(&story.cast.store, &story.cast.stranger.id).is_err());
}

/// Claims whose leaves are all unlike each other, however deep.
fn object() -> impl Strategy<Value = Map<String, Value>> {
    let leaf = Just(Value::Null);
    let tree = leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            btree_map("[a-z港\"]{1,6}", inner, 0..4).prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    });
    btree_map("[a-z港\\\\]{1,6}", tree, 0..6).prop_map(|members| {
        let mut count = 0;
        let mut all = Value::Object(members.into_iter().collect());
        number_leaves(&mut all, &mut count);
        match all {
            Value::Object(members) => members,
            _ => Map::new(),
        }
    })
}

fn number_leaves(value: &mut Value, count: &mut u64) {
    match value {
        Value::Object(members) => members.values_mut().for_each(|v| number_leaves(v, count)),
        Value::Array(items) => items.iter_mut().for_each(|v| number_leaves(v, count)),
        leaf => {
            *count += 1;
            *leaf = match *count % 3 {
                0 => json!(*count),
                1 => json!(format!("leaf \"{count}\" 港")),
                _ => json!(*count as f64 + 0.25),
            };
        }
    }
}

fn paths_of(value: &Value) -> Vec<ClaimPath> {
    fn walk(value: &Value, at: &mut Vec<PathElement>, paths: &mut Vec<ClaimPath>) {
        let mut inside = |element, value| {
            at.push(element);
            paths.push(ClaimPath::new(at.clone()).unwrap());
            walk(value, at, paths);
            at.pop();
        };
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(k, v)| inside(PathElement::Key(k.clone()), v))
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, v)| inside(PathElement::Index(i), v))
            }
            _ => {}
        }
    }
    let mut paths = Vec::new();
    walk(value, &mut Vec::new(), &mut paths);
    paths
}

fn is_prefix(short: &ClaimPath, long: &ClaimPath) -> bool {
    long.elements().starts_with(short.elements())
}

/// Every leaf that stands in a disclosure of the presentation.
fn disclosed_values(text: &str) -> BTreeSet<String> {
    let (sd, _) = text.rsplit_once('~').unwrap();
    let mut leaves = BTreeSet::new();
    for disclosure in sd.split('~').skip(1) {
        let parts: Vec<Value> = serde_json::from_slice(&from_base64url(disclosure).unwrap()).unwrap();
        collect_leaves(parts.last().unwrap(), &mut leaves);
    }
    leaves
}

fn collect_leaves(value: &Value, leaves: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members.values().for_each(|v| collect_leaves(v, leaves)),
        Value::Array(items) => items.iter().for_each(|v| collect_leaves(v, leaves)),
        leaf => drop(leaves.insert(leaf.to_string())),
    }
}

fn payload_of(text: &str) -> Value {
    serde_json::from_slice(&from_base64url(text.split('.').nth(1).unwrap()).unwrap()).unwrap()
}
