//! What the machine gives: the clock, the environment, the folder of the key stores, the passphrase.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use chop_core::Clock;
use chop_core::plumbing::crypto::SecretBytes;
use chop_core::plumbing::model::UnixTime;

use crate::exit::Failure;
use crate::files;

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock port of the command line")]
    fn now(&self) -> UnixTime {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        UnixTime(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    }
}

/// The folder of the software key stores: outside every space, so that restoring an older copy of a
/// space does not restore what the key store remembers of it (XDG Base Directory: state).
pub(crate) fn keys_folder(named: Option<&Path>) -> Result<PathBuf, Failure> {
    let folder = match named {
        Some(folder) => files::absolute(folder)?,
        None => state_home()?.join("chop").join("keys"),
    };
    files::make_private_folder(&folder)?;
    Ok(folder)
}

#[expect(clippy::disallowed_methods, reason = "where state lies is the environment's to say")]
fn state_home() -> Result<PathBuf, Failure> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_STATE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local").join("state")))
        .ok_or_else(|| Failure::usage("usage-no-state-home"))
}

/// A secret from the first line of a file, or asked at the terminal without an echo.
pub(crate) fn secret(file: Option<&Path>, prompt: &str) -> Result<SecretBytes, Failure> {
    match file {
        Some(path) => first_line(path),
        None => ask(prompt),
    }
}

/// As [`secret`], asked twice: a typing error in a new passphrase would lock its owner out.
pub(crate) fn new_secret(file: Option<&Path>, prompt: &str, again: &str) -> Result<SecretBytes, Failure> {
    let Some(path) = file else {
        let (first, second) = (ask(prompt)?, ask(again)?);
        // EXPOSE: compared with what was typed a second time.
        return match first.expose() == second.expose() {
            true => Ok(first),
            false => Err(Failure::usage("usage-not-the-same")),
        };
    };
    first_line(path)
}

fn first_line(path: &Path) -> Result<SecretBytes, Failure> {
    let all = SecretBytes::new(files::read_at_most(path, MAX_SECRET_BYTES)?);
    // EXPOSE: the first line is the secret.
    let line = all.expose().split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match line.is_empty() {
        true => Err(Failure::usage("usage-first-line-empty").with("path", path.display())),
        false => Ok(SecretBytes::new(line.to_vec())),
    }
}

fn ask(prompt: &str) -> Result<SecretBytes, Failure> {
    let typed =
        rpassword::prompt_password(format!("{prompt}: ")).map_err(|_| Failure::usage("usage-no-terminal"))?;
    Ok(SecretBytes::new(typed.into_bytes()))
}

/// Bytes of a file with a secret in its first line.
const MAX_SECRET_BYTES: u64 = 64 * 1024;
