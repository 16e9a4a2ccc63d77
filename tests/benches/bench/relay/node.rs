//! A relay as it is shipped: `chop-relay serve` in a process of its own.

use std::error::Error;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use chop_crypto::encoding::to_base64;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A running relay, killed when dropped.
pub(crate) struct Node {
    child: Child,
    folder: PathBuf,
    admin: SocketAddr,
    pub(crate) address: SocketAddr,
}

/// How many steps were committed, in how many transactions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Batches {
    pub(crate) steps: f64,
    pub(crate) count: f64,
}

impl Node {
    /// Starts `binary` on `database`, with everything else in `folder`.
    pub(crate) fn start(binary: &Path, folder: &Path, database: &str, authority: &[u8]) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let (address, admin) = (free_port()?, free_port()?);
        fs::write(folder.join("authority.pem"), pem(authority))?;
        fs::write(
            folder.join("relay.toml"),
            format!(
                "origin = \"{ORIGIN}\"\nlisten = \"{address}\"\nadmin = \"{admin}\"\nlog = \"error\"\n\
                 database = \"{database}\"\nkey = \"{0}/relay.key\"\nmarker = \"{0}/marker\"\n\
                 authorities = [\"{0}/authority.pem\"]\n[limits]\ncalls_per_minute = 0\n",
                folder.display()
            ),
        )?;
        let config = folder.join("relay.toml");
        let made = Command::new(binary).args(["key", "new", "--config"]).arg(&config).output()?;
        if !made.status.success() {
            return Err(String::from_utf8_lossy(&made.stderr).into());
        }
        let child = Command::new(binary)
            .args(["serve", "--config"])
            .arg(&config)
            .stdin(Stdio::null())
            .stderr(fs::File::create(folder.join("log"))?)
            .spawn()?;
        let node = Self { child, folder: folder.to_owned(), admin, address };
        for _ in 0..PATIENCE {
            if node.look("/health/ready").is_ok_and(|answer| answer.starts_with("HTTP/1.1 200")) {
                return Ok(node);
            }
            sleep(Duration::from_millis(20));
        }
        Err(node.log().into())
    }

    /// What was committed so far.
    pub(crate) fn batches(&self) -> Result<Batches> {
        let text = self.look("/metrics")?;
        let value = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            line.and_then(|value| value.trim().parse().ok()).ok_or_else(|| format!("no {name}"))
        };
        Ok(Batches {
            steps: value("chop_relay_batch_steps_sum")?,
            count: value("chop_relay_batch_steps_count")?,
        })
    }

    /// The most memory that it has had resident, in MiB.
    pub(crate) fn peak(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
        Ok(peak.trim().trim_end_matches(" kB").trim().parse::<f64>()? / 1024.0)
    }

    /// What it complained of.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    fn look(&self, path: &str) -> Result<String> {
        let mut stream = TcpStream::connect(self.admin)?;
        stream
            .write_all(format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Batches {
    /// Steps of one transaction since `before`, on average.
    pub(crate) fn size_since(&self, before: &Batches) -> f64 {
        (self.steps - before.steps) / (self.count - before.count)
    }
}

fn free_port() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

fn pem(der: &[u8]) -> String {
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", to_base64(der))
}

/// The relay's own name: claims are made out to it.
pub(crate) const ORIGIN: &str = "http://localhost";
/// Looks, every 20 ms.
const PATIENCE: u32 = 500;
