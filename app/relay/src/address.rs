//! Whose call it is, for the rate alone.

use std::net::{IpAddr, SocketAddr};

use axum::extract::Request;

/// Where the caller's address is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressFrom {
    /// The connection.
    Peer,
    /// The last `X-Forwarded-For`, which a proxy of our own wrote.
    XForwardedFor,
}

impl AddressFrom {
    pub(crate) fn of(self, request: &Request, peer: SocketAddr) -> IpAddr {
        let forwarded = || {
            let last = request.headers().get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
            last.rsplit(',').next()?.trim().parse().ok()
        };
        match self {
            Self::Peer => peer.ip(),
            // Without the header the proxy itself is the caller: one bucket for all, which is found soon.
            Self::XForwardedFor => forwarded().unwrap_or_else(|| peer.ip()),
        }
    }
}
