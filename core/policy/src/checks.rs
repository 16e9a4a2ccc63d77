//! The predicates that rules name. What they say is in the pack; what they look at is here.

use std::collections::BTreeSet;

use chop_model::{Action, Lang, LangText};
use serde::Deserialize;

use crate::pack::Rule;
use crate::{AgeBand, Class, Facts, Finding, ItemSeal, Level, Pack, SeparateAsk, Standing, Topic};

/// A predicate, by its name in a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Check {
    Purpose,
    Recipient,
    Methods,
    NoWildcard,
    Retention,
    Validity,
    SensitiveCn,
    ExportConsent,
    ChildUnder14,
    MinorUnder18,
    SensitiveMo,
    LeavingMacao,
    Marketing,
    RightsChannel,
    AutomatedDecision,
    RecipientTrust,
    ItemSeals,
    OneOff,
}

impl Check {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 18] = [
        Self::Purpose,
        Self::Recipient,
        Self::Methods,
        Self::NoWildcard,
        Self::Retention,
        Self::Validity,
        Self::SensitiveCn,
        Self::ExportConsent,
        Self::ChildUnder14,
        Self::MinorUnder18,
        Self::SensitiveMo,
        Self::LeavingMacao,
        Self::Marketing,
        Self::RightsChannel,
        Self::AutomatedDecision,
        Self::RecipientTrust,
        Self::ItemSeals,
        Self::OneOff,
    ];
}

/// Runs one predicate; what it finds has the level of the rule on this route, unless a line says otherwise.
pub(crate) fn run(check: Check, pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    match check {
        Check::Purpose => purpose(pack, facts, out),
        Check::Recipient => recipient(facts, out),
        Check::Methods => out.unless(!facts.terms.actions.is_empty(), "law-r03-methods"),
        Check::NoWildcard => no_wildcard(facts, out),
        Check::Retention => retention(pack, facts, out),
        Check::Validity => validity(pack, facts, out),
        Check::SensitiveCn => sensitive(pack, facts, out, Place::Cn),
        Check::SensitiveMo => sensitive(pack, facts, out, Place::Mo),
        Check::ExportConsent => export_consent(facts, out),
        Check::LeavingMacao => out.ask(Topic::CrossBorder, "law-r13-leaving-macao"),
        Check::ChildUnder14 => {
            out.unless(facts.age != AgeBand::Under14 || facts.guardian_signed, "law-r10-guardian");
        }
        Check::MinorUnder18 => minor_under_18(pack, facts, out),
        Check::Marketing => marketing(facts, out),
        Check::RightsChannel => out.unless(is_said(&facts.terms.rights_channel), "law-r23-rights-channel"),
        Check::AutomatedDecision => {
            let explained = facts.terms.automated_decision.as_ref().is_none_or(in_every_language);
            out.unless(explained, "law-r25-explain");
        }
        Check::RecipientTrust => recipient_trust(facts, out),
        Check::ItemSeals => item_seals(facts, out),
        Check::OneOff => {
            let one_off = (1..=pack.caps.max_uses).contains(&facts.max_uses) && facts.fresh_nonce;
            out.unless(one_off, "law-r30-one-off");
        }
    }
}

/// What one rule found.
pub(crate) struct Outcome<'r> {
    rule: &'r Rule,
    level: Level,
    pub(crate) findings: Vec<Finding>,
    pub(crate) asks: Vec<SeparateAsk>,
}

impl<'r> Outcome<'r> {
    pub(crate) fn new(rule: &'r Rule, level: Level) -> Self {
        Self { rule, level, findings: Vec::new(), asks: Vec::new() }
    }

    fn unless(&mut self, holds: bool, message: &'static str) {
        if !holds {
            self.find(self.level, message);
        }
    }

    fn find(&mut self, level: Level, message: &'static str) {
        let finding = self.finding(level, message);
        self.findings.push(finding);
    }

    fn ask(&mut self, topic: Topic, message: &'static str) {
        let if_missing = self.finding(self.level, message);
        self.asks.push(SeparateAsk { topic, if_missing });
    }

    fn finding(&self, level: Level, message: &'static str) -> Finding {
        let Rule { id, citation, confirmed, .. } = self.rule;
        Finding { rule: id.clone(), level, message, citation: citation.clone(), confirmed: *confirmed }
    }
}

fn purpose(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let purpose = &facts.terms.purpose;
    out.unless(pack.purpose(&purpose.code).is_some(), "law-r01-code");
    out.unless(is_said(&purpose.scene), "law-r01-scene");
    out.unless(in_every_language(&purpose.text), "law-r01-text");
}

fn recipient(facts: &Facts, out: &mut Outcome<'_>) {
    let terms = &facts.terms;
    out.unless(in_every_language(&terms.recipient), "law-r02-name");
    out.unless(is_said(&terms.legal_id.scheme) && is_said(&terms.legal_id.value), "law-r02-legal-id");
    let reachable = is_said(&terms.contact.tel) || is_said(&terms.contact.email);
    out.unless(is_said(&terms.contact.name) && reachable, "law-r02-contact");
    out.unless(terms.jurisdiction == facts.route.to, "law-r02-place");
    // PIPL art. 23: whoever the data are passed on to is named, and nobody is named for nothing.
    let shares = terms.actions.contains(&Action::Share);
    out.unless(
        shares != terms.onward.is_empty() && terms.onward.iter().all(|n| is_said(n)),
        "law-r02-onward",
    );
}

