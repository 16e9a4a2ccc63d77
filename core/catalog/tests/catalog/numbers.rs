//! The check digits of gba.md §3.2 against `../shared/domain/checkdigit_vectors.json`, and what each
//! algorithm promises.

use std::path::Path;

use chop_catalog::numbers::{NumberFinding as F, NumberKind as K, check};
use chop_model::UnixTime;
use proptest::prelude::*;
use serde_json::Value;

fn findings(kind: K, text: &str, at: Option<UnixTime>) -> Vec<F> {
    let found = check(kind, text, at);
    found.errors().chain(found.warnings()).collect()
}

/// A file of `../shared/domain`; `None` where it is not on this machine, which no CI run may be.
#[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a test may look at CI and speak")]
pub(crate) fn domain(name: &str) -> Option<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/domain");
    match std::fs::read_to_string(folder.join(name)) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(_) => {
            assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "../shared/domain/{name} is missing");
            eprintln!("SKIPPED: ../shared/domain is not on this machine");
            None
        }
    }
}

#[test]
fn every_shared_vector_holds_and_no_other_check_does() {
    let Some(vectors) = domain("checkdigit_vectors.json") else { return };
    let mut count = 0;
    for (word, cases) in vectors.as_object().unwrap() {
        let kind = K::from_code(word).unwrap();
        for case in cases.as_array().unwrap() {
            let check_digit = case["check"].as_str().unwrap();
            let full = match case["full"].as_str() {
                Some(full) => full.to_owned(),
                None => format!("{}{check_digit}", case["body"].as_str().unwrap()),
            };
            assert!(check(kind, &full, None).is_right(), "{word} {full}");
            let at = full.rfind(check_digit).unwrap();
            for other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars().filter(|c| !check_digit.contains(*c))
            {
                let mut wrong = full.clone();
                wrong.replace_range(at..=at, &other.to_string());
                assert!(!findings(kind, &wrong, None).is_empty(), "{word} {wrong}");
            }
            if let Some(org) = case["org_body"].as_str() {
                let org = format!("{org}-{}", case["org_check"].as_str().unwrap());
                assert_eq!(findings(K::Org, &org, None), [], "org {org}");
            }
            count += 1;
        }
    }
    assert!(count >= 22, "{count} vectors");
}

#[test]
fn each_kind_says_what_is_wrong() {
    let ninth = Some(UnixTime(1_768_000_000)); // 2026-01-10 at UTC+8
    let long = "9".repeat(300);
    let cases: &[(K, &str, Option<UnixTime>, &[F])] = &[
        (K::Rid, "110105199001010028", None, &[F::CheckDigit]),
        (K::Rid, "440000199001010028", None, &[F::UnknownRegion]),
        (K::Rid, "810000198503150017", None, &[]),
        (K::Rid, "44000019900230001X", None, &[F::CheckDigit, F::NoSuchDate, F::UnknownRegion]),
        (K::Rid, "4400001990010100", None, &[F::Length]),
        (K::Rid, "44000019900101O02X", None, &[F::Character]),
        (K::Rid, "", None, &[F::Empty]),
        (K::Rid, &long, None, &[F::TooLong]),
        (K::Uscc, "91440300MA0000A00A", None, &[]),
        (K::Uscc, "91440300MA0000A00B", None, &[F::CheckDigit]),
        (K::Uscc, "91440300MA0000I00A", None, &[F::Character]),
        (K::Uscc, "9144X300MA0000A00A", None, &[F::Character]),
        (K::Org, "MA0000A0-1", None, &[F::CheckDigit]),
        (K::Org, "MA0000A0", None, &[F::Length]),
        (K::Hkid, "XX123456(0)", None, &[F::UnknownPrefix]),
        (K::Hkid, "Z12(3456)1", None, &[F::Form]),
        (K::Hkid, "12345678", None, &[F::Form]),
        (K::Hkid, "Z123456(2)", None, &[F::CheckDigit]),
        (K::Ecert, "1.2.156.3005.3.1.1.1.1.1", None, &[F::Form]),
        (K::Food, "JY24401000000008", None, &[F::FoodCheckDigit]),
        (K::Food, "SC24401000000009", None, &[F::Form]),
        (K::Icao, "H000000010", None, &[]),
        (K::Icao, "H000000011", None, &[F::CheckDigit]),
        (K::Permit, "H00000001", None, &[]),
        (K::Permit, "HA0000001", None, &[]),
        (K::Permit, "H0000000100", None, &[]),
        (K::Permit, "C00000001", None, &[F::Form]),
        (K::Bir, "1000000(0)", None, &[]),
        (K::Bir, "2000000(0)", None, &[F::Form]),
        (K::Brn, "00000001", None, &[]),
        (K::Brn, "C0012345", None, &[]),
        (K::Brn, "0000001", None, &[F::Length]),
        (K::Award, "000001201205000001", ninth, &[]),
        (K::Award, "000001202705000001", ninth, &[F::FutureDate]),
        (K::Award, "000002201205000001", None, &[F::Form]),
        (K::Realestate, "440000 000000 GB00000 F00000000", None, &[]),
        (K::Realestate, "440000 000000 GB00000", None, &[F::Length]),
        (K::Realestate, "4400000000000000000000000000", None, &[F::UnitLayout]),
    ];
    for (kind, text, at, expected) in cases {
        assert_eq!(findings(*kind, text, *at), *expected, "{} {text}", kind.code());
    }
}

