//! DEMO authorities, made on the spot: a root that vouches for certificates, a publisher of a trust list,
//! issuers and what they issue. `chop demo`, the demo servers and the desktop's sample space play with
//! them. Nobody here exists, and every name says so; no key here outlives its process.
//!
//! ```text
//! Authorities::make   root and publisher       .issuer  .certify  .issue  .trust_list
//! SampleFolder        a resident with papers and a past, and a hospital, as spaces in a folder
//! hand_out            all that one hospital and one resident need, in one call
//! ```

mod authorities;
mod hand_out;
mod holdings;
mod keys;
pub mod macao;
mod past;
mod spaces;

pub use authorities::{Authorities, DemoIssuer};
pub use hand_out::{ForMacao, HandedOut, MacaoPapers, hand_out};
pub use keys::DemoKeys;
pub use spaces::{SAMPLE_PASSPHRASE, SampleFolder};
