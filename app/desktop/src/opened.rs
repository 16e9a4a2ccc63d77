//! A `chop:` link or a file of ours, from the command line, the system, or a second start.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tauri::{AppHandle, Emitter as _, Manager as _};

use crate::dto::shell::{OpenedKind, OpenedWith};
use crate::state::hold;

/// What waits for the page to take it, until a space is open.
#[derive(Default)]
pub(crate) struct Waiting(Mutex<Held>);

#[derive(Default)]
struct Held {
    with: Option<OpenedWith>,
    backup: Option<PathBuf>,
}

impl Waiting {
    /// Takes what waits.
    pub(crate) fn take(&self) -> Option<OpenedWith> {
        hold(&self.0).with.take()
    }

    /// The backup that was opened or picked; the page knows its name alone.
    pub(crate) fn backup(&self) -> Option<PathBuf> {
        hold(&self.0).backup.clone()
    }

    /// Keeps a backup that was picked.
    pub(crate) fn keep_backup(&self, path: Option<PathBuf>) {
        hold(&self.0).backup = path;
    }
}

/// Reads what `with` names and tells the windows that something waits. What cannot be read is told too.
pub(crate) fn open(app: &AppHandle, with: &str) {
    let waiting = app.state::<Waiting>();
    let opened = read(with);
    {
        let mut held = hold(&waiting.0);
        if opened.kind == OpenedKind::Backup {
            held.backup = Some(PathBuf::from(with));
        }
        held.with = Some(opened);
    }
    let _ = app.emit("opened-with", ());
}

/// A link as it is; of a file its text, if it is one that the page shows.
fn read(with: &str) -> OpenedWith {
    if with.starts_with("chop:") {
        let text = (with.len() <= MAX_LINK).then(|| with.to_owned());
        return OpenedWith { kind: OpenedKind::Link, name: String::new(), text };
    }
    let path = Path::new(with);
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let kind = match ending.as_str() {
        "chop-trust" => OpenedKind::Trust,
        "chop-pack" => OpenedKind::Pack,
        "chop-backup" => OpenedKind::Backup,
        _ => OpenedKind::Message,
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // A backup is read when its passphrase is there.
    let text = if kind == OpenedKind::Backup { None } else { text_of(path) };
    OpenedWith { kind, name, text }
}

/// The text of a file of at most [`MAX_BYTES`].
pub(crate) fn text_of(path: &Path) -> Option<String> {
    let mut text = String::new();
    let file = File::open(path).ok()?.take(MAX_BYTES + 1);
    let read = std::io::BufReader::new(file).read_to_string(&mut text).ok()?;
    (u64::try_from(read).ok()? <= MAX_BYTES).then_some(text)
}

/// Bytes of a message, a list or a pack.
const MAX_BYTES: u64 = 8 * 1024 * 1024;
/// Bytes of a link: more fits no code and no command line.
const MAX_LINK: usize = 64 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_taken_as_it_is_and_a_file_by_its_ending() {
        let link = read("chop:offer?x=1");
        assert_eq!((link.kind, link.text.as_deref()), (OpenedKind::Link, Some("chop:offer?x=1")));
        let home = tempfile::tempdir().unwrap();
        for (name, kind, is_read) in [
            ("list.chop-trust", OpenedKind::Trust, true),
            ("law.CHOP-PACK", OpenedKind::Pack, true),
            ("my.chop-backup", OpenedKind::Backup, false),
            ("request.chop", OpenedKind::Message, true),
        ] {
            let path = home.path().join(name);
            std::fs::write(&path, "text").unwrap();
            let opened = read(&path.to_string_lossy());
            assert_eq!((opened.kind, opened.text.is_some(), opened.name.as_str()), (kind, is_read, name));
        }
        assert_eq!(read("/nowhere/at/all.chop").text, None);
        assert_eq!(read(&format!("chop:{}", "x".repeat(MAX_LINK))).text, None);
    }
}
