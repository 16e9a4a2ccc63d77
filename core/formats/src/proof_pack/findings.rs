//! What a check found, one statement a line, each in a place of its own: nobody should have to guess
//! which of them was checked and which is only said.

use std::fmt;

use chop_crypto::Digest;
use chop_crypto::encoding::{to_base64url, to_hex};
use chop_model::UnixTime;

use super::Part;

/// The statements of a check, in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    pub(super) fn new(list: Vec<Finding>) -> Self {
        Self { list }
    }

    /// The statements; the first says how far the check could go.
    pub fn list(&self) -> &[Finding] {
        &self.list
    }

    /// Whether anchors were given and vouch for every certified signer.
    pub fn are_anchored(&self) -> bool {
        self.list.first() == Some(&Finding::SignersAreAnchored)
    }
}

/// One line a statement.
impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.list.iter().try_for_each(|finding| writeln!(f, "{finding}"))
    }
}

/// One statement. Everything in it was checked, except what its name says is only asserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// No anchors were given: everything fits together, and anybody could have made all of it.
    WhoSignedWasNotChecked,
    /// The anchors that were given vouch for every signer that has a certificate.
    SignersAreAnchored,
    /// The certificate of whoever asked.
    VerifierCertificate {
        /// Its client id.
        client_id: String,
        /// SHA-256 of the certificate.
        sha256: Digest,
    },
    /// The certificate of an issuer.
    IssuerCertificate {
        /// Which presentation it is about.
        presentation: usize,
        /// SHA-256 of the certificate.
        sha256: Digest,
    },
    /// The key that granted.
    GrantKey {
        /// Its RFC 7638 thumbprint.
        thumbprint: Digest,
    },
    /// The key of the log.
    LogKey {
        /// `name+id+base64`.
        key: String,
        /// Whether it is the one that was asked for.
        expected: bool,
    },
    /// Signed with the verifier's certified key.
    SignedByVerifier {
        /// What.
        part: Part,
        /// When, by the verifier's clock.
        at: UnixTime,
    },
    /// Signed with the key that granted.
    SignedByGrantKey {
        /// What.
        part: Part,
        /// When, by the holder's clock.
        at: UnixTime,
    },
    /// What was asked for and what of it was granted, by count; the values are in no pack.
    Granted {
        /// Codes of the purposes.
        purposes: Vec<String>,
        /// Claims that the request asks for.
        asked: usize,
        /// Claims that the grant permits.
        granted: usize,
        /// Days that the verifier may keep them.
        keep_days: u32,
    },
    /// How the use ended, as the verifier's use receipt says.
    UseWasAccepted(bool),
    /// A credential in the pack names the key that bound itself to this grant.
    HolderIsNamed {
        /// Which presentation shows it.
        presentation: usize,
    },
    /// Nothing in the pack says whose the key is.
    NobodyVouchesForHolder,
    /// Who stands behind a certificate, by an anchor that was given.
    AnchoredBy {
        /// The certificate of which part: the request's, or a presentation's issuer.
        part: Part,
        /// The name from the trust list or the certificate.
        name: String,
        /// SHA-256 of the anchor.
        anchor: Digest,
    },
    /// What the log shows.
    Logged {
        /// Entries in the pack.
        entries: usize,
        /// Leaves in the log at the pack's checkpoint.
        size: u64,
    },
    /// The other side signed a commitment to the log as it was before, and this log continues it.
    LogContinues {
        /// Leaves that the log had then.
        size_then: u64,
    },
    /// Nobody else saw the log: it may have been made the night before.
    LogIsSelfAsserted,
    /// All times are those of the signers' clocks.
    TimeIsAsserted,
}

