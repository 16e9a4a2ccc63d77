//! Which members a schema demands, and which a member demands of the others.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{ConsentRecord, FIRST, MAX_RECORD, RECORD_SCHEMA, RecordError, Release, RightKind, Role};
use crate::json::parse_as;

/// Looks at the schema alone, before anything else is read: what a later schema holds is not ours to
/// call malformed.
pub(super) fn check_schema(bytes: &[u8]) -> Result<(), RecordError> {
    /// The one member that every schema has.
    #[derive(Deserialize)]
    struct AnyRecord {
        schema: String,
    }
    let AnyRecord { schema } = parse_as(bytes, MAX_RECORD).map_err(|_| RecordError::Malformed)?;
    known(&schema)
}

/// Whether every member is there that must be, and none that may not.
pub(super) fn check_members(record: &ConsentRecord) -> Result<(), RecordError> {
    known(&record.schema)?;
    if record.schema == FIRST {
        // The first walk wrote none of these, so a record that has one is not what it says.
        return if has_later_members(record) { Err(RecordError::Malformed) } else { Ok(()) };
    }
    let kinds: BTreeSet<_> = record.rights.iter().map(|right| right.kind).collect();
    let is_complete = record.providers.len() == record.provider.len()
        && record.frequency.is_some()
        && kinds.len() == record.rights.len()
        && kinds.iter().copied().eq(RightKind::ALL)
        && !record.dispute_route.is_empty()
        && (record.route.from == record.route.to || record.cross_border.is_some())
        // R33: a hop is never a hidden recipient.
        && (record.recipient.role == Role::EndUser) == record.recipient.on_behalf_of.is_none()
        && has_evidence(record);
    if is_complete { Ok(()) } else { Err(RecordError::Incomplete) }
}

fn known(schema: &str) -> Result<(), RecordError> {
    if schema == FIRST || schema == RECORD_SCHEMA {
        return Ok(());
    }
    // One family of names, numbered upwards: `…:3` came later than this code.
    let number = schema.strip_prefix(FAMILY).and_then(|number| number.parse::<u32>().ok());
    match number {
        Some(number) if number > NEWEST => Err(RecordError::NewerSchema),
        _ => Err(RecordError::UnknownSchema),
    }
}

fn has_later_members(record: &ConsentRecord) -> bool {
    let recipient = &record.recipient;
    let claims = || record.items.iter().flat_map(|item| &item.claims);
    !record.providers.is_empty()
        || record.age_band.is_some()
        || record.guardian.is_some()
        || record.operator.is_some()
        || !record.approvals.is_empty()
        || !record.sites.is_empty()
        || record.frequency.is_some()
        || !record.data_rights.is_empty()
        || record.trade_secret
        || !record.rights.is_empty()
        || !record.dispute_route.is_empty()
        || record.evidence.is_some()
        || recipient.site.is_some()
        || recipient.address.is_some()
        || recipient.on_behalf_of.is_some()
        || record.automated_decision.explain_channel.is_some()
        || claims().any(|claim| claim.label.is_some() || claim.salted_digest.is_some())
}

/// What was presented has a digest; what goes as a digest or as a marked copy has that one.
fn has_evidence(record: &ConsentRecord) -> bool {
    let Some(evidence) = &record.evidence else { return false };
    record.items.iter().all(|item| {
        evidence.items.iter().any(|e| e.query == item.query)
            && item.claims.iter().all(|claim| match claim.release {
                Release::Digest => claim.salted_digest.is_some(),
                Release::AnnotatedCopy => evidence.annotated_copies.iter().any(|c| c.query == item.query),
                Release::Value | Release::Predicate => true,
            })
    })
}

/// The name of our schemas, before their number.
const FAMILY: &str = "urn:chop:consent-record:";
/// The number of [`RECORD_SCHEMA`].
const NEWEST: u32 = 2;
