//! Who has seen which claim of a holding and when: by a grant, or on the holder's own screen.
//!
//! Grants are read from their consent records, which name what was presented by digests: a credential by
//! that of its issuer-signed part, a file by its seal. What the holder states of an own record carries no
//! such name; it is told by its claims and said to be uncertain.

use std::collections::BTreeSet;

use chop_crypto::Digest;
use chop_formats::consent_record::{ConsentRecord, RecordItem};
use chop_formats::log_entry::{EntryKind, LogEntry};
use chop_model::{Id, ItemId, LangText, UnixTime};
use chop_vault::table::exchange::Role;
use chop_vault::table::version;
use serde_json::Value;

use super::catalogued::claims_of;
use super::{Form, ITEM_VCT};
use crate::consent::ConsentState;
use crate::flow::State;
use crate::{Result, Wallet};

/// One look at a holding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// When it was granted, or shown.
    pub at: UnixTime,
    /// By whom and how.
    pub by: SeenBy,
    /// The claims, each by its path.
    pub claims: Vec<Vec<String>>,
}

/// How somebody came to see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeenBy {
    /// By a grant.
    Grant {
        /// The exchange.
        exchange: Id,
        /// To whom, by their names at the time.
        recipient: LangText,
        /// What became of the consent.
        state: ConsentState,
        /// How far the exchange went; nothing for an offer whose taking up was not seen from here.
        reached: Option<State>,
        /// Whether it was this holding for sure: the holder's own records are told by their claims alone.
        is_certain: bool,
        /// 加注件: for what alone the copy was good, where a marked copy went in its place.
        note: Option<String>,
    },
    /// On the holder's own screen.
    Screen {
        /// The name that the holder typed.
        to: String,
    },
}

impl Wallet {
    /// Who has seen what of a holding, latest first.
    ///
    /// # Errors
    /// `holding.unknown`; when the record cannot be read.
    pub fn seen(&self, item: &ItemId) -> Result<Vec<Seen>> {
        let prints = self.prints(item)?;
        let mut seen = self.shown_on_screen(item)?;
        for view in self.consents()?.into_iter().filter(|view| view.role == Role::Holder) {
            // What was declined has no record.
            let Ok(document) = self.consent_record(&view.id) else { continue };
            let record = document.record();
            let reached = self.exchange_view(&view.id).ok().map(|exchange| exchange.state);
            for granted in &record.items {
                let Some(is_certain) = prints.match_of(record, granted) else { continue };
                let copies = record.evidence.iter().flat_map(|evidence| &evidence.annotated_copies);
                let note =
                    copies.filter(|copy| copy.query == granted.query).map(|copy| copy.reason.clone()).next();
                let by = SeenBy::Grant {
                    exchange: view.id,
                    recipient: record.recipient.party.names.clone(),
                    state: view.state,
                    reached,
                    is_certain,
                    note,
                };
                let claims = granted.claims.iter().map(|claim| steps(&claim.path)).collect();
                seen.push(Seen { at: record.created_at, by, claims });
            }
        }
        seen.sort_by_key(|seen| std::cmp::Reverse(seen.at));
        Ok(seen)
    }

    fn shown_on_screen(&self, item: &ItemId) -> Result<Vec<Seen>> {
        let name = item.to_string();
        let entries = self.record_lines(u64::MAX)?.into_iter().filter_map(|line| line.entry);
        let shown = entries.filter(|e| e.kind == EntryKind::Shown && e.text("item") == Some(&name));
        Ok(shown.map(|entry| on_screen(&entry)).collect())
    }

    /// By what a record would name this holding.
    fn prints(&self, item: &ItemId) -> Result<Prints> {
        let view = self.item(item)?;
        let rows = self.vault.read(|read| version::of_item(read, item))?;
        let mut prints = Prints {
            issued: self.credential_versions(item)?.into_keys().collect(),
            files: rows.iter().filter_map(|row| row.file_seal).collect(),
            own: BTreeSet::new(),
        };
        if let Some(form @ (Form::Record | Form::Ips)) = view.form {
            prints.own = claims_of(form, &self.text_of(item)?)?.into_iter().map(|(key, _)| key).collect();
        }
        Ok(prints)
    }
}

/// By what records name one holding.
struct Prints {
    issued: BTreeSet<Digest>,
    files: BTreeSet<Digest>,
    own: BTreeSet<String>,
}

impl Prints {
    /// Whether what was granted is this holding: for sure, perhaps, or not.
    fn match_of(&self, record: &ConsentRecord, granted: &RecordItem) -> Option<bool> {
        if granted.seal.is_some_and(|seal| self.files.contains(&seal.0)) {
            return Some(true);
        }
        let mut evidence = record.evidence.iter().flat_map(|evidence| &evidence.items);
        let shown = evidence.find(|shown| shown.query == granted.query)?;
        match shown.issuer_proof {
            Some(proof) => self.issued.contains(&proof.0).then_some(true),
            None => {
                let mut firsts = granted.claims.iter().filter_map(|claim| claim.path.first()?.as_str());
                let is_ours = granted.type_code == ITEM_VCT && !self.own.is_empty();
                (is_ours && firsts.all(|first| self.own.contains(first))).then_some(false)
            }
        }
    }
}

fn on_screen(entry: &LogEntry) -> Seen {
    let text = |name: &str| entry.text(name).unwrap_or_default().to_owned();
    let claims = text("claims");
    let claims = claims.lines().filter(|line| !line.is_empty()).map(|line| vec![line.to_owned()]).collect();
    Seen { at: entry.at, by: SeenBy::Screen { to: text("to") }, claims }
}

fn steps(path: &[Value]) -> Vec<String> {
    path.iter().map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned)).collect()
}
