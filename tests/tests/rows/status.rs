//! Row 20: status lists, and every way to make a revoked credential good again.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use chop_core::flow::{Accepted, Inbound};
use chop_core::status::{StatusFetch, StatusNow};
use chop_core::{Clock, Wallet};
use chop_formats::frame::{KeyBody, MessageKind};
use chop_formats::receipt::{Outcome, Reason};
use chop_formats::status_list::{Bits, Draft, Status};
use chop_model::{ItemId, Lang};
use chop_tests::world::{BEGIN, ListSigner, STATUS_IDX, STATUS_URI, World, choose_all, logged_kinds, read};
use chop_transport::{Call, Cancel, Client, Origin, Rules};
use chop_vault::table::item::Seal;
use chop_vault::table::secret::{self, SecretKind};

/// A world whose resident has a transcript on the list, and its id.
fn world() -> (World, ItemId) {
    world_at(STATUS_URI, STATUS_IDX)
}

fn world_at(uri: &str, idx: u64) -> (World, ItemId) {
    let world = World::new();
    world.clock.move_by(60);
    let text = world.transcript_on_list(uri, idx);
    let id = world.resident.take("on-list.sd-jwt", text.as_bytes()).id;
    (world, id)
}

fn due(wallet: &Wallet) -> StatusFetch {
    let mut due = wallet.statuses_due(true).unwrap();
    assert_eq!(due.len(), 1);
    due.remove(0)
}

fn take(wallet: &Wallet, list: &str) -> Result<(), &'static str> {
    wallet.take_status(&due(wallet), list.as_bytes()).map(|_| ()).map_err(|error| error.code())
}

fn seal(wallet: &Wallet, id: &ItemId) -> (Seal, String) {
    let row = wallet.item(id).unwrap().row;
    (row.seal, row.seal_reason)
}

fn is(seal: Seal, reason: &str) -> (Seal, String) {
    (seal, reason.to_owned())
}

/// The key to a grant of everything, as it comes to the hospital.
fn key_of_a_walk(world: &World) -> KeyBody {
    let (_, _, ack) = world.until_acknowledged();
    let outbound = world.resident.acknowledge(&ack).unwrap();
    let key = read(&outbound).key().unwrap();
    world.resident.shown(outbound).unwrap();
    key
}

#[test]
fn row_20_the_card_says_what_the_newest_list_says() {
    let (world, id) = world();
    assert_eq!(seal(&world.resident, &id), is(Seal::Valid, "seal-status-not-checked"));
    for (age, status, expected) in [
        (50, 0, is(Seal::Valid, "seal-status-checked")),
        (40, 2, is(Seal::Invalid, "seal-suspended")),
        (30, 3, is(Seal::CannotCheck, "seal-status-other")),
        (20, 0, is(Seal::Valid, "seal-status-checked")),
        (10, 1, is(Seal::Invalid, "seal-revoked")),
    ] {
        take(&world.resident, &world.list_saying(status, age)).unwrap();
        assert_eq!(seal(&world.resident, &id), expected, "{status}");
    }
    assert!(logged_kinds(&world.resident).iter().filter(|kind| **kind == "status-taken").count() == 5);
    assert!(world.resident.audit(&mut |_, _| {}).unwrap().flaws.is_empty());
}

#[test]
fn row_20_a_revoked_credential_blocks_the_page_and_is_named_on_it() {
    let (world, id) = world();
    take(&world.resident, &world.list_saying(1, 10)).unwrap();
    let prompt = world.resident.look(&world.request()).unwrap();
    let mut choices = choose_all(&prompt);
    let query = prompt.queries().iter().find(|q| q.candidates.iter().any(|c| c.item == id)).unwrap();
    // Holdings with a good seal come first: the revoked one has to be chosen on purpose.
    assert_ne!(query.candidates.first().unwrap().item, id);
    choices.items.insert(query.id.clone(), id);
    let page = prompt.page(&choices, Lang::En).unwrap();
    assert!(page.is_blocked);
    assert!(page.findings.iter().any(|finding| finding.rule == "R29"));
    assert!(format!("{:?}", page.notice).contains("revoked by its issuer"));
}

#[test]
fn row_20_a_verifier_that_looks_refuses_what_was_revoked_or_suspended() {
    for (status, reason) in [(1, Reason::Revoked), (2, Reason::Suspended)] {
        let (world, _) = world();
        // The resident's wallet was never online: it knows of nothing.
        let key = key_of_a_walk(&world);
        let fetches = world.hospital.statuses_behind(&key).unwrap();
        assert_eq!(fetches.iter().map(StatusFetch::uri).collect::<Vec<_>>(), [STATUS_URI]);
        world.hospital.take_status(&fetches[0], world.list_saying(status, 5).as_bytes()).unwrap();
        let Accepted::Refused(said, outbound) = world.hospital.accept(key).unwrap() else { panic!("taken") };
        assert_eq!(said, reason);
        let Inbound::Refused(receipt) = read(&outbound) else { panic!("no refusal") };
        let outcome = world.resident.confirm(MessageKind::Refused, &receipt).unwrap();
        assert_eq!(outcome.outcome, Outcome::Refused { reason });
    }
}

