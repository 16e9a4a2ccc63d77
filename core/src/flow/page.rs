//! From picks to what the law and the page are told about them.

use chop_formats::claim_path::{ClaimPath, PathElement};
use chop_formats::consent_record::PrincipalKind;
use chop_formats::trust_list;
use chop_policy::{
    ClaimFact, Facts, Finding, ItemFact, ItemSeal, PackRef, Route, SeparateAsk, Standing, Subject,
};
use chop_vault::table::item::Seal;

use crate::holdings::Candidate;
use crate::notice::{Asker, ClaimSource, KnownBy, NoticeClaim, NoticeModel, SealState};

use super::consent::{ConsentPrompt, Pick};

/// What a rule may look at.
pub(super) fn facts(prompt: &ConsentPrompt, picks: &[Pick]) -> Facts {
    let request = &prompt.request;
    let route = Route { from: prompt.place, to: request.terms().jurisdiction };
    let claims = each_claim(picks).chain(each_open_claim(picks)).map(|(pick, path)| ClaimFact {
        wildcard: path.has_wildcard(),
        ..ClaimFact::value(&pick.item.vct, keys_of(&path))
    });
    Facts {
        standing: match request.standing() {
            trust_list::Standing::Listed(_) => Standing::Listed,
            trust_list::Standing::NotListed => Standing::NotListed,
        },
        claims: claims.collect(),
        items: picks.iter().map(|pick| item_fact(&pick.item)).collect(),
        subject: match prompt.principal {
            PrincipalKind::Person => Subject::Person,
            PrincipalKind::LegalEntity => Subject::Firm,
        },
        // Reading the request demanded a nonce of 128 bits; the exchange table demands a new one.
        ..Facts::of(prompt.shown_at, route, request.terms().clone(), prompt.validity)
    }
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
        claims: each_claim(picks)
            .chain(each_open_claim(picks))
            .map(|(pick, path)| notice_claim(prompt, &pick.item, &path))
            .collect(),
        validity: prompt.validity,
        max_uses: 1,
        optic: prompt.arrival == super::online::Arrival::Optic,
        number: prompt.arrival.number().map(str::to_owned),
        findings: findings.to_vec(),
        separate: separate.to_vec(),
        pack: pack.clone(),
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
            None => KnownBy::Certificate {
                authority: chop_crypto::encoding::to_hex(request.chain().anchor_sha256()),
            },
        },
    }
}

fn notice_claim(prompt: &ConsentPrompt, item: &Candidate, path: &ClaimPath) -> NoticeClaim {
    let path = words_of(path);
    NoticeClaim {
        sensitivity: prompt.pack.claims().sensitivity(&item.vct, &path),
        vct: item.vct.clone(),
        path,
        source: if item.is_own() {
            ClaimSource::Holder
        } else {
            ClaimSource::Issuer { name: item.issuer.clone(), seal: seal_state(item.seal) }
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
    ItemFact::of(seal, item.expires_at)
}

fn seal_state(seal: Seal) -> SealState {
    match seal {
        Seal::Valid => SealState::ValidStatusNotChecked,
        Seal::Invalid => SealState::Invalid,
        Seal::CannotCheck | Seal::SelfStated => SealState::CannotCheck,
    }
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
