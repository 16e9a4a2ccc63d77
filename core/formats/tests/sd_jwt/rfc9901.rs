//! Every MUST of RFC 9901 that falls on holder or verifier, with its bad file.

use chop_formats::sd_jwt::{Held, KeyBinding, SdJwtError, TypeRule, UnverifiedSdJwt};
use chop_formats::sd_jwt_vc::UnverifiedCredential;
use chop_model::{Coded, UnixTime};
use serde_json::{Value, json};

use crate::checks::{hold, write_bad};
use crate::draft::{Draft, EXPECTED, NOW, digest, disclosure, jws};

#[test]
fn every_duty_has_its_bad_presentation() {
    hold("sd_jwt", &|bytes| refusal(std::str::from_utf8(bytes).unwrap()));
}

#[test]
fn the_good_ones_are_accepted_and_bad_files_are_as_they_are_made() {
    for (name, text) in good() {
        assert_eq!(refusal(&text), None, "{name}");
        assert_eq!(std::fs::read_to_string(folder("good").join(name)).unwrap(), text, "{name}");
    }
    for (name, text) in bad() {
        let kept = std::fs::read(folder("bad").join(name)).unwrap();
        assert!(kept == text.as_bytes(), "{name} differs; run the ignored test write_testdata");
    }
}

#[test]
#[ignore = "writes testdata anew after a wire form has changed"]
fn write_testdata() {
    let files = bad();
    write_bad("sd_jwt", &files.iter().map(|(n, t)| (*n, t.clone().into_bytes())).collect::<Vec<_>>());
    std::fs::create_dir_all(folder("good")).unwrap();
    for (name, text) in good() {
        std::fs::write(folder("good").join(name), text).unwrap();
    }
}

#[test]
fn a_verifier_that_asks_for_no_key_binding_does_not_judge_one() {
    let mut draft = Draft::new();
    draft.kb_signer = draft.cast.stranger;
    let parse = |text: &str| UnverifiedSdJwt::parse(text).unwrap();
    let key = draft.cast.issuer_key();
    let rule = TypeRule::Exactly("dc+sd-jwt");
    assert!(parse(&draft.compact()).verify(&key, rule, NOW).is_ok());
    let asked = parse(&draft.compact()).verify_presentation(&key, rule, &EXPECTED, NOW);
    assert_eq!(asked.err(), Some(SdJwtError::BadHolderSignature));
}

#[test]
fn a_holder_takes_no_presentation_as_a_credential() {
    let mut draft = Draft::new();
    assert_eq!(Held::read(&draft.compact()).err(), Some(SdJwtError::UnexpectedKeyBinding));
    let verified = UnverifiedSdJwt::parse(&draft.compact()).unwrap();
    let verified = verified.verify(&draft.cast.issuer_key(), TypeRule::AnySdJwt, NOW).unwrap();
    assert_eq!(verified.into_held().err(), Some(SdJwtError::UnexpectedKeyBinding));
    draft.binds = false;
    assert!(Held::read(&draft.compact()).is_ok());
}

