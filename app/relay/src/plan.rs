//! A batch of steps against what the store holds: what is answered and what is written. Pure.

mod step;

use std::collections::{HashMap, HashSet};

use chop_crypto::{Digest, sha256};
use chop_formats::relay::{Bounded, Entry, EventKind, OfferId, RelayRefusal, State, What};
use chop_ledger::{Frontier, leaf_hash, stored_hash_count};
use chop_model::UnixTime;

use crate::offer::{EventRecord, Offer};

pub use step::{NewOfferStep, Step};

/// What a step came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The state after it.
    pub state: State,
    /// The entry that answers it, unsigned.
    pub entry: Option<Vec<u8>>,
}

/// What a step came to, or why it was refused.
pub type Outcome = Result<Taken, RelayRefusal>;

/// The state of the log and of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The right edge of the tree.
    pub frontier: Frontier,
    /// Time of the last entry.
    pub at: UnixTime,
    /// Grows with each restore.
    pub epoch: u64,
}

/// What a batch needs to know.
#[derive(Debug)]
pub struct Loaded {
    /// The log's head, locked until the transaction ends.
    pub head: Head,
    /// The offers that the steps name, those that exist.
    pub offers: HashMap<OfferId, (u64, Offer)>,
    /// How many offers a capability has put on a day.
    pub used: HashMap<(Digest, i64), u64>,
}

/// An offer's row before and after.
#[derive(Debug)]
pub struct OfferRow {
    /// `G`.
    pub g: OfferId,
    /// Version and state before; nothing for a new row.
    pub before: Option<(u64, State)>,
    /// State after.
    pub state: State,
    /// When time does something to it next.
    pub due: UnixTime,
    /// The record.
    pub record: Vec<u8>,
}

/// An offer's ENV and key share, those that come.
pub type NewContent = (OfferId, Option<Vec<u8>>, Option<Vec<u8>>);

/// What a batch writes.
#[derive(Debug, Default)]
pub struct Writes {
    /// New and changed offers, each once.
    pub offers: Vec<OfferRow>,
    /// Events: offer, number, record.
    pub events: Vec<(OfferId, u64, Vec<u8>)>,
    /// ENV and key share, where they come.
    pub contents: Vec<NewContent>,
    /// Offers whose content goes.
    pub erased: Vec<OfferId>,
    /// Offers that are forgotten, with the version that was seen.
    pub forgotten: Vec<(OfferId, u64)>,
    /// Stored hashes of the tree, each with its place.
    pub hashes: Vec<(u64, Digest)>,
    /// Offers put, by capability and day.
    pub used: Vec<(Digest, i64, u64)>,
    /// Whether every offer that is still open has to be looked at: after a restore.
    pub all_are_due: bool,
}

impl Writes {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        let Self { offers, events, contents, erased, forgotten, hashes, used, all_are_due } = self;
        offers.is_empty()
            && events.is_empty()
            && contents.is_empty()
            && erased.is_empty()
            && forgotten.is_empty()
            && hashes.is_empty()
            && used.is_empty()
            && !all_are_due
    }
}

/// A batch, worked out.
#[derive(Debug)]
pub struct Plan {
    /// One for each step, in order.
    pub outcomes: Vec<Outcome>,
    /// What to write.
    pub writes: Writes,
    /// The head after it.
    pub head: Head,
}

/// What the rules may touch beside the offer itself.
pub(crate) struct Turn<'a> {
    /// The relay's clock.
    pub(crate) now: UnixTime,
    head: &'a mut Head,
    writes: &'a mut Writes,
}

