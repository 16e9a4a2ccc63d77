//! The proof of the key to which a credential is to be bound: `openid4vci-proof+jwt` (OpenID4VCI 1.0
//! appendix F.1). The wallet makes it; a demo issuer reads it.

use chop_crypto::{KeyId, Keystore, P256PublicKey, SigningDomain};
use chop_model::UnixTime;
use serde::{Deserialize, Serialize};

use super::{IssuanceError, IssuanceRule};
use crate::jose::JoseError;
use crate::jose::jws::{Header, UnverifiedJws, sign_json};
use crate::json;
use crate::object::{MAX_SKEW, is_from_future};

/// `typ` of a proof.
pub const PROOF_TYP: &str = "openid4vci-proof+jwt";

/// What a proof says. No `iss`: with a pre-authorised code the wallet is nobody's client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyProof {
    /// The credential issuer's identifier.
    pub aud: String,
    /// When it was made.
    pub iat: UnixTime,
    /// The issuer's nonce, where it gives any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
}

impl KeyProof {
    /// Signs the proof with the key that it proves.
    ///
    /// # Errors
    /// Why the key did not sign.
    pub fn sign(&self, keystore: &dyn Keystore, key: &KeyId) -> Result<String, IssuanceError> {
        let public = *keystore.find(key).map_err(JoseError::from)?.public.p256().map_err(JoseError::from)?;
        let header = Header { jwk: Some(public), ..Header::new(PROOF_TYP) };
        Ok(sign_json(&header, self, keystore, key, SigningDomain::KeyProof)?)
    }

    /// Reads a proof as an issuer does; the key that it proves.
    ///
    /// # Errors
    /// [`IssuanceRule::ProofRefused`], or the fault of its form.
    pub fn verify(text: &str, aud: &str, nonce: &str, now: UnixTime) -> Result<P256PublicKey, IssuanceError> {
        let jws = UnverifiedJws::parse(text, MAX_PROOF)?;
        let key = jws.header().jwk.ok_or(IssuanceRule::ProofRefused)?;
        let jws = jws.verify(&key, PROOF_TYP)?;
        let said: Self = json::parse_as(jws.payload(), MAX_PROOF)?;
        let is_fresh = !is_from_future(said.iat, now) && now.since(said.iat) <= MAX_SKEW;
        if said.aud != aud || said.nonce.as_deref() != Some(nonce) || !is_fresh {
            return Err(IssuanceRule::ProofRefused.into());
        }
        Ok(key)
    }
}

const MAX_PROOF: usize = 8 * 1024;

#[cfg(test)]
mod tests {
    use super::*;
    use chop_crypto::KeyPurpose;
    use chop_crypto::testing::{MemoryKeystore, SeededRandom};

    #[test]
    fn a_proof_is_for_one_issuer_one_nonce_and_a_few_minutes() {
        let store = MemoryKeystore::new(Box::new(SeededRandom::new("proof")));
        let key = store.generate(KeyPurpose::Credential).unwrap();
        let now = UnixTime(1_795_219_200);
        let proof = KeyProof { aud: "https://i.example".into(), iat: now, nonce: Some("n".into()) };
        let text = proof.sign(&store, &key.id).unwrap();
        let verify = |aud: &str, nonce: &str, now| KeyProof::verify(&text, aud, nonce, now);
        assert_eq!(verify("https://i.example", "n", now), Ok(*key.public.p256().unwrap()));
        let refused = Err(IssuanceRule::ProofRefused.into());
        assert_eq!(verify("https://j.example", "n", now), refused);
        assert_eq!(verify("https://i.example", "m", now), refused);
        assert_eq!(verify("https://i.example", "n", now.plus(301)), refused);
        assert_eq!(verify("https://i.example", "n", now.plus(-301)), refused);
        // A key that binds grants does not prove itself to an issuer.
        let other = store.generate(KeyPurpose::Consent).unwrap();
        assert!(proof.sign(&store, &other.id).is_err());
    }
}
