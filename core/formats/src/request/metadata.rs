//! `client_metadata`: one key to seal the answer to, and what the verifier takes (OpenID4VP 1.0
//! sections 5.1, 8.3 and 11.1).

use std::collections::BTreeMap;

use chop_crypto::P256PublicKey;
use chop_crypto::encoding::to_base64url;
use serde::Serialize;
use serde_json::Value;

use super::{Carrier, RequestRule};
use crate::dcql::FORMAT;
use crate::jose::jwe::Enc;
use crate::jose::jwk;

/// The key, its name, and how the answer is sealed.
pub(super) fn read(
    metadata: Option<&Value>,
    carrier: Carrier,
) -> Result<(P256PublicKey, String, Enc), RequestRule> {
    let metadata = metadata.filter(|m| m.is_object()).ok_or(RequestRule::NoEncryptionKey)?;
    let keys = metadata.pointer("/jwks/keys").and_then(Value::as_array);
    let key = match keys.map(Vec::as_slice) {
        None | Some([]) => return Err(RequestRule::NoEncryptionKey),
        Some([key]) => key,
        // Which of two is meant would be the wallet's guess.
        Some(_) => return Err(RequestRule::SeveralEncryptionKeys),
    };
    let enc = encryption(metadata, carrier)?;
    check_formats(metadata)?;
    let (key, kid) = read_key(key)?;
    Ok((key, kid, enc))
}

/// `client_metadata` of a verifier with this key, in the order of the compressor's dictionary: a frame
/// less to show.
pub(super) fn write(key: &P256PublicKey) -> impl Serialize {
    Metadata {
        jwks: Keys {
            keys: [Key {
                kty: "EC",
                crv: "P-256",
                usage: "enc",
                alg: KEY_AGREEMENT,
                kid: encryption_kid(key),
                x: to_base64url(&key.x()),
                y: to_base64url(&key.y()),
            }],
        },
        encrypted_response_enc_values_supported: [CONTENT_ENCRYPTION],
        vp_formats_supported: BTreeMap::from([(
            FORMAT,
            BTreeMap::from(["sd-jwt_alg_values", "kb-jwt_alg_values"].map(|n| (n, [SIGNATURE]))),
        )]),
    }
}

/// The name that a request gives its encryption key: the first 12 bytes of the RFC 7638 thumbprint, in
/// base64url. It tells a verifier's open requests apart; it proves nothing.
pub fn encryption_kid(key: &P256PublicKey) -> String {
    let mut kid = to_base64url(&jwk::thumbprint(key));
    kid.truncate(KID_CHARS);
    kid
}

#[derive(Serialize)]
struct Metadata {
    jwks: Keys,
    encrypted_response_enc_values_supported: [&'static str; 1],
    vp_formats_supported: BTreeMap<&'static str, BTreeMap<&'static str, [&'static str; 1]>>,
}

#[derive(Serialize)]
struct Keys {
    keys: [Key; 1],
}

/// RFC 7517 section 4, RFC 7518 section 6.2.1.
#[derive(Serialize)]
struct Key {
    kty: &'static str,
    crv: &'static str,
    #[serde(rename = "use")]
    usage: &'static str,
    alg: &'static str,
    kid: String,
    x: String,
    y: String,
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

/// A256GCM wherever it is taken. On our own carriers nothing else is; over a link also A128GCM, which is
/// what silence means there (OpenID4VP 1.0 section 5.1).
fn encryption(metadata: &Value, carrier: Carrier) -> Result<Enc, RequestRule> {
    let supported = metadata.get("encrypted_response_enc_values_supported");
    let takes = |enc: Enc| {
        let list = supported.and_then(Value::as_array);
        list.is_some_and(|list| list.iter().any(|name| name == enc.name()))
    };
    match carrier {
        _ if takes(Enc::A256Gcm) => Ok(Enc::A256Gcm),
        Carrier::Link if supported.is_none() || takes(Enc::A128Gcm) => Ok(Enc::A128Gcm),
        _ => Err(RequestRule::BadEncryption),
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
const KID_CHARS: usize = 16;
