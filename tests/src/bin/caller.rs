//! One side of many offers in a process of its own, calling a relay over sockets, so that a test can kill
//! it at any moment. Nothing is kept between two runs but its space.
//!
//! ```text
//! caller SIDE SPACE TABLE RELAY     data key of the space, then a key statement, on standard input
//!
//! SIDE    holder: keeps some offers open, live ones and sealed ones, and takes some of them back
//!         verifier: claims whatever lies on the table
//! TABLE   a folder; `N.code` is a code that was shown · `enough`: no new offers, the holder ends when all
//!         are over · `no-more`: no further code will be shown, the verifiers end when all are over
//! ```

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a side that cannot go on fails its test, aloud"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use chop_core::flow::RequestDraft;
use chop_core::flow::offer::{ClaimDraft, OfferDraft, OfferState, OfferWay, Recipients, Told};
use chop_core::{Clock, Edge, Keys, NoAnchors, Wallet, samples};
use chop_crypto::encoding::from_base64url;
use chop_crypto::{OsRandom, Random, Secret};
use chop_formats::dcql::DcqlQuery;
use chop_formats::grant::RelayRef;
use chop_formats::offer::OfferCode;
use chop_model::{Id, UnixTime};
use chop_tests::world::{agree, choose_all};
use chop_transport::{Backoff, Cancel, Origin, RelayClient, Rules};
use chop_vault::Unlock;
use chop_vault::table::exchange::Role;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [side, folder, table, relay] = words.as_slice() else { unreachable!("four words") };
    let key = Secret::from_slice(&from_base64url(&line()).unwrap()).unwrap();
    let edge = Edge {
        clock: Arc::new(Machine),
        random: Arc::new(OsRandom),
        anchors: Arc::new(NoAnchors),
        keys: Keys::File(Path::new(folder).with_extension("keys")),
    };
    let wallet = Wallet::open(Path::new(folder), Unlock::Key(&key), edge).unwrap();
    let caller = Caller { wallet, table: table.into(), relay: relay.clone(), client: client(relay) };
    match side.as_str() {
        "holder" => caller.offer(&line()),
        _ => caller.claim(),
    }
}

struct Caller {
    wallet: Wallet,
    table: PathBuf,
    relay: String,
    client: RelayClient,
}

impl Caller {
    /// The holder: some offers open at a time, each shown once the relay has it, some taken back.
    fn offer(&self, statement: &str) {
        let relay = self.named();
        loop {
            let views: Vec<_> =
                self.wallet.offers().unwrap().into_iter().filter(|view| view.role == Role::Holder).collect();
            let open: Vec<_> = views.iter().filter(|view| view.state.is_open()).collect();
            let is_enough = self.table.join("enough").exists();
            if open.is_empty() && is_enough {
                if views.iter().any(|view| view.state == OfferState::Withdrawn) {
                    return;
                }
                // The dice took none back.
                let id = self.make(&relay, statement, views.len());
                self.wallet.withdraw_offer(&id).unwrap();
            }
            if !is_enough && open.len() < AT_ONCE {
                self.make(&relay, statement, views.len());
            }
            for view in &open {
                // Not one that was taken back before the relay had it.
                if !matches!(view.state, OfferState::Made | OfferState::Withdrawing) {
                    self.show(&view.id);
                }
                // One in three, whatever has become of it by then.
                if view.id.0[0] % 3 == 0 && one_in(4) {
                    let _ = self.wallet.withdraw_offer(&view.id);
                }
                self.step(&view.id);
            }
            sleep(PAUSE);
        }
    }

    fn make(&self, relay: &RelayRef, statement: &str, count: usize) -> Id {
        let way = match count % 3 {
            0 => OfferWay::Named { statement: statement.to_owned() },
            _ => OfferWay::Live { by_rule: false },
        };
        let prompt = self
            .wallet
            .draft_offer(OfferDraft {
                dcql: query(),
                terms: samples::hospital_terms(),
                to: Recipients::Registered,
                way,
                relay: relay.clone(),
                seconds: 1_200,
                drafted_at: None,
            })
            .unwrap();
        let choices = choose_all(&prompt);
        let consent = agree(&self.wallet, prompt, &choices).unwrap();
        self.wallet.offer(&consent).unwrap().id
    }

