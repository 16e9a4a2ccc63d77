//! Consents in the vault: a row that moves, and one entry in the log for each move, before anything
//! leaves.

use chop_crypto::Digest;
use chop_formats::grant::Grant;
use chop_formats::log_entry::EntryKind;
use chop_formats::request::StoredRequest;
use chop_model::{Id, LegalId, Period, UnixTime};
use chop_vault::table::consent::{self, Row};
use chop_vault::table::exchange::Role;
use chop_vault::{Read, Tx};

use crate::flow::State;
use crate::journal::{Entry, append};
use crate::{Error, Ports, Result, Wallet, WalletError};

use super::life::{Life, LifeError};
use super::states::{Active, ConsentState, Held, Step, Used};
use super::view::PledgeState;

/// What a consent is about, as it begins.
pub(crate) struct Agreed<'a> {
    pub(crate) id: Id,
    pub(crate) role: Role,
    pub(crate) client_id: &'a str,
    pub(crate) peer: &'a LegalId,
    pub(crate) purpose: &'a str,
    pub(crate) record: Option<Digest>,
    pub(crate) replaces: Option<Id>,
    pub(crate) max_uses: u32,
    pub(crate) validity: Period,
}

impl<'a> Agreed<'a> {
    /// What a recipient keeps of a consent that was given to it.
    pub(crate) fn received(id: Id, request: &'a StoredRequest, grant: &Grant, record: &[u8]) -> Self {
        let terms = request.terms();
        Self {
            id,
            role: Role::Verifier,
            client_id: request.client_id(),
            peer: &terms.legal_id,
            purpose: &terms.purpose.code,
            record: Some(chop_crypto::sha256(record)),
            replaces: None,
            max_uses: grant.max_uses,
            validity: Period { from: grant.nbf, until: grant.exp },
        }
    }
}

impl Entry {
    /// Keeps a new consent in `state` and commits the entry to it.
    pub(crate) fn begins_consent(
        &mut self,
        tx: &Tx<'_>,
        agreed: &Agreed<'_>,
        state: ConsentState,
        now: UnixTime,
    ) -> Result<()> {
        let row = Row {
            id: agreed.id,
            role: agreed.role,
            state: state.number(),
            ended: None,
            client_id: agreed.client_id.to_owned(),
            peer: peer_of(agreed.peer),
            purpose: agreed.purpose.to_owned(),
            record: agreed.record,
            replaces: agreed.replaces,
            uses: 0,
            max_uses: agreed.max_uses,
            valid_from: agreed.validity.from,
            valid_until: agreed.validity.until,
            last_seen: now,
            pledge: PledgeState::None.number(),
            pledge_due: None,
            reason: String::new(),
            updated_at: now,
        };
        consent::insert(tx, &row)?;
        self.commits(row.fact());
        self.say("consent", state.word());
        Ok(())
    }

    /// Takes one step with a consent and commits the entry to it. Exchanges from before consents were
    /// kept have none, and go on as they did.
    pub(crate) fn moves_consent(
        &mut self,
        tx: &Tx<'_>,
        id: &Id,
        step: Step,
        now: UnixTime,
        reason: &str,
    ) -> Result<Option<Life>> {
        let Some(row) = consent::find(tx, id)? else { return Ok(None) };
        let life = life_of(&row)?.step(step, now)?;
        self.writes(tx, &row, &life, reason, now)?;
        self.say("step", step.word());
        Ok(Some(life))
    }

    /// The same where the step may have been overtaken by another, as a receipt by a withdrawal: the row
    /// stays as it is then.
    pub(crate) fn moves_consent_if_it_can(
        &mut self,
        tx: &Tx<'_>,
        id: &Id,
        step: Step,
        now: UnixTime,
    ) -> Result<()> {
        let Some(row) = consent::find(tx, id)? else { return Ok(()) };
        match life_of(&row)?.step(step, now) {
            Ok(_) => self.moves_consent(tx, id, step, now, "").map(drop),
            Err(_) => Ok(()),
        }
    }

    /// Counts one use, before the key goes. A consent with sensitive data asks again for each use after
    /// the first (gba.md row 111): `act` is the person's answer.
    pub(crate) fn presents_consent(
        &mut self,
        tx: &Tx<'_>,
        id: &Id,
        asks_each_use: bool,
        act: Option<Id>,
        now: UnixTime,
    ) -> Result<()> {
        let Some(row) = consent::find(tx, id)? else { return Ok(()) };
        let life = life_of(&row)?;
        if asks_each_use && life.uses > 0 && act.is_none() {
            return Err(WalletError::AskAgain.into());
        }
        // Only these two types have a way to `Presented`.
        let presented = match (Held::<Active>::of(life), Held::<Used>::of(life)) {
            (Some(active), _) => active.present(now)?,
            (None, Some(used)) => used.present(now)?,
            (None, None) => return Err(refusal(life.state)),
        };
        self.writes(tx, &row, presented.life(), "", now)?;
        self.say("step", Step::Present.word());
        if let Some(act) = act {
            self.say("act", &act.to_string());
        }
        Ok(())
    }

    /// Writes the row as it is after a step.
    fn writes(&mut self, tx: &Tx<'_>, row: &Row, life: &Life, reason: &str, now: UnixTime) -> Result<()> {
        let to = Row {
            state: life.state.number(),
            ended: life.ended.map(ConsentState::number),
            uses: life.uses,
            last_seen: life.last_seen,
            reason: reason.to_owned(),
            updated_at: now,
            ..row.clone()
        };
        self.rewrites(tx, row, &to)?;
        self.say("consent", life.state.word());
        Ok(())
    }

