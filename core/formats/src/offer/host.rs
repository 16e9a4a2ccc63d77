//! The relay in a code: a host that has one spelling and can be read by a person.
//!
//! ```text
//! relay.example   relay.example:8443   →  https://…
//! localhost:8080  127.0.0.1:8080       →  http://…    one machine, for trying things out
//! ```

use std::fmt;

use super::OfferError;

/// Characters of a host with its port. Up to 22 of them the code stays in version 6-M.
pub const MAX_HOST_CHARS: usize = 64;

/// Where a relay is: a host name in lower-case ASCII, with a port where it is not the usual one.
///
/// Userinfo, paths, punycode (letters that only look like others), addresses in numbers and ports
/// that are spelled oddly are refused: what a person reads in the code is where the wallet goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelayHost(String);

impl RelayHost {
    /// Reads `host` or `host:port`.
    ///
    /// # Errors
    /// [`OfferError::BadRelay`].
    pub fn parse(text: &str) -> Result<Self, OfferError> {
        let (host, port) = match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        };
        let usual = if is_loopback(host) { HTTP } else { HTTPS };
        let fits = text.len() <= MAX_HOST_CHARS
            && (is_loopback(host) || is_name(host))
            && port.is_none_or(|port| is_port(port, usual));
        if fits { Ok(Self(text.to_owned())) } else { Err(OfferError::BadRelay) }
    }

    /// Reads an origin, as a grant and a request write it.
    ///
    /// # Errors
    /// [`OfferError::BadRelay`] unless it is [`RelayHost::origin`] of a host.
    pub fn from_origin(origin: &str) -> Result<Self, OfferError> {
        let (_, host) = origin.split_once("://").ok_or(OfferError::BadRelay)?;
        let host = Self::parse(host)?;
        if host.origin() == origin { Ok(host) } else { Err(OfferError::BadRelay) }
    }

    /// As it stands in the code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `https://host[:port]`; `http://` on this very machine.
    pub fn origin(&self) -> String {
        let host = self.0.split(':').next().unwrap_or_default();
        let scheme = if is_loopback(host) { "http" } else { "https" };
        format!("{scheme}://{}", self.0)
    }
}

impl fmt::Display for RelayHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1")
}

/// A DNS name of two or more labels that is not an address in disguise: the last label is no number
/// (URL standard, "ends in a number").
fn is_name(host: &str) -> bool {
    let labels: Vec<_> = host.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| is_label(label))
        && labels.last().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// LDH in lower case; two hyphens in places 3 and 4 are punycode or reserved (RFC 5890 section 2.3.1).
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.get(2..4) != Some("--")
}

/// A decimal port without leading zeros that is not the scheme's own.
fn is_port(port: &str, usual: u16) -> bool {
    let is_plain = port.bytes().all(|b| b.is_ascii_digit()) && !port.starts_with('0');
    is_plain && port.parse::<u16>().is_ok_and(|number| number != usual)
}

const HTTP: u16 = 80;
const HTTPS: u16 = 443;
