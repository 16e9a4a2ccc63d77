//! From picks to what the law and the page are told about them.

use chop_formats::claim_path::{ClaimPath, PathElement};
use chop_formats::consent_record::PrincipalKind;
use chop_policy::{
    ClaimFact, Facts, Finding, ItemFact, ItemSeal, PackRef, Release, Route, Sensitivity, SeparateAsk,
    ShareClass, Standing, Subject,
};
use chop_vault::table::item::Seal;

use crate::holdings::{self, Candidate, Ward, relation_word, youngest};
use crate::notice::{
    Asker, ClaimSource, CopyNotice, HoldingsNotice, KnownBy, NoticeClaim, NoticeModel, OfferNotice,
    WardNotice,
};

use crate::predicate::Predicate;

use super::consent::ConsentPrompt;
use super::pick::Pick;

/// What a rule may look at.
pub(super) fn facts(prompt: &ConsentPrompt, picks: &[Pick]) -> Facts {
    let request = &prompt.request;
    let route = Route { from: prompt.place, to: request.terms().jurisdiction };
    let claims = each_claim(picks).chain(each_open_claim(picks)).map(|(pick, path)| claim_fact(pick, &path));
    Facts {
        standing: if request.is_listed() { Standing::Listed } else { Standing::NotListed },
        claims: claims.collect(),
        items: picks.iter().map(|pick| item_fact(&pick.item)).collect(),
        subject: match prompt.principal {
            PrincipalKind::Person => Subject::Person,
            PrincipalKind::LegalEntity => Subject::Firm,
        },
        age: youngest(wards(picks).map(|ward| ward.age)),
        guardian_signed: all_wards(picks, |pick, _| pick.as_guardian),
        guardian_evidence: all_wards(picks, |_, ward| ward.evidence.is_some()),
        refused_at: prompt.refused_at,
        // Reading the request demanded a nonce of 128 bits; the exchange table demands a new one.
        ..Facts::of(prompt.shown_at, route, request.terms().clone(), prompt.validity_of(picks))
    }
}

/// A yes is judged as the claim that it is about, in the document that it is about.
fn claim_fact(pick: &Pick, path: &ClaimPath) -> ClaimFact {
    match predicate(path) {
        _ if pick.note.is_some() => {
            ClaimFact { release: Release::AnnotatedCopy, ..ClaimFact::value(&pick.item.vct, keys_of(path)) }
        }
        Some(asked) => ClaimFact {
            release: Release::Predicate,
            ..ClaimFact::value(&pick.item.doc_type, vec![asked.about().to_owned()])
        },
        None => {
            ClaimFact { wildcard: path.has_wildcard(), ..ClaimFact::value(&pick.item.vct, keys_of(path)) }
        }
    }
}

/// How sensitive a claim is: a yes as much as the claim that it is about.
pub(super) fn sensitivity(prompt: &ConsentPrompt, item: &Candidate, path: &ClaimPath) -> Sensitivity {
    match predicate(path) {
        Some(asked) => prompt.pack.claims().sensitivity(&item.doc_type, &[asked.about()]),
        None => prompt.pack.claims().sensitivity(&item.vct, &words_of(path)),
    }
}

pub(super) fn predicate(path: &ClaimPath) -> Option<Predicate> {
    (path.elements().len() == 1).then(|| path.first_key().and_then(Predicate::named)).flatten()
}

/// What the page is made from.
pub(super) fn notice_model(
    prompt: &ConsentPrompt,
    picks: &[Pick],
    findings: &[Finding],
    separate: &[SeparateAsk],
    pack: &PackRef,
) -> NoticeModel {
    NoticeModel {
        now: prompt.shown_at,
        asker: asker(prompt),
        terms: prompt.request.terms().clone(),
        // In the order of the record, whose sentence is the page's.
        claims: picks
            .iter()
            .flat_map(|pick| {
                pick.paths.iter().cloned().chain(pick.goes_along()).map(move |path| (pick, path))
            })
            .map(|(pick, path)| notice_claim(prompt, &pick.item, &path))
            .collect(),
        validity: prompt.validity_of(picks),
        max_uses: 1,
        optic: prompt.arrival == super::online::Arrival::Optic,
        number: prompt.arrival.number().map(str::to_owned),
        offer: prompt.request.drafted().map(offer_notice),
        findings: findings.to_vec(),
        separate: separate.to_vec(),
        pack: pack.clone(),
        holdings: HoldingsNotice {
            level: Some(prompt.level_of(picks)),
            copies: picks.iter().filter_map(copy_notice).collect(),
            ward: wards(picks).next().map(|ward| WardNotice {
                name: ward.name.clone(),
                guardian: ward.guardian.clone(),
                relation: relation_word(ward.relation),
                is_shown: ward.evidence.is_some(),
                signs: picks.iter().any(|pick| pick.as_guardian),
            }),
        },
    }
}

