//! What a consent leaves: its record on both sides, the record as files for others, where it stands, and
//! how it is taken back.

use chop_core::Wallet;
use chop_core::consent::Reach;
use chop_core::export::ExportForm;
use chop_core::plumbing::crypto::encoding::to_base64url;
use chop_core::plumbing::model::Id;
use serde_json::{Value, json};

use super::stage::Stage;
use crate::command::{consent_event_line, consent_line};
use crate::exit::Failure;
use crate::files;

/// Shows the record that both sides hold, and writes it in three forms into `folder`.
pub(crate) fn show(
    stage: &Stage<'_>,
    holder: &Wallet,
    given: &Id,
    asker: &Wallet,
    taken: &Id,
    folder: &str,
) -> Result<Value, Failure> {
    let (ours, theirs) = (holder.consent_record(given)?, asker.consent_record(taken)?);
    let digest = to_base64url(&ours.digest());
    stage.tell("demo-record", &[("id", &given.to_string()), ("digest", &digest)]);
    stage.show(&standing(stage, holder, given)?);

    let folder = stage.at(folder);
    files::make_folder(&folder)?;
    let forms = [
        (ExportForm::Page, "consent.html"),
        (ExportForm::Dpv, "consent.dpv.json"),
        (ExportForm::Odrl, "consent.odrl.json"),
    ];
    for (form, name) in forms {
        files::write_new(&folder.join(name), holder.export_consent(given, form)?.as_bytes())?;
    }
    stage.tell("demo-exports", &[("folder", &folder.display().to_string())]);
    Ok(json!({
        "id": given.to_string(), "digest": digest, "sameBytes": ours.bytes() == theirs.bytes(),
        "state": holder.consent_view(given)?.state.word(), "exports": forms.map(|(form, _)| form.word()),
        "separate": ours.record().separate_consents.iter().map(|act| json!({
            "topic": act.topic, "id": act.action_id.to_string(), "at": act.at,
        })).collect::<Vec<_>>(),
    }))
}

/// Takes a consent back after its data were read: what that reaches, and the notice that the other side
/// takes.
pub(crate) fn withdraw(
    stage: &Stage<'_>,
    holder: &Wallet,
    given: &Id,
    asker: &Wallet,
    taken: &Id,
    folder: &str,
) -> Result<Value, Failure> {
    let done = holder.withdraw_consent(given, &stage.say().say("demo-reason"))?;
    let notice = stage.at(folder).join("withdrawal-notice.jwt");
    files::write_new(&notice, done.notice.as_bytes())?;
    stage.tell("demo-withdrawn", &[]);
    stage.show(done.effect.in_lang(stage.say().lang()));
    asker.take_consent_notice(&done.notice)?;
    stage.tell("demo-notice", &[("file", &notice.display().to_string())]);
    stage.show(&standing(stage, asker, taken)?);
    let state = |wallet: &Wallet, id: &Id| Ok::<_, Failure>(wallet.consent_view(id)?.state.word());
    Ok(json!({
        "reach": match done.reach {
            Reach::NothingWasRead => "nothing-was-read",
            Reach::FromNowOnOnly => "from-now-on-only",
        },
        "effect": done.effect, "holder": state(holder, given)?, "recipient": state(asker, taken)?,
    }))
}

/// A consent in one line, and every step of it from the log.
fn standing(stage: &Stage<'_>, wallet: &Wallet, id: &Id) -> Result<String, Failure> {
    let mut lines = vec![consent_line(stage.say(), &wallet.consent_view(id)?)];
    lines.extend(
        wallet
            .consent_events(id)?
            .iter()
            .map(|event| format!("  {}", consent_event_line(stage.say(), event))),
    );
    Ok(lines.join("\n"))
}
