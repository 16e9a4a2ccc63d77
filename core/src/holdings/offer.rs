//! Which holdings could answer a query, and what they hold.

use std::collections::{BTreeMap, BTreeSet};

use chop_crypto::encoding::to_base64url;
use chop_formats::claim_path::{ClaimPath, PathElement};
use chop_formats::dcql::CredentialQuery;
use chop_formats::ips::IpsBundle;
use chop_formats::request::Carrier;
use chop_formats::sd_jwt;
use chop_model::{ItemId, LangText, UnixTime};
use chop_policy::Pack;
use chop_vault::table::item::{self, Card, Seal, Shelf};
use chop_vault::table::version;
use serde_json::{Map, Value, json};

use super::view::newest;
use super::{ANNOTATED_CLAIM, FILE_CLAIM, Form, ITEM_VCT, Mark, Own, ShareClass, Ward, may_leave};
use crate::notice::SealState;
use crate::predicate;
use crate::{Result, Wallet, WalletError};

/// A holding that could answer a query.
#[derive(Clone)]
pub struct Candidate {
    /// The holding.
    pub item: ItemId,
    /// Its title.
    pub title: String,
    /// Who signed it; empty where nobody did.
    pub issuer: LangText,
    /// The type under which it is presented.
    pub vct: String,
    /// Its own type; another than `vct` where the holder states something of a credential.
    pub doc_type: String,
    /// Its form.
    pub form: Form,
    /// What its seal says.
    pub seal: Seal,
    /// The same as the page says it.
    pub seal_state: SealState,
    /// What the holder says of it.
    pub mark: Mark,
    /// Whom it is about, when not the owner of the space.
    pub ward: Option<Ward>,
    /// When it ends.
    pub expires_at: Option<UnixTime>,
    /// The claims asked for that it has.
    pub answers: BTreeSet<ClaimPath>,
    /// Claims asked for that it has and that do not leave this way: portraits, biometrics.
    pub withheld: BTreeSet<ClaimPath>,
    /// What the holder would state of it: predicates that its issuer did not sign.
    pub stated: Map<String, Value>,
    /// Claims that its issuer left open: they go with any of the others, and the page says so.
    pub always: Vec<ClaimPath>,
    /// For a claim inside another: what its issuer left open beside it, which goes with it.
    pub beside: BTreeMap<ClaimPath, Vec<ClaimPath>>,
}

/// What somebody holds is nobody's business in a log.
impl std::fmt::Debug for Candidate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Candidate({})", self.item)
    }
}

impl Candidate {
    /// Whether nobody but the holder says so.
    pub fn is_own(&self) -> bool {
        self.vct == ITEM_VCT
    }

    /// What goes with the `chosen` claims because its issuer left it open; the page says so.
    pub fn goes_along(&self, chosen: &BTreeSet<ClaimPath>) -> BTreeSet<ClaimPath> {
        let beside = chosen.iter().filter_map(|path| self.beside.get(path)).flatten();
        let open = self.always.iter().chain(beside).cloned();
        open.filter(|path| !chosen.iter().any(|inner| path.elements().starts_with(inner.elements())))
            .collect()
    }
}

/// The content of a holding, ready to be presented.
pub(crate) enum Held {
    /// An issuer's credential.
    Credential(Box<sd_jwt::Held>),
    /// The holder's own: claims, and the file that comes with them.
    Own {
        /// By name.
        claims: Map<String, Value>,
        /// The version row of a file.
        file: Option<Box<version::Row>>,
    },
}

impl Held {
    /// Everything it could disclose.
    fn claims(&self) -> Value {
        match self {
            Self::Credential(held) => held.claims().clone(),
            Self::Own { claims, .. } => Value::Object(claims.clone()),
        }
    }
}

impl Held {
    /// Whether somebody is bound to it: what nobody is bound to cannot name a grant.
    fn is_bound(&self) -> bool {
        match self {
            Self::Credential(held) => held.holder_key().is_some(),
            Self::Own { .. } => true,
        }
    }

