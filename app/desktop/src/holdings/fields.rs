//! Claims as rows: named by the catalogue, grouped by the field at the top, each value behind its mask.

use chop_core::Result;
use chop_core::holdings::{Catalogued, FORM_CLAIM};
use chop_core::mask::{HIDDEN, masked_claim};
use chop_core::notice::Words;
use chop_core::plumbing::catalog::{FieldClass, FieldFinding, Known};
use serde_json::{Map, Value};

use crate::desk;
use crate::dto::fields::{FieldGroup, FindingLine, Leaf, LeafKind, Revealed};

/// The rows of a document of type `vct`, and whether there are more than are shown.
pub(crate) fn groups(
    words: &Words,
    (vct, claims): (&str, &Map<String, Value>),
    known: Option<&Catalogued>,
) -> Result<(Vec<FieldGroup>, bool)> {
    let mut left = MOST_LEAVES;
    let mut groups = Vec::new();
    let mut names: Vec<&String> =
        claims.keys().filter(|name| !OF_THE_FORMAT.contains(&name.as_str())).collect();
    // In the order of the paper where the catalogue knows it; what it does not know comes after.
    let fields = known.map(|known| known.doc_type.fields.as_slice()).unwrap_or_default();
    names.sort_by_key(|name| fields.iter().position(|f| f.key == **name).unwrap_or(usize::MAX));
    for name in names {
        let Some(value) = claims.get(name) else { continue };
        let mut walk = Walk { words, vct, leaves: Vec::new(), left };
        walk.add(&mut vec![name.clone()], value)?;
        left = walk.left;
        let leaves = walk.leaves;
        let read = desk::lines(value, words).map(|lines| Leaf {
            path: vec![name.clone()],
            name: String::new(),
            masked: vec![HIDDEN; lines.len()].join("\n"),
            kind: LeafKind::Text,
        });
        groups.push(FieldGroup { read, leaves, ..group(words, vct, name, known)? });
    }
    Ok((groups, left == 0))
}

fn group(words: &Words, vct: &str, key: &str, known: Option<&Catalogued>) -> Result<FieldGroup> {
    let field = known.and_then(|known| known.fields.iter().find(|shown| shown.field.key == key));
    let name = match field {
        Some(shown) => shown.field.names.in_lang(words.lang()).to_owned(),
        None => words.claim(vct, &[key.to_owned()])?,
    };
    let provider = field.and_then(|shown| match &shown.accountable.provider {
        Known::Named(names) => Some(names.in_lang(words.lang()).to_owned()),
        Known::Unknown => None,
    });
    let found = known.map(|known| known.findings.as_slice()).unwrap_or_default();
    Ok(FieldGroup {
        key: key.to_owned(),
        name,
        class: field.map(|shown| words.say(class_key(shown.field.class))).transpose()?,
        level: field.map(|shown| shown.field.level.code().to_owned()),
        is_sensitive_in_macao: field.is_some_and(|shown| shown.field.mo_sensitive),
        provider,
        findings: finding_lines(words, found.iter().filter(|finding| finding.field == key))?,
        read: None,
        leaves: Vec::new(),
    })
}

/// Findings in words.
pub(crate) fn finding_lines<'a>(
    words: &Words,
    found: impl Iterator<Item = &'a FieldFinding>,
) -> Result<Vec<FindingLine>> {
    let line = |finding: &FieldFinding| {
        let text = words.say(&format!("finding-{}", finding.code().replace('.', "-")))?;
        Ok(FindingLine { field: finding.field.clone(), text, is_warning: finding.is_warning() })
    };
    found.map(line).collect()
}

