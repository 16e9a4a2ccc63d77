//! Callers over HTTP/1.1 on connections that they keep, for a relay and for its reference alike. They read
//! what comes back and know nothing of what it means.

use std::io::{Error, Read as _, Result, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::Duration;

use crate::measure::now;

/// What one caller posts, one after the other: whole requests.
pub(crate) type Job = Vec<Vec<u8>>;

/// The request that posts `body`.
pub(crate) fn post(path: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/cbor\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// Has so many callers do all jobs. The time from the first request to the last answer, connections left
/// out, and the body of each job's last answer. An answer other than 200 is an error.
pub(crate) fn run(to: SocketAddr, callers: usize, jobs: &[Job]) -> Result<(Duration, Vec<Vec<u8>>)> {
    let (next, start) = (AtomicUsize::new(0), Barrier::new(callers + 1));
    let answers = Mutex::new(vec![Vec::new(); jobs.len()]);
    thread::scope(|scope| {
        let callers: Vec<_> = (0..callers)
            .map(|_| {
                scope.spawn(|| {
                    let caller = Caller::connect(to);
                    start.wait();
                    let mut caller = caller?;
                    while let at = next.fetch_add(1, Ordering::Relaxed)
                        && let Some(job) = jobs.get(at)
                    {
                        let last = caller.work(job)?;
                        let mut answers = answers.lock().map_err(|_| Error::other("a caller failed"))?;
                        if let Some(place) = answers.get_mut(at) {
                            *place = last;
                        }
                    }
                    Ok::<(), Error>(())
                })
            })
            .collect();
        start.wait();
        let began = now();
        for caller in callers {
            caller.join().map_err(|_| Error::other("a caller failed"))??;
        }
        Ok(began.elapsed())
    })
    .and_then(|took| Ok((took, answers.into_inner().map_err(|_| Error::other("a caller failed"))?)))
}

/// One kept connection.
pub(crate) struct Caller {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Caller {
    pub(crate) fn connect(to: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(to)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream, read: vec![0; 1 << 20] })
    }

    /// Posts one after the other; the body of the last answer.
    pub(crate) fn work(&mut self, job: &Job) -> Result<Vec<u8>> {
        job.iter().try_fold(Vec::new(), |_, request| self.ask(request))
    }

    /// The body of the answer.
    pub(crate) fn ask(&mut self, request: &[u8]) -> Result<Vec<u8>> {
        self.stream.write_all(request)?;
        let mut have = 0;
        loop {
            let room = self.read.get_mut(have..).filter(|room| !room.is_empty());
            let got = self.stream.read(room.ok_or_else(|| Error::other("the answer is too long"))?)?;
            if got == 0 {
                return Err(Error::other("hung up"));
            }
            have += got;
            let bytes = &self.read[..have];
            let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            if !head.starts_with("http/1.1 200") {
                return Err(Error::other(head.lines().next().unwrap_or_default().to_owned()));
            }
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.and_then(|n| n.trim().parse().ok()).unwrap_or(0);
            if let Some(body) = bytes.get(end + 4..end + 4 + length) {
                return Ok(body.to_vec());
            }
        }
    }
}

const PATIENCE: Duration = Duration::from_secs(30);
