//! Secrets are unfriendly: no `Clone`, no `Copy`, a `Debug` that says nothing, zeroed when dropped.

use std::fmt;

use zeroize::Zeroizing;

/// `N` secret bytes. To read them is to call [`Secret::expose`], with a comment that says why.
pub struct Secret<const N: usize>(Box<Zeroizing<[u8; N]>>);

impl<const N: usize> Secret<N> {
    /// Takes the bytes over; the caller's copy is the caller's to zero.
    pub fn new(bytes: [u8; N]) -> Self {
        Self(Box::new(Zeroizing::new(bytes)))
    }

    /// Takes the bytes of a slice over, if it has the right length.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        <[u8; N]>::try_from(bytes).ok().map(Self::new)
    }

    /// The bytes themselves. Each caller says why in a comment that begins `EXPOSE:`.
    pub fn expose(&self) -> &[u8; N] {
        &self.0
    }

    /// A second secret with the same bytes, for where two owners must each zero their own.
    pub fn duplicate(&self) -> Self {
        Self::new(**self.0)
    }
}

impl<const N: usize> fmt::Debug for Secret<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret<{N}>(hidden)")
    }
}

/// Secret bytes of any length: a passphrase, a plaintext, a private key file.
pub struct SecretBytes(Zeroizing<Vec<u8>>);

impl SecretBytes {
    /// Takes the bytes over.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes themselves. Each caller says why in a comment that begins `EXPOSE:`.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretBytes(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::new([7u8; 32])), "Secret<32>(hidden)");
        assert_eq!(format!("{:?}", SecretBytes::new(b"passphrase".to_vec())), "SecretBytes(hidden)");
    }
}
