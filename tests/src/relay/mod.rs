//! A relay in memory, driven by the types of the wire: honest, or lying in one way at a time.
//!
//! It knows what a relay knows and no more: hashes, sealed bodies, and in C2 what was left with it.

#![expect(clippy::unwrap_used, reason = "a relay that cannot be played is a failed test")]

mod owner;
mod tree;

use std::collections::HashMap;
use std::sync::Arc;

use chop_core::Clock;
use chop_core::flow::offer::{RelayAnswer, RelayCall};
use chop_core::testing::{FixedClock, MemoryKeystore, SeededRandom};
use chop_crypto::{Digest, KeyPurpose, KeyRef, Keystore, SigningDomain, sha256};
use chop_formats::grant::RelayRef;
use chop_formats::offer::StoredClaim;
use chop_formats::relay::{
    Ack, Acked, Answer, Bounded, Call, Claim, Claimed, Collect, Collected, Content, Create, Entered, Entry,
    EventKind, Message, OfferId, Proof, Prove, Refused, Reject, RelayRefusal, Release, SealedDrop,
    SignedEntry, State, UseNote, Watch, What, Withdraw,
};
use chop_ledger::{Checkpoint, VerifierKey, leaf_hash};

use tree::{path, root};

/// One way in which a relay lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// Gives every claim the first claim's place: tells each that it is first.
    EachIsFirst,
    /// Hands out noise instead of the envelope.
    JunkEnvelope,
    /// Hands out noise instead of the share.
    JunkShare,
    /// Forwards other bytes than the claim that it names.
    SwappedClaim,
    /// Leaves an event out.
    Withholds,
    /// Signs CLAIMED and proves another entry.
    NotInLog,
    /// Signs with a key of its own.
    OtherKey,
    /// Says RELEASED to the verifier without an acknowledgement having been sent on.
    NoShare,
    /// Says that it never knew of an offer that it signed for.
    Forgets,
}

/// One offer as a relay has it.
struct Offer {
    create: Create,
    state: State,
    claim: Option<Digest>,
    claim_body: Vec<u8>,
    env: Option<Vec<u8>>,
    share: Option<Vec<u8>>,
    ack: Option<Vec<u8>>,
    claimed: Option<SignedEntry>,
    released: Option<SignedEntry>,
    revoked: Option<SignedEntry>,
    created: SignedEntry,
    events: Vec<Happened>,
}

/// What, to which claim, with which body and entry.
type Happened = (EventKind, Option<Digest>, Option<Vec<u8>>, Option<SignedEntry>);

/// The relay.
pub struct FakeRelay {
    clock: Arc<FixedClock>,
    keys: MemoryKeystore,
    key: KeyRef,
    other: KeyRef,
    origin: String,
    leaves: Vec<Vec<u8>>,
    offers: HashMap<OfferId, Offer>,
    /// What it lies about now.
    pub lie: Option<Lie>,
}

impl FakeRelay {
    /// A relay at `https://relay.example`.
    pub fn new(clock: Arc<FixedClock>) -> Self {
        let keys = MemoryKeystore::new(Box::new(SeededRandom::new("relay")));
        let (key, other) =
            (keys.generate(KeyPurpose::Relay).unwrap(), keys.generate(KeyPurpose::Relay).unwrap());
        let origin = "https://relay.example".to_owned();
        Self { clock, keys, key, other, origin, leaves: Vec::new(), offers: HashMap::new(), lie: None }
    }

    /// As a grant names it.
    pub fn named(&self) -> RelayRef {
        RelayRef { origin: self.origin.clone(), vkey: self.vkey().to_string() }
    }

    /// Its key.
    pub fn vkey(&self) -> VerifierKey {
        VerifierKey::new("relay.example/log", *self.key.public.ed25519().unwrap()).unwrap()
    }

    /// Everything that it stores: what a thief of its database has.
    pub fn database(&self) -> Vec<Vec<u8>> {
        let mut all = self.leaves.clone();
        for offer in self.offers.values() {
            all.push(offer.create.to_bytes());
            all.push(offer.claim_body.clone());
            all.extend([&offer.env, &offer.share, &offer.ack].into_iter().flatten().cloned());
            all.extend(offer.events.iter().filter_map(|(_, _, body, _)| body.clone()));
        }
        all
    }

    /// The sealed drop that it holds, if it holds one.
    pub fn drop_of(&self) -> Option<&SealedDrop> {
        self.offers.values().find_map(|offer| offer.create.content.sealed())
    }

