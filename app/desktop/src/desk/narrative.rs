//! The words of a narrative without its marks: what a section says that lists no entries.
//!
//! Source: HL7 FHIR R4, "Narrative": a part of XHTML, without scripts, forms and frames.

/// Its lines; nothing where a picture says what no line can.
pub(super) fn lines(xhtml: &str) -> Option<Vec<String>> {
    let (mut words, mut rest) = (String::new(), xhtml);
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(&plain(before));
        // A comment or a part that is no text is nothing that a narrative needs.
        let (mark, after) = after.split_once('>').filter(|_| !after.starts_with('!'))?;
        let name = mark.trim_start_matches('/').split([' ', '/', '\n', '\t']).next().unwrap_or_default();
        match name {
            "img" => return None,
            "td" | "th" if mark.starts_with('/') => words.push_str(" · "),
            "td" | "th" | "a" | "b" | "i" | "em" | "strong" | "span" | "small" | "big" | "tt" | "sub"
            | "sup" => {}
            _ => words.push('\n'),
        }
        rest = after;
    }
    words.push_str(&plain(rest));
    let lines = words.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines = lines.map(|line| line.trim_matches([' ', '·']).to_owned()).filter(|line| !line.is_empty());
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then_some(lines)
}

/// White space is one space, and the names of characters are the characters.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let named = after.split_once(';').and_then(|(name, after)| Some((character(name)?, after)));
        let (character, after) = named.unwrap_or(('&', after));
        plain.push(character);
        rest = after;
    }
    plain.push_str(rest);
    plain.replace(['\n', '\r', '\t'], " ")
}

fn character(name: &str) -> Option<char> {
    let number = |text: &str, radix| u32::from_str_radix(text, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => match name.strip_prefix("#x") {
            Some(hex) => number(hex, 16),
            None => number(name.strip_prefix('#')?, 10),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrative_reads_as_its_words() {
        let table = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Rest &amp; <b>water</b>,\n 38&#160;°C &lt; 39</p>\
                     <table><tr><th>What</th><th>How</th></tr><tr><td>Iron</td><td/></tr></table></div>";
        assert_eq!(lines(table).unwrap(), ["Rest & water, 38 °C < 39", "What · How", "Iron"]);
        assert_eq!(lines("1 &nothing; 2").unwrap(), ["1 &nothing; 2"]);
        for none in ["", "<div> </div>", "<div><img src=\"#a\"/></div>", "<div>a<!-- b --></div>", "a < b"] {
            assert_eq!(lines(none), None, "{none}");
        }
    }
}
