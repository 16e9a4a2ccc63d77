//! Name → addresses, each of them judged. The connection goes to what was judged and to nothing else,
//! so a name server that answers otherwise a moment later (DNS rebinding) is not asked again.

use std::net::SocketAddr;
use std::sync::Arc;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::address::{is_a_host, is_public};

/// What a name is turned into addresses by. The system's own in use; a test's own to play a bad one.
pub(crate) trait Lookup: std::fmt::Debug + Send + Sync {
    fn look_up(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<Vec<SocketAddr>, ureq::Error>;
}

/// The system's resolver, on a thread of its own so that it can be given up on.
#[derive(Debug, Default)]
pub(crate) struct System(DefaultResolver);

impl Lookup for System {
    fn look_up(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<Vec<SocketAddr>, ureq::Error> {
        Ok(self.0.resolve(uri, config, timeout)?.to_vec())
    }
}

/// The resolver of one call.
#[derive(Debug)]
pub(crate) struct Judging {
    lookup: Arc<dyn Lookup>,
    is_allowed: bool,
}

/// A name led to an address that is not public.
#[derive(Debug, thiserror::Error)]
#[error("the name leads into a private network")]
pub(crate) struct LedHome;

impl Judging {
    /// `is_allowed`: the rules name the origin that is called.
    pub(crate) fn new(lookup: Arc<dyn Lookup>, is_allowed: bool) -> Self {
        Self { lookup, is_allowed }
    }
}

impl Resolver for Judging {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.lookup.look_up(uri, config, timeout)?;
        // The proxy's own address is the machine owner's choice; the target is never looked up then.
        let is_proxy = config.proxy().is_some_and(|proxy| proxy.uri() == uri);
        let may_be_private = self.is_allowed || is_proxy;
        // One bad address spoils the name: which of several would be taken is not the name server's to say.
        let is_fine = |ip| is_a_host(ip) && (may_be_private || is_public(ip));
        if found.iter().any(|address| !is_fine(address.ip())) {
            return Err(ureq::Error::Other(Box::new(LedHome)));
        }
        let mut kept = self.empty();
        for address in found.into_iter().take(MAX_ADDRESSES) {
            kept.push(address);
        }
        if kept.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(kept) }
    }
}

/// Addresses of one name that are tried. The list of ureq holds 16.
const MAX_ADDRESSES: usize = 8;

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use chop_core::DataLeft;

    use super::*;
    use crate::{Call, Cancel, Client, Origin, Rules};

    /// A name server with an answer for each time that it is asked.
    #[derive(Debug)]
    struct Scripted(Mutex<Vec<Vec<SocketAddr>>>);

    impl Lookup for Scripted {
        fn look_up(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<Vec<SocketAddr>, ureq::Error> {
            Ok(self.0.lock().unwrap().remove(0))
        }
    }

    fn client(answers: &[&[&str]], allowed: &[&str]) -> Client {
        let parse = |answer: &&[&str]| answer.iter().map(|text| text.parse().unwrap()).collect();
        let lookup = Scripted(Mutex::new(answers.iter().map(parse).collect()));
        let allowed = allowed.iter().map(|text| Origin::parse(text).unwrap()).collect();
        let limits =
            crate::Limits { connect: std::time::Duration::from_millis(300), ..crate::Limits::default() };
        Client::with_lookup(Rules { allowed, limits, ..Rules::default() }, Arc::new(lookup)).unwrap()
    }

    fn code(client: &Client, url: &str) -> &'static str {
        let error = client.send(&Call::post(url, "x/y", vec![1]), &Cancel::default()).unwrap_err();
        assert_eq!(error.data_left(), DataLeft::No);
        error.code()
    }

    #[test]
    fn row_20_a_name_that_leads_home_is_refused() {
        for address in [
            "127.0.0.1:443",
            "10.1.2.3:443",
            "169.254.169.254:443",
            "[::1]:443",
            "[fe80::1]:443",
            "[::ffff:192.168.1.1]:443",
            "100.64.0.1:443",
            "224.0.0.1:443",
            "0.0.0.0:443",
        ] {
            assert_eq!(code(&client(&[&[address]], &[]), "https://status.example/"), "net.private-address");
        }
    }

    #[test]
    fn row_20_one_private_address_among_public_ones_spoils_the_name() {
        let answers: &[&str] = &["8.8.8.8:443", "127.0.0.1:443"];
        assert_eq!(code(&client(&[answers], &[]), "https://status.example/"), "net.private-address");
    }

    #[test]
    fn row_20_the_name_server_is_asked_once_so_it_cannot_change_its_mind() {
        // Asked a second time, the script would panic: the checked address is the one that is tried.
        let rebinding: &[&[&str]] = &[&["127.0.0.1:9"], &["127.0.0.1:443"]];
        let client = client(rebinding, &["https://status.example"]);
        assert_eq!(code(&client, "https://status.example/"), "net.unreachable");
    }

    #[test]
    fn an_allowed_name_may_be_private_but_no_group() {
        let client = client(&[&["224.0.0.1:443"]], &["https://status.example"]);
        assert_eq!(code(&client, "https://status.example/"), "net.private-address");
    }

    #[test]
    fn no_address_at_all_is_no_host() {
        assert_eq!(code(&client(&[&[]], &[]), "https://status.example/"), "net.host-unknown");
    }
}
