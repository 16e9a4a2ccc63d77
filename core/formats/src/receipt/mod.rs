//! A verifier's signed statements about one exchange, one `typ` a stage.
//!
//! ```text
//! ack      I hold this grant, delivery and ciphertext      the only type that releases a key
//! use      I opened it and accepted, or did not            prev = h(ack)
//! refused  I will not acknowledge, or not use              prev = h(ack) if there was one
//! erased   what I received is erased                       prev = h(use)
//! ```
//!
//! Each names the exchange by hashes alone and restates no term (protocol.md section 2.2), and no
//! value: `claims` are digests of disclosures (RFC 9901 section 10.2 wants none of the data in logs).
//! They are signed by the leaf that signed the request, which the header names as `x5t#S256`.

mod expected;
mod stages;

pub use expected::{Expected, Presented, Signer};
pub use stages::{Ack, Common, Erased, Outcome, Reason, Refused, Stage, Use};

use std::marker::PhantomData;

use chop_crypto::{Digest, KeyId, Keystore, P256PublicKey, sha256};
use chop_model::UnixTime;

use crate::coded_union::coded_union;
use crate::jose::JoseError;
use crate::jose::jws::{Header, UnverifiedJws};
use crate::json;
use crate::object::{Signed, Verified, is_from_future};

/// Disclosures and presentations named by one receipt.
pub const MAX_DIGESTS: usize = 4096;

chop_model::coded_errors! {
    /// What a receipt can say that makes it no receipt of this exchange.
    pub enum ReceiptError {
        /// It does not name the certificate that signed it.
        NoCertificate => ("receipt.no-certificate", Peer, "the receipt does not name its certificate"),
        /// Signed under another certificate than the request.
        WrongCertificate => ("receipt.wrong-certificate", Peer, "the receipt names another certificate than the request's"),
        /// Another client id than the request's.
        WrongIssuer => ("receipt.wrong-issuer", Peer, "the receipt is from somebody else than who asked"),
        /// Another organisation than the certificate's.
        WrongOrganisation => ("receipt.wrong-organisation", Peer, "the receipt names another organisation than its certificate"),
        /// To another holder.
        WrongAudience => ("receipt.wrong-audience", Peer, "the receipt is for another holder"),
        /// For another grant.
        WrongGrant => ("receipt.wrong-grant", Peer, "the receipt is for another grant"),
        /// For another delivery note.
        WrongDelivery => ("receipt.wrong-delivery", Peer, "the receipt is for another delivery"),
        /// For another request.
        WrongRequest => ("receipt.wrong-request", Peer, "the receipt is for another request"),
        /// For another ciphertext.
        WrongCiphertext => ("receipt.wrong-ciphertext", Peer, "the receipt is for other sealed content"),
        /// For another key.
        WrongKeyCommitment => ("receipt.wrong-key-commitment", Peer, "the receipt is for another key"),
        /// It echoes another log than the holder's.
        WrongHolderLog => ("receipt.wrong-holder-log", Peer, "the receipt echoes another log than the holder's"),
        /// It does not follow the receipt before it.
        WrongPrevious => ("receipt.wrong-previous", Peer, "the receipt does not follow the one before it"),
        /// It names other content than was presented.
        WrongPresentation => ("receipt.wrong-presentation", Peer, "the receipt names another presentation than the one given"),
        /// It names claims that were not presented.
        WrongClaims => ("receipt.wrong-claims", Peer, "the receipt names claims that were not presented"),
        /// More digests than a presentation has.
        TooMany => ("receipt.too-many", Peer, "the receipt names too many claims"),
        /// From before the grant, beyond what clocks differ.
        TooEarly => ("receipt.too-early", Peer, "the receipt is older than its grant"),
        /// From the future, beyond what clocks differ.
        FromFuture => ("receipt.from-future", Peer, "the receipt is from the future"),
    }
}

