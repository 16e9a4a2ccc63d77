//! The record checked again, and proofs for and from others.

use chop_core::audit::AuditReport;
use chop_core::notice::Words;
use chop_core::plumbing::formats::proof_pack::{CheckInputs, MAX_PACK_BYTES, PackFault, UnverifiedPack};
use chop_core::plumbing::model::{Coded as _, Lang, UnixTime};
use chop_core::{Error, Result, Wallet};

use crate::dto::record::{AuditAnswer, FlawLine, ProofAnswer};

/// What a re-check found, in words; the first thing that is wrong stands first.
pub(crate) fn told(report: &AuditReport, lang: Lang) -> Result<AuditAnswer> {
    let words = Words::of(lang)?;
    let flaw = |flaw: &chop_core::audit::Flaw| {
        let said = words.error(&Error::from(flaw.kind))?;
        let (place, code) = (flaw.place.clone(), flaw.kind.code().to_owned());
        Ok(FlawLine { what: said.what, now: said.now, place, code })
    };
    Ok(AuditAnswer {
        is_clean: report.is_clean(),
        verdict: words.say(if report.is_clean() { "audit-good" } else { "audit-bad" })?,
        entries: report.entries,
        erased: report.erased,
        rows: report.rows,
        flaws: report.flaws.iter().take(MOST_FLAWS).map(flaw).collect::<Result<_>>()?,
        flaw_count: u64::try_from(report.flaws.len()).unwrap_or(u64::MAX),
    })
}

/// Checks somebody's proof against the trust lists of this space. What is wrong with it is an answer.
pub(crate) fn proof(wallet: &Wallet, file: String, bytes: &[u8], lang: Lang) -> Result<ProofAnswer> {
    let words = Words::of(lang)?;
    let trust = wallet.trust()?;
    let checked = |trust| {
        let inputs = CheckInputs { trust, log_key: None };
        UnverifiedPack::read(bytes).and_then(|pack| pack.check(&inputs))
    };
    // Who is on no list of ours may still have signed: then it is said that this was not checked.
    let findings = match checked(Some(&trust)) {
        Ok(findings) => Ok(findings),
        Err(fault) => checked(None).map_err(|_| fault),
    };
    match findings {
        Ok(findings) => Ok(ProofAnswer {
            file,
            is_valid: true,
            is_anchored: findings.are_anchored(),
            statements: findings
                .list()
                .iter()
                .map(|finding| Ok(words.proof(finding, &time)?))
                .collect::<Result<_>>()?,
            part: None,
            code: None,
        }),
        Err(fault) => refused(&words, file, fault),
    }
}

fn refused(words: &Words, file: String, fault: PackFault) -> Result<ProofAnswer> {
    let error = Error::from(fault);
    Ok(ProofAnswer {
        file,
        is_valid: false,
        is_anchored: false,
        statements: vec![words.error(&error)?.what],
        part: Some(words.proof_part(fault.part)?),
        code: Some(error.code().to_owned()),
    })
}

/// As the three places write it, which share one clock (UTC+8).
fn time(at: UnixTime) -> String {
    chop_core::export::local_time(at)
}

/// Flaws that the page shows; a damaged space can have one for every row.
const MOST_FLAWS: usize = 100;
/// Bytes that are read of a proof file.
pub(crate) const MOST_PROOF_BYTES: u64 = MAX_PACK_BYTES as u64;
