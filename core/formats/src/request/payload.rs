//! The payload of a request, written and read.

use chop_crypto::encoding::{array_from_base64url, from_base64url, to_base64url};
use chop_crypto::{Digest, P256PublicKey};
use chop_model::{UnixTime, UseTerms};
use serde::Serialize;
use serde_json::{Map, Value};

use super::online::{self, AnswerTo};
use super::relay::{OFFER, RelayTarget};
use super::{
    AUDIENCE, Carrier, MAX_LIFETIME, MAX_REQUEST_BYTES, MAX_SKEW, RequestError, RequestRule,
    USE_TERMS_FORMAT, metadata, terms,
};
use crate::dcql::DcqlQuery;
use crate::jose::JoseError;
use crate::jose::jwe::Enc;
use crate::json;
use crate::x509::VerifiedChain;

/// What a request says, read and within bounds.
#[derive(Clone)]
pub(super) struct Content {
    pub(super) client_id: String,
    pub(super) nonce: String,
    pub(super) iat: UnixTime,
    pub(super) exp: UnixTime,
    pub(super) dcql: DcqlQuery,
    pub(super) terms: UseTerms,
    pub(super) encryption_key: P256PublicKey,
    pub(super) kid: String,
    pub(super) enc: Enc,
    pub(super) vlc: Digest,
    pub(super) relay: Option<RelayTarget>,
    /// What a request by reference adds.
    pub(super) answer_to: Option<AnswerTo>,
}

/// Reads a payload. Members that nobody here knows are ignored (RFC 6749 section 3.1); those that
/// would change who gets the answer or what it is are refused.
pub(super) fn read(payload: &[u8], carrier: Carrier) -> Result<Content, RequestError> {
    let value = json::parse(payload, MAX_REQUEST_BYTES).map_err(JoseError::from)?;
    let fields = value.as_object().ok_or(RequestRule::NotARequest)?;
    let relay = check_addressed(fields, carrier)?;
    refuse_what_changes_the_answer(fields, carrier)?;
    let (iat, exp) = times(fields)?;
    let dcql = DcqlQuery::from_value(fields.get("dcql_query").ok_or(RequestRule::NotARequest)?)?;
    let ids: Vec<&str> = dcql.credentials().iter().map(|c| c.id()).collect();
    let answer_to = (carrier == Carrier::Link).then(|| AnswerTo::read(fields)).transpose()?;
    let terms = match answer_to.as_ref().and_then(|to| to.transaction_data.as_deref()) {
        Some(_) if terms::are_in(fields.get("verifier_info")) => {
            return Err(RequestRule::SeveralUseTerms.into());
        }
        Some(entry) => online::terms_of(entry, &ids)?,
        None => terms::find(fields.get("verifier_info"), &ids)?,
    };
    let (encryption_key, kid, enc) = metadata::read(fields.get("client_metadata"), carrier)?;
    Ok(Content {
        client_id: text(fields, "client_id")?.to_owned(),
        nonce: nonce(fields)?,
        iat,
        exp,
        terms,
        encryption_key,
        kid,
        enc,
        vlc: commitment(fields)?,
        relay,
        dcql,
        answer_to,
    })
}

/// As [`read`], for whatever carrier it says: a record of the past.
pub(super) fn read_of_any_carrier(payload: &[u8]) -> Result<Content, RequestError> {
    let value = json::parse(payload, MAX_REQUEST_BYTES).map_err(JoseError::from)?;
    let mode = value.get("response_mode").and_then(Value::as_str).unwrap_or_default();
    let carriers = [Carrier::Optic, Carrier::Relay, Carrier::Link];
    let carrier = carriers.into_iter().find(|carrier| carrier.response_mode() == mode);
    read(payload, carrier.ok_or(RequestRule::OtherCarrier)?)
}

impl Content {
    /// The payload as JSON, which [`read`] reads back.
    pub(super) fn write(&self, carrier: Carrier) -> impl Serialize {
        let to = self.answer_to.as_ref();
        let transaction = to.and_then(|to| to.transaction_data.as_deref());
        let info = Info { format: USE_TERMS_FORMAT, data: &self.terms };
        Wire {
            client_id: &self.client_id,
            aud: self.relay.as_ref().map_or(AUDIENCE, |relay| &relay.origin),
            response_type: "vp_token",
            response_mode: carrier.response_mode(),
            client_metadata: metadata::write(&self.encryption_key),
            verifier_info: transaction.is_none().then_some([info]),
            dcql_query: &self.dcql,
            vlc: to_base64url(&self.vlc),
            nonce: &self.nonce,
            iat: self.iat,
            exp: self.exp,
            chop_offer: self.relay.as_ref().map(RelayTarget::offer_text),
            response_uri: to.map(|to| to.response_uri.as_str()),
            state: to.and_then(|to| to.state.as_deref()),
            wallet_nonce: to.and_then(|to| to.wallet_nonce.as_deref()),
            transaction_data: transaction.map(|entry| [entry]),
        }
    }

    /// Protocol.md row 25: the verifier's clock may be five minutes ahead. An expired request gets no
    /// such allowance, because its life is as long already.
    pub(super) fn check_time(&self, now: UnixTime) -> Result<(), RequestRule> {
        if self.iat.since(now) > MAX_SKEW {
            return Err(RequestRule::FromTheFuture);
        }
        if now > self.exp {
            return Err(RequestRule::Expired);
        }
        Ok(())
    }

