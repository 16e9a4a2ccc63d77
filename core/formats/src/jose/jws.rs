//! `BASE64URL(header) . BASE64URL(payload) . BASE64URL(r ‖ s)`: compact JWS (RFC 7515 section 7.1),
//! ES256 (RFC 7518 section 3.4).

use chop_crypto::encoding::{array_from_base64url, from_base64, from_base64url, to_base64, to_base64url};
use chop_crypto::{
    CryptoError, Digest, KeyId, Keystore, P256PublicKey, Signature, SigningDomain, sha256, verify_es256,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{JoseError, jwk};
use crate::json;

/// Bytes of a decoded header; a chain of four certificates fits.
pub const MAX_HEADER_BYTES: usize = 32 * 1024;
/// Certificates in `x5c`.
pub const MAX_CERTIFICATES: usize = 8;

/// The signature algorithms that are read and written. SM2 with SM3 takes its place here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alg {
    /// ECDSA on P-256 with SHA-256.
    Es256,
}

/// The protected header of a JWS. Fields we do not use are ignored when read (RFC 7515 section 4),
/// except those that would change the meaning of the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// `alg`.
    pub alg: Alg,
    /// `typ`; empty where there was none.
    pub typ: String,
    /// `kid`: a hint, never a proof.
    pub kid: Option<String>,
    /// `x5c`: DER certificates, the leaf first; empty where there was none.
    pub x5c: Vec<Vec<u8>>,
    /// `x5t#S256`: SHA-256 of the leaf.
    pub x5t_s256: Option<Digest>,
    /// `jwk`: only in the types whose key is pinned by its thumbprint.
    pub jwk: Option<P256PublicKey>,
}

impl Header {
    /// A header that names only algorithm and type.
    pub fn new(typ: &str) -> Self {
        Self { alg: Alg::Es256, typ: typ.to_owned(), kid: None, x5c: Vec::new(), x5t_s256: None, jwk: None }
    }

    /// The types that may bring their own key, because what they sign is bound to its thumbprint:
    /// a grant (`iss`), a trust list and a pack (pinned by the person), and the proof of a key to an
    /// issuer (what it issues is bound to that key and to nobody's name).
    fn may_bring_key(typ: &str) -> bool {
        matches!(typ, "chop-grant+jwt" | "chop-trust+jwt" | "chop-pack+jwt" | "openid4vci-proof+jwt")
    }
}

/// Signs `payload` through `sign`, which gets the signing input (RFC 7515 section 5.1).
///
/// # Errors
/// [`JoseError::Misuse`] for a header that could not be read back, [`JoseError::KeyFailure`] when
/// `sign` fails.
pub fn sign(
    header: &Header,
    payload: &[u8],
    sign: &dyn Fn(&[u8]) -> Result<Signature, CryptoError>,
) -> Result<String, JoseError> {
    let mut text = signing_input(header, payload)?;
    let signature = sign(text.as_bytes())?;
    text.push('.');
    text.push_str(&to_base64url(&signature));
    Ok(text)
}

/// Signs `payload` as JSON with a stored key, in the domain that belongs to the header's `typ`.
///
/// # Errors
/// As [`sign`]; [`JoseError::Misuse`] for a key of another purpose.
pub fn sign_json<T: Serialize>(
    header: &Header,
    payload: &T,
    keystore: &dyn Keystore,
    key: &KeyId,
    domain: SigningDomain,
) -> Result<String, JoseError> {
    let payload = serde_json::to_vec(payload).map_err(|_| JoseError::Misuse)?;
    sign(header, &payload, &|message| keystore.sign(key, domain, message))
}

/// `BASE64URL(header) . BASE64URL(payload)`: what is signed.
///
/// # Errors
/// [`JoseError::Misuse`] for a header that could not be read back.
pub fn signing_input(header: &Header, payload: &[u8]) -> Result<String, JoseError> {
    let strange_key = header.jwk.is_some() && !Header::may_bring_key(&header.typ);
    if strange_key || header.x5c.len() > MAX_CERTIFICATES {
        return Err(JoseError::Misuse);
    }
    let header = serde_json::to_vec(&header_value(header)).map_err(|_| JoseError::Misuse)?;
    if header.len() > MAX_HEADER_BYTES {
        return Err(JoseError::Misuse);
    }
    let mut text = String::with_capacity((header.len() + payload.len()) * 4 / 3 + 100);
    text.push_str(&to_base64url(&header));
    text.push('.');
    text.push_str(&to_base64url(payload));
    Ok(text)
}

/// A JWS that was taken apart and not verified.
#[derive(Clone)]
pub struct UnverifiedJws {
    text: String,
    signed: usize,
    header: Header,
    payload: Vec<u8>,
    signature: Signature,
}

