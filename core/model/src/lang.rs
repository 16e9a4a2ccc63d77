//! The four languages, and text in all of them.

use serde::{Deserialize, Serialize};

/// A language of the product, by its BCP 47 tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Lang {
    /// 简体中文
    #[serde(rename = "zh-Hans")]
    ZhHans,
    /// 繁體中文
    #[serde(rename = "zh-Hant")]
    ZhHant,
    /// English
    #[serde(rename = "en")]
    En,
    /// Português
    #[serde(rename = "pt")]
    Pt,
}

impl Lang {
    /// All four, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::ZhHans, Self::ZhHant, Self::En, Self::Pt];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhHans => "zh-Hans",
            Self::ZhHant => "zh-Hant",
            Self::En => "en",
            Self::Pt => "pt",
        }
    }

    /// The language with this tag, exactly as [`Lang::tag`] writes it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }
}

/// One text in four languages. None may be missing: nothing is half translated.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LangText {
    /// 简体中文
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
    /// 繁體中文
    #[serde(rename = "zh-Hant")]
    pub zh_hant: String,
    /// English
    pub en: String,
    /// Português
    pub pt: String,
}

impl LangText {
    /// The text in `lang`.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::ZhHans => &self.zh_hans,
            Lang::ZhHant => &self.zh_hant,
            Lang::En => &self.en,
            Lang::Pt => &self.pt,
        }
    }

    /// The same text in all four languages: names that are not translated.
    pub fn same(text: &str) -> Self {
        Self { zh_hans: text.into(), zh_hant: text.into(), en: text.into(), pt: text.into() }
    }
}
