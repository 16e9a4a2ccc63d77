//! What an offer needs from its relay next, and what came back.

use chop_formats::log_entry::EntryKind;
use chop_formats::relay::{Call, Message, RelayRefusal, Watched};
use chop_model::Id;
use chop_vault::table::exchange::Role;
use chop_vault::table::{offer, ticket};

use crate::journal::Outcome;
use crate::{DataLeft, Error, Result, Wallet};

use super::row::RowWords as _;
use super::stand::OfferState;
use super::{OfferFault, Told};

/// One call that an offer needs: bytes to post, and where. Made from what is stored, so that the same
/// call can be made again without limit.
pub struct RelayCall {
    pub(super) offer: Id,
    pub(super) origin: String,
    pub(super) path: &'static str,
    pub(super) body: Vec<u8>,
    pub(super) waits: bool,
    pub(super) step: Step,
}

/// Which step of the flow a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Create,
    Watch,
    Reject,
    Answer,
    Release,
    Withdraw,
    Claim,
    Collect,
    Prove,
    Acknowledge,
    Use,
}

/// What came back, as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct RelayAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// What one answer came to: what the edge has to know, in order. Empty: call again.
pub type RelayStep = Vec<Told>;

impl RelayCall {
    /// The offer it is for.
    pub fn offer(&self) -> Id {
        self.offer
    }

    /// Where the relay is: `https://host`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What is posted to.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// What is posted, as [`chop_formats::relay::CONTENT_TYPE`].
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether the relay may hold the answer back.
    pub fn waits(&self) -> bool {
        self.waits
    }

    pub(super) fn of<C: Call>(row: &offer::Row, step: Step, call: &C) -> Self {
        Self {
            offer: row.id,
            origin: row.relay.clone(),
            path: C::PATH,
            body: call.to_bytes(),
            waits: C::WAITS,
            step,
        }
    }

    /// A call whose bytes were stored whole.
    pub(super) fn stored<C: Call>(row: &offer::Row, step: Step, body: Vec<u8>) -> Self {
        Self { offer: row.id, origin: row.relay.clone(), path: C::PATH, body, waits: C::WAITS, step }
    }
}

/// The body holds tokens: they go into no log.
impl std::fmt::Debug for RelayCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RelayCall({}, {} bytes)", self.path, self.body.len())
    }
}

impl std::fmt::Debug for RelayAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RelayAnswer({}, {} bytes)", self.status, self.body.len())
    }
}

impl RelayAnswer {
    /// The answer that belongs to the call, or why there is none.
    pub(super) fn read<C: Call>(&self) -> Result<std::result::Result<C::Answer, RelayRefusal>> {
        if self.status == 200 {
            let answer = C::Answer::from_bytes(&self.body);
            return answer.map(Ok).map_err(|_| OfferFault::BadAnswer.into());
        }
        let refused = chop_formats::relay::Refused::from_bytes(&self.body);
        Ok(Err(refused.map_err(|_| Error::from(OfferFault::BadAnswer))?.refusal()))
    }
}

impl Wallet {
    /// What an offer needs from its relay next; nothing where it is over, or waits for the holder's own
    /// word. `wait`: seconds that the relay may hold the answer back, at most 60.
    ///
    /// # Errors
    /// `offer-flow.unknown`; `log.rolled-back`.
    pub fn relay_call(&self, id: &Id, wait: u64) -> Result<Option<RelayCall>> {
        self.refuse_when_rolled_back()?;
        let row = self.offer_row(id)?;
        if !row.state()?.is_open() {
            return Ok(None);
        }
        self.anchor_what_is_stored()?;
        match row.role {
            Role::Holder => self.owner_call(row, wait),
            Role::Verifier => self.claimant_call(row, wait),
        }
    }

    /// Takes what came back from a call.
    ///
    /// # Errors
    /// `offer-flow.bad-answer`, `offer-flow.bad-entry` and the like for a relay that says something else
    /// than it should; nothing was spent or released for it.
    pub fn relay_answer(&self, call: &RelayCall, answer: &RelayAnswer) -> Result<RelayStep> {
        let row = self.offer_row(&call.offer)?;
        match row.role {
            Role::Holder => self.owner_answer(row, call.step, answer),
            Role::Verifier => self.claimant_answer(row, call.step, answer),
        }
        .map_err(|error| error.after(DataLeft::SealedOnly))
    }

    /// Closes the tickets of an offer: its bytes are at the relay now.
    pub(super) fn close_open(&self, id: &Id, step: &str, kind: EntryKind) -> Result<()> {
        for row in self.vault.read(ticket::open_ones)? {
            if row.exchange == *id {
                self.close_ticket(step, crate::journal::UseTicket::of(&row), Outcome::Shown(kind))?;
            }
        }
        Ok(())
    }

    /// A state that something else than a call ended.
    pub(super) fn is_past(&self, row: &offer::Row) -> Result<bool> {
        Ok(row.state()? != OfferState::Withdrawing && self.is_over(row))
    }

    /// A withdrawal that is still on its way when the offer is over anyway.
    pub(super) fn is_taken_back_past(&self, row: &offer::Row) -> Result<bool> {
        Ok(row.state()? == OfferState::Withdrawing && self.is_over(row))
    }

    fn is_over(&self, row: &offer::Row) -> bool {
        row.expires_at.plus(GRACE) < self.ports.clock.now()
    }

    /// The end is past, and the relay knows of nothing that happened before it.
    pub(super) fn sleeps_out(&self, row: &offer::Row) -> Result<RelayStep> {
        if !row.state()?.is_open() || row.state()? == OfferState::Released {
            return Ok(Vec::new());
        }
        self.ends(row, OfferState::Expired)?;
        Ok(vec![Told::Moved(OfferState::Expired)])
    }
}

/// Seconds after the end of an offer during which its relay is still asked: two clocks, and receipts.
const GRACE: i64 = 24 * 3600;

/// Seconds after the end of an offer for which its relay keeps what happened (30 days), and a day.
pub(super) const KEPT: i64 = 31 * 86_400;

/// Whether the relay tells of anything that was not taken yet.
pub(super) fn is_news(row: &offer::Row, watched: &Watched) -> bool {
    watched.events.iter().any(|event| event.number > row.seen)
}
