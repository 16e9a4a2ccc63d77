//! The read side of the record: exchanges and entries, newest first.

use chop_formats::frame::MessageKind;
use chop_formats::log_entry::{EntryKind, LogEntry};
use chop_formats::receipt::{Ack, Erased, Outcome, Refused, Stage, UnverifiedReceipt, Use};
use chop_model::{Id, UnixTime};
use chop_vault::table::artefact::{self, ArtefactKind};
use chop_vault::table::exchange::{self, Role};
use chop_vault::table::log;

use crate::flow::State;
use crate::{Result, Wallet, WalletError};

/// One exchange, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeView {
    /// Its id; for a holder also the grant's `jti`.
    pub id: Id,
    /// Whether this space gave or took.
    pub role: Role,
    /// How far it is.
    pub state: State,
    /// The other side, as it was shown at the time; empty on the verifier's side.
    pub peer: String,
    /// Its client id.
    pub client_id: String,
    /// Code of the purpose.
    pub purpose: String,
    /// When it began.
    pub created_at: UnixTime,
    /// Until when its first step could be answered.
    pub expires_at: UnixTime,
    /// When it last moved.
    pub updated_at: UnixTime,
}

/// What the other side signed at one stage of an exchange. It was verified when it came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedByPeer {
    /// Acknowledgement, use, refusal or erasure.
    pub stage: MessageKind,
    /// When, by the other side's clock.
    pub at: UnixTime,
    /// How the use ended, where the stage says it.
    pub outcome: Option<Outcome>,
}

/// One line of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordLine {
    /// Its place in the log.
    pub index: u64,
    /// What happened; nothing where the entry was erased.
    pub entry: Option<LogEntry>,
}

impl ExchangeView {
    /// Whether the key was given out and no use receipt came: *acknowledged, not confirmed*.
    pub fn is_unconfirmed(&self) -> bool {
        self.state == State::Acked
    }
}

impl Wallet {
    /// Every exchange, newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn exchanges(&self) -> Result<Vec<ExchangeView>> {
        let mut views = Vec::new();
        self.vault.read(|read| {
            exchange::each(read, &mut |row| {
                views.push(view(row));
                Ok(())
            })
        })?;
        let mut views: Vec<ExchangeView> =
            views.into_iter().collect::<std::result::Result<_, WalletError>>()?;
        views.sort_by_key(|v| std::cmp::Reverse((v.created_at, v.updated_at)));
        Ok(views)
    }

    /// One exchange.
    ///
    /// # Errors
    /// `exchange.unknown`.
    pub fn exchange_view(&self, id: &Id) -> Result<ExchangeView> {
        Ok(view(self.exchange(id)?)?)
    }

    /// The last `limit` lines of the record, newest first.
    ///
    /// # Errors
    /// When an entry cannot be read.
    pub fn record_lines(&self, limit: u64) -> Result<Vec<RecordLine>> {
        self.record_lines_before(u64::MAX, limit)
    }

    /// The last `limit` lines before the place `before`, newest first: the next page of a long record.
    ///
    /// # Errors
    /// When an entry cannot be read.
    pub fn record_lines_before(&self, before: u64, limit: u64) -> Result<Vec<RecordLine>> {
        let lines = self.vault.read(|read| {
            let end = log::size(read)?.min(before);
            (end.saturating_sub(limit)..end)
                .rev()
                .map(|index| Ok((index, log::entry(read, index)?)))
                .collect::<std::result::Result<Vec<_>, chop_vault::VaultError>>()
        })?;
        lines
            .into_iter()
            .map(|(index, bytes)| {
                // EXPOSE: the owner's own record, which holds no value of a claim.
                let entry = bytes.map(|bytes| LogEntry::read(bytes.expose())).transpose()?;
                Ok(RecordLine { index, entry })
            })
            .collect()
    }

    /// What the other side signed for an exchange, stage by stage.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn signed_by_peer(&self, id: &Id) -> Result<Vec<SignedByPeer>> {
        let rows = self.vault.read(|read| artefact::of_exchange(read, id))?;
        rows.iter().filter_map(|row| signed(row).transpose()).collect()
    }

    /// How often something was granted from this space: 授权用数.
    ///
    /// # Errors
    /// When an entry cannot be read.
    pub fn uses(&self) -> Result<u64> {
        let lines = self.record_lines(u64::MAX)?;
        let spent =
            lines.iter().filter(|line| line.entry.as_ref().is_some_and(|e| e.kind == EntryKind::Spent));
        Ok(spent.count().try_into().unwrap_or(u64::MAX))
    }
}

fn signed(row: &artefact::Row) -> Result<Option<SignedByPeer>> {
    fn payload<S: Stage>(row: &artefact::Row) -> Result<S> {
        let receipt = UnverifiedReceipt::<S>::parse(row.text()?)?;
        Ok(receipt.dangerous_receipt()?)
    }
    let (stage, at, outcome) = match row.kind {
        ArtefactKind::Ack => (MessageKind::Ack, payload::<Ack>(row)?.iat, None),
        ArtefactKind::Use => {
            let used: Use = payload(row)?;
            (MessageKind::Use, used.iat, Some(used.outcome))
        }
        ArtefactKind::Refused => {
            let refused: Refused = payload(row)?;
            (MessageKind::Refused, refused.iat, Some(Outcome::Refused { reason: refused.reason }))
        }
        ArtefactKind::Erased => (MessageKind::Erased, payload::<Erased>(row)?.iat, None),
        _ => return Ok(None),
    };
    Ok(Some(SignedByPeer { stage, at, outcome }))
}

fn view(row: exchange::Row) -> std::result::Result<ExchangeView, WalletError> {
    Ok(ExchangeView {
        state: State::from_number(row.state).ok_or(WalletError::LogBroken)?,
        id: row.id,
        role: row.role,
        peer: row.peer_name,
        client_id: row.client_id,
        purpose: row.purpose,
        created_at: row.created_at,
        expires_at: row.expires_at,
        updated_at: row.updated_at,
    })
}
