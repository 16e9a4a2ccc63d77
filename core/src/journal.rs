//! Log, act, log.
//!
//! ```text
//! open   one transaction: the rows, the ticket, the entry   → commit → anchor → UseTicket
//! act    bytes leave, only through something that holds the ticket
//! close  one transaction: the ticket closed, the entry that says how it went
//! ```
//!
//! A log that cannot be written stops the use. A ticket that was never closed is found at the next
//! start and becomes `unknown`: a use is never forgotten and never called "not used" for want of an
//! entry.

use std::sync::PoisonError;

use chop_crypto::{Anchor, KeyId, SigningDomain};
use chop_formats::log_entry::{EntryKind, LogEntry};
use chop_ledger::{Checkpoint, VerifierKey};
use chop_model::{Id, UnixTime};
use chop_vault::table::ticket::{self, TicketState};
use chop_vault::table::{exchange, log, meta};
use chop_vault::{Fact, Read, Tx, VaultError};

use crate::{Error, Ports, Result, Wallet, WalletError, point};

/// Names in the `meta` table that the journal keeps.
pub(crate) mod names {
    /// Origin of the log's checkpoints; changes with each epoch.
    pub(crate) const ORIGIN: &str = "log-origin";
    /// Id of the Ed25519 key that signs them.
    pub(crate) const LOG_KEY: &str = "log-key";
    /// Number of epochs that this space has begun, the first included.
    pub(crate) const EPOCH: &str = "epoch";
    /// Where the owner of the space lives.
    pub(crate) const PLACE: &str = "place";
    /// Key under which a software key store is sealed.
    pub(crate) const STORE_KEY: &str = "store-key";
}

/// The right to let bytes of one exchange out, once its intent is durable and anchored.
///
/// It can be had from [`Wallet::open_ticket`] only, and is used up by [`Wallet::close_ticket`].
#[derive(Debug)]
pub(crate) struct UseTicket {
    seq: u64,
    exchange: Id,
}

impl UseTicket {
    /// The ticket of a row that its intent committed: an offer's bytes may leave long after the intent.
    pub(crate) fn of(row: &ticket::Row) -> Self {
        Self { seq: row.seq, exchange: row.exchange }
    }

    /// The exchange whose bytes may leave.
    pub(crate) fn exchange(&self) -> Id {
        self.exchange
    }
}

/// How a release went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The bytes were handed to the edge, which showed them.
    Shown(EntryKind),
    /// Nobody knows: the process ended between intent and outcome.
    Unknown,
}

/// An entry under construction: rows that are written say so here, so that the entry commits them.
pub(crate) struct Entry(LogEntry);

impl Entry {
    /// An entry of `kind`, now.
    pub(crate) fn new(kind: EntryKind, ports: &Ports) -> Self {
        Self(LogEntry::new(kind, ports.clock.now()))
    }

    /// The entry with a digest it refers to.
    #[must_use]
    pub(crate) fn hash(self, name: &str, digest: chop_crypto::Digest) -> Self {
        Self(self.0.with_hash(name, digest))
    }

    /// The entry with a public name it refers to.
    #[must_use]
    pub(crate) fn text(self, name: &str, text: &str) -> Self {
        Self(self.0.with_text(name, text))
    }

    /// Commits the entry to a row that was written.
    pub(crate) fn commits(&mut self, fact: Fact) {
        self.0.facts.push(chop_formats::log_entry::Fact {
            table: fact.table.to_owned(),
            key: fact.key,
            digest: Some(fact.digest),
        });
    }

    /// Says what a row was that this entry is about to change, before [`Entry::commits`] says what it is.
    /// The re-check holds it against the entry that spoke of the row before: so a row that was changed
    /// from outside is found even after it was written on.
    pub(crate) fn was(&mut self, before: Option<Fact>) {
        if let Some(before) = before {
            self.commits(before);
        }
    }

    /// Moves an exchange from state `from` to state `to` and commits the entry to it.
    pub(crate) fn moves(&mut self, tx: &Tx<'_>, id: &Id, from: u8, to: u8, now: UnixTime) -> Result<()> {
        self.was(exchange::find(tx, id)?.map(|row| row.fact()));
        self.commits(exchange::advance(tx, id, from, to, now)?.fact());
        Ok(())
    }

