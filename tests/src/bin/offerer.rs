//! One side of an offer in a process of its own, so that a test can kill it. The relay is the test.
//!
//! ```text
//! offerer SIDE SPACE NOW POINT WAY      the data key of the space, in base64url, on standard input
//!
//! SIDE    holder: makes the offer, or finds it · verifier: reads the code from standard input
//! then    in  "step"                      out "call PATH BODY" or "idle STATE"
//!         in  "answer STATUS BODY"        out "state STATE" or "error CODE"
//! ```
//!
//! Nothing is kept between two calls but the space: a process that is started anew goes on.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "the test reads one and hears of the other")]

use std::io::{BufRead, StdinLock, stdin};
use std::path::Path;
use std::sync::Arc;

use chop_core::flow::RequestDraft;
use chop_core::flow::offer::{ClaimDraft, OfferDraft, OfferWay, Recipients, RelayAnswer, Told};
use chop_core::testing::{FixedClock, stop_at};
use chop_core::{Edge, Error, Keys, NoAnchors, Wallet, samples};
use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::{OsRandom, Secret};
use chop_formats::dcql::DcqlQuery;
use chop_formats::offer::OfferCode;
use chop_model::{Id, UnixTime};
use chop_tests::relay::FakeRelay;
use chop_tests::world::{agree, choose_all};
use chop_vault::Unlock;
use chop_vault::table::exchange::Role;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [side, folder, now, point, way] = words.as_slice() else { unreachable!("five words") };
    stop_at(point);
    let mut input = stdin().lock();
    let key = Secret::from_slice(&from_base64url(&line(&mut input)).unwrap()).unwrap();
    let clock = Arc::new(FixedClock::at(UnixTime(now.parse().unwrap())));
    let edge = Edge {
        clock: clock.clone(),
        random: Arc::new(OsRandom),
        anchors: Arc::new(NoAnchors),
        keys: Keys::File(Path::new(folder).with_extension("keys")),
    };
    let wallet = Wallet::open(Path::new(folder), Unlock::Key(&key), edge).unwrap();
    let id = match side.as_str() {
        "holder" => make(&wallet, &FakeRelay::new(clock), way, &mut input),
        _ => scan(&wallet, way, &mut input),
    };
    loop {
        match line(&mut input).as_str() {
            "step" => step(&wallet, &id, &mut input),
            _ => return,
        }
    }
}

fn make(wallet: &Wallet, relay: &FakeRelay, way: &str, input: &mut StdinLock<'_>) -> Id {
    let statement = line(input);
    let known = wallet.offers().unwrap().into_iter().find(|view| view.role == Role::Holder);
    let id = match known {
        Some(view) => view.id,
        None => {
            let way = match way {
                "live" => OfferWay::Live { by_rule: false },
                _ => OfferWay::Named { statement },
            };
            let draft = OfferDraft {
                dcql: DcqlQuery::from_value(&samples::hospital_query()).unwrap(),
                terms: samples::hospital_terms(),
                to: Recipients::Registered,
                way,
                relay: relay.named(),
                seconds: 600,
                drafted_at: None,
            };
            let prompt = wallet.draft_offer(draft).unwrap();
            let choices = choose_all(&prompt);
            wallet.offer(&agree(wallet, prompt, &choices).unwrap()).unwrap().id
        }
    };
    let code = wallet.offered(&id).map(|offered| offered.code.to_text().unwrap()).unwrap_or_default();
    println!("code {code}");
    id
}

fn scan(wallet: &Wallet, way: &str, input: &mut StdinLock<'_>) -> Id {
    let code = OfferCode::parse(&line(input)).unwrap();
    let ask = (way == "live").then(|| RequestDraft {
        dcql: DcqlQuery::from_value(&samples::hospital_query()).unwrap(),
        terms: samples::hospital_terms(),
    });
    let relays = vec!["https://relay.example".to_owned()];
    let id = wallet.scan_offer(&code, ClaimDraft { ask, relays }).unwrap();
    println!("scanned");
    id
}

fn step(wallet: &Wallet, id: &Id, input: &mut StdinLock<'_>) {
    let state = || wallet.offer_view(id).unwrap().state.word();
    let Some(call) = wallet.relay_call(id, 0).unwrap() else {
        println!("idle {}", state());
        return;
    };
    println!("call {} {}", call.path(), to_base64url(call.body()));
    let said = line(input);
    let mut words = said.split(' ').skip(1);
    let status = words.next().unwrap().parse().unwrap();
    let body = from_base64url(words.next().unwrap_or_default()).unwrap();
    match take(wallet, &wallet.relay_answer(&call, &RelayAnswer { status, body })) {
        Ok(()) => println!("state {}", state()),
        Err(code) => println!("error {code}"),
    }
}

fn take(wallet: &Wallet, told: &Result<Vec<Told>, Error>) -> Result<(), &'static str> {
    for told in told.as_ref().map_err(Error::code)? {
        if let Told::Claim(prompt) = told {
            wallet.confirm_claim(prompt).map_err(|error| error.code())?;
        }
    }
    Ok(())
}

fn line(input: &mut StdinLock<'_>) -> String {
    let mut line = String::new();
    input.read_line(&mut line).unwrap();
    line.trim_end().to_owned()
}
