//! What crossing a border asks: consent, the standard contracts of the Greater Bay Area, what must stay.

use chop_model::{Action, CrossingMode, Jurisdiction, Mechanism, PartyRole, Site};

use super::Outcome;
use super::asking::is_said;
use crate::gba::{Contract, working_days_between};
use crate::{Class, Facts, Level, Pack, Topic};

/// PIPL art. 23.
pub(super) fn provide(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    if facts.is_personal(pack) && is_c2c(facts) {
        out.ask(Topic::Provide, "provide");
    }
}

pub(super) fn export_consent(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    if facts.route.crosses() {
        out.ask(Topic::CrossBorder, "export");
    }
}

/// PIPL art. 39. Name, contact, purpose and methods are R01 to R03's; how to use rights over there is the
/// recipient's channel, and where an organisation sends, one that was said for the crossing.
pub(super) fn export_informed(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    if !facts.route.crosses() || !facts.is_personal(pack) {
        return;
    }
    out.ask(Topic::CrossBorder, "export");
    let overseas = facts.terms.details.crossing.as_ref().and_then(|c| c.rights_channel_overseas.as_deref());
    let said = overseas.is_some_and(is_said) || (!is_c2c(facts) && is_said(&facts.terms.rights_channel));
    out.unless(said, "rights-overseas");
}

/// Which of the two standard contracts the crossing names, if one.
fn contract(facts: &Facts) -> Option<Contract> {
    match facts.terms.details.crossing.as_ref()?.mechanism {
        Mechanism::GbaScHk => Some(Contract::Hk),
        Mechanism::GbaScMo => Some(Contract::Mo),
        _ => None,
    }
}

pub(super) fn gba_eligible(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let Some(named) = contract(facts) else { return };
    let Some(exists) = Contract::of(facts.route) else { return out.unless(false, "never") };
    out.unless(named == exists, "pair");
    let city = facts.mainland_site().and_then(|site| site.city.as_deref());
    out.unless(city.is_some_and(|city| pack.gba.has_city(city)), "city");
    let important = facts.is_important();
    out.unless(!important, "important");
}

pub(super) fn gba_onward(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let Some(contract) = contract(facts) else { return };
    let terms = &facts.terms;
    let covers = |site: &Site| contract.covers(&pack.gba, site);
    // A place named without a city on the mainland could be anywhere there; one with its city is in
    // `sites`, so the bare list only has to stay within the pair.
    let stored = terms.locations.iter().all(|place| contract.has_side(*place))
        && terms.details.sites.iter().all(covers);
    let passed = terms.details.third_parties.iter().all(|party| covers(&party.site));
    out.unless(stored && passed, "outside");
    let listed = |name: &String| terms.details.third_parties.iter().any(|party| party.name == *name);
    out.unless(terms.onward.iter().all(listed), "not-listed");
    let own_side =
        terms.details.third_parties.iter().all(|party| party.site.jurisdiction == terms.jurisdiction);
    out.unless(own_side, "other-side");
}

/// Filing is due within ten working days of effect.
pub(super) fn gba_filing(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let Some(crossing) = &facts.terms.details.crossing else { return };
    if contract(facts).is_none() || !is_c2c(facts) {
        return;
    }
    if crossing.filing.as_ref().is_some_and(|filing| is_said(&filing.number)) {
        return;
    }
    match crossing.effective_at {
        None => out.unless(false, "unknown"),
        Some(since) => {
            let days = working_days_between(since, facts.now, &pack.gba.days_off);
            out.unless(days <= FILING_WORKING_DAYS, "late");
        }
    }
}

/// PIPL art. 55, 56: before sensitive data, automated decisions, entrusting, providing or exporting. On
/// the way into the mainland only where a standard contract asks for it.
pub(super) fn impact_assessment(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let from_cn = facts.route.from == Jurisdiction::Cn;
    if !is_c2c(facts) || (!from_cn && contract(facts).is_none()) || !is_risky(pack, facts) {
        return;
    }
    let Some(assessment) = &facts.terms.details.impact_assessment else {
        return out.unless(false, "missing");
    };
    out.unless(is_said(&assessment.id), "missing");
    out.unless(assessment.keep_until.since(assessment.at) >= THREE_YEARS, "kept-short");
}

fn is_risky(pack: &Pack, facts: &Facts) -> bool {
    let terms = &facts.terms;
    let entrusts = terms.details.third_parties.iter().any(|party| party.role == PartyRole::Processor);
    facts.route.crosses()
        || facts.sensitivities(pack).any(|s| s.cn)
        || terms.automated_decision.is_some()
        || terms.actions.contains(&Action::Share)
        || entrusts
}

/// NDR art. 37; state secrets are marked the same way.
pub(super) fn important_data(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let leaves = facts.route.from == Jurisdiction::Cn && facts.route.crosses();
    out.unless(!(leaves && facts.is_important()), "important");
}

pub(super) fn genetic(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let leaves = facts.route.from == Jurisdiction::Cn && facts.route.crosses();
    if !leaves || !facts.classes(pack).any(|class| class == Class::Genetic) {
        return;
    }
    let research = facts.terms.details.research || facts.terms.purpose.code.starts_with("research.");
    if research {
        out.unless(false, "research");
    } else {
        out.find(Level::Warn, "care");
    }
}

/// Only a city that is said can be outside; an unknown one is R14's where a contract is named.
pub(super) fn outside_gba(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let city = facts.mainland_site().and_then(|site| site.city.as_deref());
    out.unless(city.is_none_or(|city| pack.gba.has_city(city)), "outside");
}

fn is_c2c(facts: &Facts) -> bool {
    facts.mode() == CrossingMode::ControllerToController
}

/// Working days from the contract's effect to its filing.
const FILING_WORKING_DAYS: u32 = 10;
/// Seconds of three years of 365 days.
const THREE_YEARS: i64 = 3 * 365 * 86_400;