    /// Sets a named value, whatever it was, and commits the entry to it.
    pub(crate) fn sets(&mut self, tx: &Tx<'_>, name: &str, value: &[u8]) -> Result<()> {
        let before = meta::find(tx, name)?;
        self.was(before.map(|value| meta::Row { name: name.to_owned(), value }.fact()));
        self.commits(meta::set(tx, name, value)?);
        Ok(())
    }

    /// Closes a ticket and commits the entry to it.
    pub(crate) fn closes(&mut self, tx: &Tx<'_>, seq: u64, state: TicketState, closed: u64) -> Result<()> {
        self.was(ticket::find(tx, seq)?.map(|row| row.fact()));
        self.commits(ticket::close(tx, seq, state, closed)?.fact());
        Ok(())
    }

    /// Commits the entry to the destruction of a row.
    pub(crate) fn destroys(&mut self, table: &str, key: &[u8]) {
        self.0.facts.push(chop_formats::log_entry::Fact {
            table: table.to_owned(),
            key: key.to_vec(),
            digest: None,
        });
    }

    /// Says a word that was found out while writing.
    pub(crate) fn say(&mut self, name: &str, text: &str) {
        self.0.refs.insert(name.to_owned(), chop_formats::log_entry::Ref::Text(text.to_owned()));
    }

    /// Refers to a digest that was found out while writing.
    pub(crate) fn refer(&mut self, name: &str, digest: chop_crypto::Digest) {
        self.0.refs.insert(name.to_owned(), chop_formats::log_entry::Ref::Hash(digest));
    }
}

