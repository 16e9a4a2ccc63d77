//! Who signed a claim or a key statement: a verifier's certificate, and under which name it is shown.

use chop_crypto::{Digest, KeyId, Keystore, P256PublicKey};
use chop_model::{LangText, UnixTime};

use super::{OfferError, OfferRefusal};
use crate::jose::JoseError;
use crate::jose::jws::{UnverifiedJws, VerifiedJws};
use crate::object::MAX_SKEW;
use crate::trust_list::{Standing, TrustView};
use crate::x509::{Certificate, Role, VerifiedChain, verify_chain, x509_hash};

/// A verifier as its certificate, and perhaps a trust list, name it.
#[derive(Debug, Clone)]
pub struct Signatory {
    /// Its full client identifier.
    pub client_id: String,
    /// Its certificate.
    pub chain: VerifiedChain,
    /// Whether a list names it.
    pub standing: Standing,
    /// The name to be shown.
    pub shown: LangText,
}

/// Verifies chain and signature, and that the client identifier is the certificate's.
pub(super) fn verify(
    jws: UnverifiedJws,
    typ: &str,
    client_id: impl Fn(&VerifiedJws) -> Result<String, OfferRefusal>,
    trust: &TrustView,
    now: UnixTime,
) -> Result<(VerifiedJws, Signatory), OfferRefusal> {
    if jws.header().typ != typ {
        return Err(JoseError::WrongType.into());
    }
    if jws.header().x5c.is_empty() {
        return Err(OfferError::NoCertificate.into());
    }
    let chain = verify_chain(&jws.header().x5c, trust.anchors(), now, Role::Verifier)?;
    let jws = jws.verify(chain.leaf_key(), typ)?;
    let client_id = client_id(&jws)?;
    let is_theirs = client_id == chain.x509_hash()
        || client_id
            .strip_prefix("x509_san_dns:")
            .is_some_and(|name| chain.dns_names().iter().any(|dns| dns == name && !dns.starts_with('*')));
    if !is_theirs {
        return Err(OfferError::OtherClient.into());
    }
    let standing = trust.standing(&chain)?;
    let shown = match &standing {
        Standing::Listed(entry) => entry.party.names.clone(),
        Standing::NotListed => LangText::same(chain.shown_name().ok_or(OfferError::NoName)?),
    };
    Ok((jws, Signatory { client_id, chain, standing, shown }))
}

/// The signing key of a draft, which must be the leaf's: its `x509_hash` client identifier.
pub(super) fn client_of(
    x5c: &[Vec<u8>],
    keystore: &dyn Keystore,
    key: &KeyId,
) -> Result<(String, P256PublicKey), OfferRefusal> {
    let public = keystore.find(key).and_then(|k| k.public.p256().copied()).map_err(JoseError::from)?;
    let leaf = x5c.first().ok_or(OfferError::NoCertificate)?;
    if Certificate::read(leaf)?.p256_key()? != public {
        return Err(OfferError::OtherClient.into());
    }
    Ok((x509_hash(leaf), public))
}

/// `iat` not in the future, `exp` not past, both by more than clocks differ.
pub(super) fn check_times(
    (iat, exp): (UnixTime, UnixTime),
    longest: i64,
    now: UnixTime,
) -> Result<(), OfferError> {
    if exp <= iat || iat.0 < 0 || exp.since(iat) > longest {
        return Err(OfferError::BadTimes);
    }
    if iat.since(now) > MAX_SKEW {
        return Err(OfferError::FromTheFuture);
    }
    if now > exp { Err(OfferError::Expired) } else { Ok(()) }
}

impl Signatory {
    /// SHA-256 of the leaf certificate.
    pub fn leaf(&self) -> Digest {
        self.chain.leaf_sha256()
    }

    /// What stays the same when the certificate is renewed.
    pub fn organisation(&self) -> String {
        self.chain.organisation_id().map_or_else(|| self.chain.x509_hash(), str::to_owned)
    }
}