    /// Puts `to` in the place of `row`: says what the row was, and what it is.
    pub(super) fn rewrites(&mut self, tx: &Tx<'_>, row: &Row, to: &Row) -> Result<()> {
        self.was(Some(row.fact()));
        consent::advance(tx, row.state, to)?;
        self.commits(to.fact());
        Ok(())
    }
}

impl Wallet {
    /// The row of a consent.
    pub(super) fn consent_row(&self, id: &Id) -> Result<Row> {
        self.vault.read(|read| consent::find(read, id))?.ok_or_else(|| WalletError::NoConsent.into())
    }

    /// Takes one step with a consent, as an event of its own.
    pub(super) fn step_consent(&self, id: &Id, step: Step, reason: &str) -> Result<()> {
        self.consent_row(id)?;
        let entry = Entry::new(EntryKind::ConsentMoved, &self.ports).text("exchange", &id.to_string());
        self.record("consent", entry, |tx, entry| {
            entry.moves_consent(tx, id, step, self.ports.clock.now(), reason).map(drop)
        })
    }

    /// Takes every step that time and counts demand: used up, run out, a pledge that is overdue. Each is
    /// an entry of its own. How many there were.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn settle_consents(&self) -> Result<usize> {
        let now = self.ports.clock.now();
        let mut due = Vec::new();
        self.vault.read(|read| {
            consent::each(read, &mut |row| {
                due.push(row);
                Ok(())
            })
        })?;
        due.iter().try_fold(0, |taken, row| Ok(taken + self.settle_row(row, now)?))
    }

    /// The same for one consent, before something is done under it.
    pub(crate) fn settle_consent(&self, id: &Id) -> Result<()> {
        let row = self.vault.read(|read| consent::find(read, id))?;
        row.map_or(Ok(0), |row| self.settle_row(&row, self.ports.clock.now())).map(drop)
    }

    fn settle_row(&self, row: &Row, now: UnixTime) -> Result<usize> {
        let mut taken = usize::from(self.settle_pledge(row, now)?);
        let mut life = life_of(row)?;
        if life.state == ConsentState::Presented && self.was_used_here(row)? {
            self.step_consent(&row.id, Step::Confirm, "")?;
            life = life.step(Step::Confirm, now)?;
            taken += 1;
        }
        while let Some(step) = life.due(now) {
            self.step_consent(&row.id, step, "")?;
            life = life.step(step, now)?;
            taken += 1;
        }
        Ok(taken)
    }

    /// Whether this space is the recipient and signed for the use: nobody else confirms it to itself.
    fn was_used_here(&self, row: &Row) -> Result<bool> {
        Ok(row.role == Role::Verifier && self.exchange(&row.id)?.state == State::Accepted.number())
    }

    /// Refuses to show anything again under a consent that somebody stopped. One that only ran out or was
    /// used up shows the recipient who signed for it the same stored bytes as before.
    pub(crate) fn refuse_when_held_back(&self, id: &Id) -> Result<()> {
        self.held_back(id)?.map_or(Ok(()), |state| Err(refusal(state)))
    }

    /// The state of a consent that somebody stopped; nothing where it holds, ran out or was used up.
    pub(crate) fn held_back(&self, id: &Id) -> Result<Option<ConsentState>> {
        use ConsentState as S;
        let Some(row) = self.vault.read(|read| consent::find(read, id))? else { return Ok(None) };
        Ok(match life_of(&row)?.state {
            S::Active | S::Presented | S::Used | S::Exhausted | S::Expired | S::Superseded => None,
            state => Some(state),
        })
    }
}

/// Ends the consent `old`, for which a newer one stands now: an entry of its own in the same transaction.
pub(crate) fn supersede(tx: &Tx<'_>, old: &Id, ports: &Ports) -> Result<()> {
    let Some(row) = consent::find(tx, old)? else { return Err(WalletError::NoConsent.into()) };
    // One that ended by itself is not ended twice: the new one says which it replaces all the same.
    if life_of(&row)?.state.after(Step::Supersede).is_none() {
        return Ok(());
    }
    let mut entry = Entry::new(EntryKind::ConsentMoved, ports).text("exchange", &old.to_string());
    entry.moves_consent(tx, old, Step::Supersede, ports.clock.now(), "")?;
    append(tx, &entry, ports).map(drop)
}

/// When this asker was last told no for this purpose.
pub(super) fn refused_at(
    read: &Read<'_>,
    client_id: &str,
    peer: &LegalId,
    purpose: &str,
) -> std::result::Result<Option<UnixTime>, chop_vault::VaultError> {
    consent::latest_in(read, ConsentState::Refused.number(), client_id, &peer_of(peer), purpose)
}

/// The counts of a row.
pub(super) fn life_of(row: &Row) -> Result<Life> {
    let state = |number| ConsentState::from_number(number).ok_or(WalletError::LogBroken);
    Ok(Life {
        state: state(row.state)?,
        ended: row.ended.map(state).transpose()?,
        uses: row.uses,
        max_uses: row.max_uses,
        validity: Period { from: row.valid_from, until: row.valid_until },
        last_seen: row.last_seen,
    })
}

/// Why nothing goes out in this state.
fn refusal(state: ConsentState) -> Error {
    match state {
        ConsentState::Paused => WalletError::ConsentPaused.into(),
        ConsentState::Withdrawn => WalletError::Withdrawn.into(),
        ConsentState::Expired => LifeError::Over.into(),
        ConsentState::Exhausted => LifeError::NoUseLeft.into(),
        _ => LifeError::NoSuchStep.into(),
    }
}

/// The registration that stays when a certificate is renewed.
fn peer_of(id: &LegalId) -> String {
    format!("{}:{}", id.scheme, id.value)
}
