//! The software key store: private keys in one sealed file, anchors in another, both outside the
//! space's folder.
//!
//! ```text
//! PATH          "CHOPKEYS" 1 ‖ seal(key, "chop/1/keystore", id(16) ‖ purpose(1) ‖ private(32) …)
//! PATH.anchors  sectors of 512 bytes, two for each log, written in turn:
//!               seal(key, "chop/1/anchor" ‖ sector, origin(32) ‖ turn(8) ‖ size(8) ‖ root(32))
//! ```
//!
//! The key of both lies in the vault, so they are readable only while the space is open; the files
//! lie elsewhere, so that somebody who puts an older folder back does not put an older anchor back.
//! Keys change rarely and are rewritten whole; an anchor is written at every release, so it goes in
//! place, with one sync, into the sector that does not hold the last one: a write that is cut short
//! leaves the one before.
//!
//! Two folders of one space, as after a restore beside it, share a store. So whoever writes holds the lock
//! of the anchors' file, which is never renamed, and reads first what the other wrote; keys are only
//! added to what is there.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chop_crypto::{
    Anchor, CryptoError, Digest, KeyId, KeyPurpose, KeyRef, Keystore, Random, Secret, SecretBytes, Signature,
    SigningDomain, SoftwareKeys, hmac_sha256, open, seal,
};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::disk::{private_options, read_bounded, sync_folder, write_durably};

/// Keys and anchors in files. `Debug` shows neither.
pub struct FileKeystore {
    path: PathBuf,
    random: Arc<dyn Random>,
    /// Nothing once it is locked.
    state: Mutex<Option<State>>,
}

struct State {
    key: Secret<32>,
    keys: SoftwareKeys,
    anchors: File,
}

impl FileKeystore {
    /// Makes the two files; `path` must not be there, its folder must.
    ///
    /// # Errors
    /// [`VaultError::Exists`], and what writing can give.
    pub fn create(path: &Path, key: Secret<32>, random: Arc<dyn Random>) -> Result<Self, VaultError> {
        if path.exists() || anchors_path(path).exists() {
            return Err(VaultError::Exists);
        }
        let store = Self::around(path, key, random, SoftwareKeys::default())?;
        store.alone(|state| store.save(state))?;
        Ok(store)
    }

    /// Brings back keys that [`FileKeystore::dangerous_export`] gave. A store that is there keeps its keys
    /// and anchors and gets those that it lacks: it may be younger than the backup, or older.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`] when the store that is there is another's, [`VaultError::Damaged`] for
    /// bytes that are no keys, and what writing can give. It may be done again then.
    pub fn bring_back(
        path: &Path,
        key: Secret<32>,
        random: Arc<dyn Random>,
        exported: &SecretBytes,
    ) -> Result<Self, VaultError> {
        // Anchors alone are what a full disk left of an earlier try.
        let store = Self::around(path, key, random, SoftwareKeys::default())?;
        store.alone(|state| {
            store.read_again(state)?;
            add_body(&mut state.keys, exported)?;
            store.save(state)
        })?;
        Ok(store)
    }

    /// Opens what [`FileKeystore::create`] made.
    ///
    /// # Errors
    /// [`VaultError::Missing`] when the file is not there, [`VaultError::WrongKey`] when `key` is not
    /// its key or it was changed, [`VaultError::NewerVersion`].
    pub fn open(path: &Path, key: Secret<32>, random: Arc<dyn Random>) -> Result<Self, VaultError> {
        let body = read_keys(path, &key)?.ok_or(VaultError::Missing)?;
        let mut keys = SoftwareKeys::default();
        add_body(&mut keys, &body)?;
        Self::around(path, key, random, keys)
    }

    /// Every private key, for a sealed backup and nothing else.
    ///
    /// # Errors
    /// [`VaultError::KeystoreUnavailable`].
    pub fn dangerous_export(&self) -> Result<SecretBytes, VaultError> {
        self.with(|state| Ok(SecretBytes::new(to_body(&state.keys).to_vec())))
    }

    /// Zeroes every key in memory, as the vault does when it is locked. Nothing works from then on.
    pub fn lock(&self) {
        // A thread that fell over with the lock in its hand leaves no reason to keep the keys.
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *state = None;
    }

    /// The store of `keys`, which need not be written yet; its anchors are opened or made.
    fn around(
        path: &Path,
        key: Secret<32>,
        random: Arc<dyn Random>,
        keys: SoftwareKeys,
    ) -> Result<Self, VaultError> {
        let anchors = open_anchors(&anchors_path(path))?;
        Ok(Self { path: path.to_owned(), random, state: Mutex::new(Some(State { key, keys, anchors })) })
    }

