//! From a link to a request. Nothing of the holdings is looked at before the request was verified, and
//! what is posted is the same whatever is held.

use chop_crypto::encoding::to_base64url;
use chop_crypto::make_array;
use chop_formats::openid4vp::{FetchBy, REQUEST_MEDIA, RequestLink, wallet_metadata};
use chop_formats::request::{Fetched, UnverifiedRequest, match_number};
use chop_formats::{json, web_form};
use serde::{Deserialize, Serialize};

use crate::flow::ConsentPrompt;
use crate::web::{FORM, HttpAnswer, HttpCall, OnlineError};
use crate::{Result, Wallet};

use super::Arrival;

/// A fetch that was begun.
#[derive(Debug)]
pub struct Fetch {
    link: RequestLink,
    wallet_nonce: Option<String>,
}

/// A request that was fetched and not verified, with what it was fetched with. It can be kept and looked
/// at again: the same request gives the same page and the same number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    client_id: String,
    wallet_nonce: Option<String>,
    request: String,
}

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asked")
    }
}

impl Wallet {
    /// Begins to fetch the request that a link leads to: with POST and a nonce of ours where the link
    /// says so, else with GET.
    ///
    /// # Errors
    /// `link.*`, `form.*`, `web.*`. Nothing was sent.
    pub fn fetch(&self, link: &str) -> Result<(Fetch, HttpCall)> {
        let link = RequestLink::parse(link.trim())?;
        let url = link.request_uri.as_str();
        let (wallet_nonce, call) = match link.by {
            FetchBy::Get => (None, HttpCall::get(url, REQUEST_MEDIA)),
            FetchBy::Post => {
                let nonce = to_base64url(&make_array::<16>(self.ports.random.as_ref())?);
                let metadata = wallet_metadata().to_string();
                let form = web_form::write(&[("wallet_nonce", &nonce), ("wallet_metadata", &metadata)]);
                (Some(nonce), HttpCall::post(url, FORM, form.into_bytes(), REQUEST_MEDIA))
            }
        };
        Ok((Fetch { link, wallet_nonce }, call))
    }

    /// Verifies a fetched request and finds what could answer it, as [`Wallet::look`] does for one that
    /// cameras read.
    ///
    /// # Errors
    /// The fault of the request, `request.answered-before` or `request.muted`. Nothing is written and
    /// nothing is sent.
    pub fn look_online(&self, asked: &Asked) -> Result<ConsentPrompt> {
        let prompt = self.look_online_again(asked)?;
        self.refuse_muted(prompt.refused_at)?;
        Ok(prompt)
    }

    /// The same where the person asks for the page themself, as [`Wallet::look_again`].
    ///
    /// # Errors
    /// As [`Wallet::look_online`], without `request.muted`.
    pub fn look_online_again(&self, asked: &Asked) -> Result<ConsentPrompt> {
        let Asked { client_id, wallet_nonce, request } = asked;
        let trust = self.trust()?;
        let fetched = Fetched { client_id, wallet_nonce: wallet_nonce.as_deref() };
        let now = self.ports.clock.now();
        let request = UnverifiedRequest::parse(request)?.verify_fetched(&trust, now, &fetched)?;
        let number = match_number(&request.digest(), wallet_nonce.as_deref());
        self.prompt_for(request, &trust, Arrival::Online { number })
    }
}

impl Fetch {
    /// Takes what came.
    ///
    /// # Errors
    /// `online.*`; nothing is kept.
    pub fn take(self, answer: &HttpAnswer) -> Result<Asked> {
        let body = answer.success(REQUEST_MEDIA)?;
        let request = std::str::from_utf8(body).map_err(|_| OnlineError::NotText)?.trim();
        let RequestLink { client_id, .. } = self.link;
        Ok(Asked { client_id, wallet_nonce: self.wallet_nonce, request: request.to_owned() })
    }
}

impl Asked {
    /// For keeping between two looks.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// What was kept.
    ///
    /// # Errors
    /// [`OnlineError::BadKept`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        json::parse_as(bytes, MAX_KEPT).map_err(|_| OnlineError::BadKept.into())
    }
}

/// Bytes of a kept request.
const MAX_KEPT: usize = 128 * 1024;
