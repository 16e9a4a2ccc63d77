//! A new epoch in the record: after a restore, or when a roll-back was found.
//!
//! The tree goes on where it is, under a new origin and a new key: the old origin never signs two
//! states that do not extend each other. Every exchange that was open is frozen, because nobody can
//! say here whether its bytes left in the time that was lost.

use chop_crypto::{Anchor, KeyPurpose};
use chop_formats::log_entry::EntryKind;
use chop_ledger::{Checkpoint, Origin};
use chop_vault::table::ticket::TicketState;
use chop_vault::table::{exchange, meta, ticket};

use crate::flow::State;
use crate::journal::{Entry, append, head, names};
use crate::wallet::Standing;
use crate::{Error, Result, Wallet};

/// Why a new epoch begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The space came back from a backup.
    Restored,
    /// The key store remembers a later state than the space has.
    RolledBack,
}

impl Wallet {
    /// Begins a new epoch: a new origin and log key, open exchanges frozen, open tickets `unknown`.
    /// How many exchanges were frozen.
    ///
    /// # Errors
    /// When the key store or the vault cannot be written; nothing has changed then.
    pub fn begin_epoch(&mut self, because: Because) -> Result<usize> {
        let origin = Origin::make(self.ports.random.as_ref())?;
        let key = self.ports.keystore.generate(KeyPurpose::Log)?;
        let (frozen, ended) = self.vault.write(|tx| {
            let Checkpoint { origin: old, size, root } = head(tx)?;
            let mut entry = Entry::new(EntryKind::Restored, &self.ports)
                .text("because", because.word())
                .text("old-origin", &old)
                .text("old-size", &size.to_string())
                .hash("old-root", root)
                .text("origin", origin.as_str());
            let mut frozen = 0;
            for row in open_exchanges(tx)? {
                let now = self.ports.clock.now();
                entry.moves(tx, &row.id, row.state, State::Frozen.number(), now)?;
                frozen += 1;
            }
            frozen += crate::flow::offer::freeze(tx, &mut entry, self.ports.clock.now())?;
            for row in ticket::open_ones(tx)? {
                entry.closes(tx, row.seq, TicketState::Unknown, size)?;
            }
            let epoch = epoch_of(tx)? + 1;
            entry.sets(tx, names::ORIGIN, origin.as_str().as_bytes())?;
            entry.sets(tx, names::LOG_KEY, &key.id.0)?;
            entry.sets(tx, names::EPOCH, &epoch.to_be_bytes())?;
            append(tx, &entry, &self.ports)?;
            Ok::<_, Error>((frozen, old))
        })?;
        self.vault.used().settle_restored()?;
        self.anchor()?;
        // No state of the old origin is current any more: a folder that still has one is a roll-back.
        self.ports.keystore.set_anchor(&ended, ENDED)?;
        self.stand(Standing::Current);
        Ok(frozen)
    }

    /// The number of this epoch, from 1.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn epoch(&self) -> Result<u64> {
        Ok(self.vault.read(epoch_of)?)
    }
}

impl Because {
    fn word(self) -> &'static str {
        match self {
            Self::Restored => "restored",
            Self::RolledBack => "rolled-back",
        }
    }
}

fn epoch_of(read: &chop_vault::Read<'_>) -> std::result::Result<u64, chop_vault::VaultError> {
    let bytes = meta::find(read, names::EPOCH)?.ok_or(chop_vault::VaultError::BadRow)?;
    bytes.try_into().map(u64::from_be_bytes).map_err(|_| chop_vault::VaultError::BadRow)
}

/// Exchanges whose next step could still let bytes out.
fn open_exchanges(
    read: &chop_vault::Read<'_>,
) -> std::result::Result<Vec<exchange::Row>, chop_vault::VaultError> {
    let mut open = Vec::new();
    exchange::each(read, &mut |row| {
        if State::from_number(row.state).is_some_and(State::is_open) {
            open.push(row);
        }
        Ok(())
    })?;
    Ok(open)
}

/// What the key store remembers of an origin that has ended: beyond any state of its log.
const ENDED: Anchor = Anchor { size: u64::MAX, root: [0; 32] };