impl Turn<'_> {
    pub(crate) fn epoch(&self) -> u64 {
        self.head.epoch
    }

    /// Appends an entry to the log; its bytes.
    pub(crate) fn enter(
        &mut self,
        what: What,
        g: OfferId,
        claim: Option<Digest>,
        about: Option<Digest>,
    ) -> Result<Vec<u8>, RelayRefusal> {
        self.append(what, Some(g), claim, about)
    }

    pub(crate) fn event(&mut self, g: OfferId, number: u64, event: &EventRecord) {
        self.writes.events.push((g, number, event.to_bytes()));
    }

    pub(crate) fn keep(&mut self, g: OfferId, env: Option<&[u8]>, share: Option<&[u8]>) {
        self.writes.contents.push((g, env.map(<[u8]>::to_vec), share.map(<[u8]>::to_vec)));
    }

    pub(crate) fn erase(&mut self, g: OfferId) {
        self.writes.contents.retain(|(other, ..)| *other != g);
        self.writes.erased.push(g);
    }

    fn append(
        &mut self,
        what: What,
        offer: Option<OfferId>,
        claim: Option<Digest>,
        about: Option<Digest>,
    ) -> Result<Vec<u8>, RelayRefusal> {
        let (index, epoch) = (self.head.frontier.size(), self.head.epoch);
        // Entries are in the order of their times, also when a clock goes back.
        self.head.at = self.head.at.max(self.now);
        let bytes = Entry { what, offer, claim, about, at: self.head.at, epoch, index }.bytes();
        let hashes = self.head.frontier.append(leaf_hash(&bytes)).map_err(|_| RelayRefusal::Internal)?;
        self.writes.hashes.extend((stored_hash_count(index)..).zip(hashes));
        Ok(bytes)
    }
}

impl Taken {
    pub(crate) fn new(state: State, entry: Option<&Vec<u8>>) -> Self {
        Self { state, entry: entry.cloned() }
    }
}

/// Works out a batch. `keep`: seconds that the record of an offer outlives its end.
pub fn plan(mut loaded: Loaded, steps: &[Step], now: UnixTime, keep: i64) -> Plan {
    let mut writes = Writes::default();
    let before: HashMap<OfferId, (u64, State)> =
        loaded.offers.iter().map(|(g, (version, offer))| (*g, (*version, offer.state))).collect();
    let untouched: HashMap<OfferId, Vec<u8>> =
        loaded.offers.iter().map(|(g, (_, offer))| (*g, offer.to_bytes())).collect();
    let mut batch = Batch { writes: &mut writes, head: &mut loaded.head, now, keep, gone: HashSet::new() };
    let outcomes = steps.iter().map(|step| batch.take(step, &mut loaded.offers, &mut loaded.used)).collect();
    for g in std::mem::take(&mut batch.gone) {
        if let (Some(_), Some((version, _))) = (loaded.offers.remove(&g), before.get(&g)) {
            writes.forgotten.push((g, *version));
        }
    }
    for (g, (_, offer)) in loaded.offers {
        let record = offer.to_bytes();
        if untouched.get(&g) != Some(&record) {
            let (state, due) = (offer.state, offer.due(keep));
            writes.offers.push(OfferRow { g, before: before.get(&g).copied(), state, due, record });
        }
    }
    Plan { outcomes, writes, head: loaded.head }
}

struct Batch<'a> {
    writes: &'a mut Writes,
    head: &'a mut Head,
    now: UnixTime,
    keep: i64,
    gone: HashSet<OfferId>,
}

