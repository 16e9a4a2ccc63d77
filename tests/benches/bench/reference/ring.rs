//! Bare ring: ECDSA on P-256 with SHA-256, and Ed25519.

use std::hint::black_box;
use std::thread;
use std::time::Duration;

use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, UnparsedPublicKey,
};

use crate::measure::now;

/// A public point (SEC 1), a message and a signature `r ‖ s`.
pub(crate) struct Signed {
    pub(crate) key: Vec<u8>,
    pub(crate) message: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

/// One verification.
pub(crate) fn verify(signed: &Signed) {
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &signed.key)
        .verify(&signed.message, &signed.signature)
        .expect("a good signature");
}

/// A key pair, ready to sign.
pub(crate) struct Signer {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl Signer {
    #[expect(clippy::disallowed_methods, reason = "the bare library draws from the system")]
    pub(crate) fn new() -> Self {
        let random = SystemRandom::new();
        let pkcs8 =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key pair");
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random)
            .expect("our own key pair");
        Self { pair, random }
    }

    /// One signature.
    pub(crate) fn sign(&self, message: &[u8]) {
        black_box(self.pair.sign(&self.random, message).expect("a signature"));
    }
}

/// An Ed25519 key pair, as logs sign with.
pub(crate) struct LogSigner(Ed25519KeyPair);

impl LogSigner {
    pub(crate) fn new() -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("a key pair"))
    }

    /// One signature of an entry.
    pub(crate) fn sign(&self) {
        black_box(self.0.sign(black_box(&[3; 160])));
    }

    /// So many times so many verifications and signatures, spread over these cores.
    pub(crate) fn all(
        &self,
        signed: &Signed,
        verify_each: u32,
        sign_each: u32,
        count: u64,
        cores: u64,
    ) -> Duration {
        let began = now();
        thread::scope(|scope| {
            for _ in 0..cores {
                scope.spawn(|| {
                    for _ in 0..count.div_ceil(cores) {
                        (0..verify_each).for_each(|_| verify(black_box(signed)));
                        (0..sign_each).for_each(|_| self.sign());
                    }
                });
            }
        });
        began.elapsed()
    }
}
