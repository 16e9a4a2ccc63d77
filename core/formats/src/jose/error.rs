//! What can be wrong with a signed or sealed object.

use chop_crypto::CryptoError;

use crate::json::JsonError;

chop_model::coded_errors! {
    /// Why a JWK, JWS or JWE was refused.
    pub enum JoseError {
        /// Larger than the caller allows.
        TooLarge => ("jose.too-large", Peer, "the signed or sealed object is larger than allowed"),
        /// Not the right number of parts, or a part of the wrong length.
        NotCompact => ("jose.not-compact", Peer, "the object is not in compact form"),
        /// Not base64url without padding in its one canonical form.
        BadEncoding => ("jose.bad-encoding", Peer, "a part of the object is not canonical base64url"),
        /// Header or payload is not JSON.
        BadJson => ("jose.bad-json", Peer, "a part of the object is not well-formed JSON"),
        /// The same key twice in one JSON object.
        DuplicateKey => ("jose.duplicate-key", Peer, "a part of the object has the same key twice"),
        /// JSON nested too deeply.
        TooDeep => ("jose.too-deep", Peer, "a part of the object is nested too deeply"),
        /// An algorithm outside the allow-list, `none` and `HS256` among them.
        BadAlgorithm => ("jose.bad-algorithm", Peer, "the object uses an algorithm that is not allowed"),
        /// A `crit` header, or one that changes how the rest is read.
        CriticalHeader => ("jose.critical-header", Peer, "the object's header demands something unknown"),
        /// `zip`: length would speak about sealed content.
        Compressed => ("jose.compressed", Peer, "the sealed object is compressed"),
        /// A header field of the wrong kind or beyond its bound.
        BadHeader => ("jose.bad-header", Peer, "a field in the object's header is wrong"),
        /// The header brings its own key where the key must come from elsewhere.
        KeyInHeader => ("jose.key-in-header", Peer, "the object brings its own key"),
        /// Another `typ` than expected.
        WrongType => ("jose.wrong-type", Peer, "the object is of another type than expected"),
        /// Not a P-256 public key in JWK form, or one with its private part.
        BadKey => ("jose.bad-key", Peer, "the key is not a P-256 public key"),
        /// The signature is not that key's over these bytes.
        BadSignature => ("jose.bad-signature", Peer, "the signature does not verify"),
        /// Sealed to another key than ours.
        WrongRecipient => ("jose.wrong-recipient", Peer, "the object was sealed to another key"),
        /// Sealed for another exchange.
        WrongParty => ("jose.wrong-party", Peer, "the object was sealed for another exchange"),
        /// The tag does not fit key, header and bytes.
        BadSeal => ("jose.bad-seal", Peer, "the sealed object does not open"),
        /// The key store or the random source failed.
        KeyFailure => ("jose.key-failure", Environment, "the key could not be used"),
        /// The key was made for another purpose, or the value to be signed is no JSON.
        Misuse => ("jose.misuse", Bug, "the object could not be made as asked"),
    }
}

impl From<JsonError> for JoseError {
    fn from(error: JsonError) -> Self {
        match error {
            JsonError::DuplicateKey => Self::DuplicateKey,
            JsonError::TooDeep => Self::TooDeep,
            JsonError::TooLarge => Self::TooLarge,
            JsonError::NotUtf8 | JsonError::Malformed | JsonError::WrongShape => Self::BadJson,
        }
    }
}

impl From<CryptoError> for JoseError {
    fn from(error: CryptoError) -> Self {
        match error {
            CryptoError::BadSignature => Self::BadSignature,
            CryptoError::BadBase64Url => Self::BadEncoding,
            CryptoError::BadPublicKey => Self::BadKey,
            CryptoError::BadSeal => Self::BadSeal,
            CryptoError::WrongPurpose => Self::Misuse,
            _ => Self::KeyFailure,
        }
    }
}
