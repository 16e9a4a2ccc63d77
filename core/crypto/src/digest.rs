//! SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104).

use ring::{digest, hmac};

/// Bytes in a SHA-256 digest.
pub const HASH_LEN: usize = 32;

/// A SHA-256 digest, 32 bytes.
pub type Digest = [u8; HASH_LEN];

/// `SHA-256(data)`.
pub fn sha256(data: &[u8]) -> Digest {
    sha256_of(&[data])
}

/// `SHA-256(parts[0] ‖ parts[1] ‖ …)`, with no separator: callers frame what needs framing.
pub fn sha256_of(parts: &[&[u8]]) -> Digest {
    let mut hasher = Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finish()
}

/// SHA-256 fed piece by piece, for bytes that do not fit into memory at once.
#[derive(Clone)]
pub struct Hasher(digest::Context);

impl Hasher {
    /// An empty hash state.
    pub fn new() -> Self {
        Self(digest::Context::new(&digest::SHA256))
    }

    /// Feeds `data`.
    pub fn update(&mut self, data: &[u8]) {
        self.0.update(data);
    }

    /// The digest of all that was fed.
    pub fn finish(self) -> Digest {
        let mut out = [0; HASH_LEN];
        // ring's SHA-256 output is HASH_LEN bytes by definition, so the two always match in length.
        out.copy_from_slice(self.0.finish().as_ref());
        out
    }
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new()
    }
}

/// `HMAC-SHA-256(key, parts[0] ‖ parts[1] ‖ …)`.
pub fn hmac_sha256(key: &[u8; 32], parts: &[&[u8]]) -> Digest {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let mut context = hmac::Context::with_key(&key);
    for part in parts {
        context.update(part);
    }
    let mut out = [0; HASH_LEN];
    out.copy_from_slice(context.sign().as_ref());
    out
}

/// Whether `tag` is the HMAC of `parts` under `key`, compared in constant time.
pub fn hmac_sha256_matches(key: &[u8; 32], parts: &[&[u8]], tag: &Digest) -> bool {
    same_bytes(&hmac_sha256(key, parts), tag)
}

/// Equality of two byte strings in time that depends on their length only.
pub fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |acc, (x, y)| acc | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256_of_abc_is_the_published_one() {
        // FIPS 180-4, example "abc".
        let expected = "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0";
        assert_eq!(crate::encoding::to_base64url(&sha256_of(&[b"a", b"bc"])), expected);
    }

    #[test]
    fn hmac_of_rfc_4231_case_1() {
        let mut key = [0u8; 32];
        key[..20].fill(0x0b);
        // RFC 4231 section 4.2; a zero-padded key is the same HMAC key.
        let expected = "sDRMYdjbOFNcqK_OrwvxK4gdwgDJgz2nJuk3bC4yz_c";
        let tag = hmac_sha256(&key, &[b"Hi There"]);
        assert_eq!(crate::encoding::to_base64url(&tag), expected);
        assert!(hmac_sha256_matches(&key, &[b"Hi ", b"There"], &tag));
        assert!(!hmac_sha256_matches(&key, &[b"Hi There!"], &tag));
    }
}
