//! Under which name an asker is shown, and what it says of itself held against it.

use chop_model::{Lang, LangText, UseTerms};
use unicode_normalization::UnicodeNormalization;

use super::RequestRule;
use crate::trust_list::{Standing, TrustEntry, TrustView, has_name, is_same_id};
use crate::x509::VerifiedChain;

/// The list's names, else the certificate's one name.
pub(super) fn shown(standing: &Standing, chain: &VerifiedChain) -> Result<LangText, RequestRule> {
    match standing {
        Standing::Listed(entry) => Ok(entry.party.names.clone()),
        Standing::NotListed => chain.shown_name().map(LangText::same).ok_or(RequestRule::NoName),
    }
}

/// Name, identifier and place that the terms give must be those of list or certificate.
pub(super) fn check_says(
    terms: &UseTerms,
    standing: &Standing,
    chain: &VerifiedChain,
    trust: &TrustView,
) -> Result<(), RequestRule> {
    let agrees = match standing {
        Standing::Listed(entry) => agrees_with_list(terms, entry),
        Standing::NotListed => agrees_with_certificate(terms, chain) && !borrows(terms, trust),
    };
    if agrees { Ok(()) } else { Err(RequestRule::NamesDisagree) }
}

fn agrees_with_list(terms: &UseTerms, entry: &TrustEntry) -> bool {
    self_names(terms).all(|name| has_name(&entry.party, name))
        && terms.legal_id == entry.party.legal_id
        && terms.jurisdiction == entry.party.jurisdiction
}

/// A certificate has one name, the terms have four: one of them must be it. What a certificate does
/// not say cannot be compared and stays "says of itself".
fn agrees_with_certificate(terms: &UseTerms, chain: &VerifiedChain) -> bool {
    let is_named =
        |certified: &str| self_names(terms).any(|name| name.trim().nfc().eq(certified.trim().nfc()));
    let is_numbered = |certified: &str| is_same_id(certified, &terms.legal_id, terms.jurisdiction);
    chain.organisation().is_none_or(is_named) && chain.organisation_id().is_none_or(is_numbered)
}

/// Whether somebody who is not listed calls itself by a listed name or number.
fn borrows(terms: &UseTerms, trust: &TrustView) -> bool {
    trust.lists_id(&terms.legal_id) || self_names(terms).any(|name| trust.resembles(name))
}

fn self_names(terms: &UseTerms) -> impl Iterator<Item = &str> {
    Lang::ALL.into_iter().map(|lang| terms.recipient.in_lang(lang))
}
