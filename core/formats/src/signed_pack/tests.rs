use chop_crypto::testing::{MemoryKeystore, SeededRandom};
use chop_crypto::{KeyPurpose, KeyRef};
use chop_model::Coded;
use serde_json::json;

use super::*;
use crate::checks;

/// 2026-11-21T00:00:00Z.
const NOW: UnixTime = UnixTime(1_795_219_200);

struct Publisher {
    store: MemoryKeystore,
    key: KeyRef,
}

fn publisher(name: &'static str) -> Publisher {
    let store = MemoryKeystore::new(Box::new(SeededRandom::new(name)));
    let key = store.generate(KeyPurpose::PackPublisher).unwrap();
    Publisher { store, key }
}

impl Publisher {
    fn public(&self) -> P256PublicKey {
        *self.key.public.p256().unwrap()
    }

    fn pin(&self) -> Digest {
        jwk::thumbprint(&self.public())
    }

    fn sign(&self, pack: SignedPack) -> String {
        pack.sign(&self.store, &self.key.id).unwrap()
    }
}

fn pack() -> SignedPack {
    SignedPack {
        format: 1,
        iss: B64Digest([0; 32]),
        kind: PackKind::Catalog,
        id: "fj".into(),
        version: "2026.1".into(),
        seq: 5,
        issued: UnixTime(NOW.0 - 60),
        effective_from: NOW,
        text: "[catalog]\nid = \"fj\"\n".into(),
    }
}

/// Read as somebody does who holds pack 5.
fn judge(text: &str) -> Result<VerifiedPack, SignedPackError> {
    let ours = publisher("pack");
    let held = UnverifiedPack::parse(&ours.sign(pack())).unwrap().verify(&ours.pin(), NOW).unwrap();
    let read = UnverifiedPack::parse(text)?.verify(&ours.pin(), NOW)?;
    read.check_goes_forward(&held.last_seen())?;
    Ok(read)
}

#[test]
fn duties_and_bad_files_agree() {
    checks::hold("signed_pack", &|bytes| judge(std::str::from_utf8(bytes).unwrap()).err().map(|e| e.code()));
}

#[test]
fn what_is_signed_is_read_again() {
    let ours = publisher("pack");
    let text = ours.sign(SignedPack { seq: 6, ..pack() });
    let read = judge(&format!("{text}\n")).unwrap();
    assert_eq!(read.content().text, pack().text);
    assert_eq!((read.text(), read.fingerprint()), (text.as_str(), &ours.pin()));
    assert_eq!(UnverifiedPack::parse(&text).unwrap().fingerprint(), ours.pin());
}

#[test]
fn any_byte_of_a_pack_is_covered() {
    let text = publisher("pack").sign(SignedPack { seq: 6, ..pack() });
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        assert!(judge(std::str::from_utf8(&bytes).unwrap()).is_err(), "byte {at}");
    }
}

#[test]
fn packs_only_go_forward() {
    let ours = publisher("pack");
    let verdict = |pack: SignedPack| judge(&ours.sign(pack)).map(|_| ()).map_err(|e| e.code());
    assert_eq!(verdict(SignedPack { seq: 4, ..pack() }), Err("signed-pack.older"));
    assert_eq!(verdict(SignedPack { text: "other".into(), ..pack() }), Err("signed-pack.forked"));
    assert_eq!(verdict(SignedPack { seq: 6, text: "other".into(), ..pack() }), Ok(()));
}

#[test]
fn a_pack_over_its_bound_is_refused() {
    let ours = publisher("pack");
    let large = SignedPack { text: "#".repeat(MAX_PACK_BYTES), ..pack() };
    assert_eq!(large.sign(&ours.store, &ours.key.id).unwrap_err().code(), "signed-pack.not-a-pack");
    let largest = SignedPack { seq: 6, text: "#".repeat(MAX_PACK_BYTES / 2), ..pack() };
    assert!(judge(&ours.sign(largest)).is_ok());
    assert_eq!(judge(&"A".repeat(MAX_PACK_BYTES + 1)).unwrap_err().code(), "jose.too-large");
}