    /// Members that go with whatever is chosen, those of the format itself left out.
    fn always_shown(&self) -> Result<Vec<ClaimPath>> {
        let Self::Credential(held) = self else { return Ok(Vec::new()) };
        let shown = held.always_shown()?;
        let members = shown.as_object().into_iter().flatten();
        let open =
            members.filter(|(name, value)| !OF_THE_FORMAT.contains(&name.as_str()) && says_something(value));
        Ok(open.map(|(name, _)| ClaimPath::key(name)).collect())
    }

    /// Whether a path can be answered so that it means the same to who receives it. An element behind
    /// others that stay hidden moves up (RFC 9901 section 7.1) and would be taken for another. A holder's
    /// own statement is made of whole claims: a part of one would leave its siblings in the open.
    fn can_show(&self, path: &ClaimPath) -> bool {
        let Self::Credential(held) = self else { return path.elements().len() == 1 };
        let shown = held.select(std::slice::from_ref(path)).and_then(|selection| selection.shown());
        shown.is_ok_and(|shown| path.resolve(&shown) == path.resolve(held.claims()))
    }

    /// For each path that has any: what goes with it though nobody chose it.
    fn beside<'a>(&self, paths: impl Iterator<Item = &'a ClaimPath>) -> BTreeMap<ClaimPath, Vec<ClaimPath>> {
        let Self::Credential(held) = self else { return BTreeMap::new() };
        let open = paths.map(|path| (path.clone(), held.shown_beside(path)));
        open.filter(|(_, beside)| !beside.is_empty()).collect()
    }
}

/// Whether anything is left of a member once every disclosure is taken out of it.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.values().any(says_something),
        Value::Array(items) => items.iter().any(says_something),
        _ => true,
    }
}

impl Wallet {
    /// Holdings that could answer `query` by `carrier`, those with a good seal first, then the newest. What
    /// is marked never to be shared is none of them: to the asker it looks as if it were not held.
    pub(crate) fn candidates(
        &self,
        query: &CredentialQuery,
        (carrier, pack): (Carrier, &Pack),
    ) -> Result<Vec<Candidate>> {
        let mut found = Vec::new();
        for vct in query.vct_values() {
            let is_own = vct == ITEM_VCT;
            let shelf = if is_own { Shelf::Data } else { Shelf::Credential };
            let mut cards = self.vault.read(|read| item::of_type(read, shelf, vct, MAX_CANDIDATES))?;
            if is_own {
                cards.extend(self.statable_cards(query)?);
            }
            for card in cards {
                found.extend(self.candidate(query, vct, card, (carrier, pack))?);
            }
        }
        found.sort_by_key(|candidate| candidate.seal.number());
        Ok(found)
    }

    /// Credentials of the other types asked for, where the holder's own word would do as well.
    fn statable_cards(&self, query: &CredentialQuery) -> Result<Vec<Card>> {
        let mut cards = Vec::new();
        for vct in query.vct_values().iter().filter(|vct| *vct != ITEM_VCT) {
            let shelf = Shelf::Credential;
            cards.extend(self.vault.read(|read| item::of_type(read, shelf, vct, MAX_CANDIDATES))?);
        }
        Ok(cards)
    }