    /// The lease of a pending claim runs out.
    pub fn lapse(&mut self) {
        let ids: Vec<_> =
            self.offers.iter().filter(|(_, o)| o.state == State::Pending).map(|(id, _)| *id).collect();
        for id in ids {
            let claim = self.offers[&id].claim;
            let entry = self.sign(What::Lapsed, id, claim, None);
            let offer = self.offers.get_mut(&id).unwrap();
            offer.events.push((EventKind::Lapsed, claim, None, Some(entry)));
            (offer.state, offer.claim) = (State::Open, None);
        }
    }

    /// Performs a call.
    pub fn post(&mut self, call: &RelayCall) -> RelayAnswer {
        assert_eq!(call.origin(), self.origin);
        self.serve(call.path(), call.body())
    }

    /// Performs a call by its path and body.
    pub fn serve(&mut self, path: &str, body: &[u8]) -> RelayAnswer {
        let answer = match path {
            Create::PATH => self.create(body).map(|a| a.to_bytes()),
            Claim::PATH => self.claim(body).map(|a| a.to_bytes()),
            Collect::PATH => self.collect(body).map(|a| a.to_bytes()),
            Ack::PATH => self.ack(body).map(|a| a.to_bytes()),
            UseNote::PATH => self.use_note(body).map(|a| a.to_bytes()),
            Watch::PATH => self.watch(body).map(|a| a.to_bytes()),
            Reject::PATH => self.reject(body).map(|a| a.to_bytes()),
            Answer::PATH => self.answer(body).map(|a| a.to_bytes()),
            Release::PATH => self.release(body).map(|a| a.to_bytes()),
            Withdraw::PATH => self.withdraw(body).map(|a| a.to_bytes()),
            Prove::PATH => self.prove(body).map(|a| a.to_bytes()),
            _ => Err(RelayRefusal::NoSuchPage),
        };
        match answer {
            Ok(body) => RelayAnswer { status: 200, body },
            Err(refusal) => {
                RelayAnswer { status: refusal.status(), body: Refused::new(refusal, None).to_bytes() }
            }
        }
    }

    fn create(&mut self, body: &[u8]) -> Result<Entered, RelayRefusal> {
        let create = read::<Create>(body)?;
        if let Some(offer) = self.offers.get(&create.offer) {
            let same = offer.create.to_bytes() == body;
            let entry = offer.created.clone();
            return if same { Ok(Entered { state: offer.state, entry }) } else { Err(RelayRefusal::Taken) };
        }
        let id = create.offer;
        let entry = self.sign(What::Created, id, None, Some(sha256(body)));
        let (env, share) = match create.content.sealed() {
            Some(drop) => (Some(drop.env.as_bytes().to_vec()), Some(drop.share.as_bytes().to_vec())),
            None => (None, None),
        };
        let offer = Offer {
            create,
            state: State::Open,
            claim: None,
            claim_body: Vec::new(),
            env,
            share,
            ack: None,
            claimed: None,
            released: None,
            revoked: None,
            created: entry.clone(),
            events: vec![(EventKind::Created, None, None, Some(entry.clone()))],
        };
        self.offers.insert(id, offer);
        Ok(Entered { state: State::Open, entry })
    }

