//! Taking something in: looked at first, judged, kept with a line in the record.

use std::io::{Cursor, Read};

use chop_formats::ips::IpsBundle;
use chop_formats::jose::jwk;
use chop_formats::log_entry::EntryKind;
use chop_formats::sd_jwt_vc::UnverifiedCredential;
use chop_model::{ItemId, UnixTime};
use chop_vault::table::item::{self, ItemState, Seal, Shelf};
use chop_vault::table::version::{self, NewVersion};
use chop_vault::{Read as Space, Tx, search};
use serde_json::Value;

use super::catalogued::claims_of;
use super::{Form, ITEM_VCT, Own};
use crate::journal::Entry;
use crate::keys;
use crate::{Error, Result, Wallet, WalletError};

/// Largest file that a space takes, in bytes: 100 MiB.
pub const MAX_FILE_BYTES: u64 = 100 << 20;
/// Largest credential, bundle or record, in bytes.
const MAX_TEXT_BYTES: u64 = 2 << 20;

/// Something to take in.
pub struct Import<'a> {
    /// Its form; found out by looking where it is not said.
    pub form: Option<Form>,
    /// Title on the card; one is made otherwise.
    pub title: Option<&'a str>,
    /// File name, for its last part and its type.
    pub name: &'a str,
    /// Bytes to come.
    pub size: u64,
    /// Where they come from.
    pub bytes: &'a mut dyn Read,
}

/// What was taken in, as its card shows it.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Its id.
    pub id: ItemId,
    /// Its form.
    pub form: Form,
    /// Its type.
    pub doc_type: String,
    /// Its title.
    pub title: String,
    /// Who signed it; empty where nobody did.
    pub issuer: String,
    /// What its seal says.
    pub seal: Seal,
    /// Why, as a stable word.
    pub seal_reason: String,
}

/// Something that was looked at and not kept.
#[derive(Clone)]
pub struct Incoming {
    /// Its form.
    pub form: Form,
    /// Its type.
    pub doc_type: String,
    /// The title that its card would have.
    pub title: String,
    /// Who signed it; empty where nobody did.
    pub issuer: String,
    /// What its seal says.
    pub seal: Seal,
    /// Why, as a stable word.
    pub seal_reason: String,
    /// When it lapses.
    pub expires_at: Option<UnixTime>,
    /// What it says; nothing for a file.
    pub claims: serde_json::Map<String, Value>,
}

/// What somebody is about to take in is nobody's business in a log.
impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Incoming({})", self.form.name())
    }
}

/// What looking at the bytes told.
struct Looked {
    form: Form,
    doc_type: String,
    title: String,
    issuer: String,
    expires_at: Option<UnixTime>,
    seal: Seal,
    seal_reason: String,
    /// Words to find it by, beside title and issuer.
    words: Vec<String>,
    mime: String,
    /// The whole content of everything but a file.
    text: Option<Vec<u8>>,
}

impl Wallet {
    /// Takes something in.
    ///
    /// # Errors
    /// The fault of its form; `holding.foreign-key` for a credential that is bound to a key which
    /// this wallet does not have; `vault.too-large`.
    pub fn import(&self, import: Import<'_>) -> Result<Imported> {
        let id = ItemId::make(self.ports.random.as_ref())?;
        self.take_in(id, 1, EntryKind::Imported, import)
    }

    /// Looks at something as [`Wallet::import`] would, and keeps nothing of it.
    ///
    /// # Errors
    /// As [`Wallet::import`].
    pub fn look_at(&self, mut import: Import<'_>) -> Result<Incoming> {
        let looked = self.examine(&mut import, &mut Vec::new())?;
        let Looked { form, doc_type, title, issuer, expires_at, seal, seal_reason, text, .. } = looked;
        let claims = match text {
            Some(text) => claims_of(form, std::str::from_utf8(&text).map_err(|_| WalletError::UnknownForm)?)?,
            None => serde_json::Map::new(),
        };
        Ok(Incoming { form, doc_type, title, issuer, seal, seal_reason, expires_at, claims })
    }

    /// Puts a newer version in place of a holding. The older ones are kept and can be shown.
    ///
    /// # Errors
    /// As [`Wallet::import`]; `holding.unknown`, `holding.erased`.
    pub fn replace(&self, id: &ItemId, import: Import<'_>) -> Result<Imported> {
        let old = self.item(id)?;
        if old.row.state == ItemState::Erased {
            return Err(WalletError::ErasedItem.into());
        }
        let Import { form, title, name, size, bytes } = import;
        let title = title.or(Some(old.row.title.as_str()));
        let import = Import { form, title, name, size, bytes };
        self.take_in(*id, old.row.version + 1, EntryKind::Replaced, import)
    }

