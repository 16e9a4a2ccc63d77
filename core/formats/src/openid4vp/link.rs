//! The link or QR that leads to a request (OpenID4VP 1.0 sections 5.7 and 5.10).

use crate::coded_union::coded_union;
use crate::web_address::{WebAddress, WebError};
use crate::web_form::{self, FormError};

/// Characters of a link.
pub const MAX_LINK: usize = 4096;

chop_model::coded_errors! {
    /// Why a link leads nowhere.
    pub enum LinkRule {
        /// Another scheme, or no parameters.
        NotALink => ("link.not-a-link", Peer, "not a link to a request"),
        /// Longer than [`MAX_LINK`].
        TooLong => ("link.too-long", Peer, "the link is too long"),
        /// No `client_id`.
        NoClient => ("link.no-client", Peer, "the link does not say who asks"),
        /// No `request_uri`: a request by value has no place for the wallet's nonce.
        ByValue => ("link.by-value", Peer, "the link does not lead to a request that can be fetched"),
        /// `request_uri_method` other than `get` and `post`.
        UnknownMethod => ("link.unknown-method", Peer, "the link wants the request fetched in an unknown way"),
    }
}

coded_union! {
    /// Why a link is refused.
    pub enum LinkError {
        /// A rule of links.
        Rule(LinkRule),
        /// Its parameters.
        Form(FormError),
        /// Its address.
        Web(WebError),
    }
}

/// How the request is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchBy {
    /// GET: nothing of the wallet goes along.
    Get,
    /// POST, with the wallet's nonce and metadata.
    Post,
}

/// A link that was read. Who is behind it shows when its request is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLink {
    /// Who it says asks; the request must say the same.
    pub client_id: String,
    /// Where the request is.
    pub request_uri: WebAddress,
    /// How it is fetched.
    pub by: FetchBy,
}

impl RequestLink {
    /// Whether `text` is meant as such a link at all: for an edge that sorts what was scanned.
    pub fn is_meant(text: &str) -> bool {
        parameters(text).is_some()
    }

    /// Reads a link: `openid4vp:`, `haip-vp:`, or `https:` with the same parameters. Parameters beside
    /// the three count for nothing, because only what the request itself says counts (RFC 9101 section
    /// 5); none may be there twice.
    ///
    /// # Errors
    /// [`LinkError`].
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        if text.len() > MAX_LINK {
            return Err(LinkRule::TooLong.into());
        }
        let mut fields = web_form::read(parameters(text).ok_or(LinkRule::NotALink)?)?;
        let client_id = fields.remove("client_id").filter(|id| !id.is_empty()).ok_or(LinkRule::NoClient)?;
        let by = match fields.get("request_uri_method").map(String::as_str) {
            None | Some("get") => FetchBy::Get,
            Some("post") => FetchBy::Post,
            Some(_) => return Err(LinkRule::UnknownMethod.into()),
        };
        if fields.contains_key("request") {
            return Err(LinkRule::ByValue.into());
        }
        let request_uri = fields.remove("request_uri").ok_or(LinkRule::ByValue)?;
        Ok(Self { client_id, request_uri: WebAddress::parse(&request_uri)?, by })
    }

    /// The link as a QR shows it.
    pub fn to_text(&self) -> String {
        let mut fields =
            vec![("client_id", self.client_id.as_str()), ("request_uri", self.request_uri.as_str())];
        if self.by == FetchBy::Post {
            fields.push(("request_uri_method", "post"));
        }
        format!("openid4vp://?{}", web_form::write(&fields))
    }
}

/// The parameters of a link of one of our schemes.
fn parameters(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    let query = rest.split_once('?')?.1;
    let is_ours = match scheme {
        "openid4vp" | "haip-vp" => true,
        // Some other page's address is none of ours.
        "https" => query.split('&').any(|p| p.starts_with("client_id=")),
        _ => false,
    };
    (is_ours && !query.contains('#')).then_some(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read_and_written() {
        let link = RequestLink::parse(
            "openid4vp://authorize?client_id=x509_hash%3Aabc&request_uri=https%3A%2F%2Fh.example%2Fr%2F1&request_uri_method=post",
        )
        .unwrap();
        assert_eq!((link.client_id.as_str(), link.by), ("x509_hash:abc", FetchBy::Post));
        assert_eq!(link.request_uri.as_str(), "https://h.example/r/1");
        assert_eq!(RequestLink::parse(&link.to_text()), Ok(link.clone()));
        let link = RequestLink::parse(
            "https://w.example/open?client_id=a%3Ab&request_uri=https%3A%2F%2Fh.example&x=1",
        );
        assert_eq!(link.unwrap().by, FetchBy::Get);
        assert!(!RequestLink::is_meant("https://h.example/page?x=1") && !RequestLink::is_meant("CHOP1:ABC"));
    }

    #[test]
    fn every_duty_has_its_bad_link() {
        crate::checks::hold("openid4vp", &|bytes| {
            let text = std::str::from_utf8(bytes).unwrap();
            RequestLink::parse(text).err().map(|error| chop_model::Coded::code(&error))
        });
    }
}
