//! `BASE64URL(header) . . BASE64URL(iv) . BASE64URL(ciphertext) . BASE64URL(tag)`: compact JWE with
//! direct key agreement (RFC 7516 section 7.1, RFC 7518 section 4.6), ECDH-ES on P-256 and A256GCM; to
//! others, who may take nothing else (OpenID4VP 1.0 section 8.3), also A128GCM.
//!
//! `apv` carries what the envelope answers (the hash of the request) into the key derivation, so an
//! envelope moved to another exchange does not open.

use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::{
    AgreementKey, NONCE_LEN, P256PublicKey, Random, SecretBytes, TAG_LEN, concat_kdf, make_array, open_at,
    seal_at,
};
use serde_json::{Map, Value, json};

use super::{JoseError, jwk};
use crate::json;

/// Bytes of a decoded header.
pub const MAX_HEADER_BYTES: usize = 4 * 1024;
/// Bytes of `apv` and of `apu`.
pub const MAX_PARTY_BYTES: usize = 256;

/// How the content of a JWE is sealed (RFC 7518 section 5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enc {
    /// AES-256-GCM: ours.
    A256Gcm,
    /// AES-128-GCM: for a verifier that takes nothing else.
    A128Gcm,
}

impl Enc {
    /// The value of `enc`.
    pub fn name(self) -> &'static str {
        match self {
            Self::A256Gcm => "A256GCM",
            Self::A128Gcm => "A128GCM",
        }
    }
}

/// Seals `plaintext` to `to`, whose key id is `kid`, for the exchange that `apv` names. Never
/// compressed: the caller packs before it seals.
///
/// # Errors
/// [`JoseError::KeyFailure`] when the random source fails.
pub fn encrypt(
    random: &dyn Random,
    to: &P256PublicKey,
    kid: &str,
    apv: &[u8],
    plaintext: &[u8],
) -> Result<String, JoseError> {
    encrypt_with(Enc::A256Gcm, random, (to, kid), apv, plaintext)
}

/// As [`encrypt`], with the content sealed as `enc` says.
///
/// # Errors
/// As [`encrypt`].
pub fn encrypt_with(
    enc: Enc,
    random: &dyn Random,
    (to, kid): (&P256PublicKey, &str),
    apv: &[u8],
    plaintext: &[u8],
) -> Result<String, JoseError> {
    let ephemeral = AgreementKey::make(random)?;
    let header = json!({
        "alg": ALG, "enc": enc.name(), "kid": kid, "apv": to_base64url(apv),
        "epk": jwk::to_value(&ephemeral.public()),
    });
    let protected = to_base64url(header.to_string().as_bytes());
    let shared = ephemeral.agree(to)?;
    let iv: [u8; NONCE_LEN] = make_array(random)?;
    let (aad, name) = (protected.as_bytes(), enc.name());
    let sealed = match enc {
        Enc::A256Gcm => seal_at(&concat_kdf::<32>(&shared, name, b"", apv), iv, aad, plaintext),
        Enc::A128Gcm => seal_at(&concat_kdf::<16>(&shared, name, b"", apv), iv, aad, plaintext),
    }?;
    let (ciphertext, tag) =
        sealed.split_at_checked(sealed.len().saturating_sub(TAG_LEN)).ok_or(JoseError::Misuse)?;
    Ok([protected, String::new(), to_base64url(&iv), to_base64url(ciphertext), to_base64url(tag)].join("."))
}

/// A JWE that was taken apart and not opened.
pub struct UnverifiedJwe {
    protected: String,
    header: Header,
    iv: [u8; NONCE_LEN],
    sealed: Vec<u8>,
}

struct Header {
    enc: Enc,
    kid: String,
    apu: Vec<u8>,
    apv: Vec<u8>,
    epk: P256PublicKey,
}

impl UnverifiedJwe {
    /// Takes `text`, of at most `max_bytes`, apart.
    ///
    /// # Errors
    /// The variant of [`JoseError`] that names the first fault.
    pub fn parse(text: &str, max_bytes: usize) -> Result<Self, JoseError> {
        if text.len() > max_bytes {
            return Err(JoseError::TooLarge);
        }
        let mut parts = text.split('.');
        // RFC 7518 section 4.6: direct agreement has an empty encrypted key.
        let (Some(protected), Some(""), Some(iv), Some(ciphertext), Some(tag), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(JoseError::NotCompact);
        };
        let mut sealed = from_base64url(ciphertext)?;
        sealed.extend_from_slice(&part::<TAG_LEN>(tag)?);
        Ok(Self { header: read_header(protected)?, protected: protected.to_owned(), iv: part(iv)?, sealed })
    }

    /// How it says it is sealed. A reader of our own forms refuses all but [`Enc::A256Gcm`].
    pub fn enc(&self) -> Enc {
        self.header.enc
    }

    /// The id of the key it says it was sealed to.
    pub fn kid(&self) -> &str {
        &self.header.kid
    }

    /// What it says it answers.
    pub fn apv(&self) -> &[u8] {
        &self.header.apv
    }

    /// Opens it with the key it must have been sealed to, for the exchange it must belong to.
    ///
    /// # Errors
    /// [`JoseError::WrongRecipient`], [`JoseError::WrongParty`] or [`JoseError::BadSeal`].
    pub fn open(
        self,
        key: &AgreementKey,
        expected_kid: &str,
        expected_apv: &[u8],
    ) -> Result<SecretBytes, JoseError> {
        match self.header.enc {
            Enc::A256Gcm => self.open_any(key, expected_kid, expected_apv),
            Enc::A128Gcm => Err(JoseError::BadAlgorithm),
        }
    }

