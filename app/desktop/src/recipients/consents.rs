//! What a person does with a consent that was given.

use chop_core::consent::{ConsentState, ConsentView, LifeError, PledgeState, Step};
use chop_core::notice::Words;
use chop_core::plumbing::model::{Id, Lang, UnixTime};
use chop_core::{Result, Wallet};

use crate::dto::recipients::{ConsentAct, ConsentDone, ConsentRow, Pledge};

/// What is told with an act.
#[derive(Debug, Default)]
pub(crate) struct Said<'a> {
    /// The reason, or what is promised.
    pub(crate) text: &'a str,
    /// Days within which a promise is kept.
    pub(crate) days: u16,
}

/// Does one act; what it reached, and the signed notice for the recipient where it makes one.
///
/// # Errors
/// `consent.*`: the act does not follow from where the consent stands, or wants a reason.
pub(crate) fn act(
    wallet: &Wallet,
    id: &Id,
    act: ConsentAct,
    said: &Said<'_>,
    lang: Lang,
) -> Result<ConsentDone> {
    let (mut effect, mut notice) = (None, None);
    match act {
        ConsentAct::Pause => wallet.pause_consent(id)?,
        ConsentAct::Resume => wallet.resume_consent(id)?,
        ConsentAct::Close => wallet.close_consent(id)?,
        ConsentAct::Deleted => wallet.deletion_confirmed(id)?,
        ConsentAct::DeletionRefused => wallet.deletion_refused(id, said.text)?,
        ConsentAct::Ended => wallet.consent_ended_by_recipient(id, said.text)?,
        ConsentAct::Void => wallet.invalidate_consent(id, said.text)?,
        ConsentAct::AskDeletion => notice = Some(wallet.request_deletion(id)?),
        ConsentAct::PledgeKept => notice = Some(wallet.pledge_kept(id)?),
        ConsentAct::Pledge => {
            let due = wallet.ports().clock.now().plus(i64::from(said.days) * SECONDS_A_DAY);
            notice = Some(wallet.pledge_missing(id, said.text, due)?);
        }
        ConsentAct::Withdraw => {
            let done = wallet.withdraw_consent(id, said.text)?;
            effect = Some(done.effect.in_lang(lang).to_owned());
            notice = Some(done.notice);
        }
    }
    let words = Words::of(lang)?;
    Ok(ConsentDone { consent: row(&words, &wallet.consent_view(id)?)?, effect, has_notice: notice.is_some() })
}

/// A consent as the page shows it.
pub(crate) fn row(words: &Words, view: &ConsentView) -> Result<ConsentRow> {
    Ok(ConsentRow {
        id: view.id.to_string(),
        state: words.say(&format!("consent-state-{}", view.state.word()))?,
        is_valid: view.is_valid,
        uses: view.uses,
        max_uses: view.max_uses,
        until: view.validity.until.0,
        pledge_due: view.pledge_due.map(|due| due.0),
        pledge: match view.pledge {
            PledgeState::None => Pledge::None,
            PledgeState::Open => Pledge::Open,
            PledgeState::Kept => Pledge::Kept,
            PledgeState::Broken => Pledge::Broken,
        },
        reason: view.reason.clone(),
        acts: acts(view),
        notices: notices(view),
    })
}

/// What can be done from where it stands, by core's own table.
fn acts(view: &ConsentView) -> Vec<ConsentAct> {
    let leads = |step: Step| view.state.after(step).is_some();
    let steps = [
        (ConsentAct::Pause, leads(Step::Pause)),
        (ConsentAct::Resume, leads(Step::Resume)),
        (ConsentAct::Withdraw, leads(Step::Withdraw)),
        (ConsentAct::AskDeletion, leads(Step::RequestDeletion)),
        (ConsentAct::Deleted, leads(Step::ConfirmDeletion)),
        (ConsentAct::DeletionRefused, leads(Step::RefuseDeletion)),
        (ConsentAct::Close, leads(Step::Close)),
        (ConsentAct::Pledge, view.state.is_valid() && view.pledge == PledgeState::None),
        (ConsentAct::PledgeKept, view.pledge == PledgeState::Open),
        (ConsentAct::Ended, leads(Step::Terminate)),
        (ConsentAct::Void, leads(Step::Invalidate)),
    ];
    let is_open = view.state != ConsentState::Closed;
    steps.into_iter().filter(|(_, can)| *can && is_open).map(|(act, _)| act).collect()
}

/// What was done last with a notice to the recipient, while it stands.
fn notices(view: &ConsentView) -> Vec<ConsentAct> {
    let done = [
        (ConsentAct::Withdraw, view.state == ConsentState::Withdrawn),
        (ConsentAct::AskDeletion, view.state == ConsentState::DeletionRequested),
        (ConsentAct::Pledge, view.pledge == PledgeState::Open),
        (ConsentAct::PledgeKept, view.pledge == PledgeState::Kept),
    ];
    done.into_iter().filter(|(_, was)| *was).map(|(act, _)| act).collect()
}

/// The signed notice of an act that was done, once more: the same bytes.
///
/// # Errors
/// `consent.no-such-step` for an act that was not done or makes no notice.
pub(crate) fn notice(wallet: &Wallet, id: &Id, act: ConsentAct) -> Result<String> {
    match act {
        ConsentAct::Withdraw => Ok(wallet.withdraw_consent(id, "")?.notice),
        ConsentAct::AskDeletion => wallet.request_deletion(id),
        ConsentAct::Pledge => wallet.pledge_missing(id, "", UnixTime(0)),
        ConsentAct::PledgeKept => wallet.pledge_kept(id),
        _ => Err(LifeError::NoSuchStep.into()),
    }
}

const SECONDS_A_DAY: i64 = 86_400;