fn no_wildcard(facts: &Facts, out: &mut Outcome<'_>) {
    out.unless(!facts.claims.is_empty(), "law-r04-nothing");
    let open = facts.claims.iter().any(|claim| claim.wildcard || claim.path.is_empty());
    out.unless(!open, "law-r04-wildcard");
}

fn retention(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let days = facts.terms.retention.days;
    let stores = facts.terms.actions.contains(&Action::Store);
    out.unless(!stores || days > 0, "law-r05-period");
    if !stores && days > 0 {
        out.find(Level::Warn, "law-r05-unsaid");
    }
    let usual = pack.purpose(&facts.terms.purpose.code).map(|purpose| purpose.max_retention_days);
    if usual.is_some_and(|usual| days > usual) {
        out.find(Level::Warn, "law-r05-long");
    }
}

fn validity(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let sensitive = facts.claims.iter().any(|c| pack.claims().sensitivity(&c.vct, &c.path).is_sensitive());
    let cap = if sensitive { pack.caps.sensitive_seconds } else { pack.caps.ordinary_seconds };
    let seconds = facts.validity.until.since(facts.validity.from);
    out.unless((1..=cap).contains(&seconds) && facts.validity.contains(facts.now), "law-r06-validity");
    let outlives = facts.items.iter().filter_map(|item| item.expires).any(|end| end < facts.validity.until);
    out.unless(!outlives, "law-r06-item-expires");
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Cn,
    Mo,
}

/// PIPL art. 28-30 and Macao Law 8/2005 art. 7: each sensitive class has a consent of its own, and the
/// asking side says why it is needed and what it can mean.
fn sensitive(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>, place: Place) {
    let found = facts.claims.iter().map(|c| pack.claims().sensitivity(&c.vct, &c.path)).collect::<Vec<_>>();
    let classes: BTreeSet<Class> = found
        .iter()
        // PIPL art. 28: everything about a child under 14 is sensitive.
        .filter(|s| if place == Place::Cn { s.cn || facts.age == AgeBand::Under14 } else { s.mo })
        .map(|s| s.class)
        .collect();
    if !classes.is_empty() && place == Place::Cn {
        out.unless(facts.terms.necessity.as_ref().is_some_and(in_every_language), "law-r07-necessity");
        out.unless(facts.terms.impact.as_ref().is_some_and(in_every_language), "law-r07-impact");
    }
    if place == Place::Cn && found.iter().any(|s| s.class == Class::Unclassified) {
        out.find(Level::Warn, "law-r07-unclassified");
    }
    let message = if place == Place::Cn { "law-r07-separate" } else { "law-r12-explicit" };
    classes.into_iter().for_each(|class| out.ask(Topic::Sensitive(class), message));
}

/// The local rules on minors bite where health is concerned; elsewhere they warn.
fn minor_under_18(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let health =
        facts.claims.iter().any(|c| pack.claims().sensitivity(&c.vct, &c.path).class == Class::Health);
    if facts.age == AgeBand::Under18 && !facts.guardian_signed {
        out.find(if health { out.level } else { Level::Warn }, "law-r11-guardian");
    }
}

fn export_consent(facts: &Facts, out: &mut Outcome<'_>) {
    if facts.route.crosses() {
        out.ask(Topic::CrossBorder, "law-r09-export");
    }
}

/// PIPL art. 24, PDPO Part VIA: advertising hides in no other purpose. A request states its purpose
/// twice, by our code and by its DPV concept; advertising in one only is advertising in hiding.
fn marketing(facts: &Facts, out: &mut Outcome<'_>) {
    let purpose = &facts.terms.purpose;
    let by_code = purpose.code == "marketing" || purpose.code.starts_with("marketing.");
    let by_concept = ["Marketing", "Advertising"].iter().any(|word| purpose.id.contains(word));
    out.unless(by_code == by_concept, "law-r21-marketing");
}

fn recipient_trust(facts: &Facts, out: &mut Outcome<'_>) {
    match facts.standing {
        Standing::Listed => {}
        Standing::NotListed => out.unless(false, "law-r28-not-listed"),
        Standing::KeyChanged => out.unless(false, "law-r28-key-changed"),
        // Two names for one recipient: whichever is true, the person would be told a wrong one.
        Standing::Disagrees => out.find(Level::Block, "law-r28-disagrees"),
    }
}

fn item_seals(facts: &Facts, out: &mut Outcome<'_>) {
    let has = |seal| facts.items.iter().any(|item| item.seal == seal);
    out.unless(!has(ItemSeal::Invalid), "law-r29-invalid");
    if has(ItemSeal::CannotCheck) {
        out.find(Level::Warn, "law-r29-cannot-check");
    }
}

fn in_every_language(text: &LangText) -> bool {
    Lang::ALL.into_iter().all(|lang| is_said(text.in_lang(lang)))
}

fn is_said(text: &str) -> bool {
    !text.trim().is_empty()
}
