//! The envelope: everything the holder sends before the key, sealed to the verifier alone.
//!
//! ```text
//! ENV = compact JWE (ECDH-ES, A256GCM, kid echoed, apv = h(R)) of
//!       DEFLATE(CBOR {1: packed grant, 2: packed delivery, 3: C, 4: consent record})
//! ```
//!
//! A camera that filmed every frame holds a JWE to somebody else. The verifier reads the grant, the
//! delivery note and the consent record, and of the content nothing but its ciphertext: that opens
//! with a key that only an acknowledgement releases.

use chop_crypto::{AgreementKey, Digest, P256PublicKey, Random};

use crate::cbor::{CborError, Deterministic, Writer};
use crate::coded_union::coded_union;
use crate::deflate::{DeflateError, MAX_INFLATED, deflate, inflate};
use crate::jose::JoseError;
use crate::jose::jwe::{UnverifiedJwe, encrypt};
use crate::pack::{Form, form_of, pack, unpack_item};

/// Characters of an envelope: 1 MiB sealed and in base64url, with its header.
pub const MAX_ENVELOPE_TEXT: usize = (3 << 20) / 2;

chop_model::coded_errors! {
    /// Why an envelope cannot be made or read.
    pub enum EnvelopeError {
        /// Larger than 1 MiB.
        TooLarge => ("envelope.too-large", User, "this is too much for one envelope"),
        /// Larger than 1 MiB once inflated.
        Bomb => ("envelope.bomb", Peer, "the envelope is larger than allowed once unpacked"),
        /// Opened, and not the four parts of an envelope.
        Malformed => ("envelope.malformed", Peer, "the opened envelope cannot be read"),
    }
}

coded_union! {
    /// Why an envelope is refused.
    pub enum EnvelopeRefusal {
        /// Form, algorithm, type or signature.
        Jose(JoseError),
        /// What it says.
        Envelope(EnvelopeError),
    }
}

/// The four parts of an envelope; none of them verified.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Compact text of the grant.
    pub grant: String,
    /// Compact text of the delivery note.
    pub delivery: String,
    /// `C`.
    pub ciphertext: Vec<u8>,
    /// The consent record, whose digest the grant names.
    pub record: Vec<u8>,
}

impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Envelope({} bytes sealed)", self.ciphertext.len())
    }
}

/// Seals an envelope to the key of a request.
///
/// # Errors
/// [`EnvelopeError::TooLarge`], or [`crate::jose::JoseError::KeyFailure`] when the random source fails.
pub fn seal_envelope(
    random: &dyn Random,
    to: &P256PublicKey,
    kid: &str,
    request: &Digest,
    envelope: &Envelope,
) -> Result<String, EnvelopeRefusal> {
    let text = deflate(&envelope.to_cbor()?).map_err(|_| EnvelopeError::TooLarge)?;
    Ok(encrypt(random, to, kid, request, &text)?)
}

/// Opens an envelope that answers the request with hash `request`, with the key made for it.
///
/// # Errors
/// [`EnvelopeRefusal`].
pub fn open_envelope(
    text: &str,
    key: &AgreementKey,
    kid: &str,
    request: &Digest,
) -> Result<Envelope, EnvelopeRefusal> {
    let opened = UnverifiedJwe::parse(text, MAX_ENVELOPE_TEXT)?.open(key, kid, request)?;
    // EXPOSE: the envelope is read; its content stays sealed in it.
    let cbor = inflate(opened.expose(), MAX_INFLATED).map_err(|error| match error {
        DeflateError::TooLarge => EnvelopeError::Bomb,
        _ => EnvelopeError::Malformed,
    })?;
    Ok(Envelope::from_cbor(&cbor)?)
}

impl Envelope {
    fn to_cbor(&self) -> Result<Vec<u8>, EnvelopeError> {
        let grant = pack(&self.grant).map_err(|_| EnvelopeError::Malformed)?;
        let delivery = pack(&self.delivery).map_err(|_| EnvelopeError::Malformed)?;
        let mut writer = Writer::new();
        writer.map(4);
        writer.uint(1).item(Deterministic::check(&grant, MAX_INFLATED)?);
        writer.uint(2).item(Deterministic::check(&delivery, MAX_INFLATED)?);
        writer.uint(3).bytes(&self.ciphertext);
        writer.uint(4).bytes(&self.record);
        Ok(writer.finish())
    }

