//! A server made by hand: it reads one request a connection and then does whatever the test says,
//! which no decent HTTP library would do.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A connection, plain or under TLS.
pub(crate) trait Line: Read + Write {
    /// Ends the connection at once.
    fn cut(&mut self);
    /// How long a read waits.
    fn patience(&mut self, time: Duration);
}

impl Line for TcpStream {
    fn cut(&mut self) {
        let _ = self.shutdown(Shutdown::Both);
    }

    fn patience(&mut self, time: Duration) {
        self.set_read_timeout(Some(time)).unwrap();
    }
}

impl Line for StreamOwned<ServerConnection, TcpStream> {
    fn cut(&mut self) {
        let _ = self.sock.shutdown(Shutdown::Both);
    }

    fn patience(&mut self, time: Duration) {
        self.sock.set_read_timeout(Some(time)).unwrap();
    }
}

/// What came in, head and body.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

type Script = Arc<dyn Fn(usize, &Seen, &mut dyn Line) + Send + Sync>;

/// The server; it listens until the test ends.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Plain HTTP; `script` gets the number of the connection, the request and the line.
    pub(crate) fn plain(script: impl Fn(usize, &Seen, &mut dyn Line) + Send + Sync + 'static) -> Self {
        Self::start(None, Arc::new(script))
    }

    /// Under TLS.
    pub(crate) fn tls(
        config: ServerConfig,
        script: impl Fn(usize, &Seen, &mut dyn Line) + Send + Sync + 'static,
    ) -> Self {
        Self::start(Some(Arc::new(config)), Arc::new(script))
    }

    /// One answer for every request.
    pub(crate) fn answering(answer: &'static str) -> Self {
        Self::plain(move |_, _, line| line.write_all(answer.as_bytes()).unwrap())
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    fn start(tls: Option<Arc<ServerConfig>>, script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let kept = seen.clone();
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let (tls, script, kept) = (tls.clone(), script.clone(), kept.clone());
                thread::spawn(move || {
                    let stream = stream.unwrap();
                    match tls {
                        None => serve(number, stream, &script, &kept),
                        Some(config) => {
                            let tls = ServerConnection::new(config).unwrap();
                            serve(number, StreamOwned::new(tls, stream), &script, &kept);
                        }
                    }
                });
            }
        });
        Self { address, seen }
    }
}

fn serve(number: usize, mut line: impl Line, script: &Script, kept: &Mutex<Vec<Seen>>) {
    // A handshake that fails is the client's to tell.
    let Ok(request) = read(&mut line) else { return };
    kept.lock().unwrap().push(request.clone());
    script(number, &request, &mut line);
    let _ = line.flush();
}

fn read(line: &mut impl Line) -> io::Result<Seen> {
    let mut bytes = Vec::new();
    let mut one = [0_u8; 1];
    while !bytes.ends_with(b"\r\n\r\n") {
        line.read_exact(&mut one)?;
        bytes.push(one[0]);
    }
    let head = String::from_utf8(bytes).unwrap();
    let length = head.lines().find_map(|l| {
        l.to_ascii_lowercase().strip_prefix("content-length:").map(|n| n.trim().parse().unwrap())
    });
    let mut body = vec![0; length.unwrap_or(0)];
    line.read_exact(&mut body)?;
    Ok(Seen { head, body })
}

/// A demo authority and a certificate of it for `host`.
pub(crate) struct Authority {
    pub(crate) pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    pub(crate) fn server(&self, host: &str, change: impl FnOnce(&mut CertificateParams)) -> ServerConfig {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        change(&mut params);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let chain = vec![CertificateDer::from(certificate.der().to_vec())];
        let private = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, private)
            .unwrap()
    }
}
