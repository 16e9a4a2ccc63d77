//! What the verifier answered to the answer. Receipts are taken if they hold; nobody can demand them.

use chop_crypto::sha256;
use chop_formats::json;
use chop_formats::log_entry::{EntryKind, refs};
use chop_formats::openid4vp::{Receipts, ReceiptsOf};
use chop_formats::receipt::{Ack, Reason, Refused, Stage, UnverifiedReceipt, Use};
use chop_model::Id;
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};

use crate::consent::Step;
use crate::flow::State;
use crate::journal::{Entry, Outcome};
use crate::web::{HttpAnswer, JSON};
use crate::{DataLeft, Error, Result, Wallet};

use super::OnlineAnswer;

/// How a posted answer was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerOutcome {
    /// The exchange.
    pub exchange: Id,
    /// The status of the verifier's answer.
    pub status: u16,
    /// What it signed.
    pub receipt: Receipt,
}

/// What a verifier signed of its own will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// That it took exactly what was granted.
    Used,
    /// That it did not take it, and why.
    Refused(Reason),
    /// Nothing: that it received the data is its word alone.
    None,
    /// Something that is no receipt of this exchange; the fault by its code.
    Bad(&'static str),
}

impl Wallet {
    /// Takes what came back, and closes the intent. A status of success or a receipt that holds settles
    /// the exchange; otherwise [`Wallet::answer_again`] may be tried.
    ///
    /// # Errors
    /// When the record cannot be written. A redirect is `online.redirect`: the answer went to the asker's
    /// own address and is sent to no other.
    pub fn settle(&self, sent: OnlineAnswer, answer: &HttpAnswer) -> Result<AnswerOutcome> {
        let OnlineAnswer { exchange, call: _, ticket } = sent;
        if let Some(ticket) = ticket {
            self.close_ticket("t1", ticket, Outcome::Shown(EntryKind::Released))?;
        }
        answer.no_redirect().map_err(|error| error.after(DataLeft::Unknown))?;
        let receipt = match receipts_in(answer) {
            None => Receipt::None,
            Some(receipts) => match self.keep_receipts(&exchange, &receipts) {
                Ok(receipt) => receipt,
                Err(error) if is_of_the_vault(&error) => return Err(error),
                Err(error) => Receipt::Bad(error.code()),
            },
        };
        let is_settled = matches!(receipt, Receipt::Used | Receipt::Refused(_));
        if !is_settled && (200..300).contains(&answer.status) {
            self.keep_delivered(&exchange)?;
        }
        Ok(AnswerOutcome { exchange, status: answer.status, receipt })
    }

    /// Says that nothing came back: whether the answer arrived, nobody here knows.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn unsettled(&self, sent: OnlineAnswer) -> Result<()> {
        match sent.ticket {
            Some(ticket) => self.close_ticket("t1", ticket, Outcome::Unknown),
            None => Ok(()),
        }
    }

    fn keep_receipts(&self, id: &Id, receipts: &Receipts) -> Result<Receipt> {
        let (expected, key) = self.expected(id)?;
        let now = self.ports.clock.now();
        let ack = UnverifiedReceipt::<Ack>::parse(&receipts.ack)?.verify(&key, &expected, now)?;
        let after = expected.after(ack.digest());
        let (kind, artefact, state, name, text, receipt) = match (&receipts.used, &receipts.refused) {
            (Some(text), _) => {
                let used = UnverifiedReceipt::<Use>::parse(text)?.verify(&key, &after, now)?;
                used.payload().check_presented(&self.presented(id)?.presented())?;
                (EntryKind::Used, ArtefactKind::Use, State::Used, refs::USE, text, Receipt::Used)
            }
            (None, Some(text)) => {
                let refused = UnverifiedReceipt::<Refused>::parse(text)?.verify(&key, &after, now)?;
                let receipt = Receipt::Refused(refused.payload().reason);
                let (kind, artefact) = (EntryKind::Refused, ArtefactKind::Refused);
                (kind, artefact, State::RefusedByVerifier, refs::REFUSED, text, receipt)
            }
            (None, None) => return Ok(Receipt::None),
        };
        let entry = Entry::new(kind, &self.ports)
            .text("exchange", &id.to_string())
            .hash(refs::ACK, ack.digest())
            .hash(name, sha256(text.as_bytes()))
            .hash(refs::GRANT, ack.payload().common().grant.0);
        self.record("t5", entry, |tx, entry| {
            for (kind, bytes) in [(ArtefactKind::Ack, receipts.ack.as_bytes()), (artefact, text.as_bytes())] {
                let new = NewArtefact { exchange: *id, kind, once: None };
                entry.commits(artefact::insert(tx, &new, bytes)?.fact());
            }
            let step = if state == State::Used { Step::Confirm } else { Step::Terminate };
            entry.moves_consent_if_it_can(tx, id, step, now)?;
            entry.moves(tx, id, State::Sent.number(), state.number(), now)
        })?;
        Ok(receipt)
    }

    /// The verifier says that it has it, and signed nothing.
    fn keep_delivered(&self, id: &Id) -> Result<()> {
        let entry = Entry::new(EntryKind::Released, &self.ports)
            .text("exchange", &id.to_string())
            .text("receipt", "none");
        let now = self.ports.clock.now();
        self.record("t5", entry, |tx, entry| {
            entry.moves(tx, id, State::Sent.number(), State::Delivered.number(), now)
        })
    }
}

/// The receipts in a body, whatever its status: a refusal may come with 400.
fn receipts_in(answer: &HttpAnswer) -> Option<Receipts> {
    let body = answer.of_type(JSON).ok()?;
    json::parse_as::<ReceiptsOf>(body, body.len()).ok()?.chop_receipt
}

fn is_of_the_vault(error: &Error) -> bool {
    error.code().starts_with("vault.") || error.code().starts_with("log.")
}
