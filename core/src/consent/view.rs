//! Consents as a list and one by one: what was agreed, in one sentence, and what became of it.

use chop_formats::consent_record::{ConsentRecord, RecordDocument};
use chop_formats::log_entry::LogEntry;
use chop_model::{Id, Lang, Period, UnixTime};
use chop_vault::table::artefact::{self, ArtefactKind};
use chop_vault::table::consent::{self, Row};
use chop_vault::table::exchange::Role;

use crate::notice::{self, Words};
use crate::{Result, Wallet, WalletError};

use super::keep::life_of;
use super::states::{ConsentState, Step};

/// One consent, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentView {
    /// Its id; for a holder also the grant's `jti`.
    pub id: Id,
    /// Whether this space gave it or received it.
    pub role: Role,
    /// How far it is.
    pub state: ConsentState,
    /// The state in which it ended, once a deletion was asked for.
    pub ended: Option<ConsentState>,
    /// Whether the recipient may process under it now.
    pub is_valid: bool,
    /// The recipient's client id.
    pub client_id: String,
    /// Code of the purpose.
    pub purpose: String,
    /// How often it was used.
    pub uses: u32,
    /// How often it may be.
    pub max_uses: u32,
    /// From when until when.
    pub validity: Period,
    /// The consent that this one supersedes.
    pub replaces: Option<Id>,
    /// 容缺: a pledge that goes with it.
    pub pledge: PledgeState,
    /// When the pledge is due.
    pub pledge_due: Option<UnixTime>,
    /// Why it moved last, in somebody's words; may be empty.
    pub reason: String,
    /// When it moved last.
    pub updated_at: UnixTime,
}

chop_model::numbered! {
    /// 容缺受理: something was promised for later.
    pub enum PledgeState {
        /// Nothing was promised.
        None = 0 "none",
        /// Promised, and not yet due or kept.
        Open = 1 "open",
        /// Kept.
        Kept = 2 "kept",
        /// Overdue.
        Broken = 3 "broken",
    }
}

/// One step of a consent, from the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentEvent {
    /// The place in the log.
    pub index: u64,
    /// When, by this space's clock.
    pub at: UnixTime,
    /// The step; none where the consent began.
    pub step: Option<Step>,
    /// The state after it.
    pub to: ConsentState,
}

impl ConsentState {
    /// The term of DPV 2.3 that says what this state means for processing. Only given and renewed consent
    /// are valid; where DPV has no word of its own, the word for every invalid state.
    pub fn dpv_status(self, replaces: bool) -> &'static str {
        match self {
            Self::Draft | Self::Requested | Self::Reviewing => "ConsentRequested",
            Self::PendingSeparateConsent | Self::PendingGuardian | Self::PendingApproval => {
                "ConsentRequestDeferred"
            }
            Self::Refused => "ConsentRefused",
            Self::Active | Self::Presented | Self::Used if replaces => "RenewedConsentGiven",
            Self::Active | Self::Presented | Self::Used => "ConsentGiven",
            Self::Withdrawn => "ConsentWithdrawn",
            Self::Expired | Self::Exhausted => "ConsentExpired",
            Self::TerminatedByRecipient => "ConsentRevoked",
            Self::Invalidated => "ConsentInvalidated",
            Self::Paused
            | Self::Superseded
            | Self::DeletionRequested
            | Self::DeletionConfirmed
            | Self::DeletionRefused
            | Self::Closed => "ConsentStatusInvalidForProcessing",
        }
    }
}

impl ConsentView {
    /// The DPV term of its state; of the state in which it ended, where a deletion was asked for since.
    pub fn dpv_status(&self) -> &'static str {
        self.ended.unwrap_or(self.state).dpv_status(self.replaces.is_some())
    }
}

impl Wallet {
    /// Every consent, latest first, after what time demands was written down.
    ///
    /// # Errors
    /// When the vault cannot be read, or the record not written.
    pub fn consents(&self) -> Result<Vec<ConsentView>> {
        self.settle_consents()?;
        let mut rows = Vec::new();
        self.vault.read(|read| {
            consent::each(read, &mut |row| {
                rows.push(row);
                Ok(())
            })
        })?;
        let now = self.ports.clock.now();
        let mut views = rows.into_iter().map(|row| view(row, now)).collect::<Result<Vec<_>>>()?;
        views.sort_by_key(|view| std::cmp::Reverse((view.updated_at, view.id)));
        Ok(views)
    }

    /// One consent.
    ///
    /// # Errors
    /// `consent.unknown`.
    pub fn consent_view(&self, id: &Id) -> Result<ConsentView> {
        self.settle_consent(id)?;
        view(self.consent_row(id)?, self.ports.clock.now())
    }

    /// The record that both sides hold.
    ///
    /// # Errors
    /// `consent.unknown`, also where nothing was given.
    pub fn consent_record(&self, id: &Id) -> Result<RecordDocument> {
        let row = self.vault.read(|read| artefact::find_kind(read, id, ArtefactKind::ConsentRecord))?;
        let bytes = row.ok_or(WalletError::NoConsent)?.bytes;
        Ok(RecordDocument::read(&bytes)?)
    }

    /// The consent in one sentence, made from its record.
    ///
    /// # Errors
    /// As [`Wallet::consent_record`].
    pub fn consent_sentence(&self, id: &Id, lang: Lang) -> Result<String> {
        let document = self.consent_record(id)?;
        let words = Words::of(lang)?;
        Ok(notice::sentence_of(&words, document.record(), self.ports.clock.now())?)
    }

    /// Every step of a consent, from the log alone, in order.
    ///
    /// # Errors
    /// When an entry cannot be read.
    pub fn consent_events(&self, id: &Id) -> Result<Vec<ConsentEvent>> {
        let id = id.to_string();
        let mut lines = self.record_lines(u64::MAX)?;
        lines.reverse();
        let events = lines.into_iter().filter_map(|line| {
            let entry = line.entry.filter(|entry| entry.text("exchange") == Some(id.as_str()))?;
            event(line.index, &entry)
        });
        Ok(events.collect())
    }
}

/// Whether each use after the first asks again: sensitive data by any of the two lists, or a machine that
/// decides (gba.md row 111).
pub(crate) fn asks_each_use(record: &ConsentRecord) -> bool {
    let claims = || record.items.iter().flat_map(|item| &item.claims);
    claims().any(|claim| claim.cn_sensitive || claim.mo_sensitive) || record.automated_decision.used
}

fn event(index: u64, entry: &LogEntry) -> Option<ConsentEvent> {
    let word = entry.text("consent")?;
    let to = ConsentState::ALL.iter().copied().find(|state| state.word() == word)?;
    Some(ConsentEvent { index, at: entry.at, step: entry.text("step").and_then(Step::from_word), to })
}

fn view(row: Row, now: UnixTime) -> Result<ConsentView> {
    let life = life_of(&row)?;
    Ok(ConsentView {
        is_valid: life.is_valid(now),
        state: life.state,
        ended: life.ended,
        uses: life.uses,
        max_uses: life.max_uses,
        validity: life.validity,
        pledge: PledgeState::from_number(row.pledge).ok_or(WalletError::LogBroken)?,
        id: row.id,
        role: row.role,
        client_id: row.client_id,
        purpose: row.purpose,
        replaces: row.replaces,
        pledge_due: row.pledge_due,
        reason: row.reason,
        updated_at: row.updated_at,
    })
}
