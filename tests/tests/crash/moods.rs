//! Whole walks of mode C through a network in a bad mood: answers that are slow, cut, doubled, lost or
//! another call's, between the relay's client and the relay's own process.
//!
//! ```text
//! resident, hospital, desk ──► Chaos ──► chop-relay        every second connection is in the mood
//! ```

use std::process::Child;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chop_core::flow::RequestDraft;
use chop_core::flow::offer::{ClaimDraft, OfferDraft, OfferState, OfferWay, Offered, Recipients, Told};
use chop_core::{Wallet, samples};
use chop_crypto::OsRandom;
use chop_formats::dcql::DcqlQuery;
use chop_formats::frame::MessageKind;
use chop_formats::grant::RelayRef;
use chop_formats::offer::OfferCode;
use chop_model::Id;
use chop_tests::chaos::{Chaos, Mood};
use chop_tests::world::{KeyPlace, Space, World, agree, choose_all};
use chop_transport::{Backoff, Cancel, Origin, RelayClient, Rules};
use tempfile::TempDir;

use crate::served;

#[test]
fn row_06_whole_walks_through_every_mood_of_a_network_release_once() {
    let town = Town::new();
    for mood in Mood::ALL {
        town.walk(&format!("{mood:?}"), move |number| if number % 2 == 0 { mood } else { Mood::Fair });
    }
    town.ends();
}

#[test]
fn row_06_whole_walks_through_a_network_of_dice_release_once() {
    let town = Town::new();
    for throw in 0..3 {
        town.walk(&format!("throw {throw}"), |_| Mood::thrown(&OsRandom));
    }
    town.ends();
}

/// What happens to connection number n.
type Plan = Box<dyn Fn(usize) -> Mood + Send>;

/// A world, a relay's process, and the network between.
struct Town {
    world: World,
    desk: Space,
    statement: String,
    relay: RelayRef,
    client: RelayClient,
    plan: Arc<Mutex<Plan>>,
    chaos: Chaos,
    served: Child,
    _home: TempDir,
}

impl Town {
    fn new() -> Self {
        let world = World::beginning(served::now(), KeyPlace::Memory);
        let statement = world.hospital.state_key(1).unwrap();
        let desk = world.second_desk();
        let home = tempfile::tempdir().unwrap();
        let plan: Arc<Mutex<Plan>> = Arc::new(Mutex::new(Box::new(|_| Mood::Fair)));
        let (at, planned) = (served::free_port(), plan.clone());
        let chaos = Chaos::before(at, move |number| (planned.lock().unwrap())(number));
        let port = chaos.address().port();
        served::prepare(home.path(), at, port, &world);
        let served = served::serve(home.path());
        let origin = format!("http://localhost:{port}");
        let allowed = vec![Origin::parse(&origin).unwrap()];
        let backoff = Backoff {
            first: Duration::from_millis(2),
            longest: Duration::from_millis(20),
            total: Duration::from_secs(20),
        };
        let client = RelayClient::new(Rules { allowed, ..Rules::default() }, [&origin]).unwrap();
        let client = client.with_backoff(backoff);
        let info = client.info(&origin, &Cancel::default()).unwrap();
        let relay = RelayRef { origin: info.origin, vkey: info.vkey };
        Self { world, desk, statement, relay, client, plan, chaos, served, _home: home }
    }

    /// A live and a sealed walk; then somebody else comes with the same code.
    fn walk(&self, name: &str, plan: impl Fn(usize) -> Mood + Send + Copy + 'static) {
        for way in [OfferWay::Live { by_rule: false }, OfferWay::Named { statement: self.statement.clone() }]
        {
            let name = format!(
                "{name}, {}",
                if way == (OfferWay::Live { by_rule: false }) { "live" } else { "sealed" }
            );
            *self.plan.lock().unwrap() = Box::new(plan);
            let before = (self.chaos.count(), self.world.resident.uses().unwrap());
            let offered = self.offer(way);
            self.until(&self.world.resident, &offered.id, |state| state != OfferState::Made);
            let taken = self.scan(&self.world.hospital, &offered.code);
            for _ in 0..MOST_TURNS {
                self.step(&self.world.hospital, &taken);
                self.step(&self.world.resident, &offered.id);
                let (given, got) = self.states(&offered.id, &taken);
                if got == OfferState::Refused || (given, got) == (OfferState::Done, OfferState::Finished) {
                    break;
                }
            }
            if self.hospital_was_refused(&taken) {
                // A refusal is not signed: whoever can put another's in its place ends a claim, and no more.
                assert!(name.contains("Stale") || name.contains("throw"), "{name}");
                self.nobody_has(&offered, &taken, &name);
                continue;
            }
            assert_eq!(self.states(&offered.id, &taken), (OfferState::Done, OfferState::Finished), "{name}");
            assert!(self.chaos.count() > before.0 + 6, "{name}: it went through the network");
            assert_eq!(self.world.resident.uses().unwrap(), before.1 + 1, "{name}: spent once");
            assert_eq!(self.world.hospital.received(&taken).unwrap().credentials.len(), 1, "{name}");
            let late = self.scan(&self.desk, &offered.code);
            self.until(&self.desk, &late, |state| !state.is_open());
            assert_eq!(self.desk.offer_view(&late).unwrap().state, OfferState::Refused, "{name}");
            assert!(self.desk.received(&late).is_err(), "{name}");
        }
    }

