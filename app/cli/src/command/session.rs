//! A space, opened for one command.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chop_core::plumbing::crypto::{OsRandom, SecretBytes};
use chop_core::plumbing::model::Id;
use chop_core::plumbing::vault::Unlock;
use chop_core::{Edge, Keys, NoAnchors, Standing, Wallet};

use crate::args::Common;
use crate::edge::{self, SystemClock};
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::say::Say;

/// What every command on a space needs: the options and the reader's words.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) common: &'a Common,
    pub(crate) say: &'a Say,
}

/// An open space and what is to be said before the report.
pub(crate) struct Session {
    pub(crate) wallet: Wallet,
    notes: Vec<String>,
}

impl Context<'_> {
    /// The folder of the space.
    pub(crate) fn folder(&self) -> Result<PathBuf, Failure> {
        let named = self.common.space.as_deref();
        files::absolute(named.ok_or_else(|| Failure::usage("usage-which-space"))?)
    }

    /// The ports that this machine gives.
    pub(crate) fn edge(&self) -> Result<Edge, Failure> {
        Ok(edge_of(&edge::keys_folder(self.common.keys.as_deref())?))
    }

    /// The passphrase, from its file or asked for.
    pub(crate) fn passphrase(&self) -> Result<SecretBytes, Failure> {
        edge::secret(self.common.passphrase_file.as_deref(), &self.say.say("ask-passphrase"))
    }

    /// The passphrase once more, before a grant of the highest level.
    pub(crate) fn passphrase_again(&self) -> Result<SecretBytes, Failure> {
        edge::secret(self.common.passphrase_file.as_deref(), &self.say.say("ask-passphrase-again"))
    }

    /// A new passphrase, asked twice where it is asked.
    pub(crate) fn new_passphrase(&self, file: Option<&Path>) -> Result<SecretBytes, Failure> {
        edge::new_secret(file, &self.say.say("ask-new-passphrase"), &self.say.say("ask-once-more"))
    }

    /// Opens the space with its passphrase.
    pub(crate) fn open(&self) -> Result<Session, Failure> {
        let (folder, edge) = (self.folder()?, self.edge()?);
        let passphrase = self.passphrase()?;
        let wallet = Wallet::open(&folder, Unlock::Passphrase(passphrase), edge).map_err(Failure::Closed)?;
        Ok(Session { notes: notes_on(&wallet, self.say), wallet })
    }
}

impl Session {
    /// The report with what must be said before it.
    pub(crate) fn report(&self, report: Report) -> Report {
        let text = self.notes.iter().chain([&report.text]).map(String::as_str).collect::<Vec<_>>().join("\n");
        Report { text, ..report }
    }
}

/// The ports of the command line, with key stores in `keys`.
pub(crate) fn edge_of(keys: &Path) -> Edge {
    Edge {
        clock: Arc::new(SystemClock),
        random: Arc::new(OsRandom),
        anchors: Arc::new(NoAnchors),
        keys: Keys::Folder(keys.to_owned()),
    }
}

/// The one id among `known` that begins with `start`.
pub(crate) fn find_id(start: &str, known: impl IntoIterator<Item = Id>) -> Result<Id, Failure> {
    let mut found = known.into_iter().filter(|id| id.to_string().starts_with(start));
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(id),
        (Some(_), Some(_)) => Err(Failure::usage("usage-many-ids").with("start", start)),
        (None, _) => Err(Failure::usage("usage-no-id").with("start", start)),
    }
}

fn notes_on(wallet: &Wallet, say: &Say) -> Vec<String> {
    let mut notes = Vec::new();
    match wallet.standing() {
        Standing::Current => {}
        Standing::NotWitnessed => notes.push(say.say("standing-not-witnessed-long")),
        Standing::RolledBack => notes.push(say.say("standing-rolled-back-long")),
    }
    if wallet.interrupted() > 0 {
        notes.push(say.say_with("interrupted", &[("count", &wallet.interrupted().to_string())]));
    }
    notes
}
