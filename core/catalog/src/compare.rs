//! One form to compare two copies of a field by (gba.md §3.2, "Normalisation before comparing").

use unicode_normalization::UnicodeNormalization;

use crate::day::civil;
use crate::document::says_man;
use crate::numbers::{NumberCheck, check};
use crate::{Field, FieldKind};

impl Field {
    /// The value in the form in which copies are compared: numbers without decoration, days as
    /// `2026-01-31`, sexes as `M` and `F`, words in NFKC without doubled spaces. Names are never
    /// converted between 简 and 繁: who reads decides.
    pub fn comparable(&self, value: &str) -> String {
        let as_number = self.numbers.iter().map(|kind| check(*kind, value, None)).find(NumberCheck::is_right);
        if let Some(number) = as_number {
            return number.normal().to_owned();
        }
        let as_day = || civil(value).filter(|_| self.kind == FieldKind::Date).map(|day| day.to_string());
        let as_sex = || says_man(value.trim()).filter(|_| self.key == "sex");
        let words = || value.nfkc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        as_day().or_else(|| as_sex().map(|man| if man { "M" } else { "F" }.to_owned())).unwrap_or_else(words)
    }
}
