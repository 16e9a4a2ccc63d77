//! What waits at the door: picked files, dropped files, texts, issuers' links. Each under a token, so
//! that the page names no path; nothing of it is kept before somebody has looked at it and says so.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chop_core::holdings::{Form, Import, Imported};
use chop_core::issuance::Receiving;
use chop_core::plumbing::model::ItemId;
use chop_core::plumbing::vault::VaultError;
use chop_core::{Result, Wallet, WalletError};
use chop_transport::Cancel;

use crate::app::MAIN;
use crate::dto::intake::Waiting;
use crate::state::hold;

/// Everything that waits.
#[derive(Default)]
pub(crate) struct Intake {
    waiting: Mutex<HashMap<String, Arc<Comer>>>,
    number: AtomicU64,
    /// Ends the asking of issuers' lists.
    pub(crate) statuses: Mutex<Cancel>,
}

/// One thing that waits.
pub(crate) struct Comer {
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) source: Mutex<Source>,
    pub(crate) cancel: Cancel,
}

/// Where its bytes are.
pub(crate) enum Source {
    /// In a file that the person picked or dropped.
    File(PathBuf),
    /// Here: pasted, or read from a code.
    Text(Arc<Vec<u8>>, Option<Form>),
    /// At an issuer, who is asked step by step. Nothing while a step is under way.
    Link(Option<Box<Receiving>>),
}

impl Intake {
    /// Takes files that came to `window`; what is no file, a folder say, is left out.
    pub(crate) fn files(&self, window: &str, paths: Vec<PathBuf>) -> Vec<Waiting> {
        let file = |path: PathBuf| {
            let about = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Some(self.take(window, name, about.len(), Source::File(path)))
        };
        paths.into_iter().filter_map(file).collect()
    }

    /// Takes a text: a credential, a summary, a record, or words.
    pub(crate) fn text(&self, text: String) -> Waiting {
        let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
        self.take(MAIN, String::new(), size, Source::Text(Arc::new(text.into_bytes()), None))
    }

    /// Takes an issuer's link.
    ///
    /// # Errors
    /// `issuance.*` for what is none.
    pub(crate) fn link(&self, text: &str) -> Result<Waiting> {
        Ok(self.take(MAIN, String::new(), 0, Source::Link(Some(Box::new(Receiving::begin(text)?)))))
    }

    fn take(&self, window: &str, name: String, size: u64, source: Source) -> Waiting {
        let token = format!("{window}:{}", self.number.fetch_add(1, Ordering::Relaxed));
        let comer = Comer { name: name.clone(), size, source: Mutex::new(source), cancel: Cancel::default() };
        hold(&self.waiting).insert(token.clone(), Arc::new(comer));
        Waiting { token, name, size }
    }

    /// One of them.
    ///
    /// # Errors
    /// `holding.unknown` once it was let go.
    pub(crate) fn find(&self, token: &str) -> Result<Arc<Comer>> {
        hold(&self.waiting).get(token).cloned().ok_or_else(|| WalletError::NoSuchItem.into())
    }

    /// The file that waits under a token of `window`, which is let go of: a scanner looks into it instead.
    pub(crate) fn path_of(&self, window: &str, token: &str) -> Option<PathBuf> {
        let is_its = token.strip_prefix(window).is_some_and(|rest| rest.starts_with(':'));
        let comer = is_its.then(|| self.let_go(token)).flatten()?;
        match &*hold(&comer.source) {
            Source::File(path) => Some(path.clone()),
            Source::Text(..) | Source::Link(_) => None,
        }
    }

    /// Lets go of one; what it was.
    pub(crate) fn let_go(&self, token: &str) -> Option<Arc<Comer>> {
        let gone = hold(&self.waiting).remove(token);
        if let Some(comer) = &gone {
            comer.cancel.cancel();
        }
        gone
    }
}

impl Comer {
    /// Its bytes from the beginning, in whatever form they come.
    ///
    /// # Errors
    /// `vault.*` when the file is gone or cannot be read; `issuance.wrong-step` for a link.
    pub(crate) fn open(&self) -> Result<(Box<dyn Read>, Option<Form>)> {
        match &*hold(&self.source) {
            Source::File(path) => Ok((Box::new(File::open(path).map_err(VaultError::from)?), None)),
            Source::Text(text, form) => Ok((Box::new(io::Cursor::new(text.as_ref().clone())), *form)),
            Source::Link(_) => Err(WalletError::WrongStep.into()),
        }
    }

    /// The size as it is now: a file that grew meanwhile is another one.
    pub(crate) fn size_now(&self) -> u64 {
        match &*hold(&self.source) {
            Source::File(path) => fs::metadata(path).map_or(self.size, |file| file.len()),
            Source::Text(text, _) => u64::try_from(text.len()).unwrap_or(u64::MAX),
            Source::Link(_) => 0,
        }
    }

    /// Puts what a code said in the place of the picture it was in.
    pub(crate) fn becomes(&self, source: Source) {
        *hold(&self.source) = source;
    }
}

/// Keeps what waits, in the place of `replaces` where it is a newer version. Nothing where somebody pressed
/// stop: then nothing of it is there.
pub(crate) fn keep(
    wallet: &Wallet,
    comer: &Comer,
    (title, replaces): (Option<&str>, Option<&ItemId>),
    told: &dyn Fn(u64),
) -> Result<Option<Imported>> {
    let (bytes, form) = comer.open()?;
    let mut bytes = Watched { bytes, cancel: &comer.cancel, told, done: 0, said: 0 };
    let name = if comer.name.is_empty() { "text.txt" } else { &comer.name };
    let import = Import { form, title, name, size: comer.size_now(), bytes: &mut bytes };
    let kept = match replaces {
        Some(id) => wallet.replace(id, import),
        None => wallet.import(import),
    };
    match kept {
        Err(_) if comer.cancel.is_cancelled() => Ok(None),
        other => other.map(Some),
    }
}

/// Bytes that say how far they are and stop when told to.
struct Watched<'a> {
    bytes: Box<dyn Read>,
    cancel: &'a Cancel,
    told: &'a dyn Fn(u64),
    done: u64,
    said: u64,
}

impl Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.cancel.is_cancelled() {
            return Err(io::Error::other("stopped"));
        }
        let count = self.bytes.read(into)?;
        self.done += u64::try_from(count).unwrap_or_default();
        if self.done - self.said >= TOLD_EVERY || count == 0 {
            self.said = self.done;
            (self.told)(self.done);
        }
        Ok(count)
    }
}

/// Bytes between two reports.
const TOLD_EVERY: u64 = 1 << 20;
