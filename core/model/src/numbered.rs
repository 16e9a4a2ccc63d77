//! States that are stored by a number and told to machines by a word.

/// Declares an enum whose variants have a number that is stored and never reused, and a stable word; or
/// a number alone.
///
/// ```
/// chop_model::numbered! {
///     /// Where a lamp stands.
///     pub enum Lamp {
///         /// It is on.
///         Lit = 1 "lit",
///         /// It is not.
///         Dark = 2 "dark",
///     }
/// }
/// assert_eq!(Lamp::from_number(2), Some(Lamp::Dark));
/// assert_eq!((Lamp::Lit.number(), Lamp::Lit.word()), (1, "lit"));
/// assert_eq!(Lamp::from_word("green"), None);
/// ```
#[macro_export]
macro_rules! numbered {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$vmeta:meta])* $variant:ident = $number:literal $word:literal,)+
    }) => {
        $crate::numbered! {
            $(#[$meta])* pub enum $name { $($(#[$vmeta])* $variant = $number,)+ }
        }

        impl $name {
            /// The stable word for machines, by which the words for people are found.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The variant with this word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|variant| variant.word() == word)
            }
        }
    };
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$vmeta:meta])* $variant:ident = $number:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every variant.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The number that is stored. Never reused.
            pub fn number(self) -> u8 {
                match self { $(Self::$variant => $number,)+ }
            }

            /// The variant stored as `number`.
            pub fn from_number(number: u8) -> Option<Self> {
                Self::ALL.iter().copied().find(|variant| variant.number() == number)
            }
        }
    };
}
