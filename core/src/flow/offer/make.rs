//! The offer is made: T0'. Grant, key of the code and owner's secret are in the record before the code
//! is on any screen; in C2 what T1 makes is made here too.

use std::collections::{BTreeMap, BTreeSet};

use chop_crypto::encoding::to_base64url;
use chop_crypto::{Digest, KeyRef, Secret, make_secret, sha256};
use chop_formats::claim_path::ClaimPath;
use chop_formats::grant::SignedGrant;
use chop_formats::jose::jwk;
use chop_formats::log_entry::{EntryKind, refs};
use chop_formats::offer::{OfferCode, OfferKeys, RelayHost};
use chop_formats::relay::{Content as AtRelay, Create, Message as _};
use chop_ledger::blinded_holder_log;
use chop_model::{Id, ItemId, Period, UnixTime};
use chop_vault::table::artefact::ArtefactKind;
use chop_vault::table::exchange::Role;
use chop_vault::table::item;
use chop_vault::table::offer;
use chop_vault::table::secret::{self, SecretKind};
use serde::{Deserialize, Serialize};

use crate::consent::{Agreed, ConsentState};
use crate::journal::Entry;
use crate::keys::Pairwise;
use crate::{Result, Wallet, WalletError};

use super::super::asked::Drafted;
use super::super::consent::Consent;
use super::super::grant::{Bound, grant_of, page_of};
use super::super::pick::Pick;
use super::super::present::Prepared;
use super::super::record;
use super::row::keeps;
use super::stand::OfferState;
use super::{Recipients, mode};

/// An offer that was made: its code may be shown.
#[derive(Debug)]
pub struct Offered {
    /// Its id here.
    pub id: Id,
    /// What the small QR says.
    pub code: OfferCode,
    /// Whether it may be given as a link: not for files to whoever comes.
    pub may_be_link: bool,
}

/// What an offer was made from, kept for when it is taken up.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) to: Recipients,
    pub(super) terms: chop_model::UseTerms,
    pub(super) rule: bool,
    /// Whether a guardian signed for whom the claims are about.
    pub(super) as_guardian: bool,
    /// For each offered query: the holding and the claims.
    pub(super) picks: BTreeMap<String, (ItemId, BTreeSet<ClaimPath>)>,
    /// Which version of each holding was looked at; of an offer from before this was kept, nothing.
    #[serde(default)]
    pub(super) versions: BTreeMap<ItemId, u32>,
    /// Separate consents: topic, act, time.
    pub(super) consents: Vec<(String, Id, UnixTime)>,
    /// Warnings that were passed: rule and reason.
    pub(super) passed: BTreeMap<String, String>,
}

/// All that T0' stores, made before any of it is.
pub(super) struct Made {
    pub(super) grant: SignedGrant,
    pub(super) key: KeyRef,
    pub(super) record: Vec<u8>,
    pub(super) code_key: Secret<32>,
    pub(super) keys: OfferKeys,
    note: String,
    log_salt: Secret<32>,
    owner: Secret<32>,
    page: Vec<u8>,
    kept: Vec<u8>,
}

