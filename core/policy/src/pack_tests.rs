use chop_model::{CrossingMode, Jurisdiction};

use super::*;
use crate::Route;

fn whole() -> String {
    Pack::WALK.to_owned()
}

fn read(text: &str) -> PackError {
    Pack::read(text).unwrap_err()
}

#[test]
fn the_packs_that_come_along_are_whole_and_use_every_kind() {
    let (built_in, walk) = (Pack::built_in().unwrap(), Pack::read(Pack::WALK).unwrap());
    for kind in Kind::ALL {
        assert!(
            built_in.rules.iter().chain(&walk.rules).any(|rule| rule.kind == *kind),
            "{kind:?} is in no rule"
        );
    }
    for n in 1..=35 {
        assert!(built_in.rule(&format!("R{n:02}")).is_some(), "no R{n:02}");
    }
}

#[test]
fn a_pack_that_is_not_whole_is_refused_each_with_its_own_error() {
    let text = whole();
    let change = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let rule = text[text.find("[[rule]]").unwrap()..].split("\n[[rule]]").next().unwrap().to_owned();
    let cases = [
        (change("schema = 1", "schema = 2\nnew_thing = 1"), PackError::NewerSchema),
        (change("schema = 1", "schema = 0"), PackError::Malformed),
        (change("kind = \"purpose\"", "kind = \"no-such-kind\""), PackError::UnknownKind),
        (change("[rule.find.scene.what]\nzh-Hans", "[rule.find.scene.what]\n#"), PackError::Untranslated),
        (change("[rule.title]\nzh-Hans", "[rule.title]\n#"), PackError::Untranslated),
        (change("[rule.find.scene.what]", "[rule.find.other.what]"), PackError::Findings),
        (change("effective_from = \"2025-01-01\"", "effective_from = \"2025-02-30\""), PackError::BadDate),
        (change("CN-CN = \"block\", ", "CN-TW = \"block\", "), PackError::Routes),
        (change("CN-CN = \"block\", ", ""), PackError::Routes),
        (change("level = \"block\"", "level = \"perhaps\""), PackError::Malformed),
        (change("level = \"block\"", "level = \"block\"\nmore = 1"), PackError::Malformed),
        (change("[[rule]]", &format!("{rule}\n[[rule]]")), PackError::DuplicateRule),
        (change("kind = \"own-act\"", "kind = \"marketing\""), PackError::Findings),
        (change("用途", "用\u{202e}途"), PackError::Malformed),
        ("#".repeat(MAX_PACK_BYTES + 1), PackError::TooLarge),
        ("pack = ".into(), PackError::Malformed),
    ];
    for (text, expected) in cases {
        assert_eq!(read(&text), expected, "{text:.60}");
    }
    let own_act = text.find("id = \"R22\"").and_then(|at| text[..at].rfind("[[rule]]")).unwrap();
    let end = text[own_act..].find("# Purposes").unwrap() + own_act;
    assert_eq!(read(&format!("{}{}", &text[..own_act], &text[end..])), PackError::Incomplete);
}

#[test]
fn a_level_is_read_by_route_and_mode() {
    let pack = Pack::built_in().unwrap();
    let export = Route { from: Jurisdiction::Cn, to: Jurisdiction::Hk };
    let rule = pack.rule("R09").unwrap();
    assert_eq!(rule.level(export, CrossingMode::SubjectCarried), Some(Level::Warn));
    assert_eq!(rule.level(export, CrossingMode::ControllerToController), Some(Level::Block));
    let at_home = Route { from: Jurisdiction::Cn, to: Jurisdiction::Cn };
    assert_eq!(rule.level(at_home, CrossingMode::SubjectCarried), None);
}

#[test]
fn a_rule_holds_from_midnight_of_its_first_day_until_its_last() {
    let dates = Dates::read(Some("2026-01-01".into()), Some("2027-01-01".into())).unwrap();
    // 2025-12-31T16:00:00Z is midnight in the three places.
    assert!(!dates.hold(UnixTime(1_767_196_799)));
    assert!(dates.hold(UnixTime(1_767_196_800)));
    assert!(!dates.hold(UnixTime(1_767_196_800 + 365 * 86_400)));
}

#[test]
fn a_superseded_pack_is_found_by_the_name_that_old_grants_carry() {
    let walk = PackRef { id: "walk".into(), version: "2026.1".into() };
    assert_eq!(Pack::compiled_in(&walk).unwrap().unwrap().reference(), walk);
    let other = PackRef { id: "walk".into(), version: "2020.1".into() };
    assert!(Pack::compiled_in(&other).unwrap().is_none());
}
