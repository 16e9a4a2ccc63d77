//! The signed objects of a pack: each verifies, each names the others as it must, and the log names
//! every one of them.

use chop_crypto::{Digest, P256PublicKey, sha256};
use chop_model::{Coded, UnixTime};
use serde::Deserialize;
use serde_json::Value;

use super::holder::{CheckedHolder, check_presentation};
use super::log::CheckedLog;
use super::{PackContents, PackError, PackFault, Part};
use crate::dcql::DcqlQuery;
use crate::delivery::{UnverifiedDelivery, VerifiedDelivery};
use crate::digest64::B64Digest;
use crate::grant::{AudPolicy, Grant, UnverifiedGrant, VerifiedGrant};
use crate::jose::jws::UnverifiedJws;
use crate::log_entry::refs;
use crate::receipt::{
    Ack, Erased, Expected, Refused, Signer, Stage, UnverifiedReceipt, Use, VerifiedReceipt,
};
use crate::request;
use crate::x509::{Certificate, x509_hash};

/// Everything that was signed, checked against each other and against the log.
pub(super) struct Exchange {
    pub(super) request: CheckedRequest,
    pub(super) grant: VerifiedGrant,
    pub(super) permitted: DcqlQuery,
    pub(super) delivery: Option<VerifiedDelivery>,
    pub(super) ack: Option<VerifiedReceipt<Ack>>,
    pub(super) used: Option<VerifiedReceipt<Use>>,
    pub(super) refused: Option<VerifiedReceipt<Refused>>,
    pub(super) erased: Option<VerifiedReceipt<Erased>>,
    pub(super) holders: Vec<CheckedHolder>,
}

impl Exchange {
    /// Checks every object of the pack, in the order in which they were made.
    pub(super) fn check(contents: &PackContents, log: &CheckedLog) -> Result<Self, PackFault> {
        let request = CheckedRequest::check(&contents.request)?;
        log.names(refs::REQUEST, &request.digest, Part::Request)?;
        let (grant, permitted) = check_grant(contents, &request)?;
        log.names(refs::GRANT, &grant.digest(), Part::Grant)?;
        log.names_only(contents, refs::REQUEST, &request.digest)?;
        log.names_only(contents, refs::GRANT, &grant.digest())?;
        let delivery = check_delivery(contents, &request, &grant)?;
        if let Some(delivery) = &delivery {
            log.names(refs::DELIVERY, &delivery.digest(), Part::Delivery)?;
        }
        let receipts = Receipts { log, request: &request, grant: &grant, delivery: delivery.as_ref() };
        let ack = receipts.check::<Ack>(Part::Ack, refs::ACK, contents.ack.as_deref(), None)?;
        let acked = ack.as_ref().map(|ack| ack.digest());
        let used = receipts.check::<Use>(Part::Use, refs::USE, contents.used.as_deref(), acked)?;
        let refused =
            receipts.check::<Refused>(Part::Refused, refs::REFUSED, contents.refused.as_deref(), acked)?;
        let after_use = used.as_ref().map(|used| used.digest());
        let erased =
            receipts.check::<Erased>(Part::Erased, refs::ERASED, contents.erased.as_deref(), after_use)?;
        let mut holders = Vec::new();
        for (number, presentation) in contents.presentations.iter().enumerate() {
            let used = used.as_ref().map(VerifiedReceipt::payload);
            holders.push(check_presentation(number, presentation, &request, &grant, used)?);
            let digest = sha256(presentation.key_binding.as_bytes());
            log.names(&refs::key_binding(number), &digest, Part::Presentation(number))?;
        }
        Ok(Self { request, grant, permitted, delivery, ack, used, refused, erased, holders })
    }

