//! An error of a format that stands on others: one of theirs, or one of its own, with the code kept.

/// Declares an enum of error enums. Code, fault and text are those of the error inside.
macro_rules! coded_union {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident($inner:ty),)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name { $($(#[$vmeta])* $variant($inner),)+ }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self { $(Self::$variant(error) => error.fmt(f),)+ }
            }
        }

        impl std::error::Error for $name {}

        impl chop_model::Coded for $name {
            fn code(&self) -> &'static str {
                match self { $(Self::$variant(error) => error.code(),)+ }
            }
            fn fault(&self) -> chop_model::Fault {
                match self { $(Self::$variant(error) => error.fault(),)+ }
            }
        }

        $(impl From<$inner> for $name {
            fn from(error: $inner) -> Self {
                Self::$variant(error)
            }
        })+
    };
}

pub(crate) use coded_union;
