//! The channel through the relay: AES-256-GCM under a key that only the code gives.
//!
//! ```text
//! sealed = nonce(12) ‖ AES-256-GCM(channel, nonce, AAD "chop/1/channel/" ‖ part ‖ G, padded body)
//! ```
//!
//! The part is direction and step in one, so a body put in the place of another does not open. The
//! body is filled up to a size class inside the seal ([`crate::relay::pad`]).

use chop_crypto::{Random, Secret, SecretBytes, open, seal};

use super::OfferError;
use crate::relay::{OfferId, pad, unpad};

/// Which step a body is, and in which direction it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Verifier to holder: the request.
    Request,
    /// Holder to verifier: the envelope.
    Envelope,
    /// Verifier to holder: the acknowledgement.
    Acknowledgement,
    /// Holder to verifier: the sealed key share.
    KeyShare,
    /// Verifier to holder: the use receipt or the refusal.
    Receipt,
}

impl Part {
    fn number(self) -> u8 {
        match self {
            Self::Request => 1,
            Self::Envelope => 2,
            Self::Acknowledgement => 3,
            Self::KeyShare => 4,
            Self::Receipt => 5,
        }
    }
}

/// The key of one offer's channel.
pub struct Channel {
    key: Secret<32>,
    offer: OfferId,
}

impl Channel {
    pub(super) fn new(key: Secret<32>, offer: OfferId) -> Self {
        Self { key, offer }
    }

    /// Seals `body`, padded.
    ///
    /// # Errors
    /// [`OfferError::BodyTooLarge`]; [`OfferError::BadSeal`] when the random source fails.
    pub fn seal(&self, random: &dyn Random, part: Part, body: &[u8]) -> Result<Vec<u8>, OfferError> {
        let padded = SecretBytes::new(pad(body.to_vec()).map_err(|_| OfferError::BodyTooLarge)?);
        // EXPOSE: sealed here.
        seal(random, &self.key, &self.context(part), padded.expose()).map_err(|_| OfferError::BadSeal)
    }

    /// Opens a sealed body of this `part`.
    ///
    /// # Errors
    /// [`OfferError::BadSeal`] on any difference, other padding included: one body has one size.
    pub fn open(&self, part: Part, sealed: &[u8]) -> Result<SecretBytes, OfferError> {
        let padded = open(&self.key, &self.context(part), sealed).map_err(|_| OfferError::BadSeal)?;
        // EXPOSE: the tag holds; the body is cut out.
        let body = unpad(padded.expose()).map_err(|_| OfferError::BadSeal)?;
        Ok(SecretBytes::new(body.to_vec()))
    }

    /// Opens a sealed body that is text.
    ///
    /// # Errors
    /// [`OfferError::BadSeal`].
    pub fn open_text(&self, part: Part, sealed: &[u8]) -> Result<String, OfferError> {
        let body = self.open(part, sealed)?;
        // EXPOSE: the texts that cross here are signed objects, which are kept and shown.
        String::from_utf8(body.expose().to_vec()).map_err(|_| OfferError::BadSeal)
    }

    fn context(&self, part: Part) -> Vec<u8> {
        [b"chop/1/channel/".as_slice(), &[part.number()], &self.offer.0].concat()
    }
}

impl std::fmt::Debug for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Channel(hidden)")
    }
}
