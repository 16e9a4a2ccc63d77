//! What goes over a network: answers to links, credentials from an issuer, and the demo servers.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use super::{NetArgs, PicturesArgs};

/// `chop decline …`
#[derive(Debug, Args)]
pub(crate) struct DeclineArgs {
    #[command(flatten)]
    pub(crate) pictures: PicturesArgs,
    #[command(flatten)]
    pub(crate) net: NetArgs,
}

/// `chop send-again …`
#[derive(Debug, Args)]
pub(crate) struct SendAgainArgs {
    /// Exchange id, or its beginning.
    #[arg(allow_hyphen_values = true)]
    pub(crate) exchange: String,
    #[command(flatten)]
    pub(crate) net: NetArgs,
}

/// `chop receive-credential …`
#[derive(Debug, Args)]
pub(crate) struct ReceiveCredentialArgs {
    /// The offer: a link, or a picture of its QR code.
    #[arg(value_name = "OFFER")]
    pub(crate) offer: PathBuf,
    /// The code that the issuer gave another way, if it asks for one; asked at the terminal otherwise.
    #[arg(long, value_name = "CODE")]
    pub(crate) tx_code: Option<String>,
    /// Keep what comes without asking, if a trusted issuer's seal on it holds.
    #[arg(long)]
    pub(crate) yes: bool,
    /// Title on the card.
    #[arg(long)]
    pub(crate) title: Option<String>,
    #[command(flatten)]
    pub(crate) net: NetArgs,
}

/// `chop tool demo-issuer …`
#[derive(Debug, Args)]
pub(crate) struct DemoIssuerArgs {
    /// Address to listen on; of this machine only.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8088")]
    pub(crate) listen: SocketAddr,
    /// The hospital's public key, from `chop key verifier`, to be certified and listed as well.
    #[arg(long, value_name = "FILE")]
    pub(crate) verifier_jwk: Option<PathBuf>,
    /// Folder for trust list, offers and their codes; made if it is missing.
    #[arg(long, value_name = "DIR")]
    pub(crate) into: PathBuf,
}

/// `chop tool demo-verifier …`
#[derive(Debug, Args)]
pub(crate) struct DemoVerifierArgs {
    /// Address to listen on; of this machine only.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8089")]
    pub(crate) listen: SocketAddr,
    /// DCQL query, JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) dcql: PathBuf,
    /// Terms of use, JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) terms: PathBuf,
}