    /// When each receipt was signed.
    pub(super) fn receipts(&self) -> impl Iterator<Item = (Part, UnixTime)> {
        let ack = self.ack.as_ref().map(|r| (Part::Ack, r.payload().iat));
        let used = self.used.as_ref().map(|r| (Part::Use, r.payload().iat));
        let refused = self.refused.as_ref().map(|r| (Part::Refused, r.payload().iat));
        let erased = self.erased.as_ref().map(|r| (Part::Erased, r.payload().iat));
        [ack, used, refused, erased].into_iter().flatten()
    }
}

/// A request as a record of the past: who signed it is known by certificate, and not yet by anchor.
pub(super) struct CheckedRequest {
    pub(super) digest: Digest,
    pub(super) client_id: String,
    pub(super) nonce: String,
    pub(super) iat: UnixTime,
    pub(super) vlc: Digest,
    pub(super) x5c: Vec<Vec<u8>>,
    pub(super) leaf_sha256: Digest,
    key: P256PublicKey,
    org: Option<String>,
    pub(super) asked: DcqlQuery,
}

/// What of a request's payload the rest of a pack refers to.
#[derive(Deserialize)]
struct RequestPayload {
    client_id: String,
    nonce: String,
    iat: UnixTime,
    vlc: B64Digest,
    dcql_query: Value,
}

impl CheckedRequest {
    fn check(text: &str) -> Result<Self, PackFault> {
        let wrong = |e: &dyn Coded| PackError::BadObject.because(Part::Request, e);
        let jws = UnverifiedJws::parse(text, request::MAX_REQUEST_BYTES).map_err(|e| wrong(&e))?;
        let x5c = jws.header().x5c.clone();
        let leaf = x5c.first().ok_or(PackError::BadObject.of(Part::Request))?;
        let certificate = Certificate::read(leaf).map_err(|e| wrong(&e))?;
        let key = certificate.p256_key().map_err(|e| wrong(&e))?;
        let jws = jws.verify(&key, request::TYP).map_err(|e| wrong(&e))?;
        let payload: RequestPayload = jws.json().map_err(|e| wrong(&e))?;
        let RequestPayload { client_id, nonce, iat, vlc, dcql_query } = payload;
        let asked = DcqlQuery::from_value(&dcql_query).map_err(|e| wrong(&e))?;
        let dns_names = certificate.dns_names().map_err(|e| wrong(&e))?;
        let by_dns = client_id
            .strip_prefix("x509_san_dns:")
            .is_some_and(|name| dns_names.iter().any(|n| n == name && !n.starts_with('*')));
        if client_id != x509_hash(leaf) && !by_dns {
            return Err(PackError::WrongSigner.of(Part::Request));
        }
        let org = certificate.organisation_id().map_err(|e| wrong(&e))?;
        let leaf_sha256 = sha256(leaf);
        Ok(Self {
            digest: jws.digest(),
            client_id,
            nonce,
            iat,
            vlc: vlc.0,
            x5c,
            leaf_sha256,
            key,
            org,
            asked,
        })
    }
}

/// The grant as a record of the past, which does not expire, and what it permits.
fn check_grant(
    contents: &PackContents,
    request: &CheckedRequest,
) -> Result<(VerifiedGrant, DcqlQuery), PackFault> {
    let wrong = |e: &dyn Coded| PackError::BadObject.because(Part::Grant, e);
    let parsed = UnverifiedGrant::parse(&contents.grant).map_err(|e| wrong(&e))?;
    let grant = parsed.verify_as_record().map_err(|e| wrong(&e))?;
    let said = grant.payload();
    if !is_linked(said, request) {
        return Err(PackError::WrongLink.of(Part::Grant));
    }
    let access = said.access().ok_or(PackError::BadObject.of(Part::Grant))?;
    let permitted = DcqlQuery::from_value(&access.dcql_query).map_err(|e| wrong(&e))?;
    // An answer narrows its request; a request that takes up an offer (mode C) asks within it.
    let fits = match said.relay {
        None => permitted.is_subset_of(&request.asked),
        Some(_) => request.asked.is_within(&permitted),
    };
    if !fits {
        return Err(PackError::WiderThanAsked.of(Part::Grant));
    }
    if contents.consent_record.as_ref().is_some_and(|record| sha256(record) != said.rec.0) {
        return Err(PackError::WrongLink.of(Part::ConsentRecord));
    }
    Ok((grant, permitted))
}

