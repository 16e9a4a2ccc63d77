//! A holding as the catalogue sees it: its fields by name, class and level, and what is wrong or strange
//! among them. A type that the catalogue does not know is read-only: kept, shown as it is, not judged.

use std::collections::BTreeMap;

use chop_catalog::{Accountable, DocType, Field, FieldFinding, check_document};
use chop_formats::sd_jwt::Held;
use chop_model::ItemId;
use serde_json::{Map, Value};

use super::Form;
use crate::{Result, Wallet};

/// The claim by which a record that the holder wrote says after which form of the catalogue it was
/// written: `cn.resident_id`. It stays the holder's own word, whatever the form.
pub const FORM_CLAIM: &str = "document_type";

/// A holding whose type the catalogue knows.
#[derive(Debug, Clone)]
pub struct Catalogued {
    /// Its type.
    pub doc_type: DocType,
    /// Its fields that are there, in the order of the paper.
    pub fields: Vec<CataloguedField>,
    /// What was found; warnings too.
    pub findings: Vec<FieldFinding>,
    /// What it says is older than it stays news (row 93).
    pub is_stale: bool,
}

/// One field with its value.
#[derive(Debug, Clone)]
pub struct CataloguedField {
    /// What the catalogue says of it.
    pub field: Field,
    /// 谁主管、谁提供、谁负责.
    pub accountable: Accountable,
    /// Its value.
    pub value: Value,
}

impl Wallet {
    /// A holding as the catalogue sees it; nothing where it does not know the type, or the holding is a
    /// file or erased.
    ///
    /// # Errors
    /// `holding.unknown`.
    pub fn catalogued(&self, id: &ItemId) -> Result<Option<Catalogued>> {
        let view = self.item(id)?;
        let catalog = self.catalog()?;
        let Some(form) = view.form.filter(|form| *form != Form::File) else { return Ok(None) };
        let claims = claims_of(form, &self.text_of(id)?)?;
        let written_as = claims.get(FORM_CLAIM).and_then(Value::as_str).filter(|_| form == Form::Record);
        let known = match written_as {
            Some(code) => catalog.doc_type(code),
            None => catalog.by_vct(&view.row.doc_type),
        };
        let Some(doc_type) = known else { return Ok(None) };
        let now = self.ports.clock.now();
        let texts = texts(&claims);
        let fields = doc_type.fields.iter().filter_map(|field| {
            let value = claims.get(&field.key)?.clone();
            Some(CataloguedField { field: field.clone(), accountable: doc_type.accountable(field), value })
        });
        Ok(Some(Catalogued {
            fields: fields.collect(),
            findings: check_document(doc_type, &texts, now),
            is_stale: doc_type.is_stale(&texts, now),
            doc_type: doc_type.clone(),
        }))
    }
}

/// The claims of a credential, a bundle or a record.
pub(super) fn claims_of(form: Form, text: &str) -> Result<Map<String, Value>> {
    let value = match form {
        Form::SdJwt => Held::read(text)?.claims().clone(),
        Form::Ips => Value::Object(chop_formats::ips::IpsBundle::read(text.as_bytes())?.as_claims()),
        Form::Record | Form::File => Value::Object(super::Own::read(text.as_bytes())?.claims().clone()),
    };
    Ok(match value {
        Value::Object(claims) => claims,
        _ => Map::new(),
    })
}

/// Values that are one text; lists and objects are not judged field by field.
pub(super) fn texts(claims: &Map<String, Value>) -> BTreeMap<String, String> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    claims.iter().filter_map(|(key, value)| Some((key.clone(), text(value)?))).collect()
}
