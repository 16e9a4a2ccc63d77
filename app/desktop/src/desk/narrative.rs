//! The words of a narrative without its marks: what a section says that lists no entries.
//!
//! Source: HL7 FHIR R4, "Narrative": a part of XHTML, without scripts, forms and frames.

/// Its lines; nothing where they could say something else than the narrative: a mark or an attribute that is
/// not known here may strike out, hide, raise or lower the words in it.
pub(super) fn lines(xhtml: &str) -> Option<Vec<String>> {
    let (mut words, mut rest, mut is_in_cell) = (String::new(), xhtml, false);
    // What divides is written between the words, so no words may hold it.
    if xhtml.contains([CELL, PART]) {
        return None;
    }
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(&plain(before));
        let (mark, after) = after.split_once('>')?;
        rest = after;
        let (mark, is_close) = mark.strip_prefix('/').map_or((mark, false), |mark| (mark, true));
        let (mark, is_whole) = mark.strip_suffix('/').map_or((mark, false), |mark| (mark, true));
        let (name, attributes) = mark.split_once(char::is_whitespace).unwrap_or((mark, ""));
        if !are_known(attributes) {
            return None;
        }
        match name {
            "td" | "th" => {
                // A cell inside another one has no column.
                if is_close != is_in_cell {
                    return None;
                }
                is_in_cell = !is_close && !is_whole;
                if !is_in_cell {
                    words.push(CELL);
                }
            }
            _ if INLINE.contains(&name) => {}
            // In a cell, what stands below one another stays in its row.
            _ if BLOCKS.contains(&name) => words.push(if is_in_cell { PART } else { '\n' }),
            _ if TABLE.contains(&name) && !is_in_cell => words.push('\n'),
            _ => return None,
        }
    }
    words.push_str(&plain(rest));
    let lines: Vec<String> = words.lines().filter_map(line).collect();
    (!lines.is_empty()).then_some(lines)
}

/// A line, or the cells of a row: an empty one keeps its place, so that no value stands under the heading of
/// another.
fn line(words: &str) -> Option<String> {
    let words = words.trim_end_matches(|c: char| c.is_whitespace() || [CELL, PART].contains(&c));
    let part = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    let cell = |cell: &str| {
        let parts: Vec<String> = cell.split(PART).map(part).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { "–".to_owned() } else { parts.join("; ") }
    };
    (!words.is_empty()).then(|| words.split(CELL).map(cell).collect::<Vec<_>>().join(" · "))
}

/// Whether they are read to the end and none of them changes how the words look. One that is cut off holds a
/// `>`, and its rest would be taken for text.
fn are_known(attributes: &str) -> bool {
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let Some((name, value)) = rest.split_once('=') else { return false };
        let value = value.trim_start();
        let Some(quote) = value.chars().next().filter(|c| ['"', '\''].contains(c)) else { return false };
        let after = value.get(1..).and_then(|value| value.split_once(quote));
        let Some((_, after)) = after.filter(|_| ATTRIBUTES.contains(&name.trim_end())) else { return false };
        rest = after.trim_start();
    }
    true
}

/// The end of a cell, while the words are gathered: no XML holds it.
const CELL: char = '\u{1f}';
/// The end of a paragraph in a cell, likewise.
const PART: char = '\u{1e}';
/// Marks that leave the words where they are and standing. Raised and lowered ones are not here: 10⁹ would
/// read as 109.
const INLINE: [&str; 11] = ["a", "b", "big", "code", "em", "i", "small", "span", "strong", "tt", "u"];
const BLOCKS: [&str; 18] = [
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "ul",
    "caption",
];
const TABLE: [&str; 5] = ["table", "tbody", "tfoot", "thead", "tr"];
/// Not here: `style` and `class` can hide words or strike them out, `colspan` and `rowspan` move the columns.
const ATTRIBUTES: [&str; 7] = ["border", "href", "id", "lang", "name", "xml:lang", "xmlns"];

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
    let number = |text: &str, radix| {
        let character = u32::from_str_radix(text, radix).ok().and_then(char::from_u32);
        character.filter(|character| ![CELL, PART].contains(character))
    };
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

    #[test]
    fn an_empty_cell_keeps_its_place() {
        let rows = "<table><tr><td/><th>Dose</th></tr><tr><td>Iron</td><td /><td></td><td><p>5</p><p>6</p></td>\
                    </tr><tr><td/><td/></tr></table>";
        assert_eq!(lines(rows).unwrap(), ["– · Dose", "Iron · – · – · 5; 6"]);
    }

    #[test]
    fn a_narrative_whose_marks_change_the_sense_is_not_read() {
        for changed in [
            "10<sup>9</sup>",
            "10<sub>9</sub>",
            "<s>Nuts</s>",
            "<strike>Nuts</strike>",
            "<del>Nuts</del>",
            "<span style=\"text-decoration: line-through\">Nuts</span>",
            "<p style='display:none'>Nuts</p>",
            "<p style=\"visibility: hidden\">Nuts</p>",
            "<p class=\"strikethrough\">Nuts</p>",
            "<p hidden>Nuts</p>",
            "<p title=\"a > b\">Nuts</p>",
            "<a href=\"a > b\">Nuts</a>",
            "<a href=a>Nuts</a>",
            "<table><tr><td colspan=\"2\">Iron</td><td>5</td></tr></table>",
            "<table><tr><td>Iron<table><tr><td>5</td></tr></table></td></tr></table>",
            "<ins>Nuts</ins>",
            "Nuts\u{1f}Iron",
        ] {
            assert_eq!(lines(changed), None, "{changed}");
        }
        let kept = "<a name=\"x\" href='#y'>Nuts</a><br/><span xml:lang=\"en\" id = \"z\" >Iron</span>&#31;";
        assert_eq!(lines(kept).unwrap(), ["Nuts", "Iron&#31;"]);
    }
}
