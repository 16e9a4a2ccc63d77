//! Rows of the field research that the rules alone can show; each test carries its row's number.

use chop_catalog::Catalog;
use chop_model::{CrossingMode, Jurisdiction, Lang, Mechanism};
use chop_policy::{
    AgeBand, Assessment, ClaimFact, Facts, Finding, ItemFact, ItemSeal, Level, Pack, PackRef, Release, Route,
    Topic, assess,
};
use toml::{Table, Value};

const BASE: &str = include_str!("cases/base.toml");

fn pack() -> Pack {
    Pack::built_in().expect("the pack").with_catalog(&Catalog::built_in().expect("the catalogue"))
}

fn facts(from: Jurisdiction, to: Jurisdiction) -> Facts {
    let table: Table = toml::from_str(BASE).expect("the base");
    let mut facts: Facts = Value::Table(table).try_into().expect("facts");
    (facts.route, facts.terms.jurisdiction) = (Route { from, to }, to);
    facts
}

fn findings(pack: &Pack, facts: &Facts) -> Vec<Finding> {
    match assess(pack, facts) {
        Assessment::Refuse(refusal) => refusal.findings().to_vec(),
        Assessment::MayAsk(may_ask) => may_ask.findings().to_vec(),
    }
}

fn finds(pack: &Pack, facts: &Facts, rule: &str, code: &str) -> Option<Level> {
    findings(pack, facts).into_iter().find(|f| f.rule == rule && f.code == code).map(|f| f.level)
}

use Jurisdiction::{Cn, Hk, Mo};

#[test]
fn gba_row_04_nothing_is_cleared_while_a_block_is_open() {
    let mut facts = facts(Hk, Cn);
    facts.items = vec![ItemFact::of(ItemSeal::Invalid, None)];
    assert!(matches!(assess(&pack(), &facts), Assessment::Refuse(_)));
}

#[test]
fn gba_row_08_sensitive_data_and_trade_secrets_force_a_step_of_their_own() {
    let pack = pack();
    let Assessment::MayAsk(may_ask) = assess(&pack, &facts(Cn, Cn)) else { unreachable!() };
    assert!(may_ask.separate_consents().iter().any(|ask| ask.topic.code() == "SENSITIVE:health"));
    let mut firm = facts(Cn, Cn);
    firm.subject = chop_policy::Subject::Firm;
    firm.claims = vec![ClaimFact::value("urn:chop:cn.electricity:1", vec!["kwh".into()])];
    assert_eq!(finds(&pack, &firm, "R27", "approval"), Some(Level::Block));
}

#[test]
fn gba_row_16_personal_data_are_never_given_for_resale() {
    let mut facts = facts(Hk, Cn);
    facts.terms.details.rights = vec![chop_model::DataRight::Operate];
    assert_eq!(finds(&pack(), &facts, "P04", "operate"), Some(Level::Block));
}

#[test]
fn gba_row_17_no_scene_no_grant() {
    let mut facts = facts(Hk, Cn);
    facts.terms.purpose.scene = String::new();
    assert_eq!(finds(&pack(), &facts, "R01", "scene"), Some(Level::Block));
}

#[test]
fn gba_row_18_a_broker_with_an_unlisted_end_user_is_refused() {
    let mut facts = facts(Hk, Cn);
    facts.asks_as_broker = true;
    assert_eq!(finds(&pack(), &facts, "R33", "end-user"), Some(Level::Block));
}

#[test]
fn gba_row_58_between_hong_kong_and_macao_no_standard_contract_is_offered() {
    let pack = pack();
    let standard = [Mechanism::GbaScHk, Mechanism::GbaScMo];
    for (from, to) in [(Hk, Mo), (Mo, Hk)] {
        for city in [None, Some("440300")] {
            let offered = pack.mechanisms(Route { from, to }, city);
            assert!(!offered.is_empty() && !offered.iter().any(|m| standard.contains(m)), "{offered:?}");
        }
        for mechanism in standard {
            let mut facts = facts(from, to);
            facts.terms.details.crossing = Some(crossing(mechanism));
            assert_eq!(finds(&pack, &facts, "R14", "never"), Some(Level::Block));
        }
    }
    assert!(pack.mechanisms(Route { from: Cn, to: Hk }, Some("440300")).contains(&Mechanism::GbaScHk));
    assert!(pack.mechanisms(Route { from: Mo, to: Cn }, Some("440400")).contains(&Mechanism::GbaScMo));
    assert!(pack.mechanisms(Route { from: Hk, to: Hk }, None).is_empty());
}

#[test]
fn gba_row_60_shantou_is_none_of_the_nine_cities() {
    let pack = pack();
    let route = Route { from: Hk, to: Cn };
    assert!(!pack.mechanisms(route, Some("440500")).contains(&Mechanism::GbaScHk));
    let mut facts = facts(Hk, Cn);
    facts.terms.details.site = site("440500");
    assert_eq!(finds(&pack, &facts, "R35", "outside"), Some(Level::Warn));
    facts.terms.details.crossing = Some(crossing(Mechanism::GbaScHk));
    assert_eq!(finds(&pack, &facts, "R14", "city"), Some(Level::Block));
    facts.terms.details.site = site("440300");
    assert_eq!(finds(&pack, &facts, "R14", "city"), None);
}

#[test]
fn gba_row_77_a_refusal_mutes_the_same_question_for_48_hours() {
    let mut facts = facts(Hk, Cn);
    for (hours, level) in [(0, Some(Level::Block)), (47, Some(Level::Block)), (48, None)] {
        facts.refused_at = Some(facts.now.plus(-hours * 3_600));
        assert_eq!(finds(&pack(), &facts, "R24", "muted"), level, "{hours} hours");
    }
}

