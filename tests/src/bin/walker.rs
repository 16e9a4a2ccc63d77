//! One step of the walk in a process of its own, so that a test can kill it.
//!
//! ```text
//! walker STEP SPACE MAIL NOW [POINT]     the data key of the space, in base64url, on standard input
//!
//! STEP    ask · grant · claim · acknowledge · accept · confirm · inspect
//! MAIL    a folder: `DATA.3` holds the frames that the third run of the step `grant` showed
//! POINT   where to stop for ever; `t1-showing` and `t1-shown` are points of this edge
//! ```
//!
//! It does what an edge does that was killed before: where a step was taken already, it shows the
//! stored bytes. Randomness is the machine's, so that bytes which were made twice could not agree.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "the test reads one and hears of the other")]

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use chop_core::flow::{self, Accepted, Inbound, Outbound, RequestDraft, State};
use chop_core::testing::{FixedClock, stop_at};
use chop_core::{Edge, Error, Keys, NoAnchors, Wallet, samples};
use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::{OsRandom, Secret};
use chop_formats::dcql::DcqlQuery;
use chop_formats::frame::MessageKind;
use chop_model::{Id, UnixTime};
use chop_tests::world::{agree, choose_all, everything, logged};
use chop_vault::table::exchange::Role;
use chop_vault::table::secret::{self, SecretKind};
use chop_vault::table::{artefact, ticket};
use chop_vault::{Unlock, Vault};
use serde_json::{Value, json};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let point = words.get(4).map(String::as_str).unwrap_or_default();
    stop_at(point);
    let walker = Walker {
        folder: words[1].clone().into(),
        mail: words[2].clone().into(),
        now: UnixTime(words[3].parse().unwrap()),
        point: point.to_owned(),
        key: key_from_input(),
    };
    match walker.step(&words[0]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("error {}", error.code());
            ExitCode::FAILURE
        }
    }
}

fn key_from_input() -> Secret<32> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    Secret::from_slice(&from_base64url(line.trim()).unwrap()).unwrap()
}

struct Walker {
    folder: PathBuf,
    mail: PathBuf,
    now: UnixTime,
    point: String,
    key: Secret<32>,
}

impl Walker {
    fn step(&self, step: &str) -> Result<(), Error> {
        match step {
            "ask" => self.show("t0", "REQ", |wallet| match self.latest(wallet, Role::Verifier) {
                Some((id, State::Requested)) => wallet.again(&id),
                _ => wallet.ask(draft()),
            }),
            "grant" => self.show("t1", "DATA", |wallet| match wallet.look(&self.came("REQ").request()?) {
                Ok(prompt) => {
                    let choices = choose_all(&prompt);
                    wallet.grant(agree(wallet, prompt, &choices)?)
                }
                Err(error) if error.code() == "request.answered-before" => {
                    wallet.again(&self.latest(wallet, Role::Holder).unwrap().0)
                }
                Err(error) => Err(error),
            }),
            "claim" => self.show("t2", "ACK", |wallet| wallet.claim(&self.came("DATA").data()?)),
            "acknowledge" => {
                self.show("t3", "KEY", |wallet| wallet.acknowledge(&self.came("ACK").acknowledgement()?))
            }
            "accept" => self.show("t4", "USE", |wallet| match wallet.accept(self.came("KEY").key()?)? {
                Accepted::Taken(_, outbound) | Accepted::Refused(_, outbound) => Ok(outbound),
            }),
            "confirm" => {
                let wallet = self.open()?;
                wallet.confirm(MessageKind::Use, &self.came("USE").use_receipt()?).map(drop)
            }
            "inspect" => {
                println!("{}", self.inspect()?);
                Ok(())
            }
            _ => unreachable!("no such step"),
        }
    }

    /// Takes a step and shows its frames, one after the other, as a screen does.
    fn show(
        &self,
        step: &str,
        name: &str,
        take: impl FnOnce(&Wallet) -> Result<Outbound, Error>,
    ) -> Result<(), Error> {
        let wallet = self.open()?;
        let outbound = take(&wallet)?;
        let run = (1..).find(|run| !self.mail.join(format!("{name}.{run}")).exists()).unwrap_or_default();
        let mut file = File::create_new(self.mail.join(format!("{name}.{run}"))).unwrap();
        for frame in outbound.frames() {
            writeln!(file, "{frame}").unwrap();
            file.sync_data().unwrap();
            self.reach(&format!("{step}-showing"));
        }
        self.reach(&format!("{step}-shown"));
        wallet.shown(outbound)
    }

    fn reach(&self, point: &str) {
        if self.point == point {
            println!("reached {point}");
            loop {
                std::thread::park();
            }
        }
    }

    fn open(&self) -> Result<Wallet, Error> {
        let edge = Edge {
            clock: Arc::new(FixedClock::at(self.now)),
            random: Arc::new(OsRandom),
            anchors: Arc::new(NoAnchors),
            keys: Keys::File(self.folder.with_extension("keys")),
        };
        Wallet::open(&self.folder, Unlock::Key(&self.key), edge)
    }

    /// The message that the last run of its step has shown whole.
    fn came(&self, name: &str) -> Inbound {
        let files = (1..).map(|run| self.mail.join(format!("{name}.{run}"))).take_while(|path| path.exists());
        files.filter_map(|path| message(&path)).last().unwrap()
    }

    fn latest(&self, wallet: &Wallet, role: Role) -> Option<(Id, State)> {
        let exchanges = wallet.exchanges().unwrap();
        exchanges.iter().find(|view| view.role == role).map(|view| (view.id, view.state))
    }

    /// All that a test wants to know of a space; what the last run left open is counted first.
    fn inspect(&self) -> Result<Value, Error> {
        let vault = Vault::open(&self.folder, Unlock::Key(&self.key))?;
        let open = vault.read(ticket::open_ones)?.len();
        drop(vault);
        let wallet = self.open()?;
        let flaws = wallet.audit(&mut |_, _| {})?.flaws;
        let exchanges: Vec<Value> =
            wallet.exchanges()?.iter().map(|view| exchange(&wallet, view.id, view.state)).collect();
        Ok(json!({
            "open": open,
            "interrupted": wallet.interrupted(),
            "standing": format!("{:?}", wallet.standing()),
            "log": logged(&wallet).iter().map(|entry| entry.kind.name()).collect::<Vec<_>>(),
            "exchanges": exchanges,
            "flaws": flaws.iter().map(|flaw| format!("{:?} {}", flaw.kind, flaw.place)).collect::<Vec<_>>(),
        }))
    }
}

fn draft() -> RequestDraft {
    let dcql = DcqlQuery::from_value(&everything()).unwrap();
    RequestDraft { dcql, terms: samples::hospital_terms() }
}

/// The message in a file of frames, if all of it was shown.
fn message(path: &Path) -> Option<Inbound> {
    let text = std::fs::read_to_string(path).unwrap();
    let frames: Vec<String> = text.lines().map(str::to_owned).collect();
    flow::read(&frames).ok()
}

fn exchange(wallet: &Wallet, id: Id, state: State) -> Value {
    let rows = wallet.vault().read(|read| artefact::of_exchange(read, &id)).unwrap();
    let has = |kind| wallet.vault().read(|read| secret::find(read, &id, kind)).unwrap().is_some();
    let artefacts: Vec<Value> =
        rows.iter().map(|row| json!([format!("{:?}", row.kind), to_base64url(&row.digest)])).collect();
    json!({
        "state": state.word(),
        "artefacts": artefacts,
        "content key": has(SecretKind::ContentKey),
        "agreement key": has(SecretKind::AgreementKey),
    })
}
