//! The way to PostgreSQL: which address is spoken to, and whether by TLS.
//!
//! An address is written as for libpq, but nothing here falls back to plain text unasked, and TLS always
//! checks chain and name. A database on this machine (a socket, the loopback) is spoken to plainly unless
//! `sslmode` or `sslrootcert` asks for TLS; one elsewhere by TLS unless `sslmode=disable` is written out.

use std::net::IpAddr;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::StoreError;

/// How the database is reached.
pub(super) struct Wire {
    /// The address, without what is said of TLS.
    pub(super) config: Config,
    /// With TLS, or plainly.
    pub(super) tls: Option<MakeRustlsConnect>,
}

/// Reads `postgres://…`, with `sslmode` and `sslrootcert` (a PEM file; without it the public authorities).
///
/// # Errors
/// [`StoreError::Address`].
pub(super) fn wire(address: &str) -> Result<Wire, StoreError> {
    let (plain, said) = split(address)?;
    let mut config: Config =
        plain.parse().map_err(|error: tokio_postgres::Error| StoreError::Address(error.to_string()))?;
    let is_tls = match said.mode.as_deref() {
        Some("disable") => false,
        Some("require" | "verify-full") => true,
        None => said.authorities.is_some() || !is_here(&config),
        Some(other) => {
            return Err(bad(&format!(
                "sslmode={other} would take what it gets: write verify-full, or disable for plain text"
            )));
        }
    };
    if is_tls && has_socket(&config) {
        return Err(bad("a socket has no name for a certificate: leave sslmode and sslrootcert out"));
    }
    config.ssl_mode(if is_tls { SslMode::Require } else { SslMode::Disable });
    let tls = is_tls.then(|| connector(said.authorities.as_deref())).transpose()?;
    Ok(Wire { config, tls })
}

/// What an address says of TLS.
#[derive(Default)]
struct Said {
    mode: Option<String>,
    authorities: Option<String>,
}

/// The address without `sslmode` and `sslrootcert`: the driver knows only some values of the one and
/// nothing of the other.
fn split(address: &str) -> Result<(String, Said), StoreError> {
    let Some((place, query)) = address.split_once('?') else {
        return Ok((address.to_owned(), Said::default()));
    };
    let (mut said, mut rest) = (Said::default(), Vec::new());
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let slot = match name {
            "sslmode" => &mut said.mode,
            "sslrootcert" => &mut said.authorities,
            _ => {
                rest.push(pair);
                continue;
            }
        };
        let value = percent_decode_str(value).decode_utf8().map_err(|_| bad("it is not UTF-8"))?;
        if slot.replace(value.into_owned()).is_some() {
            return Err(bad(&format!("{name} stands in it twice")));
        }
    }
    let query = rest.join("&");
    Ok((if query.is_empty() { place.to_owned() } else { format!("{place}?{query}") }, said))
}

/// Whether every host is this machine: nobody reads along on the way.
fn is_here(config: &Config) -> bool {
    let addresses = config.get_hostaddrs();
    if !addresses.is_empty() {
        return addresses.iter().all(IpAddr::is_loopback);
    }
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    })
}

fn has_socket(config: &Config) -> bool {
    config.get_hosts().iter().any(|host| !matches!(host, Host::Tcp(_)))
}

/// TLS 1.2 and 1.3 with ring; the chain and the name are checked.
fn connector(authorities: Option<&str>) -> Result<MakeRustlsConnect, StoreError> {
    let mut roots = RootCertStore::empty();
    match authorities {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(file) => {
            let unreadable = |error: &dyn std::fmt::Display| bad(&format!("sslrootcert {file}: {error}"));
            for found in CertificateDer::pem_file_iter(file).map_err(|error| unreadable(&error))? {
                roots.add(found.map_err(|error| unreadable(&error))?).map_err(|error| unreadable(&error))?;
            }
            if roots.is_empty() {
                return Err(unreadable(&"no certificate is in it"));
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| bad(&error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

/// Never with the address itself in it: a password may stand there.
fn bad(why: &str) -> StoreError {
    StoreError::Address(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_tls(address: &str) -> Result<bool, String> {
        wire(address).map(|wire| wire.tls.is_some()).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_elsewhere_is_spoken_to_by_tls_unless_plain_text_is_asked_for() {
        for (address, expected) in [
            ("postgres://relay@/relay?host=/run/postgresql", false),
            ("postgres://relay@localhost/relay", false),
            ("postgres://relay@127.0.0.1:5433/relay", false),
            ("postgres://relay@[::1]/relay", false),
            ("postgres://relay@localhost/relay?sslmode=require", true),
            ("postgres://relay@db.example/relay", true),
            ("postgres://relay@db.example/relay?sslmode=verify-full&connect_timeout=3", true),
            ("postgres://relay@localhost,db.example/relay", true),
            ("postgres://relay@localhost/relay?hostaddr=192.0.2.1", true),
            ("postgres://relay@db.example/relay?sslmode=disable", false),
            ("postgres://relay@localhost/relay?sslmode=disable&sslrootcert=/nowhere.pem", false),
        ] {
            assert_eq!(is_tls(address), Ok(expected), "{address}");
        }
    }

    #[test]
    fn an_address_that_could_fall_back_is_refused() {
        for (address, why) in [
            ("postgres://relay:hunter2@db.example/relay?sslmode=prefer", "sslmode=prefer"),
            ("postgres://relay:hunter2@db.example/relay?sslmode=verify-ca", "sslmode=verify-ca"),
            ("postgres://relay:hunter2@db.example/relay?sslmode=require&sslmode=disable", "twice"),
            (
                "postgres://relay:hunter2@db.example/relay?sslrootcert=/nowhere.pem",
                "sslrootcert /nowhere.pem",
            ),
        ] {
            let said = is_tls(address).unwrap_err();
            assert!(said.contains(why) && !said.contains("hunter2"), "{address}: {said}");
        }
    }
}
