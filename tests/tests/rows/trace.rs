//! Row 81 of the list of mechanisms: the trace of an item begins when it comes in, not at its first use.

use chop_formats::log_entry::EntryKind;
use chop_tests::world::{World, logged};

#[test]
fn gba_row_81_the_trace_of_an_item_begins_with_its_import() {
    let world = World::new();
    let entries = logged(&world.resident);
    let cards = world.resident.cards(None, None, 100).unwrap();
    assert!(cards.len() >= 4, "two credentials, a file and a record");
    for card in &cards {
        let view = world.resident.item(&card.id).unwrap();
        let id = card.id.to_string();
        let first = entries.iter().find(|entry| entry.text("item") == Some(&id)).unwrap();
        assert_eq!((first.kind, first.at), (EntryKind::Imported, view.row.created_at));
        // The entry holds the digest of the row, with issuer and seal in it, and of the content.
        let tables: Vec<_> = first.facts.iter().map(|fact| fact.table.as_str()).collect();
        assert_eq!((tables.len(), tables[0]), (2, "item"), "{tables:?}");
        assert!(first.facts.iter().all(|fact| fact.digest.is_some()));
    }
    // Another seal or another issuer behind the record does not go unseen: the audit compares each row.
    assert_eq!(world.resident.audit(&mut |_, _| ()).unwrap().flaws, []);

    // Uses are later entries of the same record.
    let walked = world.walk();
    let last = entries.iter().rposition(|entry| entry.kind == EntryKind::Imported).unwrap();
    let uses = world.resident.consent_events(&walked.given).unwrap();
    assert!(!uses.is_empty() && uses.iter().all(|event| event.index > last as u64));
}
