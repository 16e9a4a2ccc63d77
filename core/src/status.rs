//! Whether issuers still stand by what they signed: Token Status Lists, fetched by an edge, kept here.
//!
//! ```text
//! credential names (uri, idx)  →  StatusFetch(uri)  →  an edge fetches  →  take_status  →  table status_list
//! look / grant / accept        →  the list that is held  →  StatusNow
//! ```
//!
//! A list counts for a credential only if it is signed by the key that signed the credential, or by a
//! certificate of the same organisation under the same authority. A newer list is never replaced by an
//! older one: the draft leaves that open (protocol.md section 6 row 20), and whoever sits between could
//! make a revoked credential good again. For the same reason a list that has run out still revokes,
//! though it vouches for nothing.

use std::collections::BTreeMap;

use chop_crypto::P256PublicKey;
use chop_formats::frame::KeyBody;
use chop_formats::log_entry::EntryKind;
use chop_formats::sd_jwt_vc::{UnverifiedCredential, VerifiedCredential};
use chop_formats::status_list::{
    self, Status, StatusReference, StatusRule, UnverifiedStatusList, VerifiedStatusList,
};
use chop_formats::trust_list::TrustView;
use chop_formats::x509::{Role, VerifiedChain, verify_chain};
use chop_model::UnixTime;
use chop_vault::table::item::{self, ItemState};
use chop_vault::table::status_list as table;
use serde_json::Value;

use crate::holdings::Form;
use crate::journal::Entry;
use crate::{Result, Wallet};

/// A list to be fetched, by a plain GET of its address, without following redirects.
#[derive(Debug, Clone)]
pub struct StatusFetch {
    uri: String,
    issuers: Vec<VerifiedChain>,
}

impl StatusFetch {
    /// What to ask for (`Accept`).
    pub const MEDIA_TYPE: &str = status_list::MEDIA_TYPE;
    /// Bytes that the answer may have.
    pub const MAX_BYTES: usize = status_list::MAX_LIST_BYTES;

    /// The address.
    pub fn uri(&self) -> &str {
        &self.uri
    }
}

/// A list that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldStatusList {
    /// Its address.
    pub uri: String,
    /// When it was signed.
    pub issued: UnixTime,
    /// When it was last fetched.
    pub fetched_at: UnixTime,
}

/// What is known of a credential's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusNow {
    /// Its issuer names no list.
    NoList,
    /// Nothing that counts is held: status not checked.
    NotChecked,
    /// What the newest list says.
    Checked {
        /// The entry.
        status: Status,
        /// When the list was signed.
        as_of: UnixTime,
    },
}

impl StatusNow {
    /// Whether somebody still has to ask.
    pub fn is_unchecked(self) -> bool {
        self == Self::NotChecked
    }

    /// The issuer does not stand by it: revoked, or suspended.
    pub fn is_withdrawn(self) -> bool {
        matches!(self, Self::Checked { status: Status::Invalid | Status::Suspended, .. })
    }
}

impl Wallet {
    /// The lists that credentials held here name and that are missing, have run out, or are older than
    /// their issuer wants them to be; with `all`, every one.
    ///
    /// # Errors
    /// When the vault or a trust list cannot be read.
    pub fn statuses_due(&self, all: bool) -> Result<Vec<StatusFetch>> {
        let (trust, now) = (self.trust()?, self.ports.clock.now());
        let mut found = Found::new();
        for id in self.credentials()? {
            add(&mut found, &self.text_of(&id)?, &trust, now);
        }
        self.due(found, all)
    }

    /// The lists that the credentials behind a key name: to be fetched before [`Wallet::accept`] takes
    /// them, by a verifier that has a network. Nothing is kept or spent by asking.
    ///
    /// # Errors
    /// As [`Wallet::accept`], for a key that opens nothing.
    pub fn statuses_behind(&self, release: &KeyBody) -> Result<Vec<StatusFetch>> {
        let (trust, now) = (self.trust()?, self.ports.clock.now());
        let content = self.content_behind(release)?;
        let mut found = Found::new();
        for text in content.presentations.values().flatten() {
            add(&mut found, text, &trust, now);
        }
        self.due(found, false)
    }

