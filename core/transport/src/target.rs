//! A text that somebody gave as an address, checked before anything is looked up.

use std::net::IpAddr;

use chop_core::{NetError, Result};
use url::{Host, Url};

use crate::address::is_a_host;
use crate::rules::{Origin, Rules};

/// An address that may be called. Only [`Target::parse`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
    origin: Origin,
    is_allowed: bool,
}

impl Target {
    /// Checks the text of an address against the rules: https; no user name, fragment or odd port; a
    /// registered name rather than a number; a host that is not of somebody's own network by its name.
    /// What [`Rules::allowed`] names exactly may be otherwise. A name in another script is turned into
    /// punycode (IDNA, UTS 46).
    ///
    /// # Errors
    ///
    /// `net.bad-address`, `net.not-encrypted`, `net.odd-port`, `net.private-address`.
    pub fn parse(text: &str, rules: &Rules) -> Result<Self> {
        // The URL standard repairs spaces, tabs and backslashes; what needs repair is refused, so that
        // nobody else reads another host out of the same text.
        let is_odd = |c: char| c.is_whitespace() || c.is_control() || c == '\\';
        if text.len() > MAX_LENGTH || text.contains(is_odd) {
            return Err(NetError::BadAddress.into());
        }
        let url = Url::parse(text).map_err(|_| NetError::BadAddress)?;
        let origin = Origin::of(&url).ok_or(NetError::BadAddress)?;
        if url.fragment().is_some() || authority(text).contains('@') || origin.host().ends_with('.') {
            return Err(NetError::BadAddress.into());
        }
        let is_allowed = rules.allowed.contains(&origin);
        if !is_allowed {
            refuse_by_look(&url, &origin, rules.named.contains(&origin))?;
        }
        if let Some(address) = literal(&url) {
            // No group and no broadcast address, allowed or not.
            if !is_a_host(address) {
                return Err(NetError::PrivateAddress.into());
            }
        }
        Ok(Self { url, origin, is_allowed })
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The whole address as it is called.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// Whether the rules name this origin: then its addresses may be private.
    pub(crate) fn is_allowed(&self) -> bool {
        self.is_allowed
    }
}

fn refuse_by_look(url: &Url, origin: &Origin, is_named: bool) -> Result<()> {
    if !origin.is_tls() {
        return Err(NetError::NotEncrypted.into());
    }
    if !is_named && !origin.has_own_port() {
        return Err(NetError::OddPort.into());
    }
    let Some(Host::Domain(name)) = url.host() else {
        // A bare number has no name that a certificate or a person could vouch for.
        return Err(NetError::PrivateAddress.into());
    };
    let is_local = !name.contains('.') || LOCAL_NAMES.iter().any(|local| name.ends_with(local));
    if is_local { Err(NetError::PrivateAddress.into()) } else { Ok(()) }
}

fn literal(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Domain(_) => None,
        Host::Ipv4(v4) => Some(v4.into()),
        Host::Ipv6(v6) => Some(v6.into()),
    }
}

/// What stands between the scheme and the path, as it was written.
fn authority(text: &str) -> &str {
    let rest = text.split_once("://").map(|(_, rest)| rest).unwrap_or(text);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Longest address, bytes.
const MAX_LENGTH: usize = 2048;

/// Names that never mean a host on the internet (RFC 6761, RFC 6762, RFC 8375, RFC 7686, ICANN's
/// `.internal`). Behind a proxy nothing is resolved here, so the name itself has to tell.
const LOCAL_NAMES: [&str; 9] = [
    ".localhost",
    ".local",
    ".internal",
    ".intranet",
    ".lan",
    ".home.arpa",
    ".onion",
    ".in-addr.arpa",
    ".ip6.arpa",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> &'static str {
        let rules = Rules { allowed: vec![Origin::parse("http://127.0.0.1:9").unwrap()], ..Rules::default() };
        Target::parse(text, &rules).map_or_else(|error| error.code(), |_| "fine")
    }

    #[test]
    fn row_20_an_address_that_points_home_or_hides_its_host_is_refused() {
        for (text, wanted) in [
            ("https://status.example/lists/1?x=y", "fine"),
            ("https://status.example:443/", "fine"),
            ("https://例子.example/", "fine"),
            ("http://127.0.0.1:9/x", "fine"),
            ("http://127.0.0.1:10/x", "net.not-encrypted"),
            ("https://127.0.0.1:9/x", "net.odd-port"),
            ("http://status.example/", "net.not-encrypted"),
            ("https://status.example:8443/", "net.odd-port"),
            ("https://status.example:80/", "net.odd-port"),
            ("https://127.0.0.1/", "net.private-address"),
            ("https://2130706433/", "net.private-address"),
            ("https://0x7f.1/", "net.private-address"),
            ("https://0177.0.0.1/", "net.private-address"),
            ("https://①②⑦.0.0.1/", "net.private-address"),
            ("https://[::1]/", "net.private-address"),
            ("https://[::ffff:10.0.0.1]/", "net.private-address"),
            ("https://8.8.8.8/", "net.private-address"),
            ("https://localhost/", "net.private-address"),
            ("https://router/", "net.private-address"),
            ("https://metadata.google.internal/", "net.private-address"),
            ("https://printer.local/", "net.private-address"),
            ("https://a.localhost/", "net.private-address"),
            ("https://user@status.example/", "net.bad-address"),
            ("https://user:pass@status.example/", "net.bad-address"),
            ("https://@status.example/", "net.bad-address"),
            ("https://status.example@127.0.0.1/", "net.bad-address"),
            ("https://status.example/#x", "net.bad-address"),
            ("https://status.example./", "net.bad-address"),
            ("https:\\\\status.example/", "net.bad-address"),
            ("https://status.example\\@evil.example/", "net.bad-address"),
            (" https://status.example/", "net.bad-address"),
            ("https://status.exa\tmple/", "net.bad-address"),
            ("https://status.example/\r\nHost: evil", "net.bad-address"),
            ("file:///etc/passwd", "net.bad-address"),
            ("ftp://status.example/", "net.bad-address"),
            ("gopher://127.0.0.1:25/", "net.bad-address"),
            ("//status.example/", "net.bad-address"),
            ("https://", "net.bad-address"),
            ("", "net.bad-address"),
        ] {
            assert_eq!(code(text), wanted, "{text:?}");
        }
        assert_eq!(code(&format!("https://status.example/{}", "a".repeat(MAX_LENGTH))), "net.bad-address");
    }

    #[test]
    fn a_name_in_another_script_is_called_in_punycode() {
        let target = Target::parse("https://例子.example/é", &Rules::default()).unwrap();
        assert_eq!(target.as_str(), "https://xn--fsqu00a.example/%C3%A9");
        assert!(target.as_str().is_ascii());
    }

    #[test]
    fn no_rule_allows_a_group_address() {
        let rules =
            Rules { allowed: vec![Origin::parse("http://224.0.0.1:80").unwrap()], ..Rules::default() };
        assert_eq!(Target::parse("http://224.0.0.1/", &rules).unwrap_err().code(), "net.private-address");
    }
}