    fn with<T, E: From<CryptoError>>(&self, work: impl FnOnce(&mut State) -> Result<T, E>) -> Result<T, E> {
        let mut state = self.state.lock().map_err(|_| CryptoError::KeystoreUnavailable)?;
        work(state.as_mut().ok_or(CryptoError::KeystoreUnavailable)?)
    }

    /// As [`Self::with`], while no other handle of the files, of this process or another, writes them.
    fn alone<T>(&self, work: impl FnOnce(&mut State) -> Result<T, VaultError>) -> Result<T, VaultError> {
        self.with(|state| {
            state.anchors.lock()?;
            let worked = work(state);
            // Closing the file would let go of it too; a child that was started just now may hold a copy.
            state.anchors.unlock()?;
            worked
        })
    }

    /// Adds the keys that another handle wrote since.
    fn read_again(&self, state: &mut State) -> Result<(), VaultError> {
        match read_keys(&self.path, &state.key)? {
            Some(body) => add_body(&mut state.keys, &body),
            None => Ok(()),
        }
    }

    fn save(&self, state: &State) -> Result<(), VaultError> {
        write_keys(&self.path, &state.key, self.random.as_ref(), &state.keys)
    }
}

impl Keystore for FileKeystore {
    fn generate(&self, purpose: KeyPurpose) -> Result<KeyRef, CryptoError> {
        let made = self.alone(|state| {
            self.read_again(state)?;
            let made = state.keys.generate(self.random.as_ref(), purpose)?;
            if let Err(error) = self.save(state) {
                state.keys.remove(&made.id);
                return Err(error);
            }
            Ok(made)
        });
        made.map_err(unavailable)
    }

    fn find(&self, id: &KeyId) -> Result<KeyRef, CryptoError> {
        self.with(|state| state.keys.find(id))
    }

    fn sign(&self, id: &KeyId, domain: SigningDomain, message: &[u8]) -> Result<Signature, CryptoError> {
        self.with(|state| state.keys.sign(id, domain, message))
    }

    fn delete(&self, id: &KeyId) -> Result<(), CryptoError> {
        let deleted = self.alone(|state| {
            self.read_again(state)?;
            if state.keys.remove(id) { self.save(state) } else { Ok(()) }
        });
        deleted.map_err(unavailable)
    }

    fn anchor(&self, origin: &str) -> Result<Option<Anchor>, CryptoError> {
        let found = self.alone(|State { key, anchors, .. }| {
            let known = read_anchors(anchors, key)?;
            Ok(known.get(&origin_name(key, origin)).map(|known| known.anchor))
        });
        found.map_err(unavailable)
    }

    fn set_anchor(&self, origin: &str, anchor: Anchor) -> Result<(), CryptoError> {
        let set = self.alone(|State { key, anchors, .. }| {
            write_anchor(anchors, origin_name(key, origin), anchor, key, self.random.as_ref())
        });
        set.map_err(unavailable)
    }

    fn outlives_vault(&self) -> bool {
        true
    }
}

impl std::fmt::Debug for FileKeystore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKeystore(hidden)")
    }
}

#[derive(Clone, Copy)]
struct Known {
    /// The pair of sectors: `2 · pair` and `2 · pair + 1`.
    pair: u64,
    /// Counts writes; its lowest bit says which of the two sectors holds this one.
    turn: u64,
    anchor: Anchor,
}

/// The file of anchors, made if it is not there.
fn open_anchors(path: &Path) -> Result<File, VaultError> {
    match OpenOptions::new().read(true).write(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        other => return Ok(other?),
    }
    let file = private_options().read(true).write(true).create(true).truncate(false).open(path)?;
    file.sync_all()?;
    sync_folder(path)?;
    Ok(file)
}

/// The last anchor of each log, as the file says now: another handle may have written since.
fn read_anchors(mut file: &File, key: &Secret<32>) -> Result<BTreeMap<Digest, Known>, VaultError> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(MAX_SECTORS * SECTOR_BYTES).read_to_end(&mut bytes)?;
    let mut known: BTreeMap<Digest, Known> = BTreeMap::new();
    for (at, sector) in (0..).zip(bytes.as_chunks::<SECTOR>().0) {
        // A sector that does not open is one whose writing was cut short: its twin holds.
        if let Some((name, read)) = read_sector(sector, at, key)
            && known.get(&name).is_none_or(|other| other.turn < read.turn)
        {
            known.insert(name, read);
        }
    }
    Ok(known)
}