    /// Takes what was fetched. The same list again only says that it is still the newest; its time of
    /// fetching moves on. Seals are judged again.
    ///
    /// # Errors
    /// `status.*`: signed by nobody who may, about another address, run out, damaged, or older than the
    /// one held; the one held stays.
    pub fn take_status(&self, fetch: &StatusFetch, bytes: &[u8]) -> Result<HeldStatusList> {
        let (trust, now) = (self.trust()?, self.ports.clock.now());
        let text = std::str::from_utf8(bytes).map_err(|_| StatusRule::NotAList)?;
        let list = verify_for(text, fetch, &trust, now)?;
        let held = self.vault.read(|read| table::find(read, &fetch.uri))?;
        let row = match held {
            Some(held) if held.iat > list.issued() => return Err(StatusRule::Older.into()),
            // One second has one list: another one signed in the same second replaces nothing.
            Some(held) if held.iat == list.issued() => table::Row { fetched_at: now, ..held },
            _ => table::Row {
                uri: fetch.uri.clone(),
                iat: list.issued(),
                text: list.text().to_owned(),
                fetched_at: now,
            },
        };
        let entry = Entry::new(EntryKind::StatusTaken, &self.ports).hash("list", list.digest());
        self.record("status", entry, |tx, entry| {
            entry.was(table::find(tx, &row.uri)?.map(|row| row.fact()));
            table::keep(tx, &row)?;
            entry.commits(row.fact());
            Ok(())
        })?;
        self.judge_seals_again()?;
        Ok(held_list(&row))
    }

    /// The lists that are held.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn status_lists(&self) -> Result<Vec<HeldStatusList>> {
        let mut lists = Vec::new();
        self.vault.read(|read| {
            table::each(read, &mut |row| {
                lists.push(held_list(&row));
                Ok(())
            })
        })?;
        Ok(lists)
    }

    /// What is known now of a credential with this `status`, signed under this chain.
    pub(crate) fn status_now(
        &self,
        status: Option<&Value>,
        issuer: &VerifiedChain,
        trust: &TrustView,
    ) -> StatusNow {
        let reference = match status.map(StatusReference::read) {
            // Another mechanism is none that we know; it is said to be unchecked.
            Some(Ok(Some(reference))) => reference,
            Some(_) => return StatusNow::NotChecked,
            None => return StatusNow::NoList,
        };
        let Ok(Some(row)) = self.vault.read(|read| table::find(read, &reference.uri)) else {
            return StatusNow::NotChecked;
        };
        let now = self.ports.clock.now();
        match looked_up(&row.text, &reference, issuer, trust, now) {
            Some(status) => StatusNow::Checked { status, as_of: row.iat },
            // Run out: it vouches for nothing, but what it revoked stays revoked.
            None => match looked_up(&row.text, &reference, issuer, trust, row.iat) {
                Some(status @ (Status::Invalid | Status::Suspended)) => {
                    StatusNow::Checked { status, as_of: row.iat }
                }
                _ => StatusNow::NotChecked,
            },
        }
    }

    fn credentials(&self) -> Result<Vec<chop_model::ItemId>> {
        let mut ids = Vec::new();
        self.vault.read(|read| {
            item::each(read, &mut |row| {
                if row.state == ItemState::Active && row.format == Form::SdJwt.name() {
                    ids.push(row.id);
                }
                Ok(())
            })
        })?;
        Ok(ids)
    }

    fn due(&self, found: Found, all: bool) -> Result<Vec<StatusFetch>> {
        let now = self.ports.clock.now();
        let mut due = Vec::new();
        for (uri, issuers) in found {
            let held = self.vault.read(|read| table::find(read, &uri))?;
            let fetch = StatusFetch { uri, issuers };
            if all || held.is_none_or(|row| !self.is_fresh(&row, &fetch, now)) {
                due.push(fetch);
            }
        }
        Ok(due)
    }

    fn is_fresh(&self, row: &table::Row, fetch: &StatusFetch, now: UnixTime) -> bool {
        let Ok(trust) = self.trust() else { return false };
        verify_for(&row.text, fetch, &trust, now)
            .is_ok_and(|list| now.since(row.fetched_at) < list.ttl().unwrap_or(USUAL_TTL))
    }
}

