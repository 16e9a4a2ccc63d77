//! `chop-claim+jwt`: a verifier takes up a sealed offer (C2). What the request is in the other modes:
//! it names who asks and is consumed once; every receipt names its hash as `req`.
//!
//! ```text
//! header   typ chop-claim+jwt, x5c
//! payload  iss client_id, aud relay origin, offer G, grant h(grant), nonce, iat, exp ≤ iat + 300 s,
//!          key = an encryption key made for this claim, vlc = the verifier's log commitment
//! ```

use chop_crypto::encoding::{array_from_base64url, from_base64url, to_base64url};
use chop_crypto::{Digest, KeyId, Keystore, P256PublicKey, SigningDomain, sha256};
use chop_model::UnixTime;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::signer::{self, Signatory};
use super::{OfferError, OfferRefusal};
use crate::digest64::B64Digest;
use crate::jose::jwk;
use crate::jose::jws::{self, Header, UnverifiedJws, VerifiedJws};
use crate::relay::OfferId;
use crate::trust_list::TrustView;
use crate::x509::{Certificate, x509_hash};

/// Seconds from `iat` to `exp` at most.
pub const MAX_CLAIM_LIFETIME: i64 = 300;

/// What a claim says, before it is signed.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The relay's origin.
    pub aud: String,
    /// `G`.
    pub offer: OfferId,
    /// `h(grant)`.
    pub grant: Digest,
    /// Fresh, 128 bits, base64url.
    pub nonce: String,
    /// Now.
    pub iat: UnixTime,
    /// At most [`MAX_CLAIM_LIFETIME`] later.
    pub exp: UnixTime,
    /// Made for this claim alone, never the signing key.
    pub key: P256PublicKey,
    /// The verifier's blinded log commitment.
    pub vlc: Digest,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    iss: String,
    aud: String,
    offer: String,
    grant: B64Digest,
    nonce: String,
    iat: UnixTime,
    exp: UnixTime,
    key: Value,
    vlc: B64Digest,
}

impl Claim {
    /// Signs the claim with the key that the leaf of `x5c` certifies.
    ///
    /// # Errors
    /// What a relay would refuse; why the key did not sign.
    pub fn sign(
        self,
        x5c: &[Vec<u8>],
        keystore: &dyn Keystore,
        key: &KeyId,
    ) -> Result<StoredClaim, OfferRefusal> {
        let (client_id, public) = signer::client_of(x5c, keystore, key)?;
        signer::check_times((self.iat, self.exp), MAX_CLAIM_LIFETIME, self.iat)?;
        let wire = Wire {
            iss: client_id,
            aud: self.aud,
            offer: to_base64url(&self.offer.0),
            grant: self.grant.into(),
            nonce: self.nonce,
            iat: self.iat,
            exp: self.exp,
            key: jwk::to_value(&self.key),
            vlc: self.vlc.into(),
        };
        let header = Header { x5c: x5c.to_vec(), ..Header::new(TYP) };
        let text = jws::sign_json(&header, &wire, keystore, key, SigningDomain::Claim)?;
        // What a relay would refuse is found before it leaves.
        wire.read(&public)?;
        StoredClaim::read(&text)
    }
}

/// The offer that a claim must be for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedClaim {
    /// The relay's own origin.
    pub aud: String,
    /// `G`.
    pub offer: OfferId,
    /// `h(grant)`.
    pub grant: Digest,
}

/// A claim that was taken apart and not checked.
pub struct UnverifiedClaim(UnverifiedJws);

impl UnverifiedClaim {
    /// Takes a compact JWS apart.
    ///
    /// # Errors
    /// [`crate::jose::JoseError`].
    pub fn parse(text: &str) -> Result<Self, OfferRefusal> {
        Ok(Self(UnverifiedJws::parse(text, MAX_CLAIM_CHARS)?))
    }

    /// Checks chain, signature, client, times, and that it is for the `expected` offer. Whether that
    /// verifier may have it is the policy's to say.
    ///
    /// # Errors
    /// [`OfferRefusal`] for the first fault.
    pub fn verify(
        self,
        trust: &TrustView,
        expected: &ExpectedClaim,
        now: UnixTime,
    ) -> Result<VerifiedClaim, OfferRefusal> {
        let client = |jws: &VerifiedJws| Ok(jws.json::<Wire>()?.iss);
        let (jws, signatory) = signer::verify(self.0, TYP, client, trust, now)?;
        let claim = jws.json::<Wire>()?.read(signatory.chain.leaf_key())?;
        if claim.aud != expected.aud || claim.offer != expected.offer || claim.grant != expected.grant {
            return Err(OfferError::OtherOffer.into());
        }
        signer::check_times((claim.iat, claim.exp), MAX_CLAIM_LIFETIME, now)?;
        Ok(VerifiedClaim { jws, claim, signatory })
    }
}