impl Wallet {
    /// Makes the offer that was agreed to: T0'. From here on it can be taken up, once.
    ///
    /// # Errors
    /// Nothing is written and nothing leaves: `exchange.expired`, a log that cannot be written.
    pub fn offer(&self, consent: &Consent) -> Result<Offered> {
        let now = self.ports.clock.now();
        let drafted = consent.prompt.request.drafted().ok_or(WalletError::WrongStep)?;
        // A copy is made for its recipient, with a seal of its own: a live offer names its files before.
        if !drafted.mode.is_sealed() && consent.picks.iter().any(|pick| pick.note.is_some()) {
            return Err(WalletError::NoCopy.into());
        }
        // An offer ends with its grant: what is most sensitive holds for minutes, however long was asked.
        if consent.prompt.validity.until <= now {
            return Err(WalletError::Expired.into());
        }
        if consent.prompt.level_of(&consent.picks).wants_presence() {
            self.require_presence()?;
        }
        // Before the holdings are read: one that is replaced meanwhile is another version.
        let versions = self.versions_of(&consent.picks)?;
        let (made, prepared) = self.make_offer(consent, (drafted, versions), now)?;
        let sealed = match drafted.mode.is_sealed() {
            true => Some(self.seal_drop(drafted, &made, prepared, now)?),
            false => None,
        };
        let content = match &sealed {
            Some(sealed) => sealed.at_relay()?,
            None => AtRelay::Live,
        };
        let create = Create {
            capability: None,
            offer: made.keys.id,
            h_tok: sha256(made.keys.token.expose()), // EXPOSE: the relay gets a hash of it.
            h_owner: sha256(made.owner.expose()),    // EXPOSE: as above.
            exp: made.grant.payload().exp,
            content,
        };
        let row = row_of(drafted, &made, now);
        let kind = if sealed.is_some() { EntryKind::Spent } else { EntryKind::Offered };
        let mut entry = Entry::new(kind, &self.ports)
            .text("exchange", &row.id.to_string())
            .text("offer", &to_base64url(&row.offer))
            .text("relay", &row.relay)
            .text("purpose", &row.purpose)
            .hash(refs::GRANT, made.grant.digest())
            .hash("rec", sha256(&made.record));
        if let Some(sealed) = &sealed {
            sealed.refer(&mut entry);
        }
        let created = create.to_bytes();
        self.record("offer", entry, |tx, entry| {
            offer::insert(tx, &row)?;
            entry.commits(row.fact());
            for (kind, bytes) in made.artefacts() {
                keeps(tx, entry, &row.id, kind, bytes)?;
            }
            keeps(tx, entry, &row.id, ArtefactKind::RelayCreate, &created)?;
            for (kind, value) in [
                (SecretKind::OfferKey, &made.code_key),
                (SecretKind::OwnerSecret, &made.owner),
                (SecretKind::OwnLogSalt, &made.log_salt),
            ] {
                entry.commits(secret::insert(tx, &row.id, kind, value)?);
            }
            match &sealed {
                Some(sealed) => sealed.keep(tx, entry, &row.id),
                // What is handed over later is a consent that can end before. A sealed drop is spent now.
                None => entry.begins_consent(tx, &agreed(drafted, &row, &made), ConsentState::Active, now),
            }
        })?;
        self.offered(&row.id)
    }

    /// The code of an offer that is open, to be shown again.
    ///
    /// # Errors
    /// `offer-flow.unknown`; `exchange.expired`; `offer-flow.wrong-step` for one that is over.
    pub fn offered(&self, id: &Id) -> Result<Offered> {
        use super::row::RowWords as _;
        self.anchor_what_is_stored()?;
        let row = self.offer_row(id)?;
        if row.role != Role::Holder || !row.state()?.is_open() {
            return Err(super::OfferFault::WrongStep.into());
        }
        if row.expires_at < self.ports.clock.now() {
            return Err(WalletError::Expired.into());
        }
        let code = OfferCode {
            relay: RelayHost::from_origin(&row.relay)?,
            key: self.offer_secret(id, SecretKind::OfferKey)?,
            grant: row.grant,
            exp: Some(row.expires_at),
        };
        let may_be_link = row.way()? != chop_formats::delivery::Mode::C2Files;
        Ok(Offered { id: *id, code, may_be_link })
    }

    /// The version that each picked holding is at.
    pub(super) fn versions_of(&self, picks: &[Pick]) -> Result<BTreeMap<ItemId, u32>> {
        let version = |pick: &Pick| {
            let row = self.vault.read(|read| item::find(read, &pick.item.item))?;
            Ok((pick.item.item, row.ok_or(WalletError::NoSuchItem)?.version))
        };
        picks.iter().map(version).collect()
    }

