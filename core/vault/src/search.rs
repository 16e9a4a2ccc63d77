//! Search as one types: full text over titles, issuers and searchable claims.
//!
//! The text is cut by us (`segment.rs`) and kept in an FTS5 table of single tokens, which lies in the
//! same sealed file. A run of CJK characters asks for them side by side, a word for itself, and the
//! last word, while it is being typed, for all that begin like it. Answers come newest first and no
//! hit is ranked, so the first page costs what the first page costs.
//!
//! Erasing: FTS5's `secure-delete` takes the tokens out of the index in place, SQLite's `secure_delete`
//! overwrites them.

use std::collections::{BTreeMap, BTreeSet};

use crate::segment::{Piece, ends_inside_a_word, line, pieces, push_tokens};
use crate::table::item::{self, Card};
use crate::{Read, Tx, VaultError};

/// Keeps what an item is found by, in the place of what it was found by before. `row` is
/// [`item::Row::row`].
///
/// # Errors
/// When the space cannot be written.
pub fn index(tx: &Tx<'_>, row: i64, title: &str, issuer: &str, words: &[&str]) -> Result<(), VaultError> {
    remove(tx, row)?;
    tx.insert("INSERT INTO search(rowid, words) VALUES(?1, ?2)", (row, line_of(title, issuer, words)))?;
    Ok(())
}

/// At most `limit` cards that hold all of `words`, newest first; none for words without a letter.
///
/// # Errors
/// When the space cannot be read.
pub fn search(read: &Read<'_>, words: &str, limit: u32) -> Result<Vec<Card>, VaultError> {
    let Some(question) = question(words) else { return Ok(Vec::new()) };
    let rows: Vec<i64> = read.list(
        "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?2",
        (question, limit),
        |row| row.get(0),
    )?;
    let mut cards = Vec::with_capacity(rows.len());
    for row in rows {
        cards.extend(item::card_of(read, row)?);
    }
    Ok(cards)
}

/// Whether the index holds just this for an item: a derived row compared with what it derives from.
///
/// # Errors
/// When the space cannot be read.
pub fn agrees(
    read: &Read<'_>,
    row: i64,
    title: &str,
    issuer: &str,
    words: &[&str],
) -> Result<bool, VaultError> {
    let kept: Option<String> =
        read.find("SELECT words FROM search WHERE rowid = ?1", [row], |row| row.get(0))?;
    Ok(kept == Some(line_of(title, issuer, words)))
}

/// Row numbers in the index that no item which is held has.
///
/// # Errors
/// When the space cannot be read.
pub fn strays(read: &Read<'_>) -> Result<Vec<i64>, VaultError> {
    // The shadow table: the virtual one answers only for rows whose index it can read.
    read.list(
        "SELECT id FROM search_content WHERE id NOT IN (SELECT row FROM item WHERE state = 1) ORDER BY id",
        [],
        |row| row.get(0),
    )
}

/// Whether the index fits the words that it keeps, over all items, finds every one of them, and still
/// deletes for good.
///
/// # Errors
/// [`VaultError::Damaged`] when it does not.
pub fn check(tx: &Tx<'_>) -> Result<(), VaultError> {
    tx.run("INSERT INTO search(search, rank) VALUES('integrity-check', 0)", [])?;
    let settings: Vec<(String, i64)> =
        tx.list("SELECT k, v FROM search_config ORDER BY k", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    match settings.as_slice() {
        [(secure, 1), (version, 4 | 5)] if secure == "secure-delete" && version == "version" => {}
        _ => return Err(VaultError::Damaged),
    }
    finds_what_it_holds(tx)
}

/// FTS5 checks its lists of tokens, and not the pages by which it comes to them. So each token, and each
/// beginning that has lists of its own, is asked for and must find the rows that have it. The lists hold
/// no foreign row, so their number and their sum say which they are.
fn finds_what_it_holds(tx: &Tx<'_>) -> Result<(), VaultError> {
    let mut rows_of: BTreeMap<String, (usize, i64)> = BTreeMap::new();
    tx.each("SELECT rowid, words FROM search", [], |row| {
        let (row, words): (i64, String) = (row.get(0)?, row.get(1)?);
        for question in words.split_ascii_whitespace().flat_map(questions_of).collect::<BTreeSet<_>>() {
            let (count, sum) = rows_of.entry(question).or_default();
            (*count, *sum) = (*count + 1, sum.wrapping_add(row));
        }
        Ok(())
    })?;
    for (question, expected) in rows_of {
        let mut found = (0, 0i64);
        tx.each("SELECT rowid FROM search WHERE search MATCH ?1", [question], |row| {
            found = (found.0 + 1, found.1.wrapping_add(row.get(0)?));
            Ok(())
        })?;
        if found != expected {
            return Err(VaultError::Damaged);
        }
    }
    Ok(())
}

/// A token and its beginnings, each as FTS5 is asked for it.
fn questions_of(token: &str) -> impl Iterator<Item = String> {
    let beginnings = token
        .char_indices()
        .take(LONGEST_BEGINNING)
        .filter_map(|(end, letter)| Some(format!("\"{}\"*", token.get(..end + letter.len_utf8())?)));
    beginnings.chain(std::iter::once(format!("\"{token}\"")))
}

/// Takes an item out of the index.
pub(crate) fn remove(tx: &Tx<'_>, row: i64) -> Result<(), VaultError> {
    tx.run("DELETE FROM search WHERE rowid = ?1", [row]).map(drop)
}

/// Indexes every item by title and issuer; what is searchable in their content is its reader's to add.
pub(crate) fn rebuild(tx: &Tx<'_>) -> Result<(), VaultError> {
    let mut rows = Vec::new();
    item::each(tx, &mut |item| {
        rows.push((item.row, item.title, item.issuer));
        Ok(())
    })?;
    rows.iter().try_for_each(|(row, title, issuer)| index(tx, *row, title, issuer, &[]))
}

fn line_of(title: &str, issuer: &str, words: &[&str]) -> String {
    let mut texts = vec![title, issuer];
    texts.extend_from_slice(words);
    line(&texts)
}

/// The question in FTS5's words. Pieces hold letters and digits only, so nothing needs escaping.
fn question(words: &str) -> Option<String> {
    let words: String = words.chars().take(MAX_CHARS).collect();
    let pieces = pieces(&words);
    let mut question = String::new();
    for (i, piece) in pieces.iter().enumerate() {
        question.push('"');
        push_tokens(&mut question, piece);
        question.push('"');
        if i + 1 == pieces.len() && matches!(piece, Piece::Word(_)) && ends_inside_a_word(&words) {
            question.push('*');
        }
        question.push(' ');
    }
    (!pieces.is_empty()).then_some(question)
}

/// `prefix = '1 2 3'` in the schema.
const LONGEST_BEGINNING: usize = 3;
/// A longer question finds nothing that a shorter one does not.
const MAX_CHARS: usize = 100;
