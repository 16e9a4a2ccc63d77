//! The verifier takes: the envelope is opened and the whole grant read (T2), then key, content and
//! receipt (T4).

use chop_crypto::{AgreementKey, sha256};
use chop_formats::consent_record::RecordDocument;
use chop_formats::delivery::{Mode, UnverifiedDelivery};
use chop_formats::envelope::{Envelope, MAX_ENVELOPE_TEXT, open_envelope};
use chop_formats::frame::KeyBody;
use chop_formats::grant::{OfferedGrant, UnverifiedGrant};
use chop_formats::jose::jwe::UnverifiedJwe;
use chop_formats::log_entry::EntryKind;
use chop_formats::offer::{Part, content_key, open_share};
use chop_formats::relay::{Proof, SignedEntry, What};
use chop_formats::request::encryption_kid;
use chop_ledger::VerifierKey;
use chop_vault::table::artefact::ArtefactKind;
use chop_vault::table::offer;
use chop_vault::table::secret::SecretKind;

use crate::journal::Entry;
use crate::{Error, Result, Wallet, WalletError};

use super::super::State;
use super::super::accept::Accepted;
use super::super::asker::Asker;
use super::super::claim::Answer;
use super::answer::terms_within;
use super::call::RelayStep;
use super::row::{RowWords as _, keeps, moves};
use super::stand::OfferState;
use super::{OfferFault, Told};

/// An envelope of an offer that was opened and checked; and the relay's key, which the grant names.
pub(super) struct Opened<'a> {
    pub(super) answer: Answer<'a>,
    pub(super) relay_key: VerifierKey,
    asker: Asker,
}

