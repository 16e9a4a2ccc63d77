//! What follows from the key in the code.

use chop_crypto::{CryptoError, Digest, Secret, hkdf_sha256};

use super::channel::Channel;
use crate::delivery::Mode;
use crate::relay::OfferId;

/// Everything that both sides derive from `k_qr`. The relay gets `G` and, of the token, its hash.
pub struct OfferKeys {
    /// `G`: the offer's name at the relay.
    pub id: OfferId,
    /// `tok`: shows the relay that somebody saw the code. Never in a URL or a log.
    pub token: Secret<32>,
    /// Seals every body that crosses the relay in C1.
    pub channel: Channel,
}

impl OfferKeys {
    /// `G = HKDF(k_qr, "chop/1/id")[0..16]`, `tok` and `channel` = `HKDF(k_qr, label ‖ G)`.
    ///
    /// # Errors
    /// Never for these lengths.
    pub fn derive(key: &Secret<32>) -> Result<Self, CryptoError> {
        // EXPOSE: the key of the code is the input of every derivation.
        let ikm = key.expose();
        let id = OfferId(*hkdf_sha256::<16>(ikm, &[b"chop/1/id"])?.expose()); // EXPOSE: G is public.
        let token = hkdf_sha256(ikm, &[b"chop/1/tok", &id.0])?;
        let channel = Channel::new(hkdf_sha256(ikm, &[b"chop/1/channel", &id.0])?, id);
        Ok(Self { id, token, channel })
    }
}

impl std::fmt::Debug for OfferKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OfferKeys(hidden)")
    }
}

/// `K = HKDF(k_qr ‖ k_rel, "chop/1/K/" ‖ mode ‖ h(grant))`: the content opens for who saw the code
/// *and* was given the share.
///
/// # Errors
/// Never for this length.
pub fn content_key(
    code: &Secret<32>,
    share: &Secret<32>,
    mode: Mode,
    grant: &Digest,
) -> Result<Secret<32>, CryptoError> {
    // EXPOSE: both are the input of the derivation.
    let ikm = chop_crypto::SecretBytes::new([code.expose().as_slice(), share.expose()].concat());
    // EXPOSE: as above.
    hkdf_sha256(ikm.expose(), &[b"chop/1/K/", mode.word().as_bytes(), grant])
}
