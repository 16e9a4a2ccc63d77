//! A request without code: documents and fields that were ticked, a purpose of the catalogue, and the
//! words that the law wants. Who asks is what a trust list says of this space, never what is typed.

use chop_core::flow::RequestDraft;
use chop_core::plumbing::catalog::Catalog;
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::model::{
    Action, CollectionStatement, Jurisdiction, LangText, OnExpiry, Party, Purpose, Retention, Site,
    UseDetails, UseTerms,
};
use chop_core::{Error, Result, Wallet, WalletError};
use serde::Deserialize;
use serde_json::{Value, json};
use ts_rs::TS;

/// What the form says.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export_to = "desk.ts")]
pub(crate) struct AskDraft {
    /// Code of the purpose.
    pub(crate) purpose: String,
    /// Its scene.
    pub(crate) scene: String,
    /// What is asked for, one entry a document.
    pub(crate) documents: Vec<AskDocument>,
    /// Days that it is kept; 0: for the look alone.
    pub(crate) days: u32,
    /// Why each of it is needed.
    pub(crate) why: String,
    /// What the use can mean for the person.
    pub(crate) impact: String,
    /// What happens to those who say no.
    pub(crate) refusal: String,
    /// Six digits of the mainland city where the counter is; nothing elsewhere.
    pub(crate) city: Option<String>,
}

/// A document that is asked for.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export_to = "desk.ts")]
pub(crate) struct AskDocument {
    /// Its type.
    pub(crate) vct: String,
    /// Names of its claims.
    pub(crate) claims: Vec<String>,
}

/// The request that the form describes.
///
/// # Errors
/// `key.not-certified` where no list names this space; `consent.nothing-chosen` where nothing is ticked;
/// `grant.other-terms` for a purpose that the catalogue does not know.
pub(crate) fn request(wallet: &Wallet, draft: &AskDraft) -> Result<RequestDraft> {
    let party = super::own_party(wallet)?.ok_or(WalletError::NotCertified)?;
    let dcql = DcqlQuery::from_value(&query(draft)?)?;
    Ok(RequestDraft { dcql, terms: terms(&wallet.catalog()?, party, draft)? })
}

fn query(draft: &AskDraft) -> Result<Value> {
    let asked = draft.documents.iter().filter(|document| !document.claims.is_empty());
    let credentials: Vec<_> = asked
        .enumerate()
        .map(|(number, document)| {
            let claims: Vec<_> = document.claims.iter().map(|claim| json!({ "path": [claim] })).collect();
            json!({
                "id": format!("document-{}", number + 1), "format": "dc+sd-jwt",
                "meta": { "vct_values": [document.vct] }, "claims": claims,
            })
        })
        .collect();
    match credentials.is_empty() {
        true => Err(WalletError::NothingChosen.into()),
        false => Ok(json!({ "credentials": credentials })),
    }
}

fn terms(catalog: &Catalog, party: Party, draft: &AskDraft) -> Result<UseTerms> {
    let template = catalog.purpose(&draft.purpose).ok_or_else(|| Error::from(WalletError::OtherTerms))?;
    let Party { names, legal_id, jurisdiction, contact } = party;
    let keeps = draft.days > 0;
    Ok(UseTerms {
        rights_channel: contact.email.clone(),
        recipient: names,
        legal_id,
        jurisdiction,
        purpose: Purpose {
            code: template.code.clone(),
            id: template.dpv.clone(),
            scene: draft.scene.clone(),
            text: template.names.clone(),
        },
        actions: if keeps { vec![Action::View, Action::Store] } else { vec![Action::View] },
        retention: Retention { days: draft.days, on_expiry: OnExpiry::Delete },
        onward: Vec::new(),
        locations: vec![jurisdiction],
        necessity: said(&draft.why),
        impact: said(&draft.impact),
        refusal: said(&draft.refusal),
        automated_decision: None,
        details: UseDetails {
            site: (jurisdiction == Jurisdiction::Cn).then(|| Site {
                jurisdiction,
                city: draft.city.clone().filter(|city| !city.is_empty()),
                zone: None,
            }),
            // PDPO DPP1(3): whoever collects in Hong Kong says so; nothing here is obligatory.
            collection_statement: (jurisdiction == Jurisdiction::Hk).then(|| CollectionStatement {
                obligatory: false,
                consequence: said(&draft.refusal).unwrap_or_else(|| same("—")),
                transferees: same("—"),
                access_contact: contact.email.clone(),
            }),
            ..UseDetails::default()
        },
        contact,
    })
}

/// What a clerk typed, in whatever language: the page shows it as the asker's own words.
fn said(text: &str) -> Option<LangText> {
    let text = text.trim();
    (!text.is_empty()).then(|| same(text))
}

fn same(text: &str) -> LangText {
    let text = || text.to_owned();
    LangText { zh_hans: text(), zh_hant: text(), en: text(), pt: text() }
}
