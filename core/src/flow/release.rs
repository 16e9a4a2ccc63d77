//! What may leave, and only through here.

use chop_formats::frame::{KeyBody, Message, MessageKind};
use chop_formats::log_entry::EntryKind;
use chop_formats::receipt::{Ack, VerifiedReceipt};
use chop_model::Id;
use chop_vault::table::artefact::{self, ArtefactKind};
use chop_vault::table::exchange;
use chop_vault::table::secret::{self, SecretKind};

use crate::journal::{Outcome, UseTicket};
use crate::{DataLeft, Error, Result, Wallet, WalletError};

use super::State;

/// Bytes to show, as the texts of QR frames. The only type that holds any; made from a ticket whose
/// intent is durable, or from stored bytes of an exchange whose intent is.
pub struct Outbound {
    exchange: Id,
    kind: MessageKind,
    frames: Vec<String>,
    ticket: Option<UseTicket>,
}

/// The frames of a release hold its key: they are shown, never printed.
impl std::fmt::Debug for Outbound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outbound({:?}, {} frames)", self.kind, self.frames.len())
    }
}

impl Outbound {
    /// Frames of `message`, under `ticket`.
    pub(crate) fn new(ticket: UseTicket, message: &Message) -> Result<Self> {
        let frames = message.frames()?;
        Ok(Self { exchange: ticket.exchange(), kind: message.kind(), frames, ticket: Some(ticket) })
    }

    /// The exchange they belong to.
    pub fn exchange(&self) -> Id {
        self.exchange
    }

    /// Which step of the walk they are.
    pub fn kind(&self) -> MessageKind {
        self.kind
    }

    /// The texts, one for each QR code.
    pub fn frames(&self) -> &[String] {
        &self.frames
    }
}

impl Wallet {
    /// Says that an edge has shown the frames: the outcome goes into the record.
    ///
    /// # Errors
    /// When the record cannot be written; at the next start the outcome becomes `unknown`.
    pub fn shown(&self, outbound: Outbound) -> Result<()> {
        let (step, kind) = match outbound.kind {
            MessageKind::Request => ("t0", EntryKind::Offered),
            MessageKind::Data => ("t1", EntryKind::Offered),
            MessageKind::Ack => ("t2", EntryKind::Offered),
            MessageKind::Key => ("t3", EntryKind::Released),
            MessageKind::Use | MessageKind::Refused | MessageKind::Erased => ("t4", EntryKind::Offered),
        };
        match outbound.ticket {
            Some(ticket) => self.close_ticket(step, ticket, Outcome::Shown(kind)),
            None => Ok(()),
        }
    }

    /// The bytes of the present step of an exchange once more, exactly as they were stored.
    ///
    /// # Errors
    /// `exchange.unknown`; `exchange.wrong-step` where nothing can be shown again, as after a
    /// withdrawal; `exchange.frozen`; `exchange.expired`.
    pub fn again(&self, id: &Id) -> Result<Outbound> {
        self.anchor_what_is_stored()?;
        let row = self.exchange(id)?;
        let state = State::from_number(row.state).ok_or(WalletError::LogBroken)?;
        if matches!(state, State::Spent | State::Acked) {
            self.refuse_when_held_back(id)?;
        }
        let message = match state {
            State::Requested => self.stored(id, ArtefactKind::Request, MessageKind::Request),
            State::Spent => self.stored(id, ArtefactKind::Envelope, MessageKind::Data),
            State::Acknowledged => self.stored(id, ArtefactKind::Ack, MessageKind::Ack),
            State::Acked => self.stored_key(id),
            State::Accepted => self.stored(id, ArtefactKind::Use, MessageKind::Use),
            State::Refused => self.stored(id, ArtefactKind::Refused, MessageKind::Refused),
            State::Frozen => Err(WalletError::Frozen.into()),
            State::Withdrawn => Err(WalletError::Withdrawn.into()),
            // What went over a network goes again by `answer_again`.
            State::Sent | State::Delivered => Err(WalletError::WrongStep.into()),
            State::Erased => self.stored(id, ArtefactKind::Erased, MessageKind::Erased),
            State::Used | State::ErasedByVerifier | State::RefusedByVerifier | State::Declined => {
                Err(WalletError::WrongStep.into())
            }
        }?;
        if row.expires_at < self.ports.clock.now() && matches!(state, State::Requested | State::Spent) {
            return Err(WalletError::Expired.into());
        }
        Ok(Outbound { exchange: *id, kind: message.kind(), frames: message.frames()?, ticket: None })
    }

    /// The row of an exchange.
    pub(crate) fn exchange(&self, id: &Id) -> Result<exchange::Row> {
        let row = self.vault.read(|read| exchange::find(read, id))?;
        row.ok_or_else(|| WalletError::NoExchange.into())
    }

    /// The text of one stored object of an exchange.
    pub(crate) fn stored_text(&self, id: &Id, kind: ArtefactKind) -> Result<String> {
        let row =
            self.vault.read(|read| artefact::find_kind(read, id, kind))?.ok_or(WalletError::WrongStep)?;
        String::from_utf8(row.bytes).map_err(|_| WalletError::LogBroken.into())
    }

    fn stored(&self, id: &Id, artefact: ArtefactKind, kind: MessageKind) -> Result<Message> {
        Ok(Message::text(kind, &self.stored_text(id, artefact)?)?)
    }

    /// The key once more, for the acknowledgement that is stored: there is no other way to it.
    fn stored_key(&self, id: &Id) -> Result<Message> {
        let ack = self.stored_text(id, ArtefactKind::Ack)?;
        let key = self.vault.read(|read| secret::find(read, id, SecretKind::ContentKey))?;
        let key = key.ok_or(WalletError::WrongStep)?;
        Ok(Message::key(KeyBody { key, ack: chop_crypto::sha256(ack.as_bytes()) }))
    }
}

/// The key to a content, for one verified acknowledgement under one open ticket. Nothing else makes
/// one: *no receipt, no key*.
pub(crate) fn release_key(
    ack: &VerifiedReceipt<Ack>,
    ticket: UseTicket,
    key: chop_crypto::Secret<32>,
) -> Result<Outbound> {
    let message = Message::key(KeyBody { key, ack: ack.digest() });
    Outbound::new(ticket, &message).map_err(|error: Error| error.after(DataLeft::SealedOnly))
}
