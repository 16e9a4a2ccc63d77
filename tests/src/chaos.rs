//! A network in a bad mood: a proxy of TCP between a client of one HTTP call a connection and a server,
//! that cuts, drips, delays, doubles, swaps and replays, by plan or by dice.
//!
//! ```text
//! client ──► Chaos ──► server        what happens to connection number n, its Mood says
//! ```
//!
//! It knows just enough HTTP/1.1 to tell where a request ends (`Content-Length`) and lets the server end
//! its answer by closing. Nothing in it knows the relay: any service that is called that way can stand
//! behind it.

#![expect(clippy::unwrap_used, reason = "a proxy that cannot run is a failed test")]

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use chop_crypto::Random;

/// What happens to one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Nothing bad.
    Fair,
    /// Cut before the server hears anything.
    Refuse,
    /// The server gets the first half of the request and then the connection is cut.
    HalfRequest,
    /// The server gets the whole request; its answer is lost.
    LoseAnswer,
    /// The answer is cut in the middle.
    HalfAnswer,
    /// The request reaches the server twice; the client gets the second answer.
    Twice,
    /// The answer comes later.
    Late(Duration),
    /// The answer comes in pieces of this many bytes, a millisecond apart.
    Drip(usize),
    /// The client gets the answer that the same request line got last time, if there was one: reordered
    /// by whoever stands between.
    Stale,
}

impl Mood {
    /// All of them, as tests go through them.
    pub const ALL: [Self; 9] = [
        Self::Fair,
        Self::Refuse,
        Self::HalfRequest,
        Self::LoseAnswer,
        Self::HalfAnswer,
        Self::Twice,
        Self::Late(Duration::from_millis(50)),
        Self::Drip(64),
        Self::Stale,
    ];

    /// One by a throw of dice; a third of them are fair, so that something gets through.
    ///
    /// # Panics
    /// When there are no dice.
    pub fn thrown(random: &dyn Random) -> Self {
        let mut byte = [0];
        random.fill(&mut byte).unwrap();
        match usize::from(byte[0]) % 12 {
            place @ 0..9 => Self::ALL[place],
            _ => Self::Fair,
        }
    }
}

/// The mood of connection number n, counted from 0.
type Plan = Arc<dyn Fn(usize) -> Mood + Send + Sync>;

/// The proxy; it runs until the test ends.
pub struct Chaos {
    address: SocketAddr,
    count: Arc<AtomicUsize>,
}

impl Chaos {
    /// Stands before `server` and follows `plan`.
    ///
    /// # Panics
    /// When no port is free.
    pub fn before(server: SocketAddr, plan: impl Fn(usize) -> Mood + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let count = Arc::new(AtomicUsize::new(0));
        let (counted, plan): (_, Plan) = (count.clone(), Arc::new(plan));
        let last = Arc::new(Mutex::new(BTreeMap::new()));
        thread::spawn(move || {
            for client in listener.incoming() {
                let mood = plan(counted.fetch_add(1, Ordering::SeqCst));
                let last = last.clone();
                // A connection that breaks is what this is for.
                thread::spawn(move || client.and_then(|client| carry(client, server, mood, &last)));
            }
        });
        Self { address, count }
    }

    /// Where the client calls.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://…`, for clients.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Connections so far.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }
}

/// The last answer to each request line.
type Last = Mutex<BTreeMap<Vec<u8>, Vec<u8>>>;

fn carry(mut client: TcpStream, server: SocketAddr, mood: Mood, last: &Last) -> io::Result<()> {
    if mood == Mood::Refuse {
        return client.shutdown(Shutdown::Both);
    }
    let request = read_request(&mut client)?;
    if mood == Mood::HalfRequest {
        TcpStream::connect(server)?.write_all(&request[..request.len() / 2])?;
        return client.shutdown(Shutdown::Both);
    }
    let mut answer = exchange(server, &request)?;
    if mood == Mood::Twice {
        answer = exchange(server, &request)?;
    }
    let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default().to_vec();
    let before = last.lock().unwrap_or_else(PoisonError::into_inner).insert(line, answer.clone());
    match mood {
        Mood::LoseAnswer => {}
        Mood::HalfAnswer => client.write_all(&answer[..answer.len() / 2])?,
        Mood::Late(time) => {
            thread::sleep(time);
            client.write_all(&answer)?;
        }
        Mood::Drip(bytes) => {
            for piece in answer.chunks(bytes.max(1)) {
                client.write_all(piece)?;
                thread::sleep(Duration::from_millis(1));
            }
        }
        Mood::Stale => client.write_all(&before.unwrap_or(answer))?,
        _ => client.write_all(&answer)?,
    }
    client.shutdown(Shutdown::Both)
}

/// The request, and the answer to its end. The server closes, because the client asked it to.
fn exchange(server: SocketAddr, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server)?;
    stream.write_all(request)?;
    let mut answer = Vec::new();
    // What came before a reset is what came.
    let _ = stream.read_to_end(&mut answer);
    Ok(answer)
}

fn read_request(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut one = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut one)?;
        bytes.push(one[0]);
    }
    let head = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    client.read_exact(&mut body)?;
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use chop_transport::{Backoff, Call, Cancel, Client, Origin, Rules};

    use super::*;

    /// A server that counts: each new body gets the next number, a repeated one the number it had.
    fn counter() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            let mut seen: Vec<Vec<u8>> = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let Ok(request) = read_request(&mut stream) else { continue };
                let at = request.windows(4).position(|w| w == b"\r\n\r\n").unwrap() + 4;
                let body = request[at..].to_vec();
                let number = seen.iter().position(|known| *known == body).unwrap_or_else(|| {
                    seen.push(body);
                    seen.len() - 1
                });
                let text = number.to_string();
                let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{text}", text.len());
            }
        });
        address
    }

    fn client(chaos: &Chaos) -> Client {
        let allowed = vec![Origin::parse(&chaos.origin()).unwrap()];
        Client::new(Rules { allowed, ..Rules::default() }).unwrap()
    }

    #[test]
    fn row_06_every_mood_but_a_stale_one_ends_with_the_one_answer() {
        for mood in Mood::ALL.into_iter().filter(|mood| *mood != Mood::Stale) {
            let chaos = Chaos::before(counter(), move |number| if number < 2 { mood } else { Mood::Fair });
            let backoff = Backoff { first: Duration::from_millis(5), ..Backoff::default() };
            for body in ["a", "b", "a"] {
                let call = Call::post(format!("{}/x", chaos.origin()), "text/plain", body.into());
                let answer = client(&chaos).send_again(&call, backoff, &Cancel::default()).unwrap();
                assert_eq!(answer.body, if body == "a" { b"0" } else { b"1" }, "{mood:?}");
            }
            assert!(chaos.count() >= 3);
        }
    }

    #[test]
    fn a_stale_answer_is_another_requests() {
        let chaos = Chaos::before(counter(), |number| if number == 1 { Mood::Stale } else { Mood::Fair });
        let send = |body: &str| {
            let call = Call::post(format!("{}/x", chaos.origin()), "text/plain", body.into());
            client(&chaos).send(&call, &Cancel::default()).unwrap().body
        };
        // Whoever reads it has to see by its content that it is not theirs: transport cannot.
        assert_eq!((send("a"), send("b"), send("b")), (b"0".to_vec(), b"0".to_vec(), b"1".to_vec()));
    }
}