impl Batch<'_> {
    fn take(
        &mut self,
        step: &Step,
        offers: &mut HashMap<OfferId, (u64, Offer)>,
        used: &mut HashMap<(Digest, i64), u64>,
    ) -> Outcome {
        match (step, step.offer()) {
            (Step::Restored { above }, _) => self.restored(*above),
            (Step::Create(new), _) => self.create(new, offers, used),
            (_, Some(g)) => {
                let offer = offers.get_mut(&g).map(|(_, offer)| offer).ok_or(RelayRefusal::UnknownOffer)?;
                self.change(g, offer, step)
            }
            (_, None) => Err(RelayRefusal::Internal),
        }
    }

    fn change(&mut self, g: OfferId, offer: &mut Offer, step: &Step) -> Outcome {
        // Who may not ask learns nothing and changes nothing, not even what time would have done.
        match step {
            Step::Claim { h_tok, .. } | Step::Ack { h_tok, .. } | Step::Use { h_tok, .. } => {
                offer.check_tok(h_tok)?;
            }
            Step::Reject { h_owner, .. }
            | Step::Answer { h_owner, .. }
            | Step::Release { h_owner, .. }
            | Step::Withdraw { h_owner, .. } => offer.check_owner(h_owner)?,
            Step::Tick { .. } | Step::Create(_) | Step::Restored { .. } => {}
        }
        let mut turn = Turn { now: self.now, head: self.head, writes: self.writes };
        offer.refresh(g, &mut turn)?;
        match step {
            Step::Claim { body, claimant, .. } => {
                offer.claim(g, &mut turn, sha256(body), body, claimant.as_ref())
            }
            Step::Ack { claim, body, checked, .. } => offer.acknowledge(g, &mut turn, claim, body, *checked),
            Step::Use { claim, body, .. } => offer.note(g, &mut turn, claim, body),
            Step::Reject { claim, .. } => offer.reject(g, &mut turn, *claim),
            Step::Answer { claim, env, .. } => offer.answer(g, &mut turn, claim, env),
            Step::Release { claim, share, .. } => offer.release(g, &mut turn, claim, share),
            Step::Withdraw { .. } => offer.withdraw(g, &mut turn),
            Step::Tick { .. } => {
                if offer.state.is_final() && self.now >= offer.forgotten_at(self.keep) {
                    self.gone.insert(g);
                }
                Ok(Taken::new(offer.state, None))
            }
            Step::Create(_) | Step::Restored { .. } => Err(RelayRefusal::Internal),
        }
    }

    fn create(
        &mut self,
        new: &NewOfferStep,
        offers: &mut HashMap<OfferId, (u64, Offer)>,
        used: &mut HashMap<(Digest, i64), u64>,
    ) -> Outcome {
        if let Some((_, known)) = offers.get(&new.g) {
            return match known.h_create == new.h_create {
                true => Ok(Taken::new(known.state_at(self.now, self.head.epoch), Some(&known.created))),
                false => Err(RelayRefusal::Taken),
            };
        }
        if let Some((capability, per_day)) = new.capability {
            let count = used.entry((capability, day(self.now))).or_default();
            if *count >= per_day {
                return Err(RelayRefusal::Quota);
            }
            *count += 1;
            self.writes.used.retain(|(other, ..)| *other != capability);
            self.writes.used.push((capability, day(self.now), *count));
        }
        let mut turn = Turn { now: self.now, head: self.head, writes: self.writes };
        let created = turn.enter(What::Created, new.g, None, Some(new.h_create))?;
        let mut offer = Offer::new(new, turn.epoch(), created.clone());
        if let Some((_, env, share)) = &new.sealed {
            turn.keep(new.g, Some(env), Some(share));
        }
        offer.event(new.g, &mut turn, EventKind::Created, None, None, Some(&created));
        let taken = Taken::new(offer.state, Some(&created));
        offers.insert(new.g, (0, offer));
        Ok(taken)
    }

    fn restored(&mut self, above: u64) -> Outcome {
        if self.head.epoch > above {
            return Ok(Taken { state: State::Expired, entry: None });
        }
        self.head.epoch = above.saturating_add(1);
        self.writes.all_are_due = true;
        let mut turn = Turn { now: self.now, head: self.head, writes: self.writes };
        let entry = turn.append(What::Restored, None, None, None)?;
        Ok(Taken { state: State::Expired, entry: Some(entry) })
    }
}

impl Offer {
    fn new(new: &NewOfferStep, epoch: u64, created: Vec<u8>) -> Self {
        let NewOfferStep { g: _, h_create, h_tok, h_owner, exp, mode, sealed, capability: _ } = new;
        Self {
            state: State::Open,
            mode: *mode,
            epoch,
            exp: *exp,
            h_create: *h_create,
            h_tok: *h_tok,
            h_owner: *h_owner,
            bound: sealed.as_ref().map(|(bound, ..)| bound.clone()),
            lease: UnixTime(0),
            events: 0,
            claim: None,
            claimant: None,
            rejected: Vec::new(),
            conflicts: Vec::new(),
            notes: Vec::new(),
            h_env: sealed.as_ref().map(|(_, env, _)| sha256(env)),
            h_ack: None,
            h_share: sealed.as_ref().map(|(.., share)| sha256(share)),
            created,
            pending: None,
            turned_away: None,
            claimed: None,
            ended: None,
            ended_at: UnixTime(0),
            has_content: sealed.is_some(),
        }
    }
}

fn day(now: UnixTime) -> i64 {
    now.0.div_euclid(86_400)
}

/// Bytes as a bounded field of an answer; what the store holds went through the same bound.
pub(crate) fn bounded<const MAX: usize>(bytes: Vec<u8>) -> Result<Bounded<MAX>, RelayRefusal> {
    Bounded::new(bytes).map_err(|_| RelayRefusal::Internal)
}
