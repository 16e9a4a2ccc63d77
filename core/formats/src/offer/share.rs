//! The key share on its way: `k_rel` sealed to the verifier, compact JWE (ECDH-ES, A256GCM).

use chop_crypto::{AgreementKey, Digest, P256PublicKey, Random, Secret};

use super::OfferError;
use crate::jose::JoseError;
use crate::jose::jwe::{UnverifiedJwe, encrypt};

/// Seals `k_rel` to `to`. `answers` is what the share is released for: `h(R)` in C1, `h(grant)` in C2n.
///
/// # Errors
/// [`JoseError::KeyFailure`] when the random source fails.
pub fn seal_share(
    random: &dyn Random,
    to: &P256PublicKey,
    kid: &str,
    answers: &Digest,
    share: &Secret<32>,
) -> Result<String, JoseError> {
    // EXPOSE: sealed here.
    encrypt(random, to, kid, answers, share.expose())
}

/// Opens a share.
///
/// # Errors
/// [`JoseError`]; [`OfferError::BadKey`] when it is not 32 bytes.
pub fn open_share(
    text: &str,
    key: &AgreementKey,
    kid: &str,
    answers: &Digest,
) -> Result<Secret<32>, super::OfferRefusal> {
    let opened = UnverifiedJwe::parse(text, MAX_SHARE_CHARS)?.open(key, kid, answers)?;
    // EXPOSE: taken over as a secret.
    Ok(Secret::from_slice(opened.expose()).ok_or(OfferError::BadKey)?)
}

/// A header, 32 bytes and a tag in base64url.
const MAX_SHARE_CHARS: usize = 2 << 10;
