//! From the text of a catalogue to its types: every fault by its own name.

use std::collections::BTreeSet;

use chop_model::{Lang, LangText};

use crate::catalog::{Catalog, Envelope, PackHeader, StatusCode};
use crate::class::{FieldClass, Level};
use crate::doc_type::{
    Accountable, Check, DocType, Field, FieldKind, Freshness, Known, Place, Subject, Validity,
};
use crate::numbers::NumberKind;
use crate::purpose::{LeastSet, LegalBasis, Need, PurposeTemplate};
use crate::{CatalogError as E, day, wire};

pub(crate) fn read(text: &str) -> Result<Catalog, E> {
    if text.len() > Catalog::MAX_BYTES {
        return Err(E::TooLarge);
    }
    let wire::File { catalog, envelope, types, purposes } = toml::from_str(text).map_err(|_| E::Malformed)?;
    if types.len() > MAX_TYPES || purposes.len() > MAX_PURPOSES {
        return Err(E::TooMany);
    }
    let header = header(catalog)?;
    let types = types.into_iter().map(|t| doc_type(t, &header.id)).collect::<Result<Vec<_>, _>>()?;
    let purposes = purposes.into_iter().map(|p| purpose(p, &header.id)).collect::<Result<Vec<_>, _>>()?;
    all_distinct(types.iter().map(|t| t.code.as_str()), E::DuplicateType)?;
    all_distinct(types.iter().map(|t| t.vct.as_str()), E::DuplicateType)?;
    all_distinct(purposes.iter().map(|p| p.code.as_str()), E::DuplicatePurpose)?;
    Ok(Catalog { packs: vec![header], envelope: envelope.map(self::envelope).transpose()?, types, purposes })
}

fn header(wire: wire::Header) -> Result<PackHeader, E> {
    let wire::Header { id, version, effective_from, source } = wire;
    let (id, version, source) = (word(id)?, word(version)?, text(source)?);
    if day::civil(&effective_from).is_none() {
        return Err(E::BadDate);
    }
    Ok(PackHeader { id, version, effective_from, source })
}

fn envelope(wire: wire::Envelope) -> Result<Envelope, E> {
    let wire::Envelope { source, fields, status } = wire;
    let fields = self::fields(fields)?;
    let status = status.into_iter().map(|wire::Status { code, names, confirmed }| {
        Ok(StatusCode { code: word(code)?, names: self::names(names)?, is_confirmed: confirmed })
    });
    Ok(Envelope { source: text(source)?, fields, status: status.collect::<Result<_, E>>()? })
}

fn doc_type(wire: wire::Type, pack: &str) -> Result<DocType, E> {
    let wire::Type { code, vct, place, subject, electronic_licence, names, issuer, note, .. } = wire;
    let place = match place.as_str() {
        "CN" => Place::Cn,
        "HK" => Place::Hk,
        "MO" => Place::Mo,
        "any" => Place::Any,
        _ => return Err(E::UnknownPlace),
    };
    let subject = match subject.as_str() {
        "person" => Subject::Person,
        "firm" => Subject::Firm,
        _ => return Err(E::Malformed),
    };
    let doc_type = DocType {
        code: word(code)?,
        vct: word(vct)?,
        pack: pack.to_owned(),
        place,
        subject,
        names: self::names(names)?,
        issuer: text(issuer)?,
        note: optional_text(note)?,
        is_electronic_licence: electronic_licence,
        accountable: Accountable {
            responsible: known(wire.responsible)?,
            provider: known(wire.provider)?,
            contact: known(wire.contact)?,
        },
        validity: wire.validity.map(|wire::Validity { from, until, years }| Validity { from, until, years }),
        freshness: wire.freshness.map(|wire::Freshness { field, days }| Freshness { field, days }),
        fields: fields(wire.fields)?,
        checks: wire.checks.into_iter().map(check).collect::<Result<_, _>>()?,
    };
    let is_whole = references(&doc_type).all(|key| doc_type.field(key).is_some());
    if is_whole { Ok(doc_type) } else { Err(E::NoSuchField) }
}

