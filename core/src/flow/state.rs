//! How far an exchange is. The numbers are stored and never reused.

/// The state of one exchange, on either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Holder: granted and spent; the sealed data may have been shown.
    Spent,
    /// Holder: the acknowledgement is kept; the key may have been shown.
    Acked,
    /// Holder: the verifier signed what it took.
    Used,
    /// Holder: the verifier signed that it refused.
    RefusedByVerifier,
    /// Holder: said no.
    Declined,
    /// Holder: granted, spent and posted, or about to be; the data may have left.
    Sent,
    /// Holder: the verifier says that it has the data, and signed nothing.
    Delivered,
    /// Holder: taken back before the key left.
    Withdrawn,
    /// Holder: the verifier signed that it erased what it took.
    ErasedByVerifier,
    /// Either side: open when the record was restored or rolled back.
    Frozen,
    /// Verifier: asked.
    Requested,
    /// Verifier: signed for the sealed data.
    Acknowledged,
    /// Verifier: opened, checked and taken.
    Accepted,
    /// Verifier: opened and refused.
    Refused,
    /// Verifier: what was taken was erased.
    Erased,
}

impl State {
    const ALL: [(Self, u8, &'static str); 15] = [
        (Self::Spent, 1, "spent"),
        (Self::Acked, 2, "acked"),
        (Self::Used, 3, "used"),
        (Self::RefusedByVerifier, 4, "refused-by-verifier"),
        (Self::Declined, 5, "declined"),
        (Self::Withdrawn, 6, "withdrawn"),
        (Self::Frozen, 7, "frozen"),
        (Self::Sent, 8, "sent"),
        (Self::Delivered, 9, "delivered"),
        (Self::ErasedByVerifier, 10, "erased-by-verifier"),
        (Self::Requested, 21, "requested"),
        (Self::Acknowledged, 22, "acknowledged"),
        (Self::Accepted, 23, "accepted"),
        (Self::Refused, 24, "refused"),
        (Self::Erased, 25, "erased"),
    ];

    /// The stored number.
    pub fn number(self) -> u8 {
        Self::ALL.iter().find(|(state, ..)| *state == self).map_or(0, |(_, number, _)| *number)
    }

    /// The state with this number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().find(|(_, n, _)| *n == number).map(|(state, ..)| *state)
    }

    /// The stable word for machines; `state-<word>` is its key in the catalogue of words.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(state, ..)| *state == self).map_or("", |(.., word)| word)
    }

    /// Whether a next step could still let bytes out.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Spent | Self::Acked | Self::Sent | Self::Requested | Self::Acknowledged)
    }
}