#[test]
fn row_20_offline_the_status_is_said_to_be_unchecked_and_later_looks_say_more() {
    let (world, _) = world();
    let key = key_of_a_walk(&world);
    let fetches = world.hospital.statuses_behind(&key).unwrap();
    let Accepted::Taken(received, outbound) = world.hospital.accept(key).unwrap() else { panic!("refused") };
    let statuses = |r: &chop_core::flow::Received| r.credentials.iter().map(|c| c.status).collect::<Vec<_>>();
    assert!(statuses(&received).contains(&StatusNow::NotChecked));
    assert!(received.credentials.iter().any(|credential| credential.status_not_checked));
    // What was taken stays taken; that it was revoked since is said.
    world.hospital.take_status(&fetches[0], world.list_saying(1, 5).as_bytes()).unwrap();
    let again = world.hospital.received(&outbound.exchange()).unwrap();
    assert!(statuses(&again).iter().any(|status| status.is_withdrawn()));
}

#[test]
fn row_20_an_older_list_that_has_not_run_out_replaces_nothing() {
    let (world, id) = world();
    let old = world.list_saying(0, 30);
    take(&world.resident, &old).unwrap();
    take(&world.resident, &world.list_saying(1, 20)).unwrap();
    assert_eq!(take(&world.resident, &old), Err("status.older"));
    // Of the same second, and good again: nothing replaced either.
    take(&world.resident, &world.list_saying(0, 20)).unwrap();
    assert_eq!(seal(&world.resident, &id), is(Seal::Invalid, "seal-revoked"));
}

#[test]
fn row_20_a_list_that_has_run_out_vouches_for_nothing_and_still_revokes() {
    for (status, expected) in [
        (0, is(Seal::Valid, "seal-status-not-checked")),
        (1, is(Seal::Invalid, "seal-revoked")),
        (2, is(Seal::Invalid, "seal-suspended")),
    ] {
        let (world, id) = world();
        let list = world.list_saying(status, 10);
        take(&world.resident, &list).unwrap();
        world.clock.move_by(3600);
        assert_eq!(take(&world.resident, &list), Err("status.expired"));
        world.resident.judge_seals_again().unwrap();
        assert_eq!(seal(&world.resident, &id), expected);
        assert_eq!(world.resident.statuses_due(false).unwrap().len(), 1);
    }
}

#[test]
fn row_20_a_list_about_another_address_or_from_tomorrow_is_refused() {
    let (world, id) = world();
    let statuses = [0; 64];
    let draft = |uri, iat| Draft { uri, iat, exp: None, ttl: None, bits: Bits::One, statuses: &statuses };
    let now = world.clock.now();
    for (uri, iat, code) in [
        ("https://status.example.invalid/lists/2", now, "status.other-uri"),
        ("https://status.example.invalid/lists/1/", now, "status.other-uri"),
        (STATUS_URI, now.plus(86_400), "status.not-yet-issued"),
    ] {
        let list = world.status_list(ListSigner::University, &draft(uri, iat));
        assert_eq!(take(&world.resident, &list), Err(code));
    }
    for junk in ["", "{}", "not a list", "a.b.c"] {
        assert!(take(&world.resident, junk).is_err());
    }
    assert_eq!(seal(&world.resident, &id), is(Seal::Valid, "seal-status-not-checked"));
    assert!(world.resident.status_lists().unwrap().is_empty());
}

#[test]
fn row_20_only_the_issuer_speaks_for_its_credentials() {
    let (world, id) = world();
    let mut statuses = [0; 64];
    statuses[41] = 1;
    let now = world.clock.now();
    let signed = |signer, age: i64| {
        let iat = now.plus(-age);
        let draft =
            Draft { uri: STATUS_URI, iat, exp: None, ttl: None, bits: Bits::One, statuses: &statuses };
        world.status_list(signer, &draft)
    };
    // Trusted for other things, and a namesake: neither may revoke, or make good, somebody else's.
    assert_eq!(take(&world.resident, &signed(ListSigner::Clinic, 30)), Err("status.other-issuer"));
    assert_eq!(take(&world.resident, &signed(ListSigner::Impostor, 30)), Err("status.other-issuer"));
    assert_eq!(seal(&world.resident, &id), is(Seal::Valid, "seal-status-not-checked"));
    for (signer, age) in
        [(ListSigner::UniversityBare, 20), (ListSigner::UniversityOtherKey, 15), (ListSigner::University, 10)]
    {
        take(&world.resident, &signed(signer, age)).unwrap();
        assert_eq!(seal(&world.resident, &id), is(Seal::Invalid, "seal-revoked"), "{signer:?}");
    }
}

