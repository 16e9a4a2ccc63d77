//! Cards on the two shelves.

use chop_core::holdings::{Seal, ShareClass};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The shelf an item lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "holdings.ts")]
pub(crate) enum ShelfName {
    /// 证照: what an issuer signed.
    Credentials,
    /// 数据: the holder's own.
    Data,
}

/// What a seal says. The page gives each a colour, a shape and a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "holdings.ts")]
pub(crate) enum SealMark {
    /// It verifies, and its signer is known.
    Valid,
    /// It does not verify, or its issuer no longer stands by it.
    Invalid,
    /// It could not be judged.
    CannotCheck,
    /// Nobody but the holder says so.
    Stated,
}

/// How an item is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "holdings.ts")]
pub(crate) enum ShareWord {
    /// In no grant, whoever asks.
    Never,
    /// Asked each time.
    Ask,
    /// Answered without asking again.
    Open,
}

/// Where a validity stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "holdings.ts")]
pub(crate) enum Validity {
    /// It says no end.
    Endless,
    /// It holds.
    Holds,
    /// It ends within 60 days.
    Soon,
    /// It has ended.
    Over,
}

/// One card.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "holdings.ts")]
pub(crate) struct Card {
    /// The item.
    pub(crate) id: String,
    /// Its shelf.
    pub(crate) shelf: ShelfName,
    /// What kind of document it is, in the reader's language.
    pub(crate) type_name: String,
    /// Its title, numbers in it masked; nothing where it has none beside its type.
    pub(crate) title: Option<String>,
    /// Who signed it; empty where nobody did.
    pub(crate) issuer: String,
    /// Whom it is about, when not the owner.
    pub(crate) about: Option<String>,
    /// What its seal says.
    pub(crate) seal: SealMark,
    /// The same in words.
    pub(crate) seal_text: String,
    /// When it ends.
    pub(crate) expires_at: Option<i64>,
    /// Where that stands.
    pub(crate) validity: Validity,
    /// Its newest version; above 1 there are superseded ones.
    pub(crate) version: u32,
    /// When it last changed.
    pub(crate) updated_at: i64,
    /// How it is shared.
    pub(crate) share: ShareWord,
}

/// A page of cards.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "holdings.ts")]
pub(crate) struct CardsPage {
    /// Newest first.
    pub(crate) cards: Vec<Card>,
    /// What to ask the next page with; nothing at the end.
    pub(crate) next: Option<String>,
}

impl From<Seal> for SealMark {
    fn from(seal: Seal) -> Self {
        match seal {
            Seal::Valid => Self::Valid,
            Seal::Invalid => Self::Invalid,
            Seal::CannotCheck => Self::CannotCheck,
            Seal::SelfStated => Self::Stated,
        }
    }
}

impl From<ShareClass> for ShareWord {
    fn from(share: ShareClass) -> Self {
        match share {
            ShareClass::Never => Self::Never,
            ShareClass::Conditional => Self::Ask,
            ShareClass::Open => Self::Open,
        }
    }
}

impl From<ShareWord> for ShareClass {
    fn from(word: ShareWord) -> Self {
        match word {
            ShareWord::Never => Self::Never,
            ShareWord::Ask => Self::Conditional,
            ShareWord::Open => Self::Open,
        }
    }
}
