//! How the network is used, by every command that uses it.

use std::path::PathBuf;

use clap::Args;

/// Options of the commands that call another machine.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Network")]
pub(crate) struct NetArgs {
    /// An origin that may be on a private address, another port or plain http: `[http://]HOST[:PORT]`,
    /// exactly that one. Repeat for more, or separate by commas. For tests and a company's own network.
    #[arg(long = "allow-host", value_name = "ORIGIN", env = "CHOP_ALLOW_HOST", value_delimiter = ',')]
    pub(crate) allow_hosts: Vec<String>,
    /// PEM file of authorities that TLS believes besides the public ones.
    #[arg(long = "ca", value_name = "FILE", env = "CHOP_CA")]
    pub(crate) ca: Option<PathBuf>,
    /// Believe only the authorities of --ca, not the public ones.
    #[arg(long = "only-ca", requires = "ca")]
    pub(crate) only_ca: bool,
    /// Proxy for every call, `http://HOST:PORT` or `https://HOST:PORT`. HTTPS_PROXY and the like are not
    /// read: whom a space talks through is said here.
    #[arg(long, value_name = "URL", env = "CHOP_PROXY", hide_env_values = true)]
    pub(crate) proxy: Option<String>,
    /// Seconds that one call may take; a long poll adds the time that it waits on purpose.
    #[arg(long = "call-timeout", value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) call_timeout: u64,
}