    /// As [`UnverifiedJwe::open`], whichever of the two ways it is sealed: for a verifier that offered both.
    ///
    /// # Errors
    /// As [`UnverifiedJwe::open`].
    pub fn open_any(
        self,
        key: &AgreementKey,
        expected_kid: &str,
        expected_apv: &[u8],
    ) -> Result<SecretBytes, JoseError> {
        if self.header.kid != expected_kid {
            return Err(JoseError::WrongRecipient);
        }
        if self.header.apv != expected_apv {
            return Err(JoseError::WrongParty);
        }
        let shared = key.agree(&self.header.epk)?;
        let Header { enc, apu, apv, .. } = &self.header;
        let (aad, name) = (self.protected.as_bytes(), enc.name());
        Ok(match enc {
            Enc::A256Gcm => open_at(&concat_kdf::<32>(&shared, name, apu, apv), self.iv, aad, &self.sealed),
            Enc::A128Gcm => open_at(&concat_kdf::<16>(&shared, name, apu, apv), self.iv, aad, &self.sealed),
        }?)
    }
}

fn part<const N: usize>(text: &str) -> Result<[u8; N], JoseError> {
    from_base64url(text)?.try_into().map_err(|_| JoseError::NotCompact)
}

fn read_header(text: &str) -> Result<Header, JoseError> {
    if text.len() / 4 * 3 > MAX_HEADER_BYTES {
        return Err(JoseError::TooLarge);
    }
    let Value::Object(fields) = json::parse(&from_base64url(text)?, MAX_HEADER_BYTES)? else {
        return Err(JoseError::BadHeader);
    };
    if fields.contains_key("crit") {
        return Err(JoseError::CriticalHeader);
    }
    if fields.contains_key("zip") {
        return Err(JoseError::Compressed);
    }
    let enc = fields.get("enc").and_then(Value::as_str);
    let enc = [Enc::A256Gcm, Enc::A128Gcm].into_iter().find(|known| enc == Some(known.name()));
    let enc = enc.filter(|_| fields.get("alg") == Some(&ALG.into())).ok_or(JoseError::BadAlgorithm)?;
    Ok(Header {
        enc,
        kid: fields.get("kid").and_then(Value::as_str).ok_or(JoseError::BadHeader)?.to_owned(),
        apu: party(&fields, "apu")?,
        apv: party(&fields, "apv")?,
        // RFC 7518 section 4.6.1.1; the point is checked to lie on the curve (RFC 8725 section 3.4).
        epk: jwk::from_value(fields.get("epk").ok_or(JoseError::BadHeader)?)?,
    })
}

fn party(fields: &Map<String, Value>, name: &str) -> Result<Vec<u8>, JoseError> {
    let Some(value) = fields.get(name) else { return Ok(Vec::new()) };
    let bytes = from_base64url(value.as_str().ok_or(JoseError::BadHeader)?)?;
    match bytes.len() {
        0..=MAX_PARTY_BYTES => Ok(bytes),
        _ => Err(JoseError::BadHeader),
    }
}

const ALG: &str = "ECDH-ES";

#[cfg(test)]
mod tests {
    use super::*;
    use chop_crypto::testing::SeededRandom;

    fn sealed() -> (String, AgreementKey) {
        let random = SeededRandom::new("jwe");
        let key = AgreementKey::make(&random).unwrap();
        (encrypt(&random, &key.public(), "kid-1", b"request", b"text").unwrap(), key)
    }

    #[test]
    fn opens_with_its_key_for_its_exchange_only() {
        let (text, key) = sealed();
        let parse = || UnverifiedJwe::parse(&text, 4096).unwrap();
        assert_eq!(parse().open(&key, "kid-1", b"request").unwrap().expose(), b"text");
        assert_eq!(parse().open(&key, "kid-2", b"request").err(), Some(JoseError::WrongRecipient));
        assert_eq!(parse().open(&key, "kid-1", b"other").err(), Some(JoseError::WrongParty));
        let other = AgreementKey::make(&SeededRandom::new("other")).unwrap();
        assert_eq!(parse().open(&other, "kid-1", b"request").err(), Some(JoseError::BadSeal));
    }

    #[test]
    fn any_changed_character_is_refused() {
        let (text, key) = sealed();
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            let judged = UnverifiedJwe::parse(&changed, 4096).and_then(|e| e.open(&key, "kid-1", b"request"));
            assert!(judged.is_err(), "character {at}");
        }
    }

    #[test]
    fn the_key_derivation_is_that_of_rfc_7518() {
        // RFC 7518 appendix C: Alice's ephemeral key, Bob's key; the shared secret Z is printed there.
        let scalar =
            |text| chop_crypto::Secret::new(chop_crypto::encoding::array_from_base64url(text).unwrap());
        let alice =
            AgreementKey::from_secret(&scalar("0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo")).unwrap();
        let bob = AgreementKey::from_secret(&scalar("VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw")).unwrap();
        let z = alice.agree(&bob.public()).unwrap();
        let printed: [u8; 4] = [158, 86, 217, 29];
        assert_eq!(&z.expose()[..4], printed);
    }
}
