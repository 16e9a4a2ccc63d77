//! The code of an offer, in its two forms.

use chop_crypto::{Digest, Secret};
use chop_model::UnixTime;

use super::{OfferError, RelayHost};
use crate::cbor::{Deterministic, Writer};

/// Characters of a code or link, the longest host included.
pub const MAX_CODE_CHARS: usize = 320;

/// What the small QR says. Whoever sees it can ask; nobody can read with it alone.
#[derive(Debug)]
pub struct OfferCode {
    /// Where to ask.
    pub relay: RelayHost,
    /// `k_qr`, of this offer alone.
    pub key: Secret<32>,
    /// `h(grant)`.
    pub grant: Digest,
    /// Until when. A link does not say: it comes from the relay and must be the grant's.
    pub exp: Option<UnixTime>,
}

impl OfferCode {
    /// `CHOP1:<base45(CBOR [1, relay, k_qr, h(grant), exp])>`, in the alphanumeric alphabet.
    ///
    /// # Errors
    /// [`OfferError::Malformed`] without an expiry.
    pub fn to_text(&self) -> Result<String, OfferError> {
        let exp = self.exp.and_then(|exp| u64::try_from(exp.0).ok()).ok_or(OfferError::Malformed)?;
        let mut writer = Writer::new();
        writer.array(5).uint(VERSION).text(self.relay.as_str());
        // EXPOSE: the code is what carries the key from the holder to the verifier's camera.
        writer.bytes(self.key.expose()).bytes(&self.grant).uint(exp);
        Ok(PREFIX.to_owned() + &base45::encode(writer.finish()))
    }

    /// `https://HOST/g#` and the decimal digits of `1 ‖ k_qr ‖ h(grant)`: what any phone's camera opens.
    /// A fragment is not sent to the host.
    pub fn to_link(&self) -> String {
        let mut bytes = [0; LINK_BYTES];
        let parts = [1].into_iter().chain(*self.key.expose()).chain(self.grant); // EXPOSE: as above.
        for (to, from) in bytes.iter_mut().zip(parts) {
            *to = from;
        }
        format!("{}{LINK_PATH}{}", self.relay.origin(), to_digits(&bytes))
    }

    /// Reads either form.
    ///
    /// # Errors
    /// [`OfferError`] for the first fault.
    pub fn parse(text: &str) -> Result<Self, OfferError> {
        if text.len() > MAX_CODE_CHARS {
            return Err(OfferError::TooLong);
        }
        match text.strip_prefix(PREFIX) {
            Some(code) => Self::from_code(code),
            None => Self::from_link(text),
        }
    }

    /// Whether a scanned text claims to be an offer: a frame of the optic carrier has the same prefix and
    /// another first byte.
    pub fn is_one(text: &str) -> bool {
        let looks_like_link = text.contains("://") && text.contains(LINK_PATH);
        looks_like_link || text.strip_prefix(PREFIX).is_some_and(|code| first_byte(code) == Some(ARRAY_OF_5))
    }

    fn from_code(code: &str) -> Result<Self, OfferError> {
        // Strict Base45 (RFC 9285 section 4.2): what encodes again to another text was not Base45.
        let bytes = base45::decode(code).map_err(|_| OfferError::BadBase45)?;
        if base45::encode(&bytes) != code {
            return Err(OfferError::BadBase45);
        }
        let mut reader =
            Deterministic::check(&bytes, MAX_CODE_CHARS).map_err(|_| OfferError::Malformed)?.reader();
        let mut read = || {
            reader.array(5)?;
            Ok((reader.uint()?, reader.text()?, reader.array_of()?, reader.array_of()?, reader.uint()?))
        };
        let (version, relay, key, grant, exp) =
            read().map_err(|_: crate::cbor::CborError| OfferError::Malformed)?;
        reader.finish().map_err(|_| OfferError::Malformed)?;
        if version != VERSION {
            return Err(OfferError::UnknownVersion);
        }
        let exp = i64::try_from(exp).map_err(|_| OfferError::Malformed)?;
        Ok(Self { relay: RelayHost::parse(relay)?, key: Secret::new(key), grant, exp: Some(UnixTime(exp)) })
    }

    fn from_link(link: &str) -> Result<Self, OfferError> {
        let (origin, digits) = link.split_once(LINK_PATH).ok_or(OfferError::NotAnOffer)?;
        let bytes = from_digits(digits).ok_or(OfferError::Malformed)?;
        let (version, rest) = bytes.split_first().ok_or(OfferError::Malformed)?;
        if u64::from(*version) != VERSION {
            return Err(OfferError::UnknownVersion);
        }
        let (key, grant) = rest.split_first_chunk::<32>().ok_or(OfferError::Malformed)?;
        let grant = grant.try_into().map_err(|_| OfferError::Malformed)?;
        Ok(Self { relay: RelayHost::from_origin(origin)?, key: Secret::new(*key), grant, exp: None })
    }
}

/// The first byte of a Base45 text, without decoding the rest.
fn first_byte(code: &str) -> Option<u8> {
    base45::decode(code.get(..3)?).ok()?.first().copied()
}

/// The number in decimal. Its first byte is 1, so it always has [`DIGITS`] digits.
fn to_digits(bytes: &[u8; LINK_BYTES]) -> String {
    let mut digits = [0u8; DIGITS];
    for byte in bytes {
        let mut carry = u32::from(*byte);
        for digit in digits.iter_mut().rev() {
            carry += u32::from(*digit) * 256;
            *digit = u8::try_from(carry % 10).unwrap_or_default();
            carry /= 10;
        }
    }
    digits.iter().map(|digit| char::from(b'0' + digit)).collect()
}

/// The bytes of exactly [`DIGITS`] digits, where they fit.
fn from_digits(digits: &str) -> Option<[u8; LINK_BYTES]> {
    if digits.len() != DIGITS || digits.starts_with('0') {
        return None;
    }
    let mut bytes = [0u8; LINK_BYTES];
    for digit in digits.chars() {
        let mut carry = digit.to_digit(10)?;
        for byte in bytes.iter_mut().rev() {
            carry += u32::from(*byte) * 10;
            *byte = u8::try_from(carry % 256).unwrap_or_default();
            carry /= 256;
        }
        if carry != 0 {
            return None;
        }
    }
    Some(bytes)
}

const PREFIX: &str = "CHOP1:";
const LINK_PATH: &str = "/g#";
const VERSION: u64 = 1;
/// The first byte of a code, and of no frame.
const ARRAY_OF_5: u8 = 0x85;
const LINK_BYTES: usize = 1 + 32 + 32;
/// `2^512 ≤ n < 2^513` in decimal.
const DIGITS: usize = 155;
