//! Whom an offer lets in.

use chop_formats::digest64::B64Digest;
use chop_formats::grant::AudPolicy;
use chop_formats::trust_list::{Standing, TrustEntry, TrustView};
use chop_formats::x509::x509_hash;
use chop_model::{Jurisdiction, LangText};
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::notice::{Words, isolate};

/// Whom an offer lets in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipients {
    /// These full client ids, at least one.
    Clients(Vec<String>),
    /// Any verifier whom this list names.
    List {
        /// Fingerprint of the list's publisher.
        publisher: B64Digest,
        /// Only those of this place.
        place: Option<Jurisdiction>,
    },
    /// Any verifier whom an authority of the trust lists vouches for.
    Registered,
}

impl Recipients {
    /// The one client, where it is exactly one.
    pub fn client_id(&self) -> Option<&str> {
        match self {
            Self::Clients(clients) => match clients.as_slice() {
                [client] => Some(client),
                _ => None,
            },
            Self::List { .. } | Self::Registered => None,
        }
    }

    /// Whether every recipient is named exactly: only then can a rule answer.
    pub fn are_named(&self) -> bool {
        matches!(self, Self::Clients(_))
    }

    /// The `aud_policy` of the grant; nothing where there is one `aud`.
    pub(crate) fn policy(&self) -> Option<AudPolicy> {
        match self {
            Self::Clients(_) if self.client_id().is_some() => None,
            Self::Clients(clients) => Some(AudPolicy::Clients(clients.clone())),
            Self::List { publisher, place } => Some(AudPolicy::List {
                publisher: *publisher,
                class: place.map(|place| place.code().to_owned()),
            }),
            Self::Registered => Some(AudPolicy::Registered),
        }
    }

    /// Whether a verifier with this client id and standing is let in.
    pub(crate) fn let_in(&self, client_id: &str, standing: &Standing, trust: &TrustView) -> bool {
        let publisher = match standing {
            Standing::Listed(entry) => {
                let lists = trust.lists().iter();
                lists.filter(|list| list.content().entries.contains(entry)).map(|l| l.content().iss.0).next()
            }
            Standing::NotListed => None,
        };
        match self.policy() {
            Some(policy) => policy.lets_in(client_id, standing, publisher.as_ref()),
            None => self.client_id() == Some(client_id),
        }
    }

    /// Whether a list that is held names everybody who is let in.
    pub(crate) fn are_listed(&self, trust: &TrustView) -> bool {
        match self {
            Self::Clients(clients) => clients.iter().all(|client| entry_of(client, trust).is_some()),
            Self::List { publisher, .. } => trust.lists().iter().any(|list| list.content().iss == *publisher),
            Self::Registered => false,
        }
    }

    /// Under which name and standing the page shows them before anybody has claimed.
    pub(crate) fn shown(&self, trust: &TrustView) -> Result<(LangText, Standing)> {
        let entry = |client: &str| entry_of(client, trust);
        Ok(match self {
            Self::Clients(clients) => match clients.as_slice() {
                [client] => match entry(client) {
                    Some(entry) => (entry.party.names.clone(), Standing::Listed(Box::new(entry))),
                    None => (LangText::same(client), Standing::NotListed),
                },
                _ => {
                    let names = |pick: fn(&LangText) -> &str| {
                        let name = |client: &String| {
                            entry(client).map_or_else(|| client.clone(), |e| pick(&e.party.names).to_owned())
                        };
                        clients.iter().map(name).collect::<Vec<_>>().join(" · ")
                    };
                    let text = LangText {
                        zh_hans: names(|n| &n.zh_hans),
                        zh_hant: names(|n| &n.zh_hant),
                        en: names(|n| &n.en),
                        pt: names(|n| &n.pt),
                    };
                    (text, Standing::NotListed)
                }
            },
            Self::List { publisher, place } => {
                let list = trust.lists().iter().find(|list| list.content().iss == *publisher);
                let name = list.map_or_else(
                    || LangText::same(&publisher.to_string()),
                    |list| list.content().publisher.clone(),
                );
                (said(Some(&name), *place)?, Standing::NotListed)
            }
            Self::Registered => (said(None, None)?, Standing::NotListed),
        })
    }
}

fn entry_of(client: &str, trust: &TrustView) -> Option<TrustEntry> {
    let mut entries = trust.lists().iter().flat_map(|list| &list.content().entries);
    entries.find(|entry| x509_hash(&entry.certificate) == client).cloned()
}

fn said(publisher: Option<&LangText>, place: Option<Jurisdiction>) -> Result<LangText> {
    let say = |lang| -> Result<String> {
        let words = Words::of(lang)?;
        let Some(publisher) = publisher else { return Ok(words.say("offer-to-registered")?) };
        let publisher = isolate(publisher.in_lang(lang));
        Ok(match place {
            None => words.say_with("offer-to-list", &[("publisher", publisher.as_str().into())])?,
            Some(place) => {
                let place = words.say(&format!("place-{}", place.code()))?;
                let values = [("publisher", publisher.as_str().into()), ("place", place.as_str().into())];
                words.say_with("offer-to-list-in", &values)?
            }
        })
    };
    use chop_model::Lang;
    Ok(LangText {
        zh_hans: say(Lang::ZhHans)?,
        zh_hant: say(Lang::ZhHant)?,
        en: say(Lang::En)?,
        pt: say(Lang::Pt)?,
    })
}