fn write_anchor(
    mut file: &File,
    name: Digest,
    anchor: Anchor,
    key: &Secret<32>,
    random: &dyn Random,
) -> Result<(), VaultError> {
    let known = read_anchors(file, key)?;
    let next = match known.get(&name) {
        Some(last) => Known { pair: last.pair, turn: last.turn.saturating_add(1), anchor },
        None => {
            Known { pair: known.values().map(|known| known.pair + 1).max().unwrap_or(0), turn: 0, anchor }
        }
    };
    let at = 2 * next.pair + next.turn % 2;
    if at >= MAX_SECTORS {
        return Err(VaultError::TooLarge);
    }
    let bytes = write_sector(&name, &next, at, key, random)?;
    file.seek(SeekFrom::Start(at * SECTOR_BYTES))?;
    file.write_all(&bytes)?;
    Ok(file.sync_data()?)
}

fn write_sector(
    name: &Digest,
    known: &Known,
    at: u64,
    key: &Secret<32>,
    random: &dyn Random,
) -> Result<[u8; SECTOR], VaultError> {
    let Known { pair: _, turn, anchor: Anchor { size, root } } = known;
    let text = [name.as_slice(), &turn.to_be_bytes(), &size.to_be_bytes(), root].concat();
    let sealed = seal(random, key, &sector_context(at), &text)?;
    let mut sector = [0; SECTOR];
    for (to, from) in sector.iter_mut().zip(sealed) {
        *to = from;
    }
    Ok(sector)
}

fn read_sector(sector: &[u8; SECTOR], at: u64, key: &Secret<32>) -> Option<(Digest, Known)> {
    let text = open(key, &sector_context(at), sector.get(..SEALED_ANCHOR)?).ok()?;
    // EXPOSE: an anchor is no secret once its file is open; it is sealed against reading and change.
    let (name, rest) = text.expose().split_first_chunk::<32>()?;
    let (turn, rest) = rest.split_first_chunk::<8>()?;
    let (size, root) = rest.split_first_chunk::<8>()?;
    let anchor = Anchor { size: u64::from_be_bytes(*size), root: root.try_into().ok()? };
    Some((*name, Known { pair: at / 2, turn: u64::from_be_bytes(*turn), anchor }))
}

fn sector_context(at: u64) -> Vec<u8> {
    [b"chop/1/anchor".as_slice(), &at.to_be_bytes()].concat()
}

/// A log's name in the file: the file tells nobody which log it is about.
fn origin_name(key: &Secret<32>, origin: &str) -> Digest {
    // EXPOSE: keys the hash of the name.
    hmac_sha256(key.expose(), &[b"chop/1/anchor-origin", origin.as_bytes()])
}

/// The body of the file of keys, opened; nothing if there is no such file.
fn read_keys(path: &Path, key: &Secret<32>) -> Result<Option<SecretBytes>, VaultError> {
    let Some(bytes) = read_bounded(path, MAX_BYTES)? else { return Ok(None) };
    let (magic, rest) = bytes.split_first_chunk::<8>().ok_or(VaultError::Damaged)?;
    let sealed = match (magic, rest.split_first()) {
        (MAGIC, Some((&VERSION, sealed))) => sealed,
        (MAGIC, Some(_)) => return Err(VaultError::NewerVersion),
        _ => return Err(VaultError::Damaged),
    };
    Ok(Some(open(key, KEYS_CONTEXT, sealed).map_err(|_| VaultError::WrongKey)?))
}

fn write_keys(
    path: &Path,
    key: &Secret<32>,
    random: &dyn Random,
    keys: &SoftwareKeys,
) -> Result<(), VaultError> {
    let sealed = seal(random, key, KEYS_CONTEXT, &to_body(keys))?;
    write_durably(path, &[MAGIC.as_slice(), &[VERSION], &sealed].concat())
}

fn to_body(keys: &SoftwareKeys) -> Zeroizing<Vec<u8>> {
    let count = keys.dangerous_private_keys().count();
    let mut body = Zeroizing::new(Vec::with_capacity(count * KEY_BYTES));
    for (key, private) in keys.dangerous_private_keys() {
        body.extend_from_slice(&key.id.0);
        body.push(key.purpose.number());
        // EXPOSE: sealed by whoever asked for the body.
        body.extend_from_slice(private.expose());
    }
    body
}

/// Adds the keys of a body to `keys`; those that are there already are not made again.
fn add_body(keys: &mut SoftwareKeys, body: &SecretBytes) -> Result<(), VaultError> {
    // EXPOSE: read back into keys.
    let (records, []) = body.expose().as_chunks::<KEY_BYTES>() else {
        return Err(VaultError::Damaged);
    };
    for record in records {
        let (id, rest) = record.split_first_chunk::<16>().ok_or(VaultError::Damaged)?;
        let (purpose, private) = rest.split_first().ok_or(VaultError::Damaged)?;
        let purpose = KeyPurpose::from_number(*purpose).ok_or(VaultError::NewerVersion)?;
        let private = Secret::from_slice(private).ok_or(VaultError::Damaged)?;
        if keys.find(&KeyId(*id)).is_err() {
            keys.insert(KeyId(*id), purpose, private).map_err(|_| VaultError::Damaged)?;
        }
    }
    Ok(())
}

