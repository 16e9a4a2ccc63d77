//! What a check of a proof pack found, in the reader's language: core's words, with times as a terminal
//! writes them.

use chop_core::plumbing::formats::proof_pack::{Finding, Part};

use super::record::time;
use crate::say::Say;

/// One statement. What a newer core finds beyond these is said in its own words.
pub(crate) fn finding_text(say: &Say, finding: &Finding) -> String {
    say.proof(finding, &time)
}

/// The name of a part of a proof.
pub(crate) fn part_text(say: &Say, part: Part) -> String {
    say.proof_part(part)
}

#[cfg(test)]
mod tests {
    use chop_core::plumbing::model::{Lang, UnixTime};

    use super::*;

    #[test]
    fn english_says_what_the_format_says() {
        let say = Say::of(Lang::En);
        for finding in [
            Finding::WhoSignedWasNotChecked,
            Finding::SignersAreAnchored,
            Finding::IssuerCertificate { presentation: 1, sha256: [7; 32] },
            Finding::LogKey { key: "k".into(), expected: true },
            Finding::SignedByVerifier { part: Part::Ack, at: UnixTime(1_800_000_000) },
            Finding::Granted { purposes: vec!["a".into(), "b".into()], asked: 3, granted: 2, keep_days: 30 },
            Finding::AnchoredBy { part: Part::Presentation(0), name: "N".into(), anchor: [1; 32] },
            Finding::Logged { entries: 2, size: 9 },
            Finding::LogContinues { size_then: 4 },
            Finding::TimeIsAsserted,
        ] {
            // What others wrote stands in marks of its own, so that it cannot turn the line round.
            let said = finding_text(&say, &finding).replace(['\u{2068}', '\u{2069}'], "");
            assert_eq!(said, finding.to_string());
        }
    }
}