/// The clear value at the end of a path; nothing where there is none.
pub(crate) fn reveal(claims: &Map<String, Value>, path: &[String]) -> Option<Revealed> {
    let (first, rest) = path.split_first()?;
    let mut value = claims.get(first).filter(|_| !OF_THE_FORMAT.contains(&first.as_str()))?;
    for step in rest {
        value = match value {
            Value::Object(members) => members.get(step)?,
            Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    let kind = kind_of(value);
    Some(Revealed { text: clear(value), kind })
}

/// The lines of a whole field that is a section of a patient summary; nothing for what is not.
pub(crate) fn read(words: &Words, claims: &Map<String, Value>, path: &[String]) -> Option<Revealed> {
    let [name] = path else { return None };
    let lines = desk::lines(claims.get(name)?, words)?;
    Some(Revealed { text: lines.join("\n"), kind: LeafKind::Text })
}

/// A value as text. A picture becomes a data URI.
pub(crate) fn clear(value: &Value) -> String {
    match value {
        Value::String(text) => picture_of(text).unwrap_or_else(|| text.clone()),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The words of a class, of core.
pub(crate) fn class_key(class: FieldClass) -> &'static str {
    match class {
        FieldClass::NotPersonal => "class-field-N",
        FieldClass::Personal => "class-field-P",
        FieldClass::IdentityNumber => "class-field-P-number",
        FieldClass::Sensitive => "class-field-S",
        FieldClass::Business => "class-field-B",
        FieldClass::TradeSecret => "class-field-BS",
    }
}

/// The leaves below one field.
struct Walk<'a> {
    words: &'a Words,
    vct: &'a str,
    leaves: Vec<Leaf>,
    left: usize,
}

impl Walk<'_> {
    fn add(&mut self, path: &mut Vec<String>, value: &Value) -> Result<()> {
        match value {
            Value::Object(members) => {
                for (key, inner) in members {
                    self.step(path, key.clone(), inner)?;
                }
            }
            Value::Array(items) => {
                for (at, inner) in items.iter().enumerate() {
                    self.step(path, at.to_string(), inner)?;
                }
            }
            leaf if self.left > 0 => {
                self.left -= 1;
                let leaf = self.leaf(path, leaf)?;
                self.leaves.push(leaf);
            }
            _ => {}
        }
        Ok(())
    }

    fn step(&mut self, path: &mut Vec<String>, key: String, inner: &Value) -> Result<()> {
        path.push(key);
        self.add(path, inner)?;
        path.pop();
        Ok(())
    }

    fn leaf(&self, path: &[String], value: &Value) -> Result<Leaf> {
        let whole = self.words.claim(self.vct, path)?;
        // Below a group its own name is not said again.
        let name = match path {
            [_] => String::new(),
            _ => whole.split_once(" › ").map_or(whole.clone(), |(_, rest)| rest.to_owned()),
        };
        let nearest = path.iter().rev().find(|step| step.parse::<usize>().is_err());
        let kind = kind_of(value);
        let masked = match masked_claim(nearest.map_or("", String::as_str), value) {
            Value::String(text) if kind == LeafKind::Text => text,
            Value::Null => String::new(),
            _ => HIDDEN.to_owned(),
        };
        Ok(Leaf { path: path.to_vec(), name, masked, kind })
    }
}

fn kind_of(value: &Value) -> LeafKind {
    match value {
        Value::Bool(_) => LeafKind::Truth,
        Value::String(text) if picture_of(text).is_some() => LeafKind::Picture,
        _ => LeafKind::Text,
    }
}

/// A data URI of the picture that a text is; an issuer's may be its base64 alone.
fn picture_of(text: &str) -> Option<String> {
    let is_uri = PICTURES.iter().any(|(mime, _)| text.starts_with(&format!("data:{mime};base64,")));
    if is_uri {
        return Some(text.to_owned());
    }
    let long = text.len() >= SHORTEST_PICTURE;
    let (mime, _) = PICTURES.iter().find(|(_, start)| long && text.starts_with(start))?;
    Some(format!("data:{mime};base64,{text}"))
}

/// Media types, and how the base64 of such a picture begins.
const PICTURES: [(&str, &str); 2] = [("image/jpeg", "/9j/"), ("image/png", "iVBORw0KGgo")];
/// Characters below which a text is no picture.
const SHORTEST_PICTURE: usize = 256;
/// Values of one document that are listed; a transcript of 40 courses has 330.
const MOST_LEAVES: usize = 600;
/// Members by which a credential is read and checked; they say nothing about anybody.
const OF_THE_FORMAT: [&str; 11] =
    ["_sd", "_sd_alg", "iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", FORM_CLAIM];
