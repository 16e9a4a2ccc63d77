//! The relay's process, for tests that call it over sockets.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use chop_crypto::encoding::to_base64;
use chop_model::UnixTime;
use chop_relay::RelayKey;
use chop_tests::world::World;

/// Writes what a relay needs into `home`: that it listens at `at`, is known by `port` of this machine, and
/// whose verifiers may claim what was sealed to them.
pub(crate) fn prepare(home: &Path, at: SocketAddr, port: u16, world: &World) {
    let pem = to_base64(&world.authority.der());
    let pem = format!("-----BEGIN CERTIFICATE-----\n{pem}\n-----END CERTIFICATE-----\n");
    fs::write(home.join("authority.pem"), pem).unwrap();
    RelayKey::make(&format!("localhost:{port}")).unwrap().write(&home.join("relay.key")).unwrap();
    let text = format!(
        "origin = \"http://localhost:{port}\"\nlisten = \"{at}\"\nadmin = \"{}\"\nlog = \"warn\"\n\
         database = \"{home}/relay.db\"\nkey = \"{home}/relay.key\"\nauthorities = [\"{home}/authority.pem\"]\n\
         [limits]\ncalls_per_minute = 0\n",
        free_port(),
        home = home.display(),
    );
    fs::write(home.join("relay.toml"), text).unwrap();
}

/// Starts it. Callers ask until it listens.
pub(crate) fn serve(home: &Path) -> Child {
    let log = fs::File::options().append(true).create(true).open(home.join("relay.log")).unwrap();
    Command::new(env!("CARGO_BIN_EXE_relay"))
        .args(["serve", "--config"])
        .arg(home.join("relay.toml"))
        .stdin(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap()
}

pub(crate) fn free_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// The machine's time: the relay goes by it.
#[expect(clippy::disallowed_methods, reason = "the relay goes by the machine's clock")]
pub(crate) fn now() -> UnixTime {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    UnixTime(since.as_secs().try_into().unwrap())
}