    fn candidate(
        &self,
        query: &CredentialQuery,
        vct: &str,
        card: Card,
        (carrier, pack): (Carrier, &Pack),
    ) -> Result<Option<Candidate>> {
        let form = Form::from_name(&card.format).ok_or(WalletError::UnknownForm)?;
        let mark = self.vault.read(|read| Mark::of(read, &card.id))?;
        if mark.share == ShareClass::Never {
            return Ok(None);
        }
        let (held, is_own) = (self.held(&card.id, form)?, vct == ITEM_VCT);
        if !held.is_bound() {
            return Ok(None);
        }
        let (mut claims, mut always) = (held.claims(), held.always_shown()?);
        let mut stated = Map::new();
        if is_own {
            stated = predicate::statable(top_names(query), &claims, self.ports.clock.now());
            always.clear();
            claims = match &held {
                // Of a credential the holder states predicates alone: its claims are the issuer's to show.
                Held::Credential(_) => Value::Object(stated.clone()),
                // A mark can be made of whatever is the holder's own.
                Held::Own { .. } => with(claims, &mark_to_be(&stated)),
            };
        }
        let (seal, seal_state, issuer) = match &held {
            Held::Credential(_) if is_own => (Seal::SelfStated, SealState::CannotCheck, LangText::same("")),
            held => self.seal_now(held, card.seal),
        };
        let shown = |path: &&ClaimPath| (is_own && path.elements().len() == 1) || held.can_show(path);
        let answerable = query.answerable(vct, &claims).into_iter().flatten().filter(shown).cloned();
        let (answers, withheld): (BTreeSet<_>, BTreeSet<_>) = answerable
            .partition(|path| may_leave(pack, (vct, &names(path)), &path.resolve(&claims), (carrier, &mark)));
        if answers.is_empty() && withheld.is_empty() {
            return Ok(None);
        }
        Ok(Some(Candidate {
            beside: if is_own { BTreeMap::new() } else { held.beside(answers.iter()) },
            ward: mark.subject.map(|subject| self.ward(&subject, self.ports.clock.now())).transpose()?,
            answers,
            withheld,
            stated,
            item: card.id,
            title: card.title,
            issuer,
            vct: vct.to_owned(),
            doc_type: card.doc_type,
            form,
            always,
            seal,
            seal_state,
            mark,
            expires_at: card.expires_at,
        }))
    }

    /// The content of a holding.
    pub(crate) fn held(&self, id: &ItemId, form: Form) -> Result<Held> {
        match form {
            Form::SdJwt => Ok(Held::Credential(Box::new(sd_jwt::Held::read(&self.text_of(id)?)?))),
            Form::Record => Ok(Held::Own { claims: Own::read(self.text_of(id)?.as_bytes())?.0, file: None }),
            Form::Ips => {
                let claims = IpsBundle::read(self.text_of(id)?.as_bytes())?.as_claims();
                Ok(Held::Own { claims, file: None })
            }
            Form::File => {
                let row = self.vault.read(|read| newest(read, id))?;
                Ok(Held::Own { claims: file_claims(&row)?, file: Some(Box::new(row)) })
            }
        }
    }
}

/// The claims at the top that are asked for, by name.
fn top_names(query: &CredentialQuery) -> impl Iterator<Item = &str> {
    query
        .claims()
        .iter()
        .filter(|claim| claim.path().elements().len() == 1)
        .filter_map(|c| c.path().first_key())
}

/// The keys on the way.
fn names(path: &ClaimPath) -> Vec<String> {
    let key = |element: &PathElement| match element {
        PathElement::Key(key) => Some(key.clone()),
        PathElement::Index(_) | PathElement::All => None,
    };
    path.elements().iter().filter_map(key).collect()
}

fn mark_to_be(stated: &Map<String, Value>) -> Map<String, Value> {
    let mark = (ANNOTATED_CLAIM.to_owned(), Value::Bool(true));
    stated.clone().into_iter().chain([mark]).collect()
}

fn with(claims: Value, stated: &Map<String, Value>) -> Value {
    match claims {
        Value::Object(own) => Value::Object(own.into_iter().chain(stated.clone()).collect()),
        other => other,
    }
}

/// What is said of a file: its seal, type and size, and the name it has here.
fn file_claims(row: &version::Row) -> Result<Map<String, Value>> {
    let seal = row.file_seal.ok_or(WalletError::ErasedItem)?;
    let file = json!({ "seal": to_base64url(&seal), "type": row.mime, "size": row.size, "name": row.name });
    Ok(Map::from_iter([(FILE_CLAIM.to_owned(), file)]))
}

/// Members by which a credential is read and checked; whoever takes it knows them from its type. Whatever
/// else its issuer left open, an identifier of the person among them, says something.
const OF_THE_FORMAT: &[&str] =
    &["_sd_alg", "iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"];

/// Holdings of one type that are looked at; a person has few of one type.
const MAX_CANDIDATES: u32 = 32;