    fn take_in(&self, id: ItemId, no: u32, kind: EntryKind, mut import: Import<'_>) -> Result<Imported> {
        let mut start = Vec::new();
        let looked = self.examine(&mut import, &mut start)?;
        let now = self.ports.clock.now();
        let entry = Entry::new(kind, &self.ports).text("item", &id.to_string());
        self.record("import", entry, |tx, entry| {
            let new =
                NewVersion { item: id, no, added_at: now, mime: &looked.mime, name: base_name(import.name) };
            let mut row = row_of(id, no, now, &looked, self.ports.random.as_ref())?;
            entry.was(item::find(tx, &id)?.map(|row| row.fact()));
            write_item(tx, &mut row, no)?;
            let kept = match &looked.text {
                Some(text) => version::insert(tx, &new, text, self.ports.random.as_ref())?,
                None => {
                    let mut file = Cursor::new(&start).chain(import.bytes);
                    version::insert_file(tx, &new, import.size, &mut file, self.ports.random.as_ref())?
                }
            };
            let words: Vec<_> = looked.words.iter().map(String::as_str).collect();
            search::index(tx, row.row, &row.title, &row.issuer, &words)?;
            entry.commits(row.fact());
            entry.commits(kept.fact());
            Ok(())
        })?;
        let Looked { form, doc_type, title, issuer, seal, seal_reason, .. } = looked;
        Ok(Imported { id, form, doc_type, title, issuer, seal, seal_reason })
    }

