//! The relay over real sockets: what is no call, too much, too slow or merely looked at.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chop_formats::relay::{Call, Entered, Info, Message as _, Refused, RelayRefusal, State, Watched};
use chop_model::UnixTime;
use chop_relay::RelayKey;
use tempfile::TempDir;

use crate::world::Offer;

/// A relay process of its own, killed when dropped.
pub(crate) struct Process {
    child: Option<Child>,
    pub(crate) address: SocketAddr,
    pub(crate) admin: SocketAddr,
    pub(crate) folder: PathBuf,
    database: String,
    settings: String,
    _kept: Option<TempDir>,
}

impl Process {
    pub(crate) fn sqlite(settings: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("relay.db").to_str().unwrap().to_owned();
        let mut process = Self::prepare(folder.path().into(), database, settings);
        process._kept = Some(folder);
        process.start();
        process
    }

    pub(crate) fn prepare(folder: PathBuf, database: String, settings: &str) -> Self {
        let (address, admin) = (free_port(), free_port());
        if !folder.join("relay.key").exists() {
            RelayKey::make("localhost").unwrap().write(&folder.join("relay.key")).unwrap();
        }
        Self { child: None, address, admin, folder, database, settings: settings.to_owned(), _kept: None }
    }

    pub(crate) fn start(&mut self) {
        let Self { address, admin, folder, database, settings, .. } = self;
        let config = folder.join(format!("relay-{}.toml", address.port()));
        let text = format!(
            "origin = \"http://localhost\"\nlisten = \"{address}\"\nadmin = \"{admin}\"\n\
             database = \"{database}\"\nkey = \"{0}/relay.key\"\nmarker = \"{0}/marker-{1}\"\nlog = \"warn\"\n{settings}",
            folder.display(),
            address.port(),
        );
        std::fs::write(&config, text).unwrap();
        let log = std::fs::File::create(folder.join(format!("log-{}", address.port()))).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_chop-relay"))
            .args(["serve", "--config"])
            .arg(&config)
            .stderr(log)
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        self.child = Some(child);
        let began = Instant::now();
        while request(*admin, b"GET /health/ready HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").0 != 200
        {
            assert!(began.elapsed() < Duration::from_secs(20), "{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(crate) fn kill(&mut self) {
        let mut child = self.child.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// SIGTERM, and how it ended.
    pub(crate) fn terminate(&mut self) -> std::process::ExitStatus {
        let mut child = self.child.take().unwrap();
        assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
        child.wait().unwrap()
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join(format!("log-{}", self.address.port()))).unwrap_or_default()
    }

    /// Kilobytes of memory that are in use.
    fn resident(&self) -> u64 {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.child.as_ref().unwrap().id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// A call over HTTP; nothing when no whole answer came.
    pub(crate) fn call<C: Call>(&self, call: &C) -> Option<Result<C::Answer, RelayRefusal>> {
        call_at(self.address, call)
    }
}

/// A call over HTTP; nothing when no whole answer came.
pub(crate) fn call_at<C: Call>(to: SocketAddr, call: &C) -> Option<Result<C::Answer, RelayRefusal>> {
    let (status, body) = request(to, &post(C::PATH, &call.to_bytes()));
    match status {
        0 => None,
        200 => C::Answer::from_bytes(&body).ok().map(Ok),
        _ => Refused::from_bytes(&body).ok().map(|refused| Err(refused.refusal())),
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

pub(crate) fn free_port() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

pub(crate) fn post(path: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/cbor\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// Sends bytes and reads to the end: status and body, 0 when there was no answer.
pub(crate) fn request(to: SocketAddr, bytes: &[u8]) -> (u16, Vec<u8>) {
    let Ok(mut socket) = TcpStream::connect_timeout(&to, Duration::from_secs(5)) else {
        return (0, Vec::new());
    };
    socket.set_read_timeout(Some(Duration::from_secs(70))).unwrap();
    // A relay that has refused already may close before all is sent.
    let _ = socket.write_all(bytes);
    let mut all = Vec::new();
    let _ = socket.read_to_end(&mut all);
    let Some(end) = all.windows(4).position(|window| window == b"\r\n\r\n") else { return (0, Vec::new()) };
    let head = String::from_utf8_lossy(&all[..end]).to_lowercase();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    let body = all.split_off(end + 4);
    // A body that was cut off is no answer.
    if length.is_some_and(|length| length != body.len() && !body.is_empty()) {
        (0, Vec::new())
    } else {
        (status, body)
    }
}

fn refusal(answer: &(u16, Vec<u8>)) -> RelayRefusal {
    let refused = Refused::from_bytes(&answer.1).unwrap_or_else(|_| panic!("{answer:?}"));
    assert_eq!(refused.refusal().status(), answer.0);
    refused.refusal()
}

pub(crate) fn now() -> UnixTime {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    UnixTime(i64::try_from(since.as_secs()).unwrap())
}

#[test]
fn row_04_what_only_looks_changes_nothing() {
    let relay = Process::sqlite("");
    let offer = Offer::new(now());
    relay.call(&offer.live()).unwrap().unwrap();
    let body = offer.claim(b"R").to_bytes();
    for method in ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "PATCH"] {
        for path in
            ["/v1/claim", "/v1/withdraw", "/v1/release", "/v1/ack", "/g", "/", "/v1/info", "/v1/checkpoint"]
        {
            let text = String::from_utf8(post(path, b"")).unwrap().replacen("POST", method, 1);
            let text = text.replace("content-length: 0", &format!("content-length: {}", body.len()));
            let (status, answered) = request(relay.address, &[text.as_bytes(), &body].concat());
            assert!(matches!(status, 200 | 400 | 404 | 405), "{method} {path}: {status}");
            assert!(method != "HEAD" || answered.is_empty(), "{path}");
        }
    }
    // A preview fetches the address of the code, with and without what a careless client sends along.
    for path in ["/g", "/g?x=1"] {
        let (status, page) = request(
            relay.address,
            format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes(),
        );
        let page = String::from_utf8(page).unwrap();
        assert_eq!(status, 200);
        assert!(!page.contains("<script") && !page.contains("http") && page.contains("lang=\"pt\""));
    }
    let watched: Watched = relay.call(&offer.watch(1, 0)).unwrap().unwrap();
    assert_eq!((watched.state, watched.events.len()), (State::Open, 0));
}

#[test]
fn what_is_no_call_is_refused_by_name() {
    let relay = Process::sqlite("");
    let offer = Offer::new(now());
    let good = offer.live().to_bytes();
    let answer = |bytes: &[u8]| request(relay.address, bytes);
    use RelayRefusal as R;
    let nested = vec![0x81; 5_000];
    let bad_utf8 = [&[0x87, 0x01, 0x61, 0xff][..], &good].concat();
    let cases: &[(&str, Vec<u8>, R)] = &[
        ("nested", post("/v1/offer", &nested), R::Malformed),
        ("bad UTF-8", post("/v1/offer", &bad_utf8), R::Malformed),
        ("nothing", post("/v1/offer", b""), R::Malformed),
        ("cut off", post("/v1/offer", &good[..good.len() - 1]), R::Malformed),
        ("trailing", post("/v1/offer", &[&good[..], &[0]].concat()), R::Malformed),
        ("another call's body", post("/v1/claim", &good), R::Malformed),
        ("JSON", post("/v1/offer", b"{\"offer\":1}"), R::Malformed),
        ("too large", post("/v1/offer", &vec![0; 3 << 20]), R::TooLarge),
        ("too large for a claim", post("/v1/watch", &vec![0; 20 << 10]), R::TooLarge),
        ("a path above", post("/v1/../v1/offer", &good), R::NoSuchPage),
        ("an encoded path", post("/v1/%6fffer", &good), R::NoSuchPage),
        ("two slashes", post("//v1/offer", &good), R::NoSuchPage),
        ("a NUL", post("/v1/offer%00", &good), R::NoSuchPage),
        ("a file", post("/../../etc/passwd", &good), R::NoSuchPage),
        ("admin's page", post("/metrics", &good), R::NoSuchPage),
        (
            "unmarked",
            String::from_utf8_lossy(&post("/v1/offer", b""))
                .replace("application/cbor", "text/plain")
                .into_bytes(),
            R::WrongType,
        ),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(refusal(&answer(bytes)), *expected, "{name}");
    }
    // What is not even HTTP has a plain 4xx or none.
    let long = format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(40_000));
    let many = format!("GET /g HTTP/1.1\r\nhost: x\r\n{}\r\n", "x: y\r\n".repeat(500));
    for bytes in [&b"\xff\xfe\x00\r\n\r\n"[..], b"GET\r\n\r\n", long.as_bytes(), many.as_bytes()] {
        let status = answer(bytes).0;
        assert!(status == 0 || (400..500).contains(&status), "{status}");
    }
    // A length that lies, and chunks without end.
    let lie = b"POST /v1/offer HTTP/1.1\r\nhost: x\r\ncontent-type: application/cbor\r\ncontent-length: 99999999999\r\n\r\n";
    assert_eq!(refusal(&answer(lie)), R::TooLarge);
    let mut chunks = b"POST /v1/watch HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/cbor\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    (0..64).for_each(|_| chunks.extend([b"1000\r\n", &[0; 4096][..], b"\r\n"].concat()));
    assert_eq!(refusal(&answer(&chunks)), R::TooLarge);
    // And after all that it works.
    let created: Entered = relay.call(&offer.live()).unwrap().unwrap();
    assert_eq!(created.state, State::Open);
    let (_, info) = answer(b"GET /v1/info HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assert_eq!(Info::from_bytes(&info).unwrap().origin, "http://localhost");
}

#[test]
fn slow_and_many_connections_cost_little_and_end() {
    let relay = Process::sqlite("[limits]\nseconds = 2\nopen_connections = 300\n");
    let before = relay.resident();
    // A header that never ends, and a body that never comes.
    let mut slow: Vec<_> = (0..120)
        .map(|n| {
            let mut socket = TcpStream::connect(relay.address).unwrap();
            let head = if n % 2 == 0 {
                &b"POST /v1/offer HTTP/1.1\r\nhost: "[..]
            } else {
                &post("/v1/offer", &[0; 900])[..200]
            };
            socket.write_all(head).unwrap();
            socket
        })
        .collect();
    // Others are served meanwhile.
    let offer = Offer::new(now());
    assert!(relay.call(&offer.live()).unwrap().is_ok());
    let began = Instant::now();
    for socket in &mut slow {
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut rest = Vec::new();
        let _ = socket.read_to_end(&mut rest);
        let said = String::from_utf8_lossy(&rest);
        assert!(rest.is_empty() || said.starts_with("HTTP/1.1 408"), "{said}");
    }
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    // Ten thousand refused bodies of a megabyte later the memory is where it was.
    let large = post("/v1/offer", &vec![0x5a; 1 << 20]);
    (0..200).for_each(|_| _ = request(relay.address, &large));
    let after = relay.resident();
    assert!(after < before + 48 * 1024, "{before} kB before, {after} kB after");
    // More connections than allowed are closed at once, and the relay goes on.
    let many: Vec<_> = (0..400).filter_map(|_| TcpStream::connect(relay.address).ok()).collect();
    std::thread::sleep(Duration::from_millis(300));
    drop(many);
    std::thread::sleep(Duration::from_millis(300));
    assert!(relay.call(&offer.live()).unwrap().is_ok());
}

#[test]
fn one_address_may_not_call_without_end() {
    let relay = Process::sqlite("[limits]\ncalls_per_minute = 20\n");
    let offer = Offer::new(now());
    let answers: Vec<_> = (0..40).map(|_| relay.call(&offer.live()).unwrap().err()).collect();
    assert!(answers[..20].iter().all(Option::is_none));
    assert!(answers.contains(&Some(RelayRefusal::TooMany)));
    // Not even the log says who it was.
    assert!(!relay.log().contains("127.0.0.1:"), "{}", relay.log());
}

#[test]
fn a_stop_answers_who_waits_and_loses_nothing() {
    let mut relay = Process::sqlite("");
    let offer = Offer::new(now());
    relay.call(&offer.live()).unwrap().unwrap();
    let (address, body) = (relay.address, offer.watch(1, 60).to_bytes());
    let waiting = std::thread::spawn(move || request(address, &post("/v1/watch", &body)));
    std::thread::sleep(Duration::from_millis(300));
    let began = Instant::now();
    assert!(relay.terminate().success());
    assert!(began.elapsed() < Duration::from_secs(10));
    let (status, answer) = waiting.join().unwrap();
    assert_eq!((status, Watched::from_bytes(&answer).unwrap().state), (200, State::Open));
    relay.start();
    assert_eq!(relay.call(&offer.claim(b"R")).unwrap().unwrap().state, State::Pending);
    let (status, metrics) =
        request(relay.admin, b"GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    let metrics = String::from_utf8(metrics).unwrap();
    assert_eq!(status, 200);
    assert!(metrics.contains("chop_relay_calls_total{call=\"/v1/claim\",code=\"ok\"} 1"), "{metrics}");
    assert!(metrics.contains("chop_relay_log_size"));
}

#[test]
fn it_speaks_tls_by_itself() {
    use std::sync::Arc;

    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    std::fs::write(folder.path().join("cert.pem"), made.cert.pem()).unwrap();
    std::fs::write(folder.path().join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    let tls =
        format!("[tls]\ncertificate = \"{0}/cert.pem\"\nkey = \"{0}/key.pem\"\n", folder.path().display());
    let relay = Process::sqlite(&tls);

    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = rustls::pki_types::ServerName::try_from("localhost").unwrap();
    let mut session = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
    let mut socket = TcpStream::connect(relay.address).unwrap();
    let mut stream = rustls::Stream::new(&mut session, &mut socket);
    stream.write_all(b"GET /v1/checkpoint HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\r\n\r\nlocalhost\n0\n"), "{answer}");
    // Without TLS nobody gets an answer there.
    assert_ne!(request(relay.address, b"GET /v1/info HTTP/1.1\r\nhost: x\r\n\r\n").0, 200);
}
