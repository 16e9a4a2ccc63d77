//! Compact JOSE texts as CBOR of their decoded parts, so that they compress.
//!
//! ```text
//! header.payload.signature                  [1, header, payload, signature]
//! header.key.iv.ciphertext.tag              [2, header, key, iv, ciphertext, tag]
//! jws~disclosure~…~                         [3, header, payload, signature, [disclosure, …]]
//! jws~disclosure~…~header.payload.signature [3, header, payload, signature, [disclosure, …],
//!                                               header, payload, signature]
//! ```
//!
//! base64url makes four characters of three bytes and hides every repetition from DEFLATE. Packing
//! is exact: only the one canonical base64url text of some bytes is packed, so `unpack(pack(x)) = x`
//! and signatures over the text still hold.

use chop_crypto::encoding::{from_base64url, to_base64url};

use crate::cbor::{CborError, Deterministic, Reader, Writer};

/// Characters of a text, packed or unpacked: what an inflated message may hold.
pub const MAX_TEXT: usize = 2 << 20;
/// Disclosures of one SD-JWT.
pub const MAX_DISCLOSURES: usize = 4096;

chop_model::coded_errors! {
    /// Why a text cannot be packed, or bytes not unpacked.
    pub enum PackError {
        /// More characters than allowed.
        TooLarge => ("pack.too-large", Peer, "the text is too long to be packed"),
        /// Not a compact JWS, compact JWE or SD-JWT.
        NotCompact => ("pack.not-compact", Peer, "the text is not a compact JWS, JWE or SD-JWT"),
        /// A part would not unpack to the same text.
        NotCanonical => ("pack.not-canonical", Peer, "a part of the text is not canonical base64url"),
        /// The bytes are not what packing makes.
        BadPacking => ("pack.bad-packing", Peer, "the packed form cannot be read"),
    }
}

impl From<CborError> for PackError {
    fn from(_: CborError) -> Self {
        Self::BadPacking
    }
}

/// What a compact text is, by its outer form alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// RFC 7515 section 7.1.
    Jws,
    /// RFC 7516 section 7.1.
    Jwe,
    /// RFC 9901 section 4, with or without key binding.
    SdJwt,
}

/// Packs `text`; the result is one deterministic CBOR item.
///
/// # Errors
/// [`PackError`], and then nothing else would have unpacked to `text`.
pub fn pack(text: &str) -> Result<Vec<u8>, PackError> {
    if text.len() > MAX_TEXT {
        return Err(PackError::TooLarge);
    }
    let mut writer = Writer::new();
    match form_of(text)? {
        Form::Jws => {
            writer.array(1 + JWS_PARTS).uint(JWS);
            write_parts(&mut writer, text, JWS_PARTS)?;
        }
        Form::Jwe => {
            writer.array(1 + JWE_PARTS).uint(JWE);
            write_parts(&mut writer, text, JWE_PARTS)?;
        }
        Form::SdJwt => write_sd_jwt(&mut writer, text)?,
    }
    Ok(writer.finish())
}

/// The text that was packed into `packed`.
///
/// # Errors
/// [`PackError::BadPacking`] unless [`pack`] makes exactly these bytes.
pub fn unpack(packed: &[u8]) -> Result<String, PackError> {
    unpack_item(Deterministic::check(packed, MAX_TEXT)?)
}

/// As [`unpack`], for a part of a document that was checked already.
///
/// # Errors
/// [`PackError::BadPacking`].
pub fn unpack_item(item: Deterministic<'_>) -> Result<String, PackError> {
    let mut reader = item.reader();
    let length = reader.array_up_to(1 + JWS_PARTS + 1 + JWS_PARTS)?;
    let text = match (reader.uint()?, length) {
        (JWS, 4) => read_parts(&mut reader, JWS_PARTS)?,
        (JWE, 6) => read_parts(&mut reader, JWE_PARTS)?,
        (SD_JWT, 5) => read_sd_jwt(&mut reader)?,
        (SD_JWT, 8) => read_sd_jwt(&mut reader)? + &read_parts(&mut reader, JWS_PARTS)?,
        _ => return Err(PackError::BadPacking),
    };
    reader.finish()?;
    if text.len() > MAX_TEXT { Err(PackError::TooLarge) } else { Ok(text) }
}

/// Which of the three forms `text` has. Says nothing about its parts.
///
/// # Errors
/// [`PackError::NotCompact`].
pub fn form_of(text: &str) -> Result<Form, PackError> {
    if text.contains('~') {
        return Ok(Form::SdJwt);
    }
    match text.split('.').count() {
        JWS_PARTS => Ok(Form::Jws),
        JWE_PARTS => Ok(Form::Jwe),
        _ => Err(PackError::NotCompact),
    }
}

