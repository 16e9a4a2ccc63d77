//! Nothing is half translated, and every error has words.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chop_model::{Coded, Lang};

use super::*;
use crate::WalletError;

const FILES: &[&str] = &[
    "notice", "catalog", "fhir", "error", "papers", "law", "online", "holdings", "consent", "offer",
    "remedy", "record",
];

#[test]
fn every_language_has_the_same_keys_with_the_same_values() {
    for file in FILES {
        let reference = outline(Lang::En, file);
        for lang in Lang::ALL {
            assert_eq!(outline(lang, file), reference, "{file}.ftl in {}", lang.tag());
        }
    }
}

#[test]
fn every_error_code_of_the_workspace_has_words_in_every_language() {
    let codes = error_codes();
    assert!(codes.len() > 30, "the scan found only {} codes", codes.len());
    let mut missing = BTreeSet::new();
    for lang in Lang::ALL {
        let words = Words::of(lang).unwrap();
        for code in &codes {
            let key = format!("error-{}", code.replace('.', "-"));
            if !words.knows(&key) || !has_now(&words, &key) {
                missing.insert(code.clone());
            }
        }
    }
    assert!(missing.is_empty(), "no words, or no `.now`, for {missing:#?}");
}

#[test]
fn no_words_are_left_for_an_error_that_does_not_exist() {
    let known: BTreeSet<String> =
        error_codes().iter().map(|c| format!("error-{}", c.replace('.', "-"))).collect();
    let files = ["error", "online"].into_iter().flat_map(|file| outline(Lang::En, file).into_keys());
    let keys = files.filter(|key| key.starts_with("error-"));
    let stale: Vec<String> = keys.filter(|key| !known.contains(key)).collect();
    assert!(stale.is_empty(), "{stale:#?}");
}

#[test]
fn every_class_and_purpose_of_the_law_has_words() {
    let words = Words::of(Lang::En).unwrap();
    let mut messages = BTreeSet::new();
    messages.extend(chop_policy::Class::ALL.map(|class| format!("class-{}", class.code())));
    let pack = chop_policy::Pack::built_in().unwrap();
    messages.extend(pack.purposes().map(|p| format!("purpose-{}", p.code.replace('.', "-"))));
    let missing: Vec<_> = messages.into_iter().filter(|key| !words.knows(key)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_finding_about_a_number_or_a_document_has_words() {
    let codes = chop_catalog::numbers::NumberFinding::ALL.map(|f| f.code()).into_iter();
    let codes = codes.chain(chop_catalog::DocumentFinding::ALL.map(|f| f.code()));
    let words = Words::of(Lang::En).unwrap();
    let missing: Vec<_> =
        codes.filter(|c| !words.knows(&format!("finding-{}", c.replace('.', "-")))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn an_error_says_what_happened_whether_data_left_and_what_to_do() {
    let error = Error::from(WalletError::MissingFrames).after(DataLeft::SealedOnly);
    for lang in Lang::ALL {
        let ErrorWords { what, left, now } = Words::of(lang).unwrap().error(&error).unwrap();
        assert!(!what.is_empty() && !left.is_empty() && !now.is_empty());
        assert_ne!(what, WalletError::MissingFrames.code());
    }
}

#[test]
fn a_claim_has_its_name_and_an_unknown_one_is_quoted() {
    let words = Words::of(Lang::ZhHant).unwrap();
    let path = |steps: &[&str]| steps.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
    assert_eq!(words.claim("urn:chop:ips:1", &path(&["48765-2"])).unwrap(), "過敏史");
    let third = words.claim("urn:chop:transcript:1", &path(&["courses", "2", "grade"])).unwrap();
    assert_eq!(third, "科目 › 第 3 項 › \u{2068}grade\u{2069}");
    assert_eq!(words.claim("urn:other", &path(&["x", "y"])).unwrap(), "\u{2068}x › y\u{2069}");
    assert_eq!(words.document("urn:chop:transcript:1").unwrap(), "成績單（整份）");
}

#[test]
fn a_predicate_is_named_in_every_language_and_never_by_its_key() {
    let named = |lang, vct: &str, key: &str| Words::of(lang).unwrap().claim(vct, &[key.to_owned()]).unwrap();
    let id = "urn:chop:cn.resident_id:1";
    for (lang, age, grade) in [
        (Lang::ZhHans, "年满 14 岁的证明", "平均绩点达 3.50 的证明"),
        (Lang::ZhHant, "年滿 14 歲的證明", "平均績點達 3.50 的證明"),
        (Lang::En, "Age of 14 or over", "GPA of at least 3.50"),
        (Lang::Pt, "Idade de 14 anos ou mais", "Média de pelo menos 3.50"),
    ] {
        assert_eq!(named(lang, id, "age_over_14"), age);
        assert_eq!(named(lang, "urn:chop:transcript:1", "gpa_at_least_3_5"), grade);
        for key in ["not_expired", "name_document_match"] {
            assert!(!named(lang, id, key).contains('_'), "{key}");
        }
    }
    // What only looks like one keeps its quotes.
    assert_eq!(named(Lang::En, id, "age_over_1"), "\u{2068}age_over_1\u{2069}");
}

#[test]
fn the_effect_of_withdrawing_is_said_in_every_language() {
    let effect = withdrawal_effect().unwrap();
    assert!(Lang::ALL.into_iter().all(|lang| effect.in_lang(lang).chars().count() > 20));
}

fn has_now(words: &Words, key: &str) -> bool {
    words.bundle.get_message(key).is_some_and(|message| message.get_attribute("now").is_some())
}

/// Each key of a file with the variables and attributes its words use.
fn outline(lang: Lang, file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = format!("{}/locales/{}/{file}.ftl", env!("CARGO_MANIFEST_DIR"), lang.tag());
    let text = fs::read_to_string(path).unwrap();
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            current = key.to_owned();
            assert!(keys.insert(current.clone(), BTreeSet::new()).is_none(), "{key} twice in {}", lang.tag());
        }
        let Some(uses) = keys.get_mut(&current) else { continue };
        uses.extend(
            line.trim().strip_prefix('.').and_then(|l| l.split_once(" = ")).map(|(a, _)| format!(".{a}")),
        );
        let variables = line.split("{ $").skip(1).filter_map(|rest| rest.split([' ', '}']).next());
        uses.extend(variables.map(|v| format!("${v}")));
    }
    keys
}

/// The codes of every `coded_errors!` enum, read from the sources: `Variant => ("code", Fault, "text")`.
fn error_codes() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut codes = BTreeSet::new();
    for top in ["core", "app"] {
        for path in rust_files(&root.join(top)) {
            // The example in coded.rs is no error of the product.
            if path.ends_with("model/src/coded.rs") {
                continue;
            }
            let text = fs::read_to_string(path).unwrap();
            let squeezed: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            codes.extend(quoted_after(&squeezed, "=> (\"").filter(|code| code.contains('.')));
            codes.extend(quoted_after(&squeezed, "=> ( \"").filter(|code| code.contains('.')));
        }
    }
    codes
}

#[test]
fn documents_and_claims_of_the_catalogue_have_its_names() {
    for lang in Lang::ALL {
        let words = Words::of(lang).unwrap();
        for known in chop_catalog::Catalog::built_in().unwrap().types() {
            let vct = format!("urn:chop:{}:1", known.code);
            let named = words.document(&vct).unwrap();
            assert_eq!(named, known.names.in_lang(lang), "{vct}");
            for field in &known.fields {
                let named = words.claim(&vct, std::slice::from_ref(&field.key)).unwrap();
                assert_eq!(named, field.names.in_lang(lang), "{vct} {}", field.key);
            }
        }
    }
}

/// What stands between each `marker` and the next quotation mark.
fn quoted_after<'t>(text: &'t str, marker: &'t str) -> impl Iterator<Item = String> + 't {
    text.split(marker).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned)
}

