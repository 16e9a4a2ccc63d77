//! Cases in the vault: one entry in the log for each step.

use chop_formats::consent_record::{Right, RightKind};
use chop_formats::log_entry::EntryKind;
use chop_model::{Id, UnixTime};
use chop_vault::table::exchange::Role;
use chop_vault::table::remedy::{self, Row};

use crate::consent::rights_in;
use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

use super::case::{Body, Case, Hearing, MAX_TEXT, NewCase, Said, Subject};
use super::stages::{CaseKind, CaseState, RemedyError, Step};

impl Wallet {
    /// Opens a case about a grant that was given from here. Its id.
    ///
    /// # Errors
    /// `exchange.unknown`, `remedy.not-given`, `remedy.too-long`.
    pub fn open_case(&self, new: &NewCase) -> Result<Id> {
        if self.exchange(&new.exchange)?.role != Role::Holder {
            return Err(RemedyError::NotGiven.into());
        }
        let now = self.ports.clock.now();
        let said = Said { step: "open".into(), at: now, text: bounded(&new.text)?, hearing: None };
        let body = Body { subject: new.subject.clone(), said: vec![said] };
        let row = Row {
            id: Id::make(self.ports.random.as_ref())?,
            kind: new.kind.number(),
            state: new.kind.begins().number(),
            exchange: new.exchange,
            due: new.due,
            last_seen: now,
            opened_at: now,
            body: body.to_text()?,
        };
        let entry = self.case_entry(&row, "open");
        self.record("remedy", entry, |tx, entry| {
            remedy::insert(tx, &row)?;
            entry.commits(row.fact());
            Ok(())
        })?;
        Ok(row.id)
    }

    /// Writes down what happened to a case, with what was said.
    ///
    /// # Errors
    /// `remedy.illegal-step` for a jump, `remedy.no-reason`, `remedy.no-hearing`, `remedy.too-long`.
    pub fn step_case(&self, id: &Id, step: Step, text: &str, hearing: Option<Hearing>) -> Result<CaseState> {
        let before = self.case_row(id)?;
        let (kind, state) = (kind_of(&before)?, state_of(&before)?);
        let to = kind.after(state, step).ok_or(RemedyError::IllegalStep)?;
        if step.needs_reason() && text.trim().is_empty() {
            return Err(RemedyError::NoReason.into());
        }
        let is_set = hearing.as_ref().is_some_and(|hearing| !hearing.place.trim().is_empty());
        if (step == Step::Hear) != is_set {
            return Err(RemedyError::NoHearing.into());
        }
        let now = self.ports.clock.now();
        let mut body = body_of(&before)?;
        body.said.push(Said { step: step.word().into(), at: now, text: bounded(text)?, hearing });
        let row = Row {
            state: to.number(),
            due: self.due_after(&before, &body, step, now)?,
            last_seen: before.last_seen.max(now),
            body: body.to_text()?,
            ..before.clone()
        };
        let entry = self.case_entry(&row, step.word());
        self.record("remedy", entry, |tx, entry| {
            entry.was(Some(before.fact()));
            remedy::advance(tx, before.state, &row)?;
            entry.commits(row.fact());
            Ok(())
        })?;
        Ok(to)
    }

    /// All cases, newest first.
    ///
    /// # Errors
    /// When the space cannot be read.
    pub fn cases(&self) -> Result<Vec<Case>> {
        let mut rows = Vec::new();
        self.vault.read(|read| {
            remedy::each(read, &mut |row| {
                rows.push(row);
                Ok(())
            })
        })?;
        let now = self.ports.clock.now();
        let mut cases = rows.iter().map(|row| case_of(row, now)).collect::<Result<Vec<_>>>()?;
        cases.sort_by_key(|case| std::cmp::Reverse(case.opened_at));
        Ok(cases)
    }

    /// One case.
    ///
    /// # Errors
    /// `remedy.unknown`.
    pub fn case(&self, id: &Id) -> Result<Case> {
        case_of(&self.case_row(id)?, self.ports.clock.now())
    }

    fn case_row(&self, id: &Id) -> Result<Row> {
        self.vault.read(|read| remedy::find(read, id))?.ok_or_else(|| RemedyError::Unknown.into())
    }

    fn case_entry(&self, row: &Row, step: &str) -> Entry {
        Entry::new(EntryKind::Remedy, &self.ports)
            .text("case", &row.id.to_string())
            .text("exchange", &row.exchange.to_string())
            .text("step", step)
    }

    /// The law's clock starts when the letter is sent; what the person set stands.
    fn due_after(&self, row: &Row, body: &Body, step: Step, now: UnixTime) -> Result<Option<UnixTime>> {
        let (Step::Send, None, Subject::Right(kind)) = (step, row.due, &body.subject) else {
            return Ok(row.due);
        };
        let days = self.law_of_right(&row.exchange, *kind)?.days;
        Ok(days.map(|days| now.plus(i64::from(days) * SECONDS_A_DAY)))
    }

    /// What the law of the recipient's place says of one right: where it is asked for, within how many
    /// days it is answered, and by which law, `[M]` behind one that is not confirmed. From the record,
    /// where it says so: the law of that day.
    ///
    /// # Errors
    /// `consent.unknown` for an exchange without a record.
    pub fn law_of_right(&self, exchange: &Id, kind: RightKind) -> Result<Right> {
        let document = self.consent_record(exchange)?;
        let record = document.record();
        if let Some(right) = record.rights.iter().find(|right| right.kind == kind) {
            return Ok(right.clone());
        }
        let known = rights_in(record.recipient.party.jurisdiction, &record.rights_channel)?;
        known.into_iter().find(|right| right.kind == kind).ok_or_else(|| WalletError::Internal.into())
    }
}

fn case_of(row: &Row, now: UnixTime) -> Result<Case> {
    let (kind, state, body) = (kind_of(row)?, state_of(row)?, body_of(row)?);
    // A clock that went back does not make an overdue answer punctual.
    let seen = row.last_seen.max(now);
    Ok(Case {
        id: row.id,
        kind,
        state,
        exchange: row.exchange,
        subject: body.subject,
        due: row.due,
        is_overdue: !state.is_over() && row.due.is_some_and(|due| due < seen),
        opened_at: row.opened_at,
        said: body.said,
    })
}

fn kind_of(row: &Row) -> Result<CaseKind> {
    CaseKind::from_number(row.kind).ok_or_else(|| WalletError::LogBroken.into())
}

fn state_of(row: &Row) -> Result<CaseState> {
    CaseState::from_number(row.state).ok_or_else(|| WalletError::LogBroken.into())
}

fn body_of(row: &Row) -> Result<Body> {
    serde_json::from_str(&row.body).map_err(|_| WalletError::LogBroken.into())
}

fn bounded(text: &str) -> Result<String> {
    if text.len() > MAX_TEXT { Err(RemedyError::TooLong.into()) } else { Ok(text.trim().to_owned()) }
}

pub(super) const SECONDS_A_DAY: i64 = 86_400;
