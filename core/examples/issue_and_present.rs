//! An issuer signs a transcript whose claims can be shown one by one; the holder shows two of them to
//! one verifier; the verifier sees these two and can show them to nobody else. RFC 9901, no wallet.
//!
//! ```text
//! cargo run --package chop-core --example issue_and_present
//! ```

#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use chop_core::plumbing::crypto::{KeyPurpose, OsRandom, SigningDomain, SoftwareKeys};
use chop_core::plumbing::formats::claim_path::ClaimPath;
use chop_core::plumbing::formats::sd_jwt::{Held, Issuance, KeyBinding};
use chop_core::plumbing::formats::sd_jwt_vc::{self, UnverifiedCredential};
use chop_core::plumbing::model::{Coded, UnixTime};
use chop_core::samples;

const NOW: UnixTime = UnixTime(1_795_219_200);
const VERIFIER: &str = "x509_hash:the-verifier";
const NONCE: &str = "q83vEjRWeJCrze8SNFZ4kA";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut keys = SoftwareKeys::default();
    let issuer = keys.generate(&OsRandom, KeyPurpose::Issuer)?;
    let holder = keys.generate(&OsRandom, KeyPurpose::Credential)?;

    // Issue: a digest in place of each field and course, its disclosure behind the signature.
    let transcript = samples::Transcript::read(samples::TRANSCRIPT)?;
    let mut claims = transcript.claims().clone();
    claims.insert("vct".into(), samples::TRANSCRIPT_VCT.into());
    let issuance = Issuance {
        typ: sd_jwt_vc::TYP,
        x5c: &[],
        kid: None,
        claims: &claims,
        disclosable: &transcript.disclosable(),
        holder: Some(holder.public.p256()?),
        pad_digests_to: 64,
    };
    let sign = |input: &[u8]| keys.sign(&issuer.id, SigningDomain::Credential, input);
    let credential = sd_jwt_vc::issue(&OsRandom, &issuance, &sign)?;
    println!("issued {} bytes, {} disclosures", credential.len(), credential.matches('~').count() - 1);

    // Present: prepare, sign with a key that stays where it is, finish.
    let chosen = [ClaimPath::key("award"), ClaimPath::key("gpa")];
    let unsigned = Held::read(&credential)?.select(&chosen)?.bind(VERIFIER, NONCE, NOW, None)?;
    let signature = keys.sign(&holder.id, SigningDomain::KeyBinding, unsigned.signing_input())?;
    let presentation = unsigned.finish(&signature);
    println!("presented {} bytes", presentation.len());

    // Verify: the issuer's key, this verifier, this nonce, this minute.
    let asked = |aud| KeyBinding { aud, nonce: NONCE, max_age: Some(60), chop_grant: None };
    let issuer_key = issuer.public.p256()?;
    let verified =
        UnverifiedCredential::parse(&presentation)?.verify_presentation(issuer_key, &asked(VERIFIER), NOW)?;
    println!("the verifier sees {}", verified.credential().claims());

    // Somebody else cannot use it.
    let elsewhere = UnverifiedCredential::parse(&presentation)?;
    match elsewhere.verify_presentation(issuer_key, &asked("x509_hash:somebody-else"), NOW) {
        Ok(_) => return Err("a presentation for one verifier passed at another".into()),
        Err(error) => println!("somebody else is told {}: {error}", error.code()),
    }
    Ok(())
}