    fn from_cbor(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let mut reader = Deterministic::check(bytes, MAX_INFLATED)?.reader();
        reader.map(4)?;
        reader.exactly(1)?;
        let grant = signed_text(reader.item()?)?;
        reader.exactly(2)?;
        let delivery = signed_text(reader.item()?)?;
        reader.exactly(3)?;
        let ciphertext = reader.bytes()?.to_vec();
        reader.exactly(4)?;
        let record = reader.bytes()?.to_vec();
        reader.finish()?;
        Ok(Self { grant, delivery, ciphertext, record })
    }
}

fn signed_text(item: Deterministic<'_>) -> Result<String, EnvelopeError> {
    let text = unpack_item(item).map_err(|_| EnvelopeError::Malformed)?;
    if form_of(&text) == Ok(Form::Jws) { Ok(text) } else { Err(EnvelopeError::Malformed) }
}

impl From<CborError> for EnvelopeError {
    fn from(error: CborError) -> Self {
        match error {
            CborError::TooLarge => Self::TooLarge,
            _ => Self::Malformed,
        }
    }
}

#[cfg(test)]
mod tests {
    use chop_crypto::testing::SeededRandom;
    use chop_model::Coded;

    use super::*;

    const REQUEST: Digest = [1; 32];

    fn envelope() -> Envelope {
        Envelope {
            grant: "e30.e30.AA".into(),
            delivery: "e30.e30.AQ".into(),
            ciphertext: vec![1, 2, 3],
            record: b"{}".to_vec(),
        }
    }

    fn key() -> AgreementKey {
        AgreementKey::make(&SeededRandom::new("envelope")).unwrap()
    }

    fn sealed(text: &[u8]) -> String {
        encrypt(&SeededRandom::new("e"), &key().public(), "k1", &REQUEST, text).unwrap()
    }

    fn code(text: &str) -> &'static str {
        open_envelope(text, &key(), "k1", &REQUEST).unwrap_err().code()
    }

    #[test]
    fn it_opens_for_the_request_it_answers_and_no_other() {
        let text =
            seal_envelope(&SeededRandom::new("e"), &key().public(), "k1", &REQUEST, &envelope()).unwrap();
        assert_eq!(open_envelope(&text, &key(), "k1", &REQUEST), Ok(envelope()));
        let open = |key: &AgreementKey, kid: &str, request: &Digest| {
            open_envelope(&text, key, kid, request).unwrap_err().code()
        };
        assert_eq!(open(&key(), "k1", &[2; 32]), "jose.wrong-party");
        assert_eq!(open(&key(), "k2", &REQUEST), "jose.wrong-recipient");
        let other = AgreementKey::make(&SeededRandom::new("other")).unwrap();
        assert_eq!(open(&other, "k1", &REQUEST), "jose.bad-seal");
    }

    #[test]
    fn row_19_what_is_inside_is_bounded() {
        let mut compress = flate2::Compress::new(flate2::Compression::best(), false);
        let mut bomb = Vec::with_capacity(1 << 16);
        bomb.push(1);
        compress.compress_vec(&vec![0; 4 << 20], &mut bomb, flate2::FlushCompress::Finish).unwrap();
        assert_eq!(code(&sealed(&bomb)), "envelope.bomb");
        let large = Envelope { ciphertext: vec![0; MAX_INFLATED], ..envelope() };
        let made = seal_envelope(&SeededRandom::new("e"), &key().public(), "k1", &REQUEST, &large);
        assert_eq!(made.unwrap_err().code(), "envelope.too-large");
        assert_eq!(code(&"A".repeat(MAX_ENVELOPE_TEXT + 1)), "jose.too-large");
    }

    #[test]
    fn other_insides_are_refused() {
        let inside = |cbor: &[u8]| sealed(&deflate(cbor).unwrap());
        let good = envelope().to_cbor().unwrap();
        let jwe = pack("e30..AA.AA.AA").unwrap();
        let mut with_jwe = Writer::new();
        let jwe = Deterministic::check(&jwe, 100).unwrap();
        with_jwe.map(4).uint(1).item(jwe).uint(2).item(jwe).uint(3).bytes(&[]).uint(4).bytes(&[]);
        for bad in [&good[..good.len() - 1], &[&good[..], &[0]].concat(), &[0xa0], &with_jwe.finish()] {
            assert_eq!(code(&inside(bad)), "envelope.malformed");
        }
        assert_eq!(code(&sealed(&good)), "envelope.malformed");
    }
}
