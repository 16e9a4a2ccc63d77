//! What can be wrong with an SD-JWT.

use crate::jose::JoseError;
use crate::json::JsonError;

chop_model::coded_errors! {
    /// Why an SD-JWT, a presentation or a credential was refused, or could not be made.
    pub enum SdJwtError {
        /// Larger than the bound.
        TooLarge => ("sd-jwt.too-large", Peer, "the credential is larger than allowed"),
        /// Not parts joined by `~`, nor a JSON serialization of them.
        Malformed => ("sd-jwt.malformed", Peer, "the text is not an SD-JWT"),
        /// More disclosures, digests or signatures than the bounds.
        TooMany => ("sd-jwt.too-many", Peer, "the credential has more parts than allowed"),
        /// Not canonical base64url.
        BadEncoding => ("sd-jwt.bad-encoding", Peer, "a part of the credential is not canonical base64url"),
        /// Not JSON.
        BadJson => ("sd-jwt.bad-json", Peer, "a part of the credential is not well-formed JSON"),
        /// The same key twice in one JSON object.
        DuplicateKey => ("sd-jwt.duplicate-key", Peer, "a part of the credential has the same key twice"),
        /// Nested too deeply, within one part or across disclosures.
        TooDeep => ("sd-jwt.too-deep", Peer, "the credential is nested too deeply"),
        /// Another algorithm than ES256.
        BadAlgorithm => ("sd-jwt.bad-algorithm", Peer, "the credential uses a signature algorithm that is not allowed"),
        /// A header field that is wrong, unknown and critical, or brings its own key.
        BadHeader => ("sd-jwt.bad-header", Peer, "the credential's header is not acceptable"),
        /// Another `typ` than expected.
        WrongType => ("sd-jwt.wrong-type", Peer, "the credential is of another type than expected"),
        /// Not the issuer's signature.
        BadSignature => ("sd-jwt.bad-signature", Peer, "the issuer's signature does not verify"),
        /// `_sd_alg` names another hash than SHA-256.
        UnknownHash => ("sd-jwt.unknown-hash", Peer, "the credential uses an unknown hash"),
        /// `_sd` that is no list of texts, or a `...` element that is more than a digest.
        BadDigest => ("sd-jwt.bad-digest", Peer, "the credential's list of digests is malformed"),
        /// A disclosure that is not a list of the length its place needs, or has no salt.
        BadDisclosure => ("sd-jwt.bad-disclosure", Peer, "a disclosure is malformed"),
        /// A claim named `_sd`, `...` or, below the top, `_sd_alg`.
        ReservedName => ("sd-jwt.reserved-name", Peer, "a claim has a reserved name"),
        /// A disclosed claim that already exists at its level.
        NameCollision => ("sd-jwt.name-collision", Peer, "a disclosed claim exists twice"),
        /// The same digest in two places.
        DigestTwice => ("sd-jwt.digest-twice", Peer, "a digest appears twice in the credential"),
        /// A disclosure that no digest refers to, or the same disclosure twice.
        UnreferencedDisclosure => ("sd-jwt.unreferenced-disclosure", Peer, "a disclosure does not belong to the credential"),
        /// `exp`, `nbf` or `iat` that is no time.
        BadTime => ("sd-jwt.bad-time", Peer, "a time in the credential is malformed"),
        /// `exp` has passed.
        Expired => ("sd-jwt.expired", Peer, "the credential has expired"),
        /// `nbf` lies ahead.
        NotYetValid => ("sd-jwt.not-yet-valid", Peer, "the credential is not valid yet"),
        /// `iat` lies too far ahead.
        IssuedInFuture => ("sd-jwt.issued-in-future", Peer, "the credential was issued in the future"),
        /// The issuer's `aud` names somebody else.
        NotForUs => ("sd-jwt.not-for-us", Peer, "the credential is meant for somebody else"),
        /// Key binding is asked for and missing.
        NoKeyBinding => ("sd-jwt.no-key-binding", Peer, "the presentation does not prove that it comes from the holder"),
        /// A presentation where an issued credential is expected.
        UnexpectedKeyBinding => ("sd-jwt.unexpected-key-binding", Peer, "a credential was expected, not a presentation"),
        /// `cnf` holds no P-256 key, or not the one that was to sign.
        NoHolderKey => ("sd-jwt.no-holder-key", Peer, "the credential is not bound to the holder's key"),
        /// The key binding JWT lacks a claim or has one of the wrong kind.
        BadKeyBinding => ("sd-jwt.bad-key-binding", Peer, "the proof of the holder is malformed"),
        /// The key binding JWT was not signed by the key in `cnf`.
        BadHolderSignature => ("sd-jwt.bad-holder-signature", Peer, "the holder's signature does not verify"),
        /// `aud` is not exactly us.
        WrongAudience => ("sd-jwt.wrong-audience", Peer, "the presentation was made for somebody else"),
        /// `nonce` is not that of this exchange.
        WrongNonce => ("sd-jwt.wrong-nonce", Peer, "the presentation was made for another request"),
        /// `sd_hash` is not that of what was presented.
        WrongSdHash => ("sd-jwt.wrong-sd-hash", Peer, "the presentation was changed after it was signed"),
        /// `chop_grant` is missing or names another grant.
        WrongGrant => ("sd-jwt.wrong-grant", Peer, "the presentation belongs to another grant"),
        /// The key binding's `iat` lies too far ahead.
        KeyBindingInFuture => ("sd-jwt.key-binding-in-future", Peer, "the presentation was made in the future"),
        /// The key binding is older than the verifier accepts.
        KeyBindingTooOld => ("sd-jwt.key-binding-too-old", Peer, "the presentation is too old"),
        /// No `vct`, or not a text (SD-JWT VC).
        NoCredentialType => ("sd-jwt-vc.no-type", Peer, "the credential does not say what it is"),
        /// A claim that decides about validity was selectively disclosable (SD-JWT VC).
        HiddenClaim => ("sd-jwt-vc.hidden-claim", Peer, "the credential hides a claim that must always be shown"),
        /// `iss`, `sub`, `cnf` or `status` of the wrong kind (SD-JWT VC).
        BadClaim => ("sd-jwt-vc.bad-claim", Peer, "a claim of the credential is of the wrong kind"),
        /// A path that names nothing in the credential.
        NoSuchClaim => ("sd-jwt.no-such-claim", Bug, "the credential has no such claim"),
        /// Claims that cannot be issued: a reserved name, or a path that names nothing.
        NotIssuable => ("sd-jwt.not-issuable", Bug, "these claims cannot be issued"),
        /// The key store or the random source failed.
        KeyFailure => ("sd-jwt.key-failure", Environment, "the key could not be used"),
    }
}

