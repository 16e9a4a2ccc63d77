//! A call of core's mode C, performed: bytes out, status and bytes back. What they mean is core's.

use std::time::Duration;

use chop_core::flow::offer::{RelayAnswer, RelayCall};
use chop_core::plumbing::formats::relay::{CONTENT_TYPE, MAX_ENVELOPE, MAX_WAIT};
use chop_core::{NetError, Result};

use super::RelayClient;
use crate::cancel::Cancel;
use crate::client;
use crate::retry::{Tried, again, is_busy, may_pass};

impl RelayClient {
    /// Posts what an offer needs next and gives what came back, a refusal of the relay included. The
    /// same bytes again while the network or a busy relay is in the way.
    ///
    /// # Errors
    ///
    /// `net.bad-relay`, `net.relay-not-listed` before anything is sent; a code of [`NetError`].
    pub fn perform(&self, call: &RelayCall, cancel: &Cancel) -> Result<RelayAnswer> {
        let origin = self.listed(call.origin())?;
        let wait = if call.waits() { Duration::from_secs(MAX_WAIT) } else { Duration::ZERO };
        let url = format!("{origin}{}", call.path());
        let post = client::Call::post(url, CONTENT_TYPE, call.body().to_vec())
            .accepting(CONTENT_TYPE)
            .waiting(wait)
            .at_most(super::bytes(MAX_ENVELOPE + ROOM));
        again(self.backoff, cancel, || match self.client.send(&post, cancel) {
            Ok(answer) if answer.is_of_type(CONTENT_TYPE) => {
                let (status, later) = (answer.status, is_busy(answer.status));
                let retry_after = answer.retry_after;
                let answer = Ok(RelayAnswer { status, body: answer.body });
                if later { Tried::Later(answer, retry_after) } else { Tried::Over(answer) }
            }
            Ok(answer) if is_busy(answer.status) => {
                Tried::Later(Err(NetError::Busy.into()), answer.retry_after)
            }
            Ok(_) => Tried::Over(Err(NetError::Garbled.into())),
            Err(error) if may_pass(&error) => Tried::Later(Err(error), None),
            Err(error) => Tried::Over(Err(error)),
        })
    }
}

/// Bytes of an answer beside its envelope.
const ROOM: usize = 1 << 20;
