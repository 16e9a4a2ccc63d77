//! Writes a bundle, chunk by chunk.

use std::io::{self, Write};

use chop_crypto::{Digest, Random, Secret, make_secret, seal_at};

use super::header::Header;
use super::{BundleError, BundleKeys, CHUNK, nonce};

/// Seals what is written to it. Without [`BundleWriter::finish`] the bundle has no end and no reader
/// takes it for whole.
pub struct BundleWriter<W: Write> {
    out: W,
    key: Secret<32>,
    header: Digest,
    counter: u64,
    /// Text of the chunk being filled; zeroed by overwriting as it is sealed.
    pending: Vec<u8>,
}

impl<W: Write> BundleWriter<W> {
    /// Begins a bundle that `keys` open. Takes the time that the passphrase's cost names.
    ///
    /// # Errors
    /// [`BundleError`]; nothing was written unless it is [`BundleError::Io`].
    pub fn create(random: &dyn Random, mut out: W, keys: &BundleKeys<'_>) -> Result<Self, BundleError> {
        let key = make_secret(random).map_err(|_| BundleError::Random)?;
        let (header, bytes) = Header::make(random, keys, &key)?;
        out.write_all(&bytes).map_err(|_| BundleError::Io)?;
        Ok(Self { out, key, header, counter: 0, pending: Vec::with_capacity(CHUNK) })
    }

    /// Seals the end and gives the output back, flushed.
    ///
    /// # Errors
    /// [`BundleError::Io`].
    pub fn finish(mut self) -> Result<W, BundleError> {
        self.seal_pending(true).map_err(|e| BundleError::behind(&e))?;
        self.out.flush().map_err(|_| BundleError::Io)?;
        Ok(self.out)
    }

    fn seal_pending(&mut self, is_last: bool) -> io::Result<()> {
        let sealed = seal_at(&self.key, nonce(self.counter, is_last), &self.header, &self.pending)
            .map_err(|_| BundleError::Sealing)?;
        self.out.write_all(&sealed)?;
        self.counter = self.counter.checked_add(1).ok_or(BundleError::Sealing)?;
        self.pending.fill(0);
        self.pending.clear();
        Ok(())
    }
}

impl<W: Write> Write for BundleWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits until something follows it: only then is it known not to be the last.
        if self.pending.len() == CHUNK && !bytes.is_empty() {
            self.seal_pending(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.pending.len());
        self.pending.extend_from_slice(bytes.get(..taken).unwrap_or(&[]));
        Ok(taken)
    }

    /// Chunks have one length, so what is pending stays pending.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
