//! What a check of a proof pack found, in the reader's language.

use chop_core::plumbing::crypto::encoding::{to_base64url, to_hex};
use chop_core::plumbing::formats::proof_pack::{Finding, Part};

use super::record::time;
use crate::say::Say;

/// One statement. What a newer core finds beyond these is said in its own words.
pub(crate) fn finding_text(say: &Say, finding: &Finding) -> String {
    match finding {
        Finding::WhoSignedWasNotChecked => say.say("finding-who-signed-not-checked"),
        Finding::SignersAreAnchored => say.say("finding-signers-anchored"),
        Finding::VerifierCertificate { client_id, sha256 } => say
            .say_with("finding-verifier-certificate", &[("client", client_id), ("sha256", &to_hex(sha256))]),
        Finding::IssuerCertificate { presentation, sha256 } => say.say_with(
            "finding-issuer-certificate",
            &[("number", &presentation.to_string()), ("sha256", &to_hex(sha256))],
        ),
        Finding::GrantKey { thumbprint } => {
            say.say_with("finding-grant-key", &[("key", &to_base64url(thumbprint))])
        }
        Finding::LogKey { key, expected: false } => say.say_with("finding-log-key", &[("key", key)]),
        Finding::LogKey { key, expected: true } => say.say_with("finding-log-key-expected", &[("key", key)]),
        Finding::SignedByVerifier { part, at } => say.say_with(
            "finding-signed-by-verifier",
            &[("part", &part_text(say, *part)), ("time", &time(*at))],
        ),
        Finding::SignedByGrantKey { part, at } => say.say_with(
            "finding-signed-by-grant-key",
            &[("part", &part_text(say, *part)), ("time", &time(*at))],
        ),
        Finding::UseWasAccepted(true) => say.say("finding-use-accepted"),
        Finding::UseWasAccepted(false) => say.say("finding-use-refused"),
        Finding::HolderIsNamed { presentation } => {
            say.say_with("finding-holder-named", &[("number", &presentation.to_string())])
        }
        Finding::NobodyVouchesForHolder => say.say("finding-holder-not-vouched-for"),
        other => of_grant_and_log(say, other),
    }
}

fn of_grant_and_log(say: &Say, finding: &Finding) -> String {
    match finding {
        Finding::Granted { purposes, asked, granted, keep_days } => say.say_with(
            "finding-granted",
            &[
                ("granted", &granted.to_string()),
                ("asked", &asked.to_string()),
                ("purposes", &purposes.join(", ")),
                ("days", &keep_days.to_string()),
            ],
        ),
        Finding::AnchoredBy { part, name, anchor } => say.say_with(
            "finding-anchored-by",
            &[("part", &part_text(say, *part)), ("name", name), ("sha256", &to_hex(anchor))],
        ),
        Finding::Logged { entries, size } => {
            say.say_with("finding-logged", &[("entries", &entries.to_string()), ("size", &size.to_string())])
        }
        Finding::LogContinues { size_then } => {
            say.say_with("finding-log-continues", &[("size", &size_then.to_string())])
        }
        Finding::LogIsSelfAsserted => say.say("finding-log-self-asserted"),
        Finding::TimeIsAsserted => say.say("finding-time-asserted"),
        other => other.to_string(),
    }
}

/// The name of a part of a proof.
pub(crate) fn part_text(say: &Say, part: Part) -> String {
    match part {
        Part::File => say.say("part-file"),
        Part::Log => say.say("part-log"),
        Part::Entry(index) => say.say_with("part-entry", &[("number", &index.to_string())]),
        Part::Request => say.say("part-request"),
        Part::Grant => say.say("part-grant"),
        Part::Delivery => say.say("part-delivery"),
        Part::ConsentRecord => say.say("part-consent-record"),
        Part::Ack => say.say("part-ack"),
        Part::Use => say.say("part-use"),
        Part::Refused => say.say("part-refused"),
        Part::Erased => say.say("part-erased"),
        Part::Presentation(number) => say.say_with("part-presentation", &[("number", &number.to_string())]),
        Part::Opening => say.say("part-opening"),
    }
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
            assert_eq!(finding_text(&say, &finding), finding.to_string());
        }
    }
}
