//! What the client does when the other side is not decent.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Authority, Server};
use chop_core::DataLeft;
use chop_transport::{Backoff, Call, Cancel, Client, Limits, Origin, Roots, Rules};

fn rules(server: &Server) -> Rules {
    Rules {
        allowed: vec![Origin::parse(&server.url("")).unwrap()],
        limits: Limits {
            answer: Duration::from_secs(2),
            stall: Duration::from_secs(1),
            total: Duration::from_secs(3),
            body: 1000,
            ..Limits::default()
        },
        ..Rules::default()
    }
}

fn client(server: &Server) -> Client {
    Client::new(rules(server)).unwrap()
}

fn code(client: &Client, call: &Call) -> &'static str {
    client.send(call, &Cancel::default()).unwrap_err().code()
}

fn post(server: &Server) -> Call {
    Call::post(server.url("/x"), "application/cbor", b"sealed".to_vec())
}

#[test]
fn a_plain_answer_comes_back_and_little_is_told_about_us() {
    let server = Server::answering(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=x\r\nDate: Sat, 01 Jan 2000 00:00:00 GMT\r\n\
         Set-Cookie: id=1\r\nContent-Length: 2\r\n\r\nhi",
    );
    let client = client(&server);
    for _ in 0..2 {
        let call = Call::get(server.url("/a?b=c")).accepting("text/plain");
        let answer = client.send(&call, &Cancel::default()).unwrap().success().unwrap();
        assert_eq!(answer.body, b"hi");
        assert!(answer.is_of_type("text/plain"));
    }
    for seen in server.seen() {
        let mut lines: Vec<_> = seen.head.trim_end().lines().map(str::to_lowercase).collect();
        lines.sort();
        let host = format!("host: {}", server.address);
        let expected = [
            "accept-encoding: identity",
            "accept: text/plain",
            "connection: close",
            "get /a?b=c http/1.1",
            &host,
            "user-agent: chop",
        ];
        assert_eq!(lines, expected, "no cookie, no referrer, nothing else");
    }
}

#[test]
fn row_23_no_redirect_is_followed_and_the_body_goes_nowhere_else() {
    for status in [300, 301, 302, 303, 304, 305, 307, 308] {
        let other = Server::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        let elsewhere = other.url("/stolen");
        let server = Server::plain(move |_, _, line| {
            write!(line, "HTTP/1.1 {status} Go\r\nLocation: {elsewhere}\r\nContent-Length: 0\r\n\r\n")
                .unwrap();
        });
        let mut rules = rules(&server);
        rules.allowed.push(Origin::parse(&other.url("")).unwrap());
        let client = Client::new(rules).unwrap();
        let error = client.send(&post(&server), &Cancel::default()).unwrap_err();
        assert_eq!(error.code(), "net.redirected", "{status}");
        assert_eq!(error.data_left(), DataLeft::Unknown);
        assert_eq!(code(&client, &Call::get(server.url("/"))), "net.redirected");
        assert!(other.seen().is_empty(), "{status} was followed");
    }
}

