//! The verifier reads the code and claims: T0. The claim is in the record before it leaves.

use chop_crypto::encoding::to_base64url;
use chop_crypto::{AgreementKey, make_secret, sha256};
use chop_formats::log_entry::{EntryKind, refs};
use chop_formats::offer::{Claim as ClaimJwt, MAX_CLAIM_LIFETIME, OfferCode, OfferKeys, Part};
use chop_formats::relay::OfferId;
use chop_formats::request::{
    ClientIdForm, MAX_LIFETIME, RelayTarget, RequestDraft as Draft, encryption_kid, make_nonce,
};
use chop_formats::x509::x509_hash;
use chop_ledger::blinded_verifier_log;
use chop_model::{Id, UnixTime};
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};
use chop_vault::table::exchange::{self, Role};
use chop_vault::table::offer;
use chop_vault::table::secret::{self, SecretKind};

use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

use super::super::{RequestDraft, State};
use super::row::{RowWords as _, keeps, moves};
use super::stand::OfferState;
use super::{OfferFault, mode};

/// How a verifier takes up an offer.
#[derive(Debug, Clone)]
pub struct ClaimDraft {
    /// What to ask for and on which terms; nothing: whatever was left at the relay (C2).
    pub ask: Option<RequestDraft>,
    /// Origins of the relays that this verifier posts to.
    pub relays: Vec<String>,
}

impl Wallet {
    /// Takes up the offer of a code. The same code again goes on where the claim is.
    ///
    /// # Errors
    /// `offer-flow.other-relay`, `exchange.expired`, `key.not-certified`; the fault of a draft that a
    /// wallet would refuse.
    pub fn scan_offer(&self, code: &OfferCode, draft: ClaimDraft) -> Result<Id> {
        let keys = OfferKeys::derive(&code.key)?;
        // At most one that was not refused: the next is made only where there is none.
        let made = self.vault.read(|read| offer::named(read, Role::Verifier, &keys.id.0))?;
        if let Some(row) = made.iter().find(|row| row.state().is_ok_and(|s| s != OfferState::Refused)) {
            return Ok(row.id);
        }
        let origin = code.relay.origin();
        if !draft.relays.contains(&origin) {
            return Err(OfferFault::OtherRelay.into());
        }
        let now = self.ports.clock.now();
        if code.exp.is_some_and(|exp| exp < now) {
            return Err(WalletError::Expired.into());
        }
        let (signer, x5c) = self.verifier()?;
        let random = self.ports.random.as_ref();
        let (id, nonce) = (Id::make(random)?, make_nonce(random)?);
        let (agreement, salt) = (AgreementKey::make(random)?, make_secret::<32>(random)?);
        let note = self.checkpoint()?;
        let client_id = x509_hash(x5c.first().ok_or(WalletError::NotCertified)?);
        // EXPOSE: the salt blinds the state of our log, and is opened only in a proof pack.
        let vlc = blinded_verifier_log(salt.expose(), note.as_bytes());
        let basis =
            Basis { origin: &origin, offer: keys.id, grant: code.grant, nonce: &nonce, vlc, now, x5c: &x5c };
        let purpose = draft.ask.as_ref().map(|ask| ask.terms.purpose.code.clone()).unwrap_or_default();
        let (made, way) = match draft.ask {
            Some(ask) => {
                let request = basis.request(ask, &agreement).sign_for_relay(
                    RelayTarget { origin: origin.clone(), offer: keys.id },
                    self.ports.keystore.as_ref(),
                    &signer,
                )?;
                let body = keys.channel.seal(random, Part::Request, request.text.as_bytes())?;
                (Made { kind: ArtefactKind::Request, text: request.text, body }, 1)
            }
            None => (self.claim_jwt(&basis, &agreement, &signer)?, SEALED),
        };
        let row = offer::Row {
            id,
            role: Role::Verifier,
            mode: way,
            state: OfferState::Claiming.number(),
            relay: origin.clone(),
            offer: keys.id.0,
            grant: code.grant,
            claim: Some(sha256(&made.body)),
            seen: 0,
            others: 0,
            client_id: client_id.clone(),
            peer_name: String::new(),
            purpose: purpose.clone(),
            created_at: now,
            // A link does not say; then it is the grant's, once it is read.
            expires_at: code.exp.unwrap_or(now.plus(MAX_LIFETIME)),
            updated_at: now,
        };
        let exchange = exchange::Row {
            id,
            role: Role::Verifier,
            state: State::Requested.number(),
            client_id: client_id.clone(),
            nonce: nonce.clone(),
            peer_name: String::new(),
            purpose,
            created_at: now,
            expires_at: row.expires_at,
            updated_at: now,
        };
        let kid = encryption_kid(&agreement.public());
        let entry = Entry::new(EntryKind::Requested, &self.ports)
            .text("exchange", &id.to_string())
            .text("offer", &to_base64url(&row.offer))
            .text("relay", &origin)
            .hash(refs::REQUEST, sha256(made.text.as_bytes()));
        self.open_ticket("t0", id, entry, |tx, entry| {
            exchange::insert(tx, &exchange)?;
            entry.commits(exchange.fact());
            offer::insert(tx, &row)?;
            entry.commits(row.fact());
            let once = Some((client_id.as_str(), kid.as_str()));
            let new = NewArtefact { exchange: id, kind: made.kind, once };
            entry.commits(artefact::insert(tx, &new, made.text.as_bytes())?.fact());
            keeps(tx, entry, &id, ArtefactKind::ClaimBody, &made.body)?;
            if let Some(exp) = code.exp {
                keeps(tx, entry, &id, ArtefactKind::Offered, &exp.0.to_be_bytes())?;
            }
            keeps(tx, entry, &id, ArtefactKind::Checkpoint, note.as_bytes())?;
            entry.commits(secret::insert(tx, &id, SecretKind::AgreementKey, &agreement.to_secret())?);
            entry.commits(secret::insert(tx, &id, SecretKind::OwnLogSalt, &salt)?);
            entry.commits(secret::insert(tx, &id, SecretKind::OfferKey, &code.key)?);
            Ok(())
        })?;
        Ok(id)
    }

