//! One app for each folder: a second start hands its link or file over to the first and ends. They meet
//! at a local socket named by a hash of the folder; nothing is shared by all folders.
//!
//! The socket lies in the runtime folder of the person (mode 600), on Windows it is a named pipe. What
//! comes in is one line, the same that a command line may bring, and it is judged as that.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::thread;

#[cfg(unix)]
use self::unix::{Listener, Stream, connect, listener};
#[cfg(windows)]
use self::windows::{Listener, Stream, connect, listener};
use chop_core::plumbing::crypto::encoding::to_hex;
use chop_core::plumbing::crypto::sha256;
use tauri::{AppHandle, Manager as _};

use crate::app::MAIN;
use crate::opened;

/// How a start goes on.
pub(crate) enum Start {
    /// This is the first; it listens for those to come, where that is possible.
    First(Option<Listener>),
    /// Another one runs, and has taken over what this one was started with.
    HandedOver,
}

/// Looks whether an app runs over `folder`, and hands `with` over to it.
pub(crate) fn start(folder: &Path, with: Option<&str>) -> Start {
    let handed = connect(folder).and_then(|stream| hand_over(stream, with));
    if handed.is_ok() {
        return Start::HandedOver;
    }
    // Nobody answers. A socket that a crash left behind is replaced.
    Start::First(listener(folder).ok())
}

/// Takes over what later starts bring, until the app ends.
pub(crate) fn listen(app: &AppHandle, listener: Listener) {
    let app = app.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let Ok(line) = taken(stream) else { continue };
            raise(&app);
            if !line.is_empty() {
                opened::open(&app, &line);
            }
        }
    });
}

fn hand_over(stream: Stream, with: Option<&str>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.get_mut().write_all(format!("{}\n", with.unwrap_or_default().replace('\n', "")).as_bytes())?;
    let mut answer = String::new();
    stream.take(ANSWER.len() as u64).read_line(&mut answer)?;
    if answer == ANSWER { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

fn taken(stream: Stream) -> io::Result<String> {
    let mut line = String::new();
    let mut stream = BufReader::new(stream.take(MAX_LINE));
    stream.read_line(&mut line)?;
    stream.into_inner().into_inner().write_all(ANSWER.as_bytes())?;
    Ok(line.trim_end_matches('\n').to_owned())
}

/// Brings the window to the front.
fn raise(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // A window manager that keeps a window where it is has the last word.
        let _ = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    }
}

fn hash(folder: &Path) -> String {
    let hash = to_hex(&sha256(folder.as_os_str().as_encoded_bytes()));
    hash.chars().take(32).collect()
}

#[cfg(unix)]
mod unix {
    //! A socket file in the person's runtime folder.
    use std::os::unix::fs::PermissionsExt as _;
    pub(super) use std::os::unix::net::{UnixListener as Listener, UnixStream as Stream};
    use std::path::{Path, PathBuf};
    use std::time::Duration;
    use std::{fs, io};

    pub(super) fn connect(folder: &Path) -> io::Result<Stream> {
        let stream = Stream::connect(path(folder))?;
        // An app that hangs is no reason for the next start to hang as well.
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(stream)
    }

    pub(super) fn listener(folder: &Path) -> io::Result<Listener> {
        let path = path(folder);
        // Nobody answered at it.
        let _ = fs::remove_file(&path);
        let listener = Listener::bind(&path)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
        Ok(listener)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "where the person's sockets lie is the environment's to say"
    )]
    fn path(folder: &Path) -> PathBuf {
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
        // macOS has no runtime folder; there TMPDIR is the person's own.
        let home = runtime.filter(|path| path.is_absolute()).unwrap_or_else(std::env::temp_dir);
        home.join(format!("chop-{}.sock", super::hash(folder)))
    }

    const PATIENCE: Duration = Duration::from_secs(3);
}

#[cfg(windows)]
mod windows {
    //! A named pipe.
    use std::io;
    use std::path::Path;

    use interprocess::local_socket::prelude::*;
    use interprocess::local_socket::{GenericNamespaced, ListenerOptions, Name};
    pub(super) use interprocess::local_socket::{Listener, Stream};

    pub(super) fn connect(folder: &Path) -> io::Result<Stream> {
        Stream::connect(name(folder)?)
    }

    pub(super) fn listener(folder: &Path) -> io::Result<Listener> {
        ListenerOptions::new().name(name(folder)?).create_sync()
    }

    fn name(folder: &Path) -> io::Result<Name<'static>> {
        format!("chop-{}", super::hash(folder)).to_ns_name::<GenericNamespaced>()
    }
}

const ANSWER: &str = "taken\n";
/// Bytes of a link or the path of a file.
const MAX_LINE: u64 = 64 * 1024 + 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_start_hands_over_what_it_was_started_with_and_a_third_folder_does_not() {
        let home = tempfile::tempdir().unwrap();
        let (one, other) = (home.path().join("one"), home.path().join("other"));
        let Start::First(Some(listener)) = start(&one, None) else { panic!("the first") };
        let first = thread::spawn(move || taken(listener.incoming().next().unwrap().unwrap()).unwrap());
        assert!(matches!(start(&one, Some("chop:link")), Start::HandedOver));
        assert_eq!(first.join().unwrap(), "chop:link");
        assert!(matches!(start(&other, Some("chop:link")), Start::First(Some(_))));
        // The first is gone: its socket is no longer answered and is taken over.
        assert!(matches!(start(&one, None), Start::First(Some(_))));
    }
}
