//! The retention clock of a verifier: what was promised to be gone is gone, and that is signed for.

#![cfg(test)]

use chop_core::flow::{Inbound, LOOK_SECONDS, State, read};
use chop_core::samples;
use chop_formats::content::open_content;
use chop_formats::delivery::UnverifiedDelivery;
use chop_formats::grant::UnverifiedGrant;
use chop_model::{Id, UseTerms};
use chop_tests::raw::raw;
use chop_tests::world::{World, everything, logged_kinds, read as frames};
use chop_vault::table::artefact::{self, ArtefactKind};
use chop_vault::table::secret::{self, SecretKind};

const DAY: i64 = 86_400;

#[test]
fn what_is_due_is_destroyed_and_not_a_day_before() {
    let mut world = World::new();
    let walked = world.walk();
    let kept = world.hospital.kept().unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].exchange, kept[0].retention.days), (walked.taken, 30));
    world.clock.move_by(30 * DAY - 1);
    assert!(world.hospital.erase_due().whole().unwrap().is_empty());
    assert!(world.hospital.received(&walked.taken).is_ok());
    world.clock.move_by(1);
    assert_eq!(world.hospital.erase_due().whole().unwrap(), [walked.taken]);
    world.hospital.reopen();
    assert_eq!(world.hospital.received(&walked.taken).unwrap_err().code(), "exchange.wrong-step");
    assert!(world.hospital.kept().unwrap().is_empty());
    assert!(world.hospital.erase_due().whole().unwrap().is_empty());
    assert_eq!(world.hospital.exchange_view(&walked.taken).unwrap().state, State::Erased);
    assert_eq!(*logged_kinds(&world.hospital).last().unwrap(), "erased");
    assert!(world.hospital.audit(&mut |_, _| ()).unwrap().is_clean());
}

#[test]
fn no_key_is_left_that_would_open_what_was_taken() {
    let world = World::new();
    let walked = world.walk();
    let key = secret_of(&world, &walked.taken, SecretKind::ContentKey).unwrap();
    assert!(opens(&world, &walked.taken, &key));
    world.hospital.erase_taken(&walked.taken).unwrap();
    for kind in [SecretKind::ContentKey, SecretKind::AgreementKey, SecretKind::OfferKey] {
        assert!(secret_of(&world, &walked.taken, kind).is_none(), "{kind:?}");
    }
}

#[test]
fn the_holder_keeps_the_signed_statement_once() {
    let world = World::new();
    let walked = world.walk();
    let shown = world.hospital.erase_taken(&walked.taken).unwrap();
    let Inbound::Erased(text) = frames(&shown) else { panic!("another message") };
    assert_eq!(world.resident.confirm_erased(&text).unwrap(), walked.given);
    assert_eq!(world.resident.confirm_erased(&text).unwrap(), walked.given);
    assert_eq!(world.resident.exchange_view(&walked.given).unwrap().state, State::ErasedByVerifier);
    assert_eq!(world.resident.withdraw(&walked.given).unwrap_err().code(), "exchange.already-released");
    let again = world.hospital.again(&walked.taken).unwrap();
    assert_eq!(again.frames(), shown.frames());
    assert!(world.resident.audit(&mut |_, _| ()).unwrap().is_clean());
    assert!(world.hospital.audit(&mut |_, _| ()).unwrap().is_clean());
}

#[test]
fn a_statement_of_another_exchange_moves_nothing() {
    let world = World::new();
    let (first, second) = (world.walk(), world.walk());
    let shown = world.hospital.erase_taken(&first.taken).unwrap();
    let text = read(shown.frames()).unwrap().erasure().unwrap();
    let (head, rest) = text.split_once('.').unwrap();
    let (body, signature) = rest.split_once('.').unwrap();
    let forged = format!("{head}.{body}.{}", signature.chars().rev().collect::<String>());
    assert!(world.resident.confirm_erased(&forged).is_err());
    world.resident.confirm_erased(&text).unwrap();
    assert_eq!(world.resident.exchange_view(&second.given).unwrap().state, State::Used);
}

#[test]
fn nothing_is_erased_before_it_was_taken() {
    let world = World::new();
    let (given, taken, _) = world.until_acknowledged();
    assert_eq!(world.hospital.erase_taken(&taken).unwrap_err().code(), "exchange.wrong-step");
    assert_eq!(world.resident.exchange_view(&given).unwrap().state, State::Spent);
}

#[test]
fn a_look_ends_by_itself() {
    let world = World::new();
    let mut terms: UseTerms = samples::hospital_terms();
    terms.retention.days = 0;
    terms.actions = vec![chop_model::Action::View];
    let taken = take(&world, terms);
    world.clock.move_by(LOOK_SECONDS - 1);
    assert!(world.hospital.erase_due().whole().unwrap().is_empty());
    world.clock.move_by(1);
    assert_eq!(world.hospital.erase_due().whole().unwrap(), [taken]);
}

#[test]
fn one_that_cannot_be_destroyed_keeps_no_other_one_alive() {
    let mut world = World::new();
    let (broken, sound) = (world.walk(), world.walk());
    world.hospital.close();
    let id: String = broken.taken.0.iter().map(|byte| format!("{byte:02x}")).collect();
    let stuck = format!(
        "CREATE TRIGGER stuck BEFORE INSERT ON artefact WHEN NEW.exchange = x'{id}'
         BEGIN SELECT RAISE(ABORT, 'no'); END"
    );
    raw(world.hospital.folder(), world.hospital.key()).unwrap().execute_batch(&stuck).unwrap();
    world.hospital.reopen();
    world.clock.move_by(30 * DAY);
    let swept = world.hospital.erase_due();
    assert_eq!(swept.gone, [sound.taken]);
    assert!(swept.failed.is_some());
    assert_eq!(world.hospital.exchange_view(&sound.taken).unwrap().state, State::Erased);
    assert_eq!(world.hospital.exchange_view(&broken.taken).unwrap().state, State::Accepted);
    assert!(swept.whole().is_err());
}

fn take(world: &World, terms: UseTerms) -> Id {
    let (_, envelope) = world.envelope(&world.request_of(&everything(), terms));
    let (taken, ack) = world.acknowledgement(&envelope);
    let outbound = world.resident.acknowledge(&ack).unwrap();
    world.hospital.accept(frames(&outbound).key().unwrap()).unwrap();
    taken
}

fn secret_of(world: &World, id: &Id, kind: SecretKind) -> Option<chop_crypto::Secret<32>> {
    world.hospital.vault().read(|read| secret::find(read, id, kind)).unwrap()
}

/// Whether `key` opens the content of an exchange, as it lies in the hospital's space.
fn opens(world: &World, id: &Id, key: &chop_crypto::Secret<32>) -> bool {
    let stored = |kind| world.hospital.vault().read(|read| artefact::find_kind(read, id, kind)).unwrap();
    let text = |kind| stored(kind).unwrap().text().unwrap().to_owned();
    let grant = UnverifiedGrant::parse(&text(ArtefactKind::Grant)).unwrap().verify_as_record().unwrap();
    let note = UnverifiedDelivery::parse(&text(ArtefactKind::Delivery)).unwrap();
    let binding = note.verify_as_record(&grant).unwrap().payload().binding();
    open_content(key, &binding, &stored(ArtefactKind::Content).unwrap().bytes).is_ok()
}