/// A receipt that was signed here.
pub type SignedReceipt<S> = Signed<S>;
/// A receipt that was checked against its exchange.
pub type VerifiedReceipt<S> = Verified<S>;
coded_union! {
    /// Why a receipt is refused.
    pub enum ReceiptRefusal {
        /// Form, algorithm, type or signature.
        Jose(JoseError),
        /// What it says.
        Receipt(ReceiptError),
    }
}

/// Signs a receipt with the verifier's certified key. `leaf` is the SHA-256 of its certificate.
///
/// # Errors
/// Why the key did not sign.
pub fn sign<S: Stage>(
    receipt: S,
    leaf: &Digest,
    keystore: &dyn Keystore,
    key: &KeyId,
) -> Result<SignedReceipt<S>, ReceiptRefusal> {
    if receipt.count_of_digests() > MAX_DIGESTS {
        return Err(ReceiptError::TooMany.into());
    }
    let header = Header { x5t_s256: Some(*leaf), ..Header::new(S::TYP) };
    Ok(Signed::make(receipt, &header, keystore, key)?)
}

/// A receipt of stage `S` that was taken apart and not checked.
pub struct UnverifiedReceipt<S> {
    jws: UnverifiedJws,
    stage: PhantomData<S>,
}

impl<S: Stage> UnverifiedReceipt<S> {
    /// Takes a compact JWS apart.
    ///
    /// # Errors
    /// [`crate::jose::JoseError`].
    pub fn parse(text: &str) -> Result<Self, ReceiptRefusal> {
        Ok(Self { jws: UnverifiedJws::parse(text, S::MAX_TEXT)?, stage: PhantomData })
    }

    /// The grant that it says it is of: enough to find the exchange, nothing to rely on.
    ///
    /// # Errors
    /// [`crate::jose::JoseError`] when it has no payload of its stage.
    pub fn dangerous_grant(&self) -> Result<Digest, ReceiptRefusal> {
        Ok(self.dangerous_receipt()?.common().grant.0)
    }

    /// What it says, unchecked: for one that was verified before it was kept.
    ///
    /// # Errors
    /// [`crate::jose::JoseError`] when it has no payload of its stage.
    pub fn dangerous_receipt(&self) -> Result<S, ReceiptRefusal> {
        Ok(json::parse_as(self.jws.dangerous_payload(), S::MAX_TEXT).map_err(JoseError::from)?)
    }

    /// Checks type, signature under the leaf's `key`, that it speaks of the `expected` exchange, and
    /// that it is not from the future.
    ///
    /// # Errors
    /// [`ReceiptRefusal`].
    pub fn verify(
        self,
        key: &P256PublicKey,
        expected: &Expected,
        now: UnixTime,
    ) -> Result<VerifiedReceipt<S>, ReceiptRefusal> {
        let receipt = self.verify_as_record(key, expected)?;
        if is_from_future(receipt.payload().common().iat, now) {
            return Err(ReceiptError::FromFuture.into());
        }
        Ok(receipt)
    }

    /// Checks everything that does not depend on the time: for a record of the past.
    ///
    /// # Errors
    /// [`ReceiptRefusal`].
    pub fn verify_as_record(
        self,
        key: &P256PublicKey,
        expected: &Expected,
    ) -> Result<VerifiedReceipt<S>, ReceiptRefusal> {
        let leaf = leaf_of(self.jws.header());
        let receipt: VerifiedReceipt<S> = Verified::signature_holds(self.jws, key)?;
        match leaf {
            None => return Err(ReceiptError::NoCertificate.into()),
            Some(leaf) if leaf != expected.signer.leaf => return Err(ReceiptError::WrongCertificate.into()),
            Some(_) => {}
        }
        expected.check(receipt.payload())?;
        Ok(receipt)
    }
}

/// The certificate that a header names, by digest or by carrying it; both must agree.
fn leaf_of(header: &Header) -> Option<Digest> {
    let carried = header.x5c.first().map(|der| sha256(der));
    match (header.x5t_s256, carried) {
        (Some(named), Some(carried)) if named != carried => None,
        (named, carried) => named.or(carried),
    }
}

#[cfg(test)]
mod tests;
