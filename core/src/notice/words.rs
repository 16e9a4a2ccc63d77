//! The words of one language, from `core/locales`. Nothing is half translated: a key that one language
//! lacks is an error here and a failed test in `words_tests.rs`.

use std::sync::{Arc, LazyLock};

use chop_catalog::Catalog;
use chop_model::{Lang, LangText};
use chop_policy::{Finding, FindingWords};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::isolate;
use super::predicates::Put;
use crate::{DataLeft, Error};

chop_model::coded_errors! {
    /// Why words could not be found.
    pub enum NoticeError {
        /// A file of words does not parse: a fault of the build.
        BadWords => ("notice.bad-words", Bug, "a file of words is damaged"),
        /// A key that the language has no words for: a fault of the build.
        NoWords => ("notice.no-words", Bug, "words are missing in this language"),
        /// A time outside the calendar.
        NoSuchTime => ("notice.no-such-time", Peer, "a time lies outside the calendar"),
    }
}

/// What an error says to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorWords {
    /// What happened.
    pub what: String,
    /// Whether data left.
    pub left: String,
    /// What to do now.
    pub now: String,
}

/// The catalogue that comes along: read once, because every page names fields by it. A build whose
/// catalogue does not read shows the types' codes; a test of the catalogue fails then.
static CATALOG: LazyLock<Option<Catalog>> = LazyLock::new(|| Catalog::built_in().ok());

/// The words of one language.
pub struct Words {
    lang: Lang,
    bundle: Arc<Bundle>,
}

type Bundle = FluentBundle<FluentResource>;

impl Words {
    /// The words of `lang`.
    ///
    /// # Errors
    /// [`NoticeError::BadWords`] in a broken build.
    pub fn of(lang: Lang) -> Result<Self, NoticeError> {
        let bundle = shared(lang).clone().ok_or(NoticeError::BadWords)?;
        Ok(Self { lang, bundle })
    }

    /// These words and those of an edge, which may name no key that is named here.
    ///
    /// # Errors
    /// [`NoticeError::BadWords`] when the text does not parse or names a key anew.
    pub fn and(mut self, text: &str) -> Result<Self, NoticeError> {
        let resource = FluentResource::try_new(text.into()).map_err(|_| NoticeError::BadWords)?;
        // Added to words of one's own: those that all share stay as they are.
        let mut own = match Arc::try_unwrap(self.bundle) {
            Ok(own) => own,
            Err(_) => read(self.lang)?,
        };
        own.add_resource(resource).map_err(|_| NoticeError::BadWords)?;
        self.bundle = Arc::new(own);
        Ok(self)
    }

    /// Which language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The words for `key`, which takes no values.
    ///
    /// # Errors
    /// [`NoticeError::NoWords`].
    pub fn say(&self, key: &str) -> Result<String, NoticeError> {
        self.say_with(key, &[])
    }

