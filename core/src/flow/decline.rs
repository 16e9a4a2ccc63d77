//! No. One step, one line in the record, nothing to the asker: declining looks the same whether the
//! holder lacks the data or keeps it.

use chop_formats::log_entry::{EntryKind, refs};
use chop_model::{Id, Period};
use chop_vault::table::exchange::{self, Role};

use crate::consent::{Agreed, ConsentState};
use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

use super::{ConsentPrompt, State};

impl Wallet {
    /// Says no to a request. It cannot be answered with yes afterwards: a new one is fresh anyway, and
    /// the same asker's next one for the same purpose does not come up for 48 hours.
    ///
    /// # Errors
    /// `request.answered-before`; when the record cannot be written.
    pub fn decline(&self, prompt: ConsentPrompt) -> Result<Id> {
        let request = prompt.request.request().ok_or(WalletError::WrongStep)?;
        let now = self.ports.clock.now();
        let id = Id::make(self.ports.random.as_ref())?;
        let row = exchange::Row {
            id,
            role: Role::Holder,
            state: State::Declined.number(),
            client_id: request.client_id().to_owned(),
            nonce: request.nonce().to_owned(),
            peer_name: request.shown_names().en.clone(),
            purpose: request.terms().purpose.code.clone(),
            created_at: now,
            expires_at: request.exp(),
            updated_at: now,
        };
        let entry = Entry::new(EntryKind::Declined, &self.ports)
            .text("exchange", &id.to_string())
            .text("client", request.client_id())
            .hash(refs::REQUEST, request.digest());
        self.record("decline", entry, |tx, entry| {
            exchange::insert(tx, &row)?;
            entry.commits(row.fact());
            let agreed = Agreed {
                id,
                role: Role::Holder,
                client_id: request.client_id(),
                peer: request.listed().map_or(&request.terms().legal_id, |party| &party.legal_id),
                purpose: &request.terms().purpose.code,
                record: None,
                replaces: None,
                max_uses: 0,
                validity: Period { from: now, until: request.exp() },
            };
            entry.begins_consent(tx, &agreed, ConsentState::Refused, now)?;
            Ok(())
        })
        .map_err(super::grant::answered_before)?;
        Ok(id)
    }
}