#[test]
fn types_are_judged_by_the_callers_rule() {
    let with = |header: &str, rule: TypeRule<'_>| {
        let draft = Draft { header: header.into(), ..Draft::new() };
        let key = draft.cast.issuer_key();
        UnverifiedSdJwt::parse(&draft.compact()).and_then(|s| s.verify(&key, rule, NOW)).err()
    };
    for typ in [r#","typ":"example+sd-jwt""#, r#","typ":"dc+sd-jwt""#, r#","typ":"sd-jwt""#, ""] {
        assert_eq!(with(&format!(r#"{{"alg":"ES256"{typ}}}"#), TypeRule::AnySdJwt), None, "{typ}");
    }
    for typ in ["JWT", "kb+jwt", "sd-jwt+json"] {
        let header = format!(r#"{{"alg":"ES256","typ":"{typ}"}}"#);
        assert_eq!(with(&header, TypeRule::AnySdJwt), Some(SdJwtError::WrongType), "{typ}");
    }
    let none = with(r#"{"alg":"ES256"}"#, TypeRule::Exactly("dc+sd-jwt"));
    assert_eq!(none, Some(SdJwtError::WrongType));
}

#[test]
fn age_and_skew_have_sharp_edges() {
    let judge = |iat: i64, max_age: Option<i64>, now: i64| {
        let mut draft = Draft::new();
        draft.kb["iat"] = iat.into();
        let expected = KeyBinding { max_age, ..EXPECTED };
        let parsed = UnverifiedSdJwt::parse(&draft.compact()).unwrap();
        let key = draft.cast.issuer_key();
        parsed.verify_presentation(&key, TypeRule::AnySdJwt, &expected, UnixTime(now)).err()
    };
    let now = NOW.0;
    assert_eq!(judge(now + 300, None, now), None);
    assert_eq!(judge(now + 301, None, now), Some(SdJwtError::KeyBindingInFuture));
    assert_eq!(judge(now - 60, Some(60), now), None);
    assert_eq!(judge(now - 61, Some(60), now), Some(SdJwtError::KeyBindingTooOld));
    assert_eq!(judge(0, None, now), None, "age is judged only where the caller asks");
    assert_eq!(judge(1_799_999_999, None, 1_799_999_999), None);
    assert_eq!(judge(1_800_000_000, None, 1_800_000_000), Some(SdJwtError::Expired));
}

#[test]
fn sizes_and_counts_are_bounded() {
    let parse = |text: &str| UnverifiedSdJwt::parse(text).err();
    let mut draft = Draft::new();
    let jwt = draft.jwt();
    let too_large = format!("{jwt}~{}~", "A".repeat(chop_formats::sd_jwt::MAX_BYTES));
    assert_eq!(parse(&too_large), Some(SdJwtError::TooLarge));
    let many = format!("{jwt}~{}", "AA~".repeat(chop_formats::sd_jwt::MAX_DISCLOSURES + 1));
    assert_eq!(parse(&many), Some(SdJwtError::TooMany));
    let digests: Vec<_> = (0..=chop_formats::sd_jwt::MAX_DIGESTS).map(|i| i.to_string()).collect();
    draft.payload["_sd"] = json!(digests);
    draft.disclosures.clear();
    assert_eq!(refusal(&draft.compact()), Some("sd-jwt.too-many"));
    let mut general = Draft::new().general();
    let one = general["signatures"][1].clone();
    general["signatures"].as_array_mut().unwrap().extend(vec![one; 8]);
    assert_eq!(parse(&general.to_string()), Some(SdJwtError::TooMany));
}

#[test]
fn random_bytes_never_bring_the_reader_down() {
    use chop_crypto::Random;
    let random = chop_crypto::testing::SeededRandom::new("junk");
    let good = Draft::new().compact().into_bytes();
    for _ in 0..2000 {
        let mut at = [0u8; 3];
        random.fill(&mut at).unwrap();
        let mut bytes = good.clone();
        let place = usize::from(u16::from_be_bytes([at[0], at[1]])) % bytes.len();
        bytes[place] = at[2];
        bytes.truncate(bytes.len() - place % 7);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            let _ = refusal(text);
        }
    }
}

/// How the verifier of every draft judges: as a credential, presented under a grant.
pub(crate) fn refusal(text: &str) -> Option<&'static str> {
    let key = crate::draft::Cast::new().issuer_key();
    let judged = UnverifiedCredential::parse(text).and_then(|c| c.verify_presentation(&key, &EXPECTED, NOW));
    judged.err().map(|error| error.code())
}

fn folder(kind: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/sd_jwt").join(kind)
}

fn good() -> Vec<(&'static str, String)> {
    let draft = Draft::new();
    vec![
        ("presentation", draft.compact()),
        ("presentation-flattened.json", draft.flattened().to_string()),
        ("presentation-general.json", draft.general().to_string()),
        ("recursive", with(|d| recursive(d, true))),
        ("no-sd-alg", with(|d| drop(d.payload.as_object_mut().unwrap().remove("_sd_alg")))),
        ("empty-sd", with(|d| d.payload["more"] = json!({"_sd": []}))),
        ("unknown-header-field", header(r#"{"alg":"ES256","typ":"dc+sd-jwt","x":{"y":1}}"#)),
    ]
}

fn with(change: impl FnOnce(&mut Draft)) -> String {
    let mut draft = Draft::new();
    change(&mut draft);
    draft.compact()
}

fn header(header: &str) -> String {
    with(|d| d.header = header.into())
}

fn kb_header(header: &str) -> String {
    with(|d| d.kb_header = header.into())
}

/// A claim of the payload set to `value`.
fn claim(name: &str, value: Value) -> String {
    with(|d| d.payload[name] = value)
}

/// A claim of the key binding set to `value`; `null` removes it.
fn kb(name: &str, value: Value) -> String {
    with(|d| d.kb[name] = value)
}

/// One disclosure more, with its digest in the top `_sd`.
fn disclosed(json: &str) -> String {
    with(|d| d.disclose(json))
}

/// A disclosed object that holds a disclosed claim; `whole` sends the parent as well.
fn recursive(draft: &mut Draft, whole: bool) {
    let child = disclosure(r#"["salt-of-the-child", "grade", "A"]"#);
    let parent =
        disclosure(&format!(r#"["salt-of-the-parent", "course", {{"_sd": ["{}"]}}]"#, digest(&child)));
    draft.payload["_sd"].as_array_mut().unwrap().push(digest(&parent).into());
    draft.disclosures.push(child);
    if whole {
        draft.disclosures.push(parent);
    }
}

fn flattened(change: impl FnOnce(&mut Value)) -> String {
    let mut json = Draft::new().flattened();
    change(&mut json);
    json.to_string()
}

fn general(change: impl FnOnce(&mut Value)) -> String {
    let mut json = Draft::new().general();
    change(&mut json);
    json.to_string()
}

fn nested(open: &str, close: &str, depth: usize) -> String {
    format!("{}1{}", open.repeat(depth), close.repeat(depth))
}

/// Disclosures inside each other, each shallow, together deeper than the bound.
fn chain_of_disclosures(draft: &mut Draft) {
    let mut inner = disclosure(r#"["salt", "bottom", 1]"#);
    for level in 0..70 {
        let outer = disclosure(&format!(r#"["salt {level}", "deeper", {{"_sd": ["{}"]}}]"#, digest(&inner)));
        draft.disclosures.push(std::mem::replace(&mut inner, outer));
    }
    draft.payload["_sd"].as_array_mut().unwrap().push(digest(&inner).into());
    draft.disclosures.push(inner);
}

/// Another representative of the disclosure's bytes: the unused bits of its last character are set.
fn not_canonical(draft: &mut Draft) {
    let text = disclosure(r#"["salt1", "odd", 1]"#);
    let changed = text.strip_suffix('Q').unwrap().to_owned() + "R";
    draft.payload["_sd"].as_array_mut().unwrap().push(digest(&changed).into());
    draft.disclosures.push(changed);
}

fn padded(draft: &mut Draft) {
    let text = disclosure(r#"["salt1", "odd", 1]"#) + "==";
    draft.payload["_sd"].as_array_mut().unwrap().push(digest(&text).into());
    draft.disclosures.push(text);
}

fn bad() -> Vec<(&'static str, String)> {
    let mut all = form();
    all.extend(issuer_jwt());
    all.extend(disclosures());
    all.extend(digests());
    all.extend(times());
    all.extend(key_bindings());
    all.extend(json_forms());
    all.extend(crate::vc::bad());
    all
}

fn form() -> Vec<(&'static str, String)> {
    let draft = Draft::new();
    vec![
        ("no-tilde", draft.jwt()),
        ("empty-disclosure", draft.compact().replacen('~', "~~", 1)),
        ("trailing-newline", draft.compact() + "\n"),
        ("no-jwt", format!("~{}~", draft.disclosures[0])),
        ("two-parts", with(|_| ()).replacen('.', "", 1)),
        ("payload-not-json", with(|d| d.payload_bytes = Some(b"{\"iss\":".to_vec()))),
        ("payload-not-object", with(|d| d.payload_bytes = Some(b"[]".to_vec()))),
        ("payload-bom", with(|d| d.payload_bytes = Some(format!("\u{feff}{}", d.payload).into_bytes()))),
        (
            "payload-duplicate-key",
            with(|d| {
                d.payload_bytes = Some(d.payload.to_string().replacen('{', r#"{"sub":"x","#, 1).into_bytes());
            }),
        ),
        (
            "payload-depth-200",
            with(|d| {
                let deep = format!(r#"{{"deep":{},"#, nested("[", "]", 200));
                d.payload_bytes = Some(d.payload.to_string().replacen('{', &deep, 1).into_bytes());
            }),
        ),
    ]
}

fn issuer_jwt() -> Vec<(&'static str, String)> {
    let jwk = Draft::new().payload["cnf"]["jwk"].to_string();
    vec![
        ("alg-none", {
            let text = header(r#"{"alg":"none","typ":"dc+sd-jwt"}"#);
            let (jwt, rest) = text.split_once('~').unwrap();
            format!("{}.~{rest}", jwt.rsplit_once('.').unwrap().0)
        }),
        ("alg-none-with-signature", header(r#"{"alg":"none","typ":"dc+sd-jwt"}"#)),
        ("alg-hs256", header(r#"{"alg":"HS256","typ":"dc+sd-jwt"}"#)),
        ("alg-mismatch", header(r#"{"alg":"ES384","typ":"dc+sd-jwt"}"#)),
        ("alg-missing", header(r#"{"typ":"dc+sd-jwt"}"#)),
        ("typ-jwt", header(r#"{"alg":"ES256","typ":"JWT"}"#)),
        ("typ-of-key-binding", header(r#"{"alg":"ES256","typ":"kb+jwt"}"#)),
        ("crit", header(r#"{"alg":"ES256","typ":"dc+sd-jwt","crit":["x"],"x":1}"#)),
        ("key-in-header", header(&format!(r#"{{"alg":"ES256","typ":"dc+sd-jwt","jwk":{jwk}}}"#))),
        ("header-duplicate-key", header(r#"{"alg":"none","alg":"ES256","typ":"dc+sd-jwt"}"#)),
        ("issued-by-another", with(|d| d.issuer = d.cast.stranger)),
        ("payload-changed", {
            let other = with(|d| d.payload["sub"] = "holder-2".into());
            let good = Draft::new().compact();
            let parts: Vec<&str> = good.splitn(3, '.').collect();
            format!("{}.{}.{}", parts[0], other.split('.').nth(1).unwrap(), parts[2])
        }),
        ("sd-alg-unknown", claim("_sd_alg", json!("sha-1"))),
        ("sd-alg-sha-384", claim("_sd_alg", json!("sha-384"))),
        ("sd-alg-truncated", claim("_sd_alg", json!("sha-256-32"))),
        ("sd-alg-upper-case", claim("_sd_alg", json!("SHA-256"))),
        ("sd-alg-not-text", claim("_sd_alg", json!(null))),
        ("sd-alg-nested", claim("address", json!({"_sd_alg": "sha-256"}))),
        ("sd-alg-in-disclosure", disclosed(r#"["salt", "more", {"_sd_alg": "sha-256"}]"#)),
        ("sd-alg-disclosed", disclosed(r#"["salt", "_sd_alg", "sha-256"]"#)),
    ]
}

fn disclosures() -> Vec<(&'static str, String)> {
    vec![
        ("disclosure-not-base64url", with(padded)),
        ("disclosure-not-canonical", with(not_canonical)),
        ("disclosure-not-json", disclosed(r#"["salt", "name", "#)),
        ("disclosure-is-object", disclosed(r#"{"salt": "name"}"#)),
        ("disclosure-duplicate-key", disclosed(r#"["salt", "name", {"a": 1, "a": 2}]"#)),
        ("disclosure-too-deep", disclosed(&format!(r#"["salt", "name", {}]"#, nested("[", "]", 200)))),
        ("disclosure-salt-is-number", disclosed(r#"[1, "name", 1]"#)),
        ("disclosure-name-is-number", disclosed(r#"["salt", 1, 1]"#)),
        ("disclosure-of-one", disclosed(r#"["salt"]"#)),
        ("disclosure-of-four", disclosed(r#"["salt", "name", 1, 2]"#)),
        ("element-disclosure-in-object", disclosed(r#"["salt", "value"]"#)),
        (
            "object-disclosure-in-array",
            with(|d| {
                let text = disclosure(r#"["salt", "name", 1]"#);
                d.payload["nationalities"] =
                    json!([{"...": digest(&d.disclosures[2])}, {"...": digest(&text)}]);
                d.disclosures.push(text);
            }),
        ),
        ("disclosure-named-sd", disclosed(r#"["salt", "_sd", ["x"]]"#)),
        ("disclosure-named-dots", disclosed(r#"["salt", "...", "x"]"#)),
        ("disclosed-over-an-open-claim", disclosed(r#"["salt", "sub", "somebody else"]"#)),
        (
            "disclosed-twice-under-one-name",
            with(|d| {
                d.disclose(r#"["salt 1", "name", 1]"#);
                d.disclose(r#"["salt 2", "name", 2]"#);
            }),
        ),
        ("disclosure-unreferenced", with(|d| d.disclosures.push(disclosure(r#"["salt", "name", 1]"#)))),
        ("disclosure-sent-twice", with(|d| d.disclosures.push(d.disclosures[0].clone()))),
        ("disclosure-without-its-parent", with(|d| recursive(d, false))),
        (
            "disclosure-changed",
            with(|d| {
                d.disclosures[0] = disclosure(r#"["salt-of-the-given-name", "given_name", "大明"]"#);
            }),
        ),
        ("chain-of-disclosures-too-deep", with(chain_of_disclosures)),
    ]
}

fn digests() -> Vec<(&'static str, String)> {
    let given = digest(&Draft::new().disclosures[0]);
    let country = |value: Value| claim("country", value);
    vec![
        ("sd-is-object", claim("_sd", json!({}))),
        ("sd-is-text", claim("_sd", json!("digest"))),
        ("sd-holds-a-number", claim("_sd", json!([given, 1]))),
        ("sd-in-disclosure-is-text", disclosed(r#"["salt", "more", {"_sd": "digest"}]"#)),
        ("dots-with-another-key", claim("list", json!([{"...": "digest", "x": 1}]))),
        ("dots-not-text", claim("list", json!([{"...": 1}]))),
        ("dots-outside-an-array", country(json!({"...": "digest"}))),
        ("digest-twice-in-one-list", claim("_sd", json!([given, given]))),
        ("digest-twice-across-levels", claim("other", json!({"_sd": [given]}))),
        ("digest-twice-in-object-and-array", claim("list", json!([{"...": digest("decoy")}]))),
        ("digest-of-decoy-twice", claim("other", json!({"_sd": [digest("decoy")]}))),
        (
            "digest-twice-through-a-disclosure",
            with(|d| {
                let again = digest(&d.disclosures[1]);
                d.disclose(&format!(r#"["salt", "more", {{"_sd": ["{again}"]}}]"#));
            }),
        ),
    ]
}

fn times() -> Vec<(&'static str, String)> {
    vec![
        ("expired", claim("exp", json!(NOW.0))),
        ("not-yet-valid", claim("nbf", json!(NOW.0 + 1))),
        ("issued-in-future", claim("iat", json!(NOW.0 + 301))),
        ("exp-is-text", claim("exp", json!("1800000000"))),
        ("exp-out-of-range", claim("exp", json!(1e300))),
        ("aud-of-issuer-is-another", claim("aud", json!(["https://other.example"]))),
        ("aud-of-issuer-is-number", claim("aud", json!(1))),
    ]
}

fn key_bindings() -> Vec<(&'static str, String)> {
    let jwk = Draft::new().payload["cnf"]["jwk"].to_string();
    vec![
        ("kb-missing", with(|d| d.binds = false)),
        ("kb-not-a-jws", Draft::new().sd() + "x"),
        ("cnf-missing", with(|d| drop(d.payload.as_object_mut().unwrap().remove("cnf")))),
        ("cnf-without-jwk", claim("cnf", json!({"kid": "1"}))),
        (
            "cnf-off-the-curve",
            with(|d| {
                let x = d.payload["cnf"]["jwk"]["x"].clone();
                d.payload["cnf"]["jwk"]["y"] = x;
            }),
        ),
        ("kb-by-another-key", with(|d| d.kb_signer = d.cast.stranger)),
        ("kb-alg-none", kb_header(r#"{"alg":"none","typ":"kb+jwt"}"#)),
        ("kb-alg-hs256", kb_header(r#"{"alg":"HS256","typ":"kb+jwt"}"#)),
        ("kb-typ-missing", kb_header(r#"{"alg":"ES256"}"#)),
        ("kb-typ-jwt", kb_header(r#"{"alg":"ES256","typ":"JWT"}"#)),
        ("kb-is-a-grant", kb_header(&format!(r#"{{"alg":"ES256","typ":"chop-grant+jwt","jwk":{jwk}}}"#))),
        ("kb-crit", kb_header(r#"{"alg":"ES256","typ":"kb+jwt","crit":["exp"]}"#)),
        ("kb-key-in-header", kb_header(&format!(r#"{{"alg":"ES256","typ":"kb+jwt","jwk":{jwk}}}"#))),
        ("kb-iat-missing", kb("iat", json!(null))),
        ("kb-iat-text", kb("iat", json!("now"))),
        ("kb-in-future", kb("iat", json!(NOW.0 + 301))),
        ("kb-too-old", kb("iat", json!(NOW.0 - 601))),
        ("kb-aud-missing", kb("aud", json!(null))),
        ("kb-aud-array", kb("aud", json!([crate::draft::AUD]))),
        ("kb-aud-array-with-another", kb("aud", json!([crate::draft::AUD, "https://other.example"]))),
        ("kb-aud-without-prefix", kb("aud", json!(crate::draft::AUD.trim_start_matches("x509_hash:")))),
        ("kb-aud-other", kb("aud", json!("x509_hash:other"))),
        ("kb-nonce-missing", kb("nonce", json!(null))),
        ("kb-nonce-number", kb("nonce", json!(1_234_567_890))),
        ("kb-nonce-other", kb("nonce", json!("bm9uY2Utb2YtYW5vdGhlcg"))),
        ("kb-sd-hash-missing", kb("sd_hash", json!(null))),
        ("kb-sd-hash-wrong", kb("sd_hash", json!(digest("other")))),
        ("kb-sd-hash-hex", kb("sd_hash", json!("67".repeat(32)))),
        ("kb-disclosure-dropped-after", {
            let (full, mut less) = (Draft::new(), Draft::new());
            less.disclosures.pop();
            less.sd() + &full.key_binding()
        }),
        ("kb-disclosure-added-after", {
            let (mut less, full) = (Draft::new(), Draft::new());
            less.disclosures.pop();
            full.sd() + &less.key_binding()
        }),
        ("kb-disclosures-swapped-after", {
            let (full, mut other) = (Draft::new(), Draft::new());
            other.disclosures.swap(0, 1);
            other.sd() + &full.key_binding()
        }),
        ("kb-of-another-credential", {
            let (one, mut other) = (Draft::new(), Draft::new());
            other.payload["sub"] = "holder-2".into();
            other.sd() + &one.key_binding()
        }),
        ("kb-grant-missing", kb("chop_grant", json!(null))),
        ("kb-grant-other", kb("chop_grant", json!(digest("other grant")))),
        ("kb-grant-not-text", kb("chop_grant", json!(1))),
        ("kb-expired", kb("exp", json!(NOW.0 - 1))),
        ("kb-not-yet-valid", kb("nbf", json!(NOW.0 + 1))),
        ("kb-duplicate-key", {
            let draft = Draft::new();
            let claims = format!(
                r#"{{"nonce":"x","nonce":"{}","aud":"{}","iat":{},"sd_hash":"{}"}}"#,
                crate::draft::NONCE,
                crate::draft::AUD,
                NOW.0,
                digest(&draft.sd())
            );
            draft.sd() + &jws(&draft.cast, &draft.cast.holder, &draft.kb_header, claims.as_bytes())
        }),
    ]
}

fn json_forms() -> Vec<(&'static str, String)> {
    vec![
        ("json-no-payload.json", flattened(|j| drop(j.as_object_mut().unwrap().remove("payload")))),
        ("json-no-signature.json", flattened(|j| drop(j.as_object_mut().unwrap().remove("signature")))),
        (
            "json-signature-changed.json",
            flattened(|j| {
                let changed = j["signature"].as_str().unwrap().replacen(|c| c != 'A', "A", 1);
                j["signature"] = changed.into();
            }),
        ),
        ("json-kb-missing.json", flattened(|j| drop(j["header"].as_object_mut().unwrap().remove("kb_jwt")))),
        ("json-kb-not-text.json", flattened(|j| j["header"]["kb_jwt"] = json!(1))),
        (
            "json-disclosure-dropped.json",
            flattened(|j| {
                j["header"]["disclosures"].as_array_mut().unwrap().pop();
            }),
        ),
        ("json-disclosures-not-list.json", flattened(|j| j["header"]["disclosures"] = json!("x"))),
        (
            "json-two-disclosures-as-one.json",
            flattened(|j| {
                let joined = Draft::new().disclosures.join("~");
                j["header"]["disclosures"] = json!([joined]);
            }),
        ),
        ("json-alg-in-unprotected-header.json", flattened(|j| j["header"]["alg"] = json!("ES256"))),
        ("json-both-forms.json", general(|j| j["signature"] = j["signatures"][0]["signature"].clone())),
        ("json-no-signatures.json", general(|j| j["signatures"] = json!([]))),
        (
            "json-disclosures-in-second-header.json",
            general(|j| {
                j["signatures"][1]["header"]["disclosures"] = json!([]);
            }),
        ),
        (
            "json-kb-in-second-header.json",
            general(|j| {
                j["signatures"][1]["header"]["kb_jwt"] = j["signatures"][0]["header"]["kb_jwt"].clone();
            }),
        ),
        (
            "json-signed-by-strangers-only.json",
            general(|j| {
                let second = j["signatures"][1].clone();
                j["signatures"][0]["signature"] = second["signature"].clone();
            }),
        ),
        ("json-duplicate-key.json", flattened(|_| ()).replacen('{', r#"{"payload":"e30","#, 1)),
        ("json-trailing-bytes.json", flattened(|_| ()) + "{}"),
    ]
}
