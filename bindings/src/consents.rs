//! Consents after they were given: what holds, in one sentence each; hold back, take back, ask for deletion.

use std::sync::Arc;

use chop_core::Wallet;
use chop_core::consent::{self, Reach};

use crate::ChopError;
use crate::data::{Language, Role};
use crate::machine::id;

/// The consents of a space: those that were given from it, and at a desk those that were received.
#[derive(uniffi::Object)]
pub struct Consents {
    pub(crate) wallet: Arc<Wallet>,
}

/// One consent, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ConsentCard {
    /// Its id: that of its exchange.
    pub id: String,
    /// Whether this space gave it or received it.
    pub role: Role,
    /// How far it is, a stable word: `active`, `used`, `withdrawn`, ….
    pub state: String,
    /// Whether the recipient may process under it now.
    pub is_valid: bool,
    /// The recipient's client id.
    pub client_id: String,
    /// The purpose's code.
    pub purpose: String,
    /// How often it was used.
    pub uses: u32,
    /// How often it may be.
    pub max_uses: u32,
    /// Seconds since 1970.
    pub valid_from: i64,
    /// Seconds since 1970.
    pub valid_until: i64,
    /// Seconds since 1970: when it moved last.
    pub updated_at: i64,
}

/// What a withdrawal reached. There is no third answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum WithdrawalReach {
    /// The key had not left: nobody can open what was shown, and nobody will.
    NothingWasRead,
    /// The key had left: no further use; what was seen or copied is out of reach.
    FromNowOnOnly,
}

/// A consent that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WithdrawnConsent {
    /// What that reached.
    pub reach: WithdrawalReach,
    /// The same in words: what it does, and what it cannot do.
    pub effect: String,
    /// The signed notice for the recipient, who reads it by `take_notice`.
    pub notice: String,
}

#[uniffi::export]
impl Consents {
    /// Every consent, latest first. What time demands is written down first: one that ran out says so.
    pub fn list(&self) -> Result<Vec<ConsentCard>, ChopError> {
        Ok(self.wallet.consents()?.into_iter().map(Into::into).collect())
    }

    /// One consent.
    pub fn consent(&self, consent: String) -> Result<ConsentCard, ChopError> {
        Ok(self.wallet.consent_view(&id(&consent)?)?.into())
    }

    /// The consent in one sentence, made from the record that both sides hold.
    pub fn sentence(&self, consent: String, language: Language) -> Result<String, ChopError> {
        Ok(self.wallet.consent_sentence(&id(&consent)?, language.into())?)
    }

    /// What a withdrawal would do and what it cannot do, as it was said before the yes.
    pub fn effect_of_withdrawal(&self, consent: String, language: Language) -> Result<String, ChopError> {
        let document = self.wallet.consent_record(&id(&consent)?)?;
        Ok(document.record().withdrawal.effect.in_lang(language.into()).to_owned())
    }

    /// Holds a consent back: nothing goes out under it until `resume`.
    pub fn pause(&self, consent: String) -> Result<(), ChopError> {
        Ok(self.wallet.pause_consent(&id(&consent)?)?)
    }

    /// Lets a paused consent go on, within its time.
    pub fn resume(&self, consent: String) -> Result<(), ChopError> {
        Ok(self.wallet.resume_consent(&id(&consent)?)?)
    }

    /// Takes a consent back, whatever was done under it, in one step; the reason may be empty. The same
    /// again gives the same notice.
    pub fn withdraw(
        &self,
        consent: String,
        reason: String,
        language: Language,
    ) -> Result<WithdrawnConsent, ChopError> {
        let done = self.wallet.withdraw_consent(&id(&consent)?, &reason)?;
        Ok(WithdrawnConsent {
            reach: done.reach.into(),
            effect: done.effect.in_lang(language.into()).to_owned(),
            notice: done.notice,
        })
    }

    /// Asks the recipient to delete, once the consent is over: the signed notice for them.
    pub fn request_deletion(&self, consent: String) -> Result<String, ChopError> {
        Ok(self.wallet.request_deletion(&id(&consent)?)?)
    }

    /// At a desk: takes a holder's notice of a withdrawal or for deletion. The consent it is about.
    pub fn take_notice(&self, notice: String) -> Result<String, ChopError> {
        Ok(self.wallet.take_consent_notice(&notice)?.0.to_string())
    }
}

impl From<consent::ConsentView> for ConsentCard {
    fn from(view: consent::ConsentView) -> Self {
        Self {
            id: view.id.to_string(),
            role: view.role.into(),
            state: view.state.word().to_owned(),
            is_valid: view.is_valid,
            client_id: view.client_id,
            purpose: view.purpose,
            uses: view.uses,
            max_uses: view.max_uses,
            valid_from: view.validity.from.0,
            valid_until: view.validity.until.0,
            updated_at: view.updated_at.0,
        }
    }
}

impl From<Reach> for WithdrawalReach {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::NothingWasRead => Self::NothingWasRead,
            Reach::FromNowOnOnly => Self::FromNowOnOnly,
        }
    }
}
