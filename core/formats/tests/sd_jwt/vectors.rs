//! The twelve cases of `../shared/vectors/sd-jwt`, made by the reference implementation.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chop_crypto::encoding::array_from_base64url;
use chop_crypto::{KeyId, KeyPurpose, P256PublicKey, Secret, SigningDomain, SoftwareKeys};
use chop_formats::claim_path::{ClaimPath, PathElement};
use chop_formats::sd_jwt::{Held, KeyBinding, TypeRule, UnverifiedSdJwt};
use chop_model::UnixTime;
use serde_json::{Value, json};

#[test]
fn what_the_reference_issued_is_read_and_verified() {
    for case in cases() {
        let issued = case.text("sd_jwt_issuance.txt");
        let unverified = UnverifiedSdJwt::parse(&issued).unwrap();
        let verified = unverified.verify(&case.issuer(), TypeRule::AnySdJwt, case.now()).unwrap();
        let user = case.json("user_claims.json");
        for (name, value) in user.as_object().unwrap() {
            assert_eq!(value, &verified.claims()[name], "{}: {name}", case.name);
        }
        assert_eq!(verified.into_held().unwrap().text(), issued, "{}", case.name);
    }
}

#[test]
fn what_the_reference_presented_gives_its_verified_contents() {
    for case in cases() {
        let unverified = UnverifiedSdJwt::parse(&case.text("sd_jwt_presentation.txt")).unwrap();
        let claims = match case.binding() {
            Some(binding) => unverified
                .verify_presentation(&case.issuer(), TypeRule::AnySdJwt, &binding.expected(), case.now())
                .unwrap_or_else(|e| panic!("{}: {e}", case.name))
                .claims()
                .clone(),
            None => unverified
                .verify(&case.issuer(), TypeRule::AnySdJwt, case.now())
                .unwrap_or_else(|e| panic!("{}: {e}", case.name))
                .claims()
                .clone(),
        };
        assert_eq!(claims, case.json("verified_contents.json"), "{}", case.name);
    }
}

#[test]
fn what_the_specification_selects_is_what_we_select() {
    for case in cases() {
        let held = Held::read(&case.text("sd_jwt_issuance.txt")).unwrap();
        let selection = held.select(&case.selected()).unwrap();
        let theirs = case.text("sd_jwt_presentation.txt");
        assert_eq!(disclosures(selection.sd_jwt()), disclosures(&theirs), "{}", case.name);
        assert_eq!(selection.shown().unwrap(), case.json("verified_contents.json"), "{}", case.name);
    }
}

#[test]
fn what_we_present_in_their_name_verifies() {
    for case in cases() {
        let Some(binding) = case.binding() else { continue };
        let held = Held::read(&case.text("sd_jwt_issuance.txt")).unwrap();
        let (keys, id) = case.holder();
        let unsigned = held.select(&case.selected()).unwrap();
        let unsigned = unsigned.bind(&binding.aud, &binding.nonce, case.now(), None).unwrap();
        let signature = keys.sign(&id, SigningDomain::KeyBinding, unsigned.signing_input()).unwrap();
        let presented = UnverifiedSdJwt::parse(&unsigned.finish(&signature)).unwrap();
        let verified = presented
            .verify_presentation(&case.issuer(), TypeRule::AnySdJwt, &binding.expected(), case.now())
            .unwrap();
        assert_eq!(verified.claims(), &case.json("verified_contents.json"), "{}", case.name);
    }
}

struct Case {
    name: String,
    folder: PathBuf,
}

struct Binding {
    aud: String,
    nonce: String,
}

impl Binding {
    fn expected(&self) -> KeyBinding<'_> {
        KeyBinding { aud: &self.aud, nonce: &self.nonce, max_age: Some(0), chop_grant: None }
    }
}

fn cases() -> Vec<Case> {
    let Some(folder) = shared_vectors() else { return Vec::new() };
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(folder.join("sd-jwt")).unwrap() {
        let folder = entry.unwrap().path();
        if folder.is_dir() {
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            cases.push(Case { name, folder });
        }
    }
    assert_eq!(cases.len(), 12);
    cases
}

/// The vectors beside the clone. CI has them; elsewhere their absence is said aloud.
#[expect(clippy::disallowed_methods, reason = "a test asks whether CI runs it")]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn shared_vectors() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors"));
    if folder.is_dir() {
        return Some(folder.to_owned());
    }
    assert!(std::env::var_os("CI").is_none(), "../shared/vectors is missing");
    eprintln!("skipped: ../shared/vectors is missing");
    None
}

