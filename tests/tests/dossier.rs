//! The transfer dossier (数据海关, row 44 of gba.md section 1) and the evidence of a dispute (row 109).

#![cfg(test)]

use std::collections::BTreeMap;

use chop_core::Clock;
use chop_core::dossier::{ELEMENTS, Known, Seal, check_dossier, elements};
use chop_core::notice::Words;
use chop_core::remedy::{CaseKind, NewCase, Subject};
use chop_formats::consent_record::{ConsentRecord, CrossingMode, RightKind};
use chop_formats::dossier::DossierKind;
use chop_formats::proof_pack::CheckInputs;
use chop_model::{Jurisdiction, Lang};
use chop_tests::world::World;

const NOBODY: CheckInputs<'_> = CheckInputs { trust: None, log_key: None };

/// Every element that section 2.6 asks for is in the dossier of a real grant, in each language, signed.
#[test]
fn gba_row_44_the_dossier_lists_every_required_element() {
    let world = World::new();
    let given = world.walk().given;
    for lang in Lang::ALL {
        let made = world.resident.transfer_dossier(&given, lang).unwrap();
        let keys: Vec<_> = made.elements.iter().map(|element| element.key).collect();
        assert_eq!(keys[..ELEMENTS.len()], ELEMENTS);
        assert_eq!(keys.last(), Some(&"log"));
        assert_eq!(made.missing(), Vec::<&str>::new());
        assert!(made.page.contains("@page { size: A4") && !made.page.contains("<script"));
        let checked = check_dossier(&made.file.bytes, &NOBODY, world.clock.now()).unwrap();
        assert_eq!(checked.dossier.manifest().kind, DossierKind::Transfer);
        assert_eq!(checked.dossier.part("dossier.html"), Some(made.page.as_bytes()));
    }
    let made = world.resident.transfer_dossier(&given, Lang::En).unwrap();
    assert!(made.page.contains("filed nothing with anybody"));
    let value = |key: &str| made.elements.iter().find(|one| one.key == key).unwrap().values.join(" ");
    assert!(value("volume").contains("persons: 1"));
    assert!(value("route").contains("Hong Kong → Mainland China"));
    assert!(value("findings").contains("I know this hospital"), "the reason of an override is there");
    assert!(value("seals").contains("signed by its issuer"));
    // Any part of the file changed is found.
    let mut bytes = made.file.bytes.clone();
    let at = bytes.windows(8).position(|window| window == b"<!DOCTYP").unwrap();
    bytes[at + 1] = b'?';
    assert!(check_dossier(&bytes, &NOBODY, world.clock.now()).is_err());
    assert_eq!(world.resident.audit(&mut |_, _| ()).unwrap().flaws, []);
    // Only who gave it makes one; and only across a border.
    let theirs = world.hospital.transfer_dossier(&given, Lang::En);
    assert_eq!(theirs.unwrap_err().code(), "consent.unknown");
}

/// Take any of them away, and it is listed as missing, in red.
#[test]
fn gba_row_44_whatever_is_taken_away_is_listed_as_missing() {
    let world = World::new();
    let given = world.walk().given;
    let document = world.resident.consent_record(&given).unwrap();
    let full = c2c(document.record());
    assert_eq!(missing(&full, true), Vec::<&str>::new());
    type Take = fn(&mut ConsentRecord);
    let takes: [(&str, Take); 15] = [
        ("mode", |r| r.cross_border = None),
        ("registration", |r| r.recipient.party.legal_id.value.clear()),
        ("contact", |r| r.recipient.party.contact = Default::default()),
        ("purpose", |r| r.purpose.clear()),
        ("method", |r| r.methods.clear()),
        ("scope", |r| r.items.clear()),
        ("volume", |r| r.max_uses = 0),
        ("necessity", |r| r.necessity = None),
        ("impact", |r| r.impact_on_rights = None),
        ("storage", |r| (r.storage_locations, r.sites) = (Vec::new(), Vec::new())),
        ("mechanism", |r| r.cross_border = None),
        ("contract", |r| {
            let crossing = r.cross_border.as_mut().unwrap();
            (crossing.contract_ref, crossing.effective_at) = (None, None);
        }),
        ("filing", |r| r.cross_border.as_mut().unwrap().filing = None),
        ("assessment", |r| r.cross_border.as_mut().unwrap().pia = None),
        ("consents", |r| r.separate_consents.clear()),
    ];
    for (key, take) in takes {
        let mut record = full.clone();
        take(&mut record);
        assert!(missing(&record, true).contains(&key), "{key} was taken away");
    }
    // What is found rather than recorded.
    let found = missing(&full, false);
    assert_eq!(found, ["findings", "digests", "seals", "log"]);
    // Two that a record cannot leave out have always a value: how long, and what then.
    assert!(!found.contains(&"retention") && !found.contains(&"end-of-life"));
}

