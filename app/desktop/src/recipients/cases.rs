//! Cases about a grant: opened, stepped, with their letters.

use chop_core::notice::Words;
use chop_core::plumbing::formats::consent_record::RightKind;
use chop_core::plumbing::model::{Id, Lang, UnixTime};
use chop_core::remedy::{Case, CaseKind, Hearing, Letter, NewCase, RemedyError, Said, Step, Subject};
use chop_core::{Result, Wallet, WalletError};

use crate::dto::recipients::{CaseRow, HearingRow, LetterRow, LetterView, NewCaseForm, SaidRow, StepRow};

/// Opens a case from the form that was filled in.
///
/// # Errors
/// `remedy.*`; `exchange.unknown`.
pub(crate) fn open(wallet: &Wallet, form: &NewCaseForm, lang: Lang) -> Result<CaseRow> {
    let kind = CaseKind::from_word(&form.kind).ok_or(RemedyError::IllegalStep)?;
    let subject = match &form.right {
        Some(word) => {
            let right = RightKind::ALL.into_iter().find(|right| right.word() == word);
            Subject::Right(right.ok_or(RemedyError::IllegalStep)?)
        }
        None => Subject::Conduct,
    };
    let exchange = form.exchange.parse().map_err(|_| WalletError::NoExchange)?;
    let new = NewCase { kind, exchange, subject, text: form.text.clone(), due: None };
    let id = wallet.open_case(&new)?;
    one(wallet, &id, lang)
}

/// One case.
///
/// # Errors
/// `remedy.unknown`.
pub(crate) fn one(wallet: &Wallet, id: &Id, lang: Lang) -> Result<CaseRow> {
    row(&Words::of(lang)?, &wallet.case(id)?, wallet.ports().clock.now())
}

/// Writes down what happened to a case.
///
/// # Errors
/// `remedy.*`.
pub(crate) fn step(
    wallet: &Wallet,
    id: &Id,
    step: &str,
    text: &str,
    hearing: Option<HearingRow>,
    lang: Lang,
) -> Result<CaseRow> {
    let step = Step::from_word(step).ok_or(RemedyError::IllegalStep)?;
    let hearing = hearing.map(|hearing| Hearing { at: UnixTime(hearing.at), place: hearing.place });
    wallet.step_case(id, step, text, hearing)?;
    one(wallet, id, lang)
}

/// The letter of a case, as the page shows it.
pub(crate) fn letter(wallet: &Wallet, id: &Id, lang: Lang) -> Result<LetterView> {
    let Letter { lang, title, asked, rows, words, signature, footer } = wallet.case_letter(id, lang)?;
    let rows = rows.into_iter().filter(|(_, values)| !values.is_empty());
    Ok(LetterView {
        lang: lang.tag().to_owned(),
        title,
        asked,
        rows: rows.map(|(label, values)| LetterRow { label, values }).collect(),
        words,
        signature,
        footer,
    })
}

/// A case as the page shows it, at `now`.
pub(crate) fn row(words: &Words, case: &Case, now: UnixTime) -> Result<CaseRow> {
    let said = |said: &Said| {
        let step = words.say(&format!("case-step-{}", said.step))?;
        Ok(SaidRow { step, at: said.at.0, text: said.text.clone() })
    };
    let next = |step: Step| {
        Ok(StepRow {
            step: step.word().to_owned(),
            name: words.say(&format!("case-step-{}", step.word()))?,
            needs_reason: step.needs_reason(),
            needs_hearing: step == Step::Hear,
        })
    };
    Ok(CaseRow {
        id: case.id.to_string(),
        exchange: case.exchange.to_string(),
        kind: words.say(&format!("case-kind-{}", case.kind.word()))?,
        subject: subject(words, &case.subject)?,
        state: words.say(&format!("case-state-{}", case.state.word()))?,
        is_over: case.state.is_over(),
        due: case.due.map(|due| due.0),
        days_left: case.due.filter(|_| !case.state.is_over()).map(|due| days_left(due, now, case.is_overdue)),
        is_overdue: case.is_overdue,
        opened_at: case.opened_at.0,
        said: case.said.iter().map(said).collect::<Result<_>>()?,
        hearing: case.hearing().map(|set| HearingRow { at: set.at.0, place: set.place.clone() }),
        next: case.kind.possible(case.state).map(next).collect::<Result<_>>()?,
    })
}

fn subject(words: &Words, subject: &Subject) -> Result<String> {
    Ok(match subject {
        Subject::Right(kind) => words.say(&format!("right-{}", kind.word()))?,
        Subject::Field { doc_type, key } => {
            let claim = words.claim(doc_type, std::slice::from_ref(key))?;
            format!("{claim} · {}", words.document(doc_type)?)
        }
        // What the kind of the case says already.
        Subject::Conduct | Subject::Replaced { .. } => String::new(),
    })
}

/// Whole days that are left, the present one counted; negative once it is overdue.
fn days_left(due: UnixTime, now: UnixTime, is_overdue: bool) -> i64 {
    let left = due.since(now);
    match is_overdue {
        // A clock that was set back makes nobody punctual.
        true => (left.div_euclid(SECONDS_A_DAY)).min(-1),
        false => left.saturating_add(SECONDS_A_DAY - 1).div_euclid(SECONDS_A_DAY).max(0),
    }
}

const SECONDS_A_DAY: i64 = 86_400;
