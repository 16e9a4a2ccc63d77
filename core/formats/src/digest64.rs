//! A SHA-256 digest as JSON carries it: 43 characters of base64url.

use std::fmt;

use chop_crypto::Digest;
use chop_crypto::encoding::{array_from_base64url, to_base64url};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// 32 bytes that serialise as canonical base64url without padding (RFC 4648 section 5). Any other
/// text, length or trailing bit is refused when read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct B64Digest(pub Digest);

impl From<Digest> for B64Digest {
    fn from(digest: Digest) -> Self {
        Self(digest)
    }
}

impl fmt::Display for B64Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_base64url(&self.0))
    }
}

impl fmt::Debug for B64Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "B64Digest({self})")
    }
}

impl std::str::FromStr for B64Digest {
    type Err = chop_crypto::CryptoError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        array_from_base64url(text).map(Self)
    }
}

impl Serialize for B64Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&to_base64url(&self.0))
    }
}

impl<'de> Deserialize<'de> for B64Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(|_| de::Error::custom("not a digest in canonical base64url"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_canonical_text_of_32_bytes_is_read() {
        let digest = B64Digest([0xa5; 32]);
        let text = serde_json::to_string(&digest).unwrap();
        assert_eq!(serde_json::from_str::<B64Digest>(&text).unwrap(), digest);
        for bad in ["\"\"", "\"paWl\"", "1", &text.replace("U\"", "V\""), &text.replace("\"p", "\"=p")] {
            assert!(serde_json::from_str::<B64Digest>(bad).is_err(), "{bad}");
        }
    }
}
