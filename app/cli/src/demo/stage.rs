//! The stage: a fresh folder, its spaces, and what is told about them.

use std::fs;
use std::path::{Path, PathBuf};

use chop_core::Clock;
use chop_core::Wallet;
use chop_core::plumbing::crypto::encoding::to_base64url;
use chop_core::plumbing::crypto::{Argon2Cost, OsRandom, SecretBytes, make_array};
use chop_core::plumbing::model::{Jurisdiction, UnixTime};
use chop_core::plumbing::vault::{FirstSlots, NewSpace, SpaceKind, Unlock};

use crate::command::{Context, edge_of};
use crate::edge::SystemClock;
use crate::exit::Failure;
use crate::files;
use crate::say::Say;
use crate::terminal::Terminal;

/// Where the story plays.
pub(crate) struct Stage<'a> {
    folder: PathBuf,
    passphrase: String,
    terminal: &'a Terminal,
    now: UnixTime,
}

impl<'a> Stage<'a> {
    /// Makes the folder and says that all of it is a demo.
    pub(crate) fn set(
        _: Context<'_>,
        into: Option<PathBuf>,
        terminal: &'a Terminal,
    ) -> Result<Self, Failure> {
        let folder = match into {
            Some(folder) => files::absolute(&folder)?,
            None => std::env::temp_dir().join(format!("chop-demo-{}", fresh_name()?)),
        };
        if fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(Failure::usage("usage-not-fresh").with("path", folder.display()));
        }
        files::make_folder(&folder)?;
        let stage = Self { folder, passphrase: fresh_name()?, terminal, now: SystemClock.now() };
        stage.tell("demo-banner", &[]);
        files::make_private_folder(&stage.keys())?;
        // Written down so that the spaces can be looked into afterwards: nothing in them is a secret.
        files::write_new(&stage.at(PASSPHRASE_FILE), format!("{}\n", stage.passphrase).as_bytes())?;
        Ok(stage)
    }

    /// The folder of the demo.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A path in that folder.
    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// When the demo began.
    pub(crate) fn now(&self) -> UnixTime {
        self.now
    }

    /// The reader's words.
    pub(crate) fn say(&self) -> &Say {
        self.terminal.say()
    }

    /// Tells a line of the story.
    pub(crate) fn tell(&self, key: &str, values: &[(&str, &str)]) {
        self.terminal.tell(&format!("\n{}", self.say().say_with(key, values)));
    }

    /// Shows text that is not a line of the story: a page, a list.
    pub(crate) fn show(&self, text: &str) {
        let indented: Vec<_> = text.trim_end().lines().map(|line| format!("  │ {line}")).collect();
        self.terminal.tell(&indented.join("\n"));
    }

    /// Draws a code on the terminal.
    pub(crate) fn draw(&self, frame: &str) -> Result<(), Failure> {
        self.terminal.draw(&chop_core::qr::draw(frame)?.terminal());
        Ok(())
    }

    /// Makes a space.
    pub(crate) fn make_space(&self, name: &str, kind: SpaceKind, place: Jurisdiction) -> Result<(), Failure> {
        let space = NewSpace { kind, label: format!("{name} (demo)") };
        let slots = FirstSlots { passphrase: self.passphrase(), cost: Argon2Cost::FLOOR };
        let (wallet, _) =
            Wallet::create(&self.at(name), &space, &slots, edge_of(&self.keys())).map_err(Failure::Closed)?;
        wallet.set_place(place)?;
        Ok(())
    }

    /// Opens a space of this demo.
    pub(crate) fn open(&self, name: &str) -> Result<Wallet, Failure> {
        self.open_at(&self.at(name), &self.keys())
    }

    /// Opens a space at another place, with key stores at another place.
    pub(crate) fn open_at(&self, folder: &Path, keys: &Path) -> Result<Wallet, Failure> {
        Wallet::open(folder, Unlock::Passphrase(self.passphrase()), edge_of(keys)).map_err(Failure::Closed)
    }

    /// Keeps a copy of the resident's space as it is before the walk, for somebody to put back later.
    pub(crate) fn keep_older_copy(&self) -> Result<TemporaryFolder, Failure> {
        let kept = TemporaryFolder::make()?;
        copy_folder(&self.at(RESIDENT), &kept.path().join("older"))?;
        Ok(kept)
    }

    /// The passphrase of every space of the demo.
    pub(crate) fn passphrase(&self) -> SecretBytes {
        SecretBytes::new(self.passphrase.clone().into_bytes())
    }

    /// The folder of the key stores.
    pub(crate) fn keys(&self) -> PathBuf {
        self.at("keys")
    }
}

/// A folder that is gone when its owner is.
pub(crate) struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// Makes one.
    pub(crate) fn make() -> Result<Self, Failure> {
        let path = std::env::temp_dir().join(format!("chop-demo-tamper-{}", fresh_name()?));
        files::make_private_folder(&path)?;
        Ok(Self(path))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // What stays behind is a copy of demo data in the machine's temporary folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Copies the files of a folder: a space has no folders inside.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    files::make_private_folder(to)?;
    let entries = fs::read_dir(from).map_err(|error| files::cannot(from, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| files::cannot(from, &error))?.path();
        if let Some(name) = path.file_name() {
            fs::copy(&path, to.join(name)).map_err(|error| files::cannot(&path, &error))?;
        }
    }
    Ok(())
}

fn fresh_name() -> Result<String, Failure> {
    Ok(to_base64url(&make_array::<12>(&OsRandom)?))
}

/// The resident's space.
pub(crate) const RESIDENT: &str = "resident";
/// The hospital's space.
pub(crate) const HOSPITAL: &str = "hospital";
/// The space of the resident of the second route.
pub(crate) const ZHUHAI_RESIDENT: &str = "zhuhai-resident";
/// The space of the university that asks on the second route.
pub(crate) const MACAO_UNIVERSITY: &str = "macao-university";
/// The passphrase of all of them.
const PASSPHRASE_FILE: &str = "demo-passphrase";
