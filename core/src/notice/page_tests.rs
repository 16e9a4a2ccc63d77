//! The page says everything, in every language, and its digest holds every character of it.

use std::collections::BTreeSet;

use chop_model::{
    Action, Contact, Jurisdiction, Lang, LangText, LegalId, OnExpiry, Period, Purpose, Retention, UnixTime,
    UseTerms,
};
use chop_policy::{Class, Finding, Level, Pack, SeparateAsk, Topic};

use super::super::*;
use super::render;

#[test]
fn the_last_line_is_the_grant_in_one_sentence() {
    let cases = [
        (Lang::ZhHans, "允许示例医院在今天 18:00 前看一次你的过敏史，用于门诊，30 天后删除。"),
        (Lang::ZhHant, "允許示例醫院在今天 18:00 前看一次你的過敏史，用於門診，30 天後刪除。"),
        (
            Lang::En,
            "Allow Sample Hospital to look once, before today at 18:00, at your Allergies and intolerances, \
             for outpatient care; deleted after 30 days.",
        ),
        (
            Lang::Pt,
            "Permitir que Hospital Exemplo consulte uma vez, até hoje às 18:00, os seus dados (Alergias e \
             intolerâncias), para consulta externa; apagado após 30 dias.",
        ),
    ];
    for (lang, sentence) in cases {
        let notice = render(lang, &model()).unwrap();
        assert_eq!(notice.sentence.replace(['\u{2068}', '\u{2069}'], ""), sentence);
    }
}

/// A predicate stands after a possessive there: its name is a noun in every language.
#[test]
fn a_sentence_holds_the_names_of_predicates() {
    let cases = [
        (
            Lang::ZhHans,
            "允许示例医院在今天 18:00 前看一次你的年满 18 岁的证明、当日有效状态、姓名与证件相符情况和平均绩点达 \
             3.50 的证明，用于门诊，30 天后删除。",
        ),
        (
            Lang::ZhHant,
            "允許示例醫院在今天 18:00 前看一次你的年滿 18 歲的證明、當日有效狀態、姓名與證件相符情況和平均績點達 \
             3.50 的證明，用於門診，30 天後刪除。",
        ),
        (
            Lang::En,
            "Allow Sample Hospital to look once, before today at 18:00, at your Age of 18 or over, Validity \
             today, Match of name and document and GPA of at least 3.50, for outpatient care; deleted after \
             30 days.",
        ),
        (
            Lang::Pt,
            "Permitir que Hospital Exemplo consulte uma vez, até hoje às 18:00, os seus dados (Idade de 18 \
             anos ou mais, Validade hoje, Correspondência entre nome e documento e Média de pelo menos \
             3.50), para consulta externa; apagado após 30 dias.",
        ),
    ];
    let mut model = model();
    let claim = model.claims[0].clone();
    let id = "urn:chop:cn.resident_id:1";
    let of = |vct: &str, key: &str| NoticeClaim { vct: vct.into(), path: vec![key.into()], ..claim.clone() };
    model.claims = ["age_over_18", "not_expired", "name_document_match"].map(|key| of(id, key)).into();
    model.claims.push(of("urn:chop:transcript:1", "gpa_at_least_3_5"));
    for (lang, sentence) in cases {
        let notice = render(lang, &model).unwrap();
        assert_eq!(notice.sentence.replace(['\u{2068}', '\u{2069}'], ""), sentence);
    }
}

#[test]
fn the_page_has_every_line_that_the_law_and_the_person_need() {
    for lang in Lang::ALL {
        let notice = render(lang, &model()).unwrap();
        let kinds: BTreeSet<String> = notice.lines.iter().map(|line| line.kind.code()).collect();
        let wanted = [
            "who",
            "known-by",
            "says-of-itself",
            "warning",
            "claim-sensitive",
            "why",
            "necessity",
            "impact",
            "actions",
            "kept",
            "onward",
            "stored-in",
            "refusal",
            "machine",
            "rights",
            "withdrawal",
            "uses",
            "until",
            "finding-warn",
            "rules",
            "separate-SENSITIVE:health",
            "separate-CROSS_BORDER",
        ];
        for kind in wanted {
            assert!(kinds.contains(kind), "no {kind} in {}", lang.tag());
        }
        assert!(notice.lines.iter().all(|line| !line.label.is_empty() && !line.value.is_empty()));
        assert!(notice.is_intact() && notice.to_text().contains(&notice.sentence));
    }
}

#[test]
fn the_name_shown_is_not_the_name_it_gives_itself() {
    let mut model = model();
    model.terms.recipient = LangText::same("Bank of Everything\u{202E}\u{2069}");
    let notice = render(Lang::En, &model).unwrap();
    let line = |kind| notice.lines.iter().find(|line| line.kind == kind).unwrap();
    assert!(line(LineKind::Who).value.contains("Sample Hospital"));
    assert!(line(LineKind::SaysOfItself).value.contains("\u{2068}Bank of Everything\u{2069}"));
    assert!(!notice.title.contains("Bank") && !notice.sentence.contains("Bank"));
}

#[test]
fn what_the_holder_says_is_marked_so() {
    let mut model = model();
    model.claims[0].source = ClaimSource::Holder;
    let notice = render(Lang::En, &model).unwrap();
    let claim = notice.lines.iter().find(|line| matches!(line.kind, LineKind::Claim { .. })).unwrap();
    assert!(claim.value.contains("stated by the holder"));
    assert_eq!(claim.kind.code(), "claim-sensitive-holder-stated");
}

