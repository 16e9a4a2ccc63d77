//! One entry of a log: what happened, when, what it refers to, and which rows it commits to.
//!
//! ```text
//! entry = CBOR { 1: kind text, 2: time int, 3: { name: bytes32 | text }, 4: [[table, key, digest | null]] }
//! ```
//!
//! Deterministic (RFC 8949 section 4.2.1), so that one entry has one commitment. The values of a
//! presentation never stand in an entry: references are digests and names of parties.

use std::collections::BTreeMap;

use chop_crypto::Digest;
use chop_model::{UnixTime, coded_errors};
use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

/// Longest entry that is read or written, in bytes.
pub const MAX_ENTRY_BYTES: usize = 512 * 1024;
/// Most references in one entry.
pub const MAX_REFS: u64 = 64;
/// Most rows that one entry commits to.
pub const MAX_FACTS: u64 = 4096;
/// Longest name of a reference, of a table or of a kind, in bytes.
pub const MAX_NAME_BYTES: usize = 64;
/// Longest text reference, in bytes: a `client_id` or an origin fits.
pub const MAX_TEXT_BYTES: usize = 1024;
/// Longest key of a committed row, in bytes.
pub const MAX_KEY_BYTES: usize = 256;

/// Names under which entries refer to the objects of an exchange, each with `h` of its exact bytes.
///
/// A proof pack holds an object only if an entry in it names the object here: that is what fixes its
/// bytes, the signature included, so an exchange's entries name each object once it exists.
pub mod refs {
    /// The request R.
    pub const REQUEST: &str = "req";
    /// The grant.
    pub const GRANT: &str = "grant";
    /// The delivery note.
    pub const DELIVERY: &str = "dn";
    /// The acknowledgement.
    pub const ACK: &str = "ack";
    /// The use receipt.
    pub const USE: &str = "use";
    /// The refusal.
    pub const REFUSED: &str = "refused";
    /// The statement of erasure.
    pub const ERASED: &str = "erased";

    /// The KB-JWT of presentation `number`, counted from 0 in the order of the content.
    pub fn key_binding(number: usize) -> String {
        format!("kb.{number}")
    }
}

coded_errors! {
    /// What can be wrong with the bytes of an entry.
    pub enum EntryError {
        /// More bytes, references or rows than an entry may have.
        TooLarge => ("entry.too-large", Peer, "the log entry is larger than an entry may be"),
        /// Not the CBOR shape of an entry.
        Malformed => ("entry.malformed", Peer, "the bytes are not a log entry"),
        /// Readable, but not in the one encoding that an entry has.
        NotCanonical => ("entry.not-canonical", Peer, "the log entry is not in its one canonical encoding"),
        /// A kind of event that this version does not know.
        UnknownKind => ("entry.unknown-kind", Peer, "the log entry is of an unknown kind"),
    }
}

/// One event of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// What happened.
    pub kind: EntryKind,
    /// When, by the clock of the log's owner: asserted, not proven.
    pub at: UnixTime,
    /// What it is about: `grant` → h(grant), `aud` → a client id, ….
    pub refs: BTreeMap<String, Ref>,
    /// The rows that this entry commits to, in the order in which they were written.
    pub facts: Vec<Fact>,
}

/// What an entry refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ref {
    /// The digest of a signed object or of some bytes.
    Hash(Digest),
    /// A public name: a `client_id`, the origin of a log, an id. Never a value of a claim.
    Text(String),
}

/// One row of a table of facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Name of the table.
    pub table: String,
    /// Primary key of the row, as the table's owner writes it.
    pub key: Vec<u8>,
    /// Digest of the row's canonical bytes; nothing when the row was destroyed.
    pub digest: Option<Digest>,
}

impl LogEntry {
    /// An entry without references and rows.
    pub fn new(kind: EntryKind, at: UnixTime) -> Self {
        Self { kind, at, refs: BTreeMap::new(), facts: Vec::new() }
    }

    /// This entry with one more digest that it refers to.
    #[must_use]
    pub fn with_hash(mut self, name: &str, digest: Digest) -> Self {
        self.refs.insert(name.to_owned(), Ref::Hash(digest));
        self
    }

    /// This entry with one more name that it refers to.
    #[must_use]
    pub fn with_text(mut self, name: &str, text: &str) -> Self {
        self.refs.insert(name.to_owned(), Ref::Text(text.to_owned()));
        self
    }