    fn claim(&mut self, body: &[u8]) -> Result<Claimed, RelayRefusal> {
        let Claim { offer: id, tok, body } = read::<Claim>(body)?;
        let body = body.into_bytes();
        let digest = sha256(&body);
        let lie = self.lie;
        self.alive(&id, tok.expose())?;
        let offer = self.offers.get_mut(&id).unwrap();
        if offer.state == State::Revoked {
            return Err(RelayRefusal::Revoked);
        }
        if offer.claim == Some(digest) {
            let entry =
                offer.claimed.clone().unwrap_or_else(|| offer.events.last().unwrap().3.clone().unwrap());
            let env = offer.claimed.as_ref().and(offer.env.clone());
            return Ok(Claimed { state: offer.state, entry, env: env.map(bounded) });
        }
        if offer.claim.is_some() && lie != Some(Lie::EachIsFirst) {
            offer.events.push((EventKind::Conflict, Some(digest), Some(body), None));
            return Err(RelayRefusal::Conflict);
        }
        if let Some(drop) = offer.create.content.sealed() {
            let text = String::from_utf8(body.clone()).map_err(|_| RelayRefusal::BadClaim)?;
            let claim = StoredClaim::read(&text).map_err(|_| RelayRefusal::BadClaim)?;
            if claim.claim().grant != drop.grant || claim.claim().aud != "https://relay.example" {
                return Err(RelayRefusal::BadClaim);
            }
            let listed = &drop.policy.client_ids;
            if !listed.is_empty() && !listed.iter().any(|c| c == claim.client_id()) {
                return Err(RelayRefusal::NotAllowed);
            }
            let env = match lie {
                Some(Lie::JunkEnvelope) => vec![7; 2048],
                _ => offer.env.clone().unwrap(),
            };
            let entry = self.sign(What::Claimed, id, Some(digest), Some(sha256(&env)));
            let offer = self.offers.get_mut(&id).unwrap();
            (offer.state, offer.claim, offer.claim_body) = (State::Claimed, Some(digest), body.clone());
            offer.claimed = Some(entry.clone());
            offer.events.push((EventKind::Claimed, Some(digest), Some(body), Some(entry.clone())));
            return Ok(Claimed { state: State::Claimed, entry, env: Some(bounded(env)) });
        }
        let entry = self.sign(What::Pending, id, Some(digest), None);
        let offer = self.offers.get_mut(&id).unwrap();
        (offer.state, offer.claim, offer.claim_body) = (State::Pending, Some(digest), body.clone());
        let shown = if lie == Some(Lie::SwappedClaim) { [body, vec![0]].concat() } else { body };
        offer.events.push((EventKind::Pending, Some(digest), Some(shown), Some(entry.clone())));
        Ok(Claimed { state: State::Pending, entry, env: None })
    }

    fn collect(&mut self, body: &[u8]) -> Result<Collected, RelayRefusal> {
        let Collect { offer: id, tok, claim, .. } = read::<Collect>(body)?;
        let lie = self.lie;
        self.alive(&id, tok.expose())?;
        let offer = self.claimed_by(&id, &claim)?;
        let env = offer.claimed.as_ref().and(offer.env.clone()).map(|env| match lie {
            Some(Lie::JunkEnvelope) => vec![7; 2048],
            _ => env,
        });
        let share = offer.released.as_ref().and(offer.share.clone()).map(|share| match lie {
            Some(Lie::JunkShare) => vec![7; 32],
            _ => share,
        });
        Ok(Collected {
            state: offer.state,
            claimed: offer.claimed.clone(),
            env: env.map(bounded),
            released: offer.released.clone(),
            share: share.filter(|_| lie != Some(Lie::NoShare)).map(bounded),
        })
    }

    fn ack(&mut self, body: &[u8]) -> Result<Acked, RelayRefusal> {
        let Ack { offer: id, tok, claim, body } = read::<Ack>(body)?;
        let lie = self.lie;
        self.alive(&id, tok.expose())?;
        let body = body.into_bytes();
        let offer = self.claimed_by(&id, &claim)?;
        if offer.state == State::Revoked {
            return Err(RelayRefusal::Revoked);
        }
        if offer.ack.as_ref().is_some_and(|ack| *ack != body) {
            return Err(RelayRefusal::Conflict);
        }
        let is_new = offer.ack.replace(body.clone()).is_none();
        if offer.create.content.sealed().is_none() {
            if is_new {
                offer.events.push((EventKind::Acked, Some(claim), Some(body), None));
            }
            return Ok(Acked { state: offer.state, released: None, share: None });
        }
        if is_new {
            check_ack(offer, &body)?;
            let entry = self.sign(What::Released, id, Some(claim), Some(sha256(&body)));
            let offer = self.offers.get_mut(&id).unwrap();
            (offer.state, offer.released) = (State::Released, Some(entry.clone()));
            offer.events.push((EventKind::Released, Some(claim), Some(body), Some(entry)));
        }
        let offer = self.offers.get_mut(&id).unwrap();
        let share = match lie {
            Some(Lie::JunkShare) => Some(vec![7; 32]),
            _ => offer.share.clone(),
        };
        Ok(Acked { state: offer.state, released: offer.released.clone(), share: share.map(bounded) })
    }

    fn use_note(&mut self, body: &[u8]) -> Result<Acked, RelayRefusal> {
        let UseNote { offer: id, tok, claim, body } = read::<UseNote>(body)?;
        self.alive(&id, tok.expose())?;
        let offer = self.claimed_by(&id, &claim)?;
        let body = body.into_bytes();
        let is_known = offer.events.iter().any(|(kind, ..)| *kind == EventKind::Used);
        if !is_known {
            offer.events.push((EventKind::Used, Some(claim), Some(body), None));
        }
        Ok(Acked { state: offer.state, released: None, share: None })
    }

