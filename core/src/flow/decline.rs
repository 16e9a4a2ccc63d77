//! No. One step, one line in the record, nothing to the asker: declining looks the same whether the
//! holder lacks the data or keeps it.

use chop_formats::log_entry::{EntryKind, refs};
use chop_model::Id;
use chop_vault::table::exchange::{self, Role};

use crate::journal::Entry;
use crate::{Result, Wallet};

use super::{ConsentPrompt, State};

impl Wallet {
    /// Says no to a request. It cannot be answered with yes afterwards: a new one is fresh anyway.
    ///
    /// # Errors
    /// `request.answered-before`; when the record cannot be written.
    pub fn decline(&self, prompt: ConsentPrompt) -> Result<Id> {
        let request = &prompt.request;
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
            Ok(())
        })
        .map_err(super::grant::answered_before)?;
        Ok(id)
    }
}
