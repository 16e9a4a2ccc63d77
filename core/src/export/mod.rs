//! Files for others, made from a record when they are asked for and never kept.
//!
//! ```text
//! ConsentRecord ─┬─> dpv    ISO/IEC TS 27560 in the terms of DPV 2.3, JSON-LD
//!                ├─> odrl   ODRL 2.2 Agreement, JSON-LD
//!                └─> page   for people, four languages, HTML to print
//! ```
//!
//! None of them is signed: the record is what the grant's signature covers, and each export names its
//! digest.

mod dpv;
mod odrl;
pub mod page;
mod record_page;

use chop_formats::consent_record::RecordDocument;
use chop_formats::log_entry::EntryKind;
use chop_model::{Id, UnixTime};
use chop_vault::table::consent;
use serde_json::Value;

use crate::consent::ConsentState;
use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportForm {
    /// ISO/IEC TS 27560 consent record in the terms of DPV 2.3, JSON-LD.
    Dpv,
    /// ODRL 2.2 Agreement, JSON-LD.
    Odrl,
    /// A page for people: HTML without script, in the four languages, A4.
    Page,
}

impl ExportForm {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Dpv => "dpv",
            Self::Odrl => "odrl",
            Self::Page => "page",
        }
    }
}

impl Wallet {
    /// The consent record `id` in another form, with what became of it until now. That something was made
    /// for others is an event.
    ///
    /// # Errors
    /// `consent.unknown`, also where nothing was given.
    pub fn export_consent(&self, id: &Id, form: ExportForm) -> Result<String> {
        let document = self.consent_record(id)?;
        self.settle_consent(id)?;
        let row = self.vault.read(|read| consent::find(read, id))?;
        // Exchanges from before consents were kept have a record and no state.
        let state = row.map_or(Some(ConsentState::Active), |row| {
            ConsentState::from_number(row.ended.unwrap_or(row.state))
        });
        let text = export(&document, state.ok_or(WalletError::LogBroken)?, form)?;
        let entry = Entry::new(EntryKind::Exported, &self.ports)
            .text("exchange", &id.to_string())
            .text("what", form.word())
            .hash("file", chop_crypto::sha256(text.as_bytes()));
        self.record("export", entry, |_, _| Ok(()))?;
        Ok(text)
    }
}

/// A record in another form; `state` is what became of the consent.
///
/// # Errors
/// A time outside the calendar, or a broken build.
pub fn export(document: &RecordDocument, state: ConsentState, form: ExportForm) -> Result<String> {
    match form {
        ExportForm::Dpv => text_of(&dpv::record(document, state)?),
        ExportForm::Odrl => text_of(&odrl::agreement(document)?),
        ExportForm::Page => record_page::record(document, state),
    }
}

fn text_of(value: &Value) -> Result<String> {
    let mut text = serde_json::to_string_pretty(value).map_err(|_| WalletError::Internal)?;
    text.push('\n');
    Ok(text)
}

/// `2026-11-21T08:00:00+08:00`: the time as the three places write it.
pub(crate) fn date_time(at: UnixTime) -> Result<String> {
    let instant = jiff::Timestamp::from_second(at.0).map_err(|_| crate::notice::NoticeError::NoSuchTime)?;
    let zoned = instant.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
    Ok(zoned.strftime("%Y-%m-%dT%H:%M:%S+08:00").to_string())
}

/// `2026-11-21 08:00 +08:00`, for a screen; far outside the calendar, as seconds.
pub fn local_time(at: UnixTime) -> String {
    let instant = jiff::Timestamp::from_second(at.0);
    let zoned = instant.map(|instant| instant.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))));
    zoned.map_or_else(|_| at.0.to_string(), |zoned| zoned.strftime("%Y-%m-%d %H:%M +08:00").to_string())
}

#[cfg(test)]
#[path = "export_tests.rs"]
mod tests;