    fn hospital_was_refused(&self, taken: &Id) -> bool {
        self.world.hospital.offer_view(taken).unwrap().state == OfferState::Refused
    }

    /// The offer ends without a taker: taken back, or given out for an acknowledgement that is kept.
    fn nobody_has(&self, offered: &Offered, taken: &Id, name: &str) {
        assert!(self.world.hospital.received(taken).is_err(), "{name}");
        *self.plan.lock().unwrap() = Box::new(|_| Mood::Fair);
        let wallet = &self.world.resident;
        if wallet.withdraw_offer(&offered.id).is_ok() {
            self.until(wallet, &offered.id, |state| !state.is_open());
            assert_eq!(wallet.offer_view(&offered.id).unwrap().state, OfferState::Withdrawn, "{name}");
        } else {
            assert!(wallet.has_message(&offered.id, MessageKind::Ack).unwrap(), "{name}");
        }
    }

    fn ends(mut self) {
        self.served.kill().unwrap();
        self.served.wait().unwrap();
        for space in [&self.world.resident, &self.world.hospital, &self.desk] {
            assert!(space.audit(&mut |_, _| {}).unwrap().is_clean());
        }
    }

    fn offer(&self, way: OfferWay) -> Offered {
        let wallet = &self.world.resident;
        let draft = OfferDraft {
            dcql: query(),
            terms: samples::hospital_terms(),
            to: Recipients::Registered,
            way,
            relay: self.relay.clone(),
            seconds: 1_200,
            drafted_at: None,
        };
        let prompt = wallet.draft_offer(draft).unwrap();
        let choices = choose_all(&prompt);
        wallet.offer(&agree(wallet, prompt, &choices).unwrap()).unwrap()
    }

    fn scan(&self, wallet: &Wallet, code: &OfferCode) -> Id {
        let code = OfferCode::parse(&code.to_text().unwrap()).unwrap();
        let ask = Some(RequestDraft { dcql: query(), terms: samples::hospital_terms() });
        wallet.scan_offer(&code, ClaimDraft { ask, relays: vec![self.relay.origin.clone()] }).unwrap()
    }

    fn until(&self, wallet: &Wallet, id: &Id, is_there: impl Fn(OfferState) -> bool) {
        for _ in 0..MOST_TURNS {
            self.step(wallet, id);
            if is_there(wallet.offer_view(id).unwrap().state) {
                return;
            }
        }
    }

    /// One call. Another call's answer is refused by what it says, nothing is taken from it, and the same
    /// is asked again.
    fn step(&self, wallet: &Wallet, id: &Id) {
        let Some(call) = wallet.relay_call(id, 0).unwrap() else { return };
        let Ok(answer) = self.client.perform(&call, &Cancel::default()) else { return };
        for told in wallet.relay_answer(&call, &answer).unwrap_or_default() {
            if let Told::Claim(prompt) = told {
                wallet.confirm_claim(&prompt).unwrap();
            }
        }
    }

    fn states(&self, given: &Id, taken: &Id) -> (OfferState, OfferState) {
        let state = |space: &Space, id| space.offer_view(id).unwrap().state;
        (state(&self.world.resident, given), state(&self.world.hospital, taken))
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        let _ = self.served.kill();
        let _ = self.served.wait();
    }
}

/// Small, so that a walk is cheap.
fn query() -> DcqlQuery {
    DcqlQuery::from_value(&samples::registrar_query()).unwrap()
}

/// Turns of both sides in one walk: some fifteen on a fair day.
const MOST_TURNS: usize = 300;
