//! Sealed offers of files, and a verifier that takes them up: everything that crosses the wire, made before
//! the clock runs, but for what the latency of a single claim has to pay for.

use std::error::Error;

use chop_core::samples;
use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::{
    AgreementKey, Anchor, CryptoError, Digest, KeyId, KeyPurpose, KeyRef, Keystore, OsRandom, Secret,
    Signature, SigningDomain, SoftwareKeys, make_array, open, seal, sha256,
};
use chop_formats::delivery::Mode;
use chop_formats::offer::{Claim as ClaimDraft, OfferKeys, Part, content_key};
use chop_formats::receipt::{self, Ack as AckDraft, Common};
use chop_formats::relay::{
    Ack, Acked, Bounded, Call as _, Claim, Claimed, Content, Create, Message as _, Policy, SealedDrop,
};
use chop_formats::x509::x509_hash;
use chop_model::{Id, UnixTime};
use chop_tests::world::Authority;

use super::node::ORIGIN;
use crate::clients::{Job, post};
use crate::reference::ring::Signed;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A verifier under an authority that the relay knows.
pub(crate) struct Verifier {
    authority: Authority,
    x5c: Vec<Vec<u8>>,
    client_id: String,
    organisation: String,
    keys: Keys,
    key: KeyId,
}

/// One offer, with what its owner and whoever saw its code know.
pub(crate) struct Offered {
    code: Secret<32>,
    keys: OfferKeys,
    grant: Digest,
    ct: Digest,
    /// The request that puts it.
    pub(crate) put: Vec<u8>,
}

impl Verifier {
    pub(crate) fn new() -> Result<Self> {
        let mut keys = SoftwareKeys::default();
        let key = keys.generate(&OsRandom, KeyPurpose::Verifier)?;
        let (authority, party) = (Authority::new("Sample Authority"), samples::hospital());
        let leaf = authority.leaf(&party, "hospital.example.invalid", key.public.p256()?);
        let client_id = x509_hash(&leaf);
        let organisation = format!("{}-{}", party.legal_id.scheme, party.legal_id.value);
        Ok(Self { authority, x5c: vec![leaf], client_id, organisation, keys: Keys(keys), key: key.id })
    }

    /// The authority's certificate.
    pub(crate) fn authority(&self) -> Vec<u8> {
        self.authority.der()
    }

    /// The two requests of a redemption: claim and acknowledgement.
    pub(crate) fn redeem(&self, offered: &Offered) -> Result<Job> {
        let (claim, digest) = self.claim(offered)?;
        Ok(vec![claim, self.acknowledge(offered, digest)?])
    }

    /// A signed claim as it is posted, and the digest of its text.
    pub(crate) fn claim(&self, offered: &Offered) -> Result<(Vec<u8>, Digest)> {
        let now = now();
        let draft = ClaimDraft {
            aud: ORIGIN.to_owned(),
            offer: offered.keys.id,
            grant: offered.grant,
            nonce: to_base64url(&make_array::<16>(&OsRandom)?),
            iat: now,
            exp: now.plus(300),
            key: AgreementKey::from_secret(&Secret::new(sha256(b"one claim's key")))?.public(),
            vlc: [7; 32],
        };
        let text = draft.sign(&self.x5c, &self.keys, &self.key)?.text().to_owned();
        let claim =
            Claim { offer: offered.keys.id, tok: offered.token(), body: Bounded::new(text.clone().into())? };
        Ok((post(Claim::PATH, &claim.to_bytes()), sha256(text.as_bytes())))
    }

    /// A signed acknowledgement as it is posted.
    pub(crate) fn acknowledge(&self, offered: &Offered, claim: Digest) -> Result<Vec<u8>> {
        let Offered { keys, grant, ct, .. } = offered;
        let common = Common {
            iss: self.client_id.clone(),
            org: self.organisation.clone(),
            iat: now(),
            jti: Id::make(&OsRandom)?,
            aud: [1; 32].into(),
            grant: (*grant).into(),
            dn: DELIVERY.into(),
            req: claim.into(),
            ct: (*ct).into(),
            kc: COMMITMENT.into(),
            hlc: [2; 32].into(),
            vlc: [7; 32].into(),
        };
        let leaf = sha256(self.x5c.first().ok_or("no certificate")?);
        let text = receipt::sign(AckDraft::new(common), &leaf, &self.keys, &self.key)?.text().to_owned();
        let ack = Ack { offer: keys.id, tok: offered.token(), claim, body: Bounded::new(text.into())? };
        Ok(post(Ack::PATH, &ack.to_bytes()))
    }

    /// A claim as plain bytes, for those who only verify.
    pub(crate) fn signed(&self, offered: &Offered) -> Result<Signed> {
        let (claim, _) = self.claim(offered)?;
        let from = claim.windows(3).position(|three| three == b"eyJ").ok_or("no JWS")?;
        let jws = std::str::from_utf8(claim.get(from..).ok_or("no JWS")?)?;
        let (message, signature) = jws.rsplit_once('.').ok_or("no signature")?;
        let key = self.keys.find(&self.key)?.public.p256()?.as_sec1().to_vec();
        Ok(Signed { key, message: message.as_bytes().to_vec(), signature: from_base64url(signature)? })
    }
}