#[test]
fn row_20_a_number_beyond_the_list_is_no_status() {
    let (world, id) = world_at(STATUS_URI, 64);
    take(&world.resident, &world.list_saying(0, 10)).unwrap();
    assert_eq!(seal(&world.resident, &id), is(Seal::Valid, "seal-status-not-checked"));
}

#[test]
fn row_20_a_list_is_due_when_its_issuer_says_so() {
    let (world, _) = world();
    let count = |all| world.resident.statuses_due(all).unwrap().len();
    assert_eq!((count(false), count(true)), (1, 1));
    take(&world.resident, &world.list_saying(0, 10)).unwrap();
    assert_eq!((count(false), count(true)), (0, 1));
    world.clock.move_by(601);
    assert_eq!(count(false), 1);
    assert_eq!(world.resident.status_lists().unwrap()[0].issued, BEGIN.plus(50));
}

#[test]
fn row_20_a_credential_of_nobody_makes_nobody_fetch() {
    let (world, _) = world();
    // The space of a stranger who trusts nobody holds the same text: its link is not followed.
    let stranger = world.stranger("stranger");
    assert!(stranger.statuses_due(true).unwrap().is_empty());
    // And an address inside this house is refused by whoever fetches.
    for uri in ["https://127.0.0.1/x", "http://status.example/x", "https://169.254.169.254/latest/meta-data"]
    {
        let client = Client::new(Rules::default()).unwrap();
        let error = client.send(&Call::get(uri), &Cancel::default()).unwrap_err();
        assert!(["net.private-address", "net.not-encrypted"].contains(&error.code()), "{uri}");
    }
}

#[test]
fn row_20_a_redirect_to_a_better_list_is_not_followed() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let uri = format!("{origin}/lists/1");
    let (world, id) = world_at(&uri, STATUS_IDX);
    let now = world.clock.now();
    let signed = |uri: &str, status: u8| {
        let statuses = [status; 64];
        let draft = Draft { uri, iat: now, exp: None, ttl: None, bits: Bits::One, statuses: &statuses };
        world.status_list(ListSigner::University, &draft)
    };
    let list = signed(&uri, 1);
    let served = list.clone();
    thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let answer = match number {
                0 => "HTTP/1.1 302 Found\r\nLocation: /lists/2\r\nContent-Length: 0\r\n\r\n".to_owned(),
                _ => format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/statuslist+jwt\r\nContent-Length: {}\r\n\r\n{served}",
                    served.len()
                ),
            };
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    let allowed = vec![Origin::parse(&origin).unwrap()];
    let client = Client::new(Rules { allowed, ..Rules::default() }).unwrap();
    let fetch = due(&world.resident);
    let send = || client.send(&Call::get(fetch.uri()).accepting(StatusFetch::MEDIA_TYPE), &Cancel::default());
    assert_eq!(send().unwrap_err().code(), "net.redirected");
    let answer = send().unwrap();
    assert!(answer.is_of_type(StatusFetch::MEDIA_TYPE));
    world.resident.take_status(&fetch, &answer.body).unwrap();
    assert_eq!(seal(&world.resident, &id), is(Seal::Invalid, "seal-revoked"));
}

#[test]
fn row_20_a_revoked_status_is_of_the_draft() {
    assert!(StatusNow::Checked { status: Status::Invalid, as_of: BEGIN }.is_withdrawn());
    assert!(!StatusNow::Checked { status: Status::Valid, as_of: BEGIN }.is_withdrawn());
    assert!(!StatusNow::NotChecked.is_withdrawn() && StatusNow::NotChecked.is_unchecked());
}

#[test]
fn row_20_of_what_was_revoked_or_suspended_the_verifier_keeps_nothing() {
    for status in [1, 2] {
        let (world, _) = world();
        let key = key_of_a_walk(&world);
        let fetches = world.hospital.statuses_behind(&key).unwrap();
        world.hospital.take_status(&fetches[0], world.list_saying(status, 5).as_bytes()).unwrap();
        let Accepted::Refused(_, outbound) = world.hospital.accept(key).unwrap() else { panic!("taken") };
        let id = outbound.exchange();
        let key = world.hospital.vault().read(|read| secret::find(read, &id, SecretKind::ContentKey));
        assert!(key.unwrap().is_none(), "the key of what was refused is still there");
        assert!(world.hospital.kept().unwrap().is_empty());
        for refused in [world.hospital.erase_taken(&id).err(), world.hospital.received(&id).err()] {
            assert_eq!(refused.unwrap().code(), "exchange.wrong-step");
        }
        assert!(world.hospital.audit(&mut |_, _| {}).unwrap().is_clean());
    }
}
