//! What the settings room shows.

use chop_core::packs::{HeldPack, PackPreview};
use chop_core::plumbing::crypto::encoding::to_base64url;
use chop_core::plumbing::formats::signed_pack::PackKind;
use chop_core::plumbing::formats::trust_list::VerifiedTrustList;
use chop_core::plumbing::formats::x509::Role;
use chop_core::plumbing::model::Lang;
use chop_core::plumbing::vault::SlotKind;
use chop_core::{Result, Wallet};
use serde::Serialize;
use ts_rs::TS;

use crate::dto::shell::StandingOf;
use crate::dto::space::Kind;

/// A space, for who owns it.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "settings_room.ts")]
pub(crate) struct SpaceAbout {
    /// Its name.
    pub(crate) label: String,
    /// Its id.
    pub(crate) id: String,
    /// Whose it is.
    pub(crate) kind: Kind,
    /// Where its owner lives: `CN`, `HK` or `MO`; nothing where that was never said.
    pub(crate) place: Option<String>,
    /// How often its record began anew.
    pub(crate) epoch: u64,
    /// How the record stands.
    pub(crate) standing: StandingOf,
    /// The key that signs the record, as a verifier key of its notes.
    pub(crate) log_key: String,
    /// The hash of the certificate under which it asks; nothing before it is certified.
    pub(crate) asks_as: Option<String>,
    /// The ways to open it.
    pub(crate) opens_by: Vec<OpensBy>,
    /// Version of the rules in force.
    pub(crate) rules: String,
}

/// A way to open a space.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "settings_room.ts")]
pub(crate) enum OpensBy {
    /// A passphrase.
    Passphrase,
    /// The recovery code.
    Recovery,
    /// The system's key store.
    Platform,
}

impl SpaceAbout {
    /// As of now.
    pub(crate) fn of(wallet: &Wallet) -> Result<Self> {
        let info = wallet.info();
        let law = wallet.law()?;
        let slots = wallet.vault().slots()?;
        Ok(Self {
            label: info.label.clone(),
            id: info.id.to_string(),
            kind: info.kind.into(),
            place: wallet.place().ok().map(|place| place.code().to_owned()),
            epoch: wallet.epoch()?,
            standing: wallet.standing().into(),
            log_key: wallet.log_verifier_key()?.to_string(),
            asks_as: wallet.client_id().ok(),
            opens_by: slots.iter().map(|slot| slot.kind.into()).collect(),
            rules: format!("{} {}", law.reference().id, law.reference().version),
        })
    }
}

impl From<SlotKind> for OpensBy {
    fn from(kind: SlotKind) -> Self {
        match kind {
            SlotKind::Passphrase => Self::Passphrase,
            SlotKind::Recovery => Self::Recovery,
            SlotKind::Platform => Self::Platform,
        }
    }
}

/// A trust list.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "settings_room.ts")]
pub(crate) struct TrustList {
    /// The publisher's key, as it is compared.
    pub(crate) fingerprint: String,
    /// Who publishes it, in its own words.
    pub(crate) publisher: String,
    /// Its number.
    pub(crate) seq: u64,
    /// When it was made.
    pub(crate) issued: i64,
    /// When the next is due.
    pub(crate) next_update: i64,
    /// A newer edition is due.
    pub(crate) is_stale: bool,
    /// Who is on it.
    pub(crate) entries: Vec<TrustEntry>,
}

/// Somebody on a trust list.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "settings_room.ts")]
pub(crate) struct TrustEntry {
    /// The name.
    pub(crate) name: String,
    /// Scheme and number in a public register.
    pub(crate) legal_id: String,
    /// Whether the list vouches for it as an issuer.
    pub(crate) issues: bool,
    /// Whether it vouches for it as a verifier.
    pub(crate) asks: bool,
}

impl TrustList {
    /// A list, in the language of the reader.
    pub(crate) fn of(list: &VerifiedTrustList, is_stale: bool, lang: Lang) -> Self {
        let content = list.content();
        let entries = content.entries.iter().map(|entry| TrustEntry {
            name: entry.party.names.in_lang(lang).to_owned(),
            legal_id: format!("{} {}", entry.party.legal_id.scheme, entry.party.legal_id.value),
            issues: entry.roles.contains(&Role::Issuer),
            asks: entry.roles.contains(&Role::Verifier),
        });
        Self {
            fingerprint: to_base64url(list.fingerprint()),
            publisher: content.publisher.in_lang(lang).to_owned(),
            seq: content.seq,
            issued: content.issued.0,
            next_update: content.next_update.0,
            is_stale,
            entries: entries.collect(),
        }
    }
}

/// A pack that is held.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "settings_room.ts")]
pub(crate) struct PackRow {
    /// Whether it brings rules; else types of document.
    pub(crate) is_rules: bool,
    /// Its id.
    pub(crate) id: String,
    /// Its version.
    pub(crate) version: String,
    /// From when it holds.
    pub(crate) effective_from: i64,
    /// The publisher's key.
    pub(crate) fingerprint: String,
    /// Whether it is what is judged by now.
    pub(crate) is_in_force: bool,
}

impl From<&HeldPack> for PackRow {
    fn from(held: &HeldPack) -> Self {
        let content = held.pack.content();
        Self {
            is_rules: content.kind == PackKind::Rules,
            id: content.id.clone(),
            version: content.version.clone(),
            effective_from: content.effective_from.0,
            fingerprint: to_base64url(held.pack.fingerprint()),
            is_in_force: held.is_in_force,
        }
    }
}

/// What a pack would bring.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "settings_room.ts")]
pub(crate) struct PackPreviewed {
    /// The pack.
    pub(crate) pack: PackRow,
    /// Whether its publisher was compared before.
    pub(crate) is_known_publisher: bool,
    /// Codes of the types of document that it brings.
    pub(crate) types: Vec<String>,
    /// Codes of the purposes that it brings.
    pub(crate) purposes: Vec<String>,
}

impl From<PackPreview> for PackPreviewed {
    fn from(preview: PackPreview) -> Self {
        let pack = PackRow {
            is_rules: preview.kind == PackKind::Rules,
            id: preview.id,
            version: preview.version,
            effective_from: preview.effective_from.0,
            fingerprint: to_base64url(&preview.publisher),
            is_in_force: false,
        };
        let (types, purposes) = (preview.types, preview.purposes);
        Self { pack, is_known_publisher: preview.is_known_publisher, types, purposes }
    }
}
