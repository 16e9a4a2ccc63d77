//! The consent page, line by line, in the order in which it is read.

use chop_model::{Jurisdiction, Lang, LangText, LegalId, OnExpiry};
use chop_policy::{SeparateAsk, Topic};

use super::words::{NoticeError, Words};
use chop_formats::delivery::Mode;

use super::{
    Asker, ClaimSource, KnownBy, Line, LineKind, Notice, NoticeClaim, NoticeModel, OfferNotice, SealState,
    isolate, sentence, time,
};
use crate::predicate::Predicate;

/// Renders the page in `lang`.
///
/// # Errors
/// [`NoticeError`]: a time outside the calendar, or a broken build.
pub fn render(lang: Lang, model: &NoticeModel) -> Result<Notice, NoticeError> {
    let words = Words::of(lang)?;
    let mut page =
        Page { words: &words, model, who: isolate(model.asker.name.in_lang(lang)), lines: Vec::new() };
    page.who_asks()?;
    page.what()?;
    page.holdings()?;
    page.why()?;
    page.what_happens_to_it()?;
    page.rights()?;
    page.how_often_and_until_when()?;
    page.findings()?;
    page.separate_consents()?;
    let title = words.say_with("notice-title", &[("who", page.who.as_str().into())])?;
    let sentence = sentence::render(&words, model)?;
    Ok(Notice::sealed(lang, title, page.lines, sentence))
}

pub(super) struct Page<'a> {
    pub(super) words: &'a Words,
    pub(super) model: &'a NoticeModel,
    who: String,
    lines: Vec<Line>,
}

pub(super) type Done = Result<(), NoticeError>;

