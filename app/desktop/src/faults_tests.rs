//! Every fault that the machine, the disk or somebody else's file can make, as the page gets it: in words of
//! all four languages, by whose fault it is, with what to do now, and with nothing lost. What must not
//! happen to this process happens to a child: this same program, running the ignored test below.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chop_core::holdings::Import;
use chop_core::notice::Words;
use chop_core::plumbing::crypto::SecretBytes;
use chop_core::plumbing::model::{Fault, Jurisdiction, Lang};
use chop_core::plumbing::vault::{NewSpace, SpaceKind};
use chop_core::{Error, NetError, Wallet};
use chop_tests::machine::has_namespaces;
use chop_tests::world::World;
use chop_transport::{Client, Rules};

use crate::dto::intake::Look;
use crate::dto::recipients::Trust;
use crate::dto::shell::{ShellState, SpaceState};
use crate::edge::Places;
use crate::failure::Failure;
use crate::holdings::intake::{Intake, keep};
use crate::holdings::look::look;
use crate::recipients::{names, people};
use crate::record::detail;
use crate::spaces::{back_up, create, lock, set_key_store, unlock};
use crate::state::Desktop;

fn desktop(home: &Path) -> Desktop {
    Desktop::at(Places {
        space: home.join("space"),
        is_named: true,
        keys: home.join("keys"),
        settings: home.join("desktop.json"),
        opened_with: None,
    })
}

/// Its passphrase.
pub(crate) fn secret() -> SecretBytes {
    SecretBytes::new(b"correct horse battery staple".to_vec())
}

/// A space with one holding in it, locked.
pub(crate) fn made(home: &Path) -> Desktop {
    let desktop = desktop(home);
    let new = NewSpace { kind: SpaceKind::Person, label: "test".into() };
    create(&desktop, &new, Jurisdiction::Hk, secret()).unwrap();
    import(&desktop.wallet().unwrap(), "before", 1_000).unwrap();
    lock(&desktop);
    desktop
}

fn import(wallet: &Wallet, name: &str, size: u64) -> chop_core::Result<()> {
    let mut bytes = std::io::repeat(7);
    let mut bytes = std::io::Read::take(&mut bytes, size);
    let import = Import { form: None, title: None, name, size, bytes: &mut bytes };
    wallet.import(import).map(drop)
}

fn count(wallet: &Wallet) -> usize {
    wallet.cards(None, None, 10_000).unwrap().len()
}

/// The error as the page shows it in each language; its code.
fn told(error: &Error, fault: Fault) -> &'static str {
    assert_eq!(error.fault(), fault, "{}", error.code());
    let mut seen: Vec<String> = Vec::new();
    for lang in Lang::ALL {
        let failure = Failure::of(error, lang);
        let Failure { what, left, now, code, fault: _ } = &failure;
        assert!(!what.is_empty() && !left.is_empty() && !now.is_empty(), "{code} in {lang:?}: {failure:?}");
        assert!(!what.contains(code.as_str()), "{code} is shown by its code");
        // Portuguese is no English, and Hong Kong does not write as the mainland does.
        assert!(!seen.contains(now) || lang == Lang::ZhHant, "{code} in {lang:?} is another language's");
        seen.push(now.clone());
    }
    error.code()
}

#[test]
fn no_space_left_is_said_and_everything_that_was_kept_is_still_there() {
    if !has_namespaces() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    drop(made(&home.path().join("full")));
    let small = home.path().join("small");
    fs::create_dir(&small).unwrap();
    let mount = format!(
        "mount -t tmpfs -o size=3m,mode=700 none {0} && cp -a {1}/. {0} && exec \"$@\"",
        small.display(),
        home.path().join("full").display()
    );
    let wrapper = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", &mount, "sh"];
    let said = child(&wrapper, "full-disk", &small);
    assert_eq!(said, ["vault.disk-full Environment", "backup vault.disk-full", "nothing is lost"]);
}

