//! What the law protects more: sensitive data, children.

use std::collections::BTreeSet;

use chop_model::Jurisdiction;

use super::Outcome;
use super::asking::in_every_language;
use crate::{AgeBand, Class, Facts, Level, Pack, Topic};

/// PIPL art. 28 to 30: each sensitive class has a consent of its own, and the asking side says why it is
/// needed and what it can mean.
pub(super) fn sensitive_cn(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    // PIPL art. 28: everything about a child under 14 is sensitive.
    let child = facts.age == AgeBand::Under14;
    let classes: BTreeSet<Class> =
        facts.sensitivities(pack).filter(|s| s.cn || child).map(|s| s.class).collect();
    if !classes.is_empty() {
        out.unless(facts.terms.necessity.as_ref().is_some_and(in_every_language), "necessity");
        out.unless(facts.terms.impact.as_ref().is_some_and(in_every_language), "impact");
    }
    let unclassified = facts.classes(pack).any(|class| class == Class::Unclassified);
    out.warn_unless(!unclassified, "unclassified");
    classes.into_iter().for_each(|class| out.ask(Topic::Sensitive(class), "separate"));
}

/// Macao Law 8/2005 art. 7.
pub(super) fn sensitive_mo(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let classes: BTreeSet<Class> = facts.sensitivities(pack).filter(|s| s.mo).map(|s| s.class).collect();
    classes.into_iter().for_each(|class| out.ask(Topic::Sensitive(class), "explicit"));
}

pub(super) fn child_under_14(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    out.unless(facts.age != AgeBand::Under14 || facts.guardian_signed, "guardian");
}

/// PIPL art. 31; NDR art. 22(3): who signs for the child shows that it may.
pub(super) fn child_guardian(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    child_under_14(pack, facts, out);
    let unproven = facts.age == AgeBand::Under14 && facts.guardian_signed && !facts.guardian_evidence;
    out.unless(!unproven, "evidence");
}

/// The local rules on minors bite where health is concerned; elsewhere they warn.
pub(super) fn minor_under_18(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let minor = matches!(facts.age, AgeBand::Under16 | AgeBand::Under18);
    if minor && !facts.guardian_signed {
        out.find(if has_health(pack, facts) { out.level } else { Level::Warn }, "guardian");
    }
}

/// Three places, three ages: Macao wants the guardian up to 18 for health; Hong Kong's eHealth has a
/// caregiver act up to 16, and its law a relevant person where a minor does not understand.
pub(super) fn minor_local(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    if facts.age == AgeBand::Adult || facts.guardian_signed {
        return;
    }
    let touches = |place| facts.route.from == place || facts.route.to == place;
    let health = has_health(pack, facts);
    if touches(Jurisdiction::Mo) && health {
        out.find(out.level, "macao");
    } else if touches(Jurisdiction::Hk) && health && facts.age != AgeBand::Under18 {
        out.find(Level::Warn, "proxy");
    } else if touches(Jurisdiction::Hk) && facts.understands != Some(true) {
        out.find(Level::Warn, "understanding");
    } else if !touches(Jurisdiction::Hk) && facts.age != AgeBand::Under14 {
        // Under 14 it is R10's to say.
        out.find(Level::Warn, "guardian");
    }
}

fn has_health(pack: &Pack, facts: &Facts) -> bool {
    facts.classes(pack).any(|class| matches!(class, Class::Health | Class::Genetic))
}