#[test]
fn an_oversized_answer_is_refused_whether_it_says_so_or_not() {
    let says = Server::answering("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n");
    assert_eq!(code(&client(&says), &Call::get(says.url("/"))), "net.too-large");
    let flood = Server::plain(|_, _, line| {
        line.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").unwrap();
        while line
            .write_all(b"400\r\n")
            .and_then(|()| line.write_all(&[7; 0x400]))
            .and_then(|()| line.write_all(b"\r\n"))
            .is_ok()
        {}
    });
    assert_eq!(code(&client(&flood), &Call::get(flood.url("/"))), "net.too-large");
    let head = Server::plain(|_, _, line| {
        line.write_all(b"HTTP/1.1 200 OK\r\n").unwrap();
        while line.write_all(b"X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n").is_ok() {}
    });
    assert!(["net.too-large", "net.garbled"].contains(&code(&client(&head), &Call::get(head.url("/")))));
    let fits = Server::plain(|_, _, line| {
        write!(line, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{}", "a".repeat(1000)).unwrap();
    });
    assert_eq!(client(&fits).send(&Call::get(fits.url("/")), &Cancel::default()).unwrap().body.len(), 1000);
}

#[test]
fn a_slow_drip_ends_at_the_cap_of_the_whole_call() {
    let server = Server::plain(|_, _, line| {
        line.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n").unwrap();
        while line.write_all(b"a").and_then(|()| line.flush()).is_ok() {
            thread::sleep(Duration::from_millis(200));
        }
    });
    let started = Instant::now();
    assert_eq!(code(&client(&server), &Call::get(server.url("/"))), "net.timed-out");
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn silence_ends_at_its_cap_and_a_long_poll_waits_longer() {
    let server = Server::plain(|number, _, line| {
        if number == 0 {
            thread::sleep(Duration::from_secs(4));
        }
        thread::sleep(Duration::from_millis(1500));
        let _ = line.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    let client = client(&server);
    assert_eq!(code(&client, &Call::get(server.url("/"))), "net.timed-out");
    let call = Call::get(server.url("/")).waiting(Duration::from_secs(3));
    assert_eq!(client.send(&call, &Cancel::default()).unwrap().status, 200);
}

#[test]
fn a_cut_says_that_the_body_may_have_arrived() {
    for answer in ["", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"] {
        let server = Server::answering(answer);
        let error = client(&server).send(&post(&server), &Cancel::default()).unwrap_err();
        assert!(["net.cut", "net.garbled"].contains(&error.code()), "{answer:?}: {error}");
        assert_eq!(error.data_left(), DataLeft::Unknown, "{answer:?}");
        // A fetch sends nothing of anybody's.
        let error = client(&server).send(&Call::get(server.url("/")), &Cancel::default()).unwrap_err();
        assert_eq!(error.data_left(), DataLeft::No);
    }
}

#[test]
fn before_a_connection_nothing_left() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = gone.local_addr().unwrap();
    drop(gone);
    let allowed = vec![Origin::parse(&format!("http://{address}")).unwrap()];
    let client = Client::new(Rules { allowed, ..Rules::default() }).unwrap();
    let call = Call::post(format!("http://{address}/"), "x/y", b"secret".to_vec());
    let error = client.send(&call, &Cancel::default()).unwrap_err();
    assert_eq!((error.code(), error.data_left()), ("net.unreachable", DataLeft::No));
}

#[test]
fn row_19_no_compression_is_asked_for_and_none_is_taken() {
    for encoding in ["gzip", "br", "deflate", "zstd", "identity, gzip"] {
        let server = Server::plain(move |_, _, line| {
            write!(line, "HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: 3\r\n\r\nabc")
                .unwrap();
        });
        assert_eq!(code(&client(&server), &Call::get(server.url("/"))), "net.garbled", "{encoding}");
    }
}

#[test]
fn what_is_no_http_is_refused() {
    for answer in ["SSH-2.0-OpenSSH_9\r\n", "HTTP/9.9 200 OK\r\n\r\n", "\0\0\0\0", "HTTP/1.1 abc\r\n\r\n"] {
        let server = Server::answering(answer);
        assert!(
            ["net.garbled", "net.cut"].contains(&code(&client(&server), &Call::get(server.url("/")))),
            "{answer:?}"
        );
    }
}

#[test]
fn somebody_may_press_stop() {
    let server = Server::plain(|_, _, _| thread::sleep(Duration::from_secs(30)));
    let cancel = Cancel::default();
    let stop = cancel.clone();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        stop.cancel();
    });
    let started = Instant::now();
    let call = post(&server).waiting(Duration::from_secs(60));
    let error = client(&server).send(&call, &cancel).unwrap_err();
    assert_eq!((error.code(), error.data_left()), ("net.cancelled", DataLeft::Unknown));
    assert!(started.elapsed() < Duration::from_secs(2));
    assert_eq!(client(&server).send(&call, &cancel).unwrap_err().data_left(), DataLeft::No);
}

#[test]
fn the_same_bytes_are_sent_again_until_they_are_answered() {
    let server = Server::plain(|number, _, line| match number {
        0 => line.cut(),
        1 => line.write_all(b"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n").unwrap(),
        2 => line.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").unwrap(),
        _ => line.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").unwrap(),
    });
    let backoff = Backoff { first: Duration::from_millis(10), ..Backoff::default() };
    let answer = client(&server).send_again(&post(&server), backoff, &Cancel::default()).unwrap();
    assert_eq!(answer.body, b"ok");
    let seen = server.seen();
    assert_eq!(seen.len(), 4);
    assert!(seen.iter().all(|s| s.body == b"sealed" && s.head == seen[0].head));
}

#[test]
fn what_another_try_would_not_change_is_not_tried_again() {
    let server = Server::answering("HTTP/1.1 307 Go\r\nLocation: /\r\nContent-Length: 0\r\n\r\n");
    let error =
        client(&server).send_again(&post(&server), Backoff::default(), &Cancel::default()).unwrap_err();
    assert_eq!(error.code(), "net.redirected");
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn tls_is_believed_only_with_the_right_name_time_and_authority() {
    const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    let (authority, stranger) = (Authority::new(), Authority::new());
    let call = |roots: Roots, config| {
        let server = Server::tls(config, |_, _, line| line.write_all(OK).unwrap());
        let url = format!("https://localhost:{}/", server.address.port());
        let allowed = vec![Origin::parse(url.trim_end_matches('/')).unwrap()];
        let client = Client::new(Rules { allowed, roots, ..Rules::default() }).unwrap();
        let call = Call::post(url, "x/y", b"secret".to_vec());
        client.send(&call, &Cancel::default()).map_err(|error| (error.code(), error.data_left()))
    };
    let pem = || Roots::Only(authority.pem.clone());
    let refused = Err(("net.certificate", DataLeft::No));
    assert_eq!(call(pem(), authority.server("localhost", |_| ())).unwrap().body, b"hi");
    assert_eq!(
        call(Roots::PublicAnd(authority.pem.clone()), authority.server("localhost", |_| ())).unwrap().body,
        b"hi"
    );
    assert_eq!(call(Roots::Public, authority.server("localhost", |_| ())), refused, "nobody vouches");
    assert_eq!(call(pem(), stranger.server("localhost", |_| ())), refused, "another authority");
    assert_eq!(call(pem(), authority.server("other.example", |_| ())), refused, "another host");
    let old = authority.server("localhost", |params| params.not_after = rcgen::date_time_ymd(2020, 1, 1));
    assert_eq!(call(pem(), old), refused, "out of date");
    let early = authority.server("localhost", |params| params.not_before = rcgen::date_time_ymd(2999, 1, 1));
    assert_eq!(call(pem(), early), refused, "not yet");
}

#[test]
fn a_server_that_speaks_no_tls_gets_nothing() {
    let server = Server::plain(|_, _, _| ());
    let junk = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = junk.local_addr().unwrap();
    thread::spawn(move || {
        for stream in junk.incoming() {
            let mut stream: TcpStream = stream.unwrap();
            let mut hello = [0; 16];
            let _ = stream.read(&mut hello);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let allowed = vec![Origin::parse(&format!("https://{address}")).unwrap()];
    let client = Client::new(Rules { allowed, ..rules(&server) }).unwrap();
    let call = Call::post(format!("https://{address}/"), "x/y", b"secret".to_vec());
    let error = client.send(&call, &Cancel::default()).unwrap_err();
    assert_eq!((error.code(), error.data_left()), ("net.tls", DataLeft::No));
}

#[test]
fn roots_and_proxies_that_cannot_be_used_are_refused_at_once() {
    let with = |rules: Rules| Client::new(rules).map(|_| ()).map_err(|error| error.code());
    for pem in ["", "no pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let roots = Roots::PublicAnd(pem.to_owned());
        assert_eq!(with(Rules { roots, ..Rules::default() }), Err("net.bad-roots"), "{pem:?}");
    }
    for proxy in ["", "socks5://127.0.0.1:1", "ftp://127.0.0.1"] {
        let proxy = Some(proxy.to_owned());
        assert_eq!(
            with(Rules { proxy: proxy.clone(), ..Rules::default() }),
            Err("net.bad-proxy"),
            "{proxy:?}"
        );
    }
}

#[test]
fn a_proxy_gets_the_name_and_nothing_of_the_request() {
    let authority = Authority::new();
    let config = authority.server("status.example", |_| ());
    let target = Server::tls(config, |_, _, line| {
        line.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi").unwrap();
    });
    let inner = target.address;
    let proxy = Server::plain(move |_, _, line| {
        line.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").unwrap();
        pump(line, inner);
    });
    let rules = Rules {
        proxy: Some(format!("http://name:pass@{}", proxy.address)),
        roots: Roots::Only(authority.pem.clone()),
        ..Rules::default()
    };
    assert!(!format!("{rules:?}").contains("pass"));
    let client = Client::new(rules).unwrap();
    let call = Call::post("https://status.example/lists/1", "x/y", b"secret".to_vec());
    assert_eq!(client.send(&call, &Cancel::default()).unwrap().body, b"hi");
    let connect = &proxy.seen()[0].head;
    assert!(connect.starts_with("CONNECT status.example:443 HTTP/1.1\r\n"), "{connect}");
    assert!(!connect.contains("lists") && connect.contains("Proxy-Authorization: Basic "));
    // What points home is refused before the proxy hears of it.
    assert_eq!(code(&client, &Call::get("https://router/")), "net.private-address");
    assert_eq!(proxy.seen().len(), 1);
}

#[test]
fn a_proxy_that_refuses_got_no_data() {
    let proxy = Server::answering("HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n");
    let rules = Rules { proxy: Some(proxy.url("")), ..Rules::default() };
    let call = Call::post("https://status.example/", "x/y", b"secret".to_vec());
    let error = Client::new(rules).unwrap().send(&call, &Cancel::default()).unwrap_err();
    assert_eq!((error.code(), error.data_left()), ("net.proxy", DataLeft::No));
}

/// Carries bytes both ways until somebody hangs up. The line cannot be split, so it takes turns.
fn pump(line: &mut dyn crate::support::Line, to: std::net::SocketAddr) {
    let mut target = TcpStream::connect(to).unwrap();
    target.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    line.patience(Duration::from_millis(20));
    let mut buffer = [0; 4096];
    let until = Instant::now() + Duration::from_secs(5);
    while Instant::now() < until {
        match line.read(&mut buffer) {
            Ok(0) => return,
            Ok(n) => target.write_all(&buffer[..n]).unwrap(),
            Err(_) => {}
        }
        match target.read(&mut buffer) {
            Ok(0) => return,
            Ok(n) => line.write_all(&buffer[..n]).unwrap(),
            Err(_) => {}
        }
    }
}
