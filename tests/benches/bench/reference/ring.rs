//! Bare ring: ECDSA on P-256 with SHA-256.

use std::hint::black_box;

use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, UnparsedPublicKey,
};

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
