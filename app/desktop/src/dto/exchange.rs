//! An exchange under way: what to show now, what to wait for.

use chop_core::flow::State;
use chop_core::flow::online::{AnswerOutcome, Receipt};
use chop_core::history::ExchangeView as Row;
use chop_core::notice::Words;
use chop_core::plumbing::formats::frame::MessageKind;
use chop_core::plumbing::model::Lang;
use chop_core::{Result, Wallet};
use serde::Serialize;
use ts_rs::TS;

use super::code::Code;
use crate::failure::Failure;
use crate::recipients::names;

/// An exchange that the holder has under way.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "exchange.ts")]
pub(crate) struct ExchangeView {
    /// Its id.
    pub(crate) id: String,
    /// The other side, as it was shown.
    pub(crate) peer: String,
    /// The purpose, as the catalogue names it; else its code.
    pub(crate) purpose: String,
    /// How far it is, by core's stable word.
    pub(crate) state: String,
    /// When it began.
    pub(crate) created: i64,
    /// Until when it can go on.
    pub(crate) expires: i64,
    /// What to show now.
    pub(crate) showing: Option<Showing>,
    /// Why nothing can be shown, where something should be.
    pub(crate) failure: Option<Failure>,
    /// Whether it can be taken back.
    pub(crate) can_withdraw: bool,
    /// Whether the answer can be posted once more.
    pub(crate) can_post_again: bool,
    /// Whether anything is still to come.
    pub(crate) is_open: bool,
    /// What the verifier answered to a posted answer, just now.
    pub(crate) posted: Option<Posted>,
}

/// Codes that are shown now, and what the other side answers with.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "exchange.ts")]
pub(crate) struct Showing {
    /// What they are.
    pub(crate) what: Shown,
    /// The codes.
    pub(crate) code: Code,
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "exchange.ts")]
pub(crate) enum Shown {
    /// The sealed data: the acknowledgement is waited for.
    Data,
    /// The key: the receipt is waited for.
    Key,
}

/// How a posted answer was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "exchange.ts")]
pub(crate) enum Posted {
    /// The verifier signed that it took what was granted.
    Used,
    /// It signed that it did not.
    Refused,
    /// It says that it has it, and signed nothing.
    NoReceipt,
    /// It says that it does not take it.
    NotTaken,
    /// It signed something that is no receipt of this.
    BadReceipt,
}

impl ExchangeView {
    /// An exchange with what to show now.
    pub(crate) fn open(wallet: &Wallet, row: Row, lang: Lang) -> Result<Self> {
        Self::drawn(wallet, row, lang, Code::draw)
    }

    /// The same with the first code alone, for whoever pressed the seal and waits: the page asks for the rest.
    pub(crate) fn at_once(wallet: &Wallet, row: Row, lang: Lang) -> Result<Self> {
        Self::drawn(wallet, row, lang, Code::first)
    }

    fn drawn(wallet: &Wallet, row: Row, lang: Lang, draw: fn(&[String]) -> Result<Code>) -> Result<Self> {
        let (mut view, state) = (Self::listed(wallet, &row, lang)?, row.state);
        if !matches!(state, State::Spent | State::Acked) {
            return Ok(view);
        }
        match wallet.again(&row.id) {
            Ok(codes) => {
                let what = if codes.kind() == MessageKind::Key { Shown::Key } else { Shown::Data };
                view.showing = Some(Showing { what, code: draw(codes.frames())? });
            }
            Err(error) => view.failure = Some(Failure::of(&error, lang)),
        }
        Ok(view)
    }

    /// An exchange as a list shows it.
    pub(crate) fn listed(wallet: &Wallet, row: &Row, lang: Lang) -> Result<Self> {
        let words = Words::of(lang)?;
        let catalog = wallet.catalog()?;
        let named = catalog.purpose(&row.purpose).map(|purpose| purpose.names.in_lang(lang).to_owned());
        let said = || words.say(&format!("purpose-{}", row.purpose.replace('.', "-"))).ok();
        Ok(Self {
            id: row.id.to_string(),
            peer: names::peer(wallet, &row.id, &row.client_id, &row.peer, lang)?,
            purpose: named.or_else(said).unwrap_or_else(|| row.purpose.clone()),
            state: row.state.word().to_owned(),
            created: row.created_at.0,
            expires: row.expires_at.0,
            showing: None,
            failure: None,
            can_withdraw: row.state == State::Spent,
            can_post_again: row.state == State::Sent,
            is_open: row.state.is_open(),
            posted: None,
        })
    }
}

impl Posted {
    /// What came back.
    pub(crate) fn of(outcome: &AnswerOutcome) -> Self {
        match &outcome.receipt {
            Receipt::Used => Self::Used,
            Receipt::Refused(_) => Self::Refused,
            Receipt::None if (200..300).contains(&outcome.status) => Self::NoReceipt,
            Receipt::None => Self::NotTaken,
            Receipt::Bad(_) => Self::BadReceipt,
        }
    }
}
