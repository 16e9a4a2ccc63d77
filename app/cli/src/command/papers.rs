//! `chop catalog …`, and what the catalogue says of a holding.

use chop_core::holdings::{Catalogued, Conflict};
use chop_core::plumbing::catalog::{
    Accountable, Catalog, DocType, Field, FieldClass, FieldFinding, Known, PurposeTemplate,
};
use chop_core::plumbing::model::{ItemId, Lang};
use serde_json::{Value, json};

use super::session::{Context, Session};
use crate::args::CatalogCommand;
use crate::exit::Failure;
use crate::report::Report;
use crate::say::Say;

/// Runs one of the catalogue commands. Without a space it is the catalogue that came along.
pub(crate) fn run(context: Context<'_>, command: CatalogCommand) -> Result<Report, Failure> {
    let session = context.common.space.is_some().then(|| context.open()).transpose()?;
    let catalog = match &session {
        Some(session) => session.wallet.catalog()?,
        None => Catalog::built_in()?,
    };
    let report = match command {
        CatalogCommand::List => list(context.say, &catalog),
        CatalogCommand::Show { code } => match (catalog.doc_type(&code), catalog.purpose(&code)) {
            (Some(doc_type), _) => type_report(context.say, doc_type),
            (None, Some(purpose)) => purpose_report(context.say, purpose),
            (None, None) => return Err(Failure::usage("usage-no-such-type").with("code", code)),
        },
    };
    Ok(match session {
        Some(session) => session.report(report),
        None => report,
    })
}

/// What the catalogue says of a holding, as lines and as JSON: findings, freshness, copies that differ.
pub(crate) fn about(session: &Session, say: &Say, id: &ItemId) -> Result<(Vec<String>, Value), Failure> {
    let Some(seen) = session.wallet.catalogued(id)? else {
        let is_paper = session.wallet.item(id)?.row.doc_type.starts_with("urn:");
        let lines = is_paper.then(|| say.say("catalog-read-only")).into_iter().collect();
        return Ok((lines, json!({ "known": false })));
    };
    let lang = say.lang();
    let mut lines = vec![seen.doc_type.names.in_lang(lang).to_owned()];
    lines.extend(seen.fields.iter().map(|shown| format!("  {}", field_line(say, &shown.field))));
    lines.extend(seen.findings.iter().map(|finding| finding_line(say, &seen, finding)));
    lines.extend(seen.is_stale.then(|| say.say("paper-stale")));
    let conflicts: Vec<Conflict> = session.wallet.conflicts()?;
    let mine: Vec<_> = conflicts.iter().filter(|c| c.copies.iter().any(|copy| copy.item == *id)).collect();
    for conflict in &mine {
        lines.push(format!("{}: {}", conflict.names.in_lang(lang), say.say("catalog-conflict")));
        lines.extend(conflict.copies.iter().map(|copy| format!("  {}  {}", short(&copy.item), copy.title)));
    }
    let json = json!({
        "known": true, "code": seen.doc_type.code, "stale": seen.is_stale,
        "findings": seen.findings.iter().map(finding_json).collect::<Vec<_>>(),
        "fields": seen.fields.iter().map(|shown| field_json(&shown.field, lang)).collect::<Vec<_>>(),
        "conflicts": mine.iter().map(|c| conflict_json(c, lang)).collect::<Vec<_>>(),
    });
    Ok((lines, json))
}

/// The holdings that have a copy of a field that differs elsewhere.
pub(crate) fn in_conflict(session: &Session) -> Result<Vec<ItemId>, Failure> {
    let conflicts = session.wallet.conflicts()?;
    Ok(conflicts.into_iter().flat_map(|conflict| conflict.copies).map(|copy| copy.item).collect())
}

fn list(say: &Say, catalog: &Catalog) -> Report {
    let lang = say.lang();
    let one = |t: &DocType| format!("{}  {}", t.code, t.names.in_lang(lang));
    let mut lines: Vec<_> = catalog.types().iter().map(one).collect();
    lines.push(format!("{}:", say.say("label-purposes")));
    lines.extend(catalog.purposes().iter().map(|p| format!("{}  {}", p.code, p.names.in_lang(lang))));
    let types: Vec<_> = catalog
        .types()
        .iter()
        .map(|t| json!({ "code": t.code, "vct": t.vct, "pack": t.pack, "name": t.names.in_lang(lang) }))
        .collect();
    let purposes =
        catalog.purposes().iter().map(|p| json!({ "code": p.code, "name": p.names.in_lang(lang) }));
    let packs = catalog.packs().iter().map(|p| json!({ "id": p.id, "version": p.version }));
    let json = json!({ "types": types, "purposes": purposes.collect::<Vec<_>>(), "packs": packs.collect::<Vec<_>>() });
    Report::done(lines.join("\n"), json)
}

