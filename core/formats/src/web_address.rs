//! Addresses that a wallet will call: `https://host[:port]/path[?query]`, and nothing that two readers
//! could read in two ways.
//!
//! No user information, no fragment, no upper case, no dot segments, no IP literals; plain http only on
//! this machine itself, where a demo or a test runs. The text is kept as it came and sent as it came.

use std::fmt;

/// Characters of an address.
pub const MAX_ADDRESS: usize = 2048;

chop_model::coded_errors! {
    /// Why an address is not called.
    pub enum WebError {
        /// Not an absolute address in its one spelling.
        NotAnAddress => ("web.not-an-address", Peer, "not an address that is called here"),
        /// Another scheme than https, or plain http to another machine.
        NotHttps => ("web.not-https", Peer, "the address does not lead through https"),
        /// Longer than [`MAX_ADDRESS`].
        TooLong => ("web.too-long", Peer, "the address is too long"),
    }
}

/// An address in its one spelling. That somebody answers there, and who, is another question.
#[derive(Clone, PartialEq, Eq)]
pub struct WebAddress {
    text: String,
    host: String,
    /// Where the path begins in `text`.
    path: usize,
    /// Where it ends.
    path_end: usize,
}

impl WebAddress {
    /// Reads an address.
    ///
    /// # Errors
    /// [`WebError`].
    pub fn parse(text: &str) -> Result<Self, WebError> {
        if text.len() > MAX_ADDRESS {
            return Err(WebError::TooLong);
        }
        let (is_plain, rest) = match text.split_once("://") {
            Some(("https", rest)) => (false, rest),
            Some(("http", rest)) => (true, rest),
            _ => return Err(WebError::NotHttps),
        };
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at_checked(end).ok_or(WebError::NotAnAddress)?;
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        if !is_host(host) || !port.is_none_or(is_port) || !is_tail(tail) {
            return Err(WebError::NotAnAddress);
        }
        if is_plain && !is_this_machine(host) {
            return Err(WebError::NotHttps);
        }
        let path = text.len() - tail.len();
        let path_end = text.find('?').unwrap_or(text.len());
        Ok(Self { text: text.to_owned(), host: host.to_owned(), path, path_end })
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host, in lower case, without the port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        self.text.get(..self.path).unwrap_or_default()
    }

    /// The path with its leading slash; empty where there is none.
    pub fn path(&self) -> &str {
        self.text.get(self.path..self.path_end).unwrap_or_default()
    }

    /// Whether there is a query.
    pub fn has_query(&self) -> bool {
        self.path_end < self.text.len()
    }

    /// The well-known address `name` of this one: it stands between host and path (RFC 8414 section
    /// 3.1, OpenID4VCI 1.0 section 12.2.2).
    ///
    /// # Errors
    /// [`WebError::TooLong`]; [`WebError::NotAnAddress`] for an address with a query.
    pub fn well_known(&self, name: &str) -> Result<Self, WebError> {
        if self.has_query() {
            return Err(WebError::NotAnAddress);
        }
        let path = self.path().strip_suffix('/').unwrap_or(self.path());
        Self::parse(&format!("{}/.well-known/{name}{path}", self.origin()))
    }
}

/// An address may hold what names a session: it is said to whom it is called, and to no log.
impl fmt::Debug for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebAddress({})", self.host)
    }
}

/// Labels of letters, digits and hyphens (RFC 1123 section 2.1), in lower case; a name, not a number,
/// but for this machine.
fn is_host(host: &str) -> bool {
    if is_this_machine(host) {
        return true;
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_name = host.rsplit('.').next().is_some_and(|top| top.bytes().any(|b| b.is_ascii_lowercase()));
    host.len() <= 253 && is_name && host.split('.').all(is_label)
}

fn is_this_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

fn is_port(port: &str) -> bool {
    !port.starts_with('0') && port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok()
}

/// Path and query (RFC 3986 section 3.3): no fragment, no backslash, no dot segment, `%` before two
/// hexadecimal digits.
fn is_tail(tail: &str) -> bool {
    let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&b);
    let mut escapes = tail.split('%').skip(1);
    let path = tail.split('?').next().unwrap_or_default().to_ascii_lowercase().replace("%2e", ".");
    tail.bytes().all(is_allowed)
        && escapes.all(|rest| rest.get(..2).is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit())))
        && !path.split('/').any(|segment| segment == "." || segment == "..")
        && !path.contains("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling() {
        let address = WebAddress::parse("https://hospital.example:8443/r/1?x=%20").unwrap();
        assert_eq!((address.host(), address.path()), ("hospital.example", "/r/1"));
        assert_eq!(address.origin(), "https://hospital.example:8443");
        for good in
            ["https://a.example", "http://localhost:80/x", "http://127.0.0.1:9", "http://[::1]:8080/a"]
        {
            assert_eq!(WebAddress::parse(good).map(|a| a.as_str().to_owned()), Ok(good.to_owned()));
        }
        for bad in [
            "https://Hospital.example/",
            "https://user@hospital.example/",
            "https://hospital.example#x",
            "https://hospital.example/a/../b",
            "https://hospital.example/a/%2E%2e/b",
            "https://h.example:08/",
            "https://h.example:99999/",
            "https://10.0.0.1/",
            "https://[::2]/",
            "https://h.example\\@evil.example/",
            "https://h..example/",
            "https://-h.example/",
            "https://h.example./",
            "https:///x",
            "https://",
            "https://h.example/%zz",
            "https://h.example/ x",
            "https://h.example/é",
            "https://2130706433/",
        ] {
            assert_eq!(WebAddress::parse(bad).err(), Some(WebError::NotAnAddress), "{bad}");
        }
        for bad in ["http://hospital.example/", "ftp://a.example", "javascript:alert(1)", "//a.example", ""] {
            assert_eq!(WebAddress::parse(bad).err(), Some(WebError::NotHttps), "{bad}");
        }
        assert_eq!(
            WebAddress::parse(&format!("https://a.example/{}", "a".repeat(2048))),
            Err(WebError::TooLong)
        );
    }

    #[test]
    fn the_well_known_part_stands_between_host_and_path() {
        let known = |text: &str| WebAddress::parse(text).unwrap().well_known("n").map(|a| a.text);
        assert_eq!(known("https://a.example").unwrap(), "https://a.example/.well-known/n");
        assert_eq!(known("https://a.example/").unwrap(), "https://a.example/.well-known/n");
        assert_eq!(known("https://a.example/t/1").unwrap(), "https://a.example/.well-known/n/t/1");
        assert_eq!(known("https://a.example/t?x=1"), Err(WebError::NotAnAddress));
    }
}
