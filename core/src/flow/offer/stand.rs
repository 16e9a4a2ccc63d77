//! How far an offer is, on either side.

use chop_formats::delivery::Mode;
use chop_model::{Id, UnixTime};
use chop_vault::table::exchange::Role;
use chop_vault::table::offer;

use crate::{Result, Wallet, WalletError};

use super::mode;
use super::row::RowWords as _;

chop_model::numbered! {
    /// The state of one offer.
    pub enum OfferState {
        /// Holder: made and recorded; the relay may not know of it yet.
        Made = 1 "made",
        /// Holder: open at the relay.
        Open = 2 "open",
        /// Holder (C1): answered; the envelope may not be at the relay yet.
        Answered = 3 "answered",
        /// Holder (C1): the envelope is at the relay.
        Delivered = 4 "delivered",
        /// Holder (C1): acknowledged; the share may not be at the relay yet.
        Acked = 5 "acknowledged",
        /// Holder: the share was given out.
        Released = 6 "released",
        /// Holder: the receipt of its use came.
        Done = 7 "done",
        /// Holder: a withdrawal is on its way.
        Withdrawing = 8 "withdrawing",
        /// Holder: withdrawn in time, by the relay's signed word or before it knew of the offer.
        Withdrawn = 9 "withdrawn",
        /// Either side: its time ended first.
        Expired = 10 "expired",
        /// Either side: open when the space was restored or rolled back.
        Frozen = 11 "frozen",
        /// Holder (C1): a claim was refused here; the relay may not know of it yet.
        Rejecting = 12 "rejecting",
        /// Verifier: the claim is made; the relay may not know of it yet.
        Claiming = 21 "claiming",
        /// Verifier: the relay knows of the claim.
        Pending = 22 "pending",
        /// Verifier: the envelope is here and the grant was read; the relay has to prove its entry.
        Proving = 28 "proving",
        /// Verifier: the envelope was read and acknowledged; the acknowledgement may not be there yet.
        Acknowledged = 23 "receipt-signed",
        /// Verifier: the relay has the acknowledgement.
        Awaiting = 24 "awaiting-key",
        /// Verifier: taken; the receipt may not be at the relay yet.
        Taken = 25 "taken",
        /// Verifier: everything is done.
        Finished = 26 "finished",
        /// Verifier: refused by holder or relay, or withdrawn.
        Refused = 27 "refused",
    }
}

impl OfferState {
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

impl Wallet {
    /// Whether only an open offer of this space can be taken back: nobody took it up yet, or it is a drop,
    /// of which the relay can give out the key whatever the exchange here says.
    pub(crate) fn is_taken_back_by_offer(&self, id: &Id) -> Result<bool> {
        let Some(row) = self.vault.read(|read| offer::find(read, id))? else { return Ok(false) };
        if row.role != Role::Holder || !row.state()?.is_open() {
            return Ok(false);
        }
        Ok(row.way()?.is_sealed() || !self.has_exchange(id)?)
    }
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
