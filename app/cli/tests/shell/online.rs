//! Issuer, wallet and verifier as three processes that speak HTTP over loopback sockets.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::chop::Ran;
use crate::world::World;

/// A server that ends with its test.
struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(world: &World, space: &str, tool: &str, args: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(env!("CARGO_BIN_EXE_chop"))
            .args(["--space", &world.at(space), "--keys", &world.at("keys")])
            .args(["--passphrase-file", &world.at("passphrase"), "tool", tool])
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .args(args)
            .env_clear()
            .env("HOME", "/nonexistent")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { child, port };
        for _ in 0..600 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server;
            }
            sleep(Duration::from_millis(50));
        }
        panic!("{tool} does not listen");
    }

    fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Status and body of one call, by hand.
    fn call(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let form = "application/x-www-form-urlencoded";
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {form}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), body.to_owned())
    }

    fn json(&self, method: &str, path: &str) -> Value {
        serde_json::from_str(&self.call(method, path, "").1).unwrap()
    }
}

/// Two spaces that trust the demo issuer's list; the hospital is certified by it and serves.
struct Town {
    world: World,
    issuer: Server,
}

impl Town {
    fn new() -> Self {
        let world = World::bare();
        world.run("resident", &["space", "create", "--label", "Me", "--place", "HK"]).ended(0);
        let firm = ["space", "create", "--label", "Ward 7", "--kind", "firm", "--place", "CN"];
        world.run("hospital", &firm).ended(0);
        let key = world.write("hospital.jwk", &world.run("hospital", &["key", "verifier"]).ended(0).out);
        let into = world.at("demo");
        let issuer = Server::start(&world, "none", "demo-issuer", &["--verifier-jwk", &key, "--into", &into]);
        let town = Self { world, issuer };
        town.world.run("hospital", &["key", "certify", &town.world.at("demo/hospital.pem")]).ended(0);
        town
    }

    fn trusting() -> Self {
        let town = Self::new();
        let (list, publisher) = (town.world.at("demo/demo.chop-trust"), town.text("demo/publisher.txt"));
        for side in ["resident", "hospital"] {
            town.world.run(side, &["trust", "add", &list, "--fingerprint", &publisher]).ended(0);
        }
        town
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.world.at(name)).unwrap()
    }

    fn tx_code(&self, kind: &str) -> String {
        let codes: Value = serde_json::from_str(&self.text("demo/tx-codes.json")).unwrap();
        codes[kind].as_str().unwrap().to_owned()
    }

    fn receive(&self, offer: &str, code: &str) -> Ran {
        let allow = self.issuer.origin();
        let mut args = vec!["--json", "receive-credential", offer, "--yes", "--allow-host", &allow];
        if !code.is_empty() {
            args.extend(["--tx-code", code]);
        }
        self.world.run("resident", &args)
    }

    fn verifier(&self) -> Server {
        let (ask, terms) = (self.world.at("demo/ask.json"), self.world.at("demo/terms.json"));
        Server::start(&self.world, "hospital", "demo-verifier", &["--dcql", &ask, "--terms", &terms])
    }

    fn resident(&self, verifier: &Server, args: &[&str]) -> Ran {
        let allow = verifier.origin();
        self.world.run("resident", &[&["--json"], args, &["--allow-host", &allow]].concat())
    }
}

const CHOSEN: [&str; 8] = [
    "--choose",
    "summary:48765-2",
    "--choose",
    "transcript:name",
    "--choose",
    "transcript:award",
    "--choose",
    "transcript:gpa",
];

