//! Network exchanges as values: core says "send this", an edge sends it and hands back what came.
//!
//! The edge follows no redirect, caps size and time, refuses private addresses that nobody allowed by
//! name, and believes no clock but its own (crate `chop-transport`). Here the answer is judged.

use std::fmt;

use chop_crypto::SecretBytes;

chop_model::coded_errors! {
    /// What is wrong with an answer from the network, before anybody reads it.
    pub enum OnlineError {
        /// A status of 300 to 399: the answer would come from, or go to, somebody else.
        Redirect => ("online.redirect", Peer, "the other side wants to send the wallet elsewhere"),
        /// Another status than success.
        Refused => ("online.refused", Peer, "the other side did not do what it was asked"),
        /// Another media type than the one that was asked for.
        OtherMedia => ("online.other-media", Peer, "the other side sent something of another kind"),
        /// More bytes than this step takes.
        TooLarge => ("online.too-large", Peer, "the other side sent too much"),
        /// Not the text that the media type promises.
        NotText => ("online.not-text", Peer, "the other side sent something that cannot be read"),
        /// The number on the other screen is another one, or was not typed.
        OtherNumber => ("online.other-number", User, "the number on the other screen is not the one of this request"),
        /// What was kept of a fetched request cannot be read.
        BadKept => ("online.bad-kept", Environment, "what was kept of the fetched request cannot be read"),
    }
}

/// The method of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Nothing changes by it.
    Get,
    /// Something may.
    Post,
}

/// One call to make. Nothing else is sent: no cookie, no referrer, no name of the program.
pub struct HttpCall {
    /// The method.
    pub method: Method,
    /// An absolute address, read by [`chop_formats::web_address`].
    pub url: String,
    /// The media type of `body`; nothing where there is none.
    pub content_type: Option<&'static str>,
    /// The media type that is wanted back.
    pub accept: &'static str,
    /// `Authorization: Bearer`, where the call has a right of its own.
    pub bearer: Option<SecretBytes>,
    /// The body.
    pub body: Vec<u8>,
    /// Bytes of an answer at most.
    pub max_answer: usize,
}

/// What came back.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpAnswer {
    /// The status.
    pub status: u16,
    /// `Content-Type` as it came; empty where there was none.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
}

impl HttpCall {
    /// A GET for something of type `accept`.
    pub(crate) fn get(url: &str, accept: &'static str) -> Self {
        Self {
            method: Method::Get,
            url: url.to_owned(),
            content_type: None,
            accept,
            bearer: None,
            body: Vec::new(),
            max_answer: MAX_ANSWER,
        }
    }

    /// A POST of `body`.
    pub(crate) fn post(url: &str, content_type: &'static str, body: Vec<u8>, accept: &'static str) -> Self {
        Self { method: Method::Post, content_type: Some(content_type), body, ..Self::get(url, accept) }
    }
}

impl HttpAnswer {
    /// The body of a success, if it is of type `media` and not larger than an answer may be.
    ///
    /// # Errors
    /// [`OnlineError`], with the status where it says more.
    pub(crate) fn success(&self, media: &str) -> crate::Result<&[u8]> {
        self.no_redirect()?;
        if !(200..300).contains(&self.status) {
            return Err(crate::Error::from(OnlineError::Refused).with("status", self.status));
        }
        self.of_type(media)
    }

    /// The body, whatever the status, if it is of type `media`.
    ///
    /// # Errors
    /// [`OnlineError`].
    pub(crate) fn of_type(&self, media: &str) -> crate::Result<&[u8]> {
        if self.body.len() > MAX_ANSWER {
            return Err(OnlineError::TooLarge.into());
        }
        let said = self.content_type.split(';').next().unwrap_or_default().trim();
        match said.eq_ignore_ascii_case(media) {
            true => Ok(&self.body),
            false => Err(OnlineError::OtherMedia.into()),
        }
    }

    /// Protocol.md row 23: nothing is sent on, and nothing from elsewhere is read.
    ///
    /// # Errors
    /// [`OnlineError::Redirect`].
    pub(crate) fn no_redirect(&self) -> crate::Result<()> {
        match self.status {
            300..400 => Err(crate::Error::from(OnlineError::Redirect).with("status", self.status)),
            _ => Ok(()),
        }
    }
}

/// Where it goes and how large it is; what it says may be anybody's data.
impl fmt::Debug for HttpCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpCall({:?}, {} bytes)", self.method, self.body.len())
    }
}

impl fmt::Debug for HttpAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpAnswer({}, {} bytes)", self.status, self.body.len())
    }
}

/// `application/json`.
pub(crate) const JSON: &str = "application/json";
/// `application/x-www-form-urlencoded`.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
/// Bytes of any answer: a credential with its certificates fits many times.
const MAX_ANSWER: usize = 1 << 20;
