//! What a receipt must say to be one of this exchange.

use chop_crypto::Digest;
use chop_model::UnixTime;

use super::{MAX_DIGESTS, ReceiptError, Stage, Use};
use crate::delivery::VerifiedDelivery;
use crate::digest64::B64Digest;
use crate::grant::VerifiedGrant;
use crate::object::is_from_future;

/// Who signed the request, and therefore signs the receipts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Full client id.
    pub client_id: String,
    /// Identifier of the organisation in its certificate.
    pub org: String,
    /// SHA-256 of the leaf certificate.
    pub leaf: Digest,
}

/// The exchange that a receipt must name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    pub(super) signer: Signer,
    aud: B64Digest,
    grant: Digest,
    dn: Digest,
    req: Option<Digest>,
    ct: Digest,
    kc: Digest,
    vp: Digest,
    hlc: Digest,
    granted: UnixTime,
    prev: Option<Digest>,
}

/// What was presented, as a use receipt may name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presented {
    /// `sd_hash` of every presentation, in any order.
    pub sd_hash: Vec<Digest>,
    /// Digests of every disclosure in them.
    pub claims: Vec<Digest>,
}

impl Expected {
    /// The exchange of `grant` and `delivery`, with the verifier that `signer` is. For the first
    /// receipt, which follows none.
    pub fn of(signer: Signer, grant: &VerifiedGrant, delivery: &VerifiedDelivery) -> Self {
        let binding = delivery.payload().binding();
        Self {
            signer,
            aud: grant.payload().iss,
            grant: grant.digest(),
            dn: delivery.digest(),
            req: delivery.payload().req.map(|req| req.0),
            ct: binding.ct,
            kc: binding.kc,
            vp: binding.vp,
            hlc: grant.payload().hlc.0,
            granted: grant.payload().iat,
            prev: None,
        }
    }

    /// The same exchange, begun by the claim whose hash is `claim`: a sealed drop (C2) has no request.
    #[must_use]
    pub fn claimed_by(self, claim: Digest) -> Self {
        Self { req: Some(claim), ..self }
    }

    /// The same exchange, after the receipt whose hash is `prev`.
    #[must_use]
    pub fn after(self, prev: Digest) -> Self {
        Self { prev: Some(prev), ..self }
    }

    /// Compares member by member; each difference has a code of its own.
    pub(super) fn check<S: Stage>(&self, receipt: &S) -> Result<(), ReceiptError> {
        use ReceiptError as E;
        let said = receipt.common();
        let pairs = [
            (said.iss == self.signer.client_id, E::WrongIssuer),
            (said.org == self.signer.org, E::WrongOrganisation),
            (said.aud == self.aud, E::WrongAudience),
            (said.grant.0 == self.grant, E::WrongGrant),
            (said.dn.0 == self.dn, E::WrongDelivery),
            (Some(said.req.0) == self.req, E::WrongRequest),
            (said.ct.0 == self.ct, E::WrongCiphertext),
            (said.kc.0 == self.kc, E::WrongKeyCommitment),
            (said.hlc.0 == self.hlc, E::WrongHolderLog),
            (receipt.prev() == self.prev, E::WrongPrevious),
            (receipt.vp().is_none_or(|vp| vp == self.vp), E::WrongPresentation),
            (receipt.count_of_digests() <= MAX_DIGESTS, E::TooMany),
            // Two clocks: the receipt cannot be older than the grant that it names.
            (!is_from_future(self.granted, said.iat), E::TooEarly),
        ];
        pairs.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, error)| Err(error))
    }
}

impl Use {
    /// Whether the receipt names exactly the presentations that were given, and no claim beyond
    /// them.
    ///
    /// # Errors
    /// [`ReceiptError::WrongPresentation`], [`ReceiptError::WrongClaims`].
    pub fn check_presented(&self, presented: &Presented) -> Result<(), ReceiptError> {
        let sorted = |digests: &mut Vec<Digest>| digests.sort_unstable();
        let mut said: Vec<Digest> = self.sd_hash.iter().map(|d| d.0).collect();
        let mut given = presented.sd_hash.clone();
        sorted(&mut said);
        sorted(&mut given);
        if said != given {
            return Err(ReceiptError::WrongPresentation);
        }
        match self.claims.iter().all(|claim| presented.claims.contains(&claim.0)) {
            true => Ok(()),
            false => Err(ReceiptError::WrongClaims),
        }
    }
}