#[test]
fn a_space_that_another_process_has_open_is_said_to_be_in_use_and_opens_once_it_is_let_go() {
    let home = tempfile::tempdir().unwrap();
    let desktop = made(home.path());
    unlock(&desktop, secret()).unwrap();
    assert_eq!(child(&[], "unlock", home.path()), ["vault.in-use User"]);
    assert_eq!(count(&desktop.wallet().unwrap()), 1, "who has it open goes on");
    lock(&desktop);
    assert_eq!(child(&[], "unlock", home.path()), ["opened 1"]);
}

#[test]
fn a_key_store_that_refuses_is_said_and_the_passphrase_still_opens() {
    let home = tempfile::tempdir().unwrap();
    drop(made(home.path()));
    let nowhere = ["env", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus"];
    let said = child(&nowhere, "key-store", home.path());
    assert_eq!(said, ["vault.keystore-unavailable Environment", "no slot", "opened 1"]);
}

#[test]
fn a_space_of_a_newer_version_is_left_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let desktop = made(home.path());
    for name in ["space.json", "space.json.bak"] {
        let path = home.path().join("space").join(name);
        if let Ok(text) = fs::read_to_string(&path) {
            let newer =
                text.replace("\"version\":1", "\"version\":99").replace("\"version\": 1", "\"version\": 99");
            assert_ne!(newer, text, "{name}");
            fs::write(path, newer).unwrap();
        }
    }
    let before = bytes_of(&home.path().join("space"));
    let error = unlock(&desktop, secret()).unwrap_err();
    assert_eq!(told(&error, error.fault()), "vault.newer-version");
    assert_eq!(bytes_of(&home.path().join("space")), before);
    assert_ne!(ShellState::of(&desktop).space, SpaceState::Open);
}

#[test]
fn a_damaged_space_is_said_to_be_damaged_and_nobody_writes_over_it() {
    let home = tempfile::tempdir().unwrap();
    let desktop = made(home.path());
    let space = home.path().join("space");
    let database = fs::read_dir(&space).unwrap().flatten().map(|entry| entry.path());
    let database = database.max_by_key(|path| fs::metadata(path).unwrap().len()).unwrap();
    let whole = fs::read(&database).unwrap();
    let mut damaged = whole.clone();
    for byte in damaged.iter_mut().skip(4096).step_by(512) {
        *byte ^= 0xff;
    }
    fs::write(&database, &damaged).unwrap();
    let error =
        unlock(&desktop, secret()).and_then(|()| desktop.wallet()?.cards(None, None, 10)).unwrap_err();
    assert_eq!(told(&error, Fault::Environment), "vault.damaged");
    lock(&desktop);
    // Whoever has the file from before puts it back and has everything.
    fs::write(&database, &whole).unwrap();
    unlock(&desktop, secret()).unwrap();
    assert_eq!(count(&desktop.wallet().unwrap()), 1);
    lock(&desktop);
    for name in ["space.json", "space.json.bak"] {
        fs::write(space.join(name), "{").unwrap();
    }
    let error = unlock(&desktop, secret()).unwrap_err();
    assert_eq!(told(&error, Fault::Environment), "vault.space-damaged");
}

#[test]
fn a_file_above_100_mib_is_refused_before_it_is_read_and_one_that_grows_meanwhile_too() {
    let home = tempfile::tempdir().unwrap();
    let desktop = made(home.path());
    unlock(&desktop, secret()).unwrap();
    let wallet = desktop.wallet().unwrap();
    let large = home.path().join("archive.zip");
    File::create(&large).unwrap().set_len(100 * 1024 * 1024 + 1).unwrap();
    let intake = Intake::default();
    let waiting = intake.files("main", vec![large]);
    let comer = intake.find(&waiting[0].token).unwrap();
    let read = std::cell::Cell::new(0);
    let error = keep(&wallet, &comer, (None, None), &|done| read.set(done)).err().unwrap();
    assert_eq!(told(&error, Fault::User), "holding.too-large");
    assert_eq!(read.get(), 0, "it was read all the same");
    assert_eq!(count(&wallet), 1);
    import(&wallet, "after", 10).unwrap();
    assert_eq!(count(&wallet), 2);
}

