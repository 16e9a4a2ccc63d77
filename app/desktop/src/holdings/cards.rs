//! Cards: a page of a shelf, and what is found by words.

use std::collections::BTreeMap;

use chop_core::holdings::Seal;
use chop_core::mask::masked_text;
use chop_core::notice::Words;
use chop_core::plumbing::model::{Id, UnixTime};
use chop_core::plumbing::vault::table::item::{self, CardCursor, Shelf};
use chop_core::{Result, Wallet};

use crate::dto::holdings::{Card, CardsPage, ShelfName, Validity};

/// A holding's title. One that nobody named is kept under its type: its name in the reader's language, then.
pub(crate) fn titled(words: &Words, title: &str) -> String {
    let type_name = title.starts_with("urn:").then(|| words.document(title).ok()).flatten();
    type_name.unwrap_or_else(|| title.to_owned())
}

/// A page of a shelf, newest first; `after` is what the page before gave.
pub(crate) fn page(
    wallet: &Wallet,
    words: &Words,
    shelf: ShelfName,
    after: Option<&str>,
) -> Result<CardsPage> {
    let cards = wallet.cards(Some(shelf.into()), after.and_then(cursor), PAGE)?;
    let is_full = u32::try_from(cards.len()).is_ok_and(|count| count == PAGE);
    let next = cards.last().filter(|_| is_full).map(|card| format!("{}.{}", card.updated_at.0, card.row));
    Ok(CardsPage { cards: Cards::of(wallet, words)?.all(&cards)?, next })
}

/// Cards that hold all of `text`, newest first, on either shelf.
pub(crate) fn search(wallet: &Wallet, words: &Words, text: &str) -> Result<CardsPage> {
    let cards = wallet.search(text, FOUND)?;
    Ok(CardsPage { cards: Cards::of(wallet, words)?.all(&cards)?, next: None })
}

fn cursor(text: &str) -> Option<CardCursor> {
    let (updated_at, row) = text.split_once('.')?;
    Some(CardCursor::after(UnixTime(updated_at.parse().ok()?), row.parse().ok()?))
}

/// What every card of a page is made with.
pub(crate) struct Cards<'a> {
    wallet: &'a Wallet,
    words: &'a Words,
    names: BTreeMap<Id, String>,
    now: UnixTime,
}

impl<'a> Cards<'a> {
    /// Reads who there is.
    pub(crate) fn of(wallet: &'a Wallet, words: &'a Words) -> Result<Self> {
        let names = wallet.profiles()?.into_iter().map(|profile| (profile.id, profile.name)).collect();
        Ok(Self { wallet, words, names, now: wallet.ports().clock.now() })
    }

    fn all(&self, cards: &[item::Card]) -> Result<Vec<Card>> {
        cards.iter().map(|card| self.card(card)).collect()
    }

    /// One card.
    pub(crate) fn card(&self, card: &item::Card) -> Result<Card> {
        let mark = self.wallet.mark(&card.id)?;
        Ok(Card {
            id: card.id.to_string(),
            shelf: card.shelf.into(),
            type_name: self.words.document(&card.doc_type)?,
            title: (card.title != card.doc_type).then(|| masked_text(&card.title)),
            issuer: card.issuer.clone(),
            about: mark.subject.and_then(|id| self.names.get(&id).cloned()),
            seal: card.seal.into(),
            seal_text: self.words.say(reason_key(card.seal, &card.seal_reason))?,
            expires_at: card.expires_at.map(|at| at.0),
            validity: validity(card.expires_at, self.now),
            version: card.version,
            updated_at: card.updated_at.0,
            share: mark.share.into(),
        })
    }
}

/// Where a validity stands.
pub(crate) fn validity(ends: Option<UnixTime>, now: UnixTime) -> Validity {
    match ends {
        None => Validity::Endless,
        Some(end) if end <= now => Validity::Over,
        Some(end) if end.since(now) <= SOON => Validity::Soon,
        Some(_) => Validity::Holds,
    }
}

/// What the issuer's list says goes before what the signature alone says.
pub(crate) fn reason_key(seal: Seal, reason: &str) -> &'static str {
    match (reason, seal) {
        ("seal-status-checked", _) => "seal-status-checked",
        ("seal-status-other", _) => "seal-status-other",
        ("seal-revoked", _) => "seal-revoked",
        ("seal-suspended", _) => "seal-suspended",
        (_, Seal::Valid) => "seal-valid",
        (_, Seal::Invalid) => "seal-invalid",
        (_, Seal::CannotCheck) => "seal-cannot-check",
        (_, Seal::SelfStated) => "stated-by-holder",
    }
}

impl From<Shelf> for ShelfName {
    fn from(shelf: Shelf) -> Self {
        match shelf {
            Shelf::Credential => Self::Credentials,
            Shelf::Data => Self::Data,
        }
    }
}

impl From<ShelfName> for Shelf {
    fn from(shelf: ShelfName) -> Self {
        match shelf {
            ShelfName::Credentials => Self::Credential,
            ShelfName::Data => Self::Data,
        }
    }
}

/// Cards of one page: several windows full.
const PAGE: u32 = 60;
/// Cards that a search shows; who sees so many types another word.
const FOUND: u32 = 200;
/// Seconds before its end in which a document is said to end soon: 60 days, as long as a renewal takes.
const SOON: i64 = 60 * 86_400;