    fn make_offer(
        &self,
        consent: &Consent,
        (drafted, versions): (&Drafted, BTreeMap<ItemId, u32>),
        now: UnixTime,
    ) -> Result<(Made, Prepared)> {
        let (random, keystore) = (self.ports.random.as_ref(), self.ports.keystore.as_ref());
        let with = consent.prompt.request.pairwise();
        let key = self.pairwise_key(Pairwise::Consent, &with)?;
        let prepared = self.prepare(&consent.prompt.request, &with, &consent.picks, now)?;
        let (log_salt, note) = (make_secret::<32>(random)?, self.checkpoint()?);
        let iss = jwk::thumbprint(key.public.p256()?);
        let shown = prepared.shown();
        let trust = self.trust()?;
        let grounds = record::Grounds {
            grant: drafted.id,
            iss,
            trust: &trust,
            shown: &shown,
            copies: prepared.copies.clone(),
            now,
        };
        let record = record::build(consent, &grounds)?;
        // EXPOSE: the salt blinds the state of our log, and is opened only in a proof pack.
        let hlc = blinded_holder_log(log_salt.expose(), note.as_bytes());
        let bound =
            Bound { id: drafted.id, iss, hlc, rec: sha256(&record), files: prepared.file_seals(), now };
        let grant = grant_of(consent, &bound).sign(keystore, &key.id)?;
        let code_key = make_secret(random)?;
        let keys = OfferKeys::derive(&code_key)?;
        let owner = make_secret(random)?;
        let (page, kept) = (page_of(consent)?, Kept::of(consent, drafted, versions).to_bytes()?);
        Ok((Made { grant, key, record, code_key, keys, note, log_salt, owner, page, kept }, prepared))
    }
}

impl Made {
    fn artefacts(&self) -> [(ArtefactKind, &[u8]); 5] {
        [
            (ArtefactKind::Grant, self.grant.text().as_bytes()),
            (ArtefactKind::ConsentRecord, &self.record),
            (ArtefactKind::Checkpoint, self.note.as_bytes()),
            (ArtefactKind::Notice, &self.page),
            (ArtefactKind::Offered, &self.kept),
        ]
    }

    /// `h(grant)`.
    pub(super) fn digest(&self) -> Digest {
        self.grant.digest()
    }
}

impl Kept {
    fn of(consent: &Consent, drafted: &Drafted, versions: BTreeMap<ItemId, u32>) -> Self {
        let pick = |p: &Pick| (p.query.clone(), (p.item.item, p.paths.clone()));
        let consents = consent.cleared.consents().iter();
        let passed = consent.cleared.overridden().iter();
        Self {
            to: drafted.to.clone(),
            terms: drafted.terms.clone(),
            rule: drafted.rule,
            as_guardian: consent.guardian.is_some(),
            picks: consent.picks.iter().map(pick).collect(),
            versions,
            consents: consents.map(|c| (c.topic.code(), c.action_id, c.at)).collect(),
            passed: passed.map(|o| (o.finding.rule.clone(), o.passed_by.reason().to_owned())).collect(),
        }
    }

    fn to_bytes(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(|_| WalletError::Internal.into())
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self> {
        serde_json::from_slice(bytes).map_err(|_| WalletError::LogBroken.into())
    }
}

/// What the consent row says.
fn agreed<'a>(drafted: &'a Drafted, row: &'a offer::Row, made: &'a Made) -> Agreed<'a> {
    Agreed {
        id: row.id,
        role: Role::Holder,
        client_id: &row.client_id,
        peer: &drafted.terms.legal_id,
        purpose: &row.purpose,
        record: Some(sha256(&made.record)),
        replaces: None,
        max_uses: made.grant.payload().max_uses,
        validity: Period { from: made.grant.payload().nbf, until: made.grant.payload().exp },
    }
}

fn row_of(drafted: &Drafted, made: &Made, now: UnixTime) -> offer::Row {
    offer::Row {
        id: drafted.id,
        role: Role::Holder,
        mode: mode::number(drafted.mode),
        state: OfferState::Made.number(),
        relay: drafted.relay.origin.clone(),
        offer: made.keys.id.0,
        grant: made.digest(),
        claim: None,
        seen: 0,
        others: 0,
        client_id: drafted.to.client_id().unwrap_or_default().to_owned(),
        peer_name: drafted.shown.en.clone(),
        purpose: drafted.terms.purpose.code.clone(),
        created_at: now,
        expires_at: made.grant.payload().exp,
        updated_at: now,
    }
}
