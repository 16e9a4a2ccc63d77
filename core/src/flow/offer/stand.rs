//! How far an offer is, on either side.

use chop_formats::delivery::Mode;
use chop_model::{Id, UnixTime};
use chop_vault::table::exchange::Role;
use chop_vault::table::offer;

use crate::{Result, WalletError};

use super::mode;

/// The state of one offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OfferState {
    /// Holder: made and recorded; the relay may not know of it yet.
    Made,
    /// Holder: open at the relay.
    Open,
    /// Holder (C1): answered; the envelope may not be at the relay yet.
    Answered,
    /// Holder (C1): the envelope is at the relay.
    Delivered,
    /// Holder (C1): acknowledged; the share may not be at the relay yet.
    Acked,
    /// Holder: the share was given out.
    Released,
    /// Holder: the receipt of its use came.
    Done,
    /// Holder: a withdrawal is on its way.
    Withdrawing,
    /// Holder: withdrawn in time, by the relay's signed word or before it knew of the offer.
    Withdrawn,
    /// Either side: its time ended first.
    Expired,
    /// Either side: open when the space was restored or rolled back.
    Frozen,
    /// Holder (C1): a claim was refused here; the relay may not know of it yet.
    Rejecting,
    /// Verifier: the claim is made; the relay may not know of it yet.
    Claiming,
    /// Verifier: the relay knows of the claim.
    Pending,
    /// Verifier: the envelope is here and the grant was read; the relay has to prove its entry.
    Proving,
    /// Verifier: the envelope was read and acknowledged; the acknowledgement may not be there yet.
    Acknowledged,
    /// Verifier: the relay has the acknowledgement.
    Awaiting,
    /// Verifier: taken; the receipt may not be at the relay yet.
    Taken,
    /// Verifier: everything is done.
    Finished,
    /// Verifier: refused by holder or relay, or withdrawn.
    Refused,
}

impl OfferState {
    const ALL: [(Self, u8, &'static str); 20] = [
        (Self::Made, 1, "made"),
        (Self::Open, 2, "open"),
        (Self::Answered, 3, "answered"),
        (Self::Delivered, 4, "delivered"),
        (Self::Acked, 5, "acknowledged"),
        (Self::Released, 6, "released"),
        (Self::Done, 7, "done"),
        (Self::Withdrawing, 8, "withdrawing"),
        (Self::Withdrawn, 9, "withdrawn"),
        (Self::Expired, 10, "expired"),
        (Self::Frozen, 11, "frozen"),
        (Self::Rejecting, 12, "rejecting"),
        (Self::Claiming, 21, "claiming"),
        (Self::Pending, 22, "pending"),
        (Self::Acknowledged, 23, "receipt-signed"),
        (Self::Awaiting, 24, "awaiting-key"),
        (Self::Taken, 25, "taken"),
        (Self::Finished, 26, "finished"),
        (Self::Refused, 27, "refused"),
        (Self::Proving, 28, "proving"),
    ];

    /// The stored number.
    pub fn number(self) -> u8 {
        Self::ALL.iter().find(|(state, ..)| *state == self).map_or(0, |(_, number, _)| *number)
    }

    /// The state with this number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().find(|(_, n, _)| *n == number).map(|(state, ..)| *state)
    }

    /// The stable word for machines; `offer-state-<word>` is its key in the catalogue of words.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(state, ..)| *state == self).map_or("", |(.., word)| word)
    }

    /// Whether something can still happen to it.
    pub fn is_open(self) -> bool {
        !matches!(
            self,
            Self::Done | Self::Withdrawn | Self::Expired | Self::Frozen | Self::Finished | Self::Refused
        )
    }
}

/// One offer, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferView {
    /// Its id here.
    pub id: Id,
    /// Whether this space gave or claimed it.
    pub role: Role,
    /// Which mode of C.
    pub mode: Mode,
    /// How far it is.
    pub state: OfferState,
    /// Origin of its relay.
    pub relay: String,
    /// Who takes it up, as shown; empty before that is known.
    pub peer: String,
    /// Their client id.
    pub client_id: String,
    /// Code of the purpose.
    pub purpose: String,
    /// How many other claims came.
    pub others: u64,
    /// When it was made or scanned.
    pub created_at: UnixTime,
    /// When it ends.
    pub expires_at: UnixTime,
    /// When it moved last.
    pub updated_at: UnixTime,
}

pub(super) fn view(row: offer::Row) -> Result<OfferView> {
    Ok(OfferView {
        mode: mode::from_number(row.mode).ok_or(WalletError::LogBroken)?,
        state: state_of(&row)?,
        id: row.id,
        role: row.role,
        relay: row.relay,
        peer: row.peer_name,
        client_id: row.client_id,
        purpose: row.purpose,
        others: row.others,
        created_at: row.created_at,
        expires_at: row.expires_at,
        updated_at: row.updated_at,
    })
}

pub(super) fn state_of(row: &offer::Row) -> Result<OfferState> {
    OfferState::from_number(row.state).ok_or_else(|| WalletError::LogBroken.into())
}
