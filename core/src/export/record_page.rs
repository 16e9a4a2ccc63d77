//! The consent record for people: the same facts in each of the four languages, one after the other.

use chop_crypto::encoding::to_hex;
use chop_formats::consent_record::{ConsentRecord, CrossingMode, RecordDocument};
use chop_model::{Action, Jurisdiction, Lang, LangText, OnExpiry, UnixTime};

use crate::Result;
use crate::consent::ConsentState;
use crate::notice::{Words, isolate, sentence_of};

use super::date_time;
use super::page::PrintPage;

/// The page.
pub(super) fn record(document: &RecordDocument, state: ConsentState) -> Result<String> {
    let record = document.record();
    let first = Words::of(record.notice.shown_in)?;
    let mut page = PrintPage::new(record.notice.shown_in, &first.say("export-title")?);
    // The language in which it was read comes first.
    let others = Lang::ALL.into_iter().filter(|lang| *lang != record.notice.shown_in);
    for lang in std::iter::once(record.notice.shown_in).chain(others) {
        let part = Part { words: Words::of(lang)?, record };
        page.part(lang, &part.words.say("export-title")?);
        page.lead(&sentence_of(&part.words, record, record.created_at)?);
        let digest = to_hex(&document.digest());
        page.rows(&part.rows(state, &digest)?);
        page.paragraph(&part.words.say("withdrawal")?);
        page.footer(&part.words.say("export-footer")?);
        page.end_part();
    }
    Ok(page.finish())
}

struct Part<'a> {
    words: Words,
    record: &'a ConsentRecord,
}

type Rows = Vec<(String, Vec<String>)>;

