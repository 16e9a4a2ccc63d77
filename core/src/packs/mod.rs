//! Law and catalogue that come later: signed packs, each accepted under the fingerprint of its publisher's
//! key that the person saw elsewhere (gba.md rows 11 and 30, issue 4 item 2).
//!
//! ```text
//! preview_pack(text)             who signed, what it would bring; nothing is kept
//! add_pack(text, fingerprint)    the first pack of a publisher needs the fingerprint, later ones do not
//! packs()                        all that are held, superseded ones too, and which are in force
//! catalog()                      the built-in catalogue and every catalogue pack in force
//! rule_pack_in_force(now)        the rules to judge by now
//! rule_pack(id, version)         the rules that an old grant was judged by
//! ```
//!
//! What comes with the program is trusted by being compiled in; tests pin its digests. A pack that is
//! refused changes nothing: what was in force stays so.

mod rules;

use std::collections::BTreeMap;

use chop_catalog::Catalog;
use chop_crypto::Digest;
use chop_crypto::encoding::{array_from_base64url, to_base64url};
use chop_formats::log_entry::EntryKind;
use chop_formats::signed_pack::{PackKind, SignedPackRule, UnverifiedPack, VerifiedPack};
use chop_model::UnixTime;
use chop_policy::Pack;
use chop_vault::table::pack;

use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

chop_model::coded_errors! {
    /// Why a pack whose signature is right is not taken in.
    pub enum PackRefusal {
        /// Nobody has compared this publisher's fingerprint yet.
        UnknownPublisher => ("signed-pack.unknown-publisher", User, "the publisher of the pack has not been accepted"),
        /// Another publisher's packs have this id.
        IdTaken => ("signed-pack.id-taken", Peer, "the pack has the id of another publisher's pack"),
        /// The id, version or day inside the text are not those outside.
        Disagrees => ("signed-pack.disagrees", Peer, "the pack and the text in it do not agree about id or version"),
    }
}

/// What a pack would bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackPreview {
    /// The fingerprint of the key that signed it: what the person compares.
    pub publisher: Digest,
    /// Whether this publisher's fingerprint was seen before.
    pub is_known_publisher: bool,
    /// What it is for.
    pub kind: PackKind,
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its number.
    pub seq: u64,
    /// When it was made.
    pub issued: UnixTime,
    /// From when it holds.
    pub effective_from: UnixTime,
    /// Codes of the types of document that it brings.
    pub types: Vec<String>,
    /// Codes of the purposes that it brings.
    pub purposes: Vec<String>,
}

/// A pack that is held.
#[derive(Debug, Clone)]
pub struct HeldPack {
    /// The pack, verified again just now.
    pub pack: VerifiedPack,
    /// When it was accepted.
    pub added_at: UnixTime,
    /// Whether it is what is judged by now.
    pub is_in_force: bool,
}

impl Wallet {
    /// Says who signed a pack and what it would bring. Nothing is kept.
    ///
    /// # Errors
    /// The fault that would refuse it, except that its publisher may be unknown.
    pub fn preview_pack(&self, text: &str) -> Result<PackPreview> {
        let unverified = UnverifiedPack::parse(text)?;
        let publisher = unverified.fingerprint();
        let pack = unverified.verify(&publisher, self.ports.clock.now())?;
        let (types, purposes) = match pack.content().kind {
            PackKind::Rules => (Vec::new(), rules::purposes(pack.content())?),
            PackKind::Catalog => {
                let catalog = catalog_of(&pack)?;
                (
                    catalog.types().iter().map(|t| t.code.clone()).collect(),
                    catalog.purposes().iter().map(|p| p.code.clone()).collect(),
                )
            }
        };
        let content = pack.content();
        Ok(PackPreview {
            publisher,
            is_known_publisher: self.held_packs()?.iter().any(|held| *held.pack.fingerprint() == publisher),
            kind: content.kind,
            id: content.id.clone(),
            version: content.version.clone(),
            seq: content.seq,
            issued: content.issued,
            effective_from: content.effective_from,
            types,
            purposes,
        })
    }

