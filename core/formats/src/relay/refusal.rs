//! What a relay says no with, and what is wrong with bytes that are none of its messages.

chop_model::coded_errors! {
    /// Why a relay refused a call. The code is what stands in the answer.
    pub enum RelayRefusal {
        /// The body is not the message that belongs to this address.
        Malformed => ("relay.malformed", Bug, "the relay could not read the call"),
        /// More bytes than this relay takes here.
        TooLarge => ("relay.too-large", User, "this is more than the relay takes"),
        /// No such offer, or the secret is not the one that belongs to it: the two look the same.
        UnknownOffer => ("relay.unknown-offer", Peer, "the relay has no such offer"),
        /// Another offer has this id.
        Taken => ("relay.taken", Bug, "the relay already has another offer of this id"),
        /// Another claim, acknowledgement, answer or key share came first.
        Conflict => ("relay.conflict", Peer, "somebody else claimed this offer first"),
        /// The wallet rejected this claim.
        Rejected => ("relay.rejected", Peer, "the holder did not accept this claim"),
        /// The offer is not at the step that the call belongs to.
        WrongState => ("relay.wrong-state", Peer, "the offer is not at this step"),
        /// No acknowledgement, no key.
        NoAcknowledgement => ("relay.no-acknowledgement", Peer, "the recipient has not acknowledged yet"),
        /// The offer's time is over, or the relay was restored since.
        Expired => ("relay.expired", Environment, "the offer has expired"),
        /// The owner withdrew it.
        Revoked => ("relay.revoked", Peer, "the offer was withdrawn"),
        /// The claim's form, signature, certificate or times are wrong.
        BadClaim => ("relay.bad-claim", Peer, "the relay does not accept the claim"),
        /// The claim is good, but the offer is not for this verifier.
        NotAllowed => ("relay.not-allowed", Peer, "the offer is not for this recipient"),
        /// The acknowledgement is not the claimant's, or not of what the relay holds.
        BadAcknowledgement => ("relay.bad-acknowledgement", Peer, "the relay does not accept the acknowledgement"),
        /// Open for longer than this relay keeps offers, or already over.
        BadExpiry => ("relay.bad-expiry", User, "the relay does not keep an offer for that long"),
        /// The owner has no right to put offers here, or has as many as allowed.
        Quota => ("relay.quota", User, "the relay takes no more offers from this owner"),
        /// Too many calls in too short a time.
        TooMany => ("relay.too-many", Environment, "too many calls; wait a moment"),
        /// The relay has as much to do as it can.
        Busy => ("relay.busy", Environment, "the relay is busy; wait a moment"),
        /// The call took too long to arrive or to be served.
        TimedOut => ("relay.timed-out", Environment, "the call took too long"),
        /// There is nothing at this address.
        NoSuchPage => ("relay.no-such-page", Bug, "the relay has nothing at this address"),
        /// The address takes another method.
        WrongMethod => ("relay.wrong-method", Bug, "the address takes another method"),
        /// The body is not marked as CBOR.
        WrongType => ("relay.wrong-type", Bug, "the call is not marked as CBOR"),
        /// Something inside the relay went wrong; nothing was changed.
        Internal => ("relay.internal", Peer, "the relay could not do it"),
    }
}

impl RelayRefusal {
    /// The HTTP status of the answer.
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed | Self::BadExpiry => 400,
            Self::Rejected | Self::BadClaim | Self::NotAllowed | Self::BadAcknowledgement => 403,
            Self::UnknownOffer | Self::NoSuchPage => 404,
            Self::WrongMethod => 405,
            Self::TimedOut => 408,
            Self::Taken | Self::Conflict | Self::WrongState | Self::NoAcknowledgement => 409,
            Self::Expired | Self::Revoked => 410,
            Self::TooLarge => 413,
            Self::WrongType => 415,
            Self::Quota | Self::TooMany => 429,
            Self::Internal => 500,
            Self::Busy => 503,
        }
    }

    /// Whether the same call may succeed later without anything else having changed.
    pub fn may_pass_later(self) -> bool {
        matches!(self, Self::TooMany | Self::Busy | Self::TimedOut | Self::Internal)
    }

    /// The refusal with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        use chop_model::Coded as _;
        Self::ALL.iter().copied().find(|refusal| refusal.code() == code)
    }
}

chop_model::coded_errors! {
    /// What is wrong with bytes that should be a message, an entry or a proof of a relay.
    pub enum RelayFormatError {
        /// More bytes than such a message has.
        TooLarge => ("relay-format.too-large", Peer, "the relay's message is larger than allowed"),
        /// Not the deterministic CBOR array that belongs here.
        Malformed => ("relay-format.malformed", Peer, "the relay's message cannot be read"),
        /// The entry is not signed by the key that the grant names.
        BadSignature => ("relay-format.bad-signature", Peer, "the entry is not signed by the relay that the grant names"),
        /// The entry is of another offer.
        OtherOffer => ("relay-format.other-offer", Peer, "the entry is of another offer"),
        /// The entry is of another claim.
        OtherClaim => ("relay-format.other-claim", Peer, "the entry is of another claim"),
        /// The entry is of another step than the answer.
        OtherStep => ("relay-format.other-step", Peer, "the entry is of another step"),
        /// The proof does not lead from the entry to the checkpoint.
        NotInLog => ("relay-format.not-in-log", Peer, "the entry is not shown to be in the relay's log"),
        /// The two entries do not contradict each other.
        NoFault => ("relay-format.no-fault", User, "the entries do not contradict each other"),
        /// The padding is not one of ours.
        BadPadding => ("relay-format.bad-padding", Peer, "the padding of the sealed message is wrong"),
    }
}
