//! Text that a stranger wrote and a person will read: names of firms above all.
//!
//! A name on a consent page decides whom somebody trusts, so nothing in it may turn the reading
//! direction, hide, or break the line (Unicode UTR 36, UTS 39, UAX 9), and a name that merely *looks*
//! like a known one is told apart by its UTS 39 skeleton.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

chop_model::coded_errors! {
    /// Why a text may not be shown.
    pub enum ShownTextError {
        /// Nothing but white space.
        Empty => ("text.empty", Peer, "a text that must be there is empty"),
        /// Longer than [`MAX_NAME_CHARS`] or [`MAX_TEXT_CHARS`].
        TooLong => ("text.too-long", Peer, "a text is too long to be shown"),
        /// A control character or a line separator.
        Control => ("text.control-character", Peer, "a text holds a control character"),
        /// A character that turns the reading direction (UAX 9 section 2).
        Bidi => ("text.bidi-control", Peer, "a text holds a character that turns the reading direction"),
        /// A character that cannot be seen, or that no standard gives a shape.
        Invisible => ("text.invisible-character", Peer, "a text holds an invisible character"),
    }
}

/// Characters that a name may have.
pub const MAX_NAME_CHARS: usize = 200;

/// Characters that any other shown text may have.
pub const MAX_TEXT_CHARS: usize = 2_000;

/// Checks a name: not empty, at most [`MAX_NAME_CHARS`], nothing hidden or turning.
///
/// # Errors
/// One [`ShownTextError`] each.
pub fn check_name(name: &str) -> Result<(), ShownTextError> {
    if name.trim().is_empty() {
        return Err(ShownTextError::Empty);
    }
    check_chars(name, MAX_NAME_CHARS)
}

/// Checks any other text that will be shown: may be empty, at most [`MAX_TEXT_CHARS`].
///
/// # Errors
/// One [`ShownTextError`] each.
pub fn check_text(text: &str) -> Result<(), ShownTextError> {
    check_chars(text, MAX_TEXT_CHARS)
}

/// Whether a person could take one name for the other: same letters in another case, width or
/// script (UTS 39 section 4, with case folded before and after, because the skeleton alone keeps it).
pub fn look_alike(one: &str, other: &str) -> bool {
    let other = shapes(other);
    shapes(one).iter().any(|shape| other.contains(shape))
}

/// Whether a DNS name holds a label in punycode (RFC 5890 section 2.3.2.1). Such a name is shown in
/// its ASCII form and flagged: its letters may be of any script.
pub fn is_punycode(dns_name: &str) -> bool {
    dns_name.split('.').any(|label| label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")))
}

fn check_chars(text: &str, max: usize) -> Result<(), ShownTextError> {
    if text.len() > max.saturating_mul(4) || text.chars().count() > max {
        return Err(ShownTextError::TooLong);
    }
    text.chars().try_for_each(check_char)
}

fn check_char(c: char) -> Result<(), ShownTextError> {
    match c {
        '\u{2028}' | '\u{2029}' => Err(ShownTextError::Control),
        c if c.is_control() => Err(ShownTextError::Control),
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Err(ShownTextError::Bidi)
        }
        c if is_invisible(c) => Err(ShownTextError::Invisible),
        _ => Ok(()),
    }
}

/// Default ignorable code points (DerivedCoreProperties), blank letters, private use and
/// noncharacters: what a font shows as nothing or as anything.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}'
        | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{10ffff}')
        || (c as u32) & 0xfffe == 0xfffe
}

fn shapes(name: &str) -> BTreeSet<String> {
    let plain: String = name.nfkc().filter(|c| !c.is_whitespace()).collect();
    let fold = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<String>();
    let bare = |text: &str| skeleton(text).collect::<String>();
    BTreeSet::from([fold(&bare(&plain)), bare(&fold(&plain))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_24_bidi_invisible_and_overlong_names_are_refused() {
        for (name, error) in [
            ("", ShownTextError::Empty),
            ("\u{3000} ", ShownTextError::Empty),
            ("Hospital\u{202e}latipsoH", ShownTextError::Bidi),
            ("\u{2067}医院\u{2069}", ShownTextError::Bidi),
            ("Hos\u{200b}pital", ShownTextError::Invisible),
            ("Hospital\u{feff}", ShownTextError::Invisible),
            ("Hospital\u{e0041}", ShownTextError::Invisible),
            ("Hos\npital", ShownTextError::Control),
            ("Hospital\u{0}", ShownTextError::Control),
            ("Hospital\u{85}", ShownTextError::Control),
        ] {
            assert_eq!(check_name(name), Err(error), "{name:?}");
        }
        assert_eq!(check_name(&"医".repeat(201)), Err(ShownTextError::TooLong));
        assert_eq!(check_name(&"医".repeat(200)), Ok(()));
        assert_eq!(check_text(&"a".repeat(2_001)), Err(ShownTextError::TooLong));
        for good in
            ["澳門大學醫院", "广州市第一人民医院", "Hospital Conde S. Januário", "St. Mary's (Kowloon)"]
        {
            assert_eq!(check_name(good), Ok(()));
        }
    }

    #[test]
    fn row_24_names_that_look_alike_are_found() {
        for (one, other) in [
            ("Harbour Hospital", "Hаrbour Hospital"), // Cyrillic а
            ("Harbour Hospital", "HARBOUR HOSPITAL"),
            ("HARBOUR HOSPITAL", "HARBOUR HOSPlTAL"), // l for I
            ("Harbour Hospital", "Harbour  Ｈospital"),
            ("paypal.com", "pаypаl.com"),
        ] {
            assert!(look_alike(one, other), "{one} / {other}");
        }
        for (one, other) in [("Harbour Hospital", "Harbor Hospital"), ("港口医院", "港湾医院")] {
            assert!(!look_alike(one, other), "{one} / {other}");
        }
        assert!(is_punycode("www.xn--hspital-n1a.example"));
        assert!(!is_punycode("hospital.example"));
    }
}
