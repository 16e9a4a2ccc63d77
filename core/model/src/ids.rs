//! Identifiers: 128 random bits, written as 22 base64url characters.

use std::fmt;
use std::str::FromStr;

use chop_crypto::encoding::{array_from_base64url, to_base64url};
use chop_crypto::{CryptoError, Random, make_array};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// 128 random bits that name a grant, a receipt, an exchange: the `jti` of our signed objects.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub [u8; 16]);

/// The id of a holding. Local to a space and never sent.
pub type ItemId = Id;

impl Id {
    /// A fresh id.
    ///
    /// # Errors
    /// When the random source fails.
    pub fn make(random: &dyn Random) -> Result<Self, CryptoError> {
        make_array(random).map(Self)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_base64url(&self.0))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({self})")
    }
}

impl FromStr for Id {
    type Err = CryptoError;
    fn from_str(text: &str) -> Result<Self, CryptoError> {
        array_from_base64url(text).map(Self)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(|_| de::Error::custom("not an id"))
    }
}
