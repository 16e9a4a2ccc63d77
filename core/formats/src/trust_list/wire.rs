//! How certificates and keys stand in a list's JSON.

use chop_crypto::P256PublicKey;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::jose::jwk;

/// DER as padded standard base64, as `x5c` has it (RFC 7515 section 4.1.6).
pub(super) mod der {
    use chop_crypto::encoding::{from_base64, to_base64};
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(in super::super) fn serialize<S: Serializer>(der: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&to_base64(der))
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        from_base64(&String::deserialize(deserializer)?).map_err(|_| de::Error::custom("not base64"))
    }
}

/// A list of DER.
pub(super) mod ders {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(
        ders: &[Vec<u8>],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        ders.iter().cloned().map(One).collect::<Vec<_>>().serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Vec<u8>>, D::Error> {
        Ok(Vec::<One>::deserialize(deserializer)?.into_iter().map(|one| one.0).collect())
    }

    #[derive(Serialize, Deserialize)]
    struct One(#[serde(with = "super::der")] Vec<u8>);
}

/// An optional public key as JWK.
pub(super) mod key {
    use super::{Deserialize, Deserializer, P256PublicKey, Serialize, Serializer, de, jwk};

    pub(in super::super) fn serialize<S: Serializer>(
        key: &Option<P256PublicKey>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        key.as_ref().map(jwk::to_value).serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<P256PublicKey>, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        jwk::from_value(&value).map(Some).map_err(|_| de::Error::custom("not a public key"))
    }
}
