//! The words of the command line, beside those of core: `locales/*/cli.ftl`.

use chop_core::Error;
use chop_core::notice::{ErrorWords, Words, WriteTime};
use chop_core::plumbing::formats::proof_pack::{Finding as ProofFinding, Part};
use chop_core::plumbing::model::Lang;
use chop_core::plumbing::policy::Finding;

use crate::exit::Saying;

/// Words in the reader's language. A build whose words are damaged shows the keys.
pub(crate) struct Say {
    lang: Lang,
    words: Option<Words>,
}

impl Say {
    /// The words of `lang`.
    pub(crate) fn of(lang: Lang) -> Self {
        Self { lang, words: Words::of(lang).and_then(|words| words.and(source(lang))).ok() }
    }

    /// Which language.
    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    /// The words for `key`.
    pub(crate) fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// The words for `key` with values filled in.
    pub(crate) fn say_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
        let said = self.words.as_ref().and_then(|words| words.say_with(key, &values).ok());
        said.unwrap_or_else(|| key.to_owned())
    }

    /// The words of a failure of ours.
    pub(crate) fn saying(&self, saying: &Saying) -> String {
        let values: Vec<_> = saying.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.say_with(saying.key, &values)
    }

    /// What an error says to a person.
    pub(crate) fn error(&self, error: &Error) -> Option<ErrorWords> {
        self.words.as_ref().and_then(|words| words.error(error).ok())
    }

    /// The name of a type of document.
    pub(crate) fn document(&self, vct: &str) -> String {
        self.words.as_ref().and_then(|words| words.document(vct).ok()).unwrap_or_else(|| vct.to_owned())
    }

    /// What was found in a number or a paper, by its code.
    pub(crate) fn finding(&self, code: &str) -> String {
        self.say(&format!("finding-{}", code.replace('.', "-")))
    }

    /// What a rule found, with its source.
    pub(crate) fn law(&self, finding: &Finding) -> String {
        self.words.as_ref().and_then(|words| words.law(finding).ok()).unwrap_or_else(|| finding.rule.clone())
    }

    /// One statement of a check of a proof.
    pub(crate) fn proof(&self, finding: &ProofFinding, time: WriteTime<'_>) -> String {
        let said = self.words.as_ref().and_then(|words| words.proof(finding, time).ok());
        said.unwrap_or_else(|| finding.to_string())
    }

    /// The name of a part of a proof.
    pub(crate) fn proof_part(&self, part: Part) -> String {
        let said = self.words.as_ref().and_then(|words| words.proof_part(part).ok());
        said.unwrap_or_else(|| part.to_string())
    }

    /// The name of a claim.
    pub(crate) fn claim(&self, vct: &str, path: &[String]) -> String {
        self.words.as_ref().and_then(|words| words.claim(vct, path).ok()).unwrap_or_else(|| path.join("/"))
    }
}

fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::ZhHans => include_str!("../locales/zh-Hans/cli.ftl"),
        Lang::ZhHant => include_str!("../locales/zh-Hant/cli.ftl"),
        Lang::En => include_str!("../locales/en/cli.ftl"),
        Lang::Pt => include_str!("../locales/pt/cli.ftl"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_language_says_the_same_things() {
        let keys = |lang| -> BTreeSet<String> {
            let lines = source(lang).lines().filter(|line| !line.starts_with([' ', '#', '}']));
            lines.filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned()).collect()
        };
        let english = keys(Lang::En);
        assert!(!english.is_empty());
        for lang in Lang::ALL {
            assert_eq!(keys(lang), english, "{}", lang.tag());
            assert!(Say::of(lang).words.is_some(), "{} does not parse", lang.tag());
        }
    }

    #[test]
    fn every_key_that_the_code_says_has_words() {
        let english = Say::of(Lang::En);
        let words = english.words.as_ref().unwrap();
        for file in sources(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
            let text = std::fs::read_to_string(&file).unwrap();
            for part in ["say(\"", "say_with(\"", "usage(\"", "machine(\""]
                .into_iter()
                .flat_map(|call| text.split(call).skip(1))
            {
                let key = part.split('"').next().unwrap();
                assert!(words.knows(key), "{}: no words for {key}", file.display());
            }
        }
    }

    fn sources(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { found.extend(sources(&path)) } else { found.push(path) }
        }
        found.retain(|path| !path.ends_with("say.rs"));
        found
    }
}
