//! Offers through a relay that serves on a loopback socket: a wallet, a verifier, and every command a
//! process of its own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use chop_core::plumbing::crypto::encoding::from_base64url;
use chop_relay::RelayKey;
use chop_relay::config::{Config, LimitConfig};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::chop::Ran;
use crate::world::World;

/// A relay that ends with its test.
struct Relay {
    origin: String,
    stop: watch::Sender<bool>,
    runtime: Option<Runtime>,
    _folder: TempDir,
}

impl Relay {
    fn start(authority: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listen = free_port();
        let origin = format!("http://localhost:{}", listen.port());
        let key = folder.path().join("relay.key");
        let config = Config {
            origin: origin.clone(),
            listen,
            database: folder.path().join("relay.db").to_str().unwrap().into(),
            key: key.clone(),
            admin: None,
            authorities: vec![PathBuf::from(authority)],
            limits: LimitConfig { envelope_bytes: MOST_SEALED, ..LimitConfig::default() },
            ..Config::default()
        };
        RelayKey::make(config.name().unwrap()).unwrap().write(&key).unwrap();
        let runtime = Runtime::new().unwrap();
        let (stop, stopped) = watch::channel(false);
        let (bound, is_bound) = std::sync::mpsc::channel();
        runtime.spawn(async move {
            chop_relay::server::serve_until(&config, stopped, |at| bound.send(at).unwrap()).await.unwrap();
        });
        is_bound.recv().unwrap();
        Self { origin, stop, runtime: Some(runtime), _folder: folder }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_secs(5));
        }
    }
}

fn free_port() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

const CHOICES: [&str; 8] = [
    "--choose",
    "summary:48765-2",
    "--choose",
    "transcript:name",
    "--choose",
    "transcript:award",
    "--choose",
    "transcript:gpa",
];

const PAPER: &str = r#"{"credentials":[{"id":"paper","format":"dc+sd-jwt",
    "meta":{"vct_values":["urn:chop:item:1"]},"claims":[{"path":["file"]}]}]}"#;

struct Town {
    world: World,
    relay: Relay,
    /// A question for what is offered.
    ask: String,
}

impl Town {
    fn new() -> Self {
        let world = World::new();
        let relay = Relay::start(&world.write("authority.pem", &authority_of(&world)));
        let ask =
            world.write("less.json", &less(&std::fs::read_to_string(world.at("demo/ask.json")).unwrap()));
        Self { world, relay, ask }
    }

    /// Drafts an offer, agrees to its page and makes it.
    fn offer(&self, way: &[&str]) -> Value {
        self.make(&self.page(&self.world.at("demo/ask.json"), way, &CHOICES))
    }

    /// Agrees to what a page showed.
    fn make(&self, (args, agree): &(Vec<String>, Vec<String>)) -> Value {
        let all: Vec<&str> = args.iter().chain(agree).map(String::as_str).collect();
        self.world.json("resident", &all)
    }

    fn audits(&self) {
        for side in ["resident", "hospital"] {
            assert_eq!(self.world.json(side, &["audit"])["clean"], true, "{side}");
        }
    }

    /// What shows the page of an offer, and what agrees to it.
    fn page(&self, dcql: &str, way: &[&str], choices: &[&str]) -> (Vec<String>, Vec<String>) {
        let terms = self.world.at("demo/terms.json");
        let args = ["offer", "--dcql", dcql, "--terms", &terms, "--relay", &self.relay.origin];
        let args = [&args[..], &["--allow-host", &self.relay.origin], way, choices].concat();
        let page = self.world.json("resident", &args);
        let drafted = page["drafted"].to_string();
        let mut agree = vec!["--agree", page["code"].as_str().unwrap(), "--drafted", &drafted];
        for topic in page["separate"].as_array().unwrap() {
            agree.extend(["--consent", topic.as_str().unwrap()]);
        }
        let owned = |args: Vec<&str>| args.into_iter().map(str::to_owned).collect();
        (owned(args), owned(agree))
    }

    /// The hospital claims with the demo's question, in a process that goes on.
    fn claims(&self, code: &str) -> Child {
        let terms = self.world.at("demo/terms.json");
        let args = ["claim", code, "--relay", &self.relay.origin, "--dcql", &self.ask, "--terms", &terms];
        self.spawn("hospital", &args)
    }