#[test]
fn gba_row_79_another_pack_gives_another_finding_and_the_old_one_stays() {
    let (old, text) = (pack(), Pack::BUILT_IN);
    let change = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let next = change("version = \"2026.1\"", "version = \"2026.2\"").replacen(
        "The recipient is on none of your trust lists.",
        "Nobody vouches for the recipient.",
        1,
    );
    let at = next.find("id = \"R28\"").expect("R28");
    let next = format!("{}{}", &next[..at], next[at..].replacen("level = \"warn\"", "level = \"block\"", 1));
    let next = Pack::read(&next).expect("another pack");
    let mut facts = facts(Hk, Cn);
    facts.standing = chop_policy::Standing::NotListed;
    let of = |pack: &Pack| findings(pack, &facts).into_iter().find(|f| f.rule == "R28").expect("R28");
    assert_eq!((of(&old).level, of(&next).level), (Level::Warn, Level::Block));
    assert_eq!(of(&next).words.what.in_lang(Lang::En), "Nobody vouches for the recipient.");
    assert_eq!(next.reference(), PackRef { id: "gba".into(), version: "2026.2".into() });
    // What was judged under the old pack is found by its name, and judged as it was.
    let again = Pack::compiled_in(&old.reference()).expect("read").expect("kept");
    assert_eq!(of(&again).level, Level::Warn);
}

#[test]
fn gba_row_82_marketing_stands_alone() {
    let pack = pack();
    let mut facts = facts(Hk, Cn);
    facts.terms.details.direct_marketing = true;
    assert_eq!(finds(&pack, &facts, "R21", "bundled"), Some(Level::Block));
    facts.terms.details.direct_marketing = false;
    facts.terms.purpose.id = "https://w3id.org/dpv#DirectMarketing".into();
    assert_eq!(finds(&pack, &facts, "R21", "marketing"), Some(Level::Block));
    assert!(!pack.purposes().any(|purpose| purpose.code.contains("sale")));
}

#[test]
fn gba_row_111_another_purpose_needs_another_consent() {
    let mut facts = facts(Hk, Cn);
    let item =
        ItemFact { collected_for: Some("edu.admission".into()), ..ItemFact::of(ItemSeal::Valid, None) };
    facts.items = vec![item];
    let Assessment::MayAsk(may_ask) = assess(&pack(), &facts) else { unreachable!() };
    assert!(may_ask.separate_consents().iter().any(|ask| ask.topic == Topic::NewPurpose));
}

#[test]
fn gba_row_112_each_consent_is_an_act_of_its_own() {
    let Assessment::MayAsk(may_ask) = assess(&pack(), &facts(Hk, Cn)) else { unreachable!() };
    let act = chop_model::Id([7; 16]);
    let all: Vec<_> = may_ask
        .separate_consents()
        .iter()
        .map(|ask| chop_policy::SeparateConsent { topic: ask.topic, action_id: act, at: facts(Hk, Cn).now })
        .collect();
    assert!(all.len() > 1);
    let unsettled = may_ask.settle(chop_model::Id([0; 16]), &all, &[]).expect_err("one tap for all");
    assert!(unsettled.findings.iter().any(|f| f.rule == "R22" && f.level == Level::Block));
}

#[test]
fn gba_row_113_the_gate_lifts_on_the_fourteenth_birthday() {
    let pack = pack();
    let mut facts = facts(Cn, Cn);
    facts.age = AgeBand::Under14;
    assert_eq!(finds(&pack, &facts, "R10", "guardian"), Some(Level::Block));
    facts.guardian_signed = true;
    assert_eq!(finds(&pack, &facts, "R10", "evidence"), Some(Level::Block));
    facts.guardian_evidence = true;
    assert_eq!(finds(&pack, &facts, "R10", "evidence"), None);
    (facts.age, facts.guardian_signed, facts.guardian_evidence) = (AgeBand::Under16, false, false);
    assert!(!findings(&pack, &facts).iter().any(|f| f.rule == "R10"));
}

#[test]
fn gba_row_117_identifying_combinations_warn_and_bare_digests_are_refused() {
    let pack = pack();
    let mut facts = facts(Hk, Cn);
    let card = |key: &str| ClaimFact::value("urn:chop:cn.resident_id:1", vec![key.into()]);
    facts.claims = ["birth_date", "sex", "address"].map(card).to_vec();
    assert_eq!(finds(&pack, &facts, "P01", "combination"), Some(Level::Warn));
    facts.claims.pop();
    assert_eq!(finds(&pack, &facts, "P01", "combination"), None);
    facts.claims = vec![ClaimFact { release: Release::BareDigest, ..card("id_number") }];
    assert_eq!(finds(&pack, &facts, "P02", "bare"), Some(Level::Block));
    facts.claims = vec![ClaimFact { release: Release::SaltedDigest, ..card("id_number") }];
    assert_eq!(finds(&pack, &facts, "P02", "bare"), None);
}

fn crossing(mechanism: Mechanism) -> chop_model::Crossing {
    chop_model::Crossing {
        mode: CrossingMode::ControllerToController,
        mechanism,
        contract_ref: None,
        effective_at: None,
        filing: None,
        important_data: false,
        rights_channel_overseas: None,
    }
}

fn site(city: &str) -> Option<chop_model::Site> {
    Some(chop_model::Site { jurisdiction: Cn, city: Some(city.into()), zone: None })
}
