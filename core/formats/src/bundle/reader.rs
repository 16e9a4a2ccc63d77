//! Reads a bundle, chunk by chunk.

use std::io::{self, Read};

use chop_crypto::{Secret, SecretBytes, open_at};

use super::header::{Header, RecoverySecret};
use super::{BundleError, SEALED_CHUNK, nonce};

/// A bundle whose head was read and that nobody has opened yet.
pub struct LockedBundle<R: Read> {
    from: R,
    header: Header,
}

impl<R: Read> LockedBundle<R> {
    /// Reads the head.
    ///
    /// # Errors
    /// [`BundleError::NotABundle`], [`BundleError::NewerVersion`], [`BundleError::BadHeader`],
    /// [`BundleError::BadCost`], [`BundleError::Truncated`] or [`BundleError::Io`].
    pub fn read(mut from: R) -> Result<Self, BundleError> {
        let header = Header::read(&mut from)?;
        Ok(Self { from, header })
    }

    /// Opens it by passphrase. Takes the time that its cost names.
    ///
    /// # Errors
    /// [`BundleError::WrongSecret`] or [`BundleError::NoSuchSlot`]; read the head again to try again.
    pub fn open_with_passphrase(self, passphrase: &SecretBytes) -> Result<BundleReader<R>, BundleError> {
        let key = self.header.open_with_passphrase(passphrase)?;
        Ok(self.opened(key))
    }

    /// Opens it by recovery code.
    ///
    /// # Errors
    /// [`BundleError::WrongSecret`] or [`BundleError::NoSuchSlot`].
    pub fn open_with_recovery(self, code: &RecoverySecret) -> Result<BundleReader<R>, BundleError> {
        let key = self.header.open_with_recovery(code)?;
        Ok(self.opened(key))
    }

    fn opened(self, key: Secret<32>) -> BundleReader<R> {
        BundleReader {
            from: self.from,
            header: self.header,
            key,
            counter: 0,
            ahead: None,
            text: SecretBytes::new(Vec::new()),
            given: 0,
            state: State::Reading,
        }
    }
}

/// The text of a bundle. What comes out is genuine; that it was all is known when `read` gives 0.
pub struct BundleReader<R: Read> {
    from: R,
    header: Header,
    key: Secret<32>,
    counter: u64,
    /// A byte read to learn whether a chunk follows.
    ahead: Option<u8>,
    text: SecretBytes,
    given: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Reading,
    Ended,
    /// After a failure nothing more comes out.
    Failed(BundleError),
}

impl<R: Read> BundleReader<R> {
    fn next_chunk(&mut self) -> io::Result<()> {
        let mut sealed: Vec<u8> = self.ahead.take().into_iter().collect();
        // One byte more than a chunk says whether another follows.
        let wanted = SEALED_CHUNK + 1 - sealed.len();
        Read::by_ref(&mut self.from).take(wanted as u64).read_to_end(&mut sealed)?;
        let is_last = sealed.len() <= SEALED_CHUNK;
        if !is_last {
            self.ahead = sealed.pop();
        }
        let text = open_at(&self.key, nonce(self.counter, is_last), &self.header.digest, &sealed)
            .map_err(|_| self.blame(&sealed, is_last))?;
        // EXPOSE: its length alone. The writer ends a bundle with an empty chunk only when the
        // bundle is empty, so that every text has one form.
        if is_last && self.counter > 0 && text.expose().is_empty() {
            return Err(BundleError::Damaged.into());
        }
        self.counter = self.counter.checked_add(1).ok_or(BundleError::Damaged)?;
        self.text = text;
        self.given = 0;
        if is_last {
            self.state = State::Ended;
        }
        Ok(())
    }

    /// Whether the last chunk there is would open as one in the middle: then the end was cut off
    /// at its edge. A cut elsewhere leaves a short chunk, which a flipped bit does not.
    fn blame(&self, sealed: &[u8], is_last: bool) -> BundleError {
        let opens_as_middle = || open_at(&self.key, nonce(self.counter, false), &self.header.digest, sealed);
        if is_last && (sealed.is_empty() || (sealed.len() == SEALED_CHUNK && opens_as_middle().is_ok())) {
            return BundleError::Truncated;
        }
        BundleError::Damaged
    }
}

impl<R: Read> Read for BundleReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            // EXPOSE: the reader gives the text out.
            let rest = self.text.expose().get(self.given..).unwrap_or(&[]);
            if !rest.is_empty() || out.is_empty() {
                let count = rest.len().min(out.len());
                for (to, from) in out.iter_mut().zip(rest) {
                    *to = *from;
                }
                self.given += count;
                return Ok(count);
            }
            match self.state {
                State::Ended => return Ok(0),
                State::Failed(error) => return Err(error.into()),
                State::Reading => {
                    if let Err(error) = self.next_chunk() {
                        self.state = State::Failed(BundleError::behind(&error));
                        return Err(error);
                    }
                }
            }
        }
    }
}
