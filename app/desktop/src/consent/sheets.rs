//! Pages that were opened, and the acts that were given on them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chop_core::flow::{Agreement, ConsentPrompt};
use chop_core::plumbing::model::Lang;
use chop_core::plumbing::policy::{SeparateConsent, Topic};
use chop_core::{Result, Wallet, WalletError};

use super::Source;
use crate::state::hold;

/// Pages that are open, by an id.
#[derive(Default)]
pub(crate) struct Sheets {
    open: Mutex<HashMap<String, Arc<Sheet>>>,
    number: AtomicU64,
}

/// A page that is open.
pub(crate) struct Sheet {
    /// What it is about.
    pub(crate) source: Source,
    /// What was verified and judged when it was opened: for looking at.
    pub(crate) prompt: ConsentPrompt,
    /// Separate consents as they were given, each on the page of this code.
    acts: Mutex<Vec<(String, SeparateConsent)>>,
}

impl Sheets {
    /// Keeps a page; its id.
    pub(crate) fn open(&self, source: Source, prompt: ConsentPrompt) -> String {
        let id = self.number.fetch_add(1, Ordering::Relaxed).to_string();
        let mut open = hold(&self.open);
        // A page that nobody looks at any more is let go of: a request lives for minutes.
        if open.len() >= MAX_OPEN {
            open.clear();
        }
        open.insert(id.clone(), Arc::new(Sheet { source, prompt, acts: Mutex::default() }));
        id
    }

    /// A page.
    ///
    /// # Errors
    /// `exchange.wrong-step` for one that is over.
    pub(crate) fn find(&self, id: &str) -> Result<Arc<Sheet>> {
        hold(&self.open).get(id).cloned().ok_or_else(|| WalletError::WrongStep.into())
    }

    /// Lets go of a page.
    pub(crate) fn close(&self, id: &str) {
        hold(&self.open).remove(id);
    }

    /// Lets go of every page: the space was locked.
    pub(crate) fn close_all(&self) {
        hold(&self.open).clear();
    }
}

impl Sheet {
    /// Gives one separate consent on the page `code`, as an act with an id and a time of its own.
    ///
    /// # Errors
    /// When the random source gives no id.
    pub(crate) fn give(&self, wallet: &Wallet, code: &str, topic: Topic, lang: Lang) -> Result<()> {
        let mut act = Agreement::to(code, lang, wallet)?;
        act.consent(topic, wallet)?;
        let given = act.consents.into_iter().map(|consent| (code.to_owned(), consent));
        let mut acts = hold(&self.acts);
        acts.retain(|(page, consent)| page != code || consent.topic != topic);
        acts.extend(given);
        Ok(())
    }

    /// Takes one separate consent back, before the yes.
    pub(crate) fn take_back(&self, topic: Topic) {
        hold(&self.acts).retain(|(_, consent)| consent.topic != topic);
    }

    /// The separate consents that were given on the page `code`. What was given on another is none.
    pub(crate) fn given(&self, code: &str) -> Vec<SeparateConsent> {
        let acts = hold(&self.acts);
        acts.iter().filter(|(page, _)| page == code).map(|(_, consent)| consent.clone()).collect()
    }
}

/// Pages that are kept open at once.
const MAX_OPEN: usize = 16;
