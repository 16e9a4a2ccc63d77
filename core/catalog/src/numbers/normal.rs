//! One form to compare numbers by (gba.md §3.2): NFKC, upper case, without spaces, hyphens, brackets.

use unicode_normalization::UnicodeNormalization;

/// A number in its normal form, and where its brackets were.
pub(super) struct Normal {
    pub(super) text: String,
    pub(super) bracket: Bracket,
}

/// Where brackets stood: an identity card of Hong Kong or Macao has them around its last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    None,
    AroundLast,
    Elsewhere,
}

/// Takes a number apart from its decoration.
pub(super) fn normal(text: &str) -> Normal {
    if text.is_ascii() { strip(text.chars()) } else { strip(text.nfkc()) }
}

fn strip(chars: impl Iterator<Item = char>) -> Normal {
    let mut text = String::with_capacity(32);
    let (mut open, mut close, mut brackets) = (None, None, 0_usize);
    for c in chars {
        match c {
            // NFKC has made full-width brackets and the ideographic space plain.
            '(' | '[' => (open, brackets) = (Some(text.len()), brackets + 1),
            ')' | ']' => (close, brackets) = (Some(text.len()), brackets + 1),
            // NFKC keeps the dashes apart; people type any of them for a hyphen.
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => {}
            c if c.is_whitespace() => {}
            c => text.push(c.to_ascii_uppercase()),
        }
    }
    let bracket = match (open, close, brackets) {
        (_, _, 0) => Bracket::None,
        (Some(open), Some(close), 2) if open + 1 == close && close == text.len() => Bracket::AroundLast,
        _ => Bracket::Elsewhere,
    };
    Normal { text, bracket }
}
