//! Small words of the border and their counterparts in core.

use chop_core::flow::State;
use chop_core::plumbing::model;
use chop_core::plumbing::vault::SpaceKind;
use chop_core::plumbing::vault::table::{exchange, item};
use chop_core::{DataLeft, Standing};

/// An enum of the border with its counterpart in core, in both directions where both exist.
macro_rules! mirror {
    ($(#[$meta:meta])* $name:ident = $core:ty { $($(#[$doc:meta])* $variant:ident = $theirs:ident,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl From<$core> for $name {
            fn from(theirs: $core) -> Self {
                match theirs { $(<$core>::$theirs => Self::$variant,)+ }
            }
        }

        impl From<$name> for $core {
            fn from(ours: $name) -> Self {
                match ours { $($name::$variant => <$core>::$theirs,)+ }
            }
        }
    };
}

mirror! {
    /// A language of the product.
    Language = model::Lang {
        /// 简体中文.
        ZhHans = ZhHans,
        /// 繁體中文.
        ZhHant = ZhHant,
        /// English.
        En = En,
        /// Português.
        Pt = Pt,
    }
}

mirror! {
    /// Where somebody lives or sits.
    Place = model::Jurisdiction {
        /// Mainland China.
        Cn = Cn,
        /// Hong Kong SAR.
        Hk = Hk,
        /// Macao SAR.
        Mo = Mo,
        /// Anywhere else.
        Other = Other,
    }
}

mirror! {
    /// Whose fault an error is.
    Fault = model::Fault {
        /// The other side's.
        Peer = Peer,
        /// The caller's.
        User = User,
        /// The device's.
        Environment = Environment,
        /// Ours.
        Bug = Bug,
    }
}

mirror! {
    /// Whether data left the device before a step failed.
    Left = DataLeft {
        /// Nothing left.
        No = No,
        /// Sealed bytes left, their key did not.
        SealedOnly = SealedOnly,
        /// It cannot be known; treat it as left.
        Unknown = Unknown,
    }
}

mirror! {
    /// Whose space it is.
    SpaceType = SpaceKind {
        /// A person's.
        Person = Person,
        /// A firm's, a hospital's, a university's.
        Firm = Firm,
    }
}

mirror! {
    /// The two shelves.
    ShelfName = item::Shelf {
        /// 证照: what an issuer signed.
        Credentials = Credential,
        /// 数据: the holder's own data.
        Data = Data,
    }
}

mirror! {
    /// Which side of an exchange this space is on.
    Role = exchange::Role {
        /// It grants.
        Holder = Holder,
        /// It asks.
        Verifier = Verifier,
    }
}

mirror! {
    /// What the device's key store remembers of the record.
    StandingOf = Standing {
        /// The same state.
        Current = Current,
        /// Nothing: it cannot be told whether the space is the newest.
        NotWitnessed = NotWitnessed,
        /// A newer state: the space was rolled back.
        RolledBack = RolledBack,
    }
}

/// What the seal of a holding says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum SealState {
    /// It verifies under the key of a known issuer.
    Valid,
    /// It does not verify.
    Invalid,
    /// It cannot be checked here.
    CannotCheck,
    /// The holder's own word.
    SelfStated,
}

impl From<item::Seal> for SealState {
    fn from(seal: item::Seal) -> Self {
        match seal {
            item::Seal::Valid => Self::Valid,
            item::Seal::Invalid => Self::Invalid,
            item::Seal::CannotCheck => Self::CannotCheck,
            item::Seal::SelfStated => Self::SelfStated,
        }
    }
}

/// Where an exchange stands: its stable word, and whether anything can still happen to it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ExchangeState {
    /// `spent`, `acknowledged`, `released`, `confirmed`, ….
    pub word: String,
    /// Whether it waits for something.
    pub is_open: bool,
}

impl From<State> for ExchangeState {
    fn from(state: State) -> Self {
        Self { word: state.word().to_owned(), is_open: state.is_open() }
    }
}

/// A named value of an error.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}
