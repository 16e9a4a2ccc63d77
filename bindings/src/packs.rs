//! Law and catalogue that come later, in signed packs: looked at, accepted under a fingerprint, listed.

use chop_core::packs::{self, PackPreview};
use chop_core::plumbing::crypto::encoding::to_base64url;
use chop_core::plumbing::formats::signed_pack;

use crate::trust::fingerprint_of;
use crate::{ChopError, Trust};

/// What a pack is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum PackKind {
    /// Rules that grants are judged by.
    Rules,
    /// Types of documents and purposes.
    Catalog,
}

/// A pack before it is accepted.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PackOffer {
    /// The fingerprint of the key that signed it, to be compared with one from elsewhere.
    pub fingerprint: String,
    /// Whether this publisher's fingerprint was accepted before.
    pub is_known_publisher: bool,
    /// What it is for.
    pub kind: PackKind,
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Seconds since 1970: from when it holds.
    pub effective_from: i64,
    /// Codes of the types of documents that it brings.
    pub types: Vec<String>,
    /// Codes of the purposes that it brings.
    pub purposes: Vec<String>,
}

/// A pack that is held beside what comes with the library.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PackCard {
    /// The fingerprint of the key that signed it.
    pub fingerprint: String,
    /// What it is for.
    pub kind: PackKind,
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Seconds since 1970: from when it holds.
    pub effective_from: i64,
    /// Seconds since 1970: when it was accepted.
    pub added_at: i64,
    /// Whether it is what is judged by now.
    pub is_in_force: bool,
}

#[uniffi::export]
impl Trust {
    /// Who signed a pack and what it would bring. Nothing is kept.
    pub fn look_at_pack(&self, pack: String) -> Result<PackOffer, ChopError> {
        Ok(self.wallet.preview_pack(&pack)?.into())
    }

    /// Accepts a pack. The first one of a publisher needs the fingerprint that was compared, later ones do
    /// not. One that is refused changes nothing.
    #[uniffi::method(default(fingerprint = None))]
    pub fn add_pack(&self, pack: String, fingerprint: Option<String>) -> Result<(), ChopError> {
        let seen = fingerprint.as_deref().map(fingerprint_of).transpose()?;
        self.wallet.add_pack(&pack, seen.as_ref())?;
        Ok(())
    }

    /// Every pack that was accepted, superseded ones too, in the order in which they came.
    pub fn packs(&self) -> Result<Vec<PackCard>, ChopError> {
        Ok(self.wallet.packs()?.into_iter().map(Into::into).collect())
    }
}

impl From<PackPreview> for PackOffer {
    fn from(preview: PackPreview) -> Self {
        Self {
            fingerprint: to_base64url(&preview.publisher),
            is_known_publisher: preview.is_known_publisher,
            kind: preview.kind.into(),
            id: preview.id,
            version: preview.version,
            effective_from: preview.effective_from.0,
            types: preview.types,
            purposes: preview.purposes,
        }
    }
}

impl From<packs::HeldPack> for PackCard {
    fn from(held: packs::HeldPack) -> Self {
        let content = held.pack.content();
        Self {
            fingerprint: to_base64url(held.pack.fingerprint()),
            kind: content.kind.into(),
            id: content.id.clone(),
            version: content.version.clone(),
            effective_from: content.effective_from.0,
            added_at: held.added_at.0,
            is_in_force: held.is_in_force,
        }
    }
}

impl From<signed_pack::PackKind> for PackKind {
    fn from(kind: signed_pack::PackKind) -> Self {
        match kind {
            signed_pack::PackKind::Rules => Self::Rules,
            signed_pack::PackKind::Catalog => Self::Catalog,
        }
    }
}
