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
    Ok(encrypt(random, to, kid, request, &envelope.to_packed()?)?)
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
    Ok(Envelope::from_packed(opened.expose())?)
}

impl Envelope {
    /// The envelope without a seal of its own: for a channel that seals it (mode C2f).
    ///
    /// # Errors
    /// [`EnvelopeError::TooLarge`], [`EnvelopeError::Malformed`].
    pub fn to_packed(&self) -> Result<Vec<u8>, EnvelopeError> {
        deflate(&self.to_cbor()?).map_err(|_| EnvelopeError::TooLarge)
    }

    /// Reads what [`Envelope::to_packed`] made.
    ///
    /// # Errors
    /// [`EnvelopeError::Bomb`], [`EnvelopeError::Malformed`].
    pub fn from_packed(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let cbor = inflate(bytes, MAX_INFLATED).map_err(|error| match error {
            DeflateError::TooLarge => EnvelopeError::Bomb,
            _ => EnvelopeError::Malformed,
        })?;
        Self::from_cbor(&cbor)
    }

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
mod tests;
