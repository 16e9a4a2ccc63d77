//! The last line: the whole grant in one sentence.

use chop_model::Action;

use super::page::kept_key;
use super::words::{NoticeError, Words};
use super::{NoticeClaim, NoticeModel, isolate, time};

/// `允許示例醫院在今天 18:00 前看一次你的過敏史,用於門診,30 天後刪除。`
pub(super) fn render(words: &Words, model: &NoticeModel, who: &str) -> Result<String, NoticeError> {
    let until = time::moment(words, model.validity.until, model.now)?;
    let what = what(words, &model.claims)?;
    let why = isolate(model.terms.purpose.text.in_lang(words.lang()));
    let retention = model.terms.retention;
    let kept = format!("sentence-{}", kept_key(retention.days, retention.on_expiry));
    let kept = words.say_with(&kept, &[("days", i64::from(retention.days).into())])?;
    let does = model.terms.actions.iter().fold("sentence-look", |does, action| match action {
        Action::Share => "sentence-share",
        Action::Store if does != "sentence-share" => "sentence-store",
        _ => does,
    });
    let values = [
        ("who", who.into()),
        ("until", until.as_str().into()),
        ("what", what.as_str().into()),
        ("why", why.as_str().into()),
        ("kept", kept.as_str().into()),
    ];
    words.say_with(does, &values)
}

/// The claims in a list; a long one is cut, the lines above have them all.
pub(super) fn what(words: &Words, claims: &[NoticeClaim]) -> Result<String, NoticeError> {
    let mut names = Vec::new();
    for claim in claims {
        let name = words.claim(&claim.vct, &claim.path)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.len() > MOST_NAMED {
        let more = names.len() - MOST_NAMED;
        names.truncate(MOST_NAMED);
        let more = i64::try_from(more).unwrap_or(i64::MAX);
        names.push(words.say_with("and-more", &[("more", more.into())])?);
    }
    join(words, &names)
}

/// The words for what will be done, each once, in a fixed order.
pub(super) fn actions(actions: &[Action]) -> impl Iterator<Item = &'static str> {
    let order = [
        (Action::View, "action-view"),
        (Action::Store, "action-store"),
        (Action::Query, "action-query"),
        (Action::Share, "action-share"),
    ];
    order.into_iter().filter(|(action, _)| actions.contains(action)).map(|(_, key)| key)
}

/// `A, B and C` as the language writes it.
pub(super) fn join(words: &Words, parts: &[String]) -> Result<String, NoticeError> {
    let Some((last, before)) = parts.split_last() else { return Ok(String::new()) };
    if before.is_empty() {
        return Ok(last.clone());
    }
    let before = before.join(&words.say("list-comma")?);
    words.say_with("list-and", &[("before", before.as_str().into()), ("last", last.as_str().into())])
}

/// More claims than this are counted in the sentence, not named.
const MOST_NAMED: usize = 6;
