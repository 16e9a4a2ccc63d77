//! Scans under way and what they found, window by window.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chop_core::qr::QrError;
use chop_core::{Error, Result, WalletError};
use chop_transport::Cancel;

use super::Content;
use super::camera::CameraFault;
use super::gather::{Gathering, Seen};
use super::picture::{Held, Refusal};
use crate::state::hold;

/// What the app holds for its scanners.
#[derive(Default)]
pub(crate) struct Scans {
    open: Mutex<HashMap<String, Arc<Scan>>>,
    found: Mutex<HashMap<String, Arc<Content>>>,
    number: AtomicU64,
}

/// One scanner on a page.
#[derive(Default)]
pub(crate) struct Scan {
    gathering: Mutex<Gathering>,
    /// Stops the camera's thread, where one runs.
    camera: Mutex<Option<Cancel>>,
}

/// What one input came to.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Something whole, and the id under which it is kept.
    pub(crate) found: Option<(String, Arc<Content>)>,
    /// What was wrong with a frame.
    pub(crate) error: Option<Error>,
    /// What was wrong with a picture, file or camera.
    pub(crate) trouble: Option<Trouble>,
    /// Whether anything came that was not there before.
    pub(crate) is_news: bool,
}

/// What is wrong, where it is no fault of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// With a picture.
    Picture(QrError),
    /// With a file or the clipboard.
    Refused(Refusal),
    /// With the camera.
    Camera(CameraFault),
}

impl Scans {
    /// Begins a scan in a window; its id.
    pub(crate) fn begin(&self, window: &str) -> String {
        let id = self.id(window);
        hold(&self.open).insert(id.clone(), Arc::default());
        id
    }

    /// Ends a scan and its camera.
    pub(crate) fn end(&self, window: &str, id: &str) {
        if is_of(window, id)
            && let Some(scan) = hold(&self.open).remove(id)
        {
            scan.stop_camera();
        }
    }

    /// A scan of this window.
    ///
    /// # Errors
    /// `exchange.wrong-step` for one that is over.
    pub(crate) fn scan(&self, window: &str, id: &str) -> Result<Arc<Scan>> {
        let scan = if is_of(window, id) { hold(&self.open).get(id).cloned() } else { None };
        scan.ok_or_else(|| WalletError::WrongStep.into())
    }

    /// What a window found.
    ///
    /// # Errors
    /// `scan.unknown` for what another window found, or nobody.
    pub(crate) fn found(&self, window: &str, id: &str) -> Result<Arc<Content>> {
        let found = if is_of(window, id) { hold(&self.found).get(id).cloned() } else { None };
        found.ok_or_else(|| WalletError::UnknownCode.into())
    }

    /// Takes what lay in a file, picture or clipboard.
    pub(crate) fn take_held(&self, window: &str, scan: &Scan, held: Held) -> Outcome {
        match held {
            Held::Texts(texts) => self.take(window, scan, &texts),
            Held::Whole(content) => self.whole(window, content),
            Held::Unread(error) => Outcome { trouble: Some(Trouble::Picture(error)), ..Outcome::default() },
            Held::Refused(why) => Outcome { trouble: Some(Trouble::Refused(why)), ..Outcome::default() },
        }
    }

    /// Takes texts in order, as far as the first that makes something whole.
    pub(crate) fn take<T: AsRef<str>>(&self, window: &str, scan: &Scan, texts: &[T]) -> Outcome {
        let mut outcome = Outcome::default();
        for text in texts {
            let seen = hold(&scan.gathering).take(text.as_ref());
            match seen {
                Ok(Seen::Whole(content)) => return self.whole(window, content),
                Ok(Seen::Part) => outcome.is_news = true,
                Ok(Seen::Nothing) => {}
                Err(error) => outcome.error = Some(error),
            }
        }
        outcome
    }

    /// Keeps what this app was started with, or was handed: as if it had been scanned.
    pub(crate) fn keep(&self, window: &str, content: Content) -> (String, Arc<Content>) {
        let (id, content) = (self.id(window), Arc::new(content));
        let mut found = hold(&self.found);
        // What nobody took long ago is let go of: a scan is a matter of minutes.
        if found.len() >= MAX_FOUND {
            found.clear();
        }
        found.insert(id.clone(), content.clone());
        (id, content)
    }

    fn whole(&self, window: &str, content: Content) -> Outcome {
        Outcome { found: Some(self.keep(window, content)), is_news: true, ..Outcome::default() }
    }

    fn id(&self, window: &str) -> String {
        format!("{window}:{}", self.number.fetch_add(1, Ordering::Relaxed))
    }
}

impl Scan {
    /// How far a message of several frames is.
    pub(crate) fn progress(&self) -> Option<chop_core::plumbing::formats::frame::Progress> {
        hold(&self.gathering).progress()
    }

    /// Forgets the frames of a message that is not whole.
    pub(crate) fn restart(&self) {
        hold(&self.gathering).restart();
    }

    /// Takes the switch of a camera's thread in the place of the one before, which stops.
    pub(crate) fn start_camera(&self) -> Cancel {
        let cancel = Cancel::default();
        if let Some(before) = hold(&self.camera).replace(cancel.clone()) {
            before.cancel();
        }
        cancel
    }

    /// Stops the camera's thread.
    pub(crate) fn stop_camera(&self) {
        if let Some(camera) = hold(&self.camera).take() {
            camera.cancel();
        }
    }
}

fn is_of(window: &str, id: &str) -> bool {
    id.strip_prefix(window).is_some_and(|rest| rest.starts_with(':'))
}

/// Things found that are kept until somebody takes them.
const MAX_FOUND: usize = 64;