/// Every field that a type refers to.
fn references(doc_type: &DocType) -> impl Iterator<Item = &str> {
    let validity = doc_type.validity.iter().flat_map(|v| v.from.iter().chain(&v.until)).map(String::as_str);
    let freshness = doc_type.freshness.iter().map(|freshness| freshness.field.as_str());
    validity.chain(freshness).chain(doc_type.checks.iter().flat_map(Check::fields))
}

fn fields(wire: Vec<wire::Field>) -> Result<Vec<Field>, E> {
    if wire.len() > MAX_FIELDS {
        return Err(E::TooMany);
    }
    let fields = wire.into_iter().map(field).collect::<Result<Vec<_>, _>>()?;
    all_distinct(fields.iter().map(|field| field.key.as_str()), E::DuplicateField)?;
    Ok(fields)
}

fn field(wire: wire::Field) -> Result<Field, E> {
    let class = FieldClass::from_code(&wire.class).ok_or(E::UnknownClass)?;
    let level = Level::ALL.into_iter().find(|level| level.code() == wire.level).ok_or(E::UnknownLevel)?;
    if level < class.least_level(wire.mo) {
        return Err(E::LevelTooLow);
    }
    let number = |word: &String| NumberKind::from_code(word).ok_or(E::UnknownNumber);
    let accountable = match (wire.responsible, wire.provider, wire.contact) {
        (None, None, None) => None,
        (Some(responsible), Some(provider), Some(contact)) => Some(Accountable {
            responsible: known(responsible)?,
            provider: known(provider)?,
            contact: known(contact)?,
        }),
        // Row 84: all three or none.
        _ => return Err(E::Malformed),
    };
    Ok(Field {
        key: word(wire.key)?,
        code: wire.code.map(word).transpose()?,
        names: names(wire.names)?,
        format: text(wire.format)?,
        kind: FieldKind::ALL.into_iter().find(|kind| kind.code() == wire.kind).ok_or(E::UnknownKind)?,
        class,
        mo_sensitive: wire.mo,
        level,
        numbers: wire.number.iter().map(number).collect::<Result<_, _>>()?,
        values: texts(wire.values)?,
        open_ended: texts(wire.open_ended)?,
        is_past: wire.past,
        forms: texts(wire.forms)?,
        min: wire.min,
        max: wire.max,
        example: wire.example.map(text).transpose()?,
        rule: wire.rule.map(text).transpose()?,
        accountable,
    })
}

fn check(wire: wire::Check) -> Result<Check, E> {
    let wire::Check { rule, number, field, range, first, then, any } = wire;
    Ok(match (rule.as_str(), number, field, range, first, then) {
        ("sex-parity", Some(number), Some(sex), None, None, None) => Check::SexParity { number, sex },
        ("birth-digits", Some(number), Some(date), None, None, None) => Check::BirthDigits { number, date },
        ("not-after", None, None, None, Some(first), Some(then)) => Check::NotAfter { first, then },
        ("prefix", None, Some(field), None, None, None) => Check::Prefix { field, any: texts(any)? },
        ("first-digit", Some(number), Some(field), None, None, None) => Check::FirstDigit { number, field },
        ("same-start", Some(number), Some(field), None, None, None) => Check::SameStart { number, field },
        ("range-order", None, Some(field), None, None, None) => Check::RangeOrder { field },
        ("flag", Some(value), Some(flag), Some(range), None, None) => Check::Flag { value, range, flag },
        _ => return Err(E::UnknownCheck),
    })
}