    /// Takes a pack in. The first one of a publisher needs the fingerprint that the person saw.
    ///
    /// # Errors
    /// `signed-pack.unknown-publisher` without a fingerprint; `signed-pack.other-publisher`, `.older`,
    /// `.forked`, `.id-taken`, `.disagrees`, `jose.*`; `policy.*` and `catalog.*` for a text that is not
    /// whole. What was in force stays so.
    pub fn add_pack(&self, text: &str, fingerprint: Option<&Digest>) -> Result<VerifiedPack> {
        let now = self.ports.clock.now();
        let held = self.held_packs()?;
        let unverified = UnverifiedPack::parse(text)?;
        let publisher = unverified.fingerprint();
        let is_known = held.iter().any(|held| *held.pack.fingerprint() == publisher);
        let pinned = match fingerprint {
            Some(seen) => seen,
            None if is_known => &publisher,
            None => return Err(PackRefusal::UnknownPublisher.into()),
        };
        let pack = unverified.verify(pinned, now)?;
        let of_id: Vec<&Held> = held.iter().filter(|held| is_same_id(&held.pack, &pack)).collect();
        if of_id.iter().any(|held| held.pack.fingerprint() != pack.fingerprint()) {
            return Err(PackRefusal::IdTaken.into());
        }
        for held in &of_id {
            pack.check_goes_forward(&held.pack.last_seen())?;
            if held.pack.digest() == pack.digest() {
                return Ok(pack);
            }
            // A grant names its pack by id and version: these may mean one text only.
            if held.pack.content().version == pack.content().version
                && held.pack.content().text != pack.content().text
            {
                return Err(SignedPackRule::Forked.into());
            }
        }
        match pack.content().kind {
            PackKind::Rules => rules::check(pack.content())?,
            PackKind::Catalog => drop(whole_catalog(&held, Some(&pack))?),
        }
        self.keep_pack(&pack, now)?;
        Ok(pack)
    }

    fn keep_pack(&self, pack: &VerifiedPack, now: UnixTime) -> Result<()> {
        let content = pack.content();
        let row = pack::Row {
            kind: content.kind.code().to_owned(),
            id: content.id.clone(),
            seq: content.seq,
            fingerprint: to_base64url(pack.fingerprint()),
            text: pack.text().to_owned(),
            added_at: now,
        };
        let entry = Entry::new(EntryKind::PackAdded, &self.ports)
            .hash("publisher", *pack.fingerprint())
            .hash("pack", pack.digest())
            .text("id", &content.id)
            .text("version", &content.version);
        self.record("pack", entry, |tx, entry| {
            pack::insert(tx, &row)?;
            entry.commits(row.fact());
            Ok(())
        })
    }

    /// Every pack that is held, in the order in which they came, and which are in force now.
    ///
    /// # Errors
    /// When a stored pack no longer verifies: the space was changed from outside.
    pub fn packs(&self) -> Result<Vec<HeldPack>> {
        let now = self.ports.clock.now();
        let held = self.held_packs()?;
        let mut in_force: Vec<Digest> =
            catalogs_in_force(&held, now).map(|held| held.pack.digest()).collect();
        in_force.extend(rules_in_force(&held, now)?.map(|held| held.pack.digest()));
        Ok(held
            .into_iter()
            .map(|Held { pack, added_at }| HeldPack {
                is_in_force: in_force.contains(&pack.digest()),
                pack,
                added_at,
            })
            .collect())
    }

    /// The catalogue: what came with the program and every catalogue pack in force. A pack that no longer
    /// fits beside the program's own types is left out.
    ///
    /// # Errors
    /// When a stored pack no longer verifies.
    pub fn catalog(&self) -> Result<Catalog> {
        let now = self.ports.clock.now();
        let held = self.held_packs()?;
        let mut whole = Catalog::built_in()?;
        for held in catalogs_in_force(&held, now) {
            whole = whole.with(catalog_of(&held.pack)?).unwrap_or(whole);
        }
        Ok(whole)
    }

