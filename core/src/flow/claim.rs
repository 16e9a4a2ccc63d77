//! The verifier takes the sealed data and signs for it: T2. The whole grant is read and checked
//! before anything is acknowledged.

use chop_crypto::encoding::to_base64url;
use chop_crypto::{AgreementKey, Digest, sha256};
use chop_formats::consent_record::RecordDocument;
use chop_formats::dcql::DcqlQuery;
use chop_formats::delivery::{UnverifiedDelivery, VerifiedDelivery};
use chop_formats::envelope::{Envelope, MAX_ENVELOPE_TEXT, open_envelope};
use chop_formats::frame::{Message, MessageKind};
use chop_formats::grant::{AnsweredRequest, UnverifiedGrant, VerifiedGrant};
use chop_formats::jose::jwe::UnverifiedJwe;
use chop_formats::log_entry::{EntryKind, refs};
use chop_formats::receipt::{self, Ack, Common};
use chop_formats::request::StoredRequest;
use chop_formats::x509::x509_hash;
use chop_model::Id;
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};
use chop_vault::table::secret::{self, SecretKind};

use crate::consent::{Agreed, ConsentState};
use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

use super::asker::Asker;
use super::{Outbound, State};

impl Wallet {
    /// Opens an envelope, checks the grant against the request that it answers, and signs for it.
    /// The content stays sealed: its key comes only for this signature.
    ///
    /// # Errors
    /// The fault of the envelope, grant, delivery note or record; nothing is signed then.
    /// `exchange.wrong-step` when the request was answered by another envelope before.
    pub fn claim(&self, envelope: &str) -> Result<Outbound> {
        let id = self.exchange_of_envelope(envelope)?;
        let row = self.exchange(&id)?;
        match State::from_number(row.state) {
            Some(State::Requested) => {}
            Some(State::Acknowledged) if self.stored_text(&id, ArtefactKind::Envelope)? == envelope => {
                return self.again(&id);
            }
            Some(State::Frozen) => return Err(WalletError::Frozen.into()),
            _ => return Err(WalletError::WrongStep.into()),
        }
        let request = match self.asker(&id)? {
            Asker::Request(request) if request.relay().is_none() => request,
            _ => return Err(WalletError::WrongStep.into()),
        };
        let opened = self.open_answer(&id, &request, envelope)?;
        let now = self.ports.clock.now();
        let asked = AnsweredRequest {
            client_id: request.client_id().to_owned(),
            req: request.digest(),
            vlc: *request.vlc(),
        };
        let grant = UnverifiedGrant::parse(&opened.grant)?.verify(&asked, now)?;
        check_terms(&grant, &request)?;
        RecordDocument::read(&opened.record)?.check_against(grant.payload())?;
        let delivery = UnverifiedDelivery::parse(&opened.delivery)?.verify(&grant, now)?;
        delivery.payload().check_ciphertext(&opened.ciphertext)?;
        let answer = Answer { envelope: envelope.as_bytes(), opened, grant, delivery };
        self.sign_answer(id, &Asker::Request(request), answer)
    }

    /// T2: signs for an answer whose every part was checked.
    pub(super) fn sign_answer(&self, id: Id, asker: &Asker, answer: Answer<'_>) -> Result<Outbound> {
        let Answer { envelope, opened, grant, delivery } = answer;
        let now = self.ports.clock.now();
        let common = self.common(asker, &grant, &delivery)?;
        let (key, chain) = self.verifier()?;
        let leaf = leaf_of(&chain)?;
        let ack = receipt::sign(Ack::new(common), &leaf, self.ports.keystore.as_ref(), &key)?;
        let message = Message::text(MessageKind::Ack, ack.text())?;
        let entry = Entry::new(EntryKind::Received, &self.ports)
            .text("exchange", &id.to_string())
            .hash(refs::REQUEST, asker.digest())
            .hash(refs::GRANT, grant.digest())
            .hash(refs::DELIVERY, delivery.digest())
            .hash(refs::ACK, ack.digest());
        let grant_iss = to_base64url(&grant.payload().iss.0);
        let grant_jti = grant.payload().jti.to_string();
        let (ticket, ()) = self.open_ticket("t2", id, entry, |tx, entry| {
            for (kind, once, bytes) in [
                (ArtefactKind::Envelope, None, envelope),
                (ArtefactKind::Grant, Some(grant_jti.as_str()), opened.grant.as_bytes()),
                (ArtefactKind::Delivery, None, opened.delivery.as_bytes()),
                (ArtefactKind::Content, None, opened.ciphertext.as_slice()),
                (ArtefactKind::ConsentRecord, None, opened.record.as_slice()),
                (ArtefactKind::Ack, None, ack.text().as_bytes()),
            ] {
                let new = NewArtefact { exchange: id, kind, once: once.map(|jti| (grant_iss.as_str(), jti)) };
                entry.commits(artefact::insert(tx, &new, bytes)?.fact());
            }
            let (from, to) = (State::Requested.number(), State::Acknowledged.number());
            entry.moves(tx, &id, from, to, now)?;
            if let Asker::Request(request) = asker {
                let agreed = Agreed::received(id, request, grant.payload(), &opened.record);
                entry.begins_consent(tx, &agreed, ConsentState::Active, now)?;
            }
            Ok(())
        })?;
        Outbound::new(ticket, &message)
    }

