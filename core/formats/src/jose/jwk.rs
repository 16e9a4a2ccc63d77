//! P-256 public keys as JSON (RFC 7517, RFC 7518 section 6.2) and their thumbprints (RFC 7638).

use chop_crypto::encoding::{array_from_base64url, to_base64url};
use chop_crypto::{Digest, P256PublicKey, sha256};
use serde_json::{Value, json};

use super::JoseError;

/// `{"crv":"P-256","kty":"EC","x":…,"y":…}`, nothing else.
pub fn to_value(key: &P256PublicKey) -> Value {
    json!({"kty": "EC", "crv": "P-256", "x": to_base64url(&key.x()), "y": to_base64url(&key.y())})
}

/// Reads a P-256 public key. Members it does not need (`kid`, `use`, `alg`) are ignored, as RFC 7517
/// section 4 demands; a private part is refused, because a key that was sent is no longer private.
///
/// # Errors
/// [`JoseError::BadKey`] unless it is an EC public key on P-256 with coordinates of 32 bytes.
pub fn from_value(value: &Value) -> Result<P256PublicKey, JoseError> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).ok_or(JoseError::BadKey);
    if text("kty")? != "EC" || text("crv")? != "P-256" || value.get("d").is_some() {
        return Err(JoseError::BadKey);
    }
    let coordinate = |name| array_from_base64url(text(name)?).map_err(|_| JoseError::BadKey);
    Ok(P256PublicKey::from_coordinates(&coordinate("x")?, &coordinate("y")?)?)
}

/// SHA-256 over the canonical JSON of the required members (RFC 7638 section 3).
pub fn thumbprint(key: &P256PublicKey) -> Digest {
    sha256(canonical(key).as_bytes())
}

/// The required members in lexical order without white space (RFC 7638 section 3.3).
pub(crate) fn canonical(key: &P256PublicKey) -> String {
    format!(
        r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#,
        to_base64url(&key.x()),
        to_base64url(&key.y())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Value {
        // RFC 7517 appendix A.1.
        json!({"kty": "EC", "crv": "P-256", "kid": "1", "use": "enc",
            "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
            "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"})
    }

    #[test]
    fn the_key_of_rfc_7517_goes_round() {
        let key = from_value(&sample()).unwrap();
        let written = to_value(&key);
        assert_eq!(from_value(&written), Ok(key));
        assert_eq!(written["x"], sample()["x"]);
        assert_eq!(thumbprint(&key), sha256(serde_json::to_string(&written).unwrap().as_bytes()));
    }

    #[test]
    fn other_keys_are_refused() {
        let with = |name: &str, to: Value| {
            let mut key = sample();
            key[name] = to;
            key
        };
        for bad in [
            with("kty", json!("oct")),
            with("crv", json!("P-384")),
            with("d", json!("AA")),
            with("x", json!("AA")),
            with("y", sample()["x"].clone()),
            with("x", json!("MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D5")),
            json!([]),
        ] {
            assert_eq!(from_value(&bad), Err(JoseError::BadKey), "{bad}");
        }
    }
}
