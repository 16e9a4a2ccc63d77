//! `client_metadata`: one key to seal the answer to, and what the verifier takes (OpenID4VP 1.0
//! sections 5.1, 8.3 and 11.1).

use chop_crypto::P256PublicKey;
use chop_crypto::encoding::to_base64url;
use serde_json::{Value, json};

use super::RequestRule;
use crate::dcql::FORMAT;
use crate::jose::jwk;

/// The key and its name.
pub(super) fn read(metadata: Option<&Value>) -> Result<(P256PublicKey, String), RequestRule> {
    let metadata = metadata.filter(|m| m.is_object()).ok_or(RequestRule::NoEncryptionKey)?;
    let keys = metadata.pointer("/jwks/keys").and_then(Value::as_array);
    let key = match keys.map(Vec::as_slice) {
        None | Some([]) => return Err(RequestRule::NoEncryptionKey),
        Some([key]) => key,
        // Which of two is meant would be the wallet's guess.
        Some(_) => return Err(RequestRule::SeveralEncryptionKeys),
    };
    check_encryption(metadata)?;
    check_formats(metadata)?;
    read_key(key)
}

/// The metadata of a verifier with this key.
pub(super) fn write(key: &P256PublicKey) -> Value {
    let mut encryption = jwk::to_value(key);
    if let Some(fields) = encryption.as_object_mut() {
        fields.insert("kid".to_owned(), encryption_kid(key).into());
        fields.insert("use".to_owned(), "enc".into());
        fields.insert("alg".to_owned(), KEY_AGREEMENT.into());
    }
    json!({
        "jwks": { "keys": [encryption] },
        "encrypted_response_enc_values_supported": [CONTENT_ENCRYPTION],
        "vp_formats_supported": {
            FORMAT: { "sd-jwt_alg_values": [SIGNATURE], "kb-jwt_alg_values": [SIGNATURE] }
        },
    })
}

/// The name that a request gives its encryption key: the RFC 7638 thumbprint, in base64url.
pub fn encryption_kid(key: &P256PublicKey) -> String {
    to_base64url(&jwk::thumbprint(key))
}

fn read_key(key: &Value) -> Result<(P256PublicKey, String), RequestRule> {
    let text = |name: &str| key.get(name).and_then(Value::as_str);
    if text("alg") != Some(KEY_AGREEMENT) || text("use") != Some("enc") {
        return Err(RequestRule::BadEncryptionKey);
    }
    let kid = text("kid")
        .filter(|kid| (1..=MAX_KID).contains(&kid.len()) && kid.bytes().all(|b| b.is_ascii_graphic()));
    let kid = kid.ok_or(RequestRule::BadEncryptionKey)?;
    let public = jwk::from_value(key).map_err(|_| RequestRule::BadEncryptionKey)?;
    Ok((public, kid.to_owned()))
}

fn check_encryption(metadata: &Value) -> Result<(), RequestRule> {
    let supported = metadata.get("encrypted_response_enc_values_supported").and_then(Value::as_array);
    match supported.is_some_and(|list| list.iter().any(|enc| enc == CONTENT_ENCRYPTION)) {
        true => Ok(()),
        false => Err(RequestRule::BadEncryption),
    }
}

fn check_formats(metadata: &Value) -> Result<(), RequestRule> {
    let format = metadata.get("vp_formats_supported").and_then(|formats| formats.get(FORMAT));
    let format = format.filter(|f| f.is_object()).ok_or(RequestRule::BadFormats)?;
    // Appendix B.3.4: absent means any algorithm.
    let takes = |name: &str| match format.get(name) {
        None => true,
        Some(list) => list.as_array().is_some_and(|l| l.iter().any(|alg| alg == SIGNATURE)),
    };
    if takes("sd-jwt_alg_values") && takes("kb-jwt_alg_values") {
        Ok(())
    } else {
        Err(RequestRule::BadFormats)
    }
}

const KEY_AGREEMENT: &str = "ECDH-ES";
const CONTENT_ENCRYPTION: &str = "A256GCM";
const SIGNATURE: &str = "ES256";
const MAX_KID: usize = 128;
