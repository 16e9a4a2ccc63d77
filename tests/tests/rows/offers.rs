//! Mode C from end to end, through a relay in memory: the honest walks first, then the rows.

use chop_core::flow::offer::{
    ClaimDraft, ClaimPrompt, OfferDraft, OfferState, OfferWay, Offered, Recipients, Told,
};
use chop_core::flow::{Consent, RequestDraft};
use chop_core::{Error, samples};
use chop_formats::dcql::DcqlQuery;
use chop_formats::offer::OfferCode;
use chop_formats::x509::x509_hash;
use chop_model::{Id, UseTerms};
use chop_tests::relay::FakeRelay;
use chop_tests::world::{LETTER, Space, World, agree, choose_all};
use serde_json::{Value, json};

/// A world with a relay in it.
pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) relay: FakeRelay,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let world = World::new();
        let relay = FakeRelay::new(world.clock.clone());
        Self { world, relay }
    }

    pub(crate) fn draft(&self, way: OfferWay, to: Recipients) -> OfferDraft {
        let (query, terms) = match way {
            OfferWay::Files => (letter(), samples::hospital_terms()),
            _ => (samples::hospital_query(), samples::hospital_terms()),
        };
        OfferDraft {
            dcql: DcqlQuery::from_value(&query).unwrap(),
            terms,
            to,
            way,
            relay: self.relay.named(),
            seconds: 600,
            drafted_at: None,
        }
    }

    pub(crate) fn consent(&self, draft: OfferDraft) -> Result<Consent, Error> {
        let prompt = self.world.resident.draft_offer(draft)?;
        let choices = choose_all(&prompt);
        agree(&self.world.resident, prompt, &choices)
    }

    pub(crate) fn offer(&self, draft: OfferDraft) -> Offered {
        let consent = self.consent(draft).unwrap();
        self.world.resident.offer(&consent).unwrap()
    }

    pub(crate) fn live(&self) -> Offered {
        self.offer(self.draft(OfferWay::Live { by_rule: false }, Recipients::Registered))
    }

    pub(crate) fn hospital(&self) -> String {
        let statement = self.world.hospital.state_key(1).unwrap();
        let head = statement.split('.').next().unwrap();
        let head: Value =
            serde_json::from_slice(&chop_crypto::encoding::from_base64url(head).unwrap()).unwrap();
        x509_hash(&chop_crypto::encoding::from_base64(head["x5c"][0].as_str().unwrap()).unwrap())
    }
}

pub(crate) fn ask(query: &Value, terms: UseTerms) -> ClaimDraft {
    let dcql = DcqlQuery::from_value(query).unwrap();
    ClaimDraft { ask: Some(RequestDraft { dcql, terms }), relays: relays() }
}

pub(crate) fn take_what_is_there() -> ClaimDraft {
    ClaimDraft { ask: None, relays: relays() }
}

fn relays() -> Vec<String> {
    vec!["https://relay.example".into()]
}

pub(crate) fn letter() -> Value {
    json!({ "credentials": [{
        "id": "letter", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:chop:item:1"] },
        "claims": [{ "path": ["file"] }],
    }] })
}

/// Steps both sides until neither has anything new, answering claims with `yes`.
pub(crate) fn run(
    stage: &mut Stage,
    given: &Id,
    taken: &Id,
    yes: &mut dyn FnMut(&ClaimPrompt) -> bool,
) -> Result<Vec<Told>, Error> {
    let mut all = Vec::new();
    for _ in 0..40 {
        for told in step_holder(stage, given)? {
            if let Told::Claim(prompt) = &told {
                match yes(prompt) {
                    true => stage.world.resident.confirm_claim(prompt)?,
                    false => stage.world.resident.reject_claim(prompt)?,
                }
            }
            all.push(told);
        }
        all.extend(step_verifier(stage, taken)?);
    }
    Ok(all)
}

pub(crate) fn step_holder(stage: &mut Stage, id: &Id) -> Result<Vec<Told>, Error> {
    let Some(call) = stage.world.resident.relay_call(id, 0)? else { return Ok(Vec::new()) };
    let answer = stage.relay.post(&call);
    stage.world.resident.relay_answer(&call, &answer)
}

pub(crate) fn step_verifier(stage: &mut Stage, id: &Id) -> Result<Vec<Told>, Error> {
    let Some(call) = stage.world.hospital.relay_call(id, 0)? else { return Ok(Vec::new()) };
    let answer = stage.relay.post(&call);
    stage.world.hospital.relay_answer(&call, &answer)
}

pub(crate) fn scanned(stage: &Stage, code: &OfferCode, draft: ClaimDraft) -> Id {
    let code = OfferCode::parse(&code.to_text().unwrap()).unwrap();
    stage.world.hospital.scan_offer(&code, draft).unwrap()
}

pub(crate) fn states(stage: &Stage, given: &Id, taken: &Id) -> (OfferState, OfferState) {
    let state = |space: &Space, id| space.offer_view(id).unwrap().state;
    (state(&stage.world.resident, given), state(&stage.world.hospital, taken))
}

