//! Laws that hold for any facts: nothing is cleared past what blocks, and giving less never clears more.

use chop_model::{
    Action, Contact, Id, Jurisdiction, LangText, LegalId, OnExpiry, Period, Purpose, Retention, UnixTime,
    UseTerms,
};
use chop_policy::{
    AgeBand, Assessment, ClaimFact, Facts, ItemFact, ItemSeal, Level, Override, Pack, Route, SeparateConsent,
    Standing, assess,
};
use proptest::prelude::*;

proptest! {
    #[test]
    fn what_may_be_asked_has_no_block_and_what_is_refused_has_one(facts in facts()) {
        match assess(&pack(), &facts) {
            Assessment::MayAsk(may_ask) => {
                prop_assert!(may_ask.findings().iter().all(|f| f.level == Level::Warn));
            }
            Assessment::Refuse(refusal) => {
                prop_assert_eq!(refusal.findings()[0].level, Level::Block);
            }
        }
    }

    #[test]
    fn an_answer_clears_only_when_nothing_is_left_out(facts in facts(), given: u8, passed: u8) {
        let Assessment::MayAsk(may_ask) = assess(&pack(), &facts) else { return Ok(()) };
        let asks = may_ask.separate_consents().to_vec();
        let chosen = |n: usize, bits: u8| bits & (1 << (n % 8)) != 0;
        let consents: Vec<SeparateConsent> = (1_u8..)
            .zip(&asks)
            .enumerate()
            .filter(|(n, _)| chosen(*n, given))
            .map(|(_, (id, ask))| SeparateConsent { topic: ask.topic, action_id: Id([id; 16]), at: facts.now })
            .collect();
        let open: Vec<_> = may_ask
            .findings()
            .iter()
            .chain(asks.iter().enumerate().filter(|(n, _)| !chosen(*n, given)).map(|(_, ask)| &ask.if_missing))
            .cloned()
            .collect();
        let overrides: Vec<Override> = open
            .iter()
            .enumerate()
            .filter(|(n, _)| chosen(*n, passed))
            .filter_map(|(_, finding)| Override::of(finding, "because"))
            .collect();
        let whole = open.iter().enumerate().all(|(n, f)| f.level == Level::Warn && chosen(n, passed));
        let same_again = may_ask.clone();
        match may_ask.settle(Id([0; 16]), &consents, &overrides) {
            Ok(cleared) => {
                prop_assert!(whole, "cleared with something open");
                prop_assert_eq!(cleared.consents().len(), consents.len());
            }
            Err(unsettled) => {
                prop_assert!(!whole, "whole, yet not cleared: {:?}", unsettled.findings);
                prop_assert_eq!(unsettled.may_ask, same_again, "the question comes back unchanged");
            }
        }
    }
}

fn pack() -> Pack {
    Pack::built_in().expect("the pack")
}

fn facts() -> impl Strategy<Value = Facts> {
    let place =
        prop::sample::select(vec![Jurisdiction::Cn, Jurisdiction::Hk, Jurisdiction::Mo, Jurisdiction::Other]);
    let claim = prop::sample::select(vec![
        ("urn:chop:ips:1", "48765-2"),
        ("urn:chop:transcript:1", "gpa"),
        ("urn:example", "id_number"),
        ("urn:example", "unknown"),
    ]);
    let standing = prop::sample::select(vec![Standing::Listed, Standing::NotListed, Standing::KeyChanged]);
    let age = prop::sample::select(vec![AgeBand::Adult, AgeBand::Under18, AgeBand::Under14]);
    (place.clone(), place, prop::collection::vec(claim, 0..4), standing, age, any::<[bool; 4]>(), 0_u32..400)
        .prop_map(
            |(
                from,
                to,
                claims,
                standing,
                age,
                [guardian_signed, says_why, has_actions, fresh_nonce],
                days,
            )| {
                let now = UnixTime(1_768_438_800);
                let period = Period { from: now, until: UnixTime(1_768_439_100) };
                let terms = terms(to, says_why, has_actions, days);
                let claims =
                    claims.into_iter().map(|(vct, key)| ClaimFact::value(vct, vec![key.into()])).collect();
                let items = vec![ItemFact::of(ItemSeal::CannotCheck, None)];
                let facts = Facts::of(now, Route { from, to }, terms, period);
                Facts { standing, claims, items, fresh_nonce, age, guardian_signed, ..facts }
            },
        )
}

fn terms(jurisdiction: Jurisdiction, says_why: bool, has_actions: bool, days: u32) -> UseTerms {
    UseTerms {
        recipient: LangText::same("Sample"),
        legal_id: LegalId { scheme: "USCC".into(), value: "0".into() },
        jurisdiction,
        contact: Contact { name: "DPO".into(), tel: String::new(), email: "dpo@example.invalid".into() },
        purpose: Purpose {
            code: "care.consultation".into(),
            id: "https://w3id.org/dpv#Purpose".into(),
            scene: "outpatient".into(),
            text: LangText::same("care"),
        },
        actions: if has_actions { vec![Action::View] } else { Vec::new() },
        retention: Retention { days, on_expiry: OnExpiry::Delete },
        onward: Vec::new(),
        locations: vec![jurisdiction],
        necessity: says_why.then(|| LangText::same("n")),
        impact: says_why.then(|| LangText::same("i")),
        refusal: None,
        rights_channel: "dpo@example.invalid".into(),
        automated_decision: None,
        details: chop_model::UseDetails::default(),
    }
}
