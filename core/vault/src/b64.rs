//! Bytes in `space.json`: base64url in its one canonical form.

use chop_crypto::encoding::{from_base64url, to_base64url};
use serde::{Deserialize, Deserializer, Serializer, de};

pub(crate) fn serialize<T: AsRef<[u8]>, S: Serializer>(bytes: &T, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&to_base64url(bytes.as_ref()))
}

pub(crate) fn deserialize<'de, T: TryFrom<Vec<u8>>, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let text = String::deserialize(from)?;
    let bytes = from_base64url(&text).map_err(de::Error::custom)?;
    T::try_from(bytes).map_err(|_| de::Error::custom("wrong length"))
}
