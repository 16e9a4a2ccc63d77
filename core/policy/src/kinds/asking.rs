//! What the asking side says: who it is, why, what for, how long, by whom in the end.

use chop_model::{Action, DataRight, Lang, LangText};

use super::Outcome;
use crate::{Class, Facts, Pack, Topic};

pub(super) fn purpose(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let purpose = &facts.terms.purpose;
    out.unless(pack.purpose(&purpose.code).is_some(), "code");
    out.unless(is_said(&purpose.scene), "scene");
    out.unless(in_every_language(&purpose.text), "text");
}

pub(super) fn recipient(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let terms = &facts.terms;
    out.unless(in_every_language(&terms.recipient), "name");
    out.unless(is_said(&terms.legal_id.scheme) && is_said(&terms.legal_id.value), "legal-id");
    let reachable = is_said(&terms.contact.tel) || is_said(&terms.contact.email);
    out.unless(is_said(&terms.contact.name) && reachable, "contact");
    out.unless(terms.jurisdiction == facts.route.to, "place");
    // PIPL art. 23: whoever the data are passed on to is named, and nobody is named for nothing.
    let shares = terms.actions.contains(&Action::Share);
    out.unless(shares != terms.onward.is_empty() && terms.onward.iter().all(|n| is_said(n)), "onward");
}

pub(super) fn methods(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    out.unless(!facts.terms.actions.is_empty(), "methods");
}

pub(super) fn no_wildcard(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    out.unless(!facts.claims.is_empty(), "nothing");
    let open = facts.claims.iter().any(|claim| claim.wildcard || claim.path.is_empty());
    out.unless(!open, "wildcard");
}

/// A purpose without a least set says nothing about what goes beyond it.
pub(super) fn least_fields(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    no_wildcard(pack, facts, out);
    let least = pack.purpose(&facts.terms.purpose.code).map(|template| &template.least);
    let Some(least) = least.filter(|least| !least.is_empty()) else { return };
    // A request for everything is found already, by another word.
    let within = facts.claims.iter().filter(|claim| !claim.wildcard).all(|claim| {
        least.get(&claim.vct).is_some_and(|keys| claim.path.first().is_some_and(|first| keys.contains(first)))
    });
    out.warn_unless(within, "beyond");
}

pub(super) fn retention(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let days = facts.terms.retention.days;
    let stores = facts.terms.actions.contains(&Action::Store);
    out.unless(!stores || days > 0, "period");
    out.warn_unless(stores || days == 0, "unsaid");
    let usual = pack.purpose(&facts.terms.purpose.code).map(|purpose| purpose.max_retention_days);
    out.warn_unless(usual.is_none_or(|usual| days <= usual), "long");
}

/// The items know what they were collected for where their issuer or an earlier consent says so.
pub(super) fn new_purpose(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let code = &facts.terms.purpose.code;
    if facts.items.iter().filter_map(|item| item.collected_for.as_ref()).any(|for_what| for_what != code) {
        out.ask(Topic::NewPurpose, "new-purpose");
    }
}

/// PIPL art. 24, PDPO Part VIA: advertising hides in no other purpose. A request states its purpose
/// twice, by our code and by its DPV concept; advertising in one only is advertising in hiding.
pub(super) fn marketing(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let (by_code, by_concept) = says_marketing(facts);
    out.unless(by_code == by_concept, "marketing");
}

pub(super) fn marketing_apart(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    marketing(pack, facts, out);
    let (by_code, _) = says_marketing(facts);
    out.unless(!facts.terms.details.direct_marketing || by_code, "bundled");
}

fn says_marketing(facts: &Facts) -> (bool, bool) {
    let purpose = &facts.terms.purpose;
    let by_code = purpose.code == "marketing" || purpose.code.starts_with("marketing.");
    let by_concept = ["Marketing", "Advertising"].iter().any(|word| purpose.id.contains(word));
    (by_code, by_concept)
}

pub(super) fn rights_channel(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    out.unless(is_said(&facts.terms.rights_channel), "rights-channel");
}

pub(super) fn withdrawal(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    rights_channel(pack, facts, out);
    out.unless(facts.withdrawal_taps <= 1, "taps");
}

/// The last refusal of the same recipient for the same purpose; who keeps it is not the law's business.
pub(super) fn no_nagging(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let muted = facts.refused_at.is_some_and(|refused| facts.now.since(refused) < pack.caps.mute_seconds);
    out.unless(!muted, "muted");
}

pub(super) fn automated_decision(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    out.unless(facts.terms.automated_decision.as_ref().is_none_or(in_every_language), "explain");
}

pub(super) fn explain_channel(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    automated_decision(pack, facts, out);
    if facts.terms.automated_decision.is_some() {
        let channel = facts.terms.details.explain_channel.as_deref();
        out.unless(channel.is_some_and(is_said), "channel");
        out.ask(Topic::Automated, "separate");
    }
}

/// A broker is a visible hop, never a hidden recipient, and may not widen what the holder agreed to.
pub(super) fn broker(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let end_user = facts.terms.details.on_behalf_of.as_ref();
    if !facts.asks_as_broker && end_user.is_none() {
        return;
    }
    let named = end_user.is_some_and(|party| {
        in_every_language(&party.names) && is_said(&party.legal_id.scheme) && is_said(&party.legal_id.value)
    });
    out.unless(named, "end-user");
    let Some(mandate) = &facts.mandate else { return };
    let within = facts.terms.purpose.code == mandate.purpose
        && facts.terms.actions.iter().all(|action| mandate.actions.contains(action));
    out.unless(within, "widens");
    out.unless(end_user.is_none_or(|party| mandate.end_users.contains(&party.legal_id)), "unlisted");
}

pub(super) fn publication(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    if facts.terms.details.publication {
        out.ask(Topic::Public, "public");
    }
}

/// 数据产权三分: use is what a grant gives; running a business with personal data is never in it.
pub(super) fn resale(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let operates = facts.terms.details.rights.contains(&DataRight::Operate);
    let personal = facts.classes(pack).any(Class::is_personal);
    out.unless(!(operates && personal), "operate");
}

pub(super) fn in_every_language(text: &LangText) -> bool {
    Lang::ALL.into_iter().all(|lang| is_said(text.in_lang(lang)))
}

pub(super) fn is_said(text: &str) -> bool {
    !text.trim().is_empty()
}
