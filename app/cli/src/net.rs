//! The network, as the command line was told to use it.

use std::time::Duration;

use chop_transport::{Client, Limits, Origin, Roots, Rules};

use crate::args::NetArgs;
use crate::exit::Failure;
use crate::files;

/// A client that calls by these options.
pub(crate) fn client(args: &NetArgs) -> Result<Client, Failure> {
    Ok(Client::new(rules(args)?)?)
}

/// The options as rules; a relay client is made with them and a list of relays.
pub(crate) fn rules(args: &NetArgs) -> Result<Rules, Failure> {
    let NetArgs { allow_hosts, ca, only_ca, proxy, call_timeout } = args;
    let allowed = allow_hosts.iter().map(|text| Origin::parse(text)).collect::<Result<_, _>>()?;
    let pem = ca.as_deref().map(|path| files::read_at_most(path, MAX_PEM_BYTES)).transpose()?;
    // What is no UTF-8 becomes text that is no PEM.
    let pem = pem.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let roots = match (pem, only_ca) {
        (None, _) => Roots::Public,
        (Some(pem), false) => Roots::PublicAnd(pem),
        (Some(pem), true) => Roots::Only(pem),
    };
    let limits = Limits { total: Duration::from_secs(*call_timeout), ..Limits::default() };
    Ok(Rules { allowed, roots, proxy: proxy.clone(), limits, ..Rules::default() })
}

/// A file of authorities: the public ones of a whole system are a fifth of this.
const MAX_PEM_BYTES: u64 = 1024 * 1024;
