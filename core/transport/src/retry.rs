//! The same bytes again. Only for calls that mean the same however often they arrive: a fetch, and the
//! relay's calls, which answer a repetition with what they answered before.

use std::time::Duration;

use chop_core::{DataLeft, Error, Result};

use crate::cancel::{Cancel, now};
use crate::client::{Answer, Call, Client};

/// How long to go on trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The first pause; each next one is twice as long.
    pub first: Duration,
    /// The longest pause.
    pub longest: Duration,
    /// No further try starts after this time.
    pub total: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            first: Duration::from_millis(250),
            longest: Duration::from_secs(15),
            total: Duration::from_secs(60),
        }
    }
}

/// What one try came to.
pub(crate) enum Tried<T> {
    /// That is it, good or bad.
    Over(Result<T>),
    /// Another moment may change it; the other side may have said how long to wait.
    Later(Result<T>, Option<Duration>),
}

impl Client {
    /// Makes a call and repeats it, byte for byte, while the network or a busy server is in the way.
    /// A wrong certificate, a redirect or an oversized answer is not tried again: it would be the same.
    ///
    /// # Errors
    ///
    /// The last try's error; its [`Error::data_left`] covers every try.
    pub fn send_again(&self, call: &Call, backoff: Backoff, cancel: &Cancel) -> Result<Answer> {
        again(backoff, cancel, || match self.send(call, cancel) {
            Ok(answer) if is_busy(answer.status) => {
                let asked = answer.retry_after;
                Tried::Later(Ok(answer), asked)
            }
            Err(error) if may_pass(&error) => Tried::Later(Err(error), None),
            other => Tried::Over(other),
        })
    }
}

/// Tries until it is over or the time is.
pub(crate) fn again<T>(
    backoff: Backoff,
    cancel: &Cancel,
    mut attempt: impl FnMut() -> Tried<T>,
) -> Result<T> {
    let started = now();
    let mut pause = backoff.first;
    let mut left = DataLeft::No;
    loop {
        let (result, asked) = match attempt() {
            Tried::Over(result) => return result.map_err(|error| worst(error, left)),
            Tried::Later(result, asked) => (result, asked),
        };
        if let Err(error) = &result
            && error.data_left() != DataLeft::No
        {
            left = error.data_left();
        }
        let wait = pause.max(asked.unwrap_or_default());
        if started.elapsed() + wait > backoff.total {
            return result.map_err(|error| worst(error, left));
        }
        cancel.sleep(wait).map_err(|error| worst(error, left))?;
        pause = (pause * 2).min(backoff.longest);
    }
}

/// What one try may have let out, no later one takes back.
fn worst(error: Error, left: DataLeft) -> Error {
    if error.data_left() == DataLeft::No { error.after(left) } else { error }
}

/// Statuses that say "later": too many requests, and the three of a server or gateway in trouble.
pub(crate) fn is_busy(status: u16) -> bool {
    matches!(status, 429 | 502 | 503 | 504)
}

/// Whether another moment may change it.
pub(crate) fn may_pass(error: &Error) -> bool {
    PASSING.contains(&error.code())
}

/// What another moment may change.
const PASSING: [&str; 5] = ["net.unreachable", "net.host-unknown", "net.timed-out", "net.cut", "net.proxy"];
