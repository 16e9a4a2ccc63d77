//! One call: one connection, one request, one answer within its caps. Nothing outlives it.

use std::sync::Arc;
use std::time::Duration;

use chop_core::plumbing::crypto::SecretBytes;
use chop_core::{DataLeft, Error, NetError, Result};
use ureq::http::{HeaderValue, Method, Request, Response, header};
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, TcpConnector};
use ureq::{Agent, Body, Proxy, ProxyProtocol};

use crate::cancel::Cancel;
use crate::resolve::{Judging, LedHome, Lookup, System};
use crate::rules::{Limits, Rules};
use crate::target::Target;
use crate::tls::{TlsConnector, configure};
use crate::watch::{CallState, Cancelling, Marking, Stopped};

/// Makes calls by the rules it was given. Cheap to clone; calls from several threads do not disturb
/// each other.
#[derive(Clone)]
pub struct Client {
    rules: Arc<Rules>,
    tls: Arc<rustls::ClientConfig>,
    proxy: Option<Proxy>,
    lookup: Arc<dyn Lookup>,
}

/// What is to be sent where.
#[derive(Debug, Clone)]
pub struct Call {
    url: String,
    accept: String,
    body: Option<(String, Vec<u8>)>,
    wait: Duration,
    at_most: Option<u64>,
    bearer: Option<Arc<SecretBytes>>,
}

/// What came back: any status but a redirect. Its time of day is not here, because nobody may believe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The media type as sent, with its parameters.
    pub content_type: Option<String>,
    /// Seconds that a busy server asks to be left alone; at most a minute is believed.
    pub retry_after: Option<Duration>,
    /// The body, whole.
    pub body: Vec<u8>,
}

impl Call {
    /// Fetch an address.
    pub fn get(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            accept: "*/*".to_owned(),
            body: None,
            wait: Duration::ZERO,
            at_most: None,
            bearer: None,
        }
    }

    /// Send a body to an address.
    pub fn post(url: impl Into<String>, content_type: impl Into<String>, body: Vec<u8>) -> Self {
        Self { body: Some((content_type.into(), body)), ..Self::get(url) }
    }

    /// The media types that are wanted (`Accept`).
    #[must_use]
    pub fn accepting(mut self, types: impl Into<String>) -> Self {
        self.accept = types.into();
        self
    }

    /// A long poll: the other side may take this much longer to answer.
    #[must_use]
    pub fn waiting(mut self, time: Duration) -> Self {
        self.wait = time;
        self
    }

    /// A right that goes along as `Authorization: Bearer` (RFC 6750), never in the address or a log.
    #[must_use]
    pub fn bearing(mut self, token: SecretBytes) -> Self {
        self.bearer = Some(Arc::new(token));
        self
    }

    /// Another cap for the answer's body, bytes.
    #[must_use]
    pub fn at_most(mut self, bytes: u64) -> Self {
        self.at_most = Some(bytes);
        self
    }

    fn request(&self, target: &Target) -> Result<Request<Vec<u8>>> {
        let (method, content_type, body) = match &self.body {
            None => (Method::GET, None, Vec::new()),
            Some((content_type, body)) => (Method::POST, Some(content_type), body.clone()),
        };
        let mut request = Request::builder()
            .method(method)
            .uri(target.as_str())
            .header(header::ACCEPT, &self.accept)
            .header(header::ACCEPT_ENCODING, "identity")
            .header(header::CONNECTION, "close");
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        if let Some(token) = &self.bearer {
            // EXPOSE: the token goes to the address that it was given for, over TLS.
            let value = [b"Bearer ", token.expose()].concat();
            let mut value = HeaderValue::from_bytes(&value).map_err(|_| NetError::BadAddress)?;
            value.set_sensitive(true);
            request = request.header(header::AUTHORIZATION, value);
        }
        request.body(body).map_err(|_| NetError::BadAddress.into())
    }
}

impl Answer {
    /// The answer, if its status says success.
    ///
    /// # Errors
    ///
    /// `net.status` with the parameter `status`; `net.busy` for 429 and 503.
    pub fn success(self) -> Result<Self> {
        match self.status {
            200..=299 => Ok(self),
            429 | 503 => Err(NetError::Busy.into()),
            status => Err(Error::from(NetError::Status).with("status", status)),
        }
    }

    /// Whether the media type is the one named, whatever its parameters.
    pub fn is_of_type(&self, media_type: &str) -> bool {
        let sent = self.content_type.as_deref().unwrap_or_default();
        sent.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(media_type)
    }
}

impl Client {
    /// A client that calls by these rules.
    ///
    /// # Errors
    ///
    /// `net.bad-roots`, `net.bad-proxy`.
    pub fn new(rules: Rules) -> Result<Self> {
        Self::with_lookup(rules, Arc::new(System::default()))
    }

    pub(crate) fn with_lookup(rules: Rules, lookup: Arc<dyn Lookup>) -> Result<Self> {
        let tls = configure(&rules.roots)?;
        let proxy = rules.proxy.as_deref().map(read_proxy).transpose()?;
        Ok(Self { rules: Arc::new(rules), tls, proxy, lookup })
    }

    /// The rules it calls by.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Makes one call, once. [`Client::send_again`] repeats it.
    ///
    /// # Errors
    ///
    /// A code of [`NetError`]. [`Error::data_left`] is `No` when no byte of the request went out or it
    /// had no body, otherwise `Unknown`: after a cut nobody knows what arrived.
    pub fn send(&self, call: &Call, cancel: &Cancel) -> Result<Answer> {
        cancel.check()?;
        let target = Target::parse(&call.url, &self.rules)?;
        let request = call.request(&target)?;
        let state = Arc::new(CallState { cancel: cancel.clone(), ..CallState::default() });
        let at_most = call.at_most.unwrap_or(self.rules.limits.body);
        let agent = self.agent(&target, call.wait, &state);
        let response = match call.body {
            Some(_) => agent.run(request),
            None => agent.run(request.map(|_| ())),
        };
        let answer = response.map_err(|error| named(&error)).and_then(|response| read(response, at_most));
        answer.map_err(|error| {
            let may_have_left = call.body.is_some() && state.has_sent();
            Error::from(error).after(if may_have_left { DataLeft::Unknown } else { DataLeft::No })
        })
    }

