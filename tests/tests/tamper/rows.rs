//! Every table, every row: a byte changed, the row dropped, its content swapped with another's, a
//! foreign one beside it.

use std::collections::{BTreeMap, BTreeSet};

use chop_core::audit::FlawKind;
use rusqlite::types::Value;

use crate::database::{Row, Table, changed, tables};
use crate::target::{Target, Verdict, walked};

/// What was tried on each table, and how often.
#[derive(Default)]
struct Counts(BTreeMap<(String, &'static str), usize>);

#[test]
fn row_32_nothing_is_found_in_a_space_that_nobody_changed() {
    let walked = walked();
    for who in ["resident", "hospital"] {
        let verdict = walked.copy(who).judge();
        assert!(verdict.is_clean(), "{who}: {verdict:?}");
    }
}

#[test]
fn row_32_a_byte_changed_in_any_column_of_any_row_is_found_and_named() {
    every_row("flip", |table, rows, at| {
        let mut tried = Vec::new();
        for (column, value) in rows[at].iter().enumerate() {
            let values = changed(value);
            // One of the bytes in each row, so that a table's rows together change all of them.
            let values = if is_soak() { values } else { vec![values[at % values.len()].clone()] };
            for value in values.into_iter().filter(|value| !is_free(table, &rows[at], column, value)) {
                tried.push((column, value));
            }
        }
        tried
    });
}

#[test]
fn row_32_a_row_that_was_dropped_is_named() {
    each(
        "drop",
        |table, rows, at, target| table.delete(&target.raw(), &rows[at]),
        |table, rows, at| vec![table.place(&rows[at])],
    );
}

#[test]
fn row_32_a_foreign_row_is_named() {
    each(
        "insert",
        |table, rows, at, target| table.insert(&target.raw(), &table.with_another_key(&rows[at])),
        |table, rows, at| vec![table.place(&table.with_another_key(&rows[at]))],
    );
}

#[test]
fn row_32_the_contents_of_two_rows_swapped_are_named() {
    each(
        "swap",
        |table, rows, at, target| {
            let (connection, other) = (target.raw(), &rows[(at + 1) % rows.len()]);
            let mut is_changed = false;
            for column in (0..table.columns.len()).filter(|column| !table.columns[*column].is_key) {
                // A unique column takes part by way of a value that nobody has.
                if rows[at][column] != other[column] {
                    let (own, others) = (&rows[at][column], &other[column]);
                    let swapped = table.set(&connection, &rows[at], column, &changed(own)[0])
                        && table.set(&connection, other, column, own)
                        && table.set(&connection, &rows[at], column, others);
                    is_changed |= swapped;
                }
            }
            is_changed
        },
        |table, rows, at| vec![table.place(&rows[at]), table.place(&rows[(at + 1) % rows.len()])],
    );
}

/// A checkpoint that nobody keeps, and a row that no entry ever spoke of in a table that is empty.
#[test]
fn row_32_a_row_in_an_empty_table_is_named() {
    let walked = walked();
    let target = walked.copy("hospital");
    target.raw().execute_batch("INSERT INTO checkpoint(size, note) VALUES(3, 'a note')").unwrap();
    assert!(is_named(&target.judge(), &[vec!["checkpoint".into(), "3".into()]]));
    let target = walked.copy("hospital");
    target
        .raw()
        .execute_batch("INSERT INTO chunk(item, no, part, bytes) VALUES(x'01', 1, 0, x'02')")
        .unwrap();
    assert!(is_named(&target.judge(), &[vec!["chunk AQ 1 0".into()]]));
}

/// A row that was changed and then written on in the ordinary way is found where it was written on.
#[test]
fn row_32_a_row_that_was_changed_before_it_was_written_on_is_named() {
    let walked = walked();
    let target = walked.copy("resident");
    target.raw().execute_batch("UPDATE exchange SET peer_name = 'Nobody' WHERE state = 1").unwrap();
    let wallet = target.open().unwrap();
    let open = wallet.exchanges().unwrap().into_iter().find(|view| view.peer == "Nobody").unwrap();
    wallet.withdraw(&open.id).unwrap();
    drop(wallet);
    let verdict = target.judge();
    assert!(verdict.has(FlawKind::RowChanged), "{verdict:?}");
    assert!(is_named(&verdict, &[vec![format!("exchange {}", open.id), "before log".into()]]), "{verdict:?}");
}

/// A ticket that is opened again from outside is not closed as if the machine had stopped.
#[test]
fn row_37_a_ticket_that_was_opened_from_outside_is_named() {
    let walked = walked();
    for change in ["state = 1", "state = 1, closed_seq = NULL", "state = 1, kind = 9, closed_seq = NULL"] {
        let target = walked.copy("resident");
        let of = "seq = (SELECT min(seq) FROM ticket)";
        target.raw().execute_batch(&format!("UPDATE ticket SET {change} WHERE {of}")).unwrap();
        let ticket: i64 =
            target.raw().query_row("SELECT min(seq) FROM ticket", [], |row| row.get(0)).unwrap();
        let verdict = target.judge();
        assert!(is_named(&verdict, &[vec![format!("ticket {ticket}")]]), "{change}: {verdict:?}");
    }
}

/// Changes one value after the other, each in a fresh copy.
fn every_row(what: &'static str, tries: impl Fn(&Table, &[Row], usize) -> Vec<(usize, Value)>) {
    let walked = walked();
    let (mut counts, mut unfound) = (Counts::default(), Vec::new());
    for who in ["resident", "hospital"] {
        let whole = walked.copy(who);
        let connection = whole.raw();
        for table in tables(&connection) {
            let rows = table.rows(&connection);
            for at in 0..rows.len() {
                for (column, value) in tries(&table, &rows, at) {
                    let target = walked.copy(who);
                    if !table.set(&target.raw(), &rows[at], column, &value) {
                        counts.add(&table.name, "refused by the schema");
                        continue;
                    }
                    counts.add(&table.name, what);
                    let mut new = rows[at].clone();
                    new[column] = value;
                    let verdict = target.judge();
                    if !is_named(&verdict, &[table.place(&rows[at]), table.place(&new)])
                        && !counts.has_same_answers(&table, &verdict, &walked.copy(who), &target)
                    {
                        let column = &table.columns[column].name;
                        unfound.push(format!("{who}: {} row {at} {column}: {verdict:?}", table.name));
                    }
                }
            }
        }
    }
    counts.print();
    assert!(unfound.is_empty(), "{} not found or not named:\n{}", unfound.len(), unfound.join("\n"));
}

/// Changes one row after the other, each in a fresh copy, and wants one of its names.
fn each(
    what: &'static str,
    change: impl Fn(&Table, &[Row], usize, &Target) -> bool,
    names: impl Fn(&Table, &[Row], usize) -> Vec<Vec<String>>,
) {
    let walked = walked();
    let (mut counts, mut unfound) = (Counts::default(), Vec::new());
    for who in ["resident", "hospital"] {
        let whole = walked.copy(who);
        for table in tables(&whole.raw()) {
            let rows = table.rows(&whole.raw());
            for at in 0..rows.len() {
                let target = walked.copy(who);
                if !change(&table, &rows, at, &target) {
                    counts.add(&table.name, "refused by the schema");
                    continue;
                }
                counts.add(&table.name, what);
                let verdict = target.judge();
                if !is_named(&verdict, &names(&table, &rows, at))
                    && !counts.has_same_answers(&table, &verdict, &walked.copy(who), &target)
                {
                    unfound.push(format!("{who}: {} row {at}: {verdict:?}", table.name));
                }
            }
        }
    }
    counts.print();
    assert!(unfound.is_empty(), "{} not found or not named:\n{}", unfound.len(), unfound.join("\n"));
}

/// Whether a finding has one of these names; for the index, which is derived as a whole, that it differs.
fn is_named(verdict: &Verdict, names: &[Vec<String>]) -> bool {
    let names_it = |place: &str| {
        names.iter().any(|words| !words.is_empty() && words.iter().all(|word| place.contains(word.as_str())))
    };
    if names.iter().any(Vec::is_empty) {
        return verdict.has(FlawKind::SearchDiffers);
    }
    verdict.flaws.iter().any(|flaw| names_it(&flaw.place))
}

/// What the space answers to every word that `whole` holds, and to its beginnings.
fn answers(target: &Target, whole: &Target) -> Vec<Vec<Vec<u8>>> {
    let connection = whole.raw();
    let mut statement = connection.prepare("SELECT c0 FROM search_content").unwrap();
    let lines = statement.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap);
    let mut questions = BTreeSet::new();
    for line in lines {
        for token in line.split_ascii_whitespace() {
            let letters: Vec<char> = token.chars().collect();
            questions.extend((1..=letters.len()).map(|end| letters[..end].iter().collect::<String>()));
        }
    }
    drop(statement);
    drop(connection);
    let wallet = target.open().unwrap();
    let ids =
        |question: &String| wallet.search(question, 50).unwrap().into_iter().map(|card| card.id.0.to_vec());
    questions.iter().map(|question| ids(question).collect()).collect()
}

/// What may differ and says nothing: FTS5 counts its format 4 or 5 by whether something was ever deleted
/// for good, and reads both alike.
fn is_free(table: &Table, row: &Row, column: usize, value: &Value) -> bool {
    let is_version = row[0] == Value::Text("version".into()) && column == 1;
    table.name == "search_config" && is_version && matches!(value, Value::Integer(4 | 5))
}

/// `make soak` changes the first, the middle and the last byte of everything.
#[expect(clippy::disallowed_methods, reason = "a test is an edge: make soak says how long it may take")]
fn is_soak() -> bool {
    std::env::var("CHOP_SOAK").is_ok()
}

impl Counts {
    /// The index is derived, and what counts of it is what it answers: a byte of FTS5's own that changes
    /// no answer, such as a hint to a page that is found without it, is no finding, and is counted.
    fn has_same_answers(
        &mut self,
        table: &Table,
        verdict: &Verdict,
        whole: &Target,
        target: &Target,
    ) -> bool {
        let is_same = ["search_data", "search_idx"].contains(&table.name.as_str())
            && verdict.is_clean()
            && answers(target, whole) == answers(whole, whole);
        if is_same {
            self.add(&table.name, "changed no answer");
        }
        is_same
    }

    fn add(&mut self, table: &str, what: &'static str) {
        *self.0.entry((table.to_owned(), what)).or_default() += 1;
    }

    #[expect(clippy::print_stdout, reason = "the table of what was tried")]
    fn print(&self) {
        for ((table, what), count) in &self.0 {
            println!("{table:16} {what:24} {count:6}");
        }
        println!("{:16} {:24} {:6}", "in all", "", self.0.values().sum::<usize>());
    }
}
