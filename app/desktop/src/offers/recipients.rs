//! To whom an offer goes. Each recipient is known by name, number and contact before the holder decides: rule R02
//! (after PIPL art. 17, 23 and 39, Macao Law 8/2005 art. 10) blocks without, and the consent record
//! that goes along is made then. See `core/docs/decisions/0028-an-offer-names-whom-it-is-for.md`.

use chop_core::flow::offer::{OfferFault, Recipients};
use chop_core::plumbing::formats::offer::{Signatory, UnverifiedKeyStatement};
use chop_core::plumbing::formats::trust_list::Standing;
use chop_core::plumbing::formats::x509::{Role, x509_hash};
use chop_core::plumbing::model::{Contact, Jurisdiction, Lang, LangText, LegalId, Party};
use chop_core::{Result, Wallet, WalletError};

use crate::dto::offer::{KeyView, OfferText, PartyChoice, Reach};

/// Whom an offer lets in, and who that is on its terms.
pub(super) struct To {
    pub(super) recipients: Recipients,
    pub(super) party: Party,
    pub(super) statement: Option<String>,
}

impl To {
    /// # Errors
    /// `consent.nothing-chosen` without a recipient, and for one whom no list names any more;
    /// `offer-flow.two-places`; `offer.*` for a key statement that will not do.
    pub(super) fn of(wallet: &Wallet, text: &OfferText, statement: Option<String>) -> Result<Self> {
        if let Some(statement) = statement {
            let signatory = signatory(wallet, &statement)?;
            let party = match &signatory.standing {
                Standing::Listed(entry) => entry.party.clone(),
                Standing::NotListed => as_written(signatory.shown, &text.reach)?,
            };
            let recipients = Recipients::Clients(vec![signatory.client_id]);
            return Ok(Self { recipients, party, statement: Some(statement) });
        }
        let trust = wallet.trust()?;
        let named = |client: &String| {
            let mut entries = trust.lists().iter().flat_map(|list| &list.content().entries);
            let entry = entries.find(|entry| x509_hash(&entry.certificate) == *client);
            entry.map(|entry| entry.party.clone()).ok_or(WalletError::NothingChosen)
        };
        let parties: Vec<Party> = text.clients.iter().map(named).collect::<std::result::Result<_, _>>()?;
        let party = together(&parties)?;
        Ok(Self { recipients: Recipients::Clients(text.clients.clone()), party, statement: None })
    }
}

/// Recipients whom the trust lists name, whose name or number holds `words`.
pub(crate) fn directory(wallet: &Wallet, words: &str, lang: Lang) -> Result<Vec<PartyChoice>> {
    let (trust, wanted) = (wallet.trust()?, words.trim().to_lowercase());
    let mut found = Vec::new();
    for list in trust.lists() {
        let publisher = list.content().publisher.in_lang(lang);
        for entry in list.content().entries.iter().filter(|entry| entry.roles.contains(&Role::Verifier)) {
            let Party { names, legal_id, jurisdiction, contact } = &entry.party;
            let said = [&names.zh_hans, &names.zh_hant, &names.en, &names.pt, &legal_id.value];
            if !said.iter().any(|text| text.to_lowercase().contains(&wanted)) {
                continue;
            }
            found.push(PartyChoice {
                client: x509_hash(&entry.certificate),
                name: names.in_lang(lang).to_owned(),
                legal_id: format!("{} {}", legal_id.scheme, legal_id.value),
                place: jurisdiction.code().to_owned(),
                publisher: publisher.to_owned(),
                is_reachable: is_reachable(contact),
            });
        }
    }
    found.truncate(MAX_FOUND);
    Ok(found)
}

/// Whose key a statement is about.
///
/// # Errors
/// `offer.*` for a statement that will not do.
pub(crate) fn key_of(wallet: &Wallet, statement: &str, lang: Lang) -> Result<KeyView> {
    let Signatory { chain, standing, shown, .. } = signatory(wallet, statement)?;
    let (legal_id, is_listed) = match &standing {
        Standing::Listed(entry) => (Some(entry.party.legal_id.value.clone()), true),
        Standing::NotListed => (chain.organisation_id().map(str::to_owned), false),
    };
    Ok(KeyView { name: shown.in_lang(lang).to_owned(), legal_id, is_listed })
}

fn signatory(wallet: &Wallet, statement: &str) -> Result<Signatory> {
    let (trust, now) = (wallet.trust()?, wallet.ports().clock.now());
    Ok(UnverifiedKeyStatement::parse(statement)?.verify(&trust, now)?.signatory().clone())
}

/// A recipient whom no list names: the name of its certificate, and what the holder knows beside. What was
/// not written stays empty, so that the law finds it missing. The place is what the law is chosen by: without
/// it nothing can be judged.
fn as_written(names: LangText, reach: &Reach) -> Result<Party> {
    let Reach { place, legal_id, name, tel, email } = reach;
    let said = |text: &String| text.trim().to_owned();
    let legal_id = legal_id.trim();
    let (scheme, value) = legal_id.split_once(' ').unwrap_or((UNKNOWN_SCHEME, legal_id));
    let jurisdiction = Jurisdiction::from_code(place).ok_or(WalletError::NothingChosen)?;
    Ok(Party {
        names,
        legal_id: LegalId { scheme: scheme.to_owned(), value: value.trim().to_owned() },
        jurisdiction,
        contact: Contact { name: said(name), tel: said(tel), email: said(email) },
    })
}

/// Several recipients as the terms name them: each with name, number and contact, so that nobody gets in
/// under the name of another. One who cannot be reached leaves the contact of all empty: the law blocks.
fn together(parties: &[Party]) -> Result<Party> {
    let first = parties.first().ok_or(WalletError::NothingChosen)?;
    if parties.iter().any(|party| party.jurisdiction != first.jurisdiction) {
        return Err(OfferFault::TwoPlaces.into());
    }
    let [_, _, ..] = parties else { return Ok(first.clone()) };
    let all = |of: fn(&Party) -> &str| parties.iter().map(of).collect::<Vec<_>>().join(BETWEEN);
    let said = |of: fn(&Party) -> &str| {
        let said = parties.iter().map(of).filter(|text| !text.is_empty());
        if parties.iter().all(|party| is_reachable(&party.contact)) {
            said.collect::<Vec<_>>().join(BETWEEN)
        } else {
            String::new()
        }
    };
    let is_one_scheme = parties.iter().all(|party| party.legal_id.scheme == first.legal_id.scheme);
    Ok(Party {
        names: LangText {
            zh_hans: all(|party| &party.names.zh_hans),
            zh_hant: all(|party| &party.names.zh_hant),
            en: all(|party| &party.names.en),
            pt: all(|party| &party.names.pt),
        },
        legal_id: LegalId {
            scheme: if is_one_scheme {
                first.legal_id.scheme.clone()
            } else {
                all(|party| &party.legal_id.scheme)
            },
            value: all(|party| &party.legal_id.value),
        },
        jurisdiction: first.jurisdiction,
        contact: Contact {
            name: said(|party| &party.contact.name),
            tel: said(|party| &party.contact.tel),
            email: said(|party| &party.contact.email),
        },
    })
}

/// As rule R02 asks: somebody, and a way to them.
fn is_reachable(contact: &Contact) -> bool {
    let Contact { name, tel, email } = contact;
    let is_said = |text: &String| !text.trim().is_empty();
    is_said(name) && (is_said(tel) || is_said(email))
}

/// As core joins the names of several.
const BETWEEN: &str = " · ";
/// A number without its kind.
const UNKNOWN_SCHEME: &str = "ID";
const MAX_FOUND: usize = 50;
