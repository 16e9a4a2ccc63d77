//! Text that somebody else wrote, made safe to stand beside ours.

/// Puts `text` into a first-strong isolate (UAX #9 section 2.4.2, U+2068 … U+2069) and takes out what
/// could break it open or hide: other direction marks, controls, line breaks, zero-width characters.
/// Longer than 400 characters is cut with an ellipsis.
pub fn isolate(text: &str) -> String {
    let clean = text.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let clean = clean.filter(|c| !is_hidden(*c));
    let mut shown: String = clean.clone().take(MAX_CHARS).collect();
    if clean.count() > MAX_CHARS {
        shown.push('…');
    }
    format!("\u{2068}{shown}\u{2069}")
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// A name or a purpose that needs more is no name or purpose.
const MAX_CHARS: usize = 400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peer_text_cannot_leave_its_isolate_or_hide() {
        assert_eq!(isolate(" 示例醫院 "), "\u{2068}示例醫院\u{2069}");
        // Right-to-left override, pop isolate, zero width space, line break, tag characters.
        let hostile = "Good\u{202E}lativ\u{2069}\u{200B}Hos\npital\u{E0041}";
        assert_eq!(isolate(hostile), "\u{2068}GoodlativHos pital\u{2069}");
        assert_eq!(isolate(&"x".repeat(1000)).chars().count(), MAX_CHARS + 3);
    }

    proptest::proptest! {
        #[test]
        fn no_text_closes_its_isolate(text: String, marks in proptest::collection::vec(0x2066_u32..0x206A, 0..4)) {
            let marks: String = marks.into_iter().filter_map(char::from_u32).collect();
            let shown = isolate(&format!("{marks}{text}{marks}"));
            let inside = shown.strip_prefix('\u{2068}').and_then(|rest| rest.strip_suffix('\u{2069}')).unwrap();
            proptest::prop_assert!(!inside.chars().any(is_hidden));
        }
    }
}