/// A claim whose chain, signature, client, times and offer were checked.
#[derive(Clone)]
pub struct VerifiedClaim {
    jws: VerifiedJws,
    claim: Claim,
    signatory: Signatory,
}

impl VerifiedClaim {
    /// The exact text.
    pub fn text(&self) -> &str {
        self.jws.text()
    }

    /// `h(claim)`.
    pub fn digest(&self) -> Digest {
        self.jws.digest()
    }

    /// What it says.
    pub fn claim(&self) -> &Claim {
        &self.claim
    }

    /// Who signed it.
    pub fn signatory(&self) -> &Signatory {
        &self.signatory
    }
}

/// A claim from the record, made or verified when it was stored. Its signature holds under the
/// certificate that it carries.
#[derive(Clone)]
pub struct StoredClaim {
    jws: VerifiedJws,
    claim: Claim,
    client_id: String,
    leaf: Vec<u8>,
    leaf_key: P256PublicKey,
    organisation_id: Option<String>,
}

impl StoredClaim {
    /// Reads a stored claim.
    ///
    /// # Errors
    /// [`OfferRefusal`].
    pub fn read(text: &str) -> Result<Self, OfferRefusal> {
        let jws = UnverifiedJws::parse(text, MAX_CLAIM_CHARS)?;
        let leaf = jws.header().x5c.first().cloned().ok_or(OfferError::NoCertificate)?;
        let certificate = Certificate::read(&leaf)?;
        let (leaf_key, organisation_id) = (certificate.p256_key()?, certificate.organisation_id()?);
        let jws = jws.verify(&leaf_key, TYP)?;
        let wire = jws.json::<Wire>()?;
        let client_id = wire.iss.clone();
        let claim = wire.read(&leaf_key)?;
        Ok(Self { jws, claim, client_id, leaf, leaf_key, organisation_id })
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.jws.text()
    }

    /// `h(claim)`.
    pub fn digest(&self) -> Digest {
        self.jws.digest()
    }

    /// What it says.
    pub fn claim(&self) -> &Claim {
        &self.claim
    }

    /// The full client id.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The key that signed it.
    pub fn leaf_key(&self) -> &P256PublicKey {
        &self.leaf_key
    }

    /// SHA-256 of the certificate that signed it.
    pub fn leaf_sha256(&self) -> Digest {
        sha256(&self.leaf)
    }

    /// What stays the same when the certificate is renewed.
    pub fn organisation(&self) -> String {
        self.organisation_id.clone().unwrap_or_else(|| x509_hash(&self.leaf))
    }
}

impl std::fmt::Debug for VerifiedClaim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VerifiedClaim({})", self.signatory.client_id)
    }
}

impl std::fmt::Debug for StoredClaim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StoredClaim({})", self.client_id)
    }
}

impl Wire {
    /// Reads the members; `signing` must not be the key to seal to.
    fn read(self, signing: &P256PublicKey) -> Result<Claim, OfferError> {
        let Self { iss: _, aud, offer, grant, nonce, iat, exp, key, vlc } = self;
        let offer = OfferId(array_from_base64url(&offer).map_err(|_| OfferError::OtherOffer)?);
        let is_fresh =
            nonce.len() <= MAX_NONCE_CHARS && from_base64url(&nonce).is_ok_and(|bytes| bytes.len() >= 16);
        if !is_fresh {
            return Err(OfferError::BadNonce);
        }
        let key = jwk::from_value(&key).map_err(|_| OfferError::BadKey)?;
        if key == *signing {
            return Err(OfferError::KeySigns);
        }
        Ok(Claim { aud, offer, grant: grant.0, nonce, iat, exp, key, vlc: vlc.0 })
    }
}

const TYP: &str = "chop-claim+jwt";
/// A chain of four certificates and the payload.
const MAX_CLAIM_CHARS: usize = 48 << 10;
const MAX_NONCE_CHARS: usize = 128;