    fn prove(&mut self, body: &[u8]) -> Result<Proof, RelayRefusal> {
        let Prove::Inclusion { index } = read::<Prove>(body)? else { return Err(RelayRefusal::Malformed) };
        let index = usize::try_from(index).unwrap();
        let index = if self.lie == Some(Lie::NotInLog) { index.saturating_sub(1) } else { index };
        let leaves: Vec<Digest> = self.leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
        let key = self.vkey();
        let size = u64::try_from(leaves.len()).unwrap();
        let checkpoint = Checkpoint { origin: key.name().to_owned(), size, root: root(&leaves) };
        let note = checkpoint
            .sign(&key, |text| self.keys.sign(&self.key.id, SigningDomain::Checkpoint, text))
            .unwrap();
        Ok(Proof { checkpoint: bounded(note.into_bytes()), hashes: path(index, &leaves) })
    }

    fn sign(
        &mut self,
        what: What,
        offer: OfferId,
        claim: Option<Digest>,
        about: Option<Digest>,
    ) -> SignedEntry {
        let index = u64::try_from(self.leaves.len()).unwrap();
        let entry = Entry { what, offer: Some(offer), claim, about, at: self.clock.now(), epoch: 1, index };
        let bytes = entry.bytes();
        self.leaves.push(bytes.clone());
        let key = if self.lie == Some(Lie::OtherKey) { self.other } else { self.key };
        SignedEntry::make(&bytes, &self.vkey(), |m| self.keys.sign(&key.id, SigningDomain::RelayEntry, m))
            .unwrap()
    }

    fn alive(&mut self, id: &OfferId, tok: &[u8; 32]) -> Result<(), RelayRefusal> {
        let now = self.clock.now();
        let offer = self.offers.get(id).ok_or(RelayRefusal::UnknownOffer)?;
        if sha256(tok) != offer.create.h_tok {
            return Err(RelayRefusal::UnknownOffer);
        }
        if offer.create.exp < now && offer.state != State::Released {
            return Err(RelayRefusal::Expired);
        }
        Ok(())
    }

    fn owned(&mut self, id: &OfferId, owner: &[u8; 32]) -> Result<&mut Offer, RelayRefusal> {
        let offer = self.offers.get_mut(id).ok_or(RelayRefusal::UnknownOffer)?;
        if sha256(owner) == offer.create.h_owner { Ok(offer) } else { Err(RelayRefusal::UnknownOffer) }
    }

    fn claimed_by(&mut self, id: &OfferId, claim: &Digest) -> Result<&mut Offer, RelayRefusal> {
        let offer = self.offers.get_mut(id).ok_or(RelayRefusal::UnknownOffer)?;
        match offer.claim {
            Some(ahead) if ahead == *claim => Ok(offer),
            Some(_) => Err(RelayRefusal::Conflict),
            None if offer.events.iter().any(|(k, c, ..)| *k == EventKind::Rejected && *c == Some(*claim)) => {
                Err(RelayRefusal::Rejected)
            }
            None => Ok(offer),
        }
    }
}

/// C2: the acknowledgement names what the relay holds.
fn check_ack(offer: &Offer, body: &[u8]) -> Result<(), RelayRefusal> {
    let text = std::str::from_utf8(body).map_err(|_| RelayRefusal::BadAcknowledgement)?;
    let payload = text.split('.').nth(1).ok_or(RelayRefusal::BadAcknowledgement)?;
    let payload = chop_crypto::encoding::from_base64url(payload).unwrap();
    let payload: serde_json::Value = serde_json::from_slice(&payload).unwrap();
    let (Content::Named(drop) | Content::Files(drop)) = &offer.create.content else {
        return Err(RelayRefusal::WrongState);
    };
    let says = |name: &str, digest: &Digest| payload[name] == chop_crypto::encoding::to_base64url(digest);
    let fits =
        says("grant", &drop.grant) && says("dn", &drop.dn) && says("ct", &drop.ct) && says("kc", &drop.kc);
    if fits { Ok(()) } else { Err(RelayRefusal::BadAcknowledgement) }
}

fn read<M: Message>(body: &[u8]) -> Result<M, RelayRefusal> {
    M::from_bytes(body).map_err(|_| RelayRefusal::Malformed)
}

fn bounded<const N: usize>(bytes: Vec<u8>) -> Bounded<N> {
    Bounded::new(bytes).unwrap()
}
