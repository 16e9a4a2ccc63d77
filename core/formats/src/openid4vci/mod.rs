//! OpenID4VCI 1.0, the wallet's side of the pre-authorised code: what an issuer sends, read strictly, and
//! what is sent to it.
//!
//! ```text
//! offer      openid-credential-offer://?credential_offer=… | credential_offer_uri=…   section 4.1
//! metadata   /.well-known/openid-credential-issuer, /.well-known/oauth-authorization-server   12.2, 12.3
//! token      pre-authorized_code, tx_code                                             section 6
//! nonce      c_nonce                                                                  section 7
//! credential proofs { jwt: [proof of our key] } → one dc+sd-jwt                       section 8
//! notify     credential_accepted | credential_deleted | credential_failure            section 11
//! ```
//!
//! What an issuer says about itself is its word. Who it is shows when the seal of what it issued is
//! judged by the trust lists, as for every import.

mod metadata;
mod offer;
mod proof;
mod responses;

pub use metadata::{IssuerMetadata, ServerMetadata};
pub use offer::{CredentialOffer, InputMode, OfferText, TxCode};
pub use proof::{KeyProof, PROOF_TYP};
pub use responses::{Delivered, TokenAnswer, read_credential, read_nonce, read_refusal, read_token};

use crate::coded_union::coded_union;
use crate::jose::JoseError;
use crate::json::JsonError;
use crate::web_address::WebError;
use crate::web_form::FormError;

chop_model::coded_errors! {
    /// What an issuer can do that ends an issuance. Each is a code of its own.
    pub enum IssuanceRule {
        /// Another scheme, or members of another kind.
        NotAnOffer => ("issuance.not-an-offer", Peer, "not an offer of a credential"),
        /// Another grant than the pre-authorised code.
        NoCodeGrant => ("issuance.no-code-grant", Peer, "the offer has no pre-authorised code"),
        /// Metadata of another shape.
        BadMetadata => ("issuance.bad-metadata", Peer, "what the issuer says about itself cannot be read"),
        /// Metadata of another issuer or server than was asked.
        OtherIssuer => ("issuance.other-issuer", Peer, "the metadata are another issuer's"),
        /// An endpoint on a host that is neither the issuer's nor its server's.
        OtherAddress => ("issuance.other-address", Peer, "the issuer points to an address on another host"),
        /// The offer names a configuration that the metadata do not have.
        NoSuchConfiguration => ("issuance.no-such-configuration", Peer, "the issuer offers something that it does not describe"),
        /// Another format than `dc+sd-jwt`.
        FormatUnsupported => ("issuance.format-unsupported", Peer, "the issuer offers another form of credential"),
        /// No binding to a key by a JWT proof with ES256.
        BindingUnsupported => ("issuance.binding-unsupported", Peer, "the issuer does not bind the credential to a key in a known way"),
        /// A transaction code is needed.
        CodeNeeded => ("issuance.code-needed", User, "the issuer asks for a transaction code"),
        /// A transaction code was given and none is asked for.
        CodeNotAsked => ("issuance.code-not-asked", User, "the issuer asks for no transaction code"),
        /// The transaction code has another length or other characters than the offer says.
        CodeShape => ("issuance.code-shape", User, "the transaction code has another shape than the offer says"),
        /// `invalid_grant` with a transaction code.
        CodeWrong => ("issuance.code-wrong", User, "the issuer did not take the transaction code"),
        /// `invalid_grant` without one.
        OfferOver => ("issuance.offer-over", Peer, "the offer is used or over"),
        /// Not a bearer token.
        BadToken => ("issuance.bad-token", Peer, "the access token cannot be used"),
        /// No `c_nonce`.
        BadNonce => ("issuance.bad-nonce", Peer, "the issuer gave no nonce"),
        /// `invalid_proof` or `invalid_nonce`.
        ProofRefused => ("issuance.proof-refused", Peer, "the issuer did not take the proof of the key"),
        /// Any other error of a token or credential endpoint.
        Refused => ("issuance.refused", Peer, "the issuer refused"),
        /// A `transaction_id` in place of a credential.
        Deferred => ("issuance.deferred", Peer, "the issuer wants to deliver later"),
        /// None, several, or not one SD-JWT VC.
        BadCredential => ("issuance.bad-credential", Peer, "what came is not the credential that was ordered"),
        /// Of another type than the configuration says.
        OtherType => ("issuance.other-type", Peer, "what came is of another type than was offered"),
        /// Bound to another key.
        OtherKey => ("issuance.other-key", Peer, "what came is bound to another key"),
        /// Nobody who is trusted vouches for the issuer of this type.
        UnknownIssuer => ("issuance.unknown-issuer", Peer, "nobody who is trusted vouches for the issuer"),
        /// The issuer's signature does not hold, or the credential is not valid now.
        BadSeal => ("issuance.bad-seal", Peer, "the issuer's seal does not hold"),
        /// An answer to a step that is not the present one.
        WrongStep => ("issuance.wrong-step", Bug, "the answer belongs to another step"),
    }
}

coded_union! {
    /// Why an issuance ends.
    pub enum IssuanceError {
        /// A rule of issuance.
        Rule(IssuanceRule),
        /// An address.
        Web(WebError),
        /// The parameters of a link.
        Form(FormError),
        /// A JSON text.
        Json(JsonError),
        /// A signature of ours.
        Jose(JoseError),
    }
}

/// Bytes of an offer, of metadata and of every answer.
pub const MAX_MESSAGE: usize = 1 << 20;

#[cfg(test)]
mod tests;