    /// The offer turned out to be sealed: the same asker claims it, with the same nonce and key.
    pub(super) fn claim_sealed(&self, row: &offer::Row) -> Result<()> {
        let (signer, x5c) = self.verifier()?;
        let exchange = self.exchange(&row.id)?;
        let agreement = AgreementKey::from_secret(&self.offer_secret(&row.id, SecretKind::AgreementKey)?)?;
        let asker = self.asker(&row.id)?;
        let now = self.ports.clock.now();
        let basis = Basis {
            origin: &row.relay,
            offer: row.name(),
            grant: row.grant,
            nonce: &exchange.nonce,
            vlc: *asker.vlc(),
            now,
            x5c: &x5c,
        };
        let made = self.claim_jwt(&basis, &agreement, &signer)?;
        let after =
            offer::Row { mode: SEALED, claim: Some(sha256(&made.body)), ..row.at(OfferState::Claiming, now) };
        let entry = Entry::new(EntryKind::Requested, &self.ports)
            .text("exchange", &row.id.to_string())
            .hash(refs::REQUEST, sha256(made.text.as_bytes()));
        self.record("claim", entry, |tx, entry| {
            keeps(tx, entry, &row.id, ArtefactKind::Claim, made.text.as_bytes())?;
            keeps(tx, entry, &row.id, ArtefactKind::ClaimBody, &made.body)?;
            moves(tx, entry, row, &after)
        })
    }

    fn claim_jwt(&self, basis: &Basis<'_>, key: &AgreementKey, signer: &chop_crypto::KeyId) -> Result<Made> {
        let claim = ClaimJwt {
            aud: basis.origin.to_owned(),
            offer: basis.offer,
            grant: basis.grant,
            nonce: basis.nonce.to_owned(),
            iat: basis.now,
            exp: basis.now.plus(MAX_CLAIM_LIFETIME),
            key: key.public(),
            vlc: basis.vlc,
        };
        let signed = claim.sign(basis.x5c, self.ports.keystore.as_ref(), signer)?;
        let text = signed.text().to_owned();
        Ok(Made { kind: ArtefactKind::Claim, body: text.clone().into_bytes(), text })
    }
}

/// What a request and a claim are made from alike.
struct Basis<'a> {
    origin: &'a str,
    offer: OfferId,
    grant: chop_crypto::Digest,
    nonce: &'a str,
    vlc: chop_crypto::Digest,
    now: UnixTime,
    x5c: &'a [Vec<u8>],
}

impl Basis<'_> {
    fn request(&self, ask: RequestDraft, key: &AgreementKey) -> Draft {
        Draft {
            client_id: ClientIdForm::Hash,
            x5c: self.x5c.to_vec(),
            nonce: self.nonce.to_owned(),
            iat: self.now,
            lifetime: MAX_LIFETIME,
            dcql: ask.dcql,
            terms: ask.terms,
            encryption_key: key.public(),
            vlc: self.vlc,
        }
    }
}

/// A signed object, and the body that carries it.
struct Made {
    kind: ArtefactKind,
    text: String,
    body: Vec<u8>,
}

/// C2, whichever: the envelope says which.
const SEALED: u8 = 2;
const _: () = assert!(mode::NUMBERS.1 == SEALED);
