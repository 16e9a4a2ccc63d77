//! The relay's client against a relay made by hand.

use std::time::Duration;

use crate::support::{Line, Server};
use chop_core::plumbing::crypto::Secret;
use chop_core::plumbing::formats::relay::{
    CONTENT_TYPE, Event, EventKind, Message, OfferId, Refused, Reject, RelayRefusal, State, Watch, Watched,
};
use chop_core::plumbing::model::UnixTime;
use chop_transport::{Backoff, Cancel, Next, Origin, Own, RelayClient, Rules, Trouble};

const OFFER: OfferId = OfferId([7; 16]);

fn owner() -> Secret<32> {
    Secret::new([9; 32])
}

fn client(server: &Server) -> RelayClient {
    let allowed = vec![Origin::parse(&server.url("")).unwrap()];
    let client = RelayClient::new(Rules { allowed, ..Rules::default() }, [server.url("")]).unwrap();
    client.with_backoff(Backoff { first: Duration::from_millis(5), ..Backoff::default() })
}

fn reject() -> Reject {
    Reject { offer: OFFER, owner: owner(), claim: [3; 32] }
}

fn send(line: &mut dyn Line, status: u16, message: &impl Message) {
    let body = message.to_bytes();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {CONTENT_TYPE}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let _ = line.write_all(head.as_bytes()).and_then(|()| line.write_all(&body));
}

fn event(number: u64) -> Event {
    Event { number, kind: EventKind::Conflict, at: UnixTime(5), claim: None, body: None, entry: None }
}

#[test]
fn a_refusal_is_the_relays_own_word_and_is_not_repeated() {
    let server = Server::plain(|_, _, line| send(line, 403, &Refused::new(RelayRefusal::Rejected, None)));
    let error = client(&server).call(&server.url(""), &reject(), &Cancel::default()).unwrap_err();
    assert_eq!(error.code(), "relay.rejected");
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].head.starts_with("POST /v1/reject HTTP/1.1\r\n"));
    assert_eq!(seen[0].body, reject().to_bytes());
}

#[test]
fn row_06_a_lost_answer_is_asked_for_again_with_the_same_bytes() {
    let server = Server::plain(|number, _, line| match number {
        0 => line.cut(),
        1 => send(line, 503, &Refused::new(RelayRefusal::Busy, Some(0))),
        2 => line.write_all(b"HTTP/1.1 502 Gateway\r\nContent-Length: 0\r\n\r\n").unwrap(),
        _ => send(line, 410, &Refused::new(RelayRefusal::Expired, None)),
    });
    let error = client(&server).call(&server.url(""), &reject(), &Cancel::default()).unwrap_err();
    assert_eq!(error.code(), "relay.expired");
    assert!(server.seen().len() == 4 && server.seen().iter().all(|seen| seen.body == reject().to_bytes()));
}

#[test]
fn what_is_no_answer_of_a_relay_is_refused() {
    for (answer, code) in [
        ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n", "net.garbled"),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\nContent-Length: 2\r\n\r\nhi",
            "relay-format.malformed",
        ),
        ("HTTP/1.1 404 X\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n", "net.status"),
        ("HTTP/1.1 307 X\r\nLocation: /v2\r\nContent-Length: 0\r\n\r\n", "net.redirected"),
    ] {
        let server = Server::answering(answer);
        let error = client(&server).call(&server.url(""), &reject(), &Cancel::default()).unwrap_err();
        assert_eq!(error.code(), code, "{answer}");
    }
}

