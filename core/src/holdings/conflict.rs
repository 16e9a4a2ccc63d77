//! Copies of one field that differ (gba.md row 28, 一数一源一标准): shown side by side, never merged. Which of
//! them is right, nobody here decides.
//!
//! Two copies are of the same thing when they are about the same subject: the papers of persons are the
//! owner's or those of one profile; papers of a firm belong together by its number. Compared are identity numbers of
//! one kind, and the fields of [`PERSON`] and [`FIRM`], each in its normal form. Names are compared within
//! one place only: 简 and 繁 are never converted to compare.

use std::collections::{BTreeMap, BTreeSet};

use chop_catalog::numbers::NumberKind;
use chop_catalog::{DocType, Field, Place, Subject};
use chop_model::{ItemId, LangText, UnixTime};
use chop_vault::table::item::Shelf;

use super::Form;
use super::catalogued::{claims_of, texts};
use crate::{Result, Wallet};

/// Copies of one field that differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The field's name, as the first copy's document has it.
    pub names: LangText,
    /// The copies; at least two values differ.
    pub copies: Vec<Copy>,
}

/// One copy of a field.
#[derive(Clone, PartialEq, Eq)]
pub struct Copy {
    /// The holding.
    pub item: ItemId,
    /// Its title.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// The field's key in it.
    pub field: String,
    /// The value as it stands there.
    pub value: String,
    /// When this version of it came.
    pub as_of: UnixTime,
}

impl std::fmt::Debug for Copy {
    /// Without the value: it is the datum.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Copy({} {})", self.item, self.field)
    }
}

impl Wallet {
    /// Every field of which this space holds copies that differ.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn conflicts(&self) -> Result<Vec<Conflict>> {
        let catalog = self.catalog()?;
        let mut groups: BTreeMap<Element, Group> = BTreeMap::new();
        for card in self.cards(Some(Shelf::Credential), None, MOST_ITEMS)? {
            let (Some(doc_type), Some(form)) =
                (catalog.by_vct(&card.doc_type), Form::from_name(&card.format))
            else {
                continue;
            };
            let values = texts(&claims_of(form, &self.text_of(&card.id)?)?);
            let subject = self.subject(doc_type, &card.id, &values)?;
            for field in &doc_type.fields {
                let (Some(value), Some(subject)) = (values.get(&field.key), &subject) else { continue };
                let Some(what) = element(doc_type, field, value) else { continue };
                let copy = Copy {
                    item: card.id,
                    title: card.title.clone(),
                    issuer: card.issuer.clone(),
                    field: field.key.clone(),
                    value: value.clone(),
                    as_of: card.updated_at,
                };
                let group = groups.entry(Element { subject: subject.clone(), what });
                group.or_insert_with(|| Group::named(field)).add(field, copy);
            }
        }
        let differ = groups.into_values().filter(|group| group.values.len() > 1);
        Ok(differ.map(|group| Conflict { names: group.names, copies: group.copies }).collect())
    }

    /// Whom a document is about: the owner or a profile, or a firm by its number; nothing for a firm's
    /// paper without one.
    fn subject(
        &self,
        doc_type: &DocType,
        item: &ItemId,
        values: &BTreeMap<String, String>,
    ) -> Result<Option<String>> {
        if doc_type.subject == Subject::Person {
            let profile = self.mark(item)?.subject;
            return Ok(Some(profile.map(|id| id.to_string()).unwrap_or_default()));
        }
        Ok(doc_type.fields.iter().find_map(|field| {
            let is_number =
                field.numbers.iter().any(|kind| FIRM_NUMBERS.contains(kind)) || field.key == "reg_no";
            Some(field.comparable(values.get(&field.key).filter(|_| is_number)?))
        }))
    }
}

/// One element of the dictionary, of one subject.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Element {
    subject: String,
    what: String,
}

struct Group {
    names: LangText,
    values: BTreeSet<String>,
    copies: Vec<Copy>,
}

impl Group {
    fn named(field: &Field) -> Self {
        Self { names: field.names.clone(), values: BTreeSet::new(), copies: Vec::new() }
    }

    fn add(&mut self, field: &Field, copy: Copy) {
        self.values.insert(field.comparable(&copy.value));
        self.copies.push(copy);
    }
}

/// What a field is a copy of, if of anything.
fn element(doc_type: &DocType, field: &Field, value: &str) -> Option<String> {
    let kind = field.numbers.iter().find(|kind| {
        PERSON_NUMBERS.contains(kind) && chop_catalog::numbers::check(**kind, value, None).is_right()
    });
    let keys: &[&str] = match doc_type.subject {
        Subject::Person => &PERSON,
        Subject::Firm => &FIRM,
    };
    match kind {
        Some(kind) => Some(kind.code().to_owned()),
        None if !keys.contains(&field.key.as_str()) => None,
        None if field.key.starts_with("name") => {
            place(doc_type).map(|place| format!("{place} {}", field.key))
        }
        None => Some(field.key.clone()),
    }
}

fn place(doc_type: &DocType) -> Option<&'static str> {
    match doc_type.place {
        Place::Cn => Some("CN"),
        Place::Hk => Some("HK"),
        Place::Mo => Some("MO"),
        Place::Any => None,
    }
}

/// Fields that are the same in all papers of one person.
const PERSON: [&str; 5] = ["birth_date", "sex", "name", "name_zh", "name_latin"];
/// Fields that are the same in all papers of one firm.
const FIRM: [&str; 5] = ["name", "name_zh", "name_en", "name_pt", "legal_rep"];
/// Numbers of which a person has one.
const PERSON_NUMBERS: [NumberKind; 3] = [NumberKind::Rid, NumberKind::Hkid, NumberKind::Bir];
/// Numbers that say which firm it is.
const FIRM_NUMBERS: [NumberKind; 2] = [NumberKind::Uscc, NumberKind::Brn];
/// Holdings that are looked at.
const MOST_ITEMS: u32 = 100_000;