/// Lists by address, with those who may sign them.
type Found = BTreeMap<String, Vec<VerifiedChain>>;

/// What a credential names, where its issuer is trusted: nobody else's links are followed.
fn add(found: &mut Found, text: &str, trust: &TrustView, now: UnixTime) {
    let Ok(credential) = UnverifiedCredential::parse(text) else { return };
    let Ok(chain) = verify_chain(&credential.header().x5c, trust.anchors(), now, Role::Issuer) else {
        return;
    };
    if trust.standing(&chain).is_err() {
        return;
    }
    let Some(credential) = issued(text, &chain, now) else { return };
    if let Some(Ok(Some(reference))) = credential.status().map(|s| StatusReference::read(&s.status)) {
        let issuers = found.entry(reference.uri).or_default();
        if !issuers.contains(&chain) {
            issuers.push(chain);
        }
    }
}

/// The issuer's part of a credential or of a presentation, verified: what the holder added is left out.
fn issued(text: &str, issuer: &VerifiedChain, now: UnixTime) -> Option<VerifiedCredential> {
    let end = text.rfind('~')?;
    UnverifiedCredential::parse(text.get(..=end)?).ok()?.verify(issuer.leaf_key(), now).ok()
}

/// The list, if anybody whose credentials name it signed it.
fn verify_for(
    text: &str,
    fetch: &StatusFetch,
    trust: &TrustView,
    now: UnixTime,
) -> Result<VerifiedStatusList> {
    let key = fetch.issuers.iter().find_map(|issuer| {
        let list = UnverifiedStatusList::parse(text).ok()?;
        signer(&list, issuer, trust, now)
    });
    let list = UnverifiedStatusList::parse(text)?;
    Ok(list.verify(&key.ok_or(StatusRule::OtherIssuer)?, &fetch.uri, now)?)
}

fn looked_up(
    text: &str,
    reference: &StatusReference,
    issuer: &VerifiedChain,
    trust: &TrustView,
    at: UnixTime,
) -> Option<Status> {
    let list = UnverifiedStatusList::parse(text).ok()?;
    let key = signer(&list, issuer, trust, at)?;
    list.verify(&key, &reference.uri, at).ok()?.status(reference.idx).ok()
}

/// The key that may have signed a list for this issuer's credentials: its own, or one of another
/// certificate of the same organisation under the same authority.
fn signer(
    list: &UnverifiedStatusList,
    issuer: &VerifiedChain,
    trust: &TrustView,
    at: UnixTime,
) -> Option<P256PublicKey> {
    if list.header().x5c.is_empty() {
        return Some(*issuer.leaf_key());
    }
    let chain = verify_chain(&list.header().x5c, trust.anchors(), at, Role::Issuer).ok()?;
    let is_same_key = chain.leaf_key() == issuer.leaf_key();
    let is_same_organisation = chain.organisation_id().is_some()
        && chain.organisation_id() == issuer.organisation_id()
        && chain.anchor_sha256() == issuer.anchor_sha256();
    (is_same_key || is_same_organisation).then(|| *chain.leaf_key())
}

fn held_list(row: &table::Row) -> HeldStatusList {
    let table::Row { uri, iat, text: _, fetched_at } = row;
    HeldStatusList { uri: uri.clone(), issued: *iat, fetched_at: *fetched_at }
}

/// Seconds that a list is kept whose issuer does not say: half a day.
const USUAL_TTL: i64 = 12 * 3600;