fn purpose(wire: wire::Purpose, pack: &str) -> Result<PurposeTemplate, E> {
    let wire::Purpose {
        code,
        scenes,
        names,
        dpv,
        max_retention_days,
        legal_basis,
        confirmed,
        marketing,
        needs,
    } = wire;
    // Row 82: public data is not for the market; marketing is never hidden among other purposes.
    let is_sale =
        code.split(['.', '-']).any(|part| part == "sale") || dpv.ends_with("SellDataToThirdParties");
    let is_marketing =
        code.starts_with("marketing") || dpv.contains("Marketing") || dpv.contains("Advertising");
    if is_sale || is_marketing != marketing || scenes.is_empty() || !dpv.starts_with("https://w3id.org/dpv") {
        return Err(if scenes.is_empty() { E::Malformed } else { E::ForbiddenPurpose });
    }
    let wire::Basis { cn, hk, mo } = legal_basis;
    Ok(PurposeTemplate {
        code: word(code)?,
        pack: pack.to_owned(),
        scenes: scenes.into_iter().map(word).collect::<Result<_, _>>()?,
        names: self::names(names)?,
        dpv: text(dpv)?,
        max_retention_days,
        legal_basis: LegalBasis { cn: text(cn)?, hk: text(hk)?, mo: text(mo)? },
        is_confirmed: confirmed,
        is_marketing: marketing,
        needs: needs.into_iter().map(need).collect::<Result<_, _>>()?,
    })
}

fn need(wire: wire::Need) -> Result<Need, E> {
    let wire::Need { names, any_of } = wire;
    let any_of = any_of.into_iter().map(|wire::LeastSet { doc_type, fields, predicates }| {
        Ok(LeastSet { doc_type: word(doc_type)?, fields: texts(fields)?, predicates: texts(predicates)? })
    });
    Ok(Need { names: self::names(names)?, any_of: any_of.collect::<Result<_, E>>()? })
}

fn known(wire: wire::Known) -> Result<Known, E> {
    match wire {
        wire::Known::Word(word) if word == "unknown" => Ok(Known::Unknown),
        wire::Known::Word(_) => Err(E::MissingLanguage),
        wire::Known::Names(names) => Ok(Known::Named(self::names(names)?)),
    }
}

fn names(mut names: wire::Names) -> Result<LangText, E> {
    let mut take = |lang: Lang| names.remove(lang.tag()).ok_or(E::MissingLanguage).and_then(text);
    let [zh_hans, zh_hant, en, pt] = Lang::ALL.map(&mut take);
    let all = LangText { zh_hans: zh_hans?, zh_hant: zh_hant?, en: en?, pt: pt? };
    if names.is_empty() { Ok(all) } else { Err(E::Malformed) }
}

/// A key or code: short and plain.
fn word(word: String) -> Result<String, E> {
    let is_plain = |c: char| c.is_ascii_graphic();
    if word.is_empty() || word.len() > MAX_WORD || !word.chars().all(is_plain) {
        return Err(E::BadText);
    }
    Ok(word)
}

fn texts(texts: Vec<String>) -> Result<Vec<String>, E> {
    if texts.len() > MAX_FIELDS {
        return Err(E::TooMany);
    }
    texts.into_iter().map(text).collect()
}

/// A text that will be shown: not empty, bounded, and without characters that turn the direction or
/// hide others (protocol.md §6 row 24).
fn text(text: String) -> Result<String, E> {
    if text.trim().is_empty() { Err(E::BadText) } else { optional_text(text) }
}

fn optional_text(text: String) -> Result<String, E> {
    let is_hiding = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    if text.len() > MAX_TEXT || text.contains(is_hiding) { Err(E::BadText) } else { Ok(text) }
}

fn all_distinct<'a>(mut words: impl Iterator<Item = &'a str>, error: E) -> Result<(), E> {
    let mut seen = BTreeSet::new();
    if words.all(|word| seen.insert(word)) { Ok(()) } else { Err(error) }
}

/// Types in one file.
const MAX_TYPES: usize = 200;
/// Fields of one type, and values of one field.
const MAX_FIELDS: usize = 100;
/// Purposes in one file.
const MAX_PURPOSES: usize = 200;
/// Bytes of a key.
const MAX_WORD: usize = 100;
/// Bytes of a text.
const MAX_TEXT: usize = 600;
