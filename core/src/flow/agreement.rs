//! The acts of the person: a yes to one page, each separate consent by itself, a guardian's signature.

use chop_formats::consent_record::Expression;
use chop_model::{Id, Lang, UnixTime};
use chop_policy::{SeparateConsent, Topic};

use crate::{Result, Wallet};

/// The act: which page, and which separate consents, each given on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The code of the page that was agreed to.
    pub code: String,
    /// The act itself.
    pub act: Id,
    /// The language it was read in.
    pub lang: Lang,
    /// Separate consents, each with its own id and time.
    pub consents: Vec<SeparateConsent>,
    /// The guardian's own act, where one signs for a child: its id and time.
    pub guardian: Option<(Id, UnixTime)>,
    /// How it was expressed.
    pub by: Expression,
}

impl Agreement {
    /// An agreement to the page `code`, with no separate consent yet, typed at a command line.
    ///
    /// # Errors
    /// When the random source gives no id for the act.
    pub fn to(code: &str, lang: Lang, wallet: &Wallet) -> Result<Self> {
        let act = Id::make(wallet.ports().random.as_ref())?;
        Ok(Self {
            code: code.to_owned(),
            act,
            lang,
            consents: Vec::new(),
            guardian: None,
            by: Expression::CommandLine,
        })
    }

    /// The guardian's signature for a child, as an act of its own.
    ///
    /// # Errors
    /// When the random source gives no id for it.
    pub fn sign_as_guardian(&mut self, wallet: &Wallet) -> Result<()> {
        let ports = wallet.ports();
        self.guardian = Some((Id::make(ports.random.as_ref())?, ports.clock.now()));
        Ok(())
    }

    /// One separate consent, as an act of its own.
    ///
    /// # Errors
    /// When the random source gives no id for it.
    pub fn consent(&mut self, topic: Topic, wallet: &Wallet) -> Result<()> {
        let ports = wallet.ports();
        let action_id = Id::make(ports.random.as_ref())?;
        self.consents.push(SeparateConsent { topic, action_id, at: ports.clock.now() });
        Ok(())
    }
}
