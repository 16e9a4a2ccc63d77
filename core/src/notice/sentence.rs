//! The last line: the whole grant in one sentence.
//!
//! ```text
//! page     NoticeModel ──┐
//!                        ├─> Summary ─> one sentence in the reader's language
//! record   ConsentRecord ┘
//! ```
//!
//! Nobody types it: what was agreed makes it (gba.md row 118). The page's is made from the same values
//! that the record then keeps, so the two say the same.

use chop_formats::consent_record::ConsentRecord;
use chop_model::{Action, LangText, Purpose, Retention, UnixTime};
use serde_json::Value;

use super::page::kept_key;
use super::words::{NoticeError, Words};
use super::{NoticeClaim, NoticeModel, isolate, time};

/// What the sentence says, in no language yet.
struct Summary<'a> {
    who: &'a LangText,
    until: UnixTime,
    claims: Vec<(&'a str, Vec<String>)>,
    purpose: Option<&'a Purpose>,
    actions: &'a [Action],
    retention: Retention,
    uses: u32,
}

/// The sentence of a page that is about to be agreed to.
pub(super) fn render(words: &Words, model: &NoticeModel) -> Result<String, NoticeError> {
    let summary = Summary {
        who: &model.asker.name,
        until: model.validity.until,
        claims: model.claims.iter().map(|claim| (claim.vct.as_str(), claim.path.clone())).collect(),
        purpose: Some(&model.terms.purpose),
        actions: &model.terms.actions,
        retention: model.terms.retention,
        uses: model.max_uses,
    };
    summary.say(words, model.now)
}

/// The sentence of a consent that was given, from its record, as read at `now`.
///
/// # Errors
/// [`NoticeError`]: a time outside the calendar, or a broken build.
pub fn sentence_of(words: &Words, record: &ConsentRecord, now: UnixTime) -> Result<String, NoticeError> {
    let claims = record.items.iter().flat_map(|item| {
        item.claims.iter().map(|claim| (item.type_code.as_str(), claim.path.iter().map(step).collect()))
    });
    let summary = Summary {
        who: &record.recipient.party.names,
        until: record.validity.until,
        claims: claims.collect(),
        purpose: record.purpose.first(),
        actions: &record.methods,
        retention: record.retention,
        uses: record.max_uses,
    };
    summary.say(words, now)
}

impl Summary<'_> {
    /// `允許示例醫院在今天 18:00 前看一次你的過敏史,用於門診,30 天後刪除。`
    fn say(&self, words: &Words, now: UnixTime) -> Result<String, NoticeError> {
        let who = isolate(self.who.in_lang(words.lang()));
        let until = time::moment(words, self.until, now)?;
        let what = named(words, self.claims.iter().map(|(vct, path)| (*vct, path.as_slice())))?;
        let why = self.purpose.map(|purpose| isolate(purpose.text.in_lang(words.lang()))).unwrap_or_default();
        let kept = format!("sentence-{}", kept_key(self.retention.days, self.retention.on_expiry));
        let kept = words.say_with(&kept, &[("days", i64::from(self.retention.days).into())])?;
        let does = self.actions.iter().fold("sentence-look", |does, action| match action {
            Action::Share => "sentence-share",
            Action::Store if does != "sentence-share" => "sentence-store",
            _ => does,
        });
        let values = [
            ("who", who.as_str().into()),
            ("until", until.as_str().into()),
            ("what", what.as_str().into()),
            ("why", why.as_str().into()),
            ("kept", kept.as_str().into()),
        ];
        let sentence = words.say_with(does, &values)?;
        if self.uses <= 1 {
            return Ok(sentence);
        }
        let values = [("sentence", sentence.as_str().into()), ("uses", i64::from(self.uses).into())];
        words.say_with("sentence-counted", &values)
    }
}

/// The claims in a list; a long one is cut, the lines above have them all.
pub(super) fn what(words: &Words, claims: &[NoticeClaim]) -> Result<String, NoticeError> {
    named(words, claims.iter().map(|claim| (claim.vct.as_str(), claim.path.as_slice())))
}

fn named<'a>(
    words: &Words,
    claims: impl Iterator<Item = (&'a str, &'a [String])>,
) -> Result<String, NoticeError> {
    let mut names = Vec::new();
    for (vct, path) in claims {
        let name = words.claim(vct, path)?;
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

/// One step of a path as the page writes it.
fn step(element: &Value) -> String {
    match element {
        Value::String(key) => key.clone(),
        Value::Null => "*".into(),
        other => other.to_string(),
    }
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
