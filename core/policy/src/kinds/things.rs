//! What is handed over and how: the items, their time, their seals, who approved, the log.

use super::Outcome;
use crate::{Class, Facts, ItemSeal, Level, Pack, Release, ShareClass, Standing, Subject};

pub(super) fn validity(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    within_cap(pack, facts, out);
    let outlives = facts.items.iter().filter_map(|item| item.expires).any(|end| end < facts.validity.until);
    out.unless(!outlives, "item-expires");
}

pub(super) fn validity_trim(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    within_cap(pack, facts, out);
    let mut ends = facts.items.iter().filter_map(|item| item.expires).filter(|end| *end > facts.now);
    out.unless(!ends.any(|end| end < facts.validity.until), "item-expires");
}

fn within_cap(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let sensitive = facts.sensitivities(pack).any(|s| s.is_sensitive());
    let cap = if sensitive { pack.caps.sensitive_seconds } else { pack.caps.ordinary_seconds };
    let seconds = facts.validity.until.since(facts.validity.from);
    out.unless((1..=cap).contains(&seconds) && facts.validity.contains(facts.now), "validity");
}

pub(super) fn share_class(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    out.unless(facts.items.iter().all(|item| item.share != ShareClass::Never), "never");
}

/// A firm's trade secret leaves only when a second person of rank has approved.
pub(super) fn four_eyes(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let secret = facts.classes(pack).any(|class| class == Class::TradeSecret)
        || facts.items.iter().any(|item| item.trade_secret);
    if facts.subject != Subject::Firm || !secret {
        return;
    }
    let of_rank = || facts.approvals.iter().filter(|approval| approval.role.may_approve());
    let by_another =
        of_rank().any(|approval| facts.requester.as_ref().is_some_and(|who| *who != approval.by));
    match (by_another, of_rank().next().is_some()) {
        (true, _) => {}
        (false, true) => out.unless(false, "self"),
        (false, false) => out.unless(false, "approval"),
    }
}

pub(super) fn recipient_trust(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    match facts.standing {
        Standing::Listed => {}
        Standing::NotListed => out.unless(false, "not-listed"),
        Standing::KeyChanged => out.unless(false, "key-changed"),
        // Two names for one recipient: whichever is true, the person would be told a wrong one.
        Standing::Disagrees => out.find(Level::Block, "disagrees"),
    }
}

pub(super) fn item_seals(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let has = |seal| facts.items.iter().any(|item| item.seal == seal);
    out.unless(!has(ItemSeal::Invalid), "invalid");
    out.warn_unless(!has(ItemSeal::CannotCheck), "cannot-check");
}

pub(super) fn item_health(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    item_seals(pack, facts, out);
    let expired = facts.items.iter().filter_map(|item| item.expires).any(|end| end <= facts.now);
    out.warn_unless(!expired, "expired");
}

pub(super) fn one_off(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    out.unless((1..=pack.caps.max_uses).contains(&facts.max_uses) && facts.fresh_nonce, "one-off");
}

pub(super) fn log_first(_: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    out.unless(facts.log_first, "log");
}

/// A combination is listed in the pack as groups of keys: one of each group is enough to be found.
pub(super) fn identifying_combination(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let shown = |keys: &Vec<String>| {
        let mut values = facts.claims.iter().filter(|claim| claim.release != Release::Predicate);
        values.any(|claim| claim.path.iter().any(|key| keys.contains(key)))
    };
    let found = pack.combinations.iter().any(|groups| !groups.is_empty() && groups.iter().all(shown));
    out.unless(!found, "combination");
}

pub(super) fn bare_digest(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let bare = facts.claims.iter().any(|claim| {
        claim.release == Release::BareDigest && pack.class_of(claim).class == Class::IdentityNumber
    });
    out.unless(!bare, "bare");
}
