//! The process: sockets, signals, the order of start and stop.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum_server::Handle;
use axum_server::accept::Accept;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use hyper_util::rt::TokioTimer;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, watch};

use crate::clock::SystemClock;
use crate::config::{Config, ConfigError, LimitConfig, Tls};
use crate::http::{Door, Rate, admin, router};
use crate::key::{KeyError, RelayKey};
use crate::marker::Marker;
use crate::plan::Step;
use crate::service::Service;
use crate::store::{self, StoreError};
use crate::sweeper;

/// Why the relay did not start, or ended.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A socket.
    #[error("{0}: {1}")]
    Socket(&'static str, io::Error),
    /// TLS.
    #[error("TLS: {0}")]
    Tls(String),
    /// The marker.
    #[error("the marker: {0}")]
    Marker(io::Error),
}

/// Serves until a signal ends it.
///
/// # Errors
/// [`ServeError`].
pub async fn serve(config: &Config) -> Result<(), ServeError> {
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        signal().await;
        let _ = stop.send(true);
    });
    serve_until(config, stopped, |_| {}).await
}

/// Serves until `stop` says so. `bound` is told the address of calls, which matters where the port was 0.
///
/// # Errors
/// [`ServeError`].
pub async fn serve_until(
    config: &Config,
    mut stop: watch::Receiver<bool>,
    bound: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let (service, marker) = open(config).await?;
    let socket = std::net::TcpListener::bind(config.listen).map_err(|e| ServeError::Socket("listen", e))?;
    socket.set_nonblocking(true).map_err(|e| ServeError::Socket("listen", e))?;
    let address = socket.local_addr().map_err(|e| ServeError::Socket("listen", e))?;
    let (ready, is_ready) = watch::channel(true);
    let handle = Handle::new();
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(listen(config.clone(), service.clone(), socket, handle.clone()));
    let admin_handle = Handle::new();
    if let Some(address) = config.admin {
        let app = admin(service.clone(), is_ready).into_make_service();
        let server = axum_server::bind(address).handle(admin_handle.clone());
        tasks.spawn(async move { server.serve(app).await.map_err(|e| ServeError::Socket("admin", e)) });
    }
    let sweeper = tokio::spawn(sweeper::sweep(service.clone(), marker, stop.clone()));
    tracing::info!(vkey = %service.key.vkey(), "serving");
    bound(address);
    let ended = tokio::select! {
        _ = stop.wait_for(|stop| *stop) => None,
        ended = tasks.join_next() => ended,
    };
    // First say that no more should come, then answer those who wait, then let those finish who work.
    let _ = ready.send(false);
    service.hang_up();
    tracing::info!("stopping");
    handle.graceful_shutdown(Some(Duration::from_secs(config.limits.stop_seconds)));
    admin_handle.graceful_shutdown(Some(Duration::from_secs(1)));
    if let Some(Ok(Err(error))) = ended {
        return Err(error);
    }
    while tasks.join_next().await.is_some() {}
    let _ = sweeper.await;
    service.store.settle().await?;
    tracing::info!("stopped");
    Ok(())
}

/// Raises the epoch: every offer that was put before has expired. For after a restore.
///
/// # Errors
/// [`ServeError`].
pub async fn restored(config: &Config) -> Result<u64, ServeError> {
    let (service, marker) = open(config).await?;
    let above = service.store.head().await?.epoch;
    let _ = service.sequencer.take(Step::Restored { above }).await;
    if let (Some(marker), Some(seen)) = (marker, service.sequencer.seen()) {
        marker.write(&seen, &service.key).map_err(ServeError::Marker)?;
    }
    service.store.settle().await?;
    Ok(service.store.head().await?.epoch)
}