#[test]
fn a_credential_from_an_issuers_link_is_granted_by_a_verifiers_link() {
    let town = Town::trusting();
    // By the link, and by a photograph of its code.
    let link = town.text("demo/transcript.offer");
    let received = town.receive(&link, &town.tx_code("transcript")).ended(0).json();
    assert_eq!(received["type"], "urn:chop:transcript:1");
    assert_eq!((&received["seal"], &received["issuerTold"]), (&"valid".into(), &true.into()));
    let picture = town.world.at("demo/summary-offer.png");
    town.receive(&picture, &town.tx_code("summary")).ended(0);

    let verifier = town.verifier();
    let session = verifier.json("POST", "/session");
    let (id, link) = (session["session"].as_str().unwrap(), session["link"].as_str().unwrap());
    let page = town.resident(&verifier, &[&["look", link], &CHOSEN[..]].concat()).ended(0).json();
    let state = verifier.json("GET", &format!("/session/{id}"));
    assert_eq!(page["number"], state["number"]);
    let (code, number) = (page["code"].as_str().unwrap(), state["number"].as_str().unwrap());
    let mut grant: Vec<&str> = ["grant", link].into_iter().chain(CHOSEN).collect();
    for topic in page["separate"].as_array().unwrap() {
        grant.extend(["--consent", topic.as_str().unwrap()]);
    }
    grant.extend(["--agree", code]);
    // Without the other screen's number nothing leaves.
    town.resident(&verifier, &grant).ended(2);
    let wrong = format!("{:02}", (number.parse::<u32>().unwrap() + 1) % 100);
    let refused = town.resident(&verifier, &[&grant[..], &["--number", &wrong]].concat()).ended(1);
    assert_eq!(refused.json()["error"]["code"], "online.other-number");
    let posted = town.resident(&verifier, &[&grant[..], &["--number", number]].concat()).ended(0).json();
    assert_eq!((&posted["receipt"], &posted["posted"]), (&"used".into(), &true.into()));
    let outcome = verifier.json("GET", &format!("/session/{id}"))["outcome"]["accepted"].clone();
    assert_eq!(outcome["credentials"].as_array().unwrap().len(), 2);
    assert!(outcome["credentials"][0]["claims"].get("10160-0").is_none());
    // Once; and both records hold.
    let again = town.resident(&verifier, &[&grant[..], &["--number", number]].concat()).ended(1);
    assert_eq!(again.json()["error"]["code"], "online.refused");
    drop(verifier);
    for side in ["resident", "hospital"] {
        town.world.run(side, &["audit"]).ended(0);
    }
}

/// The issuer's list, fetched over a socket: not checked, good, revoked, and never good again.
#[test]
fn row_20_a_credential_that_its_issuer_revokes_is_shown_so_after_a_refresh() {
    let town = Town::trusting();
    town.receive(&town.text("demo/transcript.offer"), &town.tx_code("transcript")).ended(0);
    let seal = || {
        let items = town.world.json("resident", &["items"]);
        let items = items["items"].as_array().unwrap().clone();
        let item = items.iter().find(|item| item["type"] == "urn:chop:transcript:1").unwrap().clone();
        item["sealReason"].as_str().unwrap().to_owned()
    };
    assert_eq!(seal(), "seal-status-not-checked");
    let due = town.world.json("resident", &["status", "show"])["due"].clone();
    assert_eq!(due, serde_json::json!([format!("{}/status/transcript", town.issuer.origin())]));
    let allow = town.issuer.origin();
    let refresh =
        || town.world.run("resident", &["--json", "status", "refresh", "--all", "--allow-host", &allow]);
    // An address of this machine is called only where it was allowed by name.
    town.world.run("resident", &["status", "refresh"]).ended(1);
    refresh().ended(0);
    assert_eq!(seal(), "seal-status-checked");
    let revoked = town.issuer.json("POST", "/revoke/transcript");
    assert_eq!(revoked["revoked"], 0);
    // Not before it was asked again.
    assert_eq!(seal(), "seal-status-checked");
    let lists = refresh().ended(0).json();
    assert!(lists["lists"][0]["issued"].is_i64(), "{lists}");
    assert_eq!(seal(), "seal-revoked");
    // The other list is of another kind.
    assert_eq!(town.issuer.call("GET", "/status/nothing", "").0, 404);
}

#[test]
fn row_04_a_preview_or_a_second_wallet_uses_up_no_link() {
    let town = Town::trusting();
    town.receive(&town.text("demo/transcript.offer"), &town.tx_code("transcript")).ended(0);
    let verifier = town.verifier();
    let session = verifier.json("POST", "/session");
    let (id, link) = (session["session"].as_str().unwrap(), session["link"].as_str().unwrap());
    for method in ["GET", "HEAD", "GET"] {
        assert_eq!(verifier.call(method, &format!("/request/{id}"), "").0, 200);
    }
    town.resident(&verifier, &["look", link]).ended(0);
    // Somebody to whom the link was forwarded.
    let nonce = "wallet_nonce=AAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(verifier.call("POST", &format!("/request/{id}"), nonce).0, 409);
    town.resident(&verifier, &["look", link]).ended(0);
    town.resident(&verifier, &["decline", link]).ended(0);
    for bad in ["response=x", "response=a.b.c.d.e", "", "response=%ff", "x"] {
        assert_eq!(verifier.call("POST", &format!("/answer/{id}"), bad).0, 400, "{bad}");
    }
    assert_eq!(verifier.call("POST", "/request/nobody", nonce).0, 404);
}

