//! One use in detail, and the lines of the whole log.

use chop_core::Result;
use chop_core::Wallet;
use chop_core::WalletError;
use chop_core::history::RecordLine;
use chop_core::notice::Words;
use chop_core::plumbing::crypto::encoding::to_hex;
use chop_core::plumbing::formats::frame::MessageKind;
use chop_core::plumbing::model::{Id, Lang};
use chop_core::remedy::TimelineStep;

use super::uses::Use;
use crate::dto::record::{EntryLine, EntryPage, SignedStage, SignedStep, TimelineRow, UseView};

/// One use: what was granted, what the recipient signed, every step with its place in the log.
///
/// # Errors
/// `exchange.unknown`.
pub(crate) fn view(wallet: &Wallet, id: &Id, lang: Lang) -> Result<UseView> {
    let words = Words::of(lang)?;
    let one = Use::find(wallet, id)?.ok_or(WalletError::NoExchange)?;
    let timeline = wallet.timeline(id)?;
    let record = one.content();
    let can_prove = one.exchange.is_some() && record.is_some();
    Ok(UseView {
        row: one.row(wallet, &words)?,
        sentence: record.map(|_| wallet.consent_sentence(id, lang)).transpose()?,
        effect: record.map(|record| record.withdrawal.effect.in_lang(lang).to_owned()),
        keep_until: record.map(|r| r.created_at.plus(i64::from(r.retention.days) * SECONDS_A_DAY).0),
        record_digest: one.record.as_ref().map(|document| to_hex(&document.digest())),
        signed: wallet.signed_by_peer(id)?.into_iter().filter_map(signed).collect(),
        steps: timeline.steps.iter().map(|step| step_row(&words, step)).collect::<Result<_>>()?,
        elapsed: timeline.elapsed,
        entries: wallet.record_lines(1)?.first().map_or(0, |line| line.index + 1),
        can_prove,
        crosses_border: record.is_some_and(|record| record.route.from != record.route.to),
    })
}

/// A page of the log before the place `before`, newest first.
pub(crate) fn entries(wallet: &Wallet, before: Option<u64>, lang: Lang) -> Result<EntryPage> {
    let words = Words::of(lang)?;
    let lines = wallet.record_lines_before(before.unwrap_or(u64::MAX), LINES_A_PAGE)?;
    let next = lines.last().map(|line| line.index).filter(|index| *index > 0);
    let lines = lines.into_iter().map(|line| entry_line(&words, line)).collect::<Result<_>>()?;
    Ok(EntryPage { lines, next })
}

fn signed(one: chop_core::history::SignedByPeer) -> Option<SignedStep> {
    let stage = match one.stage {
        MessageKind::Ack => SignedStage::Acknowledged,
        MessageKind::Use => match one.outcome {
            Some(chop_core::plumbing::formats::receipt::Outcome::Refused { .. }) => SignedStage::Refused,
            _ => SignedStage::Used,
        },
        MessageKind::Refused => SignedStage::Refused,
        MessageKind::Erased => SignedStage::Erased,
        _ => return None,
    };
    Some(SignedStep { stage, at: one.at.0 })
}

fn step_row(words: &Words, step: &TimelineStep) -> Result<TimelineRow> {
    let what = words.say(&format!("log-entry-{}", step.kind.name()))?;
    // A step of a case says which; other words behind the kind are for machines.
    let more = step.step.as_ref().map(|word| format!("case-step-{word}")).filter(|key| words.knows(key));
    let what = match more {
        Some(key) => format!("{what} · {}", words.say(&key)?),
        None => what,
    };
    Ok(TimelineRow { index: step.index, what, at: step.at.0, since: step.since })
}

fn entry_line(words: &Words, line: RecordLine) -> Result<EntryLine> {
    let key = match &line.entry {
        Some(entry) => format!("log-entry-{}", entry.kind.name()),
        None => "log-entry-gone".to_owned(),
    };
    Ok(EntryLine {
        index: line.index,
        at: line.entry.as_ref().map(|entry| entry.at.0),
        what: words.say(&key)?,
        exchange: line.entry.as_ref().and_then(|entry| entry.text("exchange")).map(str::to_owned),
    })
}

/// Lines that the page gets at once.
const LINES_A_PAGE: u64 = 200;
const SECONDS_A_DAY: i64 = 86_400;