    fn spawn(&self, space: &str, args: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_chop"))
            .args(["--space", &self.world.at(space), "--keys", &self.world.at("keys")])
            .args(["--passphrase-file", &self.world.at("passphrase"), "--json"])
            .args(args)
            .args(["--allow-host", &self.relay.origin])
            .env_clear()
            .env("HOME", "/nonexistent")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}

/// The first authority of the demo's trust list, as an operator writes it into the relay's configuration.
fn authority_of(world: &World) -> String {
    let list = std::fs::read_to_string(world.at("demo/demo.chop-trust")).unwrap();
    let payload = from_base64url(list.split('.').nth(1).unwrap()).unwrap();
    let payload: Value = serde_json::from_slice(&payload).unwrap();
    let der = payload["anchors"][0].as_str().unwrap();
    let lines: Vec<&str> = der.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// The demo's question, with the claims of [`CHOICES`] only.
fn less(ask: &str) -> String {
    let mut ask: Value = serde_json::from_str(ask).unwrap();
    for query in ask["credentials"].as_array_mut().unwrap() {
        let id = query["id"].as_str().unwrap().to_owned();
        let is_chosen =
            |claim: &Value| CHOICES.contains(&&*format!("{id}:{}", claim["path"][0].as_str().unwrap()));
        query["claims"].as_array_mut().unwrap().retain(is_chosen);
    }
    ask.to_string()
}

fn ends(child: Child) -> Ran {
    let out = child.wait_with_output().unwrap();
    Ran {
        code: out.status.code().unwrap(),
        out: String::from_utf8(out.stdout).unwrap(),
        err: String::from_utf8(out.stderr).unwrap(),
    }
}

#[test]
fn a_live_offer_goes_from_code_to_receipt() {
    let town = Town::new();
    let list = town.world.publisher.clone();
    let offered = town.offer(&["--to-list", &list]);
    let code = offered["code"].as_str().unwrap();
    let watching = town.spawn("resident", &["watch", "--yes"]);
    let claimed = ends(town.claims(code)).ended(0).json();
    assert_eq!(claimed["received"]["credentials"].as_array().unwrap().len(), 2, "{claimed}");
    assert_eq!(claimed["offers"][0]["state"], "finished");
    let watched = ends(watching).ended(0).json();
    assert_eq!(watched["offers"][0]["state"], "done", "{watched}");
    // Once is once: the same code again is the same claim, and that is done.
    let again = ends(town.claims(code)).json();
    assert_eq!(again["offers"][0]["offer"], claimed["offers"][0]["offer"]);
    town.audits();
}

#[test]
fn a_named_drop_waits_for_its_verifier() {
    let town = Town::new();
    let said = town.world.json("hospital", &["key", "statement"]);
    let statement = town.world.write("hospital.key", said["statement"].as_str().unwrap());
    let png = town.world.at("code.png");
    town.offer(&["--sealed-to", &statement, "--png", &png]);
    let claim = ["claim", &png, "--relay", &town.relay.origin];
    let claimed = ends(town.spawn("hospital", &claim)).ended(0).json();
    assert_eq!(claimed["received"]["credentials"].as_array().unwrap().len(), 2, "{claimed}");
    let watched = ends(town.spawn("resident", &["watch", "--once"])).ended(0).json();
    assert_eq!(watched["offers"][0]["state"], "done", "{watched}");
    assert_eq!(watched["offers"][0]["mode"], "C2n");
    town.audits();
}

#[test]
fn files_are_left_for_whoever_comes_with_the_code() {
    let town = Town::new();
    let paper = town.world.write("letter.txt", "a letter\n");
    town.world.json("resident", &["import", &paper, "--title", "letter"]);
    let dcql = town.world.write("paper.json", PAPER);
    let named = ["--choose", "paper:file", "--override", "R28=she is here", "--override", "R04=as I said"];
    let (args, agree) = town.page(&dcql, &["--files"], &named);
    let offered = town.make(&(args.clone(), agree));
    let page = town.world.run("resident", &args.iter().map(String::as_str).collect::<Vec<_>>()).ended(0).out;
    assert!(page.contains("photo of the code could read these files"), "{page}");
    let (code, out) = (offered["code"].as_str().unwrap(), town.world.at("came"));
    let claim = ["claim", code, "--relay", &town.relay.origin, "--out", &out];
    ends(town.spawn("hospital", &claim)).ended(0);
    assert_eq!(std::fs::read_to_string(town.world.at("came/letter.txt")).unwrap(), "a letter\n");
    let link = [&args.iter().map(String::as_str).collect::<Vec<_>>()[..], &["--link"]].concat();
    town.world.run("resident", &link).ended(2);
    town.audits();
}

#[test]
fn a_withdrawn_offer_gives_nobody_anything() {
    let town = Town::new();
    let list = town.world.publisher.clone();
    let offered = town.offer(&["--to-list", &list]);
    let (id, code) = (offered["offer"].as_str().unwrap(), offered["code"].as_str().unwrap());
    let withdrawn = ends(town.spawn("resident", &["withdraw", id])).ended(0).json();
    assert_eq!(withdrawn["offers"][0]["state"], "withdrawn", "{withdrawn}");
    assert_eq!(ends(town.claims(code)).ended(1).json()["offers"][0]["state"], "refused");
    town.audits();
}

#[test]
fn no_code_is_shown_of_an_offer_that_the_relay_does_not_take() {
    let town = Town::new();
    // More than this relay keeps for anybody.
    let paper = town.world.write("letter.txt", &noise(2 * MOST_SEALED));
    town.world.json("resident", &["import", &paper, "--title", "letter"]);
    let dcql = town.world.write("paper.json", PAPER);
    let named = ["--choose", "paper:file", "--override", "R28=she is here", "--override", "R04=as I said"];
    let (args, agree) = town.page(&dcql, &["--files"], &named);
    let all: Vec<&str> =
        ["--json"].into_iter().chain(args.iter().chain(&agree).map(String::as_str)).collect();
    let refused = town.world.run("resident", &all).ended(1);
    assert_eq!(refused.json()["error"]["code"], "relay.too-large");
    assert!(!refused.out.contains("CHOP1:"), "{}", refused.out);
    // It is taken back, and the relay never had it.
    let watched = ends(town.spawn("resident", &["watch", "--once"])).ended(0).json();
    assert_eq!(watched["offers"][0]["state"], "withdrawn", "{watched}");
    town.audits();
}

/// Text that does not get shorter when it is packed.
fn noise(bytes: usize) -> String {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(33 + u8::try_from((state >> 33) % 94).unwrap())
    };
    (0..bytes).map(|_| letter()).collect()
}

/// Bytes of a sealed drop that the relay of these tests takes.
const MOST_SEALED: usize = 1 << 18;