    /// The rules to judge by at `now`: the last rule pack that was added and holds by then, else the one
    /// that came with the program. A pack of the program's own id counts only while it is newer.
    ///
    /// # Errors
    /// When a stored pack no longer verifies.
    pub fn rule_pack_in_force(&self, now: UnixTime) -> Result<Pack> {
        let held = self.held_packs()?;
        match rules_in_force(&held, now)? {
            Some(held) => Ok(rules::read(held.pack.content())?),
            None => Ok(rules::built_in()?),
        }
    }

    /// The rules of this id and version, whether in force or superseded: to judge an old grant again.
    ///
    /// # Errors
    /// When a stored pack no longer verifies.
    pub fn rule_pack(&self, id: &str, version: &str) -> Result<Option<Pack>> {
        if let Some(pack) = rules::compiled_in(id, version)? {
            return Ok(Some(pack));
        }
        let held = self.held_packs()?;
        let found = held.iter().map(|held| held.pack.content()).find(|content| {
            content.kind == PackKind::Rules && content.id == id && content.version == version
        });
        found.map(rules::read).transpose()
    }

    fn held_packs(&self) -> Result<Vec<Held>> {
        let rows = self.vault.read(pack::all)?;
        rows.into_iter()
            .map(|row| {
                let pinned = array_from_base64url(&row.fingerprint).map_err(|_| WalletError::LogBroken)?;
                let pack = UnverifiedPack::parse(&row.text)?.verify(&pinned, row.added_at)?;
                Ok(Held { pack, added_at: row.added_at })
            })
            .collect()
    }
}

struct Held {
    pack: VerifiedPack,
    added_at: UnixTime,
}

fn is_same_id(one: &VerifiedPack, other: &VerifiedPack) -> bool {
    let (one, other) = (one.content(), other.content());
    one.kind == other.kind && one.id == other.id
}

/// The newest pack of each id that holds at `now`, in the order in which they came.
fn newest(held: &[Held], kind: PackKind, now: UnixTime) -> impl Iterator<Item = &Held> {
    let holds = move |held: &&Held| {
        let content = held.pack.content();
        content.kind == kind && content.effective_from <= now
    };
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, held) in held.iter().enumerate().filter(|(_, held)| holds(held)) {
        last.insert(&held.pack.content().id, at);
    }
    let mut places: Vec<usize> = last.into_values().collect();
    places.sort_unstable();
    places.into_iter().filter_map(|at| held.get(at))
}

fn catalogs_in_force(held: &[Held], now: UnixTime) -> impl Iterator<Item = &Held> {
    newest(held, PackKind::Catalog, now)
}

fn rules_in_force(held: &[Held], now: UnixTime) -> Result<Option<&Held>> {
    let own = rules::built_in()?.reference();
    let counts = |held: &&Held| {
        let content = held.pack.content();
        content.id != own.id || rules::is_newer(&content.version, &own.version)
    };
    Ok(newest(held, PackKind::Rules, now).filter(counts).last())
}

/// The catalogue with everything that is held, and one pack more: whether it fits.
fn whole_catalog(held: &[Held], more: Option<&VerifiedPack>) -> Result<Catalog> {
    let mut whole = Catalog::built_in()?;
    let packs = newest(held, PackKind::Catalog, UnixTime(i64::MAX)).map(|held| &held.pack).chain(more);
    for pack in packs {
        whole = whole.with(catalog_of(pack)?)?;
    }
    Ok(whole)
}

/// The catalogue in a pack, which names itself as the pack does.
fn catalog_of(pack: &VerifiedPack) -> Result<Catalog> {
    let content = pack.content();
    let catalog = Catalog::read(&content.text)?;
    let agrees = catalog.packs().iter().all(|h| h.id == content.id && h.version == content.version);
    if agrees { Ok(catalog) } else { Err(PackRefusal::Disagrees.into()) }
}