impl From<JsonError> for SdJwtError {
    fn from(error: JsonError) -> Self {
        match error {
            JsonError::DuplicateKey => Self::DuplicateKey,
            JsonError::TooDeep => Self::TooDeep,
            JsonError::TooLarge => Self::TooLarge,
            JsonError::NotUtf8 | JsonError::Malformed | JsonError::WrongShape => Self::BadJson,
        }
    }
}

impl From<JoseError> for SdJwtError {
    fn from(error: JoseError) -> Self {
        use JoseError as J;
        match error {
            J::TooLarge => Self::TooLarge,
            J::BadEncoding => Self::BadEncoding,
            J::BadJson => Self::BadJson,
            J::DuplicateKey => Self::DuplicateKey,
            J::TooDeep => Self::TooDeep,
            J::BadAlgorithm => Self::BadAlgorithm,
            J::BadHeader | J::CriticalHeader | J::KeyInHeader | J::Compressed => Self::BadHeader,
            J::WrongType => Self::WrongType,
            J::BadSignature => Self::BadSignature,
            J::BadKey => Self::NoHolderKey,
            J::KeyFailure => Self::KeyFailure,
            J::Misuse => Self::NotIssuable,
            J::NotCompact | J::WrongRecipient | J::WrongParty | J::BadSeal => Self::Malformed,
        }
    }
}

impl From<chop_crypto::CryptoError> for SdJwtError {
    fn from(error: chop_crypto::CryptoError) -> Self {
        JoseError::from(error).into()
    }
}
