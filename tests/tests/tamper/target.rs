//! A space that walked the whole walk, closed, to be copied and changed; and what is found in it then.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use chop_core::audit::{Flaw, FlawKind, recheck};
use chop_core::holdings::{NewProfile, Relation, ShareClass};
use chop_core::remedy::{CaseKind, NewCase, Subject};
use chop_core::{Edge, Keys, Standing, Wallet};
use chop_crypto::Secret;
use chop_model::Jurisdiction;
use chop_tests::raw::raw;
use chop_tests::world::{KeyPlace, World};
use chop_vault::{Unlock, Vault};
use rusqlite::Connection;
use tempfile::TempDir;

/// Both sides of a walk, closed.
pub(crate) struct Walked {
    world: World,
}

/// A copy of one side's folder and key store.
pub(crate) struct Target {
    home: TempDir,
    key: Secret<32>,
    edge: Edge,
}

/// What was found wrong, and by whom.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) standing: Option<Standing>,
    pub(crate) opening: Option<&'static str>,
    pub(crate) flaws: Vec<Flaw>,
}

/// The two sides after two walks, the second of which stopped before the key.
pub(crate) fn walked() -> MutexGuard<'static, Walked> {
    static WALKED: OnceLock<Mutex<Walked>> = OnceLock::new();
    let walked = WALKED.get_or_init(|| {
        let mut world = World::with_keys(KeyPlace::File);
        world.keep_a_status_list();
        let given = world.walk().given;
        let (kind, subject) = (CaseKind::Complaint, Subject::Conduct);
        let case = NewCase { kind, exchange: given, subject, text: "it was copied".into(), due: None };
        world.resident.open_case(&case).unwrap();
        mark_and_profile(&world);
        world.until_acknowledged();
        let (pack, fingerprint) = world.pack(
            1,
            "catalog",
            "fj",
            "2026.1",
            "[catalog]\nid='fj'\nversion='2026.1'\neffective_from='2026-01-01'\nsource='s'\n",
        );
        for space in [&world.resident, &world.hospital] {
            space.add_pack(&pack, Some(&fingerprint)).unwrap();
        }
        world.resident.close();
        world.hospital.close();
        Mutex::new(Walked { world })
    });
    // A test that failed has left it as it was.
    walked.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the holder says of an item, and somebody for whom they act.
fn mark_and_profile(world: &World) {
    let evidence = world.resident.cards(None, None, 50).unwrap().pop().unwrap().id;
    let child = NewProfile {
        name: "Sample Child",
        birth_date: "2015-05-01",
        place: Jurisdiction::Hk,
        guardian: "Sample Parent",
        relation: Relation::Parent,
        evidence: Some(&evidence),
    };
    let profile = world.resident.add_profile(&child).unwrap();
    let record = world.resident.take_record(r#"{"title":"school report"}"#).id;
    world.resident.set_subject(&record, Some(&profile)).unwrap();
    world.resident.set_share_class(&record, ShareClass::Never).unwrap();
}

impl Walked {
    /// A fresh copy of one side.
    pub(crate) fn copy(&self, who: &str) -> Target {
        let space = if who == "resident" { &self.world.resident } else { &self.world.hospital };
        let home = tempfile::tempdir().unwrap();
        copy_space(space.folder(), &home.path().join("space"));
        let keys = Keys::File(home.path().join("space.keys"));
        Target { key: space.key().duplicate(), edge: Edge { keys, ..space.edge().clone() }, home }
    }
}

impl Target {
    pub(crate) fn folder(&self) -> PathBuf {
        self.home.path().join("space")
    }

    pub(crate) fn raw(&self) -> Connection {
        raw(&self.folder(), &self.key).unwrap()
    }

    pub(crate) fn open(&self) -> chop_core::Result<Wallet> {
        Wallet::open(&self.folder(), Unlock::Key(&self.key), self.edge.clone())
    }

    /// Opens and re-checks; where nothing opens any more, the vault alone is re-checked.
    pub(crate) fn judge(&self) -> Verdict {
        match self.open() {
            Ok(wallet) => Verdict {
                standing: Some(wallet.standing()),
                opening: None,
                flaws: wallet.audit(&mut |_, _| {}).unwrap().flaws,
            },
            Err(error) => {
                let vault = Vault::open(&self.folder(), Unlock::Key(&self.key));
                let flaws = vault.map(|vault| recheck(&vault, &mut |_, _| {}).unwrap().flaws);
                Verdict { standing: None, opening: Some(error.code()), flaws: flaws.unwrap_or_default() }
            }
        }
    }
}

impl Verdict {
    pub(crate) fn is_clean(&self) -> bool {
        self.standing == Some(Standing::Current) && self.opening.is_none() && self.flaws.is_empty()
    }

    pub(crate) fn has(&self, kind: FlawKind) -> bool {
        self.flaws.iter().any(|flaw| flaw.kind == kind)
    }
}

/// Copies a space's folder and, beside it, its key store: `x`, `x.keys`, `x.keys.anchors`.
pub(crate) fn copy_space(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
    for end in ["keys", "keys.anchors"] {
        std::fs::copy(from.with_extension(end), to.with_extension(end)).unwrap();
    }
}