#[test]
fn row_50_only_a_listed_relay_in_its_one_spelling_is_called() {
    let list = ["https://relay.example", "https://relay.example:8443"];
    let client = RelayClient::new(Rules::default(), list).unwrap();
    for (relay, code) in [
        ("https://other.example", "net.relay-not-listed"),
        ("http://relay.example", "net.relay-not-listed"),
        ("https://relay.example:8444", "net.relay-not-listed"),
        ("https://relay.example.evil.example", "net.relay-not-listed"),
        ("https://relay.example:443", "net.bad-relay"),
        ("https://relay.example:08443", "net.bad-relay"),
        ("https://RELAY.example", "net.bad-relay"),
        ("https://relay.example/", "net.bad-relay"),
        ("https://relay.example@evil.example", "net.bad-relay"),
        ("https://user:pass@relay.example", "net.bad-relay"),
        ("https://relay.example:8443@evil.example", "net.bad-relay"),
        ("https://relay.example\\@evil.example", "net.bad-relay"),
        ("https://rеlay.example", "net.bad-relay"), // a Cyrillic е
        ("https://xn--rlay-9we.example", "net.bad-relay"),
        ("relay.example", "net.bad-relay"),
        (" https://relay.example", "net.bad-relay"),
    ] {
        let error = client.call(relay, &reject(), &Cancel::default()).unwrap_err();
        assert_eq!(error.code(), code, "{relay}");
    }
    assert_eq!(
        RelayClient::new(Rules::default(), ["https://xn--rlay-9we.example"]).unwrap_err().code(),
        "net.bad-relay"
    );
}

#[test]
fn being_listed_allows_no_private_address() {
    let server = Server::answering("");
    let secure = server.url("").replace("http://", "https://");
    let client = RelayClient::new(Rules::default(), [secure.as_str()]).unwrap();
    let error = client.call(&secure, &reject(), &Cancel::default()).unwrap_err();
    assert_eq!(error.code(), "net.private-address");
}

#[test]
fn a_watch_goes_on_after_cuts_and_gets_each_event_once() {
    let server = Server::plain(|number, seen, line| {
        let Watch { after, .. } = Watch::from_bytes(&seen.body).unwrap();
        let events = |numbers: &[u64]| numbers.iter().copied().filter(|n| *n > after).map(event).collect();
        match number {
            0 => send(line, 200, &Watched { state: State::Open, events: events(&[1, 2]), more: 0 }),
            1 => line.cut(),
            2 => send(line, 200, &Watched { state: State::Open, events: Vec::new(), more: 0 }),
            3 => send(line, 503, &Refused::new(RelayRefusal::Busy, None)),
            4 => send(line, 200, &Watched { state: State::Released, events: events(&[2, 3]), more: 1 }),
            _ => send(line, 200, &Watched { state: State::Released, events: events(&[3, 4]), more: 0 }),
        }
    });
    let (mut numbers, mut troubles) = (Vec::new(), Vec::new());
    let mut told = |trouble: Trouble<'_>| match trouble {
        Trouble::TryingAgain(error, _) => troubles.push(error.code()),
        Trouble::BackAgain => troubles.push("back"),
    };
    let watched = client(&server).watch(
        &server.url(""),
        &Own { offer: OFFER, owner: &owner(), after: 0 },
        &Cancel::default(),
        &mut told,
        |watched, _| {
            numbers.extend(watched.events.iter().map(|event| event.number));
            Ok(Next::GoOn)
        },
    );
    watched.unwrap();
    assert_eq!(numbers, [1, 2, 3, 4]);
    assert_eq!(troubles, ["net.cut", "back", "relay.busy", "back"]);
}

#[test]
fn what_was_not_kept_is_asked_for_again() {
    let server = Server::plain(|_, seen, line| {
        let Watch { after, .. } = Watch::from_bytes(&seen.body).unwrap();
        send(line, 200, &Watched { state: State::Open, events: vec![event(after + 1)], more: 0 });
    });
    let watch = |fails: bool| {
        let mut number = 0;
        let result = client(&server).watch(
            &server.url(""),
            &Own { offer: OFFER, owner: &owner(), after: 4 },
            &Cancel::default(),
            &mut |_| (),
            |_, last| {
                number = last;
                if fails { Err(chop_core::WalletError::Internal.into()) } else { Ok(Next::Stop) }
            },
        );
        (number, result.is_ok())
    };
    assert_eq!(watch(true), (5, false));
    assert_eq!(watch(false), (5, true));
}