/// Opens key and store, and compares the store with the marker.
async fn open(config: &Config) -> Result<(Arc<Service>, Option<Marker>), ServeError> {
    let key = RelayKey::read(&config.key, config.name()?)?;
    let (anchors, limits) = (config.anchors()?, config.limits()?);
    if anchors.ders().is_empty() {
        tracing::warn!("no authorities: sealed offers can be put, but nobody can claim them");
    }
    let store = store::open(&config.database, &key.vkey().to_string(), config.connections).await?;
    let service = Service::start(store, key, &config.origin, anchors, limits, Arc::new(SystemClock));
    let Some(path) = &config.marker else {
        tracing::warn!("no marker: after a restore run `chop-relay restored`");
        return Ok((service, None));
    };
    let marker = Marker::at(path);
    if let Some(seen) = marker.read(service.key.vkey()).map_err(ServeError::Marker)? {
        let above = seen.epoch;
        service.sequencer.has_seen(seen);
        if sweeper::is_behind(&service).await? {
            tracing::error!("the store is older than the marker: it was restored; the epoch rises");
            let _ = service.sequencer.take(Step::Restored { above }).await;
        }
    }
    Ok((service, Some(marker)))
}

async fn listen(
    config: Config,
    service: Arc<Service>,
    socket: std::net::TcpListener,
    handle: Handle<SocketAddr>,
) -> Result<(), ServeError> {
    let LimitConfig { calls_per_minute, at_once, open_connections, seconds, .. } = config.limits;
    let time = Duration::from_secs(seconds);
    let door = Door {
        service,
        rate: Rate::new(calls_per_minute),
        at_once: Semaphore::new(at_once.min(Semaphore::MAX_PERMITS)),
        time,
        address_from: config.address_from,
    };
    let app = router(Arc::new(door)).into_make_service_with_connect_info::<SocketAddr>();
    let failed = |error| ServeError::Socket("listen", error);
    let limit = Limited { open: Arc::new(AtomicUsize::new(0)), most: open_connections };
    let mut server = axum_server::from_tcp(socket).map_err(failed)?.http1_only().handle(handle);
    // HTTP/1.1 only: a proxy in front speaks newer ones, and a slow header has one clock.
    server
        .http_builder()
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(time)
        .max_buf_size(HEADER_BYTES)
        .max_headers(HEADERS);
    match &config.tls {
        None => server.acceptor(limit).serve(app).await.map_err(failed),
        Some(tls) => {
            let acceptor = RustlsAcceptor::new(tls_config(tls)?).handshake_timeout(time).acceptor(limit);
            server.acceptor(acceptor).serve(app).await.map_err(failed)
        }
    }
}

/// Accepts connections up to a number; more are closed at once.
#[derive(Clone)]
struct Limited {
    open: Arc<AtomicUsize>,
    most: usize,
}

/// One of the connections.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl<S> Accept<TcpStream, S> for Limited {
    type Stream = counted::Stream;
    type Service = S;
    type Future = std::future::Ready<io::Result<(Self::Stream, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let open = self.open.fetch_add(1, Ordering::SeqCst);
        let count = Counted(self.open.clone());
        std::future::ready(if open >= self.most {
            Err(io::Error::from(io::ErrorKind::ConnectionRefused))
        } else {
            stream.set_nodelay(true).map(|()| (counted::Stream::new(stream, count), service))
        })
    }
}

/// A TCP stream that gives its place back when it is closed.
mod counted {
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
    use tokio::net::TcpStream;

    pub(super) struct Stream {
        tcp: TcpStream,
        _place: super::Counted,
    }

    impl Stream {
        pub(super) fn new(tcp: TcpStream, place: super::Counted) -> Self {
            Self { tcp, _place: place }
        }
    }

    impl AsyncRead for Stream {
        fn poll_read(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            buf: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            Pin::new(&mut self.tcp).poll_read(cx, buf)
        }
    }

    impl AsyncWrite for Stream {
        fn poll_write(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            Pin::new(&mut self.tcp).poll_write(cx, bytes)
        }
        fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
            Pin::new(&mut self.tcp).poll_flush(cx)
        }
        fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
            Pin::new(&mut self.tcp).poll_shutdown(cx)
        }
    }
}

/// TLS 1.2 and 1.3 with ring.
pub(crate) fn tls_config(tls: &Tls) -> Result<RustlsConfig, ServeError> {
    let failed = |error: &dyn std::fmt::Display| ServeError::Tls(error.to_string());
    let chain = CertificateDer::pem_file_iter(&tls.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| failed(&error))?;
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|error| failed(&error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(&error))?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| failed(&error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

#[cfg(not(unix))]
async fn signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Bytes of a request line and its headers together.
const HEADER_BYTES: usize = 16 << 10;
/// Headers of one request.
const HEADERS: usize = 64;
