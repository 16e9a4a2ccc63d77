//! Writes what [`Deterministic::check`] takes.

use minicbor::Encoder;

use super::Deterministic;

/// Writes one item. Lengths and integers come out shortest; map keys must be written in order, as
/// [`Deterministic::check`] will demand.
pub struct Writer(Encoder<Vec<u8>>);

impl Writer {
    /// An empty document.
    pub fn new() -> Self {
        Self(Encoder::new(Vec::new()))
    }

    /// Begins an array of `length` items.
    pub fn array(&mut self, length: usize) -> &mut Self {
        let _infallible = self.0.array(length as u64);
        self
    }

    /// Begins a map of `length` pairs.
    pub fn map(&mut self, length: usize) -> &mut Self {
        let _infallible = self.0.map(length as u64);
        self
    }

    /// An integer from 0.
    pub fn uint(&mut self, value: u64) -> &mut Self {
        let _infallible = self.0.u64(value);
        self
    }

    /// An integer of either sign.
    pub fn int(&mut self, value: i64) -> &mut Self {
        let _infallible = self.0.i64(value);
        self
    }

    /// A byte string.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        let _infallible = self.0.bytes(value);
        self
    }

    /// A text string.
    pub fn text(&mut self, value: &str) -> &mut Self {
        let _infallible = self.0.str(value);
        self
    }

    /// `true` or `false`.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        let _infallible = self.0.bool(value);
        self
    }

    /// `null`.
    pub fn null(&mut self) -> &mut Self {
        let _infallible = self.0.null();
        self
    }

    /// A whole item made before.
    pub fn item(&mut self, item: Deterministic<'_>) -> &mut Self {
        self.0.writer_mut().extend_from_slice(item.as_bytes());
        self
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.0.into_writer()
    }
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

/// The order of text keys in a map (RFC 8949 section 4.2.1): by their encoded bytes, so by length
/// first for keys of up to 23 bytes and always for longer ones, whose length stands in front.
pub fn text_key_order(a: &str, b: &str) -> std::cmp::Ordering {
    (a.len(), a.as_bytes()).cmp(&(b.len(), b.as_bytes()))
}
