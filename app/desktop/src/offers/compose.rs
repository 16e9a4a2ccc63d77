//! An offer composed by its holder: for which purpose, to whom, which fields of one's own, how long.

use std::collections::BTreeMap;

use chop_core::flow::offer::{OfferDraft, OfferWay};
use chop_core::holdings::{FILE_CLAIM, Form, ITEM_VCT};
use chop_core::notice::Words;
use chop_core::plumbing::catalog::Catalog;
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::formats::grant::RelayRef;
use chop_core::plumbing::formats::ips::IpsBundle;
use chop_core::plumbing::formats::sd_jwt::Held;
use chop_core::plumbing::model::{
    Action, ItemId, Lang, LangText, OnExpiry, Party, Purpose, Retention, UnixTime, UseTerms,
};
use chop_core::plumbing::vault::table::item::Card;
use chop_core::{Result, Wallet, WalletError};
use serde_json::{Map, Value, json};

use super::recipients::To;
use crate::consent::Chosen;
use crate::dto::offer::{FieldChoice, ItemChoice, OfferText, PurposeChoice};
use crate::holdings::cards::titled;

/// An offer that was composed, with the ticks for everything in it.
pub(crate) struct Composed {
    /// The draft.
    pub(crate) draft: OfferDraft,
    /// Every field of it, each of the holding that was chosen.
    pub(crate) chosen: Chosen,
}

/// Purposes of the catalogue, in the reader's language.
pub(crate) fn purposes(wallet: &Wallet, lang: Lang) -> Result<Vec<PurposeChoice>> {
    let (catalog, words) = (wallet.catalog()?, Words::of(lang)?);
    let choice = |purpose: &chop_core::plumbing::catalog::PurposeTemplate| PurposeChoice {
        code: purpose.code.clone(),
        name: purpose.names.in_lang(lang).to_owned(),
        scenes: scenes(&words, &purpose.scenes),
        max_days: purpose.max_retention_days,
    };
    Ok(catalog.purposes().iter().map(choice).collect())
}

/// Scenes with their names; one that has no name is called by its code.
pub(crate) fn scenes(words: &Words, scenes: &[String]) -> Vec<(String, String)> {
    let name = |scene: &String| {
        let key = format!("scene-{scene}");
        let name = if words.knows(&key) { words.say(&key).ok() } else { None };
        (scene.clone(), name.unwrap_or_else(|| scene.clone()))
    };
    scenes.iter().map(name).collect()
}

/// Holdings with their fields; each says whether the purpose needs it.
pub(crate) fn items(wallet: &Wallet, words: &str, purpose: &str, lang: Lang) -> Result<Vec<ItemChoice>> {
    let (catalog, law, said) = (wallet.catalog()?, wallet.law()?, Words::of(lang)?);
    let cards = match words.trim() {
        "" => wallet.cards(None, None, MAX_ITEMS)?,
        words => wallet.search(words, MAX_ITEMS)?,
    };
    let mut choices = Vec::new();
    for card in cards {
        let Some((vct, fields)) = fields(wallet, &card)? else { continue };
        let least = least(&catalog, purpose, &card.doc_type);
        let field = |key: &String| -> Result<FieldChoice> {
            let path = [key.clone()];
            Ok(FieldChoice {
                key: key.clone(),
                name: if vct == ITEM_VCT && key == FILE_CLAIM {
                    card.title.clone()
                } else {
                    said.claim(&vct, &path)?
                },
                is_sensitive: law.claims().sensitivity(&vct, &path).is_sensitive(),
                is_needed: least.as_ref().map(|least| least.iter().any(|needed| needed == key)),
            })
        };
        choices.push(ItemChoice {
            item: card.id.to_string(),
            title: titled(&said, &card.title),
            document: said.document(&card.doc_type)?,
            fields: fields.iter().map(field).collect::<Result<_>>()?,
            is_file: Form::from_name(&card.format) == Some(Form::File),
        });
    }
    Ok(choices)
}