fn write_sd_jwt(writer: &mut Writer, text: &str) -> Result<(), PackError> {
    let (jws, rest) = text.split_once('~').ok_or(PackError::NotCompact)?;
    // RFC 9901 section 4: a tilde ends every disclosure; what stands behind the last is the key
    // binding, or nothing.
    let (disclosures, binding) = rest.rsplit_once('~').unwrap_or(("", rest));
    let disclosures: Vec<&str> = match disclosures {
        "" if rest.contains('~') => return Err(PackError::NotCompact),
        "" => Vec::new(),
        some => some.split('~').collect(),
    };
    if disclosures.len() > MAX_DISCLOSURES {
        return Err(PackError::TooLarge);
    }
    writer.array(if binding.is_empty() { 5 } else { 8 }).uint(SD_JWT);
    write_parts(writer, jws, JWS_PARTS)?;
    writer.array(disclosures.len());
    for disclosure in disclosures {
        if disclosure.is_empty() {
            return Err(PackError::NotCompact);
        }
        writer.bytes(&part(disclosure)?);
    }
    if binding.is_empty() { Ok(()) } else { write_parts(writer, binding, JWS_PARTS) }
}

fn write_parts(writer: &mut Writer, text: &str, count: usize) -> Result<(), PackError> {
    if text.split('.').count() != count {
        return Err(PackError::NotCompact);
    }
    for encoded in text.split('.') {
        writer.bytes(&part(encoded)?);
    }
    Ok(())
}

fn part(encoded: &str) -> Result<Vec<u8>, PackError> {
    from_base64url(encoded).map_err(|_| PackError::NotCanonical)
}

fn read_sd_jwt(reader: &mut Reader<'_>) -> Result<String, PackError> {
    let mut text = read_parts(reader, JWS_PARTS)? + "~";
    for _ in 0..reader.array_up_to(MAX_DISCLOSURES)? {
        let disclosure = reader.bytes()?;
        if disclosure.is_empty() {
            return Err(PackError::BadPacking);
        }
        text += &to_base64url(disclosure);
        text.push('~');
    }
    Ok(text)
}

fn read_parts(reader: &mut Reader<'_>, count: usize) -> Result<String, PackError> {
    let mut parts = Vec::with_capacity(count);
    for _ in 0..count {
        parts.push(to_base64url(reader.bytes()?));
    }
    Ok(parts.join("."))
}

const JWS: u64 = 1;
const JWE: u64 = 2;
const SD_JWT: u64 = 3;
const JWS_PARTS: usize = 3;
const JWE_PARTS: usize = 5;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_form_comes_back_as_it_was() {
        for text in ["e30.e30.AA", "e30..AA", "..", "e30..AA.AA.AA", "e30.e30.AA~", "e30.e30.AA~WyI~WyI~"] {
            assert_eq!(unpack(&pack(text).unwrap()).as_deref(), Ok(text));
        }
        let with_binding = "e30.e30.AA~WyI~e30.e30.AQ";
        assert_eq!(unpack(&pack(with_binding).unwrap()).as_deref(), Ok(with_binding));
        let bound_without_disclosure = "e30.e30.AA~e30.e30.AQ";
        assert_eq!(unpack(&pack(bound_without_disclosure).unwrap()).as_deref(), Ok(bound_without_disclosure));
    }

    #[test]
    fn row_17_what_would_not_come_back_is_refused() {
        use PackError::*;
        for (text, error) in [
            ("e30.e30.AB", NotCanonical),  // trailing bits
            ("e30.e30.AA=", NotCanonical), // padding
            ("e30.e30.A", NotCanonical),
            ("e30.e3 0.AA", NotCanonical),
            ("e30.e30.+A", NotCanonical),
            ("e30.e30", NotCompact),
            ("e30.e30.AA.AA", NotCompact),
            ("", NotCompact),
            ("e30.e30.AA~~", NotCompact),
            ("e30.e30.AA~WyI~~", NotCompact),
            ("e30.e30.AA~WyI~e30.e30", NotCompact),
            ("e30.e30~WyI~", NotCompact),
            ("\u{feff}e30.e30.AA", NotCanonical),
            ("e30.e30.AA\n", NotCanonical),
        ] {
            assert_eq!(pack(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn foreign_packings_are_refused() {
        for packed in [
            &[0x84, 0x04, 0x40, 0x40, 0x40][..],         // unknown form
            &[0x83, 0x01, 0x40, 0x40],                   // a part missing
            &[0x84, 0x01, 0x60, 0x40, 0x40],             // text for bytes
            &[0x84, 0x18, 0x01, 0x40, 0x40, 0x40],       // long integer
            &[0x85, 0x03, 0x40, 0x40, 0x40, 0x81, 0x40], // empty disclosure
            &[0x84, 0x01, 0x40, 0x40, 0x40, 0x00],       // trailing
        ] {
            assert_eq!(unpack(packed), Err(PackError::BadPacking));
        }
    }

    proptest! {
        #[test]
        fn packing_is_exact(parts in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 3..9)) {
            let encoded: Vec<_> = parts.iter().map(|p| to_base64url(p)).collect();
            for text in [encoded[..3].join("."), encoded[..3].join(".") + "~" + &encoded[3..].join("~") + "~"] {
                if let Ok(packed) = pack(&text) {
                    prop_assert_eq!(unpack(&packed), Ok(text));
                }
            }
        }

        #[test]
        fn what_unpacks_packs_to_the_same(bytes in proptest::collection::vec(any::<u8>(), 0..40), form in 1u8..4) {
            let packed = [&[0x84, form][..], &bytes].concat();
            if let Ok(text) = unpack(&packed) {
                prop_assert_eq!(pack(&text), Ok(packed));
            }
        }
    }
}
