use chop_crypto::{KeyPurpose, KeyRef};
use chop_model::Coded;
use serde_json::{Value, json};

use super::*;
use crate::consent_record::tests::with_record;
use crate::grant::tests::{Keys, NOW};
use crate::jose::jws::sign_json;

/// Everything that a file is made of.
struct Made {
    keys: Keys,
    grant: VerifiedGrant,
    text: String,
    record: Vec<u8>,
}

fn made() -> Made {
    let keys = Keys::new();
    let (grant, document) = with_record();
    let signed = grant.sign(&keys.store, &keys.consent.id).unwrap();
    let text = signed.text().to_owned();
    let grant = UnverifiedGrant::parse(&text).unwrap().verify_as_record().unwrap();
    Made { keys, grant, text, record: document.bytes().to_vec() }
}

impl Made {
    fn parts(&self) -> Vec<(&str, &[u8])> {
        vec![
            (GRANT, self.text.as_bytes()),
            (RECORD, &self.record),
            (PROOF, b"a proof pack"),
            ("dossier.html", b"<p>"),
        ]
    }

    fn manifest(&self) -> Value {
        let parts: Vec<_> = self
            .parts()
            .iter()
            .map(|(name, bytes)| json!({"name": name, "sha256": B64Digest(sha256(bytes)), "bytes": bytes.len()}))
            .collect();
        json!({
            "iss": self.grant.payload().iss, "jti": Id([8; 16]), "iat": NOW.0 + 60, "kind": "transfer",
            "grant": B64Digest(self.grant.digest()), "rec": self.grant.payload().rec, "parts": parts,
        })
    }

    fn signed(&self, key: &KeyRef, typ: &str, manifest: &Value) -> String {
        sign_json(&Header::new(typ), manifest, &self.keys.store, &key.id, SigningDomain::Dossier).unwrap()
    }

    fn file(&self, manifest: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut files = vec![(MANIFEST, manifest.as_bytes())];
        files.extend_from_slice(parts);
        container::write(&files).unwrap()
    }

    fn good(&self) -> Vec<u8> {
        let new = NewDossier { kind: DossierKind::Transfer, jti: Id([8; 16]), iat: NOW.plus(60) };
        new.sign(&self.grant, &self.parts(), &self.keys.store, &self.keys.consent.id).unwrap()
    }
}

fn judge(bytes: &[u8]) -> Result<VerifiedDossier, DossierRefusal> {
    UnverifiedDossier::read(bytes)?.verify(NOW.plus(60))
}

#[test]
fn what_is_signed_is_read_again() {
    let made = made();
    let read = judge(&made.good()).unwrap();
    assert_eq!(read.manifest().kind, DossierKind::Transfer);
    assert_eq!(read.part("dossier.html"), Some(b"<p>".as_slice()));
    assert_eq!(read.record().bytes(), made.record);
    assert_eq!(read.grant().text(), made.text);
    assert_eq!(made.good().len(), made.good().len());
}

#[test]
fn any_byte_of_a_dossier_is_covered() {
    let good = made().good();
    // Names, sizes and check sums of a ZIP are held against each other; its dates, versions and modes say
    // nothing, and nothing is read from them.
    let silent = |at: usize| {
        let mut changed = good.clone();
        changed[at] ^= 1;
        match judge(&changed) {
            Ok(read) => assert!(
                read.parts == judge(&good).unwrap().parts,
                "byte {at} changes a part and is not found"
            ),
            Err(_) => return false,
        }
        true
    };
    let content: usize = judge(&good).unwrap().parts.values().map(Vec::len).sum();
    // Every 7th byte: a manifest's ECDSA check costs much in an unoptimised build.
    let free = (0..good.len()).step_by(7).filter(|at| silent(*at)).count();
    assert!(free * 7 < good.len() - content, "{free} bytes are free");
}

#[test]
fn nothing_hides_between_the_files() {
    let good = made().good();
    let local = u32::to_le_bytes(0x0403_4b50);
    let second = good.windows(4).enumerate().filter(|(_, bytes)| *bytes == local).nth(1).unwrap().0;
    let mut gap = good.clone();
    gap.splice(second..second, *b"hidden");
    assert!(judge(&gap).is_err());
}

#[test]
fn bounds_hold_when_writing_and_reading() {
    let made = made();
    let large = vec![0; MAX_DOSSIER_BYTES];
    assert_eq!(container::write(&[("a", &large)]), Err(DossierError::TooLarge));
    assert_eq!(judge(&vec![0; MAX_DOSSIER_BYTES + 1]).unwrap_err().code(), "dossier.too-large");
    let names: Vec<String> = (0..MAX_PARTS).map(|number| format!("part-{number}")).collect();
    let mut parts = made.parts();
    parts.extend(names.iter().map(|name| (name.as_str(), b"x".as_slice())));
    let new = NewDossier { kind: DossierKind::Evidence, jti: Id([8; 16]), iat: NOW };
    let error = new.sign(&made.grant, &parts, &made.keys.store, &made.keys.consent.id).unwrap_err();
    assert_eq!(error.code(), "dossier.too-large");
    let long = "n".repeat(MAX_NAME + 1);
    let mut parts = made.parts();
    parts.push((&long, b""));
    let error = new.sign(&made.grant, &parts, &made.keys.store, &made.keys.consent.id).unwrap_err();
    assert_eq!(error.code(), "dossier.wrong-parts");
}