    /// Looks at what comes in. What was read of a file to look at it is left in `start`.
    fn examine(&self, import: &mut Import<'_>, start: &mut Vec<u8>) -> Result<Looked> {
        if import.size > MAX_FILE_BYTES {
            return Err(WalletError::TooLarge.into());
        }
        // Only what is small can be anything but a file; it is read whole to look at it.
        if import.form == Some(Form::File) || import.size > MAX_TEXT_BYTES {
            return match import.form {
                None | Some(Form::File) => Ok(file(import)),
                Some(_) => Err(WalletError::TooLarge.into()),
            };
        }
        let mut bytes = Vec::new();
        import
            .bytes
            .take(MAX_TEXT_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(chop_vault::VaultError::from)?;
        match import.form.unwrap_or_else(|| Form::of(&bytes)) {
            Form::SdJwt => self.credential(&bytes, import.title),
            Form::Ips => summary(bytes, import.title),
            Form::Record => record(bytes, import.title),
            Form::File => {
                *start = bytes;
                Ok(file(import))
            }
        }
    }

    fn credential(&self, bytes: &[u8], title: Option<&str>) -> Result<Looked> {
        let text = std::str::from_utf8(bytes).map_err(|_| WalletError::UnknownForm)?.trim();
        let unverified = UnverifiedCredential::parse(text)?;
        let held = chop_formats::sd_jwt::Held::read(text)?;
        if let Some(key) = held.holder_key() {
            self.credential_key(key)?.ok_or(WalletError::ForeignKey)?;
        }
        let claims = held.claims();
        let vct = claims.get("vct").and_then(Value::as_str).ok_or(WalletError::UnknownForm)?.to_owned();
        let judged = self.judge_seal(unverified);
        Ok(Looked {
            form: Form::SdJwt,
            title: title.map_or_else(|| vct.clone(), str::to_owned),
            expires_at: claims.get("exp").and_then(Value::as_i64).map(UnixTime),
            issuer: judged.issuer(),
            seal: judged.seal,
            seal_reason: judged.reason,
            words: strings_of(claims),
            mime: "application/dc+sd-jwt".into(),
            text: Some(text.as_bytes().to_vec()),
            doc_type: vct,
        })
    }

    /// The id of our key behind a credential's `cnf`, if it is ours.
    pub(crate) fn credential_key(
        &self,
        key: &chop_crypto::P256PublicKey,
    ) -> Result<Option<chop_crypto::KeyId>> {
        self.key_named(&keys::credential_name(&jwk::thumbprint(key)))
    }
}

/// The words that a holding is found by, beside title and issuer, as they follow from its content.
pub(crate) fn search_words(read: &Space<'_>, id: &ItemId, form: Form) -> Result<Vec<String>> {
    if form == Form::File {
        return Ok(Vec::new());
    }
    let text = super::view::body(read, id)?;
    Ok(match form {
        Form::SdJwt => strings_of(chop_formats::sd_jwt::Held::read(&text)?.claims()),
        Form::Ips => strings_of(&Value::Object(IpsBundle::read(text.as_bytes())?.as_claims())),
        Form::Record | Form::File => strings_of(&Value::Object(Own::read(text.as_bytes())?.claims().clone())),
    })
}

fn summary(bytes: Vec<u8>, title: Option<&str>) -> Result<Looked> {
    let bundle = IpsBundle::read(&bytes)?;
    let words = strings_of(&Value::Object(bundle.as_claims()));
    Ok(own(Form::Ips, title.unwrap_or("IPS"), words, "application/fhir+json", bytes))
}

fn record(bytes: Vec<u8>, title: Option<&str>) -> Result<Looked> {
    let own_claims = Own::read(&bytes)?;
    let words = strings_of(&Value::Object(own_claims.claims().clone()));
    let title =
        title.or_else(|| own_claims.claims().get("title").and_then(Value::as_str)).unwrap_or("record");
    let title = title.to_owned();
    Ok(own(Form::Record, &title, words, "application/json", bytes))
}

fn own(form: Form, title: &str, words: Vec<String>, mime: &str, bytes: Vec<u8>) -> Looked {
    Looked {
        form,
        doc_type: ITEM_VCT.into(),
        title: title.to_owned(),
        issuer: String::new(),
        expires_at: None,
        seal: Seal::SelfStated,
        seal_reason: "seal-stated-by-holder".into(),
        words,
        mime: mime.to_owned(),
        text: Some(bytes),
    }
}

/// A file: its bytes go straight from the source into sealed chunks.
fn file(import: &Import<'_>) -> Looked {
    let title = import.title.unwrap_or_else(|| base_name(import.name));
    Looked { text: None, ..own(Form::File, title, Vec::new(), mime_of(import.name), Vec::new()) }
}

fn row_of(
    id: ItemId,
    no: u32,
    now: UnixTime,
    looked: &Looked,
    random: &dyn chop_crypto::Random,
) -> Result<item::Row> {
    let salt: [u8; 32] = chop_crypto::make_array(random)?;
    Ok(item::Row {
        row: 0,
        id,
        shelf: if looked.form == Form::SdJwt { Shelf::Credential } else { Shelf::Data },
        format: looked.form.name().to_owned(),
        doc_type: looked.doc_type.clone(),
        title: looked.title.clone(),
        issuer: looked.issuer.clone(),
        state: ItemState::Active,
        version: no,
        created_at: now,
        updated_at: now,
        expires_at: looked.expires_at,
        seal: looked.seal,
        seal_reason: looked.seal_reason.clone(),
        salt: salt.to_vec(),
    })
}

fn write_item(tx: &Tx<'_>, row: &mut item::Row, no: u32) -> Result<()> {
    if no == 1 {
        row.row = item::insert(tx, row)?;
        return Ok(());
    }
    let old = item::find(tx, &row.id)?.ok_or_else(|| Error::from(WalletError::NoSuchItem))?;
    row.row = old.row;
    row.created_at = old.created_at;
    Ok(item::update(tx, row)?)
}

/// Every string in a tree of claims, short ones only: what one would search for.
fn strings_of(claims: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = vec![claims];
    while let Some(value) = rest.pop() {
        match value {
            Value::String(text) if text.chars().count() <= MAX_WORD_CHARS => found.push(text.clone()),
            Value::Array(items) => rest.extend(items),
            Value::Object(members) => {
                rest.extend(members.iter().filter(|(k, _)| *k != "cnf").map(|(_, v)| v))
            }
            _ => {}
        }
        if found.len() >= MAX_WORDS {
            break;
        }
    }
    found
}

const MAX_WORD_CHARS: usize = 200;
const MAX_WORDS: usize = 500;

/// The last part of a path in either system's writing.
fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// A media type by the ending of the name; it says what to open it with and is not relied on.
fn mime_of(name: &str) -> &'static str {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "pdf" => "application/pdf",
        "ofd" => "application/ofd",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "json" => "application/json",
        "txt" => "text/plain",
        _ => "application/octet-stream",
    }
}