#[test]
fn a_broken_picture_is_said_to_be_broken_and_can_be_kept_as_a_file() {
    let home = tempfile::tempdir().unwrap();
    let desktop = made(home.path());
    unlock(&desktop, secret()).unwrap();
    let wallet = desktop.wallet().unwrap();
    let picture = home.path().join("photo.png");
    fs::write(&picture, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR broken from here on").unwrap();
    let intake = Intake::default();
    let waiting = intake.files("main", vec![picture]);
    let comer = intake.find(&waiting[0].token).unwrap();
    let client = Client::new(Rules::default()).unwrap();
    let Look::Preview(preview) = look(&wallet, &Words::of(Lang::En).unwrap(), &comer, &client).unwrap()
    else {
        panic!("no preview")
    };
    let broken = preview.picture.expect("what is wrong with it");
    assert!(!broken.what.is_empty() && !broken.now.is_empty(), "{broken:?}");
    keep(&wallet, &comer, (None, None), &|_| {}).unwrap();
    assert_eq!(count(&wallet), 2);
}

#[test]
fn a_network_that_is_down_or_refuses_is_told_from_one_that_answers_wrongly() {
    use NetError::*;
    let here = [NoSuchHost, Unreachable, Proxy, TimedOut, Cut, Busy];
    let theirs = [
        BadAddress,
        NotEncrypted,
        OddPort,
        PrivateAddress,
        Certificate,
        Tls,
        Redirected,
        TooLarge,
        Garbled,
        Status,
        BadRelay,
    ];
    let own = [Cancelled, BadRoots, BadProxy, MistypedRelay, RelayNotListed, BadOrigin];
    assert_eq!(here.len() + theirs.len() + own.len(), NetError::ALL.len());
    for (errors, fault) in
        [(&here[..], Fault::Environment), (&theirs[..], Fault::Peer), (&own[..], Fault::User)]
    {
        for error in errors {
            told(&Error::from(*error), fault);
        }
    }
    // Whoever reads the one knows that it is not the other.
    for lang in Lang::ALL {
        let what = |error: &NetError| Failure::of(&Error::from(*error), lang).what;
        let down: Vec<String> = here.iter().map(what).collect();
        for error in &theirs {
            assert!(!down.contains(&what(error)), "{error:?} in {lang:?} reads as a network that is down");
        }
    }
}

#[test]
fn a_trust_list_that_is_broken_is_told_as_that() {
    let mut world = World::new();
    world.walk();
    world.resident.close();
    let broken = "UPDATE trust SET text = 'broken'";
    let raw = chop_tests::raw::raw(world.resident.folder(), world.resident.key()).unwrap();
    raw.execute_batch(broken).unwrap();
    drop(raw);
    world.resident.reopen();
    let wallet: &Wallet = &world.resident;
    let code = wallet.trust().err().unwrap().code();
    assert_ne!(code, "trust.not-yet-issued");
    // Who holds what is told all the same, under the name that was agreed to, and nobody is vouched for.
    let rows = people::list(wallet, Lang::En).unwrap();
    assert_eq!((rows[0].name.as_str(), rows[0].trust), ("Sample Hospital", Trust::Broken));
    let id = wallet.recipients().unwrap()[0].client_id.clone();
    assert_eq!(people::view(wallet, &id, Lang::En).unwrap().row.trust, Trust::Broken);
    // Whom no record names is called as it was shown.
    let other = names::of(wallet, None, &id, "Shown", Lang::ZhHant).unwrap();
    assert_eq!(other, "Shown");
}

#[test]
fn a_clock_that_went_back_makes_no_time_negative_and_revives_nothing() {
    let world = World::new();
    let walked = world.walk();
    let wallet = &world.resident;
    let before = people::list(wallet, Lang::En).unwrap();
    world.clock.move_by(-3 * 86_400);
    let after = people::list(wallet, Lang::En).unwrap();
    assert_eq!(after[0].holds_until, before[0].holds_until);
    // A list of the future judges nobody; who holds what is told all the same.
    assert_eq!(after[0].trust, Trust::Unjudged);
    let import = import(wallet, "later", 10);
    import.unwrap();
    let one = detail::view(wallet, &walked.given, Lang::En).unwrap();
    assert!(one.elapsed >= 0 && one.steps.iter().all(|step| step.since >= 0));
    // What is used up stays used up, and the record is whole.
    let again = world.hospital.again(&walked.taken).is_ok();
    assert!(again, "what was taken can be shown again");
    assert!(wallet.consents().unwrap().iter().all(|consent| consent.uses == consent.max_uses));
    assert_eq!(wallet.audit(&mut |_, _| ()).unwrap().flaws, []);
}

#[test]
#[ignore = "the child of the tests above"]
fn child_process() {
    let mut lines = std::io::stdin().lines();
    let home = PathBuf::from(lines.next().unwrap().unwrap());
    let desktop = desktop(&home);
    match lines.next().unwrap().unwrap().as_str() {
        "full-disk" => fill(&home, &desktop),
        "key-store" => {
            unlock(&desktop, secret()).unwrap();
            let wallet = desktop.wallet().unwrap();
            say_error(&set_key_store(&wallet, true).unwrap_err());
            drop(wallet);
            lock(&desktop);
            say(if ShellState::of(&desktop).has_key_store { "a slot" } else { "no slot" });
            open(&desktop);
        }
        _ => open(&desktop),
    }
}

fn open(desktop: &Desktop) {
    match unlock(desktop, secret()) {
        Ok(()) => say(&format!("opened {}", count(&desktop.wallet().unwrap()))),
        Err(error) => say_error(&error),
    }
    lock(desktop);
}

fn fill(home: &Path, desktop: &Desktop) {
    unlock(desktop, secret()).unwrap();
    let wallet = desktop.wallet().unwrap();
    let error = (0..1_000).find_map(|n| import(&wallet, &format!("file {n}"), 100_000).err()).unwrap();
    say_error(&error);
    let kept = count(&wallet);
    // Until the last bytes are gone as well.
    let mut filler = File::create(home.join("filler")).unwrap();
    while filler.write_all(&[0; 512]).is_ok() {}
    let backup = home.join("my.chop-backup");
    let failed = back_up(&wallet, &backup, &secret()).unwrap_err();
    assert!(!backup.exists() && !home.join("my.chop-backup.part").exists());
    say(&format!("backup {}", failed.code()));
    // Settings that cannot be kept are no reason to stop.
    desktop.change_settings(|settings| settings.lock_minutes = 1);
    drop(wallet);
    lock(desktop);
    unlock(desktop, secret()).unwrap();
    let wallet = desktop.wallet().unwrap();
    assert_eq!(count(&wallet), kept);
    assert_eq!(wallet.audit(&mut |_, _| ()).unwrap().flaws, []);
    // Room again: the next one is kept.
    drop(filler);
    fs::remove_file(home.join("filler")).unwrap();
    say("nothing is lost");
}

fn say_error(error: &Error) {
    told(error, error.fault());
    say(&format!("{} {:?}", error.code(), error.fault()));
}

#[expect(clippy::print_stdout, reason = "the parent listens")]
fn say(what: &str) {
    println!("@{what}");
    std::io::stdout().flush().unwrap();
}

/// What a child says that runs in `wrapper`, over the folder `home`.
fn child(wrapper: &[&str], act: &str, home: &Path) -> Vec<String> {
    let program = std::env::current_exe().unwrap();
    let mut words: Vec<&str> = wrapper.to_vec();
    words.push(program.to_str().unwrap());
    let mut child = Command::new(words[0])
        .args(&words[1..])
        .args(["faults_tests::child_process", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{}\n{act}", home.display()).unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let said = lines.filter_map(|line| line.split_once('@').map(|(_, said)| said.to_owned())).collect();
    assert!(child.wait().unwrap().success(), "{said:?}");
    said
}

fn bytes_of(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let mut files: Vec<_> =
        files.filter(|path| path.is_file()).map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    files.sort();
    files
}
