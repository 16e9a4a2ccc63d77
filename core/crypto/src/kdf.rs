//! Keys from keys (HKDF, Concat KDF) and from passphrases (Argon2id).

use argon2::{Algorithm, Argon2, Params, Version};
use ring::hkdf;

use crate::{CryptoError, Secret, sha256_of};

/// `HKDF-SHA-256(ikm, salt = "", info = label)`, `N` ≤ 8160 bytes (RFC 5869).
pub fn hkdf_sha256<const N: usize>(ikm: &[u8], label: &[&[u8]]) -> Result<Secret<N>, CryptoError> {
    struct Length(usize);
    impl hkdf::KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    let mut out = [0; N];
    hkdf::Salt::new(hkdf::HKDF_SHA256, &[])
        .extract(ikm)
        .expand(label, Length(N))
        .and_then(|okm| okm.fill(&mut out))
        .map_err(|_| CryptoError::BadCost)?;
    Ok(Secret::new(out))
}

/// The Concat KDF of JOSE's ECDH-ES for one key of at most 256 bits (RFC 7518 section 4.6.2): the
/// first `N` bytes of
/// `SHA-256(1 ‖ Z ‖ len(alg) ‖ alg ‖ len(apu) ‖ apu ‖ len(apv) ‖ apv ‖ 8 N)`, lengths as u32.
pub fn concat_kdf<const N: usize>(z: &Secret<32>, algorithm: &str, apu: &[u8], apv: &[u8]) -> Secret<N> {
    const { assert!(N <= 32, "one round of SHA-256") };
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes();
    let bits = u32::try_from(N * 8).unwrap_or(u32::MAX);
    let round = sha256_of(&[
        &1u32.to_be_bytes(),
        z.expose(), // EXPOSE: the shared secret is the input of the derivation.
        &length(algorithm.as_bytes()),
        algorithm.as_bytes(),
        &length(apu),
        apu,
        &length(apv),
        apv,
        &bits.to_be_bytes(),
    ]);
    let mut key = [0; N];
    key.iter_mut().zip(round).for_each(|(to, from)| *to = from);
    Secret::new(key)
}

/// What one try at a passphrase costs (RFC 9106).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argon2Cost {
    /// Memory in KiB; 64 MiB (65 536) is the floor, 2 GiB the ceiling.
    pub memory_kib: u32,
    /// Passes over the memory; 3 is the floor, 64 the ceiling.
    pub passes: u32,
    /// Lanes; 1 to 16.
    pub lanes: u32,
}

impl Argon2Cost {
    /// The cost for new spaces: 64 MiB, 3 passes, 1 lane.
    pub const FLOOR: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// Whether the cost is neither too cheap to resist guessing nor so dear that a forged file
    /// could exhaust the machine.
    pub fn is_acceptable(self) -> bool {
        (Self::FLOOR.memory_kib..=2 * 1024 * 1024).contains(&self.memory_kib)
            && (Self::FLOOR.passes..=64).contains(&self.passes)
            && (1..=16).contains(&self.lanes)
    }
}

/// Argon2id (RFC 9106) of a passphrase, 256 bits. Takes the time the cost names.
///
/// # Errors
/// [`CryptoError::BadCost`] when the cost is outside its bounds.
pub fn argon2id(passphrase: &[u8], salt: &[u8; 32], cost: Argon2Cost) -> Result<Secret<32>, CryptoError> {
    if !cost.is_acceptable() {
        return Err(CryptoError::BadCost);
    }
    let params =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(|_| CryptoError::BadCost)?;
    let mut out = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase, salt, &mut out)
        .map_err(|_| CryptoError::BadCost)?;
    Ok(Secret::new(out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::to_base64url;

    #[test]
    fn a_cheap_cost_is_refused() {
        for cost in [
            Argon2Cost { memory_kib: 65_535, ..Argon2Cost::FLOOR },
            Argon2Cost { passes: 2, ..Argon2Cost::FLOOR },
            Argon2Cost { memory_kib: u32::MAX, ..Argon2Cost::FLOOR },
            Argon2Cost { lanes: 0, ..Argon2Cost::FLOOR },
        ] {
            assert_eq!(argon2id(b"x", &[0; 32], cost).err(), Some(CryptoError::BadCost));
        }
    }

    #[test]
    fn concat_kdf_of_rfc_7518_appendix_c() {
        // The example derives 128 bits for A128GCM; the first 16 bytes differ for 256 bits only by
        // the length field, so the published agreement is checked end to end in chop-formats. Here:
        // the label and both parties take part.
        let z = Secret::new([9; 32]);
        let base = to_base64url(concat_kdf::<32>(&z, "A256GCM", b"Alice", b"Bob").expose());
        for other in [
            concat_kdf::<32>(&z, "A128GCM", b"Alice", b"Bob"),
            concat_kdf::<32>(&z, "A256GCM", b"Alic", b"eBob"),
            concat_kdf::<32>(&z, "A256GCM", b"Alice", b"Bo"),
        ] {
            assert_ne!(to_base64url(other.expose()), base);
        }
    }
}