#[test]
fn a_wrong_transaction_code_is_named_with_the_tries_that_are_left() {
    let town = Town::trusting();
    let link = town.text("demo/transcript.offer");
    let right = town.tx_code("transcript");
    let code = |ran: Ran| ran.ended(1).json()["error"]["code"].as_str().unwrap().to_owned();
    assert_eq!(code(town.receive(&link, "")), "issuance.code-needed");
    // What cannot be the code is not tried.
    for typed in ["12345", "1234567", "12345a"] {
        assert_eq!(code(town.receive(&link, typed)), "issuance.code-shape");
    }
    let wrong = format!("{:06}", (right.parse::<u32>().unwrap() + 1) % 1_000_000);
    let first = town.receive(&link, &wrong);
    assert!(first.out.contains('2'), "{}", first.out);
    assert_eq!(code(first), "issuance.code-wrong");
    town.receive(&link, &right).ended(0);
    // Used.
    assert_eq!(code(town.receive(&link, &right)), "online.refused");
    // Three wrong ones, and the offer is over.
    let made = town.issuer.json("POST", "/offer/summary");
    let (link, right) = (made["link"].as_str().unwrap(), made["tx_code"].as_str().unwrap());
    let wrong = format!("{:06}", (right.parse::<u32>().unwrap() + 1) % 1_000_000);
    for _ in 0..3 {
        assert_eq!(code(town.receive(link, &wrong)), "issuance.code-wrong");
    }
    assert_eq!(code(town.receive(link, right)), "online.refused");
}

/// Section 7 of protocol.md's list: many guesses at once are still three guesses.
#[test]
fn row_07_many_who_guess_a_code_at_once_have_three_tries_between_them() {
    let town = Town::new();
    let made = town.issuer.json("POST", "/offer/transcript");
    let (link, right) = (made["link"].as_str().unwrap(), made["tx_code"].as_str().unwrap());
    let id = link.rsplit("%2F").next().unwrap();
    let offer = town.issuer.json("GET", &format!("/offer/{id}"));
    let grant = &offer["grants"]["urn:ietf:params:oauth:grant-type:pre-authorized_code"];
    let code = grant["pre-authorized_code"].as_str().unwrap();
    let ask = |tx_code: &str| {
        let form = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code";
        let form = format!("{form}&pre-authorized_code={code}&tx_code={tx_code}");
        let (status, body) = town.issuer.call("POST", "/token", &form);
        (status, serde_json::from_str::<Value>(&body).unwrap())
    };
    let right_number: u32 = right.parse().unwrap();
    let answers: Vec<_> = std::thread::scope(|scope| {
        let guess = |n: u32| format!("{:06}", (right_number + 1 + n) % 1_000_000);
        let tries: Vec<_> = (0..64).map(|n| scope.spawn(move || ask(&guess(n)))).collect();
        tries.into_iter().map(|tried| tried.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|(status, _)| *status == 400));
    let mut left: Vec<_> = answers.iter().filter_map(|(_, body)| body["attempts_left"].as_u64()).collect();
    left.sort_unstable();
    assert_eq!(left, [0, 1, 2], "three of sixty-four were looked at");
    // Afterwards the right one is as good as any.
    assert_eq!(ask(right).1["error"], "invalid_grant");
}

#[test]
fn an_issuer_that_nobody_vouches_for_gives_nothing() {
    let town = Town::new();
    let ran = town.receive(&town.text("demo/transcript.offer"), &town.tx_code("transcript")).ended(1);
    assert_eq!(ran.json()["error"]["code"], "issuance.unknown-issuer");
    let held = town.world.json("resident", &["items"]);
    assert_eq!(held["items"].as_array().unwrap().len(), 0);
    // An address of this machine is called only where it was allowed by name.
    let link = town.text("demo/summary.offer");
    let args = ["--json", "receive-credential", &link, "--yes", "--tx-code", "123456"];
    let refused = town.world.run("resident", &args).ended(1);
    assert!(refused.json()["error"]["code"].as_str().unwrap().starts_with("net."));
}
