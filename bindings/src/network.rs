//! The way to a relay. Core says what is to be sent, as a value; this sends it: by the client that is
//! built in, or by the platform's own.

use std::sync::Arc;
use std::time::Duration;

use chop_core::flow::offer::{RelayAnswer, RelayCall};
use chop_core::plumbing::formats::grant::RelayRef;
use chop_core::plumbing::formats::relay::{CONTENT_TYPE, Info, MAX_ENVELOPE, MAX_WAIT, Message as _};
use chop_core::{DataLeft, Error, NetError};
use chop_transport::{Cancel, Limits, Origin, RelayClient, Roots, Rules};

use crate::ChopError;
use crate::error::failed;
use crate::foreign::{NoAnswer, Patience};

/// Which relays may be called, and how.
#[derive(Clone, uniffi::Record)]
pub struct Network {
    /// Origins of the relays: `https://relay.example`. No other is called, whatever a code says.
    pub relays: Vec<String>,
    /// Those of them that may be at a private address or without TLS: a relay in the ward's own network,
    /// or of a test.
    #[uniffi(default = [])]
    pub allowed: Vec<String>,
    /// PEM of further authorities that TLS believes; none: the public ones alone.
    #[uniffi(default = None)]
    pub authorities: Option<String>,
    /// Seconds that one call may take; a long poll adds its wait.
    #[uniffi(default = 60)]
    pub seconds: u32,
    /// The platform's own client, where it must be used; none: the one that is built in.
    #[uniffi(default = None)]
    pub client: Option<Arc<dyn HttpClient>>,
}

/// How a call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum HttpMethod {
    /// A fetch; no body.
    Get,
    /// A post.
    Post,
}

/// One call to be made, exactly as it says: no redirect is followed, no cookie kept.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct HttpCall {
    /// How.
    pub method: HttpMethod,
    /// Where to. It was checked against the relays that may be called.
    pub url: String,
    /// `Content-Type`; empty where there is no body.
    pub content_type: String,
    /// `Accept`.
    pub accept: String,
    /// The bytes. They hold tokens: they go into no log.
    pub body: Vec<u8>,
    /// Seconds that the answer may be held back on purpose, on top of the usual time.
    pub wait_seconds: u32,
    /// An answer with more bytes than this is not read to its end.
    pub max_bytes: u64,
}

impl std::fmt::Debug for HttpCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HttpCall({:?} {}, {} bytes)", self.method, self.url, self.body.len())
    }
}

/// What came back.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct HttpReply {
    /// The status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: String,
    /// The bytes.
    pub body: Vec<u8>,
}

impl std::fmt::Debug for HttpReply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HttpReply({}, {} bytes)", self.status, self.body.len())
    }
}

/// Why a call did not come to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum HttpError {
    /// No connection was made: nothing was sent.
    #[error("no connection")]
    Unreachable,
    /// The certificate is not trusted: nothing was sent.
    #[error("the certificate is not trusted")]
    Certificate,
    /// It took too long; what was sent may have arrived.
    #[error("it took too long")]
    TimedOut,
    /// Anything else; what was sent may have arrived.
    #[error("the call failed")]
    Failed,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for HttpError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed
    }
}

/// The platform's own client: for a proxy, a pinned certificate, a network that only it may use. It may
/// fail or hang; a call is waited for only so long.
#[uniffi::export(with_foreign)]
pub trait HttpClient: Send + Sync {
    /// Sends one call and gives what came back, of whatever status. Called on a thread of the library's.
    ///
    /// # Errors
    /// When nothing came back.
    fn send(&self, call: HttpCall) -> Result<HttpReply, HttpError>;
}

/// A network as it was told: its client is made once.
pub(crate) struct Way {
    client: Client,
    pub(crate) relays: Vec<String>,
}

enum Client {
    BuiltIn(Box<RelayClient>),
    Foreign { client: Arc<dyn HttpClient>, patience: Patience, limit: Duration },
}

impl Way {
    pub(crate) fn of(network: Network) -> Result<Self, ChopError> {
        let Network { relays, allowed, authorities, seconds, client } = network;
        let limit = Duration::from_secs(u64::from(seconds.max(1)));
        let allowed = allowed.iter().map(|text| Origin::parse(text)).collect::<Result<_, _>>()?;
        let roots = authorities.map_or(Roots::Public, Roots::PublicAnd);
        let rules = Rules {
            allowed,
            roots,
            limits: Limits { total: limit, ..Limits::default() },
            ..Rules::default()
        };
        // Also beside a foreign client: the list of relays is read by one rule alone.
        let built_in = RelayClient::new(rules, &relays)?;
        let client = match client {
            None => Client::BuiltIn(Box::new(built_in)),
            Some(client) => Client::Foreign { client, patience: Patience::of(limit), limit },
        };
        Ok(Self { client, relays })
    }

