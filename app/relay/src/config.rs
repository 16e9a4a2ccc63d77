//! Configuration: a TOML file, over it the environment, over that the flags.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use chop_crypto::Digest;
use chop_formats::offer::RelayHost;
use chop_formats::x509::Anchors;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use serde::Deserialize;

pub use crate::address::AddressFrom;
use crate::service::Limits;

/// What is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file.
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    /// The text of the file.
    #[error("{0}: {1}")]
    Toml(PathBuf, Box<toml::de::Error>),
    /// A value.
    #[error("{0}: {1}")]
    Value(&'static str, String),
}

/// All settings. Each has the name that it has in the file; `dist/chop-relay.toml` explains them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `https://host` that wallets and verifiers know the relay by.
    pub origin: String,
    /// Where calls are taken.
    pub listen: SocketAddr,
    /// Where health and metrics are served; nothing: nowhere.
    pub admin: Option<SocketAddr>,
    /// A path for SQLite, or `postgres://…`.
    pub database: String,
    /// Connections to the database.
    pub connections: usize,
    /// The relay's key file.
    pub key: PathBuf,
    /// A file outside the database that finds a restored copy.
    pub marker: Option<PathBuf>,
    /// PEM files of the authorities whose verifiers may claim sealed offers.
    pub authorities: Vec<PathBuf>,
    /// A file of capabilities: lines of SHA-256 in hexadecimal and offers a day. Nothing: everybody may
    /// put offers.
    pub capabilities: Option<PathBuf>,
    /// Where a caller's address is read from.
    pub address_from: AddressFrom,
    /// TLS by the relay itself.
    pub tls: Option<Tls>,
    /// Limits.
    pub limits: LimitConfig,
    /// `error`, `warn`, `info` or `debug`.
    pub log: String,
}

/// Certificate and key for TLS.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// PEM, the leaf first.
    pub certificate: PathBuf,
    /// PEM.
    pub key: PathBuf,
}

/// What is taken, and how much of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitConfig {
    /// Bytes of the largest size class of an envelope.
    pub envelope_bytes: usize,
    /// Bytes of the largest size class of a claim, an acknowledgement or a receipt.
    pub body_bytes: usize,
    /// Days that an offer may be open.
    pub open_days: u16,
    /// Days that the record of an offer outlives its end.
    pub keep_days: u16,
    /// Calls of one address in a minute; 0: as many as they like.
    pub calls_per_minute: u32,
    /// Calls worked on at once.
    pub at_once: usize,
    /// Connections at once.
    pub open_connections: usize,
    /// Long polls at once.
    pub long_polls: usize,
    /// Seconds for a header or a body to arrive, and for a call to be served.
    pub seconds: u64,
    /// Seconds that a stop waits for calls that are being served.
    pub stop_seconds: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            origin: String::new(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8480)),
            admin: Some(SocketAddr::from(([127, 0, 0, 1], 8481))),
            database: "/var/lib/chop-relay/relay.db".to_owned(),
            connections: 8,
            key: "/var/lib/chop-relay/relay.key".into(),
            marker: None,
            authorities: Vec::new(),
            capabilities: None,
            address_from: AddressFrom::Peer,
            tls: None,
            limits: LimitConfig::default(),
            log: "info".to_owned(),
        }
    }
}

