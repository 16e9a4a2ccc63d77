//! `PIPL art. 28-30; PDPO DPP1(3)` -> 《个人信息保护法》第28–30条；香港《个人资料（私隐）条例》保障资料第1(3)原则
//!
//! Rule packs and the table of rights cite the law once, in English abbreviations, so that a citation is one
//! text under one signature. Here it is put in the reader's language; what is not known here stays as cited.

use super::{NoticeError, Words};

impl Words {
    /// A citation as the reader's language writes it. Its parts are set apart by `; `.
    ///
    /// # Errors
    /// [`NoticeError::NoWords`] in a broken build.
    pub fn cite(&self, citation: &str) -> Result<String, NoticeError> {
        let mut cited: Option<String> = None;
        for part in citation.split("; ") {
            let part = self.cite_one(part)?;
            cited = Some(match cited {
                Some(before) => self.say_with(
                    "cite-next",
                    &[("before", before.as_str().into()), ("next", part.as_str().into())],
                )?,
                None => part,
            });
        }
        Ok(cited.unwrap_or_default())
    }

    /// The law of a right, cited. One that was not confirmed bears `[M]` behind it and says so.
    ///
    /// # Errors
    /// [`NoticeError::NoWords`] in a broken build.
    pub fn law_of_right(&self, law: &str) -> Result<String, NoticeError> {
        match law.strip_suffix(" [M]") {
            Some(law) => {
                let law = self.cite(law)?;
                self.say_with("letter-law-unconfirmed", &[("law", law.as_str().into())])
            }
            None => self.cite(law),
        }
    }

    /// Who supervises: the three that records of this product name, in the reader's language; any other as the
    /// record names it.
    ///
    /// # Errors
    /// [`NoticeError::NoWords`] in a broken build.
    pub fn authority(&self, name: &str) -> Result<String, NoticeError> {
        match name {
            "国家互联网信息办公室" => self.say("authority-CN"),
            "PCPD 個人資料私隱專員公署" => self.say("authority-HK"),
            "DSPDP 個人資料保護局" => self.say("authority-MO"),
            other => Ok(other.to_owned()),
        }
    }

    fn cite_one(&self, part: &str) -> Result<String, NoticeError> {
        if let Some(whole) = self.cited_name(part)? {
            return Ok(whole);
        }
        if let Some((law, articles)) = part.split_once(" art. ")
            && is_numbers(articles)
            && let Some(law) = self.cited_name(law)?
        {
            let articles = articles.replace('-', "–").replace(", ", &self.say("list-comma")?);
            let values = [("law", law.as_str().into()), ("articles", articles.as_str().into())];
            return self.say_with("cite-articles", &values);
        }
        if let Some((law, principle)) = part.split_once(" DPP")
            && is_numbers(principle.trim_end_matches(['(', ')', 'a', 'b', 'c', 'd']))
            && let Some(law) = self.cited_name(law)?
        {
            let values = [("law", law.as_str().into()), ("number", principle.into())];
            return self.say_with("cite-principle", &values);
        }
        if let Some(paper) = part.strip_prefix("policy paper ") {
            return self.say_with("cite-paper", &[("paper", paper.into())]);
        }
        Ok(part.to_owned())
    }

    /// `Macao Law 8/2005` by its key, `cite-macao-law-8-2005`.
    fn cited_name(&self, name: &str) -> Result<Option<String>, NoticeError> {
        let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let key = format!("cite-{}", words.collect::<Vec<_>>().join("-").to_ascii_lowercase());
        if self.knows(&key) { self.say(&key).map(Some) } else { Ok(None) }
    }
}

/// `28-30`, `15, 50`, `22(2)`: numbers and what joins them, nothing that needs a translation.
fn is_numbers(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ',' | ' ' | '(' | ')'))
}

#[cfg(test)]
mod tests {
    use chop_model::Lang;
    use chop_policy::Pack;

    use super::*;

    #[test]
    fn what_the_law_is_called_is_in_the_readers_language() {
        let cited = |lang, text: &str| Words::of(lang).unwrap().cite(text).unwrap();
        let text = "Macao Law 8/2005 art. 19-22; PDPO DPP1(1)(c)";
        assert_eq!(
            cited(Lang::ZhHant, text),
            "澳門第8/2005號法律第19–22條；香港《個人資料（私隱）條例》保障資料第1(1)(c)原則"
        );
        assert_eq!(cited(Lang::En, text), "Macao Law 8/2005 art. 19–22; PDPO DPP1(1)(c)");
        assert_eq!(cited(Lang::ZhHans, "PIPL art. 28, 31"), "《个人信息保护法》第28、31条");
        assert_eq!(cited(Lang::En, "an Act of elsewhere art. 5"), "an Act of elsewhere art. 5");
    }

    #[test]
    fn the_pack_that_comes_along_cites_law_and_no_notes_about_it() {
        let pack = Pack::built_in().unwrap();
        for rule in pack.rules() {
            for word in ["read", "memory", "unconfirmed", "secondary", "convention"] {
                assert!(!rule.citation().contains(word), "{}: {}", rule.id(), rule.citation());
            }
            for lang in [Lang::ZhHans, Lang::ZhHant] {
                let cited = Words::of(lang).unwrap().cite(rule.citation()).unwrap();
                let english = ["art.", "DPP", "Law", "rule", "paper", "contract", "Part"];
                assert!(english.iter().all(|word| !cited.contains(word)), "{}: {cited}", rule.id());
            }
        }
    }
}
