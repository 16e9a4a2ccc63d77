//! What the holder says of an item: whether and how it is shared (gba.md rows 89, 90), whether its
//! biometric claims may go by ways other than a QR code (row 41), and whom it is about (row 113).
//!
//! Never: it answers no request at all, and to the asker it looks as if it were not held. On condition:
//! what nobody chose; asked each time. Open: the holder has said yes beforehand, see [`crate::flow`].

use chop_formats::log_entry::EntryKind;
use chop_model::{Id, ItemId};
use chop_vault::Read;
use chop_vault::table::item::ItemState;
use chop_vault::table::{mark, profile};

pub use chop_vault::table::mark::ShareClass;

use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

/// What the holder says of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// How it is shared.
    pub share: ShareClass,
    /// Whether biometric claims may leave by ways other than a QR code. By a QR code they never do.
    pub biometric: bool,
    /// The profile of whom it is about; nothing: the owner of the space.
    pub subject: Option<Id>,
    /// The act by which it was said last; nothing where nothing was ever said.
    pub act: Option<Id>,
}

impl Mark {
    /// What holds while nothing is said.
    pub const UNMARKED: Self =
        Self { share: ShareClass::Conditional, biometric: false, subject: None, act: None };

    /// What is said of an item in this state of the space.
    pub(crate) fn of(read: &Read<'_>, item: &ItemId) -> std::result::Result<Self, chop_vault::VaultError> {
        Ok(mark::find(read, item)?.map_or(Self::UNMARKED, |row| Self {
            share: row.share,
            biometric: row.biometric,
            subject: row.subject,
            act: Some(row.act),
        }))
    }
}

/// The word that a command, a log entry and a translation name a class by.
pub fn share_word(share: ShareClass) -> &'static str {
    match share {
        ShareClass::Never => "never",
        ShareClass::Conditional => "condition",
        ShareClass::Open => "open",
    }
}

impl Wallet {
    /// What the holder says of an item.
    ///
    /// # Errors
    /// `holding.unknown`.
    pub fn mark(&self, item: &ItemId) -> Result<Mark> {
        self.item(item)?;
        Ok(self.vault.read(|read| Mark::of(read, item))?)
    }

    /// Says how an item is shared. A line of the record says so before it holds.
    ///
    /// # Errors
    /// `holding.unknown`, `holding.erased`.
    pub fn set_share_class(&self, item: &ItemId, share: ShareClass) -> Result<()> {
        self.say_of(item, share_word(share), |mark| mark.share = share)
    }

    /// Says whether biometric claims of an item may leave by ways other than a QR code.
    ///
    /// # Errors
    /// As [`Wallet::set_share_class`].
    pub fn set_biometrics(&self, item: &ItemId, may_leave: bool) -> Result<()> {
        let word = if may_leave { "biometrics-allowed" } else { "biometrics-kept" };
        self.say_of(item, word, |mark| mark.biometric = may_leave)
    }

    /// Says whom an item is about: somebody with a profile, or nobody else than the owner.
    ///
    /// # Errors
    /// As [`Wallet::set_share_class`]; `profile.unknown`.
    pub fn set_subject(&self, item: &ItemId, subject: Option<&Id>) -> Result<()> {
        if let Some(id) = subject {
            self.vault.read(|read| profile::find(read, id))?.ok_or(WalletError::NoSuchProfile)?;
        }
        self.say_of(item, "subject", |mark| mark.subject = subject.copied())
    }

    fn say_of(&self, item: &ItemId, word: &str, change: impl FnOnce(&mut Mark)) -> Result<()> {
        if self.item(item)?.row.state == ItemState::Erased {
            return Err(WalletError::ErasedItem.into());
        }
        let (act, now) = (Id::make(self.ports.random.as_ref())?, self.ports.clock.now());
        let entry = Entry::new(EntryKind::Marked, &self.ports)
            .text("item", &item.to_string())
            .text("as", word)
            .text("act", &act.to_string());
        self.record("mark", entry, |tx, entry| {
            entry.was(mark::find(tx, item)?.map(|row| row.fact()));
            let mut said = Mark::of(tx, item)?;
            change(&mut said);
            let Mark { share, biometric, subject, act: _ } = said;
            let row = mark::Row { item: *item, share, biometric, subject, act, changed_at: now };
            mark::set(tx, &row)?;
            entry.commits(row.fact());
            Ok(())
        })
    }
}
