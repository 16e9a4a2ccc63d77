//! Who holds what of mine, until when, and what I may ask of them there. From the records of the grants.

use std::collections::BTreeMap;

use chop_formats::consent_record::{ConsentRecord, Right};
use chop_model::{Coded as _, Id, Jurisdiction, LangText, UnixTime};
use chop_vault::table::exchange::Role;

use crate::consent::{ConsentState, rights_in};
use crate::flow::State;
use crate::{Result, Wallet, WalletError};

use super::keep::SECONDS_A_DAY;

/// Somebody to whom something was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Its client id.
    pub client_id: String,
    /// Its names.
    pub name: LangText,
    /// Where it sits.
    pub place: Jurisdiction,
    /// What it holds, latest first.
    pub holds: Vec<Held>,
    /// What may be asked of it there.
    pub rights: Vec<Right>,
}

/// What one grant gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The grant.
    pub exchange: Id,
    /// When it was given.
    pub granted_at: UnixTime,
    /// Code of the purpose.
    pub purpose: String,
    /// The claims: type of the document and path, `10160-0`.
    pub claims: Vec<(String, Vec<String>)>,
    /// Until when it may be kept, counted from the grant; the same moment where nothing may be kept.
    pub keep_until: UnixTime,
    /// What became of the consent.
    pub state: ConsentState,
    /// How far the exchange went: whether the key left, and whether they signed for it. None for an offer
    /// whose taking up was not seen from here.
    pub reached: Option<State>,
}

impl Held {
    /// Whether the recipient can have read it: the key left, or may have. What was not seen from here may
    /// have happened.
    pub fn may_have_been_read(&self) -> bool {
        !matches!(self.reached, Some(State::Spent | State::Withdrawn))
    }
}

impl Wallet {
    /// Per recipient, what was granted to them from here.
    ///
    /// # Errors
    /// When a record cannot be read.
    pub fn recipients(&self) -> Result<Vec<Recipient>> {
        let mut found: BTreeMap<String, Recipient> = BTreeMap::new();
        for view in self.consents()?.into_iter().filter(|view| view.role == Role::Holder) {
            // What was declined has no record: nobody holds anything of it.
            let Ok(document) = self.consent_record(&view.id) else { continue };
            let record = document.record();
            let reached = self.reached(&view.id)?;
            let held = held(record, view.state, reached);
            let party = &record.recipient.party;
            let recipient = match found.entry(record.recipient.client_id.clone()) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => entry.insert(Recipient {
                    client_id: record.recipient.client_id.clone(),
                    name: party.names.clone(),
                    place: party.jurisdiction,
                    holds: Vec::new(),
                    rights: if record.rights.is_empty() {
                        rights_in(party.jurisdiction, &record.rights_channel)?
                    } else {
                        record.rights.clone()
                    },
                }),
            };
            recipient.holds.push(held);
        }
        Ok(found.into_values().collect())
    }

    /// How far an exchange went; an offer has none before somebody takes it up.
    fn reached(&self, id: &Id) -> Result<Option<State>> {
        match self.exchange_view(id) {
            Ok(view) => Ok(Some(view.state)),
            Err(error) if error.code() == WalletError::NoExchange.code() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn held(record: &ConsentRecord, state: ConsentState, reached: Option<State>) -> Held {
    let claims = record.items.iter().flat_map(|item| {
        item.claims.iter().map(|claim| {
            let path = claim.path.iter();
            let path = path.map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned));
            (item.type_code.clone(), path.collect())
        })
    });
    Held {
        exchange: record.record_id,
        granted_at: record.created_at,
        purpose: record.purpose.first().map(|purpose| purpose.code.clone()).unwrap_or_default(),
        claims: claims.collect(),
        keep_until: record.created_at.plus(i64::from(record.retention.days) * SECONDS_A_DAY),
        state,
        reached,
    }
}