#[test]
fn only_a_publishers_key_signs_a_pack() {
    let store = MemoryKeystore::new(Box::new(SeededRandom::new("list")));
    let key = store.generate(KeyPurpose::TrustPublisher).unwrap();
    assert!(pack().sign(&store, &key.id).is_err());
}

/// Writes the bad files anew: `cargo test -p chop-formats --lib signed_pack -- --ignored`.
#[test]
#[ignore = "makes the files that the other tests read"]
fn make_testdata() {
    let (ours, stranger) = (publisher("pack"), publisher("stranger"));
    let forge = |by: &Publisher, header: &Value, payload: &[u8]| {
        use chop_crypto::encoding::to_base64url;
        let header = to_base64url(&serde_json::to_vec(header).unwrap());
        let input = format!("{header}.{}", to_base64url(payload));
        let signature = by.store.sign(&by.key.id, SigningDomain::Pack, input.as_bytes()).unwrap();
        format!("{input}.{}", to_base64url(&signature)).into_bytes()
    };
    let header = |key: &Publisher| json!({"alg": "ES256", "typ": TYP, "jwk": jwk::to_value(&key.public())});
    let good =
        |by: &Publisher| serde_json::to_value(SignedPack { iss: by.pin().into(), seq: 6, ..pack() }).unwrap();
    let with_header = |change: &dyn Fn(&mut Value)| {
        let mut changed = header(&ours);
        change(&mut changed);
        forge(&ours, &changed, &serde_json::to_vec(&good(&ours)).unwrap())
    };
    let with = |change: &dyn Fn(&mut Value)| {
        let mut changed = good(&ours);
        change(&mut changed);
        forge(&ours, &header(&ours), &serde_json::to_vec(&changed).unwrap())
    };
    let without = |name: &'static str| with(&|p: &mut Value| drop(p.as_object_mut().unwrap().remove(name)));
    let payload = |by: &Publisher| serde_json::to_vec(&good(by)).unwrap();
    let doubled = String::from_utf8(payload(&ours)).unwrap().replacen('{', "{\"seq\":9,", 1);
    let later = i64::from(u32::MAX);
    checks::write_bad(
        "signed_pack",
        &[
            ("unsigned.toml", pack().text.into_bytes()),
            ("not-a-jws.jws", b"chop".to_vec()),
            ("alg-none.jws", with_header(&|h| h["alg"] = json!("none"))),
            ("alg-hs256.jws", with_header(&|h| h["alg"] = json!("HS256"))),
            ("crit.jws", with_header(&|h| h["crit"] = json!(["exp"]))),
            ("wrong-typ.jws", with_header(&|h| h["typ"] = json!("chop-trust+jwt"))),
            ("no-key.jws", with_header(&|h| drop(h.as_object_mut().unwrap().remove("jwk")))),
            ("other-publisher.jws", forge(&stranger, &header(&stranger), &payload(&stranger))),
            ("iss-of-another.jws", forge(&ours, &header(&ours), &payload(&stranger))),
            ("key-of-another.jws", forge(&stranger, &header(&ours), &payload(&ours))),
            ("doubled-key.jws", forge(&ours, &header(&ours), doubled.as_bytes())),
            ("format-2.jws", with(&|p| p["format"] = json!(2))),
            ("no-format.jws", without("format")),
            ("unknown-field.jws", with(&|p| p["more"] = json!(1))),
            ("no-text.jws", without("text")),
            ("empty-text.jws", with(&|p| p["text"] = json!(""))),
            ("unknown-kind.jws", with(&|p| p["kind"] = json!("prices"))),
            ("older.jws", with(&|p| p["seq"] = json!(4))),
            ("forked.jws", with(&|p| p["seq"] = json!(5))),
            ("from-the-future.jws", with(&|p| p["issued"] = json!(later))),
            ("id-turns-direction.jws", with(&|p| p["id"] = json!("f\u{202e}j"))),
            ("id-empty.jws", with(&|p| p["id"] = json!(""))),
            ("id-with-spaces.jws", with(&|p| p["id"] = json!("f j"))),
        ],
    );
}
