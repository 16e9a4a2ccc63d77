//! A relay for the story: the program `chop-relay`, a process of its own on a port of this machine that
//! nobody else uses. It ends with the story.

use std::fs::File;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use chop_core::NetError;
use chop_core::plumbing::formats::grant::RelayRef;
use chop_transport::{Cancel, RelayClient};

use super::stage::Stage;
use crate::args::NetArgs;
use crate::command::relay_of;
use crate::exit::Failure;
use crate::{files, net};

/// The relay's process.
pub(super) struct Relay {
    child: Child,
    /// Who it is, as a grant names it.
    pub(super) named: RelayRef,
    /// How it is called: it lies on this machine, which is allowed by name only.
    pub(super) net: NetArgs,
}

impl Relay {
    /// Starts one. Nothing where no `chop-relay` lies beside `chop` or on the PATH.
    pub(super) fn start(stage: &Stage<'_>) -> Result<Option<Self>, Failure> {
        let Some(program) = program() else { return Ok(None) };
        let folder = stage.at("relay");
        files::make_private_folder(&folder)?;
        let (listen, admin) = (free_port()?, free_port()?);
        let origin = format!("http://localhost:{listen}");
        let (key, log) = (folder.join("relay.key"), folder.join("relay.log"));
        // Only what is said here counts, whatever is set for the operator's own relay.
        let relay = |words: [&str; 2]| {
            let mut command = Command::new(&program);
            command.env_clear().args(words).arg("--key").arg(&key).args(["--origin", &origin]);
            command.stdin(Stdio::null()).stdout(Stdio::null());
            command
        };
        let failed = || Failure::machine("machine-cannot-listen");
        let is_made = relay(["key", "new"]).stderr(Stdio::null()).status().is_ok_and(|done| done.success());
        if !is_made {
            return Err(failed());
        }
        let said = File::create(&log).map_err(|error| files::cannot(&log, &error))?;
        let child = relay(["serve", "--log=warn"])
            .arg("--database")
            .arg(folder.join("relay.db"))
            .args(["--listen", &format!("127.0.0.1:{listen}"), "--admin", &format!("127.0.0.1:{admin}")])
            .stderr(said)
            .spawn()
            .map_err(|_| failed())?;
        let net =
            NetArgs { allow_hosts: vec![origin.clone()], call_timeout: CALL_SECONDS, ..NetArgs::default() };
        let mut started = Self { child, named: RelayRef { origin, vkey: String::new() }, net };
        // The client asks again until the relay listens.
        started.named = relay_of(&started.named.origin, &started.net)?;
        Ok(Some(started))
    }

    /// The head of its log, as anybody may read it: a signed note.
    pub(super) fn checkpoint(&self) -> Result<String, Failure> {
        let client = RelayClient::new(net::rules(&self.net)?, [&self.named.origin])?;
        Ok(client.checkpoint(&self.named.origin, &Cancel::default())?)
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It keeps nothing that a sudden end could spoil, and nobody waits for it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `chop-relay` beside this program, or on the PATH.
#[expect(clippy::disallowed_methods, reason = "where programs lie is the environment's to say")]
fn program() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|exe| exe.parent().map(PathBuf::from));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = beside.into_iter().chain(std::env::split_paths(&path));
    places.find_map(|folder| Some(folder.join("chop-relay")).filter(|file| file.is_file()))
}

fn free_port() -> Result<u16, Failure> {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    port.map(|at| at.port()).map_err(|_| NetError::Unreachable.into())
}

/// Seconds that a call may take.
const CALL_SECONDS: u64 = 20;