#[test]
fn a_live_offer_is_taken_up_once() {
    let mut stage = Stage::new();
    let offered = stage.live();
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    let mut asked = 0;
    let told = run(&mut stage, &offered.id, &taken, &mut |prompt| {
        asked += 1;
        assert_eq!(prompt.who(), &samples::hospital().names);
        true
    })
    .unwrap();
    assert_eq!(asked, 1);
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished), "{told:?}");
    let received = stage.world.hospital.received(&taken).unwrap();
    assert_eq!(received.credentials.len(), 2);
    assert!(told.iter().any(|t| matches!(t, Told::Used(_))));
    for space in [&stage.world.resident, &stage.world.hospital] {
        let report = space.audit(&mut |_, _| {}).unwrap();
        assert!(report.is_clean(), "{report:?}");
    }
}

#[test]
fn a_named_drop_is_collected_while_the_wallet_sleeps() {
    let mut stage = Stage::new();
    let statement = stage.world.hospital.state_key(30).unwrap();
    let way = OfferWay::Named { statement };
    let offered = stage.offer(stage.draft(way, Recipients::Registered));
    step_holder(&mut stage, &offered.id).unwrap();
    let taken = scanned(&stage, &offered.code, take_what_is_there());
    for _ in 0..8 {
        step_verifier(&mut stage, &taken).unwrap();
    }
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Open, OfferState::Finished));
    assert_eq!(stage.world.hospital.received(&taken).unwrap().credentials.len(), 2);
    // The wallet wakes up and catches up, the receipt included.
    let told = run(&mut stage, &offered.id, &taken, &mut |_| false).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken).0, OfferState::Done, "{told:?}");
    let view = stage.world.resident.offer_view(&offered.id).unwrap();
    assert_eq!(view.peer, samples::hospital().names.en);
    let report = stage.world.resident.audit(&mut |_, _| {}).unwrap();
    assert!(report.is_clean(), "{report:?}");
}

/// An offer that nobody took up has no exchange; the list of recipients holds it all the same.
#[test]
fn an_open_offer_is_among_what_others_may_hold() {
    let stage = Stage::new();
    let offered = stage.live();
    let recipients = stage.world.resident.recipients().unwrap();
    let held: Vec<_> = recipients.iter().flat_map(|recipient| &recipient.holds).collect();
    assert_eq!(held.len(), 1);
    assert_eq!((held[0].exchange, held[0].reached), (offered.id, None));
    assert!(held[0].may_have_been_read(), "what was not seen may have happened");
}

#[test]
fn files_are_left_for_whoever_comes() {
    let mut stage = Stage::new();
    let offered = stage.offer(stage.draft(OfferWay::Files, Recipients::Registered));
    assert!(!offered.may_be_link);
    // A verifier who does not know that it is sealed asks first, and goes on.
    let taken = scanned(&stage, &offered.code, ask(&letter(), samples::hospital_terms()));
    let told = run(&mut stage, &offered.id, &taken, &mut |_| false).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished), "{told:?}");
    let received = stage.world.hospital.received(&taken).unwrap();
    assert_eq!(received.files[0].bytes, LETTER);
}

#[test]
fn row_22_a_request_beyond_the_offer_gets_nothing_and_burns_nothing() {
    let mut stage = Stage::new();
    let offered = stage.live();
    let mut wide = samples::hospital_query();
    let claims = wide["credentials"][0]["claims"].as_array_mut().unwrap();
    claims.push(json!({ "path": ["11450-4"] }));
    let taken = scanned(&stage, &offered.code, ask(&wide, samples::hospital_terms()));
    let told = run(&mut stage, &offered.id, &taken, &mut |_| panic!("nobody is asked")).unwrap();
    assert!(told.iter().any(|t| matches!(t, Told::ClaimRefused("offer-flow.not-within"))), "{told:?}");
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Open, OfferState::Refused));
    // Longer, or for something else: the same.
    let mut terms = samples::hospital_terms();
    terms.retention.days += 1;
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), terms));
    let told = run(&mut stage, &offered.id, &taken, &mut |_| panic!("nobody is asked")).unwrap();
    assert!(told.iter().any(|t| matches!(t, Told::ClaimRefused("offer-flow.other-terms"))), "{told:?}");
    // Less than was offered is what is handed over.
    let mut narrow = samples::hospital_query();
    narrow["credentials"].as_array_mut().unwrap().remove(1);
    narrow["credentials"][0]["claims"].as_array_mut().unwrap().remove(1);
    let taken = scanned(&stage, &offered.code, ask(&narrow, samples::hospital_terms()));
    let told = run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
    let received = stage.world.hospital.received(&taken).unwrap();
    assert_eq!(received.credentials.len(), 1, "{told:?}");
    assert_eq!(received.credentials[0].claims.as_object().unwrap().len(), 1);
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished));
}

