//! The retention clock of a desk: what was taken, until when, and the signed word that it is gone.

use std::sync::Arc;

use chop_core::flow::Keeping;

use crate::machine::id;
use crate::{ChopError, Desk, Outbound};

/// Data of others that this space keeps.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct KeptData {
    /// The exchange in which they were taken.
    pub exchange: String,
    /// The purpose's code.
    pub purpose: String,
    /// Seconds since 1970.
    pub taken_at: i64,
    /// Days that were promised at most; 0: a look, and nothing is kept after it.
    pub days: u32,
    /// Seconds since 1970: when they are to be gone.
    pub due_at: i64,
}

#[uniffi::export]
impl Desk {
    /// What was taken from others and is still kept, first what is due first.
    pub fn kept(&self) -> Result<Vec<KeptData>, ChopError> {
        Ok(self.wallet.kept()?.into_iter().map(Into::into).collect())
    }

    /// Destroys what was taken in an exchange, now, and signs for that: to be shown to the holder, who takes
    /// it by `Grants.confirm_erased`.
    pub fn erase(&self, exchange: String) -> Result<Arc<Outbound>, ChopError> {
        Ok(Outbound::around(&self.wallet, self.wallet.erase_taken(&id(&exchange)?)?))
    }

    /// Destroys everything whose time is over; which exchanges they were. Call it when a space was opened
    /// and from time to time; `Grants.again` has the signed word of each.
    pub fn erase_due(&self) -> Result<Vec<String>, ChopError> {
        Ok(self.wallet.erase_due().whole()?.into_iter().map(|gone| gone.to_string()).collect())
    }
}

impl From<Keeping> for KeptData {
    fn from(kept: Keeping) -> Self {
        Self {
            exchange: kept.exchange.to_string(),
            purpose: kept.purpose,
            taken_at: kept.taken_at.0,
            days: kept.retention.days,
            due_at: kept.due_at.0,
        }
    }
}