impl Wallet {
    /// Opens what the relay handed out and checks it whole: the grant is the code's, the delivery note and
    /// the record are the grant's, the terms are ours.
    pub(super) fn open_offer<'a>(&self, row: &offer::Row, env: &'a [u8]) -> Result<Opened<'a>> {
        let asker = self.asker(&row.id)?;
        let now = self.ports.clock.now();
        let opened = self.unseal(row, &asker, env)?;
        let code = OfferedGrant {
            digest: row.grant,
            origin: row.relay.clone(),
            exp: self.said_end(row)?,
            client_id: asker.client_id().to_owned(),
        };
        let grant = UnverifiedGrant::parse(&opened.grant)?.verify_offered(&code, now)?;
        let relay = grant.payload().relay.as_ref().ok_or(WalletError::LogBroken)?;
        let relay_key = VerifierKey::parse(&relay.vkey)?;
        RecordDocument::read(&opened.record)?.check_against(grant.payload())?;
        let delivery = UnverifiedDelivery::parse(&opened.delivery)?.verify(&grant, now)?;
        delivery.payload().check_ciphertext(&opened.ciphertext)?;
        match &asker {
            Asker::Request(request) => {
                let is_ours = delivery.payload().mode == Mode::C1
                    && delivery.payload().req.is_some_and(|req| req.0 == request.digest());
                if !is_ours {
                    return Err(OfferFault::Swapped.into());
                }
                if !terms_within(request.terms(), grant.payload()) {
                    return Err(WalletError::OtherTerms.into());
                }
            }
            Asker::Claim(_) if !delivery.payload().mode.is_sealed() => {
                return Err(OfferFault::Swapped.into());
            }
            Asker::Claim(_) => {}
        }
        Ok(Opened { answer: Answer { envelope: env, opened, grant, delivery }, relay_key, asker })
    }

    /// The end that the code said; a link says none.
    fn said_end(&self, row: &offer::Row) -> Result<Option<chop_model::UnixTime>> {
        let bytes = self.offer_bytes_if_any(&row.id, ArtefactKind::Offered)?;
        let end = bytes.and_then(|bytes| bytes.try_into().ok()).map(i64::from_be_bytes);
        Ok(end.map(chop_model::UnixTime))
    }

    /// C1: the channel, then a JWE to our request. C2n: a JWE to a key that we stated. C2f: the channel.
    fn unseal(&self, row: &offer::Row, asker: &Asker, env: &[u8]) -> Result<Envelope> {
        let keys = self.offer_keys(&row.id)?;
        match asker {
            Asker::Request(request) => {
                let text = keys.channel.open_text(Part::Envelope, env)?;
                Ok(open_envelope(&text, &self.own_key(row)?, request.kid(), &request.digest())?)
            }
            Asker::Claim(_) => match self.stated_for(asker, env)? {
                Some((key, text)) => {
                    let kid = encryption_kid(&key.public());
                    Ok(open_envelope(&text, &key, &kid, &row.grant)?)
                }
                None => {
                    let packed = keys.channel.open(Part::Envelope, env)?;
                    // EXPOSE: the envelope is read; its content stays sealed in it.
                    Ok(Envelope::from_packed(packed.expose())?)
                }
            },
        }
    }

    /// The stated key that a named drop is sealed to.
    fn stated_for(&self, asker: &Asker, env: &[u8]) -> Result<Option<(AgreementKey, String)>> {
        let Ok(text) = std::str::from_utf8(env) else { return Ok(None) };
        let Ok(jwe) = UnverifiedJwe::parse(text, MAX_ENVELOPE_TEXT) else { return Ok(None) };
        let key = self.stated_key(asker.client_id(), jwe.kid())?;
        match key {
            Some(key) => Ok(Some((key, text.to_owned()))),
            None => Err(WalletError::NoExchange.into()),
        }
    }

    /// The relay shows its CLAIMED entry in its log: only now is anything acknowledged. T2.
    pub(super) fn proven(&self, row: &offer::Row, proof: &Proof) -> Result<RelayStep> {
        if row.state()? != OfferState::Proving {
            return Ok(Vec::new());
        }
        let env = self.offer_bytes(&row.id, ArtefactKind::RelayEnvelope)?;
        let opened = self.open_offer(row, &env)?;
        let key = opened.relay_key.clone();
        let entry = self.kept_claimed(row)?.verify(&key).map_err(|_| Error::from(OfferFault::BadEntry))?;
        proof.verify_inclusion(&entry, &key).map_err(|_| Error::from(OfferFault::BadEntry))?;
        let exchange = self.exchange(&row.id)?;
        if exchange.state == State::Requested.number() {
            // What this would show is posted instead; the ticket is closed when the relay has it.
            drop(self.sign_answer(row.id, &opened.asker, opened.answer)?);
        }
        self.post_ack(row)
    }

    /// The acknowledgement as it is posted: sealed once, and kept.
    fn post_ack(&self, row: &offer::Row) -> Result<RelayStep> {
        let text = self.stored_text(&row.id, ArtefactKind::Ack)?;
        let body = self.body_of(row, Part::Acknowledgement, &text)?;
        let after = row.at(OfferState::Acknowledged, self.ports.clock.now());
        let entry = Entry::new(EntryKind::Acked, &self.ports)
            .text("exchange", &row.id.to_string())
            .hash("posted", sha256(&body));
        self.record("post-ack", entry, |tx, entry| {
            keeps(tx, entry, &row.id, ArtefactKind::RelayAck, &body)?;
            moves(tx, entry, row, &after)
        })?;
        Ok(vec![Told::Moved(OfferState::Acknowledged)])
    }

    /// C1: sealed under the channel. C2: the text, which the relay checks.
    fn body_of(&self, row: &offer::Row, part: Part, text: &str) -> Result<Vec<u8>> {
        match row.way()? {
            Mode::C1 => {
                let keys = self.offer_keys(&row.id)?;
                Ok(keys.channel.seal(self.ports.random.as_ref(), part, text.as_bytes())?)
            }
            _ => Ok(text.as_bytes().to_vec()),
        }
    }

    /// The share: `K = HKDF(k_qr ‖ k_rel)`, content, receipt. T4.
    pub(super) fn take_share(
        &self,
        row: &offer::Row,
        share: &[u8],
        entry: &SignedEntry,
    ) -> Result<RelayStep> {
        if row.state()? != OfferState::Awaiting {
            return Ok(Vec::new());
        }
        let key = self.relay_key(&row.id)?.ok_or(OfferFault::WrongStep)?;
        let claim = row.claim.ok_or(WalletError::LogBroken)?;
        self.take_step(row, &key, entry, What::Released, &claim)?;
        let ack = self.stored_text(&row.id, ArtefactKind::Ack)?;
        let mut told = Vec::new();
        if self.exchange(&row.id)?.state == State::Acknowledged.number() {
            let release = KeyBody { key: self.content_key_of(row, share)?, ack: sha256(ack.as_bytes()) };
            match self.accept(release) {
                Ok(Accepted::Taken(received, _)) => told.push(Told::Received(received)),
                Ok(Accepted::Refused(reason, _)) => told.push(Told::RefusedContent(reason)),
                // A key that the delivery note does not commit to is no release: the relay, or who
                // sealed to us, gave another one. The right one may still come.
                Err(error) if error.code() == "content.wrong-key" => {
                    return Err(OfferFault::Swapped.into());
                }
                Err(error) => return Err(error),
            }
        } else if self.exchange(&row.id)?.state == State::Accepted.number() {
            told.push(Told::Received(Box::new(self.received(&row.id)?)));
        }
        self.post_use(row)?;
        told.push(Told::Moved(OfferState::Taken));
        Ok(told)
    }

    fn content_key_of(&self, row: &offer::Row, share: &[u8]) -> Result<chop_crypto::Secret<32>> {
        let keys = self.offer_keys(&row.id)?;
        let code = self.offer_secret(&row.id, SecretKind::OfferKey)?;
        let way = row.way()?;
        let share = match self.asker(&row.id)? {
            Asker::Request(request) => {
                let text = keys.channel.open_text(Part::KeyShare, share)?;
                open_share(&text, &self.own_key(row)?, request.kid(), &request.digest())?
            }
            asker @ Asker::Claim(_) => {
                let grant = UnverifiedGrant::parse(&self.stored_text(&row.id, ArtefactKind::Grant)?)?;
                let delivery =
                    UnverifiedDelivery::parse(&self.stored_text(&row.id, ArtefactKind::Delivery)?)?
                        .verify_as_record(&grant.verify_as_record()?)?;
                // `sk` in the signed note: another share is the relay's doing.
                delivery.payload().check_share(share).map_err(|_| Error::from(OfferFault::Swapped))?;
                match self.stated_for(&asker, share)? {
                    Some((key, text)) => {
                        let kid = encryption_kid(&key.public());
                        open_share(&text, &key, &kid, &row.grant)?
                    }
                    None => chop_crypto::Secret::from_slice(share).ok_or(OfferFault::Swapped)?,
                }
            }
        };
        Ok(content_key(&code, &share, way, &row.grant)?)
    }

    fn post_use(&self, row: &offer::Row) -> Result<()> {
        let text = match self.stored_text(&row.id, ArtefactKind::Use) {
            Ok(text) => text,
            Err(_) => self.stored_text(&row.id, ArtefactKind::Refused)?,
        };
        let body = self.body_of(row, Part::Receipt, &text)?;
        let after = row.at(OfferState::Taken, self.ports.clock.now());
        let entry = Entry::new(EntryKind::Used, &self.ports)
            .text("exchange", &row.id.to_string())
            .hash("posted", sha256(&body));
        self.record("post-use", entry, |tx, entry| {
            keeps(tx, entry, &row.id, ArtefactKind::RelayUse, &body)?;
            moves(tx, entry, row, &after)
        })
    }
}
