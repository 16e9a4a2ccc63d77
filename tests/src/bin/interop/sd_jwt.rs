//! SD-JWT: presentations by the reference implementation are verified here, ours are written for it.

use std::error::Error;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use chop_crypto::testing::{MemoryKeystore, SeededRandom};
use chop_crypto::{KeyPurpose, KeyRef, Keystore, SigningDomain};
use chop_formats::claim_path::{ClaimPath, PathElement};
use chop_formats::jose::jwk;
use chop_formats::sd_jwt::{Held, Issuance, KeyBinding, TypeRule, UnverifiedSdJwt, issue};
use chop_model::UnixTime;
use serde_json::{Value, json};

use crate::{Outcome, list, read_json, text, write_json};

/// Verifies `theirs.json`; writes `ours.json`.
pub(crate) fn answer(folder: &Path) -> Outcome {
    let theirs = read_json(&folder.join("theirs.json"))?;
    let issuer = jwk::from_value(&theirs["issuer"])?;
    for one in list(&theirs, "presentations")? {
        let name = text(one, "name")?;
        let sent = UnverifiedSdJwt::parse(text(one, "text")?)?;
        let claims = match one["nonce"].as_str() {
            None => sent.verify(&issuer, TypeRule::AnySdJwt, now()?)?.claims().clone(),
            Some(nonce) => {
                let asked =
                    KeyBinding { aud: text(one, "aud")?, nonce, max_age: Some(300), chop_grant: None };
                sent.verify_presentation(&issuer, TypeRule::AnySdJwt, &asked, now()?)?.claims().clone()
            }
        };
        if without_algorithm(claims) != one["payload"] {
            return Err(format!("{name}: we read another payload").into());
        }
    }
    let at = now()?;
    for bad in list(&theirs, "bad")? {
        let judged = UnverifiedSdJwt::parse(text(bad, "text")?)
            .and_then(|sent| sent.verify(&issuer, TypeRule::AnySdJwt, at));
        if judged.is_ok() {
            return Err(format!("{}: taken, although it is bad", text(bad, "name")?).into());
        }
    }
    write_json(&folder.join("ours.json"), &ours()?)?;
    Ok(format!("{} presentations of theirs verified", list(&theirs, "presentations")?.len()))
}

fn ours() -> Result<Value, Box<dyn Error>> {
    let keystore = MemoryKeystore::new(Box::new(SeededRandom::new("interop sd-jwt")));
    let (issuer, holder) =
        (keystore.generate(KeyPurpose::Issuer)?, keystore.generate(KeyPurpose::Credential)?);
    let issued = issued(&keystore, &issuer, &holder)?;
    let held = Held::read(&issued)?;
    let mut presentations = vec![json!({ "name": "as issued", "text": issued, "payload": held.claims() })];
    for (name, paths) in [
        ("nothing", vec![]),
        ("one at the top", vec![ClaimPath::key("姓名")]),
        ("one inside", vec![ClaimPath::key("address").then(PathElement::Key("city".to_owned()))?]),
        ("an element", vec![ClaimPath::key("courses").then(PathElement::Index(1))?]),
        ("all elements", vec![ClaimPath::key("courses").then(PathElement::All)?]),
    ] {
        let chosen = held.select(&paths)?;
        let shown = chosen.shown()?;
        let unbound = chosen.sd_jwt().to_owned();
        let bound = chosen.bind(AUD, NONCE, now()?, Some(&[7; 32]))?.sign(&keystore, &holder.id)?;
        presentations.push(json!({ "name": name, "text": unbound, "payload": shown }));
        presentations.push(json!({
            "name": format!("{name}, bound"), "text": bound, "payload": shown, "aud": AUD, "nonce": NONCE,
        }));
    }
    Ok(json!({ "issuer": jwk::to_value(issuer.public.p256()?), "presentations": presentations }))
}

/// Top level, nested, recursive and array disclosures, with decoys.
fn issued(keystore: &MemoryKeystore, issuer: &KeyRef, holder: &KeyRef) -> Result<String, Box<dyn Error>> {
    let claims = json!({
        "iss": "https://university.example", "vct": "urn:chop:demo:transcript",
        "姓名": "陳大文", "address": { "country": "MO", "city": "澳門", "lines": ["A", "B"] },
        "courses": [{ "code": "CS101" }, { "code": "CS102" }, "seminar"], "average": 3.75, "honours": true,
    });
    let Value::Object(claims) = claims else { return Err("not an object".into()) };
    let inside = |name: &str, element| ClaimPath::key(name).then(element);
    let disclosable = [
        ClaimPath::key("姓名"),
        ClaimPath::key("average"),
        ClaimPath::key("honours"),
        ClaimPath::key("address"),
        inside("address", PathElement::Key("city".to_owned()))?,
        inside("courses", PathElement::All)?,
    ];
    let issuance = Issuance {
        typ: "dc+sd-jwt",
        x5c: &[],
        kid: None,
        claims: &claims,
        disclosable: &disclosable,
        holder: Some(holder.public.p256()?),
        pad_digests_to: 8,
    };
    let sign = |message: &[u8]| keystore.sign(&issuer.id, SigningDomain::Credential, message);
    Ok(issue(&SeededRandom::new("interop salts"), &issuance, &sign)?)
}

/// The other side's payloads come without `_sd_alg`, ours do too where it was removed already.
fn without_algorithm(mut claims: Value) -> Value {
    if let Some(members) = claims.as_object_mut() {
        members.remove("_sd_alg");
    }
    claims
}

#[expect(clippy::disallowed_methods, reason = "the other side reads its clock, so this tool must too")]
fn now() -> Result<UnixTime, Box<dyn Error>> {
    Ok(UnixTime(i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?))
}

const AUD: &str = "x509_hash:ourselves";
const NONCE: &str = "bm9uY2Ugb2YgdGhlIGludGVyb3A";