    /// The words for `key` with values filled in. Text of others goes through [`isolate`] first.
    ///
    /// # Errors
    /// [`NoticeError::NoWords`], also when the words want a value that was not given.
    pub fn say_with(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> Result<String, NoticeError> {
        self.say_part(key, None, values)
    }

    /// Whether there are words for `key`.
    pub fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The name of a type of document, `urn:chop:ips:1`; an unknown one is quoted.
    ///
    /// # Errors
    /// [`NoticeError::NoWords`] in a broken build.
    pub fn document(&self, vct: &str) -> Result<String, NoticeError> {
        if let Some(key) = self.document_key(vct) {
            return self.say(&key);
        }
        match CATALOG.as_ref().and_then(|catalog| catalog.by_vct(vct)) {
            Some(known) => Ok(known.names.in_lang(self.lang).to_owned()),
            None => self.say_with("doc-unknown", &[("type", isolate(vct).into())]),
        }
    }

    /// The name of a claim in the reader's language; one the catalog lacks is quoted with its path.
    ///
    /// # Errors
    /// [`NoticeError::NoWords`] in a broken build.
    pub fn claim(&self, vct: &str, path: &[String]) -> Result<String, NoticeError> {
        let Some((first, rest)) = path.split_first() else { return self.unknown_claim(path) };
        let Some(name) = self.claim_name(vct, first)? else { return self.unknown_claim(path) };
        let rest = rest.iter().map(|step| self.step(step)).collect::<Result<Vec<_>, _>>()?;
        Ok([name].into_iter().chain(rest).collect::<Vec<_>>().join(" › "))
    }

    /// The name of a claim at the top of a credential: our own words, else the catalogue's, else those of a
    /// predicate.
    fn claim_name(&self, vct: &str, first: &str) -> Result<Option<String>, NoticeError> {
        if let Some(key) = self.document_key(vct).map(|key| format!("{key}-{first}"))
            && self.knows(&key)
        {
            return self.say(&key).map(Some);
        }
        match CATALOG.as_ref().and_then(|catalog| catalog.field(vct, &[first])) {
            Some(field) => Ok(Some(field.names.in_lang(self.lang).to_owned())),
            None => self.predicate(vct, first, Put::AsName),
        }
    }

    fn unknown_claim(&self, path: &[String]) -> Result<String, NoticeError> {
        self.say_with("claim-unknown", &[("path", isolate(&path.join(" › ")).into())])
    }

    /// What a rule found and what to do, in the words of its pack, with its source; an unconfirmed one says
    /// so.
    ///
    /// # Errors
    /// [`NoticeError::NoWords`] in a broken build.
    pub fn law(&self, finding: &Finding) -> Result<String, NoticeError> {
        let FindingWords { title, what, now } = finding.words.as_ref();
        let source = self.cite(&finding.citation)?;
        let frame = if finding.confirmed { "law-with-source" } else { "law-with-unconfirmed-source" };
        let values = [
            ("title", title.in_lang(self.lang).into()),
            ("what", what.in_lang(self.lang).into()),
            ("now", now.in_lang(self.lang).into()),
            ("rule", finding.rule.as_str().into()),
            ("source", source.as_str().into()),
        ];
        self.say_with(frame, &values)
    }

    /// What an error says: what happened, whether data left, what to do now.
    ///
    /// # Errors
    /// [`NoticeError::NoWords`] in a broken build.
    pub fn error(&self, error: &Error) -> Result<ErrorWords, NoticeError> {
        let values: Vec<_> = error.params().iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.error_named(error.code(), error.data_left(), &values)
    }

    /// What the error with this code says, for edges that keep only its parts.
    ///
    /// # Errors
    /// [`NoticeError::NoWords`] for a code that this version does not know.
    pub fn error_named(
        &self,
        code: &str,
        left: DataLeft,
        values: &[(&str, &str)],
    ) -> Result<ErrorWords, NoticeError> {
        let key = format!("error-{}", code.replace('.', "-"));
        let values: Vec<(&str, FluentValue<'_>)> =
            values.iter().map(|(name, value)| (*name, isolate(value).into())).collect();
        Ok(ErrorWords {
            what: self.say_with(&key, &values)?,
            left: self.say(left_key(left))?,
            now: self.say_part(&key, Some("now"), &values)?,
        })
    }

    fn document_key(&self, vct: &str) -> Option<String> {
        let key = format!("doc-{}", vct.replace([':', '.', '/'], "-"));
        self.knows(&key).then_some(key)
    }

    /// One step below a known claim: a position counts from 1 for people, a name is quoted.
    fn step(&self, step: &str) -> Result<String, NoticeError> {
        match step.parse::<u32>() {
            Ok(index) => self.say_with("claim-position", &[("n", (u64::from(index) + 1).to_string().into())]),
            Err(_) => Ok(isolate(step)),
        }
    }

    fn say_part(
        &self,
        key: &str,
        attribute: Option<&str>,
        values: &[(&str, FluentValue<'_>)],
    ) -> Result<String, NoticeError> {
        let message = self.bundle.get_message(key).ok_or(NoticeError::NoWords)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
            None => message.value(),
        };
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut errors = Vec::new();
        let pattern = pattern.ok_or(NoticeError::NoWords)?;
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if errors.is_empty() { Ok(text) } else { Err(NoticeError::NoWords) }
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.lang.tag())
    }
}

/// What withdrawing does and cannot reach, in all languages: for the consent record.
///
/// # Errors
/// [`NoticeError`] in a broken build.
pub fn withdrawal_effect() -> Result<LangText, NoticeError> {
    words_in_all("withdrawal")
}

/// The words for `key`, which takes no values, in all languages: for a record that both sides hold.
///
/// # Errors
/// [`NoticeError::NoWords`].
pub fn words_in_all(key: &str) -> Result<LangText, NoticeError> {
    let [zh_hans, zh_hant, en, pt] = Lang::ALL.map(|lang| Words::of(lang)?.say(key));
    Ok(LangText { zh_hans: zh_hans?, zh_hant: zh_hant?, en: en?, pt: pt? })
}

/// The words of each language are read once: a grant that names its claims in all four asks a hundred times.
fn shared(lang: Lang) -> &'static Option<Arc<Bundle>> {
    macro_rules! once {
        ($lang:expr) => {{
            static READ: LazyLock<Option<Arc<Bundle>>> = LazyLock::new(|| read($lang).ok().map(Arc::new));
            &READ
        }};
    }
    match lang {
        Lang::ZhHans => once!(Lang::ZhHans),
        Lang::ZhHant => once!(Lang::ZhHant),
        Lang::En => once!(Lang::En),
        Lang::Pt => once!(Lang::Pt),
    }
}

fn read(lang: Lang) -> Result<Bundle, NoticeError> {
    let tag: LanguageIdentifier = lang.tag().parse().map_err(|_| NoticeError::BadWords)?;
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Fluent would isolate every value, our own dates and lists too. Peer text is isolated by `isolate`, on
    // purpose and always.
    bundle.set_use_isolating(false);
    for text in sources(lang) {
        let resource = FluentResource::try_new(text.into()).map_err(|_| NoticeError::BadWords)?;
        bundle.add_resource(resource).map_err(|_| NoticeError::BadWords)?;
    }
    Ok(bundle)
}

fn left_key(left: DataLeft) -> &'static str {
    match left {
        DataLeft::No => "left-no",
        DataLeft::SealedOnly => "left-sealed-only",
        DataLeft::Unknown => "left-unknown",
    }
}