impl Page<'_> {
    fn who_asks(&mut self) -> Done {
        let Asker { name: _, legal_id, jurisdiction, known_by } = &self.model.asker;
        let mut who = vec![self.who.clone()];
        who.extend(legal_id.as_ref().map(legal_id_text));
        who.extend(jurisdiction.map(|place| self.place(place)).transpose()?);
        let is_named = self.model.offer.as_ref().is_some_and(|offer| offer.is_named);
        if is_named {
            who.extend(self.reach(legal_id.is_some())?);
        }
        self.add(LineKind::Who, "label-who", who.join(" · "))?;

        let known = match known_by {
            KnownBy::TrustList { publisher, issued } => {
                let publisher = isolate(publisher.in_lang(self.words.lang()));
                let date = time::day(self.words, *issued)?;
                let values = [("publisher", publisher.as_str().into()), ("date", date.as_str().into())];
                self.words.say_with("known-by-list", &values)?
            }
            KnownBy::Policy => self.words.say(if is_named { "known-by-name" } else { "known-by-policy" })?,
            KnownBy::Certificate { authority } => {
                let authority = isolate(authority);
                self.words.say_with("known-by-certificate", &[("authority", authority.as_str().into())])?
            }
        };
        self.add(LineKind::KnownBy, "label-known-by", known)?;

        if let Some(offer) = &self.model.offer {
            // Nobody has asked, so nobody says anything of itself.
            return self.offer(offer);
        }
        let mut said = vec![self.peer(&self.model.terms.recipient)];
        said.extend(self.reach(false)?);
        self.add(LineKind::SaysOfItself, "label-says-of-itself", said.join(" · "))?;
        if self.model.optic {
            let values = [("who", self.who.as_str().into())];
            let warning = self.words.say_with("only-before-them", &values)?;
            self.add(LineKind::Warning, "label-warning", warning)?;
        }
        if let Some(number) = &self.model.number {
            let values = [("who", self.who.as_str().into()), ("number", number.as_str().into())];
            let warning = self.words.say_with("from-another-device", &values)?;
            self.add(LineKind::Warning, "label-warning", warning)?;
        }
        Ok(())
    }

    /// Number, place and contact of the recipient, as the terms say them (PIPL art. 17, 23).
    fn reach(&self, is_identified: bool) -> Result<Vec<String>, NoticeError> {
        let terms = &self.model.terms;
        let contact = [&terms.contact.name, &terms.contact.tel, &terms.contact.email];
        let mut said = Vec::new();
        if !is_identified {
            said.extend([legal_id_text(&terms.legal_id), self.place(terms.jurisdiction)?]);
        }
        said.extend(contact.into_iter().filter(|part| !part.is_empty()).map(|part| isolate(part)));
        Ok(said)
    }

    /// What the relay sees, who could read it, and what happens without a further question.
    fn offer(&mut self, offer: &OfferNotice) -> Done {
        let relay = isolate(&offer.relay);
        let key = match offer.mode {
            Mode::C2Named => "offer-by-relay-named",
            Mode::C2Files => "offer-by-relay-files",
            Mode::C1 | Mode::B | Mode::D => "offer-by-relay-live",
        };
        let text = self.words.say_with(key, &[("relay", relay.as_str().into())])?;
        self.add(LineKind::Warning, "label-offer", text)?;
        if offer.by_rule {
            let text = self.words.say("offer-by-rule")?;
            self.add(LineKind::Warning, "label-warning", text)?;
        }
        Ok(())
    }

    fn what(&mut self) -> Done {
        for claim in &self.model.claims {
            let label = match self.predicate(claim)? {
                Some(label) => label,
                None => self.words.claim(&claim.vct, &claim.path)?,
            };
            let value = self.claim_value(claim)?;
            let kind = LineKind::Claim {
                sensitive: claim.sensitivity.is_sensitive(),
                holder_stated: claim.source == ClaimSource::Holder,
            };
            self.lines.push(Line { kind, label, value });
        }
        Ok(())
    }

    fn claim_value(&self, claim: &NoticeClaim) -> Result<String, NoticeError> {
        let mut parts = vec![self.words.document(&claim.vct)?];
        match &claim.source {
            ClaimSource::Holder => parts.push(self.words.say("stated-by-holder")?),
            ClaimSource::Issuer { name, seal } => {
                let name = self.peer(name);
                parts.push(self.words.say_with("from-issuer", &[("issuer", name.as_str().into())])?);
                parts.push(self.words.say(seal_key(*seal))?);
            }
        }
        if claim.sensitivity.is_sensitive() {
            parts.push(self.words.say("mark-sensitive")?);
        }
        if Predicate::named(claim.path.last().map(String::as_str).unwrap_or_default()).is_some() {
            parts.push(self.words.say("mark-predicate")?);
        }
        if claim.optional {
            parts.push(self.words.say("mark-optional")?);
        }
        Ok(parts.join(" · "))
    }

    fn why(&mut self) -> Done {
        let terms = &self.model.terms;
        let mut why = Vec::new();
        let code = format!("purpose-{}", terms.purpose.code.replace('.', "-"));
        if self.words.knows(&code) {
            why.push(self.words.say(&code)?);
        }
        why.push(self.peer(&terms.purpose.text));
        let scene = format!("scene-{}", terms.purpose.scene);
        let scene =
            if self.words.knows(&scene) { self.words.say(&scene)? } else { isolate(&terms.purpose.scene) };
        why.push(self.words.say_with("in-scene", &[("scene", scene.as_str().into())])?);
        self.add(LineKind::Why, "label-why", why.join(" · "))?;
        self.add_said(LineKind::Necessity, "label-necessity", terms.necessity.as_ref())?;
        self.add_said(LineKind::Impact, "label-impact", terms.impact.as_ref())
    }

    fn what_happens_to_it(&mut self) -> Done {
        let terms = &self.model.terms;
        let actions = sentence::actions(&terms.actions)
            .map(|key| self.words.say(key))
            .collect::<Result<Vec<_>, _>>()?;
        let actions = if actions.is_empty() {
            self.words.say("nothing-said")?
        } else {
            sentence::join(self.words, &actions)?
        };
        self.add(LineKind::Actions, "label-actions", actions)?;
        let kept = self.words.say_with(
            kept_key(terms.retention.days, terms.retention.on_expiry),
            &[("days", i64::from(terms.retention.days).into())],
        )?;
        self.add(LineKind::Kept, "label-kept", kept)?;
        let onward = if terms.onward.is_empty() {
            self.words.say("onward-nobody")?
        } else {
            let names: Vec<String> = terms.onward.iter().map(|name| isolate(name)).collect();
            sentence::join(self.words, &names)?
        };
        self.add(LineKind::Onward, "label-onward", onward)?;
        let places = terms.locations.iter().map(|place| self.place(*place)).collect::<Result<Vec<_>, _>>()?;
        let places = if places.is_empty() {
            self.words.say("nothing-said")?
        } else {
            sentence::join(self.words, &places)?
        };
        self.add(LineKind::StoredIn, "label-stored-in", places)?;
        if let Some(machine) = &terms.automated_decision {
            let machine = self.peer(machine);
            let value = self.words.say_with("machine-decides", &[("explained", machine.as_str().into())])?;
            self.add(LineKind::Machine, "label-machine", value)?;
        }
        Ok(())
    }

    fn rights(&mut self) -> Done {
        let terms = &self.model.terms;
        let refusal = match &terms.refusal {
            Some(refusal) => self.peer(refusal),
            None => self.words.say("refusal-nothing-said")?,
        };
        self.add(LineKind::Refusal, "label-refusal", refusal)?;
        let channel = isolate(&terms.rights_channel);
        let rights = self.words.say_with("rights", &[("channel", channel.as_str().into())])?;
        self.add(LineKind::Rights, "label-rights", rights)?;
        let withdrawal = self.words.say("withdrawal")?;
        self.add(LineKind::Withdrawal, "label-withdrawal", withdrawal)
    }

    fn how_often_and_until_when(&mut self) -> Done {
        let uses = self.words.say_with("uses", &[("uses", i64::from(self.model.max_uses).into())])?;
        self.add(LineKind::Uses, "label-uses", uses)?;
        let until = time::moment(self.words, self.model.validity.until, self.model.now)?;
        let until = self.words.say_with("until-with-zone", &[("until", until.as_str().into())])?;
        self.add(LineKind::Until, "label-until", until)?;
        self.sooner()
    }

    /// The level of what is offered may end an offer before the time that was chosen: nobody is to find that
    /// out by its end.
    fn sooner(&mut self) -> Done {
        let lasts = self.model.validity.until.since(self.model.validity.from);
        let Some(chosen) = self.model.offer.as_ref().map(|offer| offer.chosen).filter(|s| *s > lasts) else {
            return Ok(());
        };
        let [chosen, most] = [time::span(self.words, chosen)?, time::span(self.words, lasts)?];
        let values = [("chosen", chosen.as_str().into()), ("most", most.as_str().into())];
        let said = self.words.say_with("offer-ends-sooner", &values)?;
        self.add(LineKind::Sooner, "label-sooner", said)
    }

    fn findings(&mut self) -> Done {
        for finding in &self.model.findings {
            let value = self.words.law(finding)?;
            let label = match finding.level {
                chop_policy::Level::Block => "label-blocked",
                chop_policy::Level::Warn => "label-mind",
            };
            self.add(LineKind::Finding(finding.level), label, value)?;
        }
        let values = [
            ("pack", self.model.pack.id.as_str().into()),
            ("version", self.model.pack.version.as_str().into()),
        ];
        let rules = self.words.say_with("rules-not-advice", &values)?;
        self.add(LineKind::Rules, "label-rules", rules)
    }

    fn separate_consents(&mut self) -> Done {
        for SeparateAsk { topic, if_missing } in &self.model.separate {
            let value = match topic {
                Topic::Sensitive(class) => {
                    let class = self.words.say(&format!("class-{}", class.code()))?;
                    let values = [("who", self.who.as_str().into()), ("class", class.as_str().into())];
                    self.words.say_with("separate-sensitive", &values)?
                }
                Topic::CrossBorder => self.cross_border()?,
                Topic::Provide => self.of_its_own("separate-provide")?,
                Topic::Automated => self.of_its_own("separate-automated")?,
                Topic::Public => self.of_its_own("separate-public")?,
                Topic::NewPurpose => self.of_its_own("separate-new-purpose")?,
            };
            let source = self.words.cite(&if_missing.citation)?;
            let values = [("act", value.as_str().into()), ("source", source.as_str().into())];
            let frame = if if_missing.confirmed { "separate-act" } else { "separate-act-unconfirmed" };
            let value = self.words.say_with(frame, &values)?;
            self.add(LineKind::SeparateConsent(*topic), "label-separate", value)?;
        }
        Ok(())
    }

    fn of_its_own(&self, key: &str) -> Result<String, NoticeError> {
        let why = self.peer(&self.model.terms.purpose.text);
        let what = sentence::what(self.words, &self.model.claims)?;
        let values =
            [("who", self.who.as_str().into()), ("what", what.as_str().into()), ("why", why.as_str().into())];
        self.words.say_with(key, &values)
    }

    /// PIPL art. 39: the overseas recipient by name, its contact, purpose, methods, kinds of data, and
    /// how to use one's rights there.
    fn cross_border(&self) -> Result<String, NoticeError> {
        let terms = &self.model.terms;
        let place = self.place(terms.jurisdiction)?;
        let contact = [&terms.contact.name, &terms.contact.tel, &terms.contact.email];
        let contact: Vec<&str> =
            contact.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let contact = isolate(&contact.join(" "));
        let why = self.peer(&terms.purpose.text);
        let what = sentence::what(self.words, &self.model.claims)?;
        let actions = sentence::actions(&terms.actions)
            .map(|key| self.words.say(key))
            .collect::<Result<Vec<_>, _>>()?;
        let actions = sentence::join(self.words, &actions)?;
        let rights = isolate(&terms.rights_channel);
        let values = [
            ("who", self.who.as_str().into()),
            ("place", place.as_str().into()),
            ("contact", contact.as_str().into()),
            ("why", why.as_str().into()),
            ("what", what.as_str().into()),
            ("actions", actions.as_str().into()),
            ("rights", rights.as_str().into()),
        ];
        self.words.say_with("separate-cross-border", &values)
    }

    fn add_said(&mut self, kind: LineKind, label: &str, said: Option<&LangText>) -> Done {
        match said {
            Some(said) => self.add(kind, label, self.peer(said)),
            None => Ok(()),
        }
    }

    pub(super) fn add(&mut self, kind: LineKind, label: &str, value: String) -> Done {
        let label = self.words.say(label)?;
        self.lines.push(Line { kind, label, value });
        Ok(())
    }

    fn place(&self, place: Jurisdiction) -> Result<String, NoticeError> {
        self.words.say(&format!("place-{}", place.code()))
    }

    fn peer(&self, text: &LangText) -> String {
        isolate(text.in_lang(self.words.lang()))
    }
}

fn legal_id_text(id: &LegalId) -> String {
    isolate(&format!("{} {}", id.scheme, id.value))
}

fn seal_key(seal: SealState) -> &'static str {
    match seal {
        SealState::ValidStatusNotChecked => "seal-valid",
        SealState::ValidStatusChecked => "seal-status-checked",
        SealState::Revoked => "seal-revoked",
        SealState::Suspended => "seal-suspended",
        SealState::Invalid => "seal-invalid",
        SealState::CannotCheck => "seal-cannot-check",
    }
}

pub(super) fn kept_key(days: u32, on_expiry: OnExpiry) -> &'static str {
    match (days, on_expiry) {
        (0, _) => "kept-not",
        (_, OnExpiry::Delete) => "kept-delete",
        (_, OnExpiry::Return) => "kept-return",
        (_, OnExpiry::Anonymise) => "kept-anonymise",
    }
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
