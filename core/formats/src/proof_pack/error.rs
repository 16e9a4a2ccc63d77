//! What can be wrong with a pack, and where.

use std::fmt;

use chop_model::{Coded, Fault, coded_errors};

coded_errors! {
    /// What can be wrong with a proof pack.
    pub enum PackError {
        /// More bytes or parts than a pack may have.
        TooLarge => ("pack.too-large", Peer, "the proof is larger than a proof may be"),
        /// Not a pack.
        Malformed => ("pack.malformed", Peer, "the file is not a proof"),
        /// A pack, but not in its one encoding.
        NotCanonical => ("pack.not-canonical", Peer, "the proof is not in its one canonical encoding"),
        /// A version that this program does not know.
        UnknownVersion => ("pack.unknown-version", Peer, "the proof is of a version that is not known here"),
        /// The log's key is not one.
        BadLogKey => ("pack.bad-log-key", Peer, "the log's key in the proof is not a key"),
        /// Another log than the one that was asked for.
        StrangeLog => ("pack.strange-log", Peer, "the proof is about another log than the one asked for"),
        /// The checkpoint does not verify.
        BadCheckpoint => ("pack.bad-checkpoint", Peer, "the log's checkpoint does not verify"),
        /// No entry, or not by rising index.
        EntryOrder => ("pack.entry-order", Peer, "the log entries in the proof are missing or not in order"),
        /// An entry that is not one.
        BadEntry => ("pack.bad-entry", Peer, "a log entry in the proof cannot be read"),
        /// An entry is not in the log of the checkpoint.
        NotInLog => ("pack.not-in-log", Peer, "a log entry in the proof is not in the log"),
        /// An entry is about another grant or request.
        ForeignEntry => ("pack.foreign-entry", Peer, "a log entry in the proof is about something else"),
        /// No entry names an object that the pack has.
        NotLogged => ("pack.not-logged", Peer, "the log does not name a part of the proof"),
        /// A signed object cannot be read or its signature does not verify.
        BadObject => ("pack.bad-object", Peer, "a signed part of the proof does not verify"),
        /// An object does not name the one it must.
        WrongLink => ("pack.wrong-link", Peer, "a part of the proof belongs to another exchange"),
        /// The grant permits more than the request asked for.
        WiderThanAsked => ("pack.wider-than-asked", Peer, "the grant permits more than was asked for"),
        /// The signer of a receipt is not the signer of the request.
        WrongSigner => ("pack.wrong-signer", Peer, "a part of the proof was signed by somebody else"),
        /// No chain from the signer to the anchors that were given.
        StrangerSigned => ("pack.stranger-signed", Peer, "somebody whom your anchors do not vouch for signed a part of the proof"),
        /// The log commitment does not open.
        DoesNotOpen => ("pack.does-not-open", Peer, "the log commitment in the receipts is not that of this log"),
        /// The log is not the continuation of what was committed.
        NotContinued => ("pack.not-continued", Peer, "the log is not the continuation of the one that the receipts echo"),
        /// A later object without the one before it.
        MissingPart => ("pack.missing-part", Peer, "a part is missing that another part of the proof needs"),
    }
}

/// A part of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The file as a whole.
    File,
    /// The log's key and checkpoint.
    Log,
    /// The entry at this index of the log.
    Entry(u64),
    /// The request.
    Request,
    /// The grant.
    Grant,
    /// The delivery note.
    Delivery,
    /// The consent record.
    ConsentRecord,
    /// The acknowledgement.
    Ack,
    /// The use receipt.
    Use,
    /// The refusal.
    Refused,
    /// The statement of erasure.
    Erased,
    /// The key binding of a presentation, counted from 0.
    Presentation(usize),
    /// What opens the log commitment.
    Opening,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("file"),
            Self::Log => f.write_str("log"),
            Self::Entry(index) => write!(f, "entry {index}"),
            Self::Request => f.write_str("request"),
            Self::Grant => f.write_str("grant"),
            Self::Delivery => f.write_str("delivery"),
            Self::ConsentRecord => f.write_str("consent record"),
            Self::Ack => f.write_str("acknowledgement"),
            Self::Use => f.write_str("use receipt"),
            Self::Refused => f.write_str("refusal"),
            Self::Erased => f.write_str("erasure"),
            Self::Presentation(number) => write!(f, "presentation {number}"),
            Self::Opening => f.write_str("log commitment"),
        }
    }
}

/// The first thing that is wrong with a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackFault {
    /// Where.
    pub part: Part,
    /// What.
    pub error: PackError,
    /// The code of the format's own error under it, where there is one.
    pub cause: Option<&'static str>,
}

impl PackError {
    /// This error in this part.
    pub(super) fn of(self, part: Part) -> PackFault {
        PackFault { part, error: self, cause: None }
    }

    /// This error in this part, because of another.
    pub(super) fn because(self, part: Part, cause: &dyn Coded) -> PackFault {
        PackFault { part, error: self, cause: Some(cause.code()) }
    }
}

impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.part, self.error)?;
        match self.cause {
            Some(cause) => write!(f, " ({cause})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for PackFault {}

impl Coded for PackFault {
    fn code(&self) -> &'static str {
        self.error.code()
    }
    fn fault(&self) -> Fault {
        self.error.fault()
    }
}