impl Case {
    fn text(&self, file: &str) -> String {
        std::fs::read_to_string(self.folder.join(file)).unwrap().trim().to_owned()
    }

    fn json(&self, file: &str) -> Value {
        serde_json::from_str(&self.text(file)).unwrap()
    }

    fn binding(&self) -> Option<Binding> {
        self.folder.join("kb_jwt_payload.json").exists().then(|| {
            let payload = self.json("kb_jwt_payload.json");
            let text = |name: &str| payload[name].as_str().unwrap().to_owned();
            Binding { aud: text("aud"), nonce: text("nonce") }
        })
    }

    fn now(&self) -> UnixTime {
        match self.folder.join("kb_jwt_payload.json").exists() {
            true => UnixTime(self.json("kb_jwt_payload.json")["iat"].as_i64().unwrap()),
            false => UnixTime(1_700_000_000),
        }
    }

    fn setting(&self, section: &str, name: &str) -> String {
        let all =
            std::fs::read_to_string(self.folder.parent().unwrap().join("settings-examples.yml")).unwrap();
        let section = all.split_once(&format!("{section}:")).unwrap().1;
        let line = section.lines().find_map(|line| line.trim().strip_prefix(&format!("{name}: ")));
        line.unwrap().to_owned()
    }

    fn issuer(&self) -> P256PublicKey {
        let coordinate = |name| array_from_base64url(&self.setting("issuer_key", name)).unwrap();
        P256PublicKey::from_coordinates(&coordinate("x"), &coordinate("y")).unwrap()
    }

    fn holder(&self) -> (SoftwareKeys, KeyId) {
        let scalar = Secret::new(array_from_base64url(&self.setting("holder_key", "d")).unwrap());
        let mut keys = SoftwareKeys::default();
        let key = keys.insert(KeyId([1; 16]), KeyPurpose::Credential, scalar).unwrap();
        (keys, key.id)
    }

    /// The paths that `holder_disclosed_claims` of the specification marks as true.
    fn selected(&self) -> Vec<ClaimPath> {
        let all = self.text("specification.yml");
        let section = all.split_once("holder_disclosed_claims:").unwrap().1;
        let lines: Vec<&str> = section
            .lines()
            .skip(1)
            .filter(|line| !line.trim().is_empty())
            .take_while(|line| line.starts_with(' '))
            .collect();
        let mut paths = Vec::new();
        collect_true(&read_block(&lines), &mut Vec::new(), &mut paths);
        paths
    }
}

/// As much YAML as the specifications use under `holder_disclosed_claims`: maps and lists by
/// indentation, lists in brackets, true and false.
fn read_block(lines: &[&str]) -> Value {
    let Some(first) = lines.first() else { return json!({}) };
    let indent = first.len() - first.trim_start().len();
    let (mut map, mut list) = (serde_json::Map::new(), Vec::new());
    let starts: Vec<usize> =
        (0..lines.len()).filter(|i| lines[*i].len() - lines[*i].trim_start().len() == indent).collect();
    for (n, start) in starts.iter().enumerate() {
        let inner = &lines[start + 1..*starts.get(n + 1).unwrap_or(&lines.len())];
        let line = lines[*start].trim();
        if let Some(item) = line.strip_prefix("- ") {
            list.push(serde_json::from_str(&item.to_lowercase()).unwrap());
        } else {
            let (key, value) = line.rsplit_once(':').unwrap();
            let value = match value.trim() {
                "" => read_block(inner),
                value => serde_json::from_str(&value.to_lowercase()).unwrap(),
            };
            map.insert(plain(key).to_owned(), value);
        }
    }
    if list.is_empty() { Value::Object(map) } else { Value::Array(list) }
}

fn collect_true(value: &Value, at: &mut Vec<PathElement>, paths: &mut Vec<ClaimPath>) {
    let mut inside = |element, value| {
        at.push(element);
        collect_true(value, at, paths);
        at.pop();
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(k, v)| inside(PathElement::Key(k.clone()), v)),
        Value::Array(list) => list.iter().enumerate().for_each(|(i, v)| inside(PathElement::Index(i), v)),
        Value::Bool(true) => paths.push(ClaimPath::new(at.clone()).unwrap()),
        _ => {}
    }
}

/// Names come as `"18"`, `'["Test"]'` or `given_name`.
fn plain(name: &str) -> &str {
    let inner = |quote| name.strip_prefix(quote).and_then(|n| n.strip_suffix(quote));
    inner('\'').or_else(|| inner('"')).unwrap_or(name)
}

fn disclosures(text: &str) -> BTreeSet<&str> {
    let (sd, _) = text.rsplit_once('~').unwrap();
    sd.split('~').skip(1).collect()
}
