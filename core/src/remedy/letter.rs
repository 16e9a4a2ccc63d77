//! The letter of a case: who asks whom, by which law, about which grant, what, and by when.
//!
//! For the person to print, sign and send. The name stands blank: the space does not put one there that
//! the recipient did not get under the grant.

use std::collections::BTreeSet;

use chop_crypto::encoding::to_hex;
use chop_formats::consent_record::{ConsentRecord, RightKind};
use chop_model::{Id, Jurisdiction, Lang, LangText};

use crate::export::page::PrintPage;
use crate::notice::{Words, isolate, written};
use crate::{Result, Wallet};

use super::case::{Case, Subject};
use super::stages::CaseKind;

/// A letter in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The language.
    pub lang: Lang,
    /// The heading.
    pub title: String,
    /// What is asked, in one paragraph.
    pub asked: String,
    /// What, and what it is: recipient, grant, law, by when.
    pub rows: Vec<(String, Vec<String>)>,
    /// What the person says in their own words; may be empty.
    pub words: String,
    /// The line for the signature.
    pub signature: String,
    /// That nothing was filed, and that this is no legal advice.
    pub footer: String,
}

impl Letter {
    /// The letter as HTML to print, without script.
    pub fn to_html(&self) -> String {
        let mut page = PrintPage::new(self.lang, &self.title);
        page.rows(&self.rows).lead(&self.asked);
        for line in self.words.lines().filter(|line| !line.trim().is_empty()) {
            page.paragraph(line);
        }
        page.paragraph(&self.signature).footer(&self.footer);
        page.finish()
    }

    /// The letter as plain text.
    pub fn to_text(&self) -> String {
        let mut lines = vec![self.title.clone(), String::new()];
        for (label, values) in self.rows.iter().filter(|(_, values)| !values.is_empty()) {
            lines.push(format!("{label}: {}", values.join(" · ")));
        }
        lines.extend([String::new(), self.asked.clone()]);
        if !self.words.is_empty() {
            lines.extend([String::new(), self.words.clone()]);
        }
        lines.extend([String::new(), self.signature.clone(), String::new(), self.footer.clone()]);
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }
}

impl Wallet {
    /// The letter of a case, in the reader's language.
    ///
    /// # Errors
    /// `remedy.unknown`; `consent.unknown` for a grant without a record.
    pub fn case_letter(&self, id: &Id, lang: Lang) -> Result<Letter> {
        let case = self.case(id)?;
        let document = self.consent_record(&case.exchange)?;
        let record = document.record();
        let words = Words::of(lang)?;
        let right = right_of(&case);
        let law = right.map(|kind| self.law_of_right(&case.exchange, kind)).transpose()?;
        let party = &record.recipient.party;
        let contact = [&party.contact.name, &party.contact.tel, &party.contact.email];
        let mut to = vec![peer(&words, &party.names)];
        to.extend(contact.into_iter().filter(|part| !part.is_empty()).map(|part| isolate(part)));
        let channel = law.as_ref().map(|law| law.channel.as_str()).filter(|channel| !channel.is_empty());
        to.extend(channel.map(isolate));
        // The contact's address is often also the place to ask: said once.
        let mut said = BTreeSet::new();
        to.retain(|part| said.insert(part.clone()));
        let due = match (case.due, law.as_ref().and_then(|law| law.days)) {
            (Some(due), _) => written(&words, due)?,
            (None, Some(days)) => words.say_with("letter-due-days", &[("days", i64::from(days).into())])?,
            (None, None) => words.say("letter-due-none")?,
        };
        let law =
            law.iter().map(|law| words.law_of_right(&law.law)).collect::<std::result::Result<_, _>>()?;
        let purpose = record.purpose.iter().map(|purpose| peer(&words, &purpose.text)).collect();
        let row = |key: &str, values: Vec<String>| -> Result<_> { Ok((words.say(key)?, values)) };
        let rows = vec![
            row("letter-to", to)?,
            row("letter-from", vec![words.say("letter-from-blank")?])?,
            row("letter-date", vec![written(&words, self.ports.clock.now())?])?,
            row("letter-grant", vec![record.record_id.to_string()])?,
            row("letter-granted-at", vec![written(&words, record.created_at)?])?,
            row("letter-purpose", purpose)?,
            row("letter-data", data(&words, record)?)?,
            row("letter-law", law)?,
            row("letter-authority", authorities(&words, record)?)?,
            row("letter-due", vec![due])?,
            row("letter-record", vec![format!("sha-256:{}", to_hex(&document.digest()))])?,
        ];
        Ok(Letter {
            lang,
            title: words.say(&format!("letter-title-{}", case.kind.word()))?,
            asked: asked(&words, &case)?,
            rows,
            words: case.said.first().map(|said| said.text.clone()).unwrap_or_default(),
            signature: words.say("letter-signature")?,
            footer: words.say("letter-footer")?,
        })
    }
}

/// The right by which the case asks.
fn right_of(case: &Case) -> Option<RightKind> {
    match (&case.subject, case.kind) {
        (Subject::Right(kind), _) => Some(*kind),
        (Subject::Field { .. } | Subject::Replaced { .. }, _) => Some(RightKind::Correct),
        (Subject::Conduct, _) => None,
    }
}

fn asked(words: &Words, case: &Case) -> Result<String> {
    if case.kind == CaseKind::Dispute {
        return Ok(words.say("letter-ask-dispute")?);
    }
    Ok(match &case.subject {
        Subject::Right(kind) => words.say(&format!("letter-ask-{}", kind.word()))?,
        Subject::Field { doc_type, key } => {
            let claim = format!(
                "{} · {}",
                words.claim(doc_type, std::slice::from_ref(key))?,
                words.document(doc_type)?
            );
            words.say_with("letter-ask-field", &[("claim", claim.into())])?
        }
        Subject::Conduct => words.say("letter-ask-conduct")?,
        Subject::Replaced { wrong, right, .. } => words
            .say_with("letter-ask-replaced", &[("wrong", (*wrong).into()), ("right", (*right).into())])?,
    })
}

/// What the grant let them have: the fields by name, with their document.
fn data(words: &Words, record: &ConsentRecord) -> Result<Vec<String>> {
    let mut named = Vec::new();
    for item in &record.items {
        let document = words.document(&item.type_code)?;
        for claim in &item.claims {
            let path: Vec<String> = claim.path.iter().map(step).collect();
            named.push(format!("{} · {document}", words.claim(&item.type_code, &path)?));
        }
    }
    Ok(named)
}

fn step(element: &serde_json::Value) -> String {
    element.as_str().map_or_else(|| element.to_string(), str::to_owned)
}

/// Who supervises the recipient's place, or all that the record names where none is of that place.
fn authorities(words: &Words, record: &ConsentRecord) -> Result<Vec<String>> {
    let place: Jurisdiction = record.recipient.party.jurisdiction;
    let there = record.authorities.iter().filter(|authority| authority.jurisdiction == place);
    there.map(|authority| Ok(words.authority(&authority.name)?)).collect()
}

fn peer(words: &Words, text: &LangText) -> String {
    isolate(text.in_lang(words.lang()))
}
