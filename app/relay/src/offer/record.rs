//! An offer and an event as bytes in a database's column: deterministic CBOR, read strictly.

use chop_crypto::{Digest, P256PublicKey};
use chop_formats::cbor::{CborError, Deterministic, Kind, Reader, Writer};
use chop_formats::relay::{EventKind, Mode, State};
use chop_model::UnixTime;

use super::{Bound, Claimant, Offer};

/// A column that does not hold what this relay wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a record of the store cannot be read")]
pub struct BadRecord;

/// One event as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EventRecord {
    pub(crate) kind: EventKind,
    pub(crate) at: UnixTime,
    pub(crate) claim: Option<Digest>,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) entry: Option<Vec<u8>>,
}

impl EventRecord {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let Self { kind, at, claim, body, entry } = self;
        let mut to = Writer::new();
        to.array(5).uint(kind.number());
        time(&mut to, *at);
        optional(&mut to, claim.as_ref().map(|c| &c[..]));
        optional(&mut to, body.as_deref());
        optional(&mut to, entry.as_deref());
        to.finish()
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, BadRecord> {
        let mut from = Deterministic::check(bytes, MAX_EVENT)?.reader();
        from.array(5)?;
        let event = Self {
            kind: EventKind::from_number(from.uint()?).ok_or(BadRecord)?,
            at: UnixTime(from.int()?),
            claim: read_digest(&mut from)?,
            body: read_bytes(&mut from)?,
            entry: read_bytes(&mut from)?,
        };
        from.finish()?;
        Ok(event)
    }
}

impl Offer {
    /// The record.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let Self { state, mode, epoch, exp, h_create, h_tok, h_owner, bound, lease, events, .. } = self;
        let Self { claim, claimant, rejected, conflicts, notes, h_env, h_ack, h_share, .. } = self;
        let Self { created, pending, turned_away, claimed, ended, ended_at, has_content, .. } = self;
        let mut to = Writer::new();
        to.array(FIELDS).uint(1).uint(state.number()).uint(mode.number()).uint(*epoch);
        time(&mut to, *exp);
        to.bytes(h_create).bytes(h_tok).bytes(h_owner);
        match bound {
            Some(Bound { policy, grant, dn, ct, kc }) => {
                to.array(5).bytes(policy).bytes(grant).bytes(dn).bytes(ct).bytes(kc)
            }
            None => to.null(),
        };
        time(&mut to, *lease);
        to.uint(*events);
        optional(&mut to, claim.as_ref().map(|c| &c[..]));
        match claimant {
            Some(Claimant { client_id, organisation, leaf, key }) => {
                to.array(4).text(client_id).text(organisation).bytes(leaf).bytes(key.as_sec1())
            }
            None => to.null(),
        };
        for list in [rejected, conflicts, notes] {
            to.array(list.len());
            list.iter().for_each(|digest| _ = to.bytes(digest));
        }
        for digest in [h_env, h_ack, h_share] {
            optional(&mut to, digest.as_ref().map(|d| &d[..]));
        }
        to.bytes(created);
        for entry in [pending, turned_away, claimed, ended] {
            optional(&mut to, entry.as_deref());
        }
        time(&mut to, *ended_at);
        to.bool(*has_content);
        to.finish()
    }

    /// Reads a record.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, BadRecord> {
        let mut from = Deterministic::check(bytes, MAX_RECORD)?.reader();
        from.array(FIELDS)?;
        from.exactly(1)?;
        let offer = Self {
            state: State::from_number(from.uint()?).ok_or(BadRecord)?,
            mode: Mode::from_number(from.uint()?).ok_or(BadRecord)?,
            epoch: from.uint()?,
            exp: UnixTime(from.int()?),
            h_create: from.array_of()?,
            h_tok: from.array_of()?,
            h_owner: from.array_of()?,
            bound: read_bound(&mut from)?,
            lease: UnixTime(from.int()?),
            events: from.uint()?,
            claim: read_digest(&mut from)?,
            claimant: read_claimant(&mut from)?,
            rejected: read_list(&mut from)?,
            conflicts: read_list(&mut from)?,
            notes: read_list(&mut from)?,
            h_env: read_digest(&mut from)?,
            h_ack: read_digest(&mut from)?,
            h_share: read_digest(&mut from)?,
            created: from.bytes()?.to_vec(),
            pending: read_bytes(&mut from)?,
            turned_away: read_bytes(&mut from)?,
            claimed: read_bytes(&mut from)?,
            ended: read_bytes(&mut from)?,
            ended_at: UnixTime(from.int()?),
            has_content: from.bool()?,
        };
        from.finish()?;
        Ok(offer)
    }
}

fn time(to: &mut Writer, at: UnixTime) {
    to.int(at.0);
}

fn optional(to: &mut Writer, bytes: Option<&[u8]>) {
    match bytes {
        Some(bytes) => to.bytes(bytes),
        None => to.null(),
    };
}

fn is_null(from: &mut Reader<'_>) -> Result<bool, BadRecord> {
    let is_null = from.kind()? == Kind::Null;
    if is_null {
        from.null()?;
    }
    Ok(is_null)
}

fn read_bytes(from: &mut Reader<'_>) -> Result<Option<Vec<u8>>, BadRecord> {
    if is_null(from)? { Ok(None) } else { Ok(Some(from.bytes()?.to_vec())) }
}

fn read_digest(from: &mut Reader<'_>) -> Result<Option<Digest>, BadRecord> {
    if is_null(from)? { Ok(None) } else { Ok(Some(from.array_of()?)) }
}

fn read_list(from: &mut Reader<'_>) -> Result<Vec<Digest>, BadRecord> {
    let length = from.array_up_to(MAX_LIST)?;
    (0..length).map(|_| from.array_of().map_err(BadRecord::from)).collect()
}

fn read_bound(from: &mut Reader<'_>) -> Result<Option<Bound>, BadRecord> {
    if is_null(from)? {
        return Ok(None);
    }
    from.array(5)?;
    Ok(Some(Bound {
        policy: from.bytes()?.to_vec(),
        grant: from.array_of()?,
        dn: from.array_of()?,
        ct: from.array_of()?,
        kc: from.array_of()?,
    }))
}

fn read_claimant(from: &mut Reader<'_>) -> Result<Option<Claimant>, BadRecord> {
    if is_null(from)? {
        return Ok(None);
    }
    from.array(4)?;
    Ok(Some(Claimant {
        client_id: from.text()?.to_owned(),
        organisation: from.text()?.to_owned(),
        leaf: from.array_of()?,
        key: P256PublicKey::from_sec1(from.bytes()?).map_err(|_| BadRecord)?,
    }))
}

impl From<CborError> for BadRecord {
    fn from(_: CborError) -> Self {
        Self
    }
}

const FIELDS: usize = 26;
const MAX_LIST: usize = 64;
const MAX_RECORD: usize = 256 << 10;
const MAX_EVENT: usize = 4 << 20;
