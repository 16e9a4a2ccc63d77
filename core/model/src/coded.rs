//! An error says whose fault it is and what now: a stable code, a fault, and no data.

/// Whose fault an error is; decides the tone of its words and whether trying again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// What the other side sent is wrong.
    Peer,
    /// What the person in front of the machine gave or asked is wrong.
    User,
    /// The machine, the disk, the network or the time is in the way.
    Environment,
    /// Ours.
    Bug,
}

/// Something with a stable code that every language has words for.
pub trait Coded: std::error::Error {
    /// Stable, lower case, `area.what-is-wrong`. Never reused for another meaning.
    fn code(&self) -> &'static str;
    /// Whose fault it is.
    fn fault(&self) -> Fault;
}

/// Declares an error enum whose variants carry no data, each with its code, fault and English text.
///
/// The list `ALL` is complete by construction, so a test can demand words for every code.
///
/// ```
/// chop_model::coded_errors! {
///     /// What can be wrong with a coin.
///     pub enum CoinError {
///         /// It has one side only.
///         OneSided => ("coin.one-sided", Peer, "the coin has one side only"),
///     }
/// }
/// use chop_model::Coded;
/// assert_eq!(CoinError::OneSided.code(), "coin.one-sided");
/// assert_eq!(CoinError::OneSided.to_string(), "the coin has one side only");
/// assert_eq!(CoinError::ALL.len(), 1);
/// ```
#[macro_export]
macro_rules! coded_errors {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$vmeta:meta])* $variant:ident => ($code:literal, $fault:ident, $text:literal),)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every variant, for the tests that hold codes and words together.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self { $(Self::$variant => $text,)+ })
            }
        }

        impl std::error::Error for $name {}

        impl $crate::Coded for $name {
            fn code(&self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
            fn fault(&self) -> $crate::Fault {
                match self { $(Self::$variant => $crate::Fault::$fault,)+ }
            }
        }
    };
}

impl Coded for chop_crypto::CryptoError {
    fn code(&self) -> &'static str {
        use chop_crypto::CryptoError as E;
        match self {
            E::Random => "crypto.random",
            E::BadPublicKey => "crypto.public-key",
            E::BadPrivateKey => "crypto.private-key",
            E::BadSignature => "crypto.signature",
            E::BadSeal => "crypto.seal",
            E::BadBase64Url => "crypto.base64url",
            E::NoSuchKey => "crypto.no-such-key",
            E::WrongPurpose => "crypto.wrong-purpose",
            E::BadCost => "crypto.cost",
            // The enum is open; a variant without words of its own is a key store in trouble.
            _ => "crypto.keystore",
        }
    }

    fn fault(&self) -> Fault {
        use chop_crypto::CryptoError as E;
        match self {
            E::BadPublicKey | E::BadSignature | E::BadSeal | E::BadBase64Url => Fault::Peer,
            E::Random | E::KeystoreUnavailable => Fault::Environment,
            E::BadCost => Fault::User,
            _ => Fault::Bug,
        }
    }
}
