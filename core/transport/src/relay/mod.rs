//! The calls of an offer's relay (protocol.md section 1.3), performed. The messages are
//! `chop_formats::relay`'s; what they mean is core's; here is only the way there and back.
//!
//! Every call is a POST whose repetition is answered as the first was, so every call is repeated with
//! the same bytes until it is answered. G, `tok` and the owner's secret stand in bodies only.

mod perform;
mod poll;

use std::time::Duration;

use chop_core::plumbing::formats::relay::{
    CONTENT_TYPE, Call, Info, MAX_WAIT, Message, Refused, RelayRefusal,
};
use chop_core::{Error, NetError, Result};

use crate::cancel::Cancel;
use crate::client::{self, Answer, Client};
use crate::retry::{Backoff, Tried, again, is_busy, may_pass};
use crate::rules::{Origin, Rules};

pub use poll::{Claimant, Next, Own, Trouble};

/// Calls relays that somebody named beforehand, and no others: a code that was scanned cannot make it
/// post anywhere else.
#[derive(Debug, Clone)]
pub struct RelayClient {
    client: Client,
    relays: Vec<Origin>,
    backoff: Backoff,
}

impl RelayClient {
    /// A client for the relays on this list: origins, `https://relay.example` or
    /// `https://relay.example:8443`. Being on the list allows a relay its own port; a private address or
    /// plain http takes [`Rules::allowed`] too.
    ///
    /// # Errors
    ///
    /// `net.bad-relay` for a text that is not the one spelling of an origin; what [`Client::new`] says.
    pub fn new<T: AsRef<str>>(rules: Rules, relays: impl IntoIterator<Item = T>) -> Result<Self> {
        let relays =
            relays.into_iter().map(|text| one_spelling(text.as_ref())).collect::<Result<Vec<_>>>()?;
        let named = relays.iter().cloned().chain(rules.named).collect();
        let client = Client::new(Rules { named, ..rules })?;
        Ok(Self { client, relays, backoff: Backoff::default() })
    }

    /// How long a call is repeated.
    #[must_use]
    pub fn with_backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// The relays that it calls.
    pub fn relays(&self) -> &[Origin] {
        &self.relays
    }

    /// Makes a call of any kind and repeats the same bytes while the network or a busy relay is in the
    /// way. A long poll returns after its own wait at the latest.
    ///
    /// # Errors
    ///
    /// `net.bad-relay`, `net.relay-not-listed` before anything is sent; `relay.…` as the relay refused;
    /// a code of [`NetError`]; `relay-format.…` for an answer that is none.
    pub fn call<C: Call>(&self, relay: &str, call: &C, cancel: &Cancel) -> Result<C::Answer> {
        let post = self.post(relay, call)?;
        again(self.backoff, cancel, || self.attempt(&post, cancel))
    }

    /// Who the relay says it is. The key that counts is the one in a grant.
    ///
    /// # Errors
    ///
    /// As [`RelayClient::call`].
    pub fn info(&self, relay: &str, cancel: &Cancel) -> Result<Info> {
        let call = self.get(relay, "/v1/info")?.accepting(CONTENT_TYPE);
        again(self.backoff, cancel, || self.attempt_of(&call, cancel, read_message))
    }

    /// The relay's newest checkpoint: a signed note (C2SP), not yet verified.
    ///
    /// # Errors
    ///
    /// As [`RelayClient::call`].
    pub fn checkpoint(&self, relay: &str, cancel: &Cancel) -> Result<String> {
        let call = self.get(relay, "/v1/checkpoint")?.accepting("text/plain").at_most(MAX_NOTE_BYTES);
        let text = |answer: Answer| String::from_utf8(answer.body).map_err(|_| NetError::Garbled.into());
        again(self.backoff, cancel, || self.attempt_of(&call, cancel, text))
    }

    /// One try of a call; what another moment may change is said apart.
    fn attempt<M: Message>(&self, call: &client::Call, cancel: &Cancel) -> Tried<M> {
        self.attempt_of(call, cancel, read_message)
    }

    fn attempt_of<T>(
        &self,
        call: &client::Call,
        cancel: &Cancel,
        read: impl Fn(Answer) -> Result<T>,
    ) -> Tried<T> {
        match self.client.send(call, cancel) {
            Ok(answer) if (200..300).contains(&answer.status) => Tried::Over(read(answer)),
            Ok(answer) => refused(&answer),
            Err(error) if may_pass(&error) => Tried::Later(Err(error), None),
            Err(error) => Tried::Over(Err(error)),
        }
    }

    fn post<C: Call>(&self, relay: &str, call: &C) -> Result<client::Call> {
        let origin = self.listed(relay)?;
        let wait = if C::WAITS { Duration::from_secs(MAX_WAIT) } else { Duration::ZERO };
        Ok(client::Call::post(format!("{origin}{}", C::PATH), CONTENT_TYPE, call.to_bytes())
            .accepting(CONTENT_TYPE)
            .waiting(wait)
            .at_most(bytes(C::Answer::MAX_BYTES)))
    }

    fn get(&self, relay: &str, path: &str) -> Result<client::Call> {
        let origin = self.listed(relay)?;
        Ok(client::Call::get(format!("{origin}{path}")).at_most(bytes(Info::MAX_BYTES)))
    }

    fn listed(&self, relay: &str) -> Result<&Origin> {
        let wanted = one_spelling(relay)?;
        self.relays.iter().find(|one| **one == wanted).ok_or_else(|| NetError::RelayNotListed.into())
    }
}

/// An origin in its one spelling: what a person compared is what is called. No user name, no default
/// port written out, no upper case, no punycode (letters that look like others).
fn one_spelling(text: &str) -> Result<Origin> {
    let origin = Origin::parse(text).map_err(|_| NetError::BadRelay)?;
    let is_punycode = origin.host().split('.').any(|label| label.get(2..4) == Some("--"));
    if origin.to_string() == text && !is_punycode { Ok(origin) } else { Err(NetError::BadRelay.into()) }
}

fn read_message<M: Message>(answer: Answer) -> Result<M> {
    if !answer.is_of_type(CONTENT_TYPE) {
        return Err(NetError::Garbled.into());
    }
    Ok(M::from_bytes(&answer.body)?)
}

/// What the relay says no with; something between us and it says no in other forms.
fn refused<T>(answer: &Answer) -> Tried<T> {
    let own = answer.is_of_type(CONTENT_TYPE).then(|| Refused::from_bytes(&answer.body).ok()).flatten();
    match own {
        Some(refused) => {
            let refusal: RelayRefusal = refused.refusal();
            let seconds = refused.retry_after.map(|seconds| Duration::from_secs(seconds.min(LONGEST_PAUSE)));
            let error = Err(Error::from(refusal));
            if refusal.may_pass_later() { Tried::Later(error, seconds) } else { Tried::Over(error) }
        }
        None if is_busy(answer.status) => Tried::Later(Err(NetError::Busy.into()), answer.retry_after),
        None => Tried::Over(Err(Error::from(NetError::Status).with("status", answer.status))),
    }
}

fn bytes(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

const MAX_NOTE_BYTES: u64 = 4096;
/// A relay may ask for patience, not for surrender, seconds.
const LONGEST_PAUSE: u64 = 60;
