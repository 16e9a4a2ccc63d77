//! The verifier asks: T0.

use chop_crypto::{AgreementKey, make_secret};
use chop_formats::dcql::DcqlQuery;
use chop_formats::frame::{Message, MessageKind};
use chop_formats::log_entry::{EntryKind, refs};
use chop_formats::request::{
    ClientIdForm, MAX_LIFETIME, OnlineDraft, RequestDraft as Draft, SignedRequest, encryption_kid, make_nonce,
};
use chop_ledger::blinded_verifier_log;
use chop_model::{Id, UseTerms};
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};
use chop_vault::table::exchange::{self, Role};
use chop_vault::table::secret::{self, SecretKind};

use crate::journal::{Entry, UseTicket};
use crate::{Result, Wallet};

use super::{Outbound, State};

/// What a verifier wants to ask.
#[derive(Debug, Clone)]
pub struct RequestDraft {
    /// What: a DCQL query.
    pub dcql: DcqlQuery,
    /// Why, how long, who answers for it.
    pub terms: UseTerms,
}

impl Wallet {
    /// Makes a fresh request for one person: own nonce, own encryption key, 300 seconds.
    ///
    /// # Errors
    /// `key.not-certified`; the fault of a draft that a wallet would refuse.
    pub fn ask(&self, draft: RequestDraft) -> Result<Outbound> {
        let (ticket, request) = self.request("t0", draft, None)?;
        Outbound::new(ticket, &Message::text(MessageKind::Request, &request.text)?)
    }

    /// T0, whichever way the request goes.
    pub(super) fn request(
        &self,
        step: &str,
        draft: RequestDraft,
        online: Option<OnlineDraft>,
    ) -> Result<(UseTicket, SignedRequest)> {
        let (key, x5c) = self.verifier()?;
        let random = self.ports.random.as_ref();
        let now = self.ports.clock.now();
        let id = Id::make(random)?;
        let agreement = AgreementKey::make(random)?;
        let (salt, note) = (make_secret::<32>(random)?, self.checkpoint()?);
        let nonce = make_nonce(random)?;
        let purpose = draft.terms.purpose.code.clone();
        let unsigned = Draft {
            client_id: ClientIdForm::Hash,
            x5c,
            nonce: nonce.clone(),
            iat: now,
            lifetime: MAX_LIFETIME,
            dcql: draft.dcql,
            terms: draft.terms,
            encryption_key: agreement.public(),
            // EXPOSE: the salt blinds the state of our log, and is opened only in a proof pack.
            vlc: blinded_verifier_log(salt.expose(), note.as_bytes()),
        };
        let keystore = self.ports.keystore.as_ref();
        let request = match online {
            Some(online) => unsigned.sign_online(online, keystore, &key)?,
            None => {
                let request = unsigned.sign(keystore, &key)?;
                Message::text(MessageKind::Request, &request.text)?.frames()?;
                request
            }
        };
        let row = exchange::Row {
            id,
            role: Role::Verifier,
            state: State::Requested.number(),
            client_id: request.client_id.clone(),
            nonce,
            peer_name: String::new(),
            purpose,
            created_at: now,
            expires_at: now.plus(MAX_LIFETIME),
            updated_at: now,
        };
        let kid = encryption_kid(&agreement.public());
        let entry = Entry::new(EntryKind::Requested, &self.ports)
            .text("exchange", &id.to_string())
            .hash(refs::REQUEST, request.digest);
        let (ticket, ()) = self.open_ticket(step, id, entry, |tx, entry| {
            exchange::insert(tx, &row)?;
            entry.commits(row.fact());
            let new =
                NewArtefact { exchange: id, kind: ArtefactKind::Request, once: Some((&row.client_id, &kid)) };
            entry.commits(artefact::insert(tx, &new, request.text.as_bytes())?.fact());
            let new = NewArtefact { exchange: id, kind: ArtefactKind::Checkpoint, once: None };
            entry.commits(artefact::insert(tx, &new, note.as_bytes())?.fact());
            entry.commits(secret::insert(tx, &id, SecretKind::AgreementKey, &agreement.to_secret())?);
            entry.commits(secret::insert(tx, &id, SecretKind::OwnLogSalt, &salt)?);
            Ok(())
        })?;
        Ok((ticket, request))
    }
}