#[test]
fn a_birth_date_is_not_later_than_the_day_that_is_asked_about() {
    // 2012-01-01 begins in the three places at 2011-12-31T16:00:00Z.
    let child = "81000020120101003X";
    assert_eq!(findings(K::Rid, child, Some(UnixTime(1_325_347_199))), [F::FutureDate]);
    assert_eq!(findings(K::Rid, child, Some(UnixTime(1_325_347_200))), []);
}

#[test]
fn decoration_is_taken_off_and_the_original_kept() {
    let written = " ８１００００－１９８５０３１５　００１７ ";
    let checked = check(K::Rid, written, None);
    assert!(checked.is_right());
    assert_eq!((checked.normal(), checked.original()), ("810000198503150017", written));
    assert_eq!(check(K::Rid, "44000019900101001x", None).normal(), "44000019900101001X");
    assert_eq!(check(K::Hkid, "z123456（1）", None).normal(), "Z1234561");
    assert!(!format!("{checked:?}").contains("1985"), "the number is not in the debug form");
}

#[test]
fn whole_zones_are_checked_line_by_line() {
    // The specimens of ICAO 9303 parts 4, 5 and 6 (Utopia).
    let td3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    let td1 =
        "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";
    let td2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6";
    for zone in [td3, td1, td2] {
        assert_eq!(findings(K::Icao, zone, None), [], "{zone}");
        let wrong = zone.replace("740812", "740813");
        assert_eq!(findings(K::Icao, &wrong, None), [F::CheckDigit], "{wrong}");
    }
    let lines: Vec<&str> = td1.lines().chain(td3.lines().skip(1)).chain(td2.lines().skip(1)).collect();
    for line in [lines[0], lines[1], lines[3], lines[4]] {
        assert_eq!(findings(K::Icao, line, None), [], "{line}");
    }
    assert_eq!(findings(K::Icao, &td1.replace("7408122F", "7408332F"), None), [F::CheckDigit, F::NoSuchDate]);
}

fn replaced(text: &str, at: usize, with: u8) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] = with;
    String::from_utf8(bytes).unwrap()
}

fn swapped(text: &str, at: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes.swap(at, at + 1);
    String::from_utf8(bytes).unwrap()
}

fn is_noticed(kind: K, text: &str) -> bool {
    !findings(kind, text, None).iter().all(|f| *f == F::UnknownRegion || *f == F::UnknownPrefix)
}

proptest! {
    #[test]
    fn one_wrong_digit_is_found(at in 0_usize..18, digit in b'0'..=b'9') {
        // ISO 7064 MOD 11-2 and MOD 37,36, MOD 31 with 3^i, and weights without a factor of 11 or 10
        // find every single wrong digit.
        for (kind, text) in [
            (K::Rid, "810000198503150017"), (K::Uscc, "91440300MA0000A00A"), (K::Org, "000000000"),
            (K::Hkid, "Z1234561"), (K::Icao, "H000000010"), (K::Food, "JY24401000000009"),
        ] {
            if at < text.len() && text.as_bytes()[at].is_ascii_digit() && text.as_bytes()[at] != digit {
                prop_assert!(is_noticed(kind, &replaced(text, at, digit)), "{} {at} {digit}", kind.code());
            }
        }
    }

    #[test]
    fn one_wrong_character_of_an_identifier_is_found(at in 15_usize..73, to in "[0-9A-Z]") {
        let text = "1.2.156.3005.2.114400000000000007001.114400000000000007.2026000001.001.V";
        let to = to.as_bytes()[0];
        if at < text.len() && text.as_bytes()[at] != b'.' && text.as_bytes()[at] != to {
            prop_assert!(!check(K::Ecert, &replaced(text, at, to), None).is_right());
        }
    }

    #[test]
    fn two_neighbours_that_changed_places_are_found(body in "[1-9]{3}", at in 0_usize..17) {
        // MOD 11-2 and MOD 31: every transposition. The number is made right first.
        let rid = made(K::Rid, &format!("81000019850315{body}"));
        let uscc = made(K::Uscc, &format!("91440300MA0{body}A00"));
        for (kind, text) in [(K::Rid, rid), (K::Uscc, uscc)] {
            if text.as_bytes()[at] != text.as_bytes()[at + 1] {
                prop_assert!(is_noticed(kind, &swapped(&text, at)), "{} {at}", kind.code());
            }
        }
        let hkid = made(K::Hkid, &format!("A123{body}"));
        if (1..7).contains(&at) && hkid.as_bytes()[at] != hkid.as_bytes()[at + 1] {
            prop_assert!(is_noticed(K::Hkid, &swapped(&hkid, at)), "{at}");
        }
    }

    #[test]
    fn no_text_is_too_strange(text in any::<String>(), shaped in "[0-9A-Z<.()（） \u{ff10}-\u{ff19}-]{0,100}") {
        for kind in K::ALL {
            let _ = check(kind, &text, Some(UnixTime(0)));
            let _ = check(kind, &shaped, Some(UnixTime(i64::MAX)));
        }
    }
}

/// The number with the one check character that makes it right.
fn made(kind: K, body: &str) -> String {
    let right = |c: &char| check(kind, &format!("{body}{c}"), None).is_right();
    let digit = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().find(right).unwrap();
    format!("{body}{digit}")
}
