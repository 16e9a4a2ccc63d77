//! What was scanned at the counter, and what is to be shown for it.

use chop_core::flow::offer::ClaimDraft;
use chop_core::flow::{Accepted, Inbound, Outbound, RequestDraft};
use chop_core::plumbing::formats::frame::KeyBody;
use chop_core::plumbing::formats::offer::OfferCode;
use chop_core::plumbing::model::Id;
use chop_core::{Result, Wallet, WalletError};

use crate::scan::Content;

/// What a message came to.
pub(crate) enum Step {
    /// Codes to show for it.
    Show(Outbound),
    /// An offer was taken up: the relay is to be asked.
    Follow(Id),
}

/// Takes what a holder showed: sealed data, a key, or the code of an offer. `ask` is what an offer is
/// asked for; without it, whatever was left for whoever comes.
///
/// # Errors
/// Those of each step; `scan.other-message` for what does not belong at a counter.
pub(crate) fn take(wallet: &Wallet, content: &Content, ask: Option<RequestDraft>) -> Result<Step> {
    match content {
        Content::Message(Inbound::Data(envelope)) => Ok(Step::Show(wallet.claim(envelope)?)),
        Content::Message(Inbound::Key(release)) => match wallet.accept(again(release))? {
            Accepted::Taken(_, receipt) | Accepted::Refused(_, receipt) => Ok(Step::Show(receipt)),
        },
        Content::Offer(text) => {
            let code = OfferCode::parse(text)?;
            // The clerk scanned the code: the relay that it names is the one that is asked, and no other.
            let relays = vec![code.relay.origin()];
            Ok(Step::Follow(wallet.scan_offer(&code, ClaimDraft { ask, relays })?))
        }
        _ => Err(WalletError::OtherMessage.into()),
    }
}

/// The key once more: what was scanned is kept until the page has shown what came of it.
fn again(release: &KeyBody) -> KeyBody {
    KeyBody { key: release.key.duplicate(), ack: release.ack }
}
