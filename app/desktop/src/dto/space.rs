//! What the first room takes and answers.

use std::fmt;

use chop_core::plumbing::crypto::SecretBytes;
use chop_core::plumbing::model::Jurisdiction;
use chop_core::plumbing::vault::{RecoveryCode, SpaceKind};
use chop_core::{Result, qr};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::dto::code::Code;

/// A passphrase as it was typed. `Debug` hides it; the copy that the web view made of it is not ours to
/// zero (core/docs/desktop.md).
#[derive(Deserialize)]
#[serde(from = "String")]
pub(crate) struct Typed(SecretBytes);

impl Typed {
    /// The passphrase itself.
    pub(crate) fn secret(self) -> SecretBytes {
        self.0
    }
}

impl From<String> for Typed {
    fn from(text: String) -> Self {
        Self(SecretBytes::new(text.into_bytes()))
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed(hidden)")
    }
}

/// Whose space it is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "space.ts")]
pub(crate) enum Kind {
    /// A person's.
    Person,
    /// A firm's.
    Firm,
}

/// Where its owner lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "UPPERCASE")]
#[ts(export_to = "space.ts")]
pub(crate) enum Place {
    /// The mainland.
    Cn,
    /// Hong Kong.
    Hk,
    /// Macao.
    Mo,
}

/// What is printed and shown once.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "space.ts")]
pub(crate) struct RecoveryKit {
    /// The code in groups of four.
    pub(crate) code: String,
    /// The same as a picture.
    pub(crate) qr: Code,
    /// The name of the space.
    pub(crate) label: String,
    /// The id of the space.
    pub(crate) space: String,
}

impl RecoveryKit {
    /// The kit of a code.
    pub(crate) fn of(code: &RecoveryCode, label: String, space: String) -> Result<Self> {
        let text = code.to_text();
        let frames = vec![qr::draw(text.as_str())?.svg()];
        Ok(Self { code: text.to_string(), qr: Code { frames, of: 1 }, label, space })
    }
}

impl From<Kind> for SpaceKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::Person,
            Kind::Firm => Self::Firm,
        }
    }
}

impl From<SpaceKind> for Kind {
    fn from(kind: SpaceKind) -> Self {
        match kind {
            SpaceKind::Person => Self::Person,
            SpaceKind::Firm => Self::Firm,
        }
    }
}

impl From<Place> for Jurisdiction {
    fn from(place: Place) -> Self {
        match place {
            Place::Cn => Self::Cn,
            Place::Hk => Self::Hk,
            Place::Mo => Self::Mo,
        }
    }
}
