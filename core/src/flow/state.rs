//! How far an exchange is. The numbers are stored and never reused.

chop_model::numbered! {
    /// The state of one exchange, on either side.
    pub enum State {
        /// Holder: granted and spent; the sealed data may have been shown.
        Spent = 1 "spent",
        /// Holder: the acknowledgement is kept; the key may have been shown.
        Acked = 2 "acked",
        /// Holder: the verifier signed what it took.
        Used = 3 "used",
        /// Holder: the verifier signed that it refused.
        RefusedByVerifier = 4 "refused-by-verifier",
        /// Holder: said no.
        Declined = 5 "declined",
        /// Holder: granted, spent and posted, or about to be; the data may have left.
        Sent = 8 "sent",
        /// Holder: the verifier says that it has the data, and signed nothing.
        Delivered = 9 "delivered",
        /// Holder: taken back before the key left.
        Withdrawn = 6 "withdrawn",
        /// Holder: the verifier signed that it erased what it took.
        ErasedByVerifier = 10 "erased-by-verifier",
        /// Either side: open when the record was restored or rolled back.
        Frozen = 7 "frozen",
        /// Verifier: asked.
        Requested = 21 "requested",
        /// Verifier: signed for the sealed data.
        Acknowledged = 22 "acknowledged",
        /// Verifier: opened, checked and taken.
        Accepted = 23 "accepted",
        /// Verifier: opened and refused.
        Refused = 24 "refused",
        /// Verifier: what was taken was erased.
        Erased = 25 "erased",
    }
}

impl State {
    /// Whether a next step could still let bytes out.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Spent | Self::Acked | Self::Sent | Self::Requested | Self::Acknowledged)
    }
}
