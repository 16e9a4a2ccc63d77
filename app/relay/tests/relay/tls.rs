//! PostgreSQL over TLS: a real server that takes nothing else on its port.

use std::net::TcpListener;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tempfile::TempDir;

use crate::postgres::Cluster;
use crate::world::{Offer, World};

/// A cluster whose certificate names `localhost`, and files of its authority and of a stranger's.
struct Server {
    _cluster: Cluster,
    port: u16,
    files: TempDir,
}

impl Server {
    fn start() -> Option<Self> {
        let files = tempfile::tempdir().unwrap();
        let (ours, strangers) = (authority(), authority());
        for (name, authority) in [("ours.pem", &ours), ("strangers.pem", &strangers)] {
            std::fs::write(files.path().join(name), authority.pem()).unwrap();
        }
        let key = KeyPair::generate().unwrap();
        let leaf = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let leaf = leaf.signed_by(&key, &ours).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let cluster = Cluster::start_by_tls(port, &leaf.pem(), &key.serialize_pem())?;
        Some(Self { _cluster: cluster, port, files })
    }

    /// Its own database, reached by this host's name, with this said of TLS.
    fn address(&self, host: &str, said: &str) -> String {
        let said = said.replace("FILES", self.files.path().to_str().unwrap());
        format!("postgres://postgres@{host}:{}/postgres?{said}", self.port)
    }
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_takes_tls_alone_is_served_by_tls_and_by_nothing_less() {
    let Some(server) = Server::start() else { return };
    let (ours, stranger) =
        ("sslmode=verify-full&sslrootcert=FILES/ours.pem", "sslmode=require&sslrootcert=FILES/strangers.pem");
    let world = World::on(server.address("localhost", ours));
    let offer = Offer::new(world.now());
    world.relay().await.call(offer.live()).await.unwrap();

    for (fault, host, said, told) in [
        ("plain text", "localhost", "sslmode=disable", "no pg_hba.conf entry"),
        ("a stranger's authority", "localhost", stranger, "invalid peer certificate"),
        ("the public authorities", "localhost", "sslmode=require", "invalid peer certificate"),
        ("another name", "127.0.0.1", ours, "not valid for name"),
    ] {
        let vkey = world.key.vkey().to_string();
        let opened = chop_relay::store::open(&server.address(host, said), &vkey, 2).await;
        let why = causes(&opened.err().expect(fault));
        assert!(why.contains(told), "{fault}: {why}");
    }
}

fn causes(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source()).map(|cause| format!("{cause}; ")).collect()
}
