//! What a consent counts: its state, its uses, its time. Pure values; the vault keeps them.

use chop_model::{Period, UnixTime};

use super::states::{ConsentState, Step};

chop_model::coded_errors! {
    /// Why a step is not taken.
    pub enum LifeError {
        /// No such step leads from this state.
        NoSuchStep => ("consent.no-such-step", User, "this step does not lead on from the state of the consent"),
        /// Its time is over, or was over once by a clock that has since gone back.
        Over => ("consent.over", Environment, "the time of the consent is over"),
        /// It was used as often as it may be.
        NoUseLeft => ("consent.no-use-left", User, "the consent was used as often as it may be"),
        /// Not over yet.
        NotOver => ("consent.not-over", Environment, "the time of the consent is not over"),
        /// A use is left, so it is not exhausted.
        UseLeft => ("consent.use-left", User, "a use of the consent is left"),
    }
}

/// The state of one consent with its counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// How far it is.
    pub state: ConsentState,
    /// The state in which it ended, once a deletion was asked for.
    pub ended: Option<ConsentState>,
    /// How often it was used. A use counts when its key goes, before anything is confirmed.
    pub uses: u32,
    /// How often it may be.
    pub max_uses: u32,
    /// From when until when.
    pub validity: Period,
    /// The latest time that was seen; never smaller afterwards.
    pub last_seen: UnixTime,
}

impl Life {
    /// A consent that begins.
    pub fn begins(state: ConsentState, validity: Period, max_uses: u32, now: UnixTime) -> Self {
        Self { state, ended: None, uses: 0, max_uses, validity, last_seen: now }
    }

    /// The time that counts: a clock that went back counts as not having moved.
    pub fn time(&self, now: UnixTime) -> UnixTime {
        now.max(self.last_seen)
    }

    /// Whether its time is over, by the time that counts.
    pub fn is_past(&self, now: UnixTime) -> bool {
        self.time(now) > self.validity.until
    }

    /// The consent after `step`.
    ///
    /// # Errors
    /// [`LifeError`]; the consent stays as it is.
    pub fn step(mut self, step: Step, now: UnixTime) -> Result<Self, LifeError> {
        let next = self.state.after(step).ok_or(LifeError::NoSuchStep)?;
        match step {
            // Whatever lets data out, or makes that possible again, is held against the time.
            Step::Give | Step::Present | Step::Resume if self.is_past(now) => return Err(LifeError::Over),
            Step::Present if self.uses >= self.max_uses => return Err(LifeError::NoUseLeft),
            Step::Exhaust if self.uses < self.max_uses => return Err(LifeError::UseLeft),
            Step::Expire if !self.is_past(now) => return Err(LifeError::NotOver),
            _ => {}
        }
        if step == Step::Present {
            self.uses = self.uses.saturating_add(1);
        }
        if step == Step::RequestDeletion {
            self.ended = Some(self.state);
        }
        self.last_seen = self.time(now);
        self.state = next;
        Ok(self)
    }

    /// The step that time or the counts demand now, if any.
    pub fn due(&self, now: UnixTime) -> Option<Step> {
        if self.state == ConsentState::Used && self.uses >= self.max_uses {
            return Some(Step::Exhaust);
        }
        let can_expire = self.state.after(Step::Expire).is_some();
        (can_expire && self.is_past(now)).then_some(Step::Expire)
    }

    /// Whether the recipient may process under it.
    pub fn is_valid(&self, now: UnixTime) -> bool {
        self.state.is_valid() && !self.is_past(now)
    }
}
