//! The yes and the no.

use chop_core::flow::offer::Offered;
use chop_core::flow::online::OnlineAnswer;
use chop_core::flow::{Agreement, Choices, Consent, Expression, Outbound};
use chop_core::plumbing::model::{Id, Lang};
use chop_core::{Result, Wallet, WalletError};

use super::{Chosen, Sheet, Source, choices};

/// The act of authorising: which page, and what the other screen shows.
#[derive(Debug, Clone)]
pub(crate) struct Act<'a> {
    /// The code of the page that was read.
    pub(crate) code: &'a str,
    /// The number on the other screen, as it was typed; for a request by link.
    pub(crate) number: &'a str,
    /// The language in which the page was read.
    pub(crate) lang: Lang,
}

/// What a yes made.
#[derive(Debug)]
pub(crate) enum Given {
    /// Codes to show.
    Codes(Outbound),
    /// An answer to post.
    Answer(OnlineAnswer),
    /// An offer, not yet at its relay.
    Offer(Offered),
}

/// Grants exactly the page that was read. The source is verified and judged once more.
///
/// # Errors
/// Nothing is spent and nothing leaves: `consent.*`, `law.*`, `request.*`, `online.other-number`.
pub(crate) fn agree(wallet: &Wallet, sheet: &Sheet, chosen: &Chosen, act: &Act<'_>) -> Result<Given> {
    let consent = consent(wallet, sheet, chosen, act)?;
    match &sheet.source {
        Source::Optic(_) => Ok(Given::Codes(wallet.grant(consent)?)),
        Source::Online(_) => Ok(Given::Answer(wallet.answer_online(consent, act.number)?)),
        Source::Offer(_) => Ok(Given::Offer(wallet.offer(&consent)?)),
    }
}

fn consent(wallet: &Wallet, sheet: &Sheet, chosen: &Chosen, act: &Act<'_>) -> Result<Consent> {
    // Who presses the seal asked for this page, also where a no of theirs would have kept it away.
    let prompt = sheet.source.look(wallet, true)?;
    let choices: Choices = choices(&prompt, chosen)?;
    let mut agreement = Agreement::to(act.code, act.lang, wallet)?;
    agreement.by = Expression::OnScreen;
    agreement.consents = sheet.given(act.code);
    if choices.as_guardian {
        agreement.sign_as_guardian(wallet)?;
    }
    prompt.answer(&choices, &agreement).map_err(|(_, error)| error)
}

/// Says no. To the asker it looks as if nothing were held.
///
/// # Errors
/// `request.answered-before`; `exchange.wrong-step` for an offer of one's own.
pub(crate) fn decline(wallet: &Wallet, sheet: &Sheet) -> Result<Id> {
    match &sheet.source {
        Source::Offer(_) => Err(WalletError::WrongStep.into()),
        source => wallet.decline(source.look(wallet, true)?),
    }
}