    /// Posts what an offer needs next.
    pub(crate) fn perform(&self, call: &RelayCall, cancel: &Cancel) -> Result<RelayAnswer, ChopError> {
        let Client::Foreign { .. } = &self.client else {
            let Client::BuiltIn(client) = &self.client else { return Err(failed(NetError::Unreachable)) };
            return Ok(client.perform(call, cancel)?);
        };
        let reply = self.foreign(
            HttpCall {
                method: HttpMethod::Post,
                url: format!("{}{}", self.listed(call.origin())?, call.path()),
                content_type: CONTENT_TYPE.to_owned(),
                accept: CONTENT_TYPE.to_owned(),
                body: call.body().to_vec(),
                wait_seconds: if call.waits() { u32::try_from(MAX_WAIT).unwrap_or(u32::MAX) } else { 0 },
                max_bytes: u64::try_from(MAX_ENVELOPE).unwrap_or(u64::MAX).saturating_add(ROOM),
            },
            cancel,
        )?;
        Ok(RelayAnswer { status: reply.status, body: reply.body })
    }

    /// Who the relay says it is: a grant pins the key that it gives.
    pub(crate) fn relay(&self, origin: &str, cancel: &Cancel) -> Result<RelayRef, ChopError> {
        let info = match &self.client {
            Client::BuiltIn(client) => client.info(origin, cancel)?,
            Client::Foreign { .. } => {
                let reply = self.foreign(
                    HttpCall {
                        method: HttpMethod::Get,
                        url: format!("{}/v1/info", self.listed(origin)?),
                        content_type: String::new(),
                        accept: CONTENT_TYPE.to_owned(),
                        body: Vec::new(),
                        wait_seconds: 0,
                        max_bytes: u64::try_from(Info::MAX_BYTES).unwrap_or(u64::MAX),
                    },
                    cancel,
                )?;
                Info::from_bytes(&reply.body).map_err(failed)?
            }
        };
        if info.origin == origin {
            Ok(RelayRef { origin: info.origin, vkey: info.vkey })
        } else {
            Err(failed(NetError::BadRelay))
        }
    }

    fn listed(&self, origin: &str) -> Result<&str, ChopError> {
        let found = self.relays.iter().find(|relay| *relay == origin);
        found.map(String::as_str).ok_or_else(|| failed(NetError::RelayNotListed))
    }

    fn foreign(&self, call: HttpCall, cancel: &Cancel) -> Result<HttpReply, ChopError> {
        let Client::Foreign { client, patience, limit } = &self.client else {
            return Err(failed(NetError::Unreachable));
        };
        let (client, most) = (client.clone(), call.max_bytes);
        let limit = *limit + Duration::from_secs(u64::from(call.wait_seconds));
        let reply = match patience.call_until(limit, cancel, move || client.send(call)) {
            Ok(Ok(reply)) => reply,
            Ok(Err(error)) => return Err(sent(error)),
            Err(NoAnswer::Hangs) => return Err(may_have_left(NetError::TimedOut)),
            Err(NoAnswer::Stopped) => return Err(may_have_left(NetError::Cancelled)),
            Err(NoAnswer::Broke) => return Err(may_have_left(NetError::Cut)),
        };
        check(reply, most)
    }
}

/// What a foreign client gives is held to what the built-in one would let through.
fn check(reply: HttpReply, most: u64) -> Result<HttpReply, ChopError> {
    if u64::try_from(reply.body.len()).unwrap_or(u64::MAX) > most {
        return Err(may_have_left(NetError::TooLarge));
    }
    let kind = reply.content_type.split(';').next().unwrap_or_default().trim();
    match (kind.eq_ignore_ascii_case(CONTENT_TYPE), reply.status) {
        (true, _) => Ok(reply),
        (false, 429 | 502..=504) => Err(may_have_left(NetError::Busy)),
        (false, 300..=399) => Err(may_have_left(NetError::Redirected)),
        (false, _) => Err(may_have_left(NetError::Garbled)),
    }
}

fn sent(error: HttpError) -> ChopError {
    match error {
        HttpError::Unreachable => failed(NetError::Unreachable),
        HttpError::Certificate => failed(NetError::Certificate),
        HttpError::TimedOut => may_have_left(NetError::TimedOut),
        HttpError::Failed => may_have_left(NetError::Cut),
    }
}

/// Nobody here can say how far the bytes came.
fn may_have_left(error: NetError) -> ChopError {
    Error::from(error).after(DataLeft::Unknown).into()
}

/// Bytes of an answer beside its envelope.
const ROOM: u64 = 1 << 20;
