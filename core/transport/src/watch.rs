//! Two thin layers round a connection: one below TLS that notices a cancelled call while it waits, one
//! above it that knows whether a byte of the request went out.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, NextTimeout, Transport, time::Duration as Span,
};

use crate::cancel::{Cancel, now};

/// What one call shares with its connection.
#[derive(Debug, Default)]
pub(crate) struct CallState {
    pub(crate) cancel: Cancel,
    /// A byte of the request was handed to the connection.
    pub(crate) sent: AtomicBool,
}

impl CallState {
    pub(crate) fn has_sent(&self) -> bool {
        self.sent.load(Ordering::Acquire)
    }
}

/// Somebody pressed stop while the call waited.
#[derive(Debug, thiserror::Error)]
#[error("the call was cancelled")]
pub(crate) struct Stopped;

/// Below TLS: cancellation.
#[derive(Debug)]
pub(crate) struct Cancelling(pub(crate) Arc<CallState>);

/// Above TLS: what was sent. `is_proxied`: the first connection is the proxy's, whose CONNECT holds
/// nothing of the request.
#[derive(Debug)]
pub(crate) struct Marking {
    pub(crate) state: Arc<CallState>,
    pub(crate) is_proxied: bool,
}

impl<In: Transport> Connector<In> for Cancelling {
    type Out = Watched<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        Ok(chained.map(|inner| Watched { inner, state: self.0.clone(), marks: false }))
    }
}

impl<In: Transport> Connector<In> for Marking {
    type Out = Watched<In>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        let is_hop = self.is_proxied && details.config.proxy().is_none();
        Ok(chained.map(|inner| Watched { inner, state: self.state.clone(), marks: !is_hop }))
    }
}

/// A connection that somebody looks after.
#[derive(Debug)]
pub(crate) struct Watched<T> {
    inner: T,
    state: Arc<CallState>,
    marks: bool,
}

impl<T> Watched<T> {
    fn check(&self) -> Result<(), ureq::Error> {
        if self.state.cancel.is_cancelled() { Err(ureq::Error::Other(Box::new(Stopped))) } else { Ok(()) }
    }
}

impl<T: Transport> Transport for Watched<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.check()?;
        if self.marks {
            // Before the bytes go: a crash between would hide that they went.
            self.state.sent.store(true, Ordering::Release);
        }
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        if self.marks {
            return self.inner.await_input(timeout);
        }
        let started = now();
        loop {
            self.check()?;
            let (slice, is_last) = sliced(timeout, now().saturating_duration_since(started));
            match self.inner.await_input(slice) {
                Err(ureq::Error::Timeout(_)) if !is_last => {}
                other => return other,
            }
        }
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

/// The next slice of a wait of which `gone` is over, and whether the wait ends with it.
fn sliced(timeout: NextTimeout, gone: Duration) -> (NextTimeout, bool) {
    let whole = timeout.for_read();
    let left = match whole.after {
        Span::Exact(after) => after.saturating_sub(gone),
        Span::NotHappening => Duration::MAX,
    };
    let is_last = left <= Cancel::SLICE;
    (NextTimeout { after: Span::Exact(left.min(Cancel::SLICE)), ..whole }, is_last)
}