#[test]
fn an_offer_that_ends_before_the_time_that_was_chosen_says_so() {
    let said = |lang, chosen, lasts| {
        let mut model = model();
        model.offer = Some(crate::notice::OfferNotice {
            relay: "https://relay.example.invalid".into(),
            mode: chop_formats::delivery::Mode::C1,
            by_rule: false,
            is_named: true,
            chosen,
        });
        model.validity.until = model.validity.from.plus(lasts);
        let notice = render(lang, &model).unwrap();
        let line = notice.lines.into_iter().find(|line| line.kind.code() == "sooner");
        line.map(|line| line.value.replace(['\u{2068}', '\u{2069}'], ""))
    };
    assert_eq!(said(Lang::En, 600, 600), None);
    let cases = [
        (
            Lang::En,
            "You chose 15 minutes, but data of this level are offered for 10 minutes at most: the offer ends then.",
        ),
        (
            Lang::Pt,
            "Escolheu 15 minutos, mas dados deste nível só se oferecem durante 10 minutos no máximo: a oferta termina então.",
        ),
        (Lang::ZhHans, "你选择了 15 分钟，但此级别的资料最多只能授权 10 分钟，届时授权码即告失效。"),
        (Lang::ZhHant, "你選擇了 15 分鐘，但此級別的資料最多只能授權 10 分鐘，屆時授權碼即告失效。"),
    ];
    for (lang, words) in cases {
        assert_eq!(said(lang, 900, 600).as_deref(), Some(words));
    }
    assert!(
        said(Lang::En, 604_800, 86_400)
            .unwrap()
            .starts_with("You chose 7 days, but data of this level are offered for 1 day")
    );
    assert!(
        said(Lang::Pt, 28_800, 3_600)
            .unwrap()
            .contains("8 horas, mas dados deste nível só se oferecem durante 1 hora")
    );
}

#[test]
fn the_digest_changes_with_any_word_and_language_and_with_nothing_else() {
    let digest = |lang, model: &NoticeModel| render(lang, model).unwrap().digest;
    let base = digest(Lang::En, &model());
    assert_eq!(base, digest(Lang::En, &model()));
    assert_ne!(base, digest(Lang::Pt, &model()));
    let mut longer = model();
    longer.terms.retention.days = 31;
    assert_ne!(base, digest(Lang::En, &longer));
    let mut edited = render(Lang::En, &model()).unwrap();
    // Moving a character from one field to the next keeps the text and must not keep the digest.
    let moved = edited.lines[0].label.pop().unwrap();
    edited.lines[0].value.insert(0, moved);
    assert!(!edited.is_intact());
}

fn model() -> NoticeModel {
    let text = |hs: &str, ht: &str, en: &str, pt: &str| LangText {
        zh_hans: hs.into(),
        zh_hant: ht.into(),
        en: en.into(),
        pt: pt.into(),
    };
    let name = text("示例医院", "示例醫院", "Sample Hospital", "Hospital Exemplo");
    let pack = Pack::built_in().unwrap();
    let finding = |rule: &str, level, code| Finding {
        rule: rule.into(),
        level,
        code,
        words: pack.rule(rule).unwrap().findings().find(|(c, _)| *c == code).unwrap().1.clone().into(),
        citation: "PIPL".into(),
        confirmed: false,
    };
    let sensitivity = pack.claims().sensitivity("urn:chop:ips:1", &["48765-2"]);
    NoticeModel {
        holdings: crate::notice::HoldingsNotice::default(),
        now: UnixTime(1_768_438_800),
        asker: Asker {
            name: name.clone(),
            legal_id: Some(LegalId { scheme: "USCC".into(), value: "124400000000000004".into() }),
            jurisdiction: Some(Jurisdiction::Cn),
            known_by: KnownBy::TrustList {
                publisher: LangText::same("Demo List"),
                issued: UnixTime(1_768_000_000),
            },
        },
        terms: UseTerms {
            recipient: name,
            legal_id: LegalId { scheme: "USCC".into(), value: "124400000000000004".into() },
            jurisdiction: Jurisdiction::Cn,
            contact: Contact { name: "DPO".into(), tel: String::new(), email: "dpo@example.invalid".into() },
            purpose: Purpose {
                code: "care.consultation".into(),
                id: "https://w3id.org/dpv/sector/health#ConsultationManagement".into(),
                scene: "outpatient".into(),
                text: text("门诊", "門診", "outpatient care", "consulta externa"),
            },
            actions: vec![Action::View],
            retention: Retention { days: 30, on_expiry: OnExpiry::Delete },
            onward: Vec::new(),
            locations: vec![Jurisdiction::Cn],
            necessity: Some(LangText::same("n")),
            impact: Some(LangText::same("i")),
            refusal: Some(LangText::same("r")),
            rights_channel: "dpo@example.invalid".into(),
            automated_decision: Some(LangText::same("m")),
            details: chop_model::UseDetails::default(),
        },
        claims: vec![NoticeClaim {
            vct: "urn:chop:ips:1".into(),
            path: vec!["48765-2".into()],
            sensitivity,
            source: ClaimSource::Issuer {
                name: LangText::same("Clinic"),
                seal: SealState::ValidStatusNotChecked,
            },
            optional: false,
        }],
        validity: Period { from: UnixTime(1_768_438_800), until: UnixTime(1_768_471_200) },
        max_uses: 1,
        optic: true,
        offer: None,
        number: None,
        findings: vec![finding("R28", Level::Warn, "not-listed")],
        separate: vec![
            SeparateAsk {
                topic: Topic::Sensitive(Class::Health),
                if_missing: finding("R07", Level::Block, "separate"),
            },
            SeparateAsk { topic: Topic::CrossBorder, if_missing: finding("R09", Level::Warn, "export") },
        ],
        pack: pack.reference(),
    }
}