    /// Lays the code on the table, whole or not at all.
    fn show(&self, id: &Id) {
        let (shown, beside) = (self.table.join(format!("{id}.code")), self.table.join(format!("{id}.new")));
        if let (false, Ok(offered)) = (shown.exists(), self.wallet.offered(id)) {
            fs::write(&beside, offered.code.to_text().unwrap()).unwrap();
            fs::rename(&beside, &shown).unwrap();
        }
    }

    /// The verifier: every code is scanned once, and what it led to is followed to its end.
    fn claim(&self) {
        loop {
            let is_over = self.table.join("no-more").exists();
            let unseen: Vec<_> =
                codes(&self.table).into_iter().filter(|code| !self.mark(code).exists()).collect();
            for code in &unseen {
                self.scan(&OfferCode::parse(&fs::read_to_string(code).unwrap()).unwrap());
                // A refused claim would be made anew with every start; one that goes on would go on.
                fs::write(self.mark(code), "").unwrap();
            }
            let views = self.wallet.offers().unwrap();
            let open: Vec<_> = views.iter().filter(|view| view.state.is_open()).collect();
            open.iter().for_each(|view| self.step(&view.id));
            if open.is_empty() && unseen.is_empty() && is_over {
                return;
            }
            sleep(PAUSE);
        }
    }

    fn mark(&self, code: &Path) -> PathBuf {
        code.with_extension(self.wallet.info().label.replace(' ', "-"))
    }

    /// Whichever way the offer goes, the code does not say: what was asked for is not sent in a sealed one.
    fn scan(&self, code: &OfferCode) {
        let ask = Some(RequestDraft { dcql: query(), terms: samples::hospital_terms() });
        self.wallet.scan_offer(code, ClaimDraft { ask, relays: vec![self.relay.clone()] }).unwrap();
    }

    fn step(&self, id: &Id) {
        let Ok(Some(call)) = self.wallet.relay_call(id, 0) else { return };
        // The relay may have been killed: another time.
        let Ok(answer) = self.client.perform(&call, &Cancel::default()) else { return };
        let told = self.wallet.relay_answer(&call, &answer).unwrap_or_else(|error| {
            eprintln!(
                "{} of {}: {} after {}",
                call.path(),
                self.wallet.info().label,
                error.code(),
                answer.status
            );
            Vec::new()
        });
        for told in told {
            if let Told::Claim(prompt) = told {
                // No is an answer too: it was taken back meanwhile.
                let _ = self.wallet.confirm_claim(&prompt);
            }
        }
    }

    fn named(&self) -> RelayRef {
        loop {
            if let Ok(info) = self.client.info(&self.relay, &Cancel::default()) {
                return RelayRef { origin: info.origin, vkey: info.vkey };
            }
        }
    }
}

/// What is offered and asked for: small, so that a walk is cheap.
fn query() -> DcqlQuery {
    DcqlQuery::from_value(&samples::registrar_query()).unwrap()
}

fn client(relay: &str) -> RelayClient {
    let allowed = vec![Origin::parse(relay).unwrap()];
    let backoff = Backoff {
        first: Duration::from_millis(5),
        longest: Duration::from_millis(20),
        total: Duration::from_millis(60),
    };
    RelayClient::new(Rules { allowed, ..Rules::default() }, [relay]).unwrap().with_backoff(backoff)
}

fn codes(table: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(table).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|ext| ext == "code")).collect()
}

fn one_in(count: u8) -> bool {
    let mut byte = [0];
    OsRandom.fill(&mut byte).unwrap();
    byte[0] % count == 0
}

fn line() -> String {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    line.trim_end().to_owned()
}

/// The machine's clock, which the relay goes by too.
struct Machine;

impl Clock for Machine {
    #[expect(clippy::disallowed_methods, reason = "a process of a test is an edge")]
    fn now(&self) -> UnixTime {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        UnixTime(since.as_secs().try_into().unwrap())
    }
}

/// Offers that are open at a time.
const AT_ONCE: usize = 4;
const PAUSE: Duration = Duration::from_millis(2);
