//! What came through the relay for the holder, part by part: acknowledgement, claim, receipt.

use chop_crypto::sha256;
use chop_formats::frame::MessageKind;
use chop_formats::log_entry::{EntryKind, refs};
use chop_formats::offer::{ExpectedClaim, Part, UnverifiedClaim, seal_share};
use chop_model::LangText;
use chop_vault::table::artefact::ArtefactKind;
use chop_vault::table::exchange::{self, Role};
use chop_vault::table::offer;
use chop_vault::table::secret::SecretKind;

use crate::journal::Entry;
use crate::{Error, Result, Wallet};

use super::super::State;
use super::super::consent::GRANT_SECONDS;
use super::OfferFault;
use super::row::{RowWords as _, keeps};

impl Wallet {
    /// T3 (C1): the acknowledgement is kept; then the share is sealed, once, and kept.
    pub(super) fn acknowledged(&self, row: &offer::Row, body: &[u8]) -> Result<()> {
        let text = self.offer_keys(&row.id)?.channel.open_text(Part::Acknowledgement, body)?;
        // The frames that this would show are not shown: the share goes through the relay instead.
        drop(self.acknowledge(&text)?);
        Ok(())
    }

    /// The sealed share, made when it is needed first and the same ever after. Only for an exchange whose
    /// acknowledgement is stored.
    pub(super) fn sealed_share(&self, row: &offer::Row) -> Result<Vec<u8>> {
        if let Some(bytes) = self.offer_bytes_if_any(&row.id, ArtefactKind::RelayShare)? {
            return Ok(bytes);
        }
        if self.exchange(&row.id)?.state != State::Acked.number() {
            return Err(OfferFault::WrongStep.into());
        }
        let random = self.ports.random.as_ref();
        let request =
            chop_formats::request::StoredRequest::read(&self.stored_text(&row.id, ArtefactKind::Request)?)?;
        let share = self.offer_secret(&row.id, SecretKind::KeyShare)?;
        let (to, kid) = (request.encryption_key(), request.kid());
        let jwe = seal_share(random, to, kid, &request.digest(), &share)?;
        let bytes = self.offer_keys(&row.id)?.channel.seal(random, Part::KeyShare, jwe.as_bytes())?;
        let entry = Entry::new(EntryKind::Released, &self.ports)
            .text("exchange", &row.id.to_string())
            .hash("share", sha256(&bytes));
        self.record("share", entry, |tx, entry| keeps(tx, entry, &row.id, ArtefactKind::RelayShare, &bytes))?;
        Ok(bytes)
    }

    /// C2: who has it. The claim is what receipts name; the exchange begins with it.
    pub(super) fn collected(&self, row: &offer::Row, body: &[u8]) -> Result<(String, LangText)> {
        let (trust, now) = (self.trust()?, self.ports.clock.now());
        let text = std::str::from_utf8(body).map_err(|_| Error::from(OfferFault::BadAnswer))?;
        let expected = ExpectedClaim { aud: row.relay.clone(), offer: row.name(), grant: row.grant };
        let stored = chop_formats::offer::StoredClaim::read(text)?;
        // The wallet may have slept: the claim is judged as of when it was made.
        let at = stored.claim().iat.min(now);
        let claim = UnverifiedClaim::parse(text)?.verify(&trust, &expected, at)?;
        let (client, shown) = (claim.signatory().client_id.clone(), claim.signatory().shown.clone());
        if self.vault.read(|read| exchange::find(read, &row.id))?.is_some() {
            return Ok((client, shown));
        }
        let exchange = exchange::Row {
            id: row.id,
            role: Role::Holder,
            state: State::Spent.number(),
            client_id: client.clone(),
            nonce: claim.claim().nonce.clone(),
            peer_name: shown.en.clone(),
            purpose: row.purpose.clone(),
            created_at: now,
            // The relay judged the time when it gave the envelope out.
            expires_at: row.expires_at.max(now.plus(GRANT_SECONDS)),
            updated_at: now,
        };
        let entry = Entry::new(EntryKind::Requested, &self.ports)
            .text("exchange", &row.id.to_string())
            .text("client", &client)
            .hash(refs::REQUEST, claim.digest());
        self.record("collected", entry, |tx, entry| {
            exchange::insert(tx, &exchange)?;
            entry.commits(exchange.fact());
            keeps(tx, entry, &row.id, ArtefactKind::Claim, text.as_bytes())
        })?;
        Ok((client, shown))
    }

    /// C2: the relay released for this acknowledgement, which must be the claimer's and of this grant.
    pub(super) fn released(&self, row: &offer::Row, body: &[u8]) -> Result<()> {
        let text = std::str::from_utf8(body).map_err(|_| Error::from(OfferFault::BadAnswer))?;
        drop(self.acknowledge(text)?);
        self.close_open(&row.id, "t3", EntryKind::Released)
    }

    /// T5: a use receipt, or a signed refusal.
    pub(super) fn used(
        &self,
        row: &offer::Row,
        body: &[u8],
        is_sealed: bool,
    ) -> Result<super::super::UseOutcome> {
        let text = match is_sealed {
            true => String::from_utf8(body.to_vec()).map_err(|_| Error::from(OfferFault::BadAnswer))?,
            false => self.offer_keys(&row.id)?.channel.open_text(Part::Receipt, body)?,
        };
        match self.confirm(MessageKind::Use, &text) {
            Err(error) if error.code() == "jose.wrong-type" || error.code() == "jose.bad-json" => {
                self.confirm(MessageKind::Refused, &text)
            }
            outcome => outcome,
        }
    }

    /// Who came beside the claim that is ahead: in C1 by an opened seal, in C2 by its signed claim.
    pub(super) fn who_else(&self, row: &offer::Row, body: &[u8]) -> Option<LangText> {
        use chop_formats::request::{Carrier, UnverifiedRequest};
        let (trust, now) = (self.trust().ok()?, self.ports.clock.now());
        if row.way().ok()?.is_sealed() {
            let text = std::str::from_utf8(body).ok()?;
            let expected = ExpectedClaim { aud: row.relay.clone(), offer: row.name(), grant: row.grant };
            let at = chop_formats::offer::StoredClaim::read(text).ok()?.claim().iat.min(now);
            let claim = UnverifiedClaim::parse(text).ok()?.verify(&trust, &expected, at).ok()?;
            return Some(claim.signatory().shown.clone());
        }
        let text = self.offer_keys(&row.id).ok()?.channel.open_text(Part::Request, body).ok()?;
        let request = UnverifiedRequest::parse(&text).ok()?.verify(&trust, now, Carrier::Relay).ok()?;
        Some(request.shown_names().clone())
    }
}