fn type_report(say: &Say, doc_type: &DocType) -> Report {
    let lang = say.lang();
    let Accountable { responsible, provider, contact } = &doc_type.accountable;
    let mut lines = vec![
        format!("{}  {}", doc_type.code, doc_type.names.in_lang(lang)),
        format!("{}: {}", say.say("label-responsible"), known(say, responsible)),
        format!("{}: {}", say.say("label-provider"), known(say, provider)),
        format!("{}: {}", say.say("label-contact"), known(say, contact)),
    ];
    lines.extend(doc_type.fields.iter().map(|field| format!("  {}  {}", field.key, field_line(say, field))));
    let fields: Vec<_> = doc_type.fields.iter().map(|field| field_json(field, lang)).collect();
    let json = json!({
        "code": doc_type.code, "vct": doc_type.vct, "pack": doc_type.pack, "name": doc_type.names.in_lang(lang),
        "responsible": known(say, responsible), "provider": known(say, provider), "contact": known(say, contact),
        "note": doc_type.note, "fields": fields,
    });
    Report::done(lines.join("\n"), json)
}

fn purpose_report(say: &Say, purpose: &PurposeTemplate) -> Report {
    let lang = say.lang();
    let mut lines = vec![format!("{}  {}", purpose.code, purpose.names.in_lang(lang)), purpose.dpv.clone()];
    lines.push(say.say_with("purpose-keeping", &[("days", &purpose.max_retention_days.to_string())]));
    let mut needs = Vec::new();
    for need in &purpose.needs {
        lines.push(format!("{}:", need.names.in_lang(lang)));
        for set in &need.any_of {
            let what: Vec<&str> = set.fields.iter().chain(&set.predicates).map(String::as_str).collect();
            lines.push(format!("  {}: {}", set.doc_type, what.join(", ")));
            needs.push(json!({ "type": set.doc_type, "fields": set.fields, "predicates": set.predicates }));
        }
    }
    let basis = &purpose.legal_basis;
    lines.push(format!("CN {} · HK {} · MO {}", basis.cn, basis.hk, basis.mo));
    let json = json!({
        "code": purpose.code, "name": purpose.names.in_lang(lang), "dpv": purpose.dpv, "scenes": purpose.scenes,
        "maxRetentionDays": purpose.max_retention_days, "confirmed": purpose.is_confirmed,
        "marketing": purpose.is_marketing, "needs": needs,
        "legalBasis": { "CN": basis.cn, "HK": basis.hk, "MO": basis.mo },
    });
    Report::done(lines.join("\n"), json)
}

fn field_line(say: &Say, field: &Field) -> String {
    let macao = if field.mo_sensitive { " · MO" } else { "" };
    let class = say.say(class_key(field.class));
    format!("{} ({class} · {}{macao})", field.names.in_lang(say.lang()), field.level.code())
}

fn class_key(class: FieldClass) -> &'static str {
    match class {
        FieldClass::NotPersonal => "class-field-N",
        FieldClass::Personal => "class-field-P",
        FieldClass::IdentityNumber => "class-field-P-number",
        FieldClass::Sensitive => "class-field-S",
        FieldClass::Business => "class-field-B",
        FieldClass::TradeSecret => "class-field-BS",
    }
}

fn finding_line(say: &Say, seen: &Catalogued, finding: &FieldFinding) -> String {
    let field = seen.doc_type.field(&finding.field);
    let name = field.map_or(finding.field.as_str(), |field| field.names.in_lang(say.lang()));
    let what = say.finding(finding.code());
    let grade = say.say(if finding.is_warning() { "finding-is-warning" } else { "finding-is-error" });
    let line = say.say_with("finding-line", &[("field", name), ("what", &what)]);
    format!("{grade}: {line} [{}]", finding.code())
}

fn finding_json(finding: &FieldFinding) -> Value {
    json!({ "field": finding.field, "code": finding.code(), "warning": finding.is_warning() })
}

fn field_json(field: &Field, lang: Lang) -> Value {
    json!({
        "key": field.key, "code": field.code, "name": field.names.in_lang(lang), "class": field.class.code(),
        "moSensitive": field.mo_sensitive, "level": field.level.code(), "kind": field.kind.code(),
        "rule": field.rule,
    })
}

/// Without the values: they are shown with the holdings themselves, masked as those are.
fn conflict_json(conflict: &Conflict, lang: Lang) -> Value {
    let copies: Vec<_> = conflict
        .copies
        .iter()
        .map(|copy| json!({ "item": copy.item.to_string(), "field": copy.field, "asOf": copy.as_of.0 }))
        .collect();
    json!({ "name": conflict.names.in_lang(lang), "copies": copies })
}

fn known(say: &Say, known: &Known) -> String {
    match known {
        Known::Unknown => say.say("catalog-unknown"),
        Known::Named(names) => names.in_lang(say.lang()).to_owned(),
    }
}

fn short(id: &ItemId) -> String {
    id.to_string().chars().take(8).collect()
}
