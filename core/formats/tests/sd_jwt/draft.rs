//! Writes SD-JWTs by hand, so that a fault can be put anywhere. Keys and signatures do not drift.

use chop_crypto::encoding::to_base64url;
use chop_crypto::testing::{MemoryKeystore, SeededRandom};
use chop_crypto::{Digest, KeyPurpose, KeyRef, Keystore, P256PublicKey, SigningDomain, sha256};
use chop_formats::jose::jwk;
use chop_formats::sd_jwt::KeyBinding;
use chop_model::UnixTime;
use serde_json::{Value, json};

pub(crate) const AUD: &str = "x509_hash:V_NW9cEQgmeYFPz7bIRy8AwP5jzk4qpSTkSFxnmLMzE";
pub(crate) const NONCE: &str = "bm9uY2Utb2YtdGhlLXJlcXVlc3Q";
pub(crate) const NOW: UnixTime = UnixTime(1_795_000_000);
pub(crate) const GRANT: Digest = [0x67; 32];

/// What the verifier of every draft demands.
pub(crate) const EXPECTED: KeyBinding<'_> =
    KeyBinding { aud: AUD, nonce: NONCE, max_age: Some(600), chop_grant: Some(&GRANT) };

/// The three keys of the story, the same in every run.
pub(crate) struct Cast {
    pub(crate) store: MemoryKeystore,
    pub(crate) issuer: KeyRef,
    pub(crate) holder: KeyRef,
    pub(crate) stranger: KeyRef,
}

impl Cast {
    pub(crate) fn new() -> Self {
        let store = MemoryKeystore::new(Box::new(SeededRandom::new("sd-jwt testdata")));
        let issuer = store.generate(KeyPurpose::Issuer).unwrap();
        let holder = store.generate(KeyPurpose::Credential).unwrap();
        let stranger = store.generate(KeyPurpose::Issuer).unwrap();
        Self { store, issuer, holder, stranger }
    }

    pub(crate) fn issuer_key(&self) -> P256PublicKey {
        *self.issuer.public.p256().unwrap()
    }

    pub(crate) fn holder_key(&self) -> P256PublicKey {
        *self.holder.public.p256().unwrap()
    }
}

/// A compact JWS over exactly these texts.
pub(crate) fn jws(cast: &Cast, key: &KeyRef, header: &str, payload: &[u8]) -> String {
    let domain = match key.purpose {
        KeyPurpose::Credential => SigningDomain::KeyBinding,
        KeyPurpose::Consent => SigningDomain::Grant,
        _ => SigningDomain::Credential,
    };
    let input = format!("{}.{}", to_base64url(header.as_bytes()), to_base64url(payload));
    let signature = cast.store.sign(&key.id, domain, input.as_bytes()).unwrap();
    format!("{input}.{}", to_base64url(&signature))
}

/// A disclosure over exactly this text.
pub(crate) fn disclosure(json: &str) -> String {
    to_base64url(json.as_bytes())
}

/// The digest of a disclosure, as it stands in the payload.
pub(crate) fn digest(disclosure: &str) -> String {
    to_base64url(&sha256(disclosure.as_bytes()))
}

/// A presentation in the making; each fault changes one thing.
pub(crate) struct Draft {
    pub(crate) cast: Cast,
    pub(crate) header: String,
    pub(crate) payload: Value,
    /// Replaces the payload, for what a JSON value cannot say.
    pub(crate) payload_bytes: Option<Vec<u8>>,
    pub(crate) issuer: KeyRef,
    pub(crate) disclosures: Vec<String>,
    pub(crate) kb_header: String,
    pub(crate) kb: Value,
    pub(crate) kb_signer: KeyRef,
    pub(crate) binds: bool,
}

impl Draft {
    pub(crate) fn new() -> Self {
        let cast = Cast::new();
        let disclosures = vec![
            disclosure(r#"["salt-of-the-given-name", "given_name", "小明"]"#),
            disclosure(r#"["salt-of-the-locality", "locality", "澳門"]"#),
            disclosure(r#"["salt-of-a-nationality", "CN"]"#),
        ];
        let payload = json!({
            "iss": "https://issuer.example", "vct": "urn:chop:test:1", "sub": "holder-1",
            "iat": 1_790_000_000, "nbf": 1_790_000_000, "exp": 1_800_000_000, "_sd_alg": "sha-256",
            "cnf": {"jwk": jwk::to_value(&cast.holder_key())},
            "_sd": [digest(&disclosures[0]), digest("decoy")],
            "address": {"country": "MO", "_sd": [digest(&disclosures[1])]},
            "nationalities": [{"...": digest("kept back")}, {"...": digest(&disclosures[2])}],
        });
        Self {
            header: r#"{"alg":"ES256","typ":"dc+sd-jwt"}"#.into(),
            payload,
            payload_bytes: None,
            issuer: cast.issuer,
            disclosures,
            kb_header: r#"{"alg":"ES256","typ":"kb+jwt"}"#.into(),
            kb: json!({"iat": NOW.0, "aud": AUD, "nonce": NONCE, "chop_grant": to_base64url(&GRANT)}),
            kb_signer: cast.holder,
            binds: true,
            cast,
        }
    }

    /// Adds a disclosure and puts its digest into the top `_sd`.
    pub(crate) fn disclose(&mut self, json: &str) {
        let disclosure = disclosure(json);
        self.payload["_sd"].as_array_mut().unwrap().push(digest(&disclosure).into());
        self.disclosures.push(disclosure);
    }

    pub(crate) fn jwt(&self) -> String {
        let payload = match &self.payload_bytes {
            Some(bytes) => bytes.clone(),
            None => self.payload.to_string().into_bytes(),
        };
        jws(&self.cast, &self.issuer, &self.header, &payload)
    }

    pub(crate) fn sd(&self) -> String {
        self.disclosures.iter().fold(self.jwt() + "~", |text, d| text + d + "~")
    }

    pub(crate) fn key_binding(&self) -> String {
        let mut kb = self.kb.clone();
        if kb.get("sd_hash").is_none() {
            kb["sd_hash"] = digest(&self.sd()).into();
        }
        kb.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        jws(&self.cast, &self.kb_signer, &self.kb_header, kb.to_string().as_bytes())
    }

    pub(crate) fn compact(&self) -> String {
        match self.binds {
            true => self.sd() + &self.key_binding(),
            false => self.sd(),
        }
    }

    /// The flattened JSON serialization (RFC 9901 section 8.2).
    pub(crate) fn flattened(&self) -> Value {
        let jwt = self.jwt();
        let parts: Vec<&str> = jwt.split('.').collect();
        let mut header = json!({"disclosures": self.disclosures});
        if self.binds {
            header["kb_jwt"] = self.key_binding().into();
        }
        json!({"header": header, "payload": parts[1], "protected": parts[0], "signature": parts[2]})
    }

    /// The general JSON serialization (section 8.3), signed by a stranger as well.
    pub(crate) fn general(&self) -> Value {
        let mut first = self.flattened();
        let payload = first.as_object_mut().unwrap().remove("payload").unwrap();
        let other = jws(&self.cast, &self.cast.stranger, &self.header, self.payload.to_string().as_bytes());
        let parts: Vec<&str> = other.split('.').collect();
        let second = json!({"header": {"kid": "stranger"}, "protected": parts[0], "signature": parts[2]});
        json!({"payload": payload, "signatures": [first, second]})
    }
}
