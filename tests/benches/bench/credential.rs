//! Issue, present and verify, beside bare ring and beside sd-jwt-rs.

use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use chop_crypto::encoding::from_base64url;
use chop_crypto::{KeyPurpose, KeyRef, OsRandom, SigningDomain, SoftwareKeys};
use chop_formats::claim_path::ClaimPath;
use chop_formats::jose::jwk;
use chop_formats::sd_jwt::{Held, Issuance, KeyBinding, TypeRule, UnverifiedSdJwt, issue};
use chop_model::UnixTime;
use serde_json::{Map, Value, json};

use crate::Rows;
use crate::measure::{compare, median, time};
use crate::reference::process::Reference;
use crate::reference::ring::{Signed, Signer, verify};
use crate::report::Row;

/// Three rows against ring, three against sd-jwt-rs.
pub(crate) fn rows(peer: &Path) -> Rows {
    let house = House::new()?;
    let issued = house.issue()?;
    let held = Held::read(&issued)?;
    let presentation = house.present(&held)?;
    let issuer_signed = signed_part(&issued, &house.issuer)?;
    let both = [
        issuer_signed,
        signed_part(&presentation[presentation.rfind('~').unwrap_or(0) + 1..], &house.holder)?,
    ];
    let signer = Signer::new();

    let verifying = compare(
        ROUNDS,
        || black_box(house.verify(&presentation)).map_or_else(|_| failed(), drop),
        || both.iter().for_each(|signed| verify(black_box(signed))),
    );
    let presenting = compare(
        ROUNDS,
        || drop(black_box(house.present(&held)).unwrap_or_else(|_| failed())),
        || signer.sign(black_box(&both[1].message)),
    );
    let issuing = compare(
        ROUNDS,
        || drop(black_box(house.issue()).unwrap_or_else(|_| failed())),
        || signer.sign(black_box(&both[0].message)),
    );
    let mut rows = vec![
        Row::of("verify SD-JWT+KB, 8 of 20 disclosed | two ring verifications", &verifying, 1.25),
        Row::of("present 8 of 20 with key binding | one ring signature", &presenting, 2.0),
        Row::of("issue 20 selectively disclosable claims | one ring signature", &issuing, 2.5),
    ];
    rows.extend(peer_rows(&house, &held, &presentation, peer)?);
    Ok(rows)
}

/// sd-jwt-rs does the same with the same claims in a process of its own (`tests/peer`), round by round.
fn peer_rows(house: &House, held: &Held, presentation: &str, peer: &Path) -> Rows {
    let mut peer = Reference::start(&mut Command::new(peer))?;
    let mut row = |name: &str, question: &str, work: &mut dyn FnMut()| {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..PEER_ROUNDS {
            ours.push(time(PEER_BATCH, &mut || work()));
            let [took] = peer.ask(&format!("{question} {PEER_BATCH}"))?;
            theirs.push(took);
        }
        Ok::<_, Box<dyn Error>>(Row::new(name, median(&mut ours), median(&mut theirs), 1.0, "us"))
    };
    Ok(vec![
        row("verify SD-JWT+KB, 8 of 20 disclosed | sd-jwt-rs 0.7.1", "verify", &mut || {
            black_box(house.verify(presentation)).map_or_else(|_| failed(), drop);
        })?,
        row("present 8 of 20 with key binding | sd-jwt-rs 0.7.1", "present", &mut || {
            drop(black_box(house.present(held)).unwrap_or_else(|_| failed()));
        })?,
        row("issue 20 selectively disclosable claims | sd-jwt-rs 0.7.1", "issue", &mut || {
            drop(black_box(house.issue()).unwrap_or_else(|_| failed()));
        })?,
    ])
}

struct House {
    keys: SoftwareKeys,
    issuer: KeyRef,
    holder: KeyRef,
    claims: Map<String, Value>,
    disclosable: Vec<ClaimPath>,
    chosen: Vec<ClaimPath>,
}

impl House {
    fn new() -> Result<Self, Box<dyn Error>> {
        let mut keys = SoftwareKeys::default();
        let issuer = keys.generate(&OsRandom, KeyPurpose::Issuer)?;
        let holder = keys.generate(&OsRandom, KeyPurpose::Credential)?;
        let mut claims: Map<String, Value> =
            (0..20).map(|at| (format!("claim_{at:02}"), json!(format!("value number {at}")))).collect();
        let disclosable: Vec<_> = claims.keys().map(|name| ClaimPath::key(name)).collect();
        // Open, as issuers have them; sd-jwt-rs cannot verify without.
        claims.insert("iss".to_owned(), json!("https://university.example"));
        claims.insert("exp".to_owned(), json!(4_000_000_000_u32));
        let chosen = disclosable.iter().take(8).cloned().collect();
        Ok(Self { keys, issuer, holder, claims, disclosable, chosen })
    }

    fn issue(&self) -> Result<String, Box<dyn Error>> {
        let issuance = Issuance {
            typ: TYP,
            x5c: &[],
            kid: None,
            claims: &self.claims,
            disclosable: &self.disclosable,
            holder: Some(self.holder.public.p256()?),
            pad_digests_to: 0,
        };
        Ok(issue(&OsRandom, &issuance, &|m| self.keys.sign(&self.issuer.id, SigningDomain::Credential, m))?)
    }

    fn present(&self, held: &Held) -> Result<String, Box<dyn Error>> {
        let unsigned = held.select(&self.chosen)?.bind(AUD, NONCE, NOW, None)?;
        let signature =
            self.keys.sign(&self.holder.id, SigningDomain::KeyBinding, unsigned.signing_input())?;
        Ok(unsigned.finish(&signature))
    }

    fn verify(&self, presentation: &str) -> Result<Value, Box<dyn Error>> {
        let asked = KeyBinding { aud: AUD, nonce: NONCE, max_age: Some(300), chop_grant: None };
        let sent = UnverifiedSdJwt::parse(presentation)?;
        let verified =
            sent.verify_presentation(self.issuer.public.p256()?, TypeRule::Exactly(TYP), &asked, NOW)?;
        Ok(verified.claims()["claim_07"].clone())
    }
}

/// Key, message and signature of the JWS at the start of `text`, as plain bytes.
fn signed_part(text: &str, key: &KeyRef) -> Result<Signed, Box<dyn Error>> {
    let jws = text.split('~').next().unwrap_or_default();
    let (message, signature) = jws.rsplit_once('.').ok_or("no signature")?;
    let key = key.public.p256()?;
    // The key is read as a verifier reads it, so that both sides verify under the same bytes.
    let key = jwk::from_value(&jwk::to_value(key))?.as_sec1().to_vec();
    Ok(Signed { key, message: message.as_bytes().to_vec(), signature: from_base64url(signature)? })
}

#[expect(clippy::panic, reason = "a failing step must not be measured")]
fn failed<T>() -> T {
    panic!("a step failed while it was measured")
}

const ROUNDS: usize = 301;
const PEER_ROUNDS: usize = 101;
const PEER_BATCH: u32 = 20;
const TYP: &str = "dc+sd-jwt";
const AUD: &str = "x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk";
const NONCE: &str = "n-0S6_WzA2Mj-0123456789";
const NOW: UnixTime = UnixTime(1_790_000_000);
