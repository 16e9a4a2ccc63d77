//! What happened: the record, its re-check, its proofs.

use std::ops::ControlFlow;
use std::sync::Arc;

use chop_core::Wallet;
use chop_core::plumbing::formats::log_entry::Ref;
use chop_core::plumbing::formats::proof_pack::{CheckInputs, UnverifiedPack};
use chop_core::plumbing::model::Coded;

use crate::machine::id;
use crate::progress::{Late, long};
use crate::{Cancel, ChopError, Progress};

/// The record of a space.
#[derive(uniffi::Object)]
pub struct Record {
    pub(crate) wallet: Arc<Wallet>,
}

/// A line of the record. It holds digests and codes, never a value.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RecordEntry {
    /// Its place in the log.
    pub index: u64,
    /// What happened: `spent`, `acked`, …; none: the entry was erased.
    pub kind: Option<String>,
    /// Seconds since 1970.
    pub at: Option<i64>,
    /// The exchange that it belongs to.
    pub exchange: Option<String>,
}

/// What a re-check of the whole record found.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Audit {
    /// Entries that were read.
    pub entries: u64,
    /// Entries that their owner erased.
    pub erased: u64,
    /// Rows that were compared with the log.
    pub rows: u64,
    /// What is wrong. Empty: nothing is.
    pub flaws: Vec<AuditFlaw>,
}

/// Something that is wrong with the record.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AuditFlaw {
    /// Its code.
    pub code: String,
    /// Where.
    pub place: String,
}

/// What a proof pack proves.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PackVerdict {
    /// Whether everything in it holds.
    pub is_valid: bool,
    /// Codes of what it shows, or the code of the first fault.
    pub findings: Vec<String>,
}

#[uniffi::export]
impl Record {
    /// The last `limit` lines, newest first.
    pub fn lines(&self, limit: u64) -> Result<Vec<RecordEntry>, ChopError> {
        let lines = self.wallet.record_lines(limit)?;
        Ok(lines
            .into_iter()
            .map(|line| {
                let entry = line.entry.as_ref();
                let exchange = entry.and_then(|entry| entry.refs.get("exchange")).and_then(|r| match r {
                    Ref::Text(text) => Some(text.clone()),
                    Ref::Hash(_) => None,
                });
                RecordEntry {
                    index: line.index,
                    kind: entry.map(|entry| entry.kind.name().to_owned()),
                    at: entry.map(|entry| entry.at.0),
                    exchange,
                }
            })
            .collect())
    }

    /// Checks every entry, every row and every file against the log. Long on a long record.
    #[uniffi::method(default(progress = None, cancel = None))]
    pub fn audit(
        &self,
        progress: Option<Arc<dyn Progress>>,
        cancel: Option<Arc<Cancel>>,
    ) -> Result<Audit, ChopError> {
        let report = long(progress.as_ref(), cancel.as_ref(), Late::Dropped, |pace| {
            Ok(self.wallet.audit_while(&mut |done, total| match pace.at(done, total) {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            })?)
        })?;
        Ok(Audit {
            entries: report.entries,
            erased: report.erased,
            rows: report.rows,
            flaws: report
                .flaws
                .into_iter()
                .map(|flaw| AuditFlaw { code: flaw.kind.code().to_owned(), place: flaw.place })
                .collect(),
        })
    }

    /// A proof pack of one exchange: `*.chop-proof`. With the credential's issuer part where the holder
    /// wants to be named.
    pub fn prove(&self, exchange: String, with_credential: bool) -> Result<Vec<u8>, ChopError> {
        Ok(self.wallet.prove(&id(&exchange)?, with_credential)?)
    }
}

/// Checks a proof pack on its own: no space is needed.
#[uniffi::export]
pub fn check_proof(pack: Vec<u8>) -> PackVerdict {
    let inputs = CheckInputs { trust: None, log_key: None };
    match UnverifiedPack::read(&pack).and_then(|pack| pack.check(&inputs)) {
        Ok(findings) => PackVerdict {
            is_valid: true,
            findings: findings.list().iter().map(|finding| finding.code().to_owned()).collect(),
        },
        Err(fault) => PackVerdict { is_valid: false, findings: vec![fault.code().to_owned()] },
    }
}
