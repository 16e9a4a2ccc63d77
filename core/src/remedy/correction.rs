//! A value was wrong and the issuer has corrected it: who got the wrong one, and a notice for each
//! (糾錯, row 108).
//!
//! Who got what is taken from the records of the grants: each names the digest of the issuer-signed
//! part that was presented, and the claims that went with it. A recipient who got only claims that did
//! not change is not troubled.

use std::collections::BTreeMap;

use chop_crypto::{Digest, sha256};
use chop_formats::claim_path::ClaimPath;
use chop_formats::consent_record::RecordDocument;
use chop_formats::sd_jwt::Held;
use chop_model::{Id, ItemId, LangText};
use chop_vault::table::exchange::Role;
use chop_vault::table::version;
use serde_json::Value;

use crate::{Result, Wallet};

use super::case::{NewCase, Subject};
use super::stages::CaseKind;

/// A version of an item that was replaced, with those who got it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongValue {
    /// The item.
    pub item: ItemId,
    /// The version that holds now.
    pub right: u32,
    /// Everybody who got a claim that is different now.
    pub reached: Vec<Reached>,
}

/// Somebody who got a value that is different now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The grant.
    pub exchange: Id,
    /// Who.
    pub recipient: LangText,
    /// The version that they got.
    pub wrong: u32,
    /// The claims that they got and that are different now.
    pub claims: Vec<ClaimPath>,
}

impl Wallet {
    /// Who got a claim of this item in an earlier version that says something else now.
    ///
    /// # Errors
    /// `holding.unknown`; when a record cannot be read.
    pub fn who_got_wrong(&self, item: &ItemId) -> Result<WrongValue> {
        let given = self.consents()?.into_iter().filter(|view| view.role == Role::Holder);
        let records = self.records_of(given.map(|view| view.id));
        self.wrong_in(item, &records)
    }

    /// What was replaced since these grants: each item with those of them that got another value. Items
    /// of which they got nothing, or nothing that is different, are left out.
    ///
    /// # Errors
    /// When a version cannot be read.
    pub fn wrong_values(&self, exchanges: &[Id]) -> Result<Vec<WrongValue>> {
        let records = self.records_of(exchanges.iter().copied());
        let replaced = self.vault.read(version::items_with_several)?;
        let wrong = replaced.iter().map(|item| self.wrong_in(item, &records));
        let wrong = wrong.collect::<Result<Vec<_>>>()?;
        Ok(wrong.into_iter().filter(|wrong| !wrong.reached.is_empty()).collect())
    }

    /// The records of grants; what was declined has none.
    fn records_of(&self, exchanges: impl Iterator<Item = Id>) -> Vec<(Id, RecordDocument)> {
        exchanges.filter_map(|id| self.consent_record(&id).ok().map(|record| (id, record))).collect()
    }

    fn wrong_in(&self, item: &ItemId, records: &[(Id, RecordDocument)]) -> Result<WrongValue> {
        let newest = self.item(item)?.row.version;
        let mut wrong = WrongValue { item: *item, right: newest, reached: Vec::new() };
        let versions = self.credential_versions(item)?;
        let Some(now) = versions.values().find(|held| held.no == newest) else { return Ok(wrong) };
        for (exchange, document) in records {
            let record = document.record();
            for shown in record.evidence.iter().flat_map(|evidence| &evidence.items) {
                let Some(then) = shown.issuer_proof.and_then(|proof| versions.get(&proof.0)) else {
                    continue;
                };
                if then.no == newest {
                    continue;
                }
                let granted = record.items.iter().filter(|granted| granted.query == shown.query);
                let paths =
                    granted.flat_map(|granted| &granted.claims).filter_map(|claim| path_of(&claim.path));
                let claims: Vec<_> =
                    paths.filter(|path| path.resolve(&then.claims) != path.resolve(&now.claims)).collect();
                if !claims.is_empty() {
                    let recipient = record.recipient.party.names.clone();
                    wrong.reached.push(Reached { exchange: *exchange, recipient, wrong: then.no, claims });
                }
            }
        }
        Ok(wrong)
    }

    /// Prepares a notice of correction for each of them that has none yet. The ids of the new cases.
    ///
    /// # Errors
    /// As [`Wallet::who_got_wrong`] and [`Wallet::open_case`].
    pub fn prepare_corrections(&self, item: &ItemId) -> Result<Vec<Id>> {
        self.open_corrections(self.who_got_wrong(item)?)
    }

    /// As [`Wallet::prepare_corrections`], at these grants alone: nobody else is written to.
    ///
    /// # Errors
    /// `holding.unknown`; as [`Wallet::open_case`].
    pub fn prepare_corrections_at(&self, item: &ItemId, exchanges: &[Id]) -> Result<Vec<Id>> {
        let records = self.records_of(exchanges.iter().copied());
        self.open_corrections(self.wrong_in(item, &records)?)
    }

    fn open_corrections(&self, wrong: WrongValue) -> Result<Vec<Id>> {
        let WrongValue { item, right, reached } = wrong;
        let known: Vec<_> = self.cases()?.into_iter().map(|case| (case.exchange, case.subject)).collect();
        let mut made = Vec::new();
        for Reached { exchange, wrong, .. } in reached {
            let subject = Subject::Replaced { item, wrong, right };
            if known.contains(&(exchange, subject.clone())) {
                continue;
            }
            let kind = CaseKind::Correction;
            made.push(self.open_case(&NewCase {
                kind,
                exchange,
                subject,
                text: String::new(),
                due: None,
            })?);
        }
        Ok(made)
    }

    /// Every version of a credential that is still there, by the digest of its issuer-signed part.
    pub(crate) fn credential_versions(&self, item: &ItemId) -> Result<BTreeMap<Digest, HeldVersion>> {
        let rows = self.vault.read(|read| version::of_item(read, item))?;
        let mut versions = BTreeMap::new();
        for row in rows.iter().filter(|row| !row.is_file()) {
            let Ok(body) = version::open_body(row) else { continue };
            // EXPOSE: our own credential, to compare what it says with what it said.
            let Some((text, held)) = std::str::from_utf8(body.expose())
                .ok()
                .and_then(|text| Held::read(text.trim()).ok().map(|held| (text.trim(), held)))
            else {
                continue;
            };
            let issued = text.split('~').next().unwrap_or_default();
            let claims = held.claims().clone();
            versions.insert(sha256(issued.as_bytes()), HeldVersion { no: row.no, claims });
        }
        Ok(versions)
    }
}

/// What one version says.
pub(crate) struct HeldVersion {
    no: u32,
    claims: Value,
}

fn path_of(path: &[Value]) -> Option<ClaimPath> {
    serde_json::from_value(Value::Array(path.to_vec())).ok()
}
