//! `chop check`: a proof pack, on a machine that never saw the wallet.

use std::path::Path;

use chop_core::plumbing::crypto::encoding::to_base64url;
use chop_core::plumbing::formats::proof_pack::{CheckInputs, MAX_PACK_BYTES, PackFault, UnverifiedPack};
use chop_core::plumbing::formats::trust_list::{TrustView, UnverifiedTrustList};
use chop_core::plumbing::ledger::VerifierKey;
use chop_core::{Clock, Error};
use serde_json::json;

use super::finding::{finding_text, part_text};
use super::trust::fingerprint_of;
use crate::args::CheckArgs;
use crate::edge::SystemClock;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::say::Say;

/// Checks a pack; exit 0 when nothing is wrong, 1 with the first thing that is.
pub(crate) fn check(say: &Say, args: &CheckArgs) -> Result<Report, Failure> {
    let bytes = files::read_at_most(&args.pack, MAX_READ_BYTES)?;
    let trust = args.anchors.as_deref().map(|path| trust(path, args.publisher.as_deref())).transpose()?;
    let log_key = args.log_key.as_deref().map(VerifierKey::parse).transpose()?;
    let inputs = CheckInputs { trust: trust.as_ref().map(|(view, _)| view), log_key: log_key.as_ref() };
    let report = judge(say, &bytes, &inputs);
    // A list whose publisher nobody compared says who signed only as far as the list is to be believed.
    match (&trust, &args.publisher) {
        (Some((_, fingerprint)), None) => {
            let note = say.say_with("publisher-not-compared", &[("fingerprint", fingerprint)]);
            Ok(Report { text: format!("{}\n{note}", report.text), ..report })
        }
        _ => Ok(report),
    }
}

/// The verdict on the bytes of a pack.
pub(crate) fn judge(say: &Say, bytes: &[u8], inputs: &CheckInputs<'_>) -> Report {
    match UnverifiedPack::read(bytes).and_then(|pack| pack.check(inputs)) {
        Ok(findings) => {
            let list: Vec<_> = findings
                .list()
                .iter()
                .map(|finding| json!({ "code": finding.code(), "text": finding.to_string() }))
                .collect();
            let json = json!({ "valid": true, "anchored": findings.are_anchored(), "findings": list });
            let lines: Vec<_> = findings.list().iter().map(|finding| finding_text(say, finding)).collect();
            Report::done(lines.join("\n"), json)
        }
        Err(fault) => fault_report(say, &fault),
    }
}

fn fault_report(say: &Say, fault: &PackFault) -> Report {
    let error = Error::from(*fault);
    let json = json!({
        "valid": false, "part": fault.part.to_string(), "error": error.code(), "cause": fault.cause,
    });
    let words = say.error(&error).map(|words| words.what).unwrap_or_default();
    let not_valid = say.say_with("not-valid", &[("part", &part_text(say, fault.part))]);
    Report::judged(false, format!("{not_valid} {words}\n[{}] {fault}", error.code()), json)
}

/// The list under the fingerprint that was named, or under its own where none was.
fn trust(path: &Path, publisher: Option<&str>) -> Result<(TrustView, String), Failure> {
    let list = UnverifiedTrustList::parse(&files::read_text(path)?)?;
    let fingerprint = match publisher {
        Some(text) => fingerprint_of(text)?,
        None => list.fingerprint(),
    };
    let verified = list.verify(&fingerprint, None, SystemClock.now())?;
    Ok((TrustView::new(vec![verified]), to_base64url(&fingerprint)))
}

/// One byte more than a pack may have is enough to refuse it.
const MAX_READ_BYTES: u64 = MAX_PACK_BYTES as u64 + 1;