    /// This entry with one more committed row; `None` says that the row was destroyed.
    #[must_use]
    pub fn with_fact(mut self, table: &str, key: &[u8], digest: Option<Digest>) -> Self {
        self.facts.push(Fact { table: table.to_owned(), key: key.to_vec(), digest });
        self
    }

    /// The digest that the entry gives under `name`.
    pub fn hash(&self, name: &str) -> Option<&Digest> {
        match self.refs.get(name) {
            Some(Ref::Hash(digest)) => Some(digest),
            _ => None,
        }
    }

    /// The text that the entry gives under `name`.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.refs.get(name) {
            Some(Ref::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The entry in its one encoding.
    ///
    /// # Errors
    /// [`EntryError::TooLarge`] when it is larger than an entry may be.
    pub fn to_bytes(&self) -> Result<Vec<u8>, EntryError> {
        let Self { kind, at, refs, facts } = self;
        let mut e = Encoder::new(Vec::new());
        let written = (|| {
            e.map(4)?;
            e.u8(1)?.str(kind.name())?;
            e.u8(2)?.i64(at.0)?;
            e.u8(3)?;
            write_refs(&mut e, refs)?;
            e.u8(4)?;
            write_facts(&mut e, facts)
        })();
        let bytes = e.into_writer();
        match written {
            Ok(()) if is_within_bounds(self) && bytes.len() <= MAX_ENTRY_BYTES => Ok(bytes),
            _ => Err(EntryError::TooLarge),
        }
    }

    /// Reads an entry.
    ///
    /// # Errors
    /// [`EntryError`] for anything but the one encoding of an entry within its bounds.
    pub fn read(bytes: &[u8]) -> Result<Self, EntryError> {
        if bytes.len() > MAX_ENTRY_BYTES {
            return Err(EntryError::TooLarge);
        }
        let mut d = Decoder::new(bytes);
        let entry = read_entry(&mut d)?;
        // Writing again and comparing is the whole of RFC 8949 section 4.2.1 at once: shortest heads,
        // key order, no duplicate key, nothing behind the end.
        if entry.to_bytes()? != bytes {
            return Err(EntryError::NotCanonical);
        }
        Ok(entry)
    }
}

type Written = Result<(), minicbor::encode::Error<std::convert::Infallible>>;

fn write_refs(e: &mut Encoder<Vec<u8>>, refs: &BTreeMap<String, Ref>) -> Written {
    let mut sorted: Vec<_> = refs.iter().collect();
    // The encoded head of a text grows with its length: shorter names come first.
    sorted.sort_by_key(|(name, _)| (name.len(), *name));
    e.map(as_u64(sorted.len()))?;
    for (name, value) in sorted {
        e.str(name)?;
        match value {
            Ref::Hash(digest) => e.bytes(digest)?,
            Ref::Text(text) => e.str(text)?,
        };
    }
    Ok(())
}

fn write_facts(e: &mut Encoder<Vec<u8>>, facts: &[Fact]) -> Written {
    e.array(as_u64(facts.len()))?;
    for Fact { table, key, digest } in facts {
        e.array(3)?.str(table)?.bytes(key)?;
        match digest {
            Some(digest) => e.bytes(digest)?,
            None => e.null()?,
        };
    }
    Ok(())
}

fn is_within_bounds(entry: &LogEntry) -> bool {
    let name_fits = |name: &str| !name.is_empty() && name.len() <= MAX_NAME_BYTES;
    as_u64(entry.refs.len()) <= MAX_REFS
        && as_u64(entry.facts.len()) <= MAX_FACTS
        && entry.refs.iter().all(|(name, value)| {
            name_fits(name) && !matches!(value, Ref::Text(text) if text.len() > MAX_TEXT_BYTES)
        })
        && entry.facts.iter().all(|fact| name_fits(&fact.table) && fact.key.len() <= MAX_KEY_BYTES)
}

fn read_entry(d: &mut Decoder<'_>) -> Result<LogEntry, EntryError> {
    expect_count(d.map(), 4, 4)?;
    expect_label(d, 1)?;
    let kind = EntryKind::from_name(read_text(d, MAX_NAME_BYTES)?).ok_or(EntryError::UnknownKind)?;
    expect_label(d, 2)?;
    let at = UnixTime(d.i64().map_err(malformed)?);
    expect_label(d, 3)?;
    let refs = read_refs(d)?;
    expect_label(d, 4)?;
    let facts = read_facts(d)?;
    Ok(LogEntry { kind, at, refs, facts })
}

fn read_refs(d: &mut Decoder<'_>) -> Result<BTreeMap<String, Ref>, EntryError> {
    let count = expect_count(d.map(), 0, MAX_REFS)?;
    let mut refs = BTreeMap::new();
    for _ in 0..count {
        let name = read_text(d, MAX_NAME_BYTES)?.to_owned();
        let value = match d.datatype().map_err(malformed)? {
            Type::Bytes => Ref::Hash(read_digest(d)?),
            _ => Ref::Text(read_text(d, MAX_TEXT_BYTES)?.to_owned()),
        };
        refs.insert(name, value);
    }
    Ok(refs)
}

fn read_facts(d: &mut Decoder<'_>) -> Result<Vec<Fact>, EntryError> {
    let count = expect_count(d.array(), 0, MAX_FACTS)?;
    let mut facts = Vec::new();
    for _ in 0..count {
        expect_count(d.array(), 3, 3)?;
        let table = read_text(d, MAX_NAME_BYTES)?.to_owned();
        let key = d.bytes().map_err(malformed)?.to_vec();
        let digest = match d.datatype().map_err(malformed)? {
            Type::Null => d.null().map(|()| None).map_err(malformed)?,
            _ => Some(read_digest(d)?),
        };
        facts.push(Fact { table, key, digest });
    }
    Ok(facts)
}

fn expect_count(
    count: Result<Option<u64>, minicbor::decode::Error>,
    least: u64,
    most: u64,
) -> Result<u64, EntryError> {
    match count.map_err(malformed)? {
        Some(count) if count > most => Err(EntryError::TooLarge),
        Some(count) if count >= least => Ok(count),
        _ => Err(EntryError::Malformed),
    }
}

fn expect_label(d: &mut Decoder<'_>, label: u8) -> Result<(), EntryError> {
    match d.u8() {
        Ok(found) if found == label => Ok(()),
        _ => Err(EntryError::Malformed),
    }
}

fn read_text<'b>(d: &mut Decoder<'b>, most: usize) -> Result<&'b str, EntryError> {
    let text = d.str().map_err(malformed)?;
    if text.len() > most { Err(EntryError::TooLarge) } else { Ok(text) }
}

