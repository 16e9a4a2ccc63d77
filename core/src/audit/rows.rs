//! Every row against the entry that spoke of it last, and rows that no entry speaks of.

use chop_crypto::encoding::to_base64url;
use chop_vault::table::{checkpoint, version};
use chop_vault::{Fact, Read, VaultError, facts};

use super::entries::Committed;
use super::{AuditReport, FlawKind};

/// Every row of facts: changed, added, missing.
pub(super) fn check(
    read: &Read<'_>,
    mut committed: Committed,
    report: &mut AuditReport,
) -> Result<(), VaultError> {
    facts::for_each(read, &mut |fact: Fact| {
        report.rows += 1;
        let place = place_of(fact.table, &fact.key);
        match committed.remove(&(fact.table.to_owned(), fact.key)) {
            Some(Some(digest)) if digest == fact.digest => {}
            Some(Some(_)) => report.found(FlawKind::RowChanged, place),
            Some(None) | None => report.found(FlawKind::RowAdded, place),
        }
        Ok(())
    })?;
    let mut missing: Vec<_> = committed.into_iter().filter(|(_, digest)| digest.is_some()).collect();
    missing.sort();
    for ((table, key), _) in missing {
        report.found(FlawKind::RowMissing, place_of(&table, &key));
    }
    Ok(())
}

/// The bytes of files against their seals.
pub(super) fn check_files(read: &Read<'_>, report: &mut AuditReport) -> Result<(), VaultError> {
    let mut files = Vec::new();
    readable(version::each(read, &mut |row| {
        if row.is_file() {
            files.push(row);
        }
        Ok(())
    }))?;
    for row in files {
        if version::copy_file(read, &row, &mut std::io::sink()).is_err() {
            report.found(FlawKind::FileChanged, format!("item {} version {}", row.item, row.no));
        }
    }
    Ok(())
}

/// Rows that no entry would ever speak of: parts of no file, and signed heads, which nobody keeps here.
pub(super) fn check_strays(read: &Read<'_>, report: &mut AuditReport) -> Result<(), VaultError> {
    for (item, no, part) in version::stray_parts(read)? {
        report.found(FlawKind::RowAdded, format!("chunk {} {no} {part}", to_base64url(&item)));
    }
    readable(checkpoint::each(read, &mut |size, _| {
        report.found(FlawKind::RowAdded, format!("checkpoint {size}"));
        Ok(())
    }))
}

/// A row that cannot be read ends a scan of typed rows; it was found by its digest already.
pub(super) fn readable(scan: Result<(), VaultError>) -> Result<(), VaultError> {
    scan.or_else(|error| if error == VaultError::BadRow { Ok(()) } else { Err(error) })
}

/// Table and key, in the form in which each table's keys are read.
pub(super) fn place_of(table: &str, key: &[u8]) -> String {
    let number = |bytes: &[u8]| bytes.iter().fold(0u64, |sum, byte| sum << 8 | u64::from(*byte)).to_string();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let words = match (table, key.len()) {
        ("artefact" | "ticket" | "log", 8) => number(key),
        ("meta", _) => text(key),
        ("version" | "secret", 17..=24) => {
            let (id, rest) = key.split_at_checked(16).unwrap_or_default();
            format!("{} {}", to_base64url(id), number(rest))
        }
        ("trust", 9..) => {
            let (name, seq) = key.split_at_checked(key.len() - 8).unwrap_or_default();
            format!("{} {}", text(name).trim_end_matches('\0'), number(seq))
        }
        ("pack", 10..) => {
            let (names, seq) = key.split_at_checked(key.len() - 8).unwrap_or_default();
            format!("{} {}", text(names).trim_end_matches('\0').replace('\0', " "), number(seq))
        }
        _ => to_base64url(key),
    };
    format!("{table} {words}")
}
