//! What may be called at all, and within which limits. Set once by the edge; nothing that comes in over
//! the network changes it.

use std::time::Duration;

use chop_core::{NetError, Result};
use url::{Host, Url};

/// Everything a [`crate::Client`] is told before its first call.
#[derive(Clone, Default)]
pub struct Rules {
    /// Origins that may be on a private address, on another port than 443, or without TLS: exactly as
    /// named, nothing else of the same host.
    pub allowed: Vec<Origin>,
    /// Origins that may have a port of their own, but stay public and encrypted.
    pub named: Vec<Origin>,
    /// Whom TLS believes.
    pub roots: Roots,
    /// `http://host:port` or `https://host:port`, both with CONNECT; none is taken from the environment.
    pub proxy: Option<String>,
    /// Caps of a call.
    pub limits: Limits,
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A proxy's address may hold its password.
        let Self { allowed, named, roots: _, proxy, limits } = self;
        let proxy = proxy.as_ref().map(|_| "…");
        f.debug_struct("Rules")
            .field("allowed", allowed)
            .field("named", named)
            .field("proxy", &proxy)
            .field("limits", limits)
            .finish_non_exhaustive()
    }
}

/// Whom TLS believes.
#[derive(Debug, Clone, Default)]
pub enum Roots {
    /// The public authorities that Mozilla lists (webpki-roots), as of this build.
    #[default]
    Public,
    /// Those, and the certificates of a PEM text: a network that has an authority of its own.
    PublicAnd(String),
    /// Only the certificates of a PEM text.
    Only(String),
}

/// Caps of a call. Times are how long a phase may take, sizes are bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Name lookup.
    pub resolve: Duration,
    /// TCP, proxy and TLS until the first byte of the request can go.
    pub connect: Duration,
    /// From the last byte of the request to the end of the answer's head; a long poll adds its wait.
    pub answer: Duration,
    /// One read or write on the socket.
    pub stall: Duration,
    /// The whole call; a long poll adds its wait.
    pub total: Duration,
    /// The answer's body; a call may ask for another cap.
    pub body: u64,
}

impl Limits {
    /// The answer's head.
    pub(crate) const HEAD_BYTES: usize = 16 * 1024;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            resolve: Duration::from_secs(10),
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(20),
            stall: Duration::from_secs(20),
            total: Duration::from_secs(60),
            body: 4 * 1024 * 1024,
        }
    }
}

/// Scheme, host and port, compared exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    is_tls: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// Reads `host`, `host:port`, `http://host:port` or `https://host:port`; without a scheme it is
    /// https. A path, a query or a user name is refused.
    ///
    /// # Errors
    ///
    /// `net.bad-origin`.
    pub fn parse(text: &str) -> Result<Self> {
        let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let bare = full.split_once("://").map(|(_, rest)| rest).unwrap_or_default();
        if bare.is_empty() || bare.contains(['/', '?', '#', '@', '\\']) || bare.contains(char::is_whitespace)
        {
            return Err(NetError::BadOrigin.into());
        }
        let url = Url::parse(&full).map_err(|_| NetError::BadOrigin)?;
        Self::of(&url).ok_or_else(|| NetError::BadOrigin.into())
    }

    pub(crate) fn of(url: &Url) -> Option<Self> {
        let is_tls = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let host = match url.host()? {
            Host::Domain(name) => name.to_owned(),
            Host::Ipv4(v4) => v4.to_string(),
            Host::Ipv6(v6) => format!("[{v6}]"),
        };
        Some(Self { is_tls, host, port: url.port_or_known_default()? })
    }

    /// Lower case, punycode; an IPv6 address in brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, also where it is the scheme's own.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether it is https.
    pub fn is_tls(&self) -> bool {
        self.is_tls
    }

    pub(crate) fn has_own_port(&self) -> bool {
        self.port == if self.is_tls { HTTPS_PORT } else { HTTP_PORT }
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}://{}", if self.is_tls { "https" } else { "http" }, self.host)?;
        if self.has_own_port() { Ok(()) } else { write!(f, ":{}", self.port) }
    }
}

const HTTPS_PORT: u16 = 443;
const HTTP_PORT: u16 = 80;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port_and_nothing_else() {
        let shown = |text: &str| Origin::parse(text).map(|origin| origin.to_string()).ok();
        assert_eq!(shown("relay.example").as_deref(), Some("https://relay.example"));
        assert_eq!(shown("relay.example:8443").as_deref(), Some("https://relay.example:8443"));
        assert_eq!(shown("http://127.0.0.1:80").as_deref(), Some("http://127.0.0.1"));
        assert_eq!(shown("http://[::1]:9000").as_deref(), Some("http://[::1]:9000"));
        assert_eq!(shown("RELAY.example").as_deref(), Some("https://relay.example"));
        for bad in
            ["", "https://", "a/b", "https://a/", "u@a", "ftp://a", "a b", "a?x", "a#x", "https://a:99999"]
        {
            assert_eq!(shown(bad), None, "{bad}");
        }
    }
}