impl UnverifiedJws {
    /// Takes `text`, of at most `max_bytes`, apart. Nothing is trusted yet.
    ///
    /// # Errors
    /// The variant of [`JoseError`] that names the first fault.
    pub fn parse(text: &str, max_bytes: usize) -> Result<Self, JoseError> {
        if text.len() > max_bytes {
            return Err(JoseError::TooLarge);
        }
        let mut parts = text.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(JoseError::NotCompact);
        };
        Ok(Self {
            signed: header.len() + 1 + payload.len(),
            header: read_header(header)?,
            payload: from_base64url(payload)?,
            signature: read_signature(signature)?,
            text: text.to_owned(),
        })
    }

    /// The header. Who reads `x5c` from here verifies the chain before using its key.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The payload before anybody vouched for it.
    pub fn dangerous_payload(&self) -> &[u8] {
        &self.payload
    }

    /// Checks type and signature.
    ///
    /// # Errors
    /// [`JoseError::WrongType`] or [`JoseError::BadSignature`].
    pub fn verify(self, key: &P256PublicKey, typ: &str) -> Result<VerifiedJws, JoseError> {
        if self.header.typ != typ {
            return Err(JoseError::WrongType);
        }
        self.verify_any_type(key)
    }

    /// Checks the signature only: for a caller that has judged the type by a rule of its own.
    pub(crate) fn verify_any_type(self, key: &P256PublicKey) -> Result<VerifiedJws, JoseError> {
        let signed = self.text.as_bytes().get(..self.signed).ok_or(JoseError::NotCompact)?;
        match self.header.alg {
            Alg::Es256 => verify_es256(key, signed, &self.signature)?,
        }
        Ok(VerifiedJws(self))
    }
}

/// A JWS whose type and signature are right. Whose key it was is the caller's knowledge.
#[derive(Clone)]
pub struct VerifiedJws(UnverifiedJws);

impl VerifiedJws {
    /// The exact text that was verified.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// `h(x)`: SHA-256 over the exact text.
    pub fn digest(&self) -> Digest {
        sha256(self.0.text.as_bytes())
    }

    /// The protected header.
    pub fn header(&self) -> &Header {
        &self.0.header
    }

    /// The signed bytes.
    pub fn payload(&self) -> &[u8] {
        &self.0.payload
    }

    /// The signed bytes as strict JSON of the shape `T`.
    ///
    /// # Errors
    /// [`JoseError::BadJson`], [`JoseError::DuplicateKey`] or [`JoseError::TooDeep`].
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, JoseError> {
        Ok(json::parse_as(&self.0.payload, self.0.payload.len())?)
    }
}

fn read_signature(text: &str) -> Result<Signature, JoseError> {
    from_base64url(text)?.try_into().map_err(|_| JoseError::NotCompact)
}

fn read_header(text: &str) -> Result<Header, JoseError> {
    // Four characters carry three bytes; the bound is checked before anything is allocated.
    if text.len() / 4 * 3 > MAX_HEADER_BYTES {
        return Err(JoseError::TooLarge);
    }
    match json::parse(&from_base64url(text)?, MAX_HEADER_BYTES)? {
        Value::Object(fields) => header_from(&fields),
        _ => Err(JoseError::BadHeader),
    }
}

fn header_from(fields: &Map<String, Value>) -> Result<Header, JoseError> {
    // RFC 7515 section 4.1.11: what is critical and not understood is refused; we understand none.
    // `b64` (RFC 7797) would change what was signed, `zip` has no place in a JWS.
    if ["crit", "b64", "zip"].iter().any(|name| fields.contains_key(*name)) {
        return Err(JoseError::CriticalHeader);
    }
    let alg = match fields.get("alg").and_then(Value::as_str) {
        Some("ES256") => Alg::Es256,
        _ => return Err(JoseError::BadAlgorithm),
    };
    let typ = optional_text(fields, "typ")?.unwrap_or_default();
    let jwk = fields.get("jwk").map(|value| header_key(value, &typ)).transpose()?;
    Ok(Header {
        alg,
        kid: optional_text(fields, "kid")?,
        x5c: fields.get("x5c").map(certificates).transpose()?.unwrap_or_default(),
        x5t_s256: thumbprint(fields)?,
        jwk,
        typ,
    })
}

fn header_key(value: &Value, typ: &str) -> Result<P256PublicKey, JoseError> {
    match Header::may_bring_key(typ) {
        true => jwk::from_value(value),
        false => Err(JoseError::KeyInHeader),
    }
}

fn optional_text(fields: &Map<String, Value>, name: &str) -> Result<Option<String>, JoseError> {
    match fields.get(name) {
        None => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text.clone())),
        Some(_) => Err(JoseError::BadHeader),
    }
}