    /// What every receipt of this exchange says.
    pub(super) fn common(
        &self,
        asker: &Asker,
        grant: &VerifiedGrant,
        delivery: &VerifiedDelivery,
    ) -> Result<Common> {
        let binding = delivery.payload().binding();
        Ok(Common {
            iss: asker.client_id().to_owned(),
            org: asker.organisation(),
            iat: self.ports.clock.now(),
            jti: Id::make(self.ports.random.as_ref())?,
            aud: grant.payload().iss,
            grant: grant.digest().into(),
            dn: delivery.digest().into(),
            req: asker.digest().into(),
            ct: binding.ct.into(),
            kc: binding.kc.into(),
            hlc: grant.payload().hlc,
            vlc: (*asker.vlc()).into(),
        })
    }

    /// Found by the key that the envelope is sealed to: it was made for one request.
    fn exchange_of_envelope(&self, envelope: &str) -> Result<Id> {
        self.exchange_of_kid(UnverifiedJwe::parse(envelope, MAX_ENVELOPE_TEXT)?.kid())
    }

    /// The exchange whose request named its key `kid`.
    pub(super) fn exchange_of_kid(&self, kid: &str) -> Result<Id> {
        let (_, chain) = self.verifier()?;
        let client_id = x509_hash(chain.first().ok_or(WalletError::NotCertified)?);
        let row =
            self.vault.read(|read| artefact::find_by_jti(read, ArtefactKind::Request, &client_id, kid))?;
        row.map(|row| row.exchange).ok_or_else(|| WalletError::NoExchange.into())
    }

    fn open_answer(&self, id: &Id, request: &StoredRequest, envelope: &str) -> Result<Envelope> {
        let secret = self.vault.read(|read| secret::find(read, id, SecretKind::AgreementKey))?;
        let key = AgreementKey::from_secret(&secret.ok_or(WalletError::WrongStep)?)?;
        Ok(open_envelope(envelope, &key, request.kid(), &request.digest())?)
    }
}

/// An answer that was opened and checked.
pub(super) struct Answer<'a> {
    /// As it came.
    pub(super) envelope: &'a [u8],
    pub(super) opened: Envelope,
    pub(super) grant: VerifiedGrant,
    pub(super) delivery: VerifiedDelivery,
}

/// The grant may give less than was asked, never on other terms and never something else.
pub(super) fn check_terms(grant: &VerifiedGrant, request: &StoredRequest) -> Result<()> {
    let (grant, terms) = (grant.payload(), request.terms());
    let access = grant.access().ok_or(WalletError::OtherTerms)?;
    let scope = DcqlQuery::from_value(&access.dcql_query)?;
    let is_ours = scope.is_subset_of(request.dcql())
        && grant.purpose == [terms.purpose.clone()]
        && grant.retain == terms.retention
        && grant.onward == terms.onward
        && grant.locations == terms.locations
        && access.actions == terms.actions;
    if is_ours { Ok(()) } else { Err(WalletError::OtherTerms.into()) }
}

/// SHA-256 of the leaf certificate that signs for this space.
pub(super) fn leaf_of(chain: &[Vec<u8>]) -> Result<Digest> {
    chain.first().map(|der| sha256(der)).ok_or_else(|| WalletError::NotCertified.into())
}
