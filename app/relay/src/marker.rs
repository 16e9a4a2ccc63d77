//! A mark outside the store: the last checkpoint that this process saw. A store that was restored from an
//! older copy, or a replica that lagged and took over, is behind it or has another root.
//!
//! The mark is written every second and at the stop, so a copy less than a second old is not found by
//! it; within one process the sequencer compares every batch. Where the mark lies on the disk that is
//! restored, it goes back too and finds nothing: see docs/operating.md.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chop_ledger::{Checkpoint, VerifiedCheckpoint, VerifierKey};

use crate::key::RelayKey;
use crate::sequencer::Seen;

/// The file of the mark.
pub(crate) struct Marker {
    path: PathBuf,
}

impl Marker {
    pub(crate) fn at(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// What was seen last; nothing where there is no file yet.
    pub(crate) fn read(&self, key: &VerifierKey) -> io::Result<Option<Seen>> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let bad = || io::Error::new(io::ErrorKind::InvalidData, "the marker is not this relay's");
        let (epoch, note) = text.split_once('\n').ok_or_else(bad)?;
        let epoch = epoch.parse().map_err(|_| bad())?;
        let checkpoint = VerifiedCheckpoint::read(note, key).map_err(|_| bad())?;
        let Checkpoint { origin: _, size, root } = checkpoint.checkpoint().clone();
        Ok(Some(Seen { epoch, size, root }))
    }

    /// Writes what was seen, whole or not at all.
    pub(crate) fn write(&self, seen: &Seen, key: &RelayKey) -> io::Result<()> {
        let note = key.sign_checkpoint(seen.size, seen.root).map_err(io::Error::other)?;
        let fresh = self.path.with_extension("new");
        let mut file = fs::File::create(&fresh)?;
        write!(file, "{}\n{note}", seen.epoch)?;
        file.sync_all()?;
        fs::rename(&fresh, &self.path)
    }
}