fn certificates(value: &Value) -> Result<Vec<Vec<u8>>, JoseError> {
    let list = value.as_array().ok_or(JoseError::BadHeader)?;
    if list.is_empty() || list.len() > MAX_CERTIFICATES {
        return Err(JoseError::BadHeader);
    }
    // RFC 7515 section 4.1.6: base64, not base64url.
    let certificate =
        |item: &Value| item.as_str().and_then(|s| from_base64(s).ok()).ok_or(JoseError::BadHeader);
    list.iter().map(certificate).collect()
}

fn thumbprint(fields: &Map<String, Value>) -> Result<Option<Digest>, JoseError> {
    let text = optional_text(fields, "x5t#S256")?;
    text.map(|text| array_from_base64url(&text).map_err(|_| JoseError::BadHeader)).transpose()
}

fn header_value(header: &Header) -> Value {
    let Header { alg: Alg::Es256, typ, kid, x5c, x5t_s256, jwk } = header;
    let mut fields = Map::new();
    fields.insert("alg".to_owned(), "ES256".into());
    if !typ.is_empty() {
        fields.insert("typ".to_owned(), typ.as_str().into());
    }
    if let Some(kid) = kid {
        fields.insert("kid".to_owned(), kid.as_str().into());
    }
    if !x5c.is_empty() {
        fields.insert("x5c".to_owned(), x5c.iter().map(|der| to_base64(der)).collect());
    }
    if let Some(digest) = x5t_s256 {
        fields.insert("x5t#S256".to_owned(), to_base64url(digest).into());
    }
    if let Some(key) = jwk {
        fields.insert("jwk".to_owned(), jwk::to_value(key));
    }
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chop_crypto::testing::{MemoryKeystore, SeededRandom};
    use chop_crypto::{KeyPurpose, KeyRef};
    use serde_json::json;

    fn keys() -> (MemoryKeystore, KeyRef) {
        let store = MemoryKeystore::new(Box::new(SeededRandom::new("jws")));
        let key = store.generate(KeyPurpose::Consent).unwrap();
        (store, key)
    }

    fn signed(header: &Header) -> (String, P256PublicKey) {
        let (store, key) = keys();
        let text = sign_json(header, &json!({"a": 1}), &store, &key.id, SigningDomain::Grant).unwrap();
        (text, *key.public.p256().unwrap())
    }

    #[test]
    fn what_is_signed_verifies_and_keeps_its_bytes() {
        let (_, key) = keys();
        let header = Header {
            kid: Some("k".into()),
            x5c: vec![vec![1, 2, 3]],
            x5t_s256: Some([7; 32]),
            jwk: Some(*key.public.p256().unwrap()),
            ..Header::new("chop-grant+jwt")
        };
        let (text, public) = signed(&header);
        let verified = UnverifiedJws::parse(&text, 4096).unwrap().verify(&public, "chop-grant+jwt").unwrap();
        assert_eq!(verified.text(), text);
        assert_eq!(verified.digest(), sha256(text.as_bytes()));
        assert_eq!(verified.header(), &header);
        assert_eq!(verified.json::<Value>(), Ok(json!({"a": 1})));
    }

    #[test]
    fn another_key_type_or_byte_is_refused() {
        let (text, public) = signed(&Header::new("chop-grant+jwt"));
        let parse = |text: &str| UnverifiedJws::parse(text, 4096);
        assert_eq!(parse(&text).unwrap().verify(&public, "x").err(), Some(JoseError::WrongType));
        let other = chop_crypto::AgreementKey::make(&SeededRandom::new("o")).unwrap().public();
        let judged = parse(&text).unwrap().verify(&other, "chop-grant+jwt");
        assert_eq!(judged.err(), Some(JoseError::BadSignature));
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            let judged = parse(&changed).and_then(|jws| jws.verify(&public, "chop-grant+jwt"));
            assert!(judged.is_err(), "character {at}");
        }
        assert_eq!(UnverifiedJws::parse(&text, text.len() - 1).err(), Some(JoseError::TooLarge));
    }

    #[test]
    fn a_key_of_another_purpose_and_a_key_in_the_wrong_header_do_not_sign() {
        let (store, key) = keys();
        let header = Header::new("kb+jwt");
        let refused = sign_json(&header, &1, &store, &key.id, SigningDomain::KeyBinding);
        assert_eq!(refused, Err(JoseError::Misuse));
        let header = Header { jwk: Some(*key.public.p256().unwrap()), ..Header::new("dc+sd-jwt") };
        assert_eq!(signing_input(&header, b"{}"), Err(JoseError::Misuse));
        for x5c in [vec![vec![0]; MAX_CERTIFICATES + 1], vec![vec![0; MAX_HEADER_BYTES]]] {
            let header = Header { x5c, ..Header::new("dc+sd-jwt") };
            assert_eq!(signing_input(&header, b"{}"), Err(JoseError::Misuse));
        }
    }
}
