//! The content of a list: shape, bounds, names fit to be shown, certificates that are certificates.

use std::collections::BTreeSet;

use chop_model::{Contact, LangText, Party, UnixTime};
use serde_json::Value;

use super::{
    MAX_ANCHORS, MAX_ENTRIES, MAX_LIST_BYTES, MAX_SKEW, MAX_TYPES, TrustEntry, TrustError, TrustList,
    TrustRule,
};
use crate::jose::JoseError;
use crate::json;
use crate::shown_text::{check_name, check_text};
use crate::x509::{Anchors, Certificate, Role};

/// The payload as a list. The version is read first: a later one may have other fields.
pub(super) fn read(payload: &[u8]) -> Result<TrustList, TrustError> {
    let value = json::parse(payload, MAX_LIST_BYTES).map_err(JoseError::from)?;
    match value.get("version").and_then(Value::as_u64) {
        Some(1) => {}
        Some(_) => return Err(TrustRule::UnknownVersion.into()),
        None => return Err(TrustRule::NotAList.into()),
    }
    serde_json::from_value(value).map_err(|_| TrustRule::NotAList.into())
}

pub(super) fn dates(list: &TrustList, now: UnixTime) -> Result<(), TrustRule> {
    match list.issued.since(now) > MAX_SKEW {
        true => Err(TrustRule::NotYetIssued),
        false => Ok(()),
    }
}

pub(super) fn content(list: &TrustList) -> Result<(), TrustError> {
    let TrustList { version, iss: _, seq: _, issued, next_update, publisher, anchors, entries } = list;
    if *version != 1 {
        return Err(TrustRule::UnknownVersion.into());
    }
    if anchors.len() > MAX_ANCHORS || entries.len() > MAX_ENTRIES {
        return Err(TrustRule::TooMany.into());
    }
    if next_update <= issued {
        return Err(TrustRule::BadDates.into());
    }
    names(publisher)?;
    Anchors::read(anchors)?;
    let mut certificates = BTreeSet::new();
    for listed in entries {
        entry(listed)?;
        if !certificates.insert(&listed.certificate) {
            return Err(TrustRule::DoubledEntry.into());
        }
    }
    Ok(())
}

fn entry(entry: &TrustEntry) -> Result<(), TrustError> {
    let TrustEntry { party, roles, certificate, encryption_key, vcts } = entry;
    check_party(party)?;
    let distinct: BTreeSet<_> = roles.iter().map(|role| *role == Role::Issuer).collect();
    if roles.is_empty()
        || distinct.len() != roles.len()
        || (!vcts.is_empty() && !roles.contains(&Role::Issuer))
    {
        return Err(TrustRule::BadRoles.into());
    }
    if vcts.len() > MAX_TYPES {
        return Err(TrustRule::TooMany.into());
    }
    vcts.iter().try_for_each(|vct| check_name(vct))?;
    let signing = Certificate::read(certificate)?.p256_key()?;
    if *encryption_key == Some(signing) {
        return Err(TrustRule::EncryptionKeySigns.into());
    }
    Ok(())
}

fn check_party(party: &Party) -> Result<(), TrustError> {
    let Party { names: in_four, legal_id, jurisdiction: _, contact: Contact { name, tel, email } } = party;
    names(in_four)?;
    check_name(&legal_id.scheme)?;
    check_name(&legal_id.value)?;
    for text in [name, tel, email] {
        check_text(text)?;
    }
    Ok(())
}

fn names(names: &LangText) -> Result<(), TrustError> {
    let LangText { zh_hans, zh_hant, en, pt } = names;
    for name in [zh_hans, zh_hant, en, pt] {
        check_name(name)?;
    }
    Ok(())
}
