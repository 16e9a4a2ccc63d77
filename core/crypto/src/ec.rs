//! P-256 keys: public points and the private side of a key agreement (SEC 1, RFC 7518 section 4.6).

use p256::elliptic_curve::sec1::ToSec1Point;
use zeroize::Zeroizing;

use crate::{CryptoError, Random, Secret};

/// A point on P-256 other than infinity, checked when it was read. 65 bytes, uncompressed SEC 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct P256PublicKey([u8; 65]);

impl P256PublicKey {
    /// Reads 65 bytes `04 ‖ x ‖ y`.
    ///
    /// # Errors
    /// [`CryptoError::BadPublicKey`] unless the point lies on the curve.
    pub fn from_sec1(bytes: &[u8]) -> Result<Self, CryptoError> {
        let bytes: [u8; 65] = bytes.try_into().map_err(|_| CryptoError::BadPublicKey)?;
        p256::PublicKey::from_sec1_bytes(&bytes).map_err(|_| CryptoError::BadPublicKey)?;
        match bytes.first() {
            Some(4) => Ok(Self(bytes)),
            _ => Err(CryptoError::BadPublicKey),
        }
    }

    /// Reads the two coordinates of a JWK (RFC 7518 section 6.2.1), 32 bytes each, big endian.
    ///
    /// # Errors
    /// [`CryptoError::BadPublicKey`] unless the point lies on the curve.
    pub fn from_coordinates(x: &[u8; 32], y: &[u8; 32]) -> Result<Self, CryptoError> {
        let mut bytes = [4; 65];
        let (_, rest) = bytes.split_at_mut(1);
        let (to_x, to_y) = rest.split_at_mut(32);
        to_x.copy_from_slice(x);
        to_y.copy_from_slice(y);
        Self::from_sec1(&bytes)
    }

    /// `04 ‖ x ‖ y`.
    pub fn as_sec1(&self) -> &[u8; 65] {
        &self.0
    }

    /// The x coordinate, big endian.
    pub fn x(&self) -> [u8; 32] {
        self.coordinate(1)
    }

    /// The y coordinate, big endian.
    pub fn y(&self) -> [u8; 32] {
        self.coordinate(33)
    }

    fn coordinate(&self, start: usize) -> [u8; 32] {
        self.0.get(start..start + 32).and_then(|s| s.try_into().ok()).unwrap_or([0; 32])
    }
}

impl std::fmt::Debug for P256PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "P256PublicKey({}…)", crate::encoding::to_base64url(&self.x()).get(..8).unwrap_or(""))
    }
}

/// The private side of an ECDH agreement. Unlike ring's, it can be kept and used again: a verifier
/// makes it with its request and needs it when the envelope comes.
pub struct AgreementKey(p256::SecretKey);

impl AgreementKey {
    /// A fresh key.
    ///
    /// # Errors
    /// [`CryptoError::Random`] when the random source fails.
    pub fn make(random: &dyn Random) -> Result<Self, CryptoError> {
        private_key(random).map(Self)
    }

    /// Reads a stored scalar.
    ///
    /// # Errors
    /// [`CryptoError::BadPrivateKey`] when it is zero or not below the order.
    pub fn from_secret(secret: &Secret<32>) -> Result<Self, CryptoError> {
        // EXPOSE: the scalar becomes the key.
        p256::SecretKey::from_slice(secret.expose()).map(Self).map_err(|_| CryptoError::BadPrivateKey)
    }

    /// The scalar, to be stored sealed.
    pub fn to_secret(&self) -> Secret<32> {
        Secret::new((*Zeroizing::new(self.0.to_bytes())).into())
    }

    /// The public point.
    pub fn public(&self) -> P256PublicKey {
        public_of(&self.0)
    }

    /// The x coordinate of the shared point (`Z` in RFC 7518 section 4.6.2).
    ///
    /// # Errors
    /// [`CryptoError::BadPublicKey`] never for a [`P256PublicKey`], which was checked when read.
    pub fn agree(&self, peer: &P256PublicKey) -> Result<Secret<32>, CryptoError> {
        let peer = p256::PublicKey::from_sec1_bytes(peer.as_sec1()).map_err(|_| CryptoError::BadPublicKey)?;
        let shared = p256::ecdh::diffie_hellman(self.0.to_nonzero_scalar(), peer.as_affine());
        Secret::from_slice(shared.raw_secret_bytes()).ok_or(CryptoError::BadPublicKey)
    }
}

impl std::fmt::Debug for AgreementKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AgreementKey(hidden)")
    }
}

/// A uniformly drawn private key, by rejection: a draw misses with probability 2⁻³².
pub(crate) fn private_key(random: &dyn Random) -> Result<p256::SecretKey, CryptoError> {
    for _ in 0..8 {
        let mut scalar = Zeroizing::new([0; 32]);
        random.fill(&mut *scalar)?;
        if let Ok(key) = p256::SecretKey::from_slice(&*scalar) {
            return Ok(key);
        }
    }
    Err(CryptoError::Random)
}

/// The public point of a private key.
pub(crate) fn public_of(key: &p256::SecretKey) -> P256PublicKey {
    let mut out = [0; 65];
    out.copy_from_slice(key.public_key().to_sec1_point(false).as_bytes());
    P256PublicKey(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OsRandom;

    #[test]
    fn both_sides_agree() {
        let a = AgreementKey::make(&OsRandom).unwrap();
        let b = AgreementKey::from_secret(&AgreementKey::make(&OsRandom).unwrap().to_secret()).unwrap();
        assert_eq!(a.agree(&b.public()).unwrap().expose(), b.agree(&a.public()).unwrap().expose());
        assert_eq!(format!("{a:?}"), "AgreementKey(hidden)");
    }

    #[test]
    fn a_point_off_the_curve_is_refused() {
        let key = AgreementKey::make(&OsRandom).unwrap().public();
        assert_eq!(P256PublicKey::from_coordinates(&key.x(), &key.y()), Ok(key));
        let mut y = key.y();
        y[31] ^= 1;
        assert_eq!(P256PublicKey::from_coordinates(&key.x(), &y), Err(CryptoError::BadPublicKey));
        assert!(P256PublicKey::from_sec1(&[0]).is_err());
    }
}