impl Offered {
    /// A file of 2 kB for any verifier under the authority, open for a day.
    pub(crate) fn make() -> Result<Self> {
        let (code, share): (Secret<32>, [u8; 32]) =
            (Secret::new(make_array(&OsRandom)?), make_array(&OsRandom)?);
        let grant: Digest = make_array(&OsRandom)?;
        let keys = OfferKeys::derive(&code)?;
        let key = content_key(&code, &Secret::new(share), Mode::C2Files, &grant)?;
        let sealed = seal(&OsRandom, &key, CONTEXT, &FILE)?;
        let ct = sha256(&sealed);
        let env = keys.channel.seal(&OsRandom, Part::Envelope, &sealed)?;
        let put = create(&keys, grant, ct, env, share)?;
        Ok(Self { code, keys, grant, ct, put })
    }

    /// An offer whose envelope has this many bytes, of which only `put` matters.
    pub(crate) fn of_size(bytes: usize) -> Result<Vec<u8>> {
        let keys = OfferKeys::derive(&Secret::new(make_array(&OsRandom)?))?;
        create(&keys, make_array(&OsRandom)?, [3; 32], vec![9; bytes], [4; 32])
    }

    /// The file, from the answers to claim and acknowledgement.
    pub(crate) fn open(&self, claimed: &[u8], acked: &[u8]) -> Result<usize> {
        let env = Claimed::from_bytes(claimed)?.env.ok_or("no envelope")?;
        let share = Acked::from_bytes(acked)?.share.ok_or("no key share")?;
        let sealed = self.keys.channel.open(Part::Envelope, env.as_bytes())?;
        let share = Secret::from_slice(share.as_bytes()).ok_or("not a key share")?;
        let key = content_key(&self.code, &share, Mode::C2Files, &self.grant)?;
        // EXPOSE: the ciphertext inside the channel's seal, and the length of what it holds.
        Ok(open(&key, CONTEXT, sealed.expose())?.expose().len())
    }

    fn token(&self) -> Secret<32> {
        // EXPOSE: as a verifier who saw the code sends it.
        Secret::new(*self.keys.token.expose())
    }
}

/// Whether an answer to an acknowledgement hands out the key share.
pub(crate) fn hands_out(acked: &[u8]) -> bool {
    Acked::from_bytes(acked).is_ok_and(|acked| acked.share.is_some())
}

fn create(keys: &OfferKeys, grant: Digest, ct: Digest, env: Vec<u8>, share: [u8; 32]) -> Result<Vec<u8>> {
    let policy = Policy { client_ids: Vec::new(), organisations: Vec::new(), anchors: Vec::new() };
    let (env, share) = (Bounded::new(env)?, Bounded::new(share.to_vec())?);
    let drop = SealedDrop { policy, grant, dn: DELIVERY, ct, kc: COMMITMENT, env, share };
    let create = Create {
        capability: None,
        offer: keys.id,
        // EXPOSE: only its hash goes to the relay.
        h_tok: sha256(keys.token.expose()),
        h_owner: sha256(&keys.id.0),
        exp: now().plus(86_400),
        content: Content::Files(Box::new(drop)),
    };
    Ok(post(Create::PATH, &create.to_bytes()))
}

/// Ring's keys as a verifier holds them.
struct Keys(SoftwareKeys);

impl Keystore for Keys {
    fn generate(&self, _: KeyPurpose) -> std::result::Result<KeyRef, CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }
    fn find(&self, id: &KeyId) -> std::result::Result<KeyRef, CryptoError> {
        self.0.find(id)
    }
    fn sign(
        &self,
        id: &KeyId,
        domain: SigningDomain,
        message: &[u8],
    ) -> std::result::Result<Signature, CryptoError> {
        self.0.sign(id, domain, message)
    }
    fn delete(&self, _: &KeyId) -> std::result::Result<(), CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }
    fn anchor(&self, _: &str) -> std::result::Result<Option<Anchor>, CryptoError> {
        Ok(None)
    }
    fn set_anchor(&self, _: &str, _: Anchor) -> std::result::Result<(), CryptoError> {
        Ok(())
    }
    fn outlives_vault(&self) -> bool {
        false
    }
}

#[expect(clippy::disallowed_methods, reason = "the relay judges by the clock of the machine")]
fn now() -> UnixTime {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    UnixTime(i64::try_from(since.as_secs()).unwrap_or(0))
}

const FILE: [u8; 2_000] = [5; 2_000];
const CONTEXT: &[u8] = b"bench content";
const DELIVERY: Digest = [12; 32];
const COMMITMENT: Digest = [14; 32];
