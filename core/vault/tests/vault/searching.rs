//! Search in the ways that people write and type.

use chop_model::UnixTime;
use chop_vault::table::item;
use chop_vault::{Vault, VaultError, erase_item, search};

use crate::common::{TestSpace, an_item};

fn keep(vault: &Vault, title: &str, issuer: &str, words: &[&str]) -> chop_model::ItemId {
    let mut row = an_item(title);
    row.issuer = issuer.into();
    vault
        .write(|tx| {
            let number = item::insert(tx, &row)?;
            search::index(tx, number, title, issuer, words)
        })
        .unwrap();
    row.id
}

fn titles(vault: &Vault, words: &str) -> Vec<String> {
    let cards = vault.read(|read| search::search(read, words, 50)).unwrap();
    cards.into_iter().map(|card| card.title).collect()
}

#[test]
fn inside_a_word_one_and_two_characters_long_in_any_dress() {
    let space = TestSpace::new();
    let vault = &space.vault;
    keep(vault, "2019年成績單", "澳門大學", &["數學 A+"]);
    keep(vault, "营业执照", "珠海市市场监督管理局", &[]);
    keep(vault, "Carteira de vacinação", "São Januário", &["BCG"]);
    keep(vault, "ＡＢＣ Transcript", "HKU", &[]);
    for (words, title) in [
        ("成绩", "2019年成績單"),
        ("成績", "2019年成績單"),
        ("绩", "2019年成績單"),
        ("2019 成绩", "2019年成績單"),
        ("澳门大", "2019年成績單"),
        ("数学", "2019年成績單"),
        ("執照", "营业执照"),
        ("照", "营业执照"),
        ("市场监督", "营业执照"),
        ("sao", "Carteira de vacinação"),
        ("São jan", "Carteira de vacinação"),
        ("VACINACAO", "Carteira de vacinação"),
        ("vac", "Carteira de vacinação"),
        ("bcg", "Carteira de vacinação"),
        ("abc", "ＡＢＣ Transcript"),
        ("Ａb", "ＡＢＣ Transcript"),
        ("transcript h", "ＡＢＣ Transcript"),
    ] {
        assert_eq!(titles(vault, words), [title], "{words}");
    }
    // Not side by side; over the edge of two texts; a whole word that is only a beginning; nothing.
    for words in ["成单", "单澳", "vac ", "acinacao", "照业", "", "\"*", "成绩 执照"] {
        assert_eq!(titles(vault, words), [""; 0], "{words}");
    }
}

#[test]
fn newest_first_and_only_what_is_there_now() {
    let space = TestSpace::new();
    let vault = &space.vault;
    let ids: Vec<_> = (0..5).map(|i| keep(vault, &format!("成績單 {i}"), "", &[])).collect();
    assert_eq!(titles(vault, "成绩"), ["成績單 4", "成績單 3", "成績單 2", "成績單 1", "成績單 0"]);
    vault.write(|tx| search::index(tx, 2, "Transcript", "", &[])).unwrap();
    vault.write(|tx| erase_item(tx, &ids[3], UnixTime(1))).unwrap();
    assert_eq!(titles(vault, "成绩"), ["成績單 4", "成績單 2", "成績單 0"]);
    let agrees = |title| vault.read(|read| search::agrees(read, 2, title, "", &[])).unwrap();
    assert!(agrees("Transcript") && !agrees("成績單 1"));
    vault.write::<_, VaultError>(search::check).unwrap();
}

#[test]
fn whatever_is_typed_is_a_question_and_never_a_statement() {
    use proptest::prelude::*;
    let space = TestSpace::new();
    keep(&space.vault, "成績單 Transcript", "", &["c'est \"tout\""]);
    let ask = |words: &str| space.vault.read(|read| search::search(read, words, 50));
    proptest!(ProptestConfig::with_cases(300), |(words in any::<String>())| {
        prop_assert!(ask(&words).is_ok());
    });
    for words in
        ["\"", "a\" OR \"b", "words:成", "NEAR(a b)", "* AND", "a NOT b", "-成", "{words}:", "\0", "^a"]
    {
        assert!(ask(words).is_ok(), "{words}");
    }
    assert_eq!(titles(&space.vault, "\"成績").len(), 1);
}
