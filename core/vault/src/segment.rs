//! Text cut into what search compares: one form for all the ways to write the same thing.
//!
//! ```text
//! NFKD · no accents · lower case · half width · simplified, character by character
//! then: a run of CJK characters is as many tokens; other letters and digits make words
//! ```
//!
//! So São is sao, ＡＢＣ is abc, 成績 is 成绩, and 照 finds 执照. Simplifying looks at one character
//! at a time: what a character becomes must not hang on its neighbours, or a query of one character
//! would miss it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A stretch of folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// CJK characters that stand together.
    Run(String),
    /// A word of any other script.
    Word(String),
}

/// Folds and cuts `text`.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for c in text.nfkd().flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c)) {
        match (kind(c), pieces.last_mut()) {
            (Kind::Cjk, Some(Some(Piece::Run(run)))) => run.push(simplified(c)),
            (Kind::Cjk, _) => pieces.push(Some(Piece::Run(simplified(c).into()))),
            (Kind::Letter, Some(Some(Piece::Word(word)))) => word.push(c),
            (Kind::Letter, _) => pieces.push(Some(Piece::Word(c.into()))),
            (Kind::Other, _) => pieces.push(None),
        }
    }
    pieces.into_iter().flatten().collect()
}

/// All texts as one line of tokens, as the index keeps it. A bar between texts keeps a phrase from
/// running over from one into the next.
pub(crate) fn line(texts: &[&str]) -> String {
    let mut line = String::new();
    for text in texts {
        for piece in pieces(text) {
            push_tokens(&mut line, &piece);
        }
        line.push(BAR);
        line.push(' ');
    }
    line
}

/// Whether `text` ends inside a word, as it does while somebody types.
pub(crate) fn ends_inside_a_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| kind(c) != Kind::Other || is_combining_mark(c))
}

/// Appends the tokens of a piece, each with a space after it.
pub(crate) fn push_tokens(line: &mut String, piece: &Piece) {
    match piece {
        Piece::Word(word) => {
            line.push_str(word);
            line.push(' ');
        }
        Piece::Run(run) => {
            for c in run.chars() {
                line.push(c);
                line.push(' ');
            }
        }
    }
}

/// A token that no text yields, because it is no letter.
const BAR: char = '¦';

#[derive(PartialEq, Eq)]
enum Kind {
    Cjk,
    Letter,
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        // Kana; Han and its extensions; compatibility forms; the supplementary planes of Han.
        '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' => Kind::Cjk,
        '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => Kind::Cjk,
        '々' | '〇' => Kind::Cjk,
        c if c.is_alphanumeric() => Kind::Letter,
        _ => Kind::Other,
    }
}

fn simplified(c: char) -> char {
    fast2s::convert(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        line(&[text]).trim_end_matches([BAR, ' ']).to_owned()
    }

    #[test]
    fn the_same_thing_in_another_dress_is_the_same() {
        for (a, b) in [
            ("成績單", "成绩单"),
            ("營業執照", "营业执照"),
            ("ＡＢＣ１２３", "abc123"),
            ("São João", "sao JOAO"),
            ("Vacinação", "vacinacao"),
            ("ｶﾞ", "ガ"),
            ("醫療記錄", "医疗记录"),
            ("澳門", "澳门"),
        ] {
            assert_eq!(pieces(a), pieces(b), "{a}");
        }
    }

    #[test]
    fn characters_are_tokens_and_words_are_words() {
        assert_eq!(shown("2019年成績單 (Transcript)"), "2019 年 成 绩 单 transcript");
        assert_eq!(shown("a-b_c"), "a b c");
        assert_eq!(shown(" \u{0}\"*:^ "), "");
    }

    #[test]
    fn simplifying_does_not_hang_on_neighbours() {
        for text in ["乾隆年間的餅乾", "計畫與畫圖", "狼藉憑藉", "看著著作"] {
            let whole = shown(text).replace(' ', "");
            let alone: String = text.chars().map(|c| shown(&c.to_string())).collect();
            assert_eq!(whole, alone);
        }
    }

    #[test]
    fn typing_ends_inside_a_word() {
        assert!(ends_inside_a_word("trans"));
        assert!(!ends_inside_a_word("transcript "));
        assert!(!ends_inside_a_word(""));
    }
}