impl Part<'_> {
    fn rows(&self, state: ConsentState, digest: &str) -> Result<Rows> {
        let record = self.record;
        let status = self.words.say(&format!("consent-state-{}", state.word()))?;
        let mut rows = vec![
            self.row("status", vec![status])?,
            self.row("id", vec![record.record_id.to_string()])?,
            self.row("given", vec![date_time(record.created_at)?])?,
        ];
        rows.extend(self.parties()?);
        rows.extend(self.what_and_why()?);
        rows.extend(self.terms()?);
        rows.extend(self.law()?);
        rows.push(self.row("digest", vec![format!("sha-256:{digest}")])?);
        Ok(rows)
    }

    fn parties(&self) -> Result<Rows> {
        let record = self.record;
        let party = &record.recipient.party;
        let mut recipient = vec![
            self.peer(&party.names),
            isolate(&format!("{} {}", party.legal_id.scheme, party.legal_id.value)),
            self.place(party.jurisdiction)?,
        ];
        let contact = [&party.contact.name, &party.contact.tel, &party.contact.email];
        recipient.extend(contact.into_iter().filter(|part| !part.is_empty()).map(|part| isolate(part)));
        recipient.extend(record.recipient.address.as_deref().map(isolate));
        let broker = record.recipient.on_behalf_of.iter().map(|party| self.peer(&party.names)).collect();
        let sources = record.provider.iter().map(|source| self.peer(&source.name)).collect();
        let third: Vec<_> = record.third_parties.iter().map(|party| isolate(party.name())).collect();
        let third = if third.is_empty() { vec![self.words.say("export-none")?] } else { third };
        let route = format!("{} → {}", self.place(record.route.from)?, self.place(record.route.to)?);
        Ok(vec![
            self.row("recipient", recipient)?,
            self.row("broker-for", broker)?,
            self.row("provider", sources)?,
            self.row("route", vec![route])?,
            self.row("third-parties", third)?,
        ])
    }

    fn what_and_why(&self) -> Result<Rows> {
        let record = self.record;
        let purposes = record.purpose.iter().map(|purpose| self.peer(&purpose.text)).collect();
        let methods = record.methods.iter().map(|method| self.words.say(action_key(*method)));
        let mut data = Vec::new();
        for item in &record.items {
            let document = self.words.document(&item.type_code)?;
            for claim in &item.claims {
                let path: Vec<String> = claim.path.iter().map(step).collect();
                let name = self.words.claim(&item.type_code, &path)?;
                let mark = if claim.cn_sensitive || claim.mo_sensitive {
                    format!(" · {}", self.words.say("mark-sensitive")?)
                } else {
                    String::new()
                };
                data.push(format!("{name} · {document}{mark}"));
            }
        }
        Ok(vec![
            self.row("purpose", purposes)?,
            self.row("methods", methods.collect::<std::result::Result<_, _>>()?)?,
            self.row("data", data)?,
            self.row("necessity", record.necessity.iter().map(|text| self.peer(text)).collect())?,
            self.row("impact", record.impact_on_rights.iter().map(|text| self.peer(text)).collect())?,
        ])
    }

    fn terms(&self) -> Result<Rows> {
        let record = self.record;
        let kept = match (record.retention.days, record.retention.on_expiry) {
            (0, _) => "kept-not",
            (_, OnExpiry::Delete) => "kept-delete",
            (_, OnExpiry::Return) => "kept-return",
            (_, OnExpiry::Anonymise) => "kept-anonymise",
        };
        let kept = self.words.say_with(kept, &[("days", i64::from(record.retention.days).into())])?;
        let stored = record.storage_locations.iter().map(|place| self.place(*place));
        let valid = format!("{} – {}", date_time(record.validity.from)?, date_time(record.validity.until)?);
        let crossing = match &record.cross_border {
            Some(crossing) => {
                let mode = match crossing.mode {
                    CrossingMode::SubjectCarried => self.words.say("export-carried")?,
                    CrossingMode::ControllerToController => self.words.say("export-c2c")?,
                };
                let mechanism = serde_json::to_value(crossing.mechanism).unwrap_or_default();
                vec![mode, mechanism.as_str().unwrap_or_default().to_owned()]
            }
            None => Vec::new(),
        };
        let machine = record.automated_decision.logic.iter().map(|logic| self.peer(logic)).collect();
        Ok(vec![
            self.row("retention", vec![kept])?,
            self.row("stored", stored.collect::<Result<_>>()?)?,
            self.row("validity", vec![valid])?,
            self.row("uses", vec![record.max_uses.to_string()])?,
            self.row("crossing", crossing)?,
            self.row("machine", machine)?,
        ])
    }

    fn law(&self) -> Result<Rows> {
        let record = self.record;
        let basis = &record.legal_basis;
        let basis = [&basis.cn, &basis.hk, &basis.mo].into_iter().flatten().map(|law| self.words.cite(law));
        let moment = |at: UnixTime| date_time(at);
        let consents = record.separate_consents.iter().map(|consent| {
            Ok(format!("{} · {} · {}", consent.topic, moment(consent.at)?, consent.action_id))
        });
        let rights = record.rights.iter().map(|right| {
            let kind = self.words.say(&format!("right-{}", right.kind.word()))?;
            let days = match right.days {
                Some(days) => format!("{days} {}", self.words.say("export-days")?),
                None => self.words.say("export-no-deadline")?,
            };
            Ok(format!(
                "{kind} · {} · {} · {days}",
                isolate(&right.channel),
                self.words.law_of_right(&right.law)?
            ))
        });
        let authorities = record.authorities.iter().map(|authority| self.words.authority(&authority.name));
        Ok(vec![
            self.row("basis", basis.collect::<std::result::Result<_, _>>()?)?,
            self.row("consents", consents.collect::<Result<_>>()?)?,
            self.row("withdrawal", vec![isolate(&record.withdrawal.channel)])?,
            self.row("rights", rights.collect::<Result<_>>()?)?,
            self.row("authorities", authorities.collect::<std::result::Result<_, _>>()?)?,
            self.row("rules", vec![record.rule_pack.clone()])?,
        ])
    }

    fn row(&self, key: &str, values: Vec<String>) -> Result<(String, Vec<String>)> {
        Ok((self.words.say(&format!("export-{key}"))?, values))
    }

    fn place(&self, place: Jurisdiction) -> Result<String> {
        Ok(self.words.say(&format!("place-{}", place.code()))?)
    }

    fn peer(&self, text: &LangText) -> String {
        isolate(text.in_lang(self.words.lang()))
    }
}

fn action_key(action: Action) -> &'static str {
    match action {
        Action::View => "action-view",
        Action::Store => "action-store",
        Action::Query => "action-query",
        Action::Share => "action-share",
    }
}

fn step(element: &serde_json::Value) -> String {
    element.as_str().map_or_else(|| element.to_string(), str::to_owned)
}