    /// One agent a call: no connection is kept, so no two calls can be told to come from one wallet by
    /// their connection, and a stale one is nobody's trouble.
    fn agent(&self, target: &Target, wait: Duration, state: &Arc<CallState>) -> Agent {
        let limits = self.rules.limits;
        let config = Agent::config_builder()
            .proxy(self.proxy.clone())
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(USER_AGENT)
            .max_idle_connections(0)
            .max_response_header_size(Limits::HEAD_BYTES)
            .timeout_global(Some(limits.total + wait))
            .timeout_resolve(Some(limits.resolve))
            .timeout_connect(Some(limits.connect))
            .timeout_recv_response(Some(limits.answer + wait))
            .timeout_per_read(Some(limits.stall + wait))
            .timeout_per_write(Some(limits.stall))
            .build();
        let connector =
            ().chain(ConnectProxyConnector::default())
                .chain(TcpConnector::default())
                .chain(Cancelling(state.clone()))
                .chain(TlsConnector(self.tls.clone()))
                .chain(Marking { state: state.clone(), is_proxied: self.proxy.is_some() });
        Agent::with_parts(config, connector, Judging::new(self.lookup.clone(), target.is_allowed()))
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("rules", &self.rules).finish_non_exhaustive()
    }
}

fn read_proxy(text: &str) -> Result<Proxy> {
    let proxy = Proxy::new(text).map_err(|_| NetError::BadProxy)?;
    // SOCKS is not compiled in; ureq would panic at the first call.
    match proxy.protocol() {
        ProxyProtocol::Http | ProxyProtocol::Https => Ok(proxy),
        _ => Err(NetError::BadProxy.into()),
    }
}

fn read(response: Response<Body>, at_most: u64) -> std::result::Result<Answer, NetError> {
    let status = response.status();
    if status.is_redirection() {
        return Err(NetError::Redirected);
    }
    let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let encoding = text(header::CONTENT_ENCODING);
    // Nothing was asked to be compressed; what inflates here inflates under nobody's cap.
    if encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
        return Err(NetError::Garbled);
    }
    let retry_after = text(header::RETRY_AFTER)
        .and_then(|text| text.trim().parse().ok())
        .map(|seconds| Duration::from_secs(seconds).min(LONGEST_RETRY_AFTER));
    let content_type = text(header::CONTENT_TYPE);
    let mut body = response.into_body();
    if body.content_length().is_some_and(|length| length > at_most) {
        return Err(NetError::TooLarge);
    }
    // ureq refuses a body that is exactly as long as its limit.
    let limit = at_most.saturating_add(1);
    let body = body.with_config().limit(limit).read_to_vec().map_err(|error| named(&error))?;
    Ok(Answer { status: status.as_u16(), content_type, retry_after, body })
}

/// ureq's error by our name for it.
fn named(error: &ureq::Error) -> NetError {
    use ureq::{Error as E, Timeout};
    match error {
        E::HostNotFound | E::Timeout(Timeout::Resolve) => NetError::NoSuchHost,
        E::ConnectionFailed | E::Timeout(Timeout::Connect) => NetError::Unreachable,
        E::Timeout(_) => NetError::TimedOut,
        E::BodyExceedsLimit(_) | E::LargeResponseHeader(..) => NetError::TooLarge,
        E::ConnectProxyFailed(_) | E::InvalidProxyUrl => NetError::Proxy,
        E::BadUri(_) => NetError::BadAddress,
        E::Tls(_) | E::TlsRequired => NetError::Tls,
        E::TooManyRedirects | E::RedirectFailed => NetError::Redirected,
        E::Other(inner) => named_inside(inner.as_ref()),
        E::Io(error) => named_io(error),
        // Whatever else ureq may say is about what came in.
        _ => NetError::Garbled,
    }
}

fn named_inside(error: &(dyn std::error::Error + Send + Sync + 'static)) -> NetError {
    if error.is::<LedHome>() {
        return NetError::PrivateAddress;
    }
    if error.is::<Stopped>() {
        return NetError::Cancelled;
    }
    error.downcast_ref::<rustls::Error>().map_or(NetError::Garbled, named_tls)
}

fn named_tls(error: &rustls::Error) -> NetError {
    use rustls::Error as E;
    match error {
        E::InvalidCertificate(_) | E::NoCertificatesPresented => NetError::Certificate,
        _ => NetError::Tls,
    }
}

fn named_io(error: &std::io::Error) -> NetError {
    use std::io::ErrorKind as Kind;
    if let Some(inner) = error.get_ref() {
        if let Some(inner) = inner.downcast_ref::<ureq::Error>() {
            return named(inner);
        }
        if let Some(inner) = inner.downcast_ref::<rustls::Error>() {
            return named_tls(inner);
        }
    }
    match error.kind() {
        Kind::ConnectionRefused | Kind::HostUnreachable | Kind::NetworkUnreachable => NetError::Unreachable,
        Kind::AddrNotAvailable | Kind::NetworkDown => NetError::Unreachable,
        Kind::TimedOut | Kind::WouldBlock => NetError::TimedOut,
        _ => NetError::Cut,
    }
}

/// The same for every wallet of every version: it tells nobody apart.
const USER_AGENT: &str = "chop";
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);