fn copy_notice(pick: &Pick) -> Option<CopyNotice> {
    let note = pick.note.as_ref()?;
    Some(CopyNotice {
        title: pick.item.title.clone(),
        made_by: note.made_by.clone(),
        reason: note.reason.clone(),
        valid_until: note.valid_until,
    })
}

fn wards(picks: &[Pick]) -> impl Iterator<Item = &Ward> {
    picks.iter().filter_map(|pick| pick.item.ward.as_ref())
}

/// Whether something holds for everybody whom the picks are about, if they are about anybody.
fn all_wards(picks: &[Pick], holds: impl Fn(&Pick, &Ward) -> bool) -> bool {
    let mut wards = picks.iter().filter_map(|pick| Some((pick, pick.item.ward.as_ref()?))).peekable();
    wards.peek().is_some() && wards.all(|(pick, ward)| holds(pick, ward))
}

/// What a page of an offer says instead of how the request came.
fn offer_notice(offer: &super::Drafted) -> OfferNotice {
    OfferNotice {
        relay: offer.relay.origin.clone(),
        mode: offer.mode,
        by_rule: offer.rule,
        is_named: offer.to.are_named(),
        chosen: offer.exp.since(offer.iat),
    }
}

fn asker(prompt: &ConsentPrompt) -> Asker {
    let request = &prompt.request;
    let listed = request.listed();
    Asker {
        name: request.shown_names().clone(),
        legal_id: listed.map(|party| party.legal_id.clone()),
        jurisdiction: listed.map(|party| party.jurisdiction),
        known_by: match &prompt.listed_by {
            Some((publisher, issued)) => KnownBy::TrustList { publisher: publisher.clone(), issued: *issued },
            None => match request.chain() {
                Some(chain) => {
                    KnownBy::Certificate { authority: chop_crypto::encoding::to_hex(chain.anchor_sha256()) }
                }
                None => KnownBy::Policy,
            },
        },
    }
}

fn notice_claim(prompt: &ConsentPrompt, item: &Candidate, path: &ClaimPath) -> NoticeClaim {
    NoticeClaim {
        sensitivity: sensitivity(prompt, item, path),
        vct: item.vct.clone(),
        path: words_of(path),
        source: if item.is_own() {
            ClaimSource::Holder
        } else {
            ClaimSource::Issuer { name: item.issuer.clone(), seal: item.seal_state }
        },
        optional: false,
    }
}

fn item_fact(item: &Candidate) -> ItemFact {
    let seal = match item.seal {
        Seal::Valid => ItemSeal::Valid,
        Seal::Invalid => ItemSeal::Invalid,
        Seal::CannotCheck => ItemSeal::CannotCheck,
        Seal::SelfStated => ItemSeal::HolderStated,
    };
    let share = match item.mark.share {
        holdings::ShareClass::Never => ShareClass::Never,
        holdings::ShareClass::Conditional => ShareClass::Conditional,
        holdings::ShareClass::Open => ShareClass::Open,
    };
    ItemFact { share, ..ItemFact::of(seal, item.expires_at) }
}

fn each_claim(picks: &[Pick]) -> impl Iterator<Item = (&Pick, ClaimPath)> {
    picks.iter().flat_map(|pick| pick.paths.iter().map(move |path| (pick, path.clone())))
}

/// What goes with the chosen claims because the issuer left it open.
fn each_open_claim(picks: &[Pick]) -> impl Iterator<Item = (&Pick, ClaimPath)> {
    picks.iter().flat_map(|pick| pick.goes_along().into_iter().map(move |path| (pick, path)))
}

/// The keys on the way; positions are left out.
fn keys_of(path: &ClaimPath) -> Vec<String> {
    path.elements()
        .iter()
        .filter_map(|element| match element {
            PathElement::Key(key) => Some(key.clone()),
            PathElement::Index(_) | PathElement::All => None,
        })
        .collect()
}

/// The whole way, positions as numbers.
pub(super) fn words_of(path: &ClaimPath) -> Vec<String> {
    path.elements()
        .iter()
        .map(|element| match element {
            PathElement::Key(key) => key.clone(),
            PathElement::Index(index) => index.to_string(),
            PathElement::All => "*".into(),
        })
        .collect()
}
