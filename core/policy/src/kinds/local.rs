//! What one place alone asks: Hong Kong at collection, Macao on leaving.

use super::Outcome;
use super::asking::{in_every_language, is_said};
use crate::{Facts, Pack, Release, Topic};
use chop_model::{CrossingMode, Jurisdiction};

pub(super) fn leaving_macao(_: &Pack, _: &Facts, out: &mut Outcome<'_>) {
    out.ask(Topic::CrossBorder, "leaving-macao");
}

/// Macao Law 8/2005 art. 19 to 22: the person consents; an organisation that sends has also notified or
/// been authorised, and says under which reference.
pub(super) fn leaving_macao_filed(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    if facts.route.from != Jurisdiction::Mo || !facts.is_personal(pack) {
        return;
    }
    out.ask(Topic::CrossBorder, "leaving-macao");
    if facts.mode() == CrossingMode::ControllerToController {
        let filing = facts.terms.details.crossing.as_ref().and_then(|c| c.filing.as_ref());
        out.unless(filing.is_some_and(|filing| is_said(&filing.number)), "reference");
    }
}

/// PDPO DPP1(3), for whoever collects in Hong Kong.
pub(super) fn hk_collection(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    if !facts.is_personal(pack) {
        return;
    }
    let Some(statement) = &facts.terms.details.collection_statement else {
        return out.unless(false, "statement");
    };
    out.unless(in_every_language(&statement.consequence), "consequence");
    out.unless(in_every_language(&statement.transferees), "transferees");
    out.unless(is_said(&statement.access_contact), "access");
}

/// PCPD code: the number or a copy only on a ground; a copy is marked. A match needs neither.
pub(super) fn hk_identity_card(pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
    let mut shown = facts.claims.iter().filter(|claim| pack.is_hk_identity(claim)).peekable();
    if shown.peek().is_none() {
        return;
    }
    let given = |release| matches!(release, Release::Value | Release::Copy | Release::AnnotatedCopy);
    let (mut gives, mut unmarked) = (false, false);
    shown.for_each(|claim| {
        gives |= given(claim.release);
        unmarked |= claim.release == Release::Copy;
    });
    let ground = facts.terms.details.identity_card_ground.as_ref();
    out.unless(!gives || ground.is_some_and(in_every_language), "ground");
    out.unless(!unmarked, "copy");
}