/// The draft behind what was composed. `statement`: the text of a key to which it is sealed.
///
/// # Errors
/// `consent.nothing-chosen` without a field; `offer.*` and `offer-flow.*` as for any draft.
pub(crate) fn compose(
    wallet: &Wallet,
    text: &OfferText,
    relay: RelayRef,
    statement: Option<String>,
) -> Result<Composed> {
    let catalog = wallet.catalog()?;
    let template = catalog.purpose(&text.purpose).ok_or(WalletError::NotAsked)?;
    let to = To::of(wallet, text, statement)?;
    let (mut queries, mut chosen) = (Vec::new(), Chosen::default());
    for (number, (item, picked)) in text.picks.iter().filter(|(_, picked)| !picked.is_empty()).enumerate() {
        let card_id: ItemId = item.parse().map_err(|_| WalletError::NoSuchItem)?;
        let row = wallet.item(&card_id)?.row;
        let vct =
            if Form::from_name(&row.format) == Some(Form::SdJwt) { row.doc_type } else { ITEM_VCT.into() };
        let id = format!("item{number}");
        let claims: Vec<_> = picked.iter().map(|key| json!({ "path": [key] })).collect();
        let places = (0_u32..).take(picked.len()).collect();
        queries.push(
            json!({ "id": id, "format": "dc+sd-jwt", "meta": { "vct_values": [vct] }, "claims": claims }),
        );
        chosen.claims.insert(id.clone(), places);
        chosen.items.insert(id, item.clone());
    }
    if queries.is_empty() {
        return Err(WalletError::NothingChosen.into());
    }
    let words = |text: &String| (!text.trim().is_empty()).then(|| LangText::same(text.trim()));
    let mut actions = vec![Action::View];
    if text.days > 0 {
        actions.push(Action::Store);
    }
    let Party { names, legal_id, jurisdiction, contact } = to.party;
    let rights_channel =
        [&contact.email, &contact.tel, &contact.name].into_iter().find(|said| !said.is_empty());
    let terms = UseTerms {
        recipient: names,
        legal_id,
        jurisdiction,
        rights_channel: rights_channel.cloned().unwrap_or_default(),
        contact,
        purpose: Purpose {
            code: template.code.clone(),
            id: template.dpv.clone(),
            scene: text.scene.clone(),
            text: template.names.clone(),
        },
        actions,
        retention: Retention { days: text.days, on_expiry: OnExpiry::Delete },
        onward: Vec::new(),
        locations: vec![jurisdiction],
        necessity: words(&text.necessity),
        impact: words(&text.impact),
        refusal: None,
        automated_decision: None,
        details: chop_core::plumbing::model::UseDetails::default(),
    };
    let way = match (to.statement, text.files, text.by_rule) {
        (Some(statement), ..) => OfferWay::Named { statement },
        (None, true, _) => OfferWay::Files,
        (None, false, by_rule) => OfferWay::Live { by_rule },
    };
    let draft = OfferDraft {
        dcql: DcqlQuery::from_value(&json!({ "credentials": queries }))?,
        terms,
        to: to.recipients,
        way,
        relay,
        seconds: i64::from(text.minutes) * 60,
        drafted_at: Some(UnixTime(text.drafted_at)),
    };
    Ok(Composed { draft, chosen })
}

/// The type under which a holding is presented, and the names at its top; nothing for one that is erased.
fn fields(wallet: &Wallet, card: &Card) -> Result<Option<(String, Vec<String>)>> {
    let own = |claims: Map<String, Value>| (ITEM_VCT.to_owned(), claims.keys().cloned().collect());
    Ok(match Form::from_name(&card.format) {
        Some(Form::SdJwt) => {
            let held = Held::read(&wallet.text_of(&card.id)?)?;
            let members = held.claims().as_object().map(|claims| claims.keys().cloned().collect::<Vec<_>>());
            let names = members.unwrap_or_default().into_iter();
            Some((
                card.doc_type.clone(),
                names.filter(|name| !OF_THE_FORMAT.contains(&name.as_str())).collect(),
            ))
        }
        Some(Form::Ips) => Some(own(IpsBundle::read(wallet.text_of(&card.id)?.as_bytes())?.as_claims())),
        Some(Form::Record) => {
            let record: Value = serde_json::from_str(&wallet.text_of(&card.id)?).unwrap_or_default();
            record.as_object().cloned().map(own)
        }
        Some(Form::File) => Some((ITEM_VCT.to_owned(), vec![FILE_CLAIM.to_owned()])),
        None => None,
    })
}

/// The least fields of a type for a purpose; nothing where the catalogue knows neither.
fn least(catalog: &Catalog, purpose: &str, vct: &str) -> Option<Vec<String>> {
    let (purpose, doc_type) = (catalog.purpose(purpose)?, catalog.by_vct(vct)?);
    let fields = purpose.least_fields(&doc_type.code).unwrap_or_default();
    Some(fields.into_iter().map(str::to_owned).collect())
}

/// Picks by holding: a map, so that the same picks give the same query.
pub(crate) type Picks = BTreeMap<String, Vec<String>>;

/// Members by which a credential is read and checked: they go with any of the others.
const OF_THE_FORMAT: &[&str] =
    &["_sd_alg", "iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"];
const MAX_ITEMS: u32 = 24;