#[test]
fn row_02_a_forwarded_code_shows_whose_name_it_is_before_anything_leaves() {
    let mut stage = Stage::new();
    let offered = stage.live();
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    // The page names nobody, so the holder is shown the verified name, and says no.
    let mut shown = None;
    run(&mut stage, &offered.id, &taken, &mut |prompt| {
        shown = Some(prompt.who().clone());
        false
    })
    .unwrap();
    assert_eq!(shown, Some(samples::hospital().names));
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Open, OfferState::Refused));
    assert!(stage.world.resident.exchanges().unwrap().is_empty(), "nothing was spent");
}

#[test]
fn row_03_a_photographed_code_gives_a_stranger_nothing() {
    let mut stage = Stage::new();
    // A rule answers, but for the hospital alone: a stranger with the photo comes first.
    let way = OfferWay::Live { by_rule: true };
    let elsewhere = Recipients::Clients(vec!["x509_hash:somebody-else".into()]);
    let offered = stage.offer(stage.draft(way.clone(), elsewhere));
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    let told = run(&mut stage, &offered.id, &taken, &mut |_| panic!("a rule answers")).unwrap();
    assert!(told.iter().any(|t| matches!(t, Told::ClaimRefused("offer-flow.not-for-them"))), "{told:?}");
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Open, OfferState::Refused));
    // For the right one the rule answers without a question; who comes second is told so, and named.
    let hospital = Recipients::Clients(vec![stage.hospital()]);
    let offered = stage.offer(stage.draft(way, hospital));
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    let told = run(&mut stage, &offered.id, &taken, &mut |_| panic!("a rule answers")).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished), "{told:?}");
    assert_eq!(
        stage
            .world
            .resident
            .draft_offer(stage.draft(OfferWay::Live { by_rule: true }, Recipients::Registered))
            .unwrap_err()
            .code(),
        "offer-flow.rule-needs-names"
    );
}

#[test]
fn row_05_two_claims_at_once_release_once() {
    let mut stage = Stage::new();
    let offered = stage.live();
    step_holder(&mut stage, &offered.id).unwrap();
    let draft = || ask(&samples::hospital_query(), samples::hospital_terms());
    let first = scanned(&stage, &offered.code, draft());
    step_verifier(&mut stage, &first).unwrap();
    // Another claim of the same code, from another desk: the first is ahead.
    let second = stage.world.second_desk();
    let code = OfferCode::parse(&offered.code.to_text().unwrap()).unwrap();
    let other = second.scan_offer(&code, draft()).unwrap();
    let call = second.relay_call(&other, 0).unwrap().unwrap();
    let told = second.relay_answer(&call, &stage.relay.post(&call)).unwrap();
    assert!(matches!(told[..], [Told::RelayRefused(chop_formats::relay::RelayRefusal::Conflict, false), ..]));
    let told = run(&mut stage, &offered.id, &first, &mut |_| true).unwrap();
    assert!(
        told.iter().any(|t| matches!(t, Told::AnotherClaim(Some(_)))),
        "the holder learns of it, and who"
    );
    assert_eq!(stage.world.resident.offer_view(&offered.id).unwrap().others, 1);
    assert_eq!(states(&stage, &offered.id, &first), (OfferState::Done, OfferState::Finished));
}

#[test]
fn row_06_a_lost_answer_costs_nothing_and_the_same_bytes_go_again() {
    let mut stage = Stage::new();
    let offered = stage.live();
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    let mut bodies: std::collections::BTreeMap<String, Vec<Vec<u8>>> = Default::default();
    for _ in 0..60 {
        for holder in [true, false] {
            let (space, id) = match holder {
                true => (&stage.world.resident, &offered.id),
                false => (&stage.world.hospital, &taken),
            };
            let Some(call) = space.relay_call(id, 0).unwrap() else { continue };
            // The first answer is lost; the call is made again.
            stage.relay.post(&call);
            let again = space.relay_call(id, 0).unwrap().unwrap();
            assert_eq!(call.body(), again.body(), "{}", call.path());
            bodies.entry(format!("{holder} {}", call.path())).or_default().push(call.body().to_vec());
            for told in space.relay_answer(&again, &stage.relay.post(&again)).unwrap() {
                if let Told::Claim(prompt) = told {
                    space.confirm_claim(&prompt).unwrap();
                }
            }
        }
    }
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished));
    for step in ["/v1/claim", "/v1/ack", "/v1/use"] {
        assert_eq!(bodies[&format!("false {step}")].len(), 1, "{step}");
    }
    let spent = stage.world.resident.uses().unwrap();
    assert_eq!(spent, 1);
}

pub(crate) fn run_once(stage: &mut Stage, given: &Id, taken: &Id) {
    for told in step_holder(stage, given).unwrap() {
        if let Told::Claim(prompt) = told {
            stage.world.resident.confirm_claim(&prompt).unwrap();
        }
    }
    if taken != given {
        step_verifier(stage, taken).unwrap();
    }
}
