//! `seal(key, context, text) = nonce ‖ AES-256-GCM(key, nonce, aad = context, text)`.
//!
//! SP 800-38D. The context names the domain and the owner of the bytes, so that a sealed body moved
//! to another row, or offered as another kind of thing, does not open. GCM does not commit to its
//! key: where two parties must agree on the key, the caller adds a commitment of its own (`kc` in
//! the delivery note).

use ring::aead::{AES_128_GCM, AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

use crate::{CryptoError, Random, Secret, SecretBytes, make_array};

/// Bytes of a GCM nonce.
pub const NONCE_LEN: usize = 12;
/// Bytes of a GCM tag.
pub const TAG_LEN: usize = 16;

/// Nonce, ciphertext and tag in one string, as [`seal`] makes it.
pub type Sealed = Vec<u8>;

/// Seals `text` under `key` with a fresh random nonce in front.
///
/// # Errors
/// [`CryptoError::Random`] when no nonce could be drawn.
pub fn seal(
    random: &dyn Random,
    key: &Secret<32>,
    context: &[u8],
    text: &[u8],
) -> Result<Sealed, CryptoError> {
    let nonce: [u8; NONCE_LEN] = make_array(random)?;
    let mut out = Vec::with_capacity(NONCE_LEN + text.len() + TAG_LEN);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&seal_at(key, nonce, context, text)?);
    Ok(out)
}

/// Opens what [`seal`] made with the same key and context.
///
/// # Errors
/// [`CryptoError::BadSeal`] on any difference in key, context or bytes.
pub fn open(key: &Secret<32>, context: &[u8], sealed: &[u8]) -> Result<SecretBytes, CryptoError> {
    let (nonce, body) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(CryptoError::BadSeal)?;
    open_at(key, *nonce, context, body)
}

/// Ciphertext ‖ tag under a nonce the caller chose. The pair (key, nonce) must never come twice. A key
/// of 32 bytes is for AES-256, one of 16 for AES-128: others want that, we do not.
///
/// # Errors
/// [`CryptoError::BadSeal`] for a key of another length, or a text beyond GCM's 64 GiB.
pub fn seal_at<const N: usize>(
    key: &Secret<N>,
    nonce: [u8; NONCE_LEN],
    context: &[u8],
    text: &[u8],
) -> Result<Vec<u8>, CryptoError> {
    let mut out = Vec::with_capacity(text.len() + TAG_LEN);
    out.extend_from_slice(text);
    cipher(key)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(context), &mut out)
        .map_err(|_| CryptoError::BadSeal)?;
    Ok(out)
}

/// Opens ciphertext ‖ tag under a given nonce.
///
/// # Errors
/// [`CryptoError::BadSeal`] on any difference; no byte is given out before the tag was checked.
pub fn open_at<const N: usize>(
    key: &Secret<N>,
    nonce: [u8; NONCE_LEN],
    context: &[u8],
    body: &[u8],
) -> Result<SecretBytes, CryptoError> {
    let mut text = body.to_vec();
    let length = cipher(key)?
        .open_in_place(Nonce::assume_unique_for_key(nonce), Aad::from(context), &mut text)
        .map_err(|_| CryptoError::BadSeal)?
        .len();
    text.truncate(length);
    Ok(SecretBytes::new(text))
}

fn cipher<const N: usize>(key: &Secret<N>) -> Result<LessSafeKey, CryptoError> {
    let algorithm = if N == 16 { &AES_128_GCM } else { &AES_256_GCM };
    // EXPOSE: the cipher needs the key; ring refuses one that is not of the algorithm's length.
    UnboundKey::new(algorithm, key.expose()).map(LessSafeKey::new).map_err(|_| CryptoError::BadSeal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OsRandom;

    #[test]
    fn opens_only_with_the_same_key_context_and_bytes() {
        let key = Secret::new([1; 32]);
        let sealed = seal(&OsRandom, &key, b"chop/1/row", b"text").unwrap();
        assert_eq!(open(&key, b"chop/1/row", &sealed).unwrap().expose(), b"text");
        assert!(open(&key, b"chop/1/other", &sealed).is_err());
        assert!(open(&Secret::new([2; 32]), b"chop/1/row", &sealed).is_err());
        for i in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[i] ^= 1;
            assert!(open(&key, b"chop/1/row", &changed).is_err(), "byte {i}");
        }
        assert!(open(&key, b"chop/1/row", b"short").is_err());
    }
}
