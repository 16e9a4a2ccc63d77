//! What an issuer and its authorisation server say about themselves (OpenID4VCI 1.0 sections 12.2 and
//! 12.3, RFC 8414).

use serde_json::{Map, Value};

use super::offer::GRANT_TYPE;
use super::{CredentialOffer, IssuanceError, IssuanceRule, MAX_MESSAGE};
use crate::json;
use crate::web_address::WebAddress;

/// Name of the issuer's metadata.
const ISSUER: &str = "openid-credential-issuer";
/// Name of its server's.
const SERVER: &str = "oauth-authorization-server";

/// What of an issuer's metadata an issuance needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerMetadata {
    /// The identifier: the audience of a proof.
    pub issuer: WebAddress,
    /// Where the token is fetched: the issuer itself, or a server that it names.
    pub server: WebAddress,
    /// Where the credential is fetched.
    pub credential_endpoint: WebAddress,
    /// Where a nonce is fetched.
    pub nonce_endpoint: Option<WebAddress>,
    /// Where the wallet may say what became of the credential.
    pub notification_endpoint: Option<WebAddress>,
    /// The type of the credential.
    pub vct: String,
}

/// What of an authorisation server's metadata an issuance needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerMetadata {
    /// Where the token is fetched.
    pub token_endpoint: WebAddress,
}

impl IssuerMetadata {
    /// Where the metadata of `issuer` are.
    ///
    /// # Errors
    /// An identifier that leads to none.
    pub fn address(issuer: &WebAddress) -> Result<WebAddress, IssuanceError> {
        Ok(issuer.well_known(ISSUER)?)
    }

    /// Reads the metadata for what is offered.
    ///
    /// # Errors
    /// [`IssuanceError`].
    pub fn read(bytes: &[u8], offer: &CredentialOffer) -> Result<Self, IssuanceError> {
        let value = json::parse(bytes, MAX_MESSAGE)?;
        let fields = value.as_object().ok_or(IssuanceRule::BadMetadata)?;
        // Section 12.2.1: identical to the identifier that the address was made from.
        if text(fields, "credential_issuer") != Some(offer.issuer.as_str()) {
            return Err(IssuanceRule::OtherIssuer.into());
        }
        let configuration = fields
            .get("credential_configurations_supported")
            .and_then(|all| all.get(&offer.configuration))
            .ok_or(IssuanceRule::NoSuchConfiguration)?;
        let vct = check_configuration(configuration)?;
        let server = server_of(fields, offer)?;
        let endpoint = |name: &str| endpoint(fields, name, &offer.issuer);
        Ok(Self {
            issuer: offer.issuer.clone(),
            server,
            credential_endpoint: endpoint("credential_endpoint")?.ok_or(IssuanceRule::BadMetadata)?,
            nonce_endpoint: endpoint("nonce_endpoint")?,
            notification_endpoint: endpoint("notification_endpoint")?,
            vct,
        })
    }
}

impl ServerMetadata {
    /// Where the metadata of `server` are.
    ///
    /// # Errors
    /// An identifier that leads to none.
    pub fn address(server: &WebAddress) -> Result<WebAddress, IssuanceError> {
        Ok(server.well_known(SERVER)?)
    }

    /// Reads the metadata of `server`.
    ///
    /// # Errors
    /// [`IssuanceError`].
    pub fn read(bytes: &[u8], server: &WebAddress) -> Result<Self, IssuanceError> {
        let value = json::parse(bytes, MAX_MESSAGE)?;
        let fields = value.as_object().ok_or(IssuanceRule::BadMetadata)?;
        // RFC 8414 section 3.3.
        if text(fields, "issuer") != Some(server.as_str()) {
            return Err(IssuanceRule::OtherIssuer.into());
        }
        let grants = fields.get("grant_types_supported").and_then(Value::as_array);
        if grants.is_some_and(|grants| !grants.iter().any(|grant| grant == GRANT_TYPE)) {
            return Err(IssuanceRule::NoCodeGrant.into());
        }
        let token_endpoint = endpoint(fields, "token_endpoint", server)?.ok_or(IssuanceRule::BadMetadata)?;
        Ok(Self { token_endpoint })
    }
}

/// The server that takes the code: the issuer itself, or the one of its list that the offer names, or the
/// only one (section 4.1.1, `authorization_server`).
fn server_of(fields: &Map<String, Value>, offer: &CredentialOffer) -> Result<WebAddress, IssuanceError> {
    let Some(listed) = fields.get("authorization_servers") else {
        return match &offer.server {
            Some(named) if *named != offer.issuer => Err(IssuanceRule::OtherIssuer.into()),
            _ => Ok(offer.issuer.clone()),
        };
    };
    let listed = listed.as_array().ok_or(IssuanceRule::BadMetadata)?;
    match (&offer.server, listed.as_slice()) {
        (Some(named), listed) if listed.iter().any(|server| server == named.as_str()) => Ok(named.clone()),
        (Some(_), _) => Err(IssuanceRule::OtherIssuer.into()),
        (None, [Value::String(only)]) => Ok(WebAddress::parse(only)?),
        (None, _) => Err(IssuanceRule::BadMetadata.into()),
    }
}

/// `dc+sd-jwt`, bound to a JWK that a JWT with ES256 proves; its `vct`.
fn check_configuration(configuration: &Value) -> Result<String, IssuanceError> {
    if configuration.get("format").and_then(Value::as_str) != Some(crate::dcql::FORMAT) {
        return Err(IssuanceRule::FormatUnsupported.into());
    }
    let has = |list: Option<&Value>, wanted: &str| {
        list.and_then(Value::as_array).is_some_and(|list| list.iter().any(|one| one == wanted))
    };
    let proofs = configuration.pointer("/proof_types_supported/jwt/proof_signing_alg_values_supported");
    if !has(configuration.get("cryptographic_binding_methods_supported"), "jwk") || !has(proofs, "ES256") {
        return Err(IssuanceRule::BindingUnsupported.into());
    }
    let vct = configuration.get("vct").and_then(Value::as_str).ok_or(IssuanceRule::BadMetadata)?;
    Ok(vct.to_owned())
}

/// An endpoint, on the host of whoever names it: a code, a token or a proof goes to nobody else.
fn endpoint(
    fields: &Map<String, Value>,
    name: &str,
    owner: &WebAddress,
) -> Result<Option<WebAddress>, IssuanceError> {
    let Some(value) = fields.get(name) else { return Ok(None) };
    let address = WebAddress::parse(value.as_str().ok_or(IssuanceRule::BadMetadata)?)?;
    if address.host() == owner.host() { Ok(Some(address)) } else { Err(IssuanceRule::OtherAddress.into()) }
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    fields.get(name).and_then(Value::as_str)
}