impl Wallet {
    /// Commits what `write` writes together with its entry, then anchors the new state.
    ///
    /// `step` names the crash points round the commit.
    pub(crate) fn record<T>(
        &self,
        step: &str,
        entry: Entry,
        write: impl FnOnce(&Tx<'_>, &mut Entry) -> Result<T>,
    ) -> Result<T> {
        self.refuse_when_rolled_back()?;
        let value = self.vault.write(|tx| {
            let mut entry = entry;
            let value = write(tx, &mut entry)?;
            append(tx, &entry, &self.ports)?;
            point(step, "before-commit");
            Ok::<_, Error>(value)
        })?;
        point(step, "after-commit");
        self.anchor()?;
        point(step, "after-anchor");
        Ok(value)
    }

    /// Commits an intent: what `write` writes, a ticket and the entry, in one transaction.
    pub(crate) fn open_ticket<T>(
        &self,
        step: &str,
        exchange: Id,
        entry: Entry,
        write: impl FnOnce(&Tx<'_>, &mut Entry) -> Result<T>,
    ) -> Result<(UseTicket, T)> {
        self.record(step, entry, |tx, entry| {
            let value = write(tx, entry)?;
            let seq = log::size(tx)?;
            entry.commits(ticket::open(tx, seq, &exchange, ticket_kind(step))?.fact());
            Ok((UseTicket { seq, exchange }, value))
        })
    }

    /// Writes how a release went and closes its ticket.
    pub(crate) fn close_ticket(&self, step: &str, ticket: UseTicket, outcome: Outcome) -> Result<()> {
        let kind = match outcome {
            Outcome::Shown(kind) => kind,
            Outcome::Unknown => EntryKind::Unknown,
        };
        let entry = Entry::new(kind, &self.ports).text("exchange", &ticket.exchange.to_string());
        self.vault.write(|tx| {
            close(tx, ticket.seq, entry, outcome, &self.ports)?;
            point(step, "outcome-before-commit");
            Ok::<_, Error>(())
        })?;
        point(step, "outcome-after-commit");
        self.anchor()?;
        point(step, "after-outcome");
        Ok(())
    }

    /// Closes every ticket that an earlier run left open as `unknown`; how many there were.
    pub(crate) fn reconcile(&self) -> Result<usize> {
        let mut closed = 0;
        for row in self.vault.read(ticket::open_ones)? {
            // A ticket that its intent does not speak of was put there from outside, and stays for the
            // re-check to find.
            if self.vault.read(|read| is_committed(read, &row))? {
                let ticket = UseTicket { seq: row.seq, exchange: row.exchange };
                self.close_ticket("start", ticket, Outcome::Unknown)?;
                closed += 1;
            }
        }
        Ok(closed)
    }

    /// The signed state of the log as it stands.
    pub(crate) fn checkpoint(&self) -> Result<String> {
        let (head, key) = self.vault.read(|read| Ok::<_, VaultError>((head(read)?, log_key(read)?)))?;
        let verifier = self.verifier_of(&head.origin, &key)?;
        let keystore = self.ports.keystore.as_ref();
        Ok(head.sign(&verifier, |text| keystore.sign(&key, SigningDomain::Checkpoint, text))?)
    }

    /// The public key of this space's log, as C2SP writes it: what an auditor compares.
    ///
    /// # Errors
    /// When the key store has lost the key.
    pub fn log_verifier_key(&self) -> Result<VerifierKey> {
        let (origin, key) = self.vault.read(|read| Ok::<_, VaultError>((origin(read)?, log_key(read)?)))?;
        self.verifier_of(&origin, &key)
    }

    fn verifier_of(&self, origin: &str, key: &KeyId) -> Result<VerifierKey> {
        let found = self.ports.keystore.find(key)?;
        Ok(VerifierKey::new(origin, *found.public.ed25519()?)?)
    }

    /// Keeps the present size and root in the key store, which never goes back: where it remembers more,
    /// another copy of this space went on, and nothing may leave this one.
    pub(crate) fn anchor(&self) -> Result<()> {
        let _one_at_a_time = self.anchoring.lock().unwrap_or_else(PoisonError::into_inner);
        let Checkpoint { origin, size, root } = self.vault.read(head)?;
        match self.ports.keystore.anchor(&origin)? {
            Some(known) if known.size > size => Err(WalletError::RolledBack.into()),
            Some(known) if known.size == size && known.root == root => Ok(()),
            _ => Ok(self.ports.keystore.set_anchor(&origin, Anchor { size, root })?),
        }
    }

    /// Before stored bytes are handed out once more: an entry that was written, but could not be anchored
    /// then, is anchored now, or nothing leaves. Costs two reads where there is nothing to do.
    pub(crate) fn anchor_what_is_stored(&self) -> Result<()> {
        self.refuse_when_rolled_back()?;
        self.anchor()
    }
}

/// Whether the entry that opened a ticket committed to just this row.
fn is_committed(read: &Read<'_>, row: &ticket::Row) -> std::result::Result<bool, VaultError> {
    let entry = match log::entry(read, row.seq) {
        Ok(Some(bytes)) => LogEntry::read(bytes.expose()).ok(),
        Ok(None) | Err(VaultError::BadRow | VaultError::Missing) => None,
        Err(error) => return Err(error),
    };
    let Fact { table, key, digest } = row.fact();
    // EXPOSE: the entry is read to compare one row with it.
    let facts = entry.map(|entry| entry.facts).unwrap_or_default();
    Ok(facts.iter().any(|fact| fact.table == table && fact.key == key && fact.digest == Some(digest)))
}

/// Origin, size and root of the log.
pub(crate) fn head(read: &Read<'_>) -> std::result::Result<Checkpoint, VaultError> {
    let size = log::size(read)?;
    Ok(Checkpoint { origin: origin(read)?, size, root: chop_ledger::root(size, read)? })
}

/// The origin of the present epoch.
pub(crate) fn origin(read: &Read<'_>) -> std::result::Result<String, VaultError> {
    let bytes = meta::find(read, names::ORIGIN)?.ok_or(VaultError::BadRow)?;
    String::from_utf8(bytes).map_err(|_| VaultError::BadRow)
}

fn log_key(read: &Read<'_>) -> std::result::Result<KeyId, VaultError> {
    let bytes = meta::find(read, names::LOG_KEY)?.ok_or(VaultError::BadRow)?;
    bytes.try_into().map(KeyId).map_err(|_| VaultError::BadRow)
}

/// The stored number of the step whose release a ticket is for.
fn ticket_kind(step: &str) -> u8 {
    match step {
        "t0" => 1,
        "t1" => 2,
        "t2" => 3,
        "t3" => 4,
        "t4" => 5,
        _ => 255,
    }
}

/// Appends `entry` to the log inside `tx`; its index.
pub(crate) fn append(tx: &Tx<'_>, entry: &Entry, ports: &Ports) -> Result<u64> {
    Ok(log::append(tx, &entry.0.to_bytes()?, ports.random.as_ref())?.seq)
}

fn close(tx: &Tx<'_>, seq: u64, mut entry: Entry, outcome: Outcome, ports: &Ports) -> Result<()> {
    let state = match outcome {
        Outcome::Shown(_) => TicketState::Done,
        Outcome::Unknown => TicketState::Unknown,
    };
    entry.closes(tx, seq, state, log::size(tx)?)?;
    append(tx, &entry, ports)?;
    Ok(())
}