    /// OpenID4VP 1.0 section 5.9.3: the identifier is the certificate's hash or one of its DNS names.
    pub(super) fn check_client(&self, chain: &VerifiedChain) -> Result<(), RequestRule> {
        let (prefix, name) = self.client_id.split_once(':').ok_or(RequestRule::UnknownClientId)?;
        let is_theirs = match prefix {
            "x509_hash" => self.client_id == chain.x509_hash(),
            // A wildcard in a certificate names no client, so it matches none.
            "x509_san_dns" => chain.dns_names().iter().any(|dns| dns == name && !dns.starts_with('*')),
            _ => return Err(RequestRule::UnknownClientId),
        };
        if is_theirs { Ok(()) } else { Err(RequestRule::OtherClient) }
    }

    /// One key, one use (RFC 8725 section 3.11): who steals the one does not get the other.
    pub(super) fn check_encryption_key(&self, signing: &P256PublicKey) -> Result<(), RequestRule> {
        match self.encryption_key == *signing {
            true => Err(RequestRule::EncryptionKeySigns),
            false => Ok(()),
        }
    }
}

#[derive(Serialize)]
struct Wire<'a, M> {
    client_id: &'a str,
    aud: &'a str,
    response_type: &'static str,
    response_mode: &'static str,
    client_metadata: M,
    #[serde(skip_serializing_if = "Option::is_none")]
    verifier_info: Option<[Info<'a>; 1]>,
    dcql_query: &'a DcqlQuery,
    vlc: String,
    nonce: &'a str,
    iat: UnixTime,
    exp: UnixTime,
    #[serde(skip_serializing_if = "Option::is_none")]
    chop_offer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_uri: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wallet_nonce: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_data: Option<[&'a str; 1]>,
}

#[derive(Serialize)]
struct Info<'a> {
    format: &'static str,
    data: &'a UseTerms,
}

fn check_addressed(
    fields: &Map<String, Value>,
    carrier: Carrier,
) -> Result<Option<RelayTarget>, RequestRule> {
    // A list of audiences would let one request speak to two kinds of readers.
    let aud = fields.get("aud").and_then(Value::as_str).ok_or(RequestRule::BadAudience)?;
    if text(fields, "response_mode")? != carrier.response_mode() {
        // Each carrier has an audience of its own; the first of the two faults is named.
        let is_known = aud == AUDIENCE || RelayTarget::read(fields).is_ok();
        return Err(if is_known { RequestRule::OtherCarrier } else { RequestRule::BadAudience });
    }
    let relay = match carrier {
        Carrier::Relay => Some(RelayTarget::read(fields)?),
        _ if aud != AUDIENCE => return Err(RequestRule::BadAudience),
        _ if fields.contains_key(OFFER) => return Err(RequestRule::OtherCarrier),
        Carrier::Optic | Carrier::Link => None,
    };
    match text(fields, "response_type")? {
        "vp_token" => Ok(relay),
        _ => Err(RequestRule::BadResponseType),
    }
}

fn refuse_what_changes_the_answer(fields: &Map<String, Value>, carrier: Carrier) -> Result<(), RequestRule> {
    // A link has an address for the answer, and the answer a place for both of the others.
    let has_place = |name: &str| {
        carrier == Carrier::Link && matches!(name, "response_uri" | "transaction_data" | "state")
    };
    for (name, refusal) in [
        ("response_uri", RequestRule::AnswerElsewhere),
        ("redirect_uri", RequestRule::AnswerElsewhere),
        ("redirect_uris", RequestRule::AnswerElsewhere),
        ("request", RequestRule::ByReference),
        ("request_uri", RequestRule::ByReference),
        ("transaction_data", RequestRule::TransactionData),
        ("scope", RequestRule::Scope),
        ("state", RequestRule::State),
    ] {
        if fields.contains_key(name) && !has_place(name) {
            return Err(refusal);
        }
    }
    Ok(())
}

fn times(fields: &Map<String, Value>) -> Result<(UnixTime, UnixTime), RequestRule> {
    let time =
        |name: &str| fields.get(name).and_then(Value::as_i64).map(UnixTime).ok_or(RequestRule::BadTimes);
    let (iat, exp) = (time("iat")?, time("exp")?);
    // RFC 7519 section 4.1.5; there is no use for a request that starts after it was made.
    let starts_later = fields.get("nbf").is_some_and(|nbf| nbf.as_i64().is_none_or(|nbf| nbf > iat.0));
    if iat.0 < 0 || exp <= iat || starts_later {
        return Err(RequestRule::BadTimes);
    }
    if exp.since(iat) > MAX_LIFETIME {
        return Err(RequestRule::LivesTooLong);
    }
    Ok((iat, exp))
}

/// OpenID4VP 1.0 section 5.2 asks for sufficient entropy; here that is 128 bits, in base64url, so that
/// one nonce has one spelling.
fn nonce(fields: &Map<String, Value>) -> Result<String, RequestRule> {
    let nonce = text(fields, "nonce").map_err(|_| RequestRule::BadNonce)?;
    if nonce.len() > MAX_NONCE_CHARS {
        return Err(RequestRule::BadNonce);
    }
    match from_base64url(nonce) {
        Ok(bytes) if bytes.len() >= MIN_NONCE_BYTES => Ok(nonce.to_owned()),
        _ => Err(RequestRule::BadNonce),
    }
}

fn commitment(fields: &Map<String, Value>) -> Result<Digest, RequestRule> {
    let text = text(fields, "vlc").map_err(|_| RequestRule::NoLogCommitment)?;
    array_from_base64url(text).map_err(|_| RequestRule::NoLogCommitment)
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<&'a str, RequestRule> {
    fields.get(name).and_then(Value::as_str).ok_or(RequestRule::NotARequest)
}

const MIN_NONCE_BYTES: usize = 16;
const MAX_NONCE_CHARS: usize = 128;