/// The pack for a dispute: proof of the grant, the case as it was written down, the letter.
#[test]
fn gba_row_109_the_evidence_of_a_dispute_holds_the_log_proofs() {
    let world = World::new();
    let given = world.walk().given;
    let (kind, subject) = (CaseKind::Dispute, Subject::Conduct);
    let new = NewCase { kind, exchange: given, subject, text: "<b>it was copied</b>".into(), due: None };
    let case = world.resident.open_case(&new).unwrap();
    let evidence = world.resident.case_evidence(&case, Lang::ZhHant).unwrap();
    let checked = check_dossier(&evidence.bytes, &NOBODY, world.clock.now()).unwrap();
    assert_eq!(checked.dossier.manifest().kind, DossierKind::Evidence);
    let names = ["grant.jwt", "record.json", "proof.chop-proof", "case.json", "letter.html", "letter.txt"];
    assert_eq!(evidence.parts, names);
    let page = String::from_utf8(checked.dossier.part("letter.html").unwrap().to_vec()).unwrap();
    assert!(page.contains("數據糾紛申訴申請書") && page.contains("&lt;b&gt;it was copied"));
    assert!(page.contains("沒有向任何機構提交"));
}

/// A letter for each kind of case, in the four languages: law with its mark, grant, what and by when.
#[test]
fn letters_say_who_asks_what_by_which_law_and_by_when() {
    let world = World::new();
    let given = world.walk().given;
    let field = Subject::Field { doc_type: "urn:chop:ips:1".into(), key: "48765-2".into() };
    let cases = [
        (CaseKind::Rights, Subject::Right(RightKind::Delete)),
        (CaseKind::Complaint, field),
        (CaseKind::Complaint, Subject::Conduct),
        (CaseKind::Dispute, Subject::Conduct),
    ];
    for (kind, subject) in cases {
        let new = NewCase { kind, exchange: given, subject, text: "my words".into(), due: None };
        let case = world.resident.open_case(&new).unwrap();
        for lang in Lang::ALL {
            let letter = world.resident.case_letter(&case, lang).unwrap();
            let text = letter.to_text();
            assert!(text.contains(&given.to_string()) && text.contains("my words"), "{text}");
            assert!(letter.to_html().starts_with("<!DOCTYPE html>"));
            // A letter, not a listing: dates as the language writes them, the law and who supervises by name.
            assert!(!text.contains("+08:00"), "{text}");
            assert!(
                lang == Lang::En || (!text.contains("PIPL art.") && !text.contains("Administration")),
                "{text}"
            );
            assert_eq!(text.matches("dpo@").count(), 1, "{text}");
            let allergies =
                Words::of(lang).unwrap().claim("urn:chop:ips:1", &["48765-2".to_owned()]).unwrap();
            assert!(text.contains(&allergies), "{text}");
        }
    }
}

fn missing(record: &ConsentRecord, is_found: bool) -> Vec<&'static str> {
    let words = Words::of(Lang::En).unwrap();
    let seal = Seal { query: "summary".into(), digest: [1; 32], is_issued: true, seal: Some("valid") };
    let seals = if is_found { vec![seal] } else { Vec::new() };
    let findings = is_found.then_some(&[][..]);
    let log = is_found.then_some((3, [2; 32]));
    let known = Known { record, findings, passed: &BTreeMap::new(), seals: &seals, log };
    let all = elements(&known, &words).unwrap();
    all.iter().filter(|element| element.missing).map(|element| element.key).collect()
}

/// The record as it would be, had one organisation sent to another.
fn c2c(record: &ConsentRecord) -> ConsentRecord {
    let mut record = record.clone();
    let at = record.created_at;
    let crossing = record.cross_border.as_mut().unwrap();
    crossing.mode = CrossingMode::ControllerToController;
    crossing.contract_ref = Some("SC-1".into());
    crossing.filing = Some(chop_model::Filing { authority: "CAC".into(), number: "1".into(), at });
    let (id, keep_until) = ("PIA-1".into(), at.plus(3 * 365 * 86_400));
    crossing.pia = Some(chop_model::ImpactAssessment { id, at, keep_until });
    assert_eq!((record.route.from, record.route.to), (Jurisdiction::Hk, Jurisdiction::Cn));
    record
}