fn unavailable(_: VaultError) -> CryptoError {
    CryptoError::KeystoreUnavailable
}

fn anchors_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".anchors");
    PathBuf::from(name)
}

const MAGIC: &[u8; 8] = b"CHOPKEYS";
const VERSION: u8 = 1;
const KEYS_CONTEXT: &[u8] = b"chop/1/keystore";
const KEY_BYTES: usize = 16 + 1 + 32;
/// Some twenty thousand keys.
const MAX_BYTES: u64 = 1024 * 1024;
/// What disks write whole.
const SECTOR: usize = 512;
const SECTOR_BYTES: u64 = 512;
/// Nonce, name, turn, size, root, tag.
const SEALED_ANCHOR: usize = 12 + 32 + 8 + 8 + 32 + 16;
/// Two for each log that this store ever anchored; logs change once a year.
const MAX_SECTORS: u64 = 4096;

#[cfg(test)]
mod tests {
    use super::*;
    use chop_crypto::{OsRandom, make_secret};

    fn anchor(size: u64) -> Anchor {
        Anchor { size, root: [u8::try_from(size % 251).unwrap(); 32] }
    }

    #[test]
    fn keys_and_anchors_survive_and_a_cut_write_leaves_the_one_before() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("keys");
        let key: Secret<32> = make_secret(&OsRandom).unwrap();
        let again = || FileKeystore::open(&path, key.duplicate(), Arc::new(OsRandom));
        let store = FileKeystore::create(&path, key.duplicate(), Arc::new(OsRandom)).unwrap();
        let kept = store.generate(KeyPurpose::Consent).unwrap();
        let gone = store.generate(KeyPurpose::Log).unwrap();
        store.delete(&gone.id).unwrap();
        for size in 0..5 {
            store.set_anchor("chop.invalid/a", anchor(size)).unwrap();
            store.set_anchor("chop.invalid/b", anchor(size + 100)).unwrap();
        }
        drop(store);
        let store = again().unwrap();
        assert_eq!(store.find(&kept.id), Ok(kept));
        assert_eq!(store.find(&gone.id).err(), Some(CryptoError::NoSuchKey));
        assert!(store.sign(&kept.id, SigningDomain::Grant, b"m").is_ok());
        assert_eq!(store.anchor("chop.invalid/a"), Ok(Some(anchor(4))));
        assert_eq!(store.anchor("chop.invalid/b"), Ok(Some(anchor(104))));
        assert_eq!(store.anchor("chop.invalid/c"), Ok(None));
        // Turn 4 lies in the first sector: half a sector of rubbish leaves turn 3.
        let mut bytes = std::fs::read(anchors_path(&path)).unwrap();
        bytes[..100].fill(0xEE);
        std::fs::write(anchors_path(&path), &bytes).unwrap();
        assert_eq!(again().unwrap().anchor("chop.invalid/a"), Ok(Some(anchor(3))));
    }

    #[test]
    fn wrong_key_changed_bytes_and_an_existing_file_are_refused() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("keys");
        let key: Secret<32> = make_secret(&OsRandom).unwrap();
        let store = FileKeystore::create(&path, key.duplicate(), Arc::new(OsRandom)).unwrap();
        let made = store.generate(KeyPurpose::Item).unwrap();
        let taken = FileKeystore::create(&path, key.duplicate(), Arc::new(OsRandom));
        assert_eq!(taken.err(), Some(VaultError::Exists));
        let other = FileKeystore::open(&path, Secret::new([0; 32]), Arc::new(OsRandom));
        assert_eq!(other.err(), Some(VaultError::WrongKey));
        let moved = home.path().join("moved");
        let exported = store.dangerous_export().unwrap();
        let copy = FileKeystore::bring_back(&moved, key.duplicate(), Arc::new(OsRandom), &exported).unwrap();
        assert_eq!(copy.find(&made.id), Ok(made));
        let mut bytes = std::fs::read(&path).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let changed = FileKeystore::open(&path, key, Arc::new(OsRandom));
        assert_eq!(changed.err(), Some(VaultError::WrongKey));
        assert_eq!(format!("{store:?}"), "FileKeystore(hidden)");
        store.lock();
        assert_eq!(store.find(&made.id), Err(CryptoError::KeystoreUnavailable));
        assert!(store.generate(KeyPurpose::Item).is_err() && store.dangerous_export().is_err());
        #[cfg(unix)]
        for file in [path.clone(), anchors_path(&path)] {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