fn sources(lang: Lang) -> Vec<&'static str> {
    macro_rules! files {
        ($tag:literal) => {
            vec![
                include_str!(concat!("../../locales/", $tag, "/notice.ftl")),
                include_str!(concat!("../../locales/", $tag, "/catalog.ftl")),
                include_str!(concat!("../../locales/", $tag, "/error.ftl")),
                include_str!(concat!("../../locales/", $tag, "/fhir.ftl")),
                include_str!(concat!("../../locales/", $tag, "/papers.ftl")),
                include_str!(concat!("../../locales/", $tag, "/law.ftl")),
                include_str!(concat!("../../locales/", $tag, "/online.ftl")),
                include_str!(concat!("../../locales/", $tag, "/holdings.ftl")),
                include_str!(concat!("../../locales/", $tag, "/consent.ftl")),
                include_str!(concat!("../../locales/", $tag, "/offer.ftl")),
                include_str!(concat!("../../locales/", $tag, "/remedy.ftl")),
                include_str!(concat!("../../locales/", $tag, "/record.ftl")),
            ]
        };
    }
    match lang {
        Lang::ZhHans => files!("zh-Hans"),
        Lang::ZhHant => files!("zh-Hant"),
        Lang::En => files!("en"),
        Lang::Pt => files!("pt"),
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