fn rust_files(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files
}

/// One word for each thing (core/docs/glossary.md): what a language said beside it stays out.
#[test]
fn the_words_that_were_given_up_do_not_come_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for (tag, retired) in RETIRED {
        for folder in ["core/locales", "ui/src/i18n", "app/cli/locales"] {
            for file in fs::read_dir(root.join(folder).join(tag)).unwrap() {
                let path = file.unwrap().path();
                let text = fs::read_to_string(&path).unwrap();
                for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
                    let found = retired.iter().find(|word| line.contains(**word));
                    assert!(found.is_none(), "{}:{}: {}", path.display(), n + 1, found.unwrap());
                }
            }
        }
    }
}

/// A passphrase, a recovery code, a key, a receipt, an issuer, a verifier, a screen; the reader as `你`; in
/// Portuguese the relay, the key store, the grant, and the spelling that Macao's public service writes.
const RETIRED: &[(&str, &[&str])] = &[
    (
        "zh-Hans",
        &[
            "您",
            "密码",
            "钥匙环",
            "锁匙",
            "解密钥匙",
            "收据",
            "回条",
            "签发方",
            "签发者",
            "发证机构",
            "查验方",
            "复原码",
            "钱包",
            "加密数据",
            "加密资料",
        ],
    ),
    (
        "zh-Hant",
        &[
            "您",
            "通行短語",
            "鎖匙",
            "解密鑰匙",
            "回條",
            "收據",
            "簽發方",
            "簽發者",
            "發證機構",
            "查驗方",
            "恢復碼",
            "錢包",
            "屏幕",
            "裡",
            "什麼",
            "發佈",
            "檔案夾",
            "磁盤",
            "加密數據",
            "加密資料",
        ],
    ),
    ("en", &["password", "recovery phrase"]),
    (
        "pt",
        &[
            "palavra-passe",
            "relé",
            "intermediário",
            "depósito de chaves",
            "concess",
            "carteira",
            "China continental",
            "receção",
            "desatualiza",
            "Ativ",
            " ativo",
            "Aspeto",
            "exatamente",
        ],
    ),
];
