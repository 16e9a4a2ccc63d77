//! Rows 30, 31 and 43: junk, and who is to blame for it.

use chop_core::Clock as _;
use chop_core::flow::{Accepted, State};
use chop_crypto::{make_secret, sha256};
use chop_formats::content::{ContentError, key_commitment, open_content};
use chop_formats::delivery::UnverifiedDelivery;
use chop_formats::envelope::Envelope;
use chop_formats::frame::{KeyBody, MessageKind};
use chop_formats::grant::UnverifiedGrant;
use chop_formats::receipt::{Outcome, Reason};
use chop_model::Id;
use chop_tests::world::{BadAnswer, Space, World, read};
use chop_vault::table::artefact::{self, ArtefactKind};
use chop_vault::table::secret::{self, SecretKind};

#[test]
fn row_30_junk_from_the_holder_is_refused_with_a_proof_that_anybody_can_check() {
    let world = World::new();
    let (taken, reason) = refused(&world, &world.junk_answer(&world.request(), &[7; 4000]));
    assert_eq!(reason, Reason::BadContent);
    // From what the hospital kept: the holder's note names this C and this key, and they do not open.
    let grant = UnverifiedGrant::parse(&text(&world.hospital, &taken, ArtefactKind::Grant)).unwrap();
    let grant = grant.verify_as_record().unwrap();
    let note = UnverifiedDelivery::parse(&text(&world.hospital, &taken, ArtefactKind::Delivery)).unwrap();
    let binding = note.verify_as_record(&grant).unwrap().payload().binding();
    let c = bytes(&world.hospital, &taken, ArtefactKind::Content);
    let key = world.hospital.vault().read(|read| secret::find(read, &taken, SecretKind::ContentKey));
    let key = key.unwrap().unwrap();
    assert_eq!((sha256(&c), key_commitment(&key)), (binding.ct, binding.kc));
    assert_eq!(open_content(&key, &binding, &c).unwrap_err(), ContentError::Junk);
}

#[test]
fn row_30_the_proof_of_junk_is_kept_no_longer_than_data_would_have_been() {
    let world = World::new();
    let (taken, _) = refused(&world, &world.junk_answer(&world.request(), &[7; 4000]));
    let hospital = &world.hospital;
    let due = hospital.kept().unwrap().first().unwrap().due_at;
    assert!(hospital.erase_due().whole().unwrap().is_empty());
    world.clock.move_by(due.since(world.clock.now()));
    assert_eq!(hospital.erase_due().whole().unwrap(), [taken]);
    let key = hospital.vault().read(|read| secret::find(read, &taken, SecretKind::ContentKey));
    assert!(key.unwrap().is_none() && hospital.kept().unwrap().is_empty());
    assert_eq!(hospital.erase_taken(&taken).unwrap_err().code(), "exchange.wrong-step");
    // That it was refused stays, and can be shown.
    assert_eq!(hospital.again(&taken).unwrap().kind(), MessageKind::Refused);
    assert!(hospital.audit(&mut |_, _| {}).unwrap().is_clean());
}

#[test]
fn row_31_a_second_key_to_one_ciphertext_is_no_release() {
    let world = World::new();
    let (_, taken, ack) = world.until_acknowledged();
    let body = KeyBody { key: make_secret(world.random()).unwrap(), ack: sha256(ack.as_bytes()) };
    let Err(error) = world.hospital.accept(body) else { panic!("a key that was never promised") };
    assert_eq!(error.code(), "content.wrong-key");
    // Nothing was spent: the right one is still taken.
    assert_eq!(world.hospital.exchange_view(&taken).unwrap().state, State::Acknowledged);
    let key = read(&world.resident.acknowledge(&ack).unwrap()).key().unwrap();
    assert!(matches!(world.hospital.accept(key).unwrap(), Accepted::Taken(..)));
}

#[test]
fn row_43_each_fault_is_blamed_on_whoever_made_it() {
    // C swapped on the way: not the ciphertext that the note names. Nothing is acknowledged.
    let world = World::new();
    let request = world.request();
    let (_, envelope) = world.envelope(&request);
    let parts = world.opened(&request, &envelope);
    let swapped = Envelope { ciphertext: vec![1; 100], ..parts.clone() };
    let error = world.hospital.claim(&world.sealed(&request, &swapped)).unwrap_err();
    assert_eq!(error.code(), "delivery.wrong-ciphertext");
    // One bit of the envelope itself: it does not open, and the true one is still taken.
    let mut bent = envelope.clone().into_bytes();
    let last = bent.len() - 30;
    bent[last] = if bent[last] == b'A' { b'B' } else { b'A' };
    assert!(world.hospital.claim(std::str::from_utf8(&bent).unwrap()).is_err());
    let (_, ack) = world.acknowledgement(&envelope);
    // A key to another acknowledgement is nobody's.
    let stray = KeyBody { key: make_secret(world.random()).unwrap(), ack: sha256(b"another") };
    assert_eq!(world.hospital.accept(stray).unwrap_err().code(), "exchange.unknown");
    assert!(matches!(
        world.hospital.accept(read(&world.resident.acknowledge(&ack).unwrap()).key().unwrap()).unwrap(),
        Accepted::Taken(..)
    ));
}

#[test]
fn row_43_a_signed_refusal_reaches_the_holder_and_ends_the_exchange() {
    let mut world = World::new();
    // An honest holder gets a refusal where the hospital no longer trusts the issuer.
    let (given, _, ack) = world.until_acknowledged();
    let key = read(&world.resident.acknowledge(&ack).unwrap()).key().unwrap();
    // Past the end of every certificate and list of this world.
    world.clock.move_by(30 * 365 * 86_400);
    let Accepted::Refused(reason, outbound) = world.hospital.accept(key).unwrap() else { panic!("taken") };
    assert_eq!(reason, Reason::UntrustedIssuer);
    let chop_core::flow::Inbound::Refused(receipt) = read(&outbound) else { panic!("not a refusal") };
    let outcome = world.resident.confirm(MessageKind::Refused, &receipt).unwrap();
    assert_eq!(outcome.outcome, Outcome::Refused { reason });
    world.resident.reopen();
    assert_eq!(world.resident.exchange_view(&given).unwrap().state, State::RefusedByVerifier);
}

/// The hospital's verdict on a bad answer; the exchange in which it was given.
pub(crate) fn refused(world: &World, answer: &BadAnswer) -> (Id, Reason) {
    let (taken, ack) = world.acknowledgement(&answer.envelope);
    let body = KeyBody { key: answer.key(), ack: sha256(ack.as_bytes()) };
    match world.hospital.accept(body).unwrap() {
        Accepted::Refused(reason, _) => (taken, reason),
        Accepted::Taken(..) => panic!("the hospital took a bad answer"),
    }
}

fn bytes(space: &Space, id: &Id, kind: ArtefactKind) -> Vec<u8> {
    space.vault().read(|read| artefact::find_kind(read, id, kind)).unwrap().unwrap().bytes
}

fn text(space: &Space, id: &Id, kind: ArtefactKind) -> String {
    String::from_utf8(bytes(space, id, kind)).unwrap()
}
