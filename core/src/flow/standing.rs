//! Open items answer by themselves (無條件共享, gba.md row 89): the holder said yes beforehand, by an act of
//! its own that the record names, and is not asked a second time.
//!
//! It is no silent yes to anything. Every holding that answers must be open, and nothing may be left to
//! ask: no warning, no separate consent, no level above L2, nobody for whom a guardian signs, no recipient
//! whom no list names (that would be a warning). Whatever is left to ask makes it an ordinary request. The
//! page is made, kept and named in the grant all the same, and each use is in the record like any other.

use chop_formats::consent_record::Expression;
use chop_model::{Id, Lang};

use crate::holdings::{DataLevel, ShareClass};
use crate::{Error, Result, Wallet, WalletError};

use super::Agreement;
use super::consent::{Choices, Consent, ConsentPrompt};

impl ConsentPrompt {
    /// Whether these choices are answered by what the holder opened beforehand, with nothing left to ask.
    ///
    /// # Errors
    /// As [`ConsentPrompt::page`].
    pub fn is_open(&self, choices: &Choices) -> Result<bool> {
        let picks = self.picks(choices)?;
        let page = self.page(choices, Lang::En)?;
        let are_open = picks.iter().all(|pick| pick.item.mark.share == ShareClass::Open);
        let own = picks.iter().all(|pick| pick.item.ward.is_none());
        let nothing_to_ask = page.findings.is_empty() && page.separate.is_empty() && !page.is_blocked;
        Ok(!picks.is_empty() && are_open && own && nothing_to_ask && page.level <= DataLevel::L2)
    }

    /// The yes that was given beforehand. Gives the prompt back where it was not.
    ///
    /// # Errors
    /// `consent.not-open`: ask the holder.
    pub fn answer_open(
        self,
        choices: &Choices,
        lang: Lang,
        wallet: &Wallet,
    ) -> std::result::Result<Consent, (Box<Self>, Error)> {
        let agreement = match self.standing_agreement(choices, lang, wallet) {
            Ok(agreement) => agreement,
            Err(error) => return Err((Box::new(self), error)),
        };
        self.answer(choices, &agreement)
    }

    fn standing_agreement(&self, choices: &Choices, lang: Lang, wallet: &Wallet) -> Result<Agreement> {
        if !self.is_open(choices)? {
            return Err(WalletError::NotOpen.into());
        }
        Ok(Agreement {
            code: self.page(choices, lang)?.code,
            act: Id::make(wallet.ports().random.as_ref())?,
            lang,
            consents: Vec::new(),
            guardian: None,
            by: Expression::StandingRule,
        })
    }
}