/// An answer names its request. An offer was signed before it, and the delivery note links the two.
fn is_linked(grant: &Grant, request: &CheckedRequest) -> bool {
    let is_for = |client: &str| match (&grant.aud, &grant.aud_policy) {
        (Some(aud), _) => aud == client,
        (None, Some(AudPolicy::Clients(clients))) => clients.iter().any(|c| c == client),
        // Who was let in by a list, the holder judged when the claim came.
        _ => true,
    };
    let is_linked = match grant.relay {
        None => {
            grant.req.is_some_and(|req| req.0 == request.digest)
                && grant.vlc.is_some_and(|vlc| vlc.0 == request.vlc)
        }
        Some(_) => true,
    };
    is_for(&request.client_id) && is_linked
}

fn check_delivery(
    contents: &PackContents,
    request: &CheckedRequest,
    grant: &VerifiedGrant,
) -> Result<Option<VerifiedDelivery>, PackFault> {
    let Some(text) = &contents.delivery else { return Ok(None) };
    UnverifiedDelivery::parse(text)
        .and_then(|parsed| parsed.verify_as_record(grant))
        .map_err(|e| PackError::BadObject.because(Part::Delivery, &e))
        .and_then(|delivery| match delivery.payload().req {
            Some(req) if req.0 == request.digest => Ok(Some(delivery)),
            _ => Err(PackError::WrongLink.of(Part::Delivery)),
        })
}

/// What receipts are checked against.
struct Receipts<'a> {
    log: &'a CheckedLog,
    request: &'a CheckedRequest,
    grant: &'a VerifiedGrant,
    delivery: Option<&'a VerifiedDelivery>,
}

impl Receipts<'_> {
    fn check<S: Stage>(
        &self,
        part: Part,
        name: &str,
        text: Option<&str>,
        prev: Option<Digest>,
    ) -> Result<Option<VerifiedReceipt<S>>, PackFault> {
        let Some(text) = text else { return Ok(None) };
        let delivery = self.delivery.ok_or(PackError::MissingPart.of(part))?;
        // A use follows an acknowledgement, an erasure a use.
        if matches!(part, Part::Use | Part::Erased) && prev.is_none() {
            return Err(PackError::MissingPart.of(part));
        }
        let expected = Expected::of(self.signer(text, S::MAX_TEXT, part)?, self.grant, delivery);
        let expected = match prev {
            Some(prev) => expected.after(prev),
            None => expected,
        };
        let receipt = UnverifiedReceipt::<S>::parse(text)
            .and_then(|parsed| parsed.verify_as_record(&self.request.key, &expected))
            .map_err(|e| PackError::BadObject.because(part, &e))?;
        self.log.names(name, &receipt.digest(), part)?;
        Ok(Some(receipt))
    }

    /// The signer of the request. Where its certificate has no identifier of an organisation, the
    /// receipt's own word stands, and is worth no more than the signature.
    fn signer(&self, text: &str, max_bytes: usize, part: Part) -> Result<Signer, PackFault> {
        let org = match &self.request.org {
            Some(org) => org.clone(),
            None => said_org(text, max_bytes).ok_or(PackError::BadObject.of(part))?,
        };
        let CheckedRequest { client_id, leaf_sha256, .. } = self.request;
        Ok(Signer { client_id: client_id.clone(), org, leaf: *leaf_sha256 })
    }
}

fn said_org(text: &str, max_bytes: usize) -> Option<String> {
    let jws = UnverifiedJws::parse(text, max_bytes).ok()?;
    let payload = crate::json::parse(jws.dangerous_payload(), max_bytes).ok()?;
    payload.get("org")?.as_str().map(str::to_owned)
}
