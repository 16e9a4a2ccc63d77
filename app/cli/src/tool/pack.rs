//! For publishers of packs: a key, and a signature with it. Nothing here opens a space.

use std::path::Path;

use chop_core::Clock;
use chop_core::plumbing::crypto::encoding::{array_from_base64url, to_base64url};
use chop_core::plumbing::crypto::{KeyId, KeyPurpose, KeyRef, OsRandom, Secret, SoftwareKeys};
use chop_core::plumbing::formats::jose::jwk;
use chop_core::plumbing::formats::json;
use chop_core::plumbing::formats::signed_pack::SignedPack;
use chop_samples::DemoKeys;
use serde_json::{Value, json};

use crate::args::{PackSignArgs, PackToolCommand};
use crate::edge::SystemClock;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::say::Say;

/// Runs one of the publisher's tools.
pub(crate) fn run(say: &Say, command: PackToolCommand) -> Result<Report, Failure> {
    match command {
        PackToolCommand::Key { out } => make_key(say, &out),
        PackToolCommand::Sign(args) => sign(say, &args),
    }
}

fn make_key(say: &Say, out: &Path) -> Result<Report, Failure> {
    let mut keys = SoftwareKeys::default();
    let key = keys.generate(&OsRandom, KeyPurpose::PackPublisher)?;
    let mut private = jwk::to_value(key.public.p256()?);
    for (_, scalar) in keys.dangerous_private_keys() {
        // EXPOSE: the publisher's own key file, written for its owner only (RFC 7518 section 6.2.2).
        private["d"] = to_base64url(scalar.expose()).into();
    }
    files::write_new(out, crate::terminal::json_text(&private).as_bytes())?;
    let fingerprint = fingerprint(&key)?;
    let path = out.display().to_string();
    let text = say.say_with("pack-key-made", &[("path", &path), ("fingerprint", &fingerprint)]);
    Ok(Report::done(text, json!({ "path": path, "fingerprint": fingerprint })))
}

fn sign(say: &Say, args: &PackSignArgs) -> Result<Report, Failure> {
    let (keys, key) = read_key(&args.key)?;
    let now = SystemClock.now();
    let pack = SignedPack {
        format: 1,
        iss: [0; 32].into(),
        kind: args.kind,
        id: args.id.clone(),
        version: args.pack_version.clone(),
        seq: args.seq,
        issued: now,
        effective_from: args.effective_from.unwrap_or(now),
        text: files::read_text(&args.file)?,
    };
    let text = pack.sign(&keys, &key.id)?;
    files::write_new(&args.out, text.as_bytes())?;
    let (path, fingerprint) = (args.out.display().to_string(), fingerprint(&key)?);
    let said = say.say_with("pack-signed", &[("path", &path), ("fingerprint", &fingerprint)]);
    Ok(Report::done(said, json!({ "path": path, "fingerprint": fingerprint, "seq": args.seq })))
}

fn read_key(path: &Path) -> Result<(DemoKeys, KeyRef), Failure> {
    let value: Value = json::parse_as(&files::read_at_most(path, MAX_KEY_BYTES)?, 4096)?;
    let is_curve = value.get("kty").and_then(Value::as_str) == Some("EC")
        && value.get("crv").and_then(Value::as_str) == Some("P-256");
    let scalar = value.get("d").and_then(Value::as_str).filter(|_| is_curve);
    let scalar = scalar.and_then(|text| array_from_base64url(text).ok());
    let scalar = Secret::new(scalar.ok_or_else(|| Failure::usage("usage-pack-key"))?);
    let mut keys = SoftwareKeys::default();
    let key = keys.insert(KeyId([1; 16]), KeyPurpose::PackPublisher, scalar)?;
    Ok((DemoKeys::of(keys), key))
}

fn fingerprint(key: &KeyRef) -> Result<String, Failure> {
    Ok(to_base64url(&jwk::thumbprint(key.public.p256()?)))
}

/// Bytes of a key file.
const MAX_KEY_BYTES: u64 = 4096;
