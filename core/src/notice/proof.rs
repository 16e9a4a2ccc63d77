//! What a check of a proof pack found, in the reader's language.

use chop_crypto::encoding::{to_base64url, to_hex};
use chop_formats::proof_pack::{Finding, Part};
use chop_model::UnixTime;
use fluent_bundle::FluentValue;

use super::isolate;
use super::words::{NoticeError, Words};

/// How an edge writes a time: a terminal otherwise than a window.
pub type WriteTime<'a> = &'a dyn Fn(UnixTime) -> String;

impl Words {
    /// One statement of a check. `time` writes a time as the reader's place does.
    ///
    /// # Errors
    /// [`NoticeError::NoWords`] in a broken build.
    pub fn proof(&self, finding: &Finding, time: WriteTime<'_>) -> Result<String, NoticeError> {
        match finding {
            Finding::WhoSignedWasNotChecked => self.say("finding-who-signed-not-checked"),
            Finding::SignersAreAnchored => self.say("finding-signers-anchored"),
            Finding::VerifierCertificate { client_id, sha256 } => self.with(
                "finding-verifier-certificate",
                [("client", isolate(client_id)), ("sha256", to_hex(sha256))],
            ),
            Finding::IssuerCertificate { presentation, sha256 } => self.with(
                "finding-issuer-certificate",
                [("number", presentation.to_string()), ("sha256", to_hex(sha256))],
            ),
            Finding::GrantKey { thumbprint } => {
                self.with("finding-grant-key", [("key", to_base64url(thumbprint))])
            }
            Finding::LogKey { key, expected: false } => self.with("finding-log-key", [("key", key.clone())]),
            Finding::LogKey { key, expected: true } => {
                self.with("finding-log-key-expected", [("key", key.clone())])
            }
            Finding::SignedByVerifier { part, at } => self
                .with("finding-signed-by-verifier", [("part", self.proof_part(*part)?), ("time", time(*at))]),
            Finding::SignedByGrantKey { part, at } => self.with(
                "finding-signed-by-grant-key",
                [("part", self.proof_part(*part)?), ("time", time(*at))],
            ),
            Finding::UseWasAccepted(true) => self.say("finding-use-accepted"),
            Finding::UseWasAccepted(false) => self.say("finding-use-refused"),
            Finding::HolderIsNamed { presentation } => {
                self.with("finding-holder-named", [("number", presentation.to_string())])
            }
            Finding::NobodyVouchesForHolder => self.say("finding-holder-not-vouched-for"),
            other => self.of_grant_and_log(other),
        }
    }

    fn of_grant_and_log(&self, finding: &Finding) -> Result<String, NoticeError> {
        match finding {
            Finding::Granted { purposes, asked, granted, keep_days } => self.with(
                "finding-granted",
                [
                    ("granted", granted.to_string()),
                    ("asked", asked.to_string()),
                    ("purposes", isolate(&purposes.join(", "))),
                    ("days", keep_days.to_string()),
                ],
            ),
            Finding::AnchoredBy { part, name, anchor } => self.with(
                "finding-anchored-by",
                [("part", self.proof_part(*part)?), ("name", isolate(name)), ("sha256", to_hex(anchor))],
            ),
            Finding::Logged { entries, size } => {
                self.with("finding-logged", [("entries", entries.to_string()), ("size", size.to_string())])
            }
            Finding::LogContinues { size_then } => {
                self.with("finding-log-continues", [("size", size_then.to_string())])
            }
            Finding::LogIsSelfAsserted => self.say("finding-log-self-asserted"),
            Finding::TimeIsAsserted => self.say("finding-time-asserted"),
            other => Ok(other.to_string()),
        }
    }

    /// The name of a part of a proof.
    ///
    /// # Errors
    /// [`NoticeError::NoWords`] in a broken build.
    pub fn proof_part(&self, part: Part) -> Result<String, NoticeError> {
        match part {
            Part::File => self.say("part-file"),
            Part::Log => self.say("part-log"),
            Part::Entry(index) => self.with("part-entry", [("number", index.to_string())]),
            Part::Request => self.say("part-request"),
            Part::Grant => self.say("part-grant"),
            Part::Delivery => self.say("part-delivery"),
            Part::ConsentRecord => self.say("part-consent-record"),
            Part::Ack => self.say("part-ack"),
            Part::Use => self.say("part-use"),
            Part::Refused => self.say("part-refused"),
            Part::Erased => self.say("part-erased"),
            Part::Presentation(number) => self.with("part-presentation", [("number", number.to_string())]),
            Part::Opening => self.say("part-opening"),
        }
    }

    fn with<const N: usize>(&self, key: &str, values: [(&str, String); N]) -> Result<String, NoticeError> {
        self.say_with(key, &values.map(|(name, value)| (name, FluentValue::from(value))))
    }
}