impl Default for LimitConfig {
    fn default() -> Self {
        Self {
            envelope_bytes: 1 << 20,
            body_bytes: 1 << 18,
            open_days: 30,
            keep_days: 30,
            calls_per_minute: 600,
            at_once: 512,
            open_connections: 10_000,
            long_polls: 5_000,
            seconds: 15,
            stop_seconds: 30,
        }
    }
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(path).map_err(|error| ConfigError::File(path.to_owned(), error))?;
        toml::from_str(&text).map_err(|error| ConfigError::Toml(path.to_owned(), Box::new(error)))
    }

    /// The name of the relay's log and key: the origin without its scheme.
    ///
    /// # Errors
    /// [`ConfigError::Value`] unless the origin is `https://host`, or `http://` of this machine.
    pub fn name(&self) -> Result<&str, ConfigError> {
        let bad = |why: &str| ConfigError::Value("origin", format!("{why}: {:?}", self.origin));
        let host = self
            .origin
            .strip_prefix("https://")
            .or_else(|| self.origin.strip_prefix("http://").filter(|host| is_this_machine(host)))
            .ok_or_else(|| bad("must be https://host (http:// only for 127.0.0.1 and localhost)"))?;
        if is_this_machine(host) || RelayHost::parse(host).is_ok() {
            Ok(host)
        } else {
            Err(bad("is no host name that an offer can carry"))
        }
    }

    /// The authorities.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn anchors(&self) -> Result<Anchors, ConfigError> {
        let mut ders = Vec::new();
        for path in &self.authorities {
            let failed =
                |error: String| ConfigError::Value("authorities", format!("{}: {error}", path.display()));
            let found = CertificateDer::pem_file_iter(path).map_err(|error| failed(error.to_string()))?;
            for der in found {
                ders.push(der.map_err(|error| failed(error.to_string()))?.to_vec());
            }
        }
        Anchors::read(&ders).map_err(|error| ConfigError::Value("authorities", error.to_string()))
    }

    /// The limits of the service.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn limits(&self) -> Result<Limits, ConfigError> {
        let LimitConfig { envelope_bytes, body_bytes, open_days, keep_days, long_polls, .. } = self.limits;
        let most = chop_formats::relay::SIZE_CLASSES;
        if !most.contains(&envelope_bytes) || !most.contains(&body_bytes) || body_bytes > (1 << 20) {
            return Err(ConfigError::Value(
                "limits",
                format!("sizes must be of {most:?}, bodies up to 1 MiB"),
            ));
        }
        Ok(Limits {
            max_envelope: envelope_bytes + chop_formats::relay::SEAL_OVERHEAD,
            max_body: body_bytes + chop_formats::relay::SEAL_OVERHEAD,
            max_age: i64::from(open_days) * 86_400,
            keep: i64::from(keep_days) * 86_400,
            max_waiting: long_polls,
            capabilities: self.read_capabilities()?,
        })
    }

    fn read_capabilities(&self) -> Result<HashMap<Digest, u64>, ConfigError> {
        let Some(path) = &self.capabilities else { return Ok(HashMap::new()) };
        let text = fs::read_to_string(path).map_err(|error| ConfigError::File(path.clone(), error))?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let found: HashMap<_, _> = lines
            .map(|line| {
                read_capability(line).ok_or_else(|| {
                    ConfigError::Value(
                        "capabilities",
                        "a line must be: SHA-256 in hexadecimal, a space, offers a day".into(),
                    )
                })
            })
            .collect::<Result<_, _>>()?;
        if found.is_empty() {
            // An empty list would mean that everybody may.
            return Err(ConfigError::Value("capabilities", "the file names none".into()));
        }
        Ok(found)
    }
}

fn read_capability(line: &str) -> Option<(Digest, u64)> {
    let (hash, per_day) = line.split_once(char::is_whitespace)?;
    let (pairs, []) = hash.as_bytes().as_chunks::<2>() else { return None };
    let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let digest: Vec<u8> = pairs.iter().map(byte).collect::<Option<_>>()?;
    Some((digest.try_into().ok()?, per_day.trim().parse().ok()?))
}

/// A relay of a test or a demonstration: no name, no TLS.
fn is_this_machine(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default();
    (name == "127.0.0.1" || name == "localhost") && !host.contains(['/', '@', '?', '#', '+', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_holds_every_default() {
        let example: Config = toml::from_str(include_str!("../dist/chop-relay.toml")).unwrap();
        let default = Config { origin: "https://relay.example".into(), ..Config::default() };
        assert_eq!(format!("{example:?}"), format!("{default:?}"));
        assert_eq!(example.name().unwrap(), "relay.example");
        assert!(example.limits().is_ok() && example.anchors().is_ok());
    }

    #[test]
    fn origins_that_no_offer_can_carry_are_refused() {
        let named = |origin: &str| Config { origin: origin.into(), ..Config::default() };
        for bad in [
            "",
            "relay.example",
            "http://relay.example",
            "https://u@relay.example",
            "https://relay.example/x",
        ] {
            assert!(named(bad).name().is_err(), "{bad}");
        }
        assert_eq!(named("http://127.0.0.1:8480").name().unwrap(), "127.0.0.1:8480");
    }

    #[test]
    fn a_capability_is_a_hash_and_a_number() {
        let line = format!("{} 50", "0a".repeat(32));
        assert_eq!(read_capability(&line), Some(([10; 32], 50)));
        for bad in [
            "",
            "0a 50",
            &"0a".repeat(32),
            &format!("{} x", "0a".repeat(32)),
            &format!("{} 1", "0g".repeat(32)),
        ] {
            assert_eq!(read_capability(bad), None, "{bad}");
        }
    }
}