#[test]
fn every_duty_has_its_bad_file() {
    crate::checks::hold("dossier", &|bytes| judge(bytes).err().map(|refusal| refusal.code()));
}

#[test]
#[ignore = "writes the bad files anew"]
fn write_the_bad_dossiers() {
    crate::checks::write_bad("dossier", &bad_files());
}

fn bad_files() -> Vec<(&'static str, Vec<u8>)> {
    let made = made();
    let (keys, good, parts) = (&made.keys, made.manifest(), made.parts());
    let other = keys.store.generate(KeyPurpose::Consent).unwrap();
    let typ = Manifest::TYP;
    let of = |manifest: &Value| made.file(&made.signed(&keys.consent, typ, manifest), &parts);
    let changed = |name: &str, to: Value| {
        let mut value = good.clone();
        value[name] = to;
        of(&value)
    };
    let digest = |byte: u8| json!(B64Digest([byte; 32]));
    let signed = made.signed(&keys.consent, typ, &good);
    let file = made.file(&signed, &parts);
    let with = |name: &'static str, bytes: &'static [u8]| {
        let mut parts = parts.clone();
        parts.push((name, bytes));
        made.file(&signed, &parts)
    };
    let mut swapped: Vec<_> = parts.clone();
    swapped[3].1 = b"<q>";
    let mut longer: Vec<_> = parts.clone();
    longer[3].1 = b"<p>more";
    let mut path = good.clone();
    path["parts"][3]["name"] = json!("../dossier.html");
    let mut path_parts = parts.clone();
    path_parts[3].0 = "../dossier.html";
    let mut without = good.clone();
    without["parts"].as_array_mut().unwrap().remove(2);
    let mut without_parts = parts.clone();
    without_parts.remove(2);
    let document = {
        let mut record = RecordDocument::read(&made.record).unwrap().record().clone();
        record.nonce.push('x');
        record.to_document().unwrap().bytes().to_vec()
    };
    let mut foreign_manifest = good.clone();
    foreign_manifest["parts"][1]["sha256"] = json!(B64Digest(sha256(&document)));
    foreign_manifest["parts"][1]["bytes"] = json!(document.len());
    let mut foreign_parts = parts.clone();
    foreign_parts[1].1 = &document;
    let own_key = {
        use chop_crypto::encoding::to_base64url;
        let jwk = crate::jose::jwk::to_value(keys.consent.public.p256().unwrap());
        let header = json!({"alg": "ES256", "typ": typ, "jwk": jwk});
        let header = to_base64url(&serde_json::to_vec(&header).unwrap());
        let input = format!("{header}.{}", to_base64url(&serde_json::to_vec(&good).unwrap()));
        let signature = keys.store.sign(&keys.consent.id, SigningDomain::Dossier, input.as_bytes()).unwrap();
        format!("{input}.{}", to_base64url(&signature))
    };
    let mut files = vec![("x", b"first".as_slice()), (MANIFEST, signed.as_bytes())];
    files.extend_from_slice(&parts);
    vec![
        ("not-a-zip", b"chop".to_vec()),
        ("prefix", [b"hidden".as_slice(), &file].concat()),
        ("suffix", [file.as_slice(), b"hidden"].concat()),
        ("manifest-not-first", container::write(&files).unwrap()),
        ("other-key", made.file(&made.signed(&other, typ, &good), &parts)),
        ("other-type", made.file(&made.signed(&keys.consent, "chop-notice+jwt", &good), &parts)),
        ("own-key", made.file(&own_key, &parts)),
        ("no-proof", made.file(&made.signed(&keys.consent, typ, &without), &without_parts)),
        ("part-more", with("more.html", b"more")),
        ("part-less", made.file(&signed, &parts[..3])),
        ("name-with-a-path", made.file(&made.signed(&keys.consent, typ, &path), &path_parts)),
        ("changed-part", made.file(&signed, &swapped)),
        ("changed-size", made.file(&signed, &longer)),
        ("other-grant", changed("grant", digest(1))),
        ("other-issuer", changed("iss", digest(2))),
        ("other-record", changed("rec", digest(3))),
        ("foreign-record", made.file(&made.signed(&keys.consent, typ, &foreign_manifest), &foreign_parts)),
        ("before-the-grant", changed("iat", json!(NOW.0 - 1))),
        ("from-the-future", changed("iat", json!(NOW.0 + 3600))),
        ("unknown-member", changed("price", json!(1))),
        ("unknown-kind", changed("kind", json!("filing"))),
    ]
}