fn read_digest(d: &mut Decoder<'_>) -> Result<Digest, EntryError> {
    d.bytes().map_err(malformed)?.try_into().map_err(|_| EntryError::Malformed)
}

fn malformed(_: minicbor::decode::Error) -> EntryError {
    EntryError::Malformed
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

macro_rules! entry_kinds {
    ($($(#[$meta:meta])* $variant:ident => $name:literal,)+) => {
        /// What an entry says happened. Names are stable and never used for something else.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum EntryKind { $($(#[$meta])* $variant,)+ }

        impl EntryKind {
            /// Every kind, in the order in which they are declared.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name in the log.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

impl EntryKind {
    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

entry_kinds! {
    /// The log begins; leaf 0.
    Opened => "opened",
    /// A holding came in.
    Imported => "imported",
    /// A holding was replaced by a newer one; the old one stays in the history.
    Replaced => "replaced",
    /// The holder showed a holding on their own screen (亮证): nothing left the space.
    Shown => "shown",
    /// A grant was offered before anybody asked.
    Offered => "offered",
    /// A request was made (verifier) or shown (holder).
    Requested => "requested",
    /// The holder said yes.
    Approved => "approved",
    /// The holder said no.
    Declined => "declined",
    /// A use of a grant was spent: before anything leaves.
    Spent => "spent",
    /// An envelope arrived and was read (verifier).
    Received => "received",
    /// The acknowledgement was signed (verifier) or stored (holder).
    Acked => "acked",
    /// The key was let go (holder).
    Released => "released",
    /// The content was opened and judged (verifier).
    Verified => "verified",
    /// The use receipt was signed (verifier) or stored (holder).
    Used => "used",
    /// The verifier refused, with a receipt.
    Refused => "refused",
    /// A ticket was found open after a crash: what left is not known.
    Unknown => "unknown",
    /// A grant was withdrawn.
    Revoked => "revoked",
    /// A consent took a step of its own.
    ConsentMoved => "consent-moved",
    /// A grant or a request ran out.
    Expired => "expired",
    /// Content was destroyed.
    Erased => "erased",
    /// Something left the space on purpose: a proof, a bundle, a file.
    Exported => "exported",
    /// A backup was made.
    BackupMade => "backup-made",
    /// The space came back from a backup: a new epoch.
    Restored => "restored",
    /// The log's key, or another, was replaced.
    KeyRotated => "key-rotated",
    /// A trust list was taken in.
    TrustAdded => "trust-added",
    /// A trust list was taken out.
    TrustRemoved => "trust-removed",
    /// The holder said how an item is shared, or whom it is about.
    Marked => "marked",
    /// Somebody for whom the owner acts was written down.
    ProfileSet => "profile-set",
    /// A rule pack or a catalogue was taken in.
    PackAdded => "pack-added",
    /// A status list was taken in, or found to be the one that is held.
    StatusTaken => "status-taken",
    /// A case about a grant was opened or took a step.
    Remedy => "remedy",
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample() -> LogEntry {
        LogEntry::new(EntryKind::Spent, UnixTime(1_790_000_000))
            .with_hash("grant", [7; 32])
            .with_hash("dn", [8; 32])
            .with_text("aud", "x509_hash:abc")
            .with_fact("grant", &[1, 2], Some([9; 32]))
            .with_fact("content", &[3], None)
    }

    #[test]
    fn an_entry_comes_back() {
        let bytes = sample().to_bytes().unwrap();
        assert_eq!(LogEntry::read(&bytes), Ok(sample()));
        assert_eq!(sample().hash("grant"), Some(&[7; 32]));
        assert_eq!(sample().text("aud"), Some("x509_hash:abc"));
        assert_eq!(sample().hash("aud"), None);
    }

    #[test]
    fn names_of_kinds_are_one_to_one() {
        for kind in EntryKind::ALL {
            assert_eq!(EntryKind::from_name(kind.name()), Some(*kind));
        }
    }

    /// Row 50 of protocol.md section 6: CBOR that is not deterministic.
    #[test]
    fn row_50_other_encodings_of_the_same_entry_are_refused() {
        let plain = LogEntry::new(EntryKind::Used, UnixTime(5)).to_bytes().unwrap();
        assert_eq!(plain, b"\xa4\x01\x64used\x02\x05\x03\xa0\x04\x80");
        let bad: [(&[u8], EntryError); 9] = [
            (b"\xa4\x01\x64used\x02\x18\x05\x03\xa0\x04\x80", EntryError::NotCanonical), // long head
            (b"\xa4\x01\x78\x04used\x02\x05\x03\xa0\x04\x80", EntryError::NotCanonical), // long text head
            (b"\xbf\x01\x64used\x02\x05\x03\xa0\x04\x80\xff", EntryError::Malformed),    // indefinite
            (b"\xa4\x02\x05\x01\x64used\x03\xa0\x04\x80", EntryError::Malformed),        // order of labels
            (b"\xa4\x01\x64used\x02\x05\x03\xa0\x04\x80\x00", EntryError::NotCanonical), // behind the end
            (b"\xa4\x01\x64uses\x02\x05\x03\xa0\x04\x80", EntryError::UnknownKind),
            (b"\xa4\x01\x64used\x02\x05\x03\xa2\x61b\x61x\x61a\x61x\x04\x80", EntryError::NotCanonical), // key order
            (b"\xa4\x01\x64used\x02\x05\x03\xa2\x61a\x61x\x61a\x61x\x04\x80", EntryError::NotCanonical), // key twice
            (b"\xa4\x01\x64used\x02\x05\x03\xbb\xff\xff\xff\xff\xff\xff\xff\xff", EntryError::TooLarge),
        ];
        for (bytes, error) in bad {
            assert_eq!(LogEntry::read(bytes), Err(error), "{bytes:02x?}");
        }
    }

    proptest! {
        #[test]
        fn any_changed_byte_is_another_entry_or_none(at in 0usize..400, to in any::<u8>()) {
            let bytes = sample().to_bytes().unwrap();
            let mut changed = bytes.clone();
            let at = at % bytes.len();
            changed[at] = to;
            if let Ok(entry) = LogEntry::read(&changed) {
                prop_assert_eq!(entry == sample(), changed == bytes);
            }
        }

        #[test]
        fn no_bytes_bring_the_reader_down(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(entry) = LogEntry::read(&bytes) {
                prop_assert_eq!(entry.to_bytes().unwrap(), bytes);
            }
        }
    }
}