impl Finding {
    /// Stable, for machines and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WhoSignedWasNotChecked => "finding.who-signed-not-checked",
            Self::SignersAreAnchored => "finding.signers-anchored",
            Self::VerifierCertificate { .. } => "finding.verifier-certificate",
            Self::IssuerCertificate { .. } => "finding.issuer-certificate",
            Self::GrantKey { .. } => "finding.grant-key",
            Self::LogKey { .. } => "finding.log-key",
            Self::SignedByVerifier { .. } => "finding.signed-by-verifier",
            Self::SignedByGrantKey { .. } => "finding.signed-by-grant-key",
            Self::Granted { .. } => "finding.granted",
            Self::UseWasAccepted(true) => "finding.use-accepted",
            Self::UseWasAccepted(false) => "finding.use-refused",
            Self::HolderIsNamed { .. } => "finding.holder-named",
            Self::NobodyVouchesForHolder => "finding.holder-not-vouched-for",
            Self::AnchoredBy { .. } => "finding.anchored-by",
            Self::Logged { .. } => "finding.logged",
            Self::LogContinues { .. } => "finding.log-continues",
            Self::LogIsSelfAsserted => "finding.log-self-asserted",
            Self::TimeIsAsserted => "finding.time-asserted",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WhoSignedWasNotChecked => f.write_str("consistent in itself; who signed was not checked"),
            Self::SignersAreAnchored => f.write_str("consistent, and your anchors vouch for who signed"),
            Self::VerifierCertificate { client_id, sha256 } => {
                write!(f, "verifier {client_id}: certificate sha256 {}", to_hex(sha256))
            }
            Self::IssuerCertificate { presentation, sha256 } => {
                write!(f, "issuer of presentation {presentation}: certificate sha256 {}", to_hex(sha256))
            }
            Self::GrantKey { thumbprint } => write!(f, "grant: key {}", to_base64url(thumbprint)),
            Self::LogKey { key, expected: false } => write!(f, "log: key {key}"),
            Self::LogKey { key, expected: true } => write!(f, "log: key {key}, the one asked for"),
            Self::SignedByVerifier { part, at } => {
                write!(f, "signed by the verifier: {part}, {}", Utc(*at))
            }
            Self::SignedByGrantKey { part, at } => {
                write!(f, "signed by the key that granted: {part}, {}", Utc(*at))
            }
            Self::Granted { purposes, asked, granted, keep_days } => {
                // A code is chosen by whoever asks: it must not steer the screen that shows it.
                let purposes = purposes.join(", ").escape_debug().to_string();
                write!(
                    f,
                    "granted: {granted} of {asked} claims asked for, for {purposes}, kept {keep_days} days"
                )
            }
            Self::UseWasAccepted(true) => f.write_str("the verifier says that it accepted what it received"),
            Self::UseWasAccepted(false) => {
                f.write_str("the verifier says that it did not accept what it received")
            }
            Self::HolderIsNamed { presentation } => {
                write!(f, "granted by a holder whom a credential names (presentation {presentation})")
            }
            Self::NobodyVouchesForHolder => f.write_str("granted by a key nobody vouches for in this proof"),
            Self::AnchoredBy { part, name, anchor } => {
                write!(f, "{part} anchored: {name}, by anchor sha256 {}", to_hex(anchor))
            }
            Self::Logged { entries, size } => {
                write!(f, "log: {entries} of {size} entries shown, all in the log")
            }
            Self::LogContinues { size_then } => write!(
                f,
                "log: continues the one of {size_then} entries that the other side signed a commitment to"
            ),
            Self::LogIsSelfAsserted => f.write_str("log self-asserted: nobody else saw it before this proof"),
            Self::TimeIsAsserted => f.write_str("time: asserted by the clocks of both sides, not witnessed"),
        }
    }
}

/// A time as RFC 3339 writes it; far outside the calendar, as seconds.
struct Utc(UnixTime);

impl fmt::Display for Utc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_second(self.0.0) {
            Ok(time) => time.fmt(f),
            Err(_) => write!(f, "{} seconds after 1970", self.0.0),
        }
    }
}
