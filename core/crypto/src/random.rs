//! The random port: every random byte outside ring's own signing nonces comes through it.

use ring::rand::{SecureRandom, SystemRandom};

use crate::{CryptoError, Secret};

/// A source of bytes nobody can foresee. One of the four ports of core.
pub trait Random: Send + Sync {
    /// Fills `out` completely, or fails and leaves its content of no use.
    ///
    /// # Errors
    /// [`CryptoError::Random`] when the source gives nothing; nothing may be signed or sealed then.
    fn fill(&self, out: &mut [u8]) -> Result<(), CryptoError>;
}

/// The machine's own random source.
#[derive(Debug, Default, Clone, Copy)]
pub struct OsRandom;

impl Random for OsRandom {
    #[expect(clippy::disallowed_methods, reason = "this is the port's one real implementer")]
    fn fill(&self, out: &mut [u8]) -> Result<(), CryptoError> {
        SystemRandom::new().fill(out).map_err(|_| CryptoError::Random)
    }
}

/// `N` fresh random bytes that are not secret: ids, salts, nonces.
///
/// # Errors
/// As [`Random::fill`].
pub fn make_array<const N: usize>(random: &dyn Random) -> Result<[u8; N], CryptoError> {
    let mut out = [0; N];
    random.fill(&mut out)?;
    Ok(out)
}

/// A fresh secret of `N` bytes.
///
/// # Errors
/// As [`Random::fill`].
pub fn make_secret<const N: usize>(random: &dyn Random) -> Result<Secret<N>, CryptoError> {
    make_array(random).map(Secret::new)
}
