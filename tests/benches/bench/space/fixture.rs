//! Spaces of a known size. Their key lies beside them: they hold nothing of anybody.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use chop_crypto::{Argon2Cost, OsRandom, Secret, SecretBytes};
use chop_model::{ItemId, UnixTime};
use chop_vault::table::item::{self, ItemState, Seal, Shelf};
use chop_vault::table::log;
use chop_vault::table::version::{self, NewVersion};
use chop_vault::{FirstSlots, NewSpace, SpaceKind, Tx, Unlock, Vault, VaultError, search};

/// A space and its key.
pub(crate) struct Space {
    folder: PathBuf,
    pub(crate) key: Secret<32>,
}

impl Space {
    /// An empty one.
    pub(crate) fn create(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let new = NewSpace { kind: SpaceKind::Person, label: "bench".to_owned() };
        let first = FirstSlots {
            passphrase: SecretBytes::new(b"bench bench bench".to_vec()),
            cost: Argon2Cost::FLOOR,
        };
        let (vault, _) = Vault::create(folder, &new, &first, &OsRandom)?;
        let key = vault.dangerous_data_key()?;
        // EXPOSE: written beside the fixture, for the process that measures memory.
        fs::write(key_file(folder), key.expose())?;
        Ok(Self { folder: folder.to_owned(), key })
    }

    /// One that another process made.
    pub(crate) fn at(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let key = Secret::from_slice(&fs::read(key_file(folder))?).ok_or("no key")?;
        Ok(Self { folder: folder.to_owned(), key })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn open(&self) -> Result<Vault, VaultError> {
        Vault::open(&self.folder, Unlock::Key(&self.key))
    }
}

/// A space whose log has `count` entries.
pub(crate) fn with_leaves(folder: &Path, count: u64) -> Result<Space, Box<dyn Error>> {
    let space = Space::create(folder)?;
    in_parts(&space.open()?, count, |tx, at| log::append(tx, &at.to_be_bytes(), &OsRandom).map(drop))?;
    Ok(space)
}

/// A space with `count` items of a kilobyte, titled as people title things.
pub(crate) fn with_items(folder: &Path, count: u64) -> Result<Space, Box<dyn Error>> {
    let space = Space::create(folder)?;
    let shelf = |at: u64| if at.is_multiple_of(3) { Shelf::Credential } else { Shelf::Data };
    fill(&space.open()?, count, shelf)?;
    Ok(space)
}

/// Adds `count` items, each on the shelf that `shelf` names.
pub(crate) fn fill(vault: &Vault, count: u64, shelf: impl Fn(u64) -> Shelf) -> Result<(), VaultError> {
    in_parts(vault, count, |tx, at| add_item(tx, at, shelf(at)))
}

fn add_item(tx: &Tx<'_>, at: u64, shelf: Shelf) -> Result<(), VaultError> {
    let id = ItemId::make(&OsRandom)?;
    let came = UnixTime(1_700_000_000 + i64::try_from(at).unwrap_or_default() * 60);
    let (title, issuer) = (title(at), ISSUERS[at as usize % ISSUERS.len()]);
    let row = item::insert(
        tx,
        &item::Row {
            row: 0,
            id,
            shelf,
            format: "dc+sd-jwt".to_owned(),
            doc_type: "urn:chop:demo:transcript".to_owned(),
            title: title.clone(),
            issuer: issuer.to_owned(),
            state: ItemState::Active,
            version: 1,
            created_at: came,
            updated_at: came,
            expires_at: None,
            seal: Seal::Valid,
            seal_reason: String::new(),
            salt: vec![at as u8; 32],
        },
    )?;
    search::index(tx, row, &title, issuer, &["Chan Tai Man 陳大文", "2024"])?;
    let new = NewVersion { item: id, no: 1, added_at: came, mime: "application/dc+sd-jwt", name: "" };
    version::insert(tx, &new, &[b'x'; 1_000], &OsRandom).map(drop)
}

/// Runs `work` `count` times, some thousands a transaction.
fn in_parts(
    vault: &Vault,
    count: u64,
    work: impl Fn(&Tx<'_>, u64) -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    let mut at = 0;
    while at < count {
        let end = count.min(at + 8192);
        vault.write(|tx| (at..end).try_for_each(|at| work(tx, at)))?;
        at = end;
    }
    Ok(())
}

fn title(at: u64) -> String {
    format!("{} {at}", TITLES[at as usize % TITLES.len()])
}

fn key_file(folder: &Path) -> PathBuf {
    folder.with_extension("key")
}

const TITLES: &[&str] = &[
    "成绩单 Academic transcript",
    "營業執照 Business licence",
    "Resumo do doente",
    "病歷摘要 Patient summary",
    "身份證明 Identity card",
    "Certificado de registo criminal",
    "學位證書 Degree certificate",
    "疫苗接種記錄 Immunisation record",
];
const ISSUERS: &[&str] =
    &["澳門大學 University of Macau", "廣東省人民醫院", "The University of Hong Kong", "DSAL"];
