//! What leaves, as codes: shown first, then closed.

use std::sync::Arc;

use chop_core::{Wallet, flow};

use crate::ChopError;
use crate::machine::Once;

/// A message that may leave now: its use is on the record already. Show the frames, then call
/// `shown`; a message that was not shown is "outcome unknown" in the record.
#[derive(uniffi::Object)]
pub struct Outbound {
    wallet: Arc<Wallet>,
    inner: Once<flow::Outbound>,
    exchange: String,
    frames: Vec<String>,
}

impl Outbound {
    pub(crate) fn around(wallet: &Arc<Wallet>, outbound: flow::Outbound) -> Arc<Self> {
        Arc::new(Self {
            wallet: wallet.clone(),
            exchange: outbound.exchange().to_string(),
            frames: outbound.frames().to_vec(),
            inner: Once::new(outbound),
        })
    }
}

#[uniffi::export]
impl Outbound {
    /// The exchange.
    pub fn exchange(&self) -> String {
        self.exchange.clone()
    }

    /// The texts of its QR codes, each `CHOP1:…`, to be shown one after the other.
    pub fn frames(&self) -> Vec<String> {
        self.frames.clone()
    }

    /// The QR code of frame `number` (from 0) as a PNG of about `pixels` a side, quiet zone included.
    pub fn png(&self, number: u32, pixels: u32) -> Result<Vec<u8>, ChopError> {
        let frame = usize::try_from(number).ok().and_then(|number| self.frames.get(number));
        crate::qr::png(frame.map_or("", String::as_str), pixels)
    }

    /// Says that the frames were shown. Once.
    pub fn shown(&self) -> Result<(), ChopError> {
        Ok(self.wallet.shown(self.inner.take()?)?)
    }
}
