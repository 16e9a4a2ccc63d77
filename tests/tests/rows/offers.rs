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
use chop_tests::relay::{FakeRelay, Lie};
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

fn letter() -> Value {
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

fn states(stage: &Stage, given: &Id, taken: &Id) -> (OfferState, OfferState) {
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

#[test]
fn row_08_a_relay_that_tells_two_that_each_is_first_leaves_a_proof() {
    let mut stage = Stage::new();
    let offered = stage.offer(stage.draft(OfferWay::Files, Recipients::Registered));
    step_holder(&mut stage, &offered.id).unwrap();
    let taken = scanned(&stage, &offered.code, take_what_is_there());
    step_verifier(&mut stage, &taken).unwrap();
    stage.relay.lie = Some(Lie::EachIsFirst);
    // Another desk is told that it is first as well.
    let second = stage.world.second_desk();
    let code = OfferCode::parse(&offered.code.to_text().unwrap()).unwrap();
    let other = second.scan_offer(&code, take_what_is_there()).unwrap();
    let call = second.relay_call(&other, 0).unwrap().unwrap();
    let answer = stage.relay.post(&call);
    let claimed: chop_formats::relay::Claimed =
        chop_formats::relay::Message::from_bytes(&answer.body).unwrap();
    for _ in 0..6 {
        step_verifier(&mut stage, &taken).unwrap();
    }
    // Each holds an entry; put beside each other they are a proof that anybody can judge.
    let refused = stage.world.hospital.compare_entry(&taken, claimed.entry.as_bytes()).unwrap_err();
    assert_eq!(refused.code(), "offer-flow.equivocated");
    let proofs = stage.world.hospital.relay_faults(&taken).unwrap();
    let proof = chop_formats::relay::FaultProof::verify(&proofs[0]).unwrap();
    assert_eq!(proof.kind(), chop_formats::relay::FaultKind::ClaimedTwice);
    assert_eq!(proof.key(), &stage.relay.vkey());
    // The wallet, which looks through the entries of its own offer, finds it too.
    let mut found = false;
    for _ in 0..6 {
        found |= step_holder(&mut stage, &offered.id).is_err_and(|e| e.code() == "offer-flow.equivocated");
    }
    assert!(found);
    assert_eq!(stage.world.resident.relay_faults(&offered.id).unwrap().len(), 1);
}

#[test]
fn row_08_a_relay_that_lies_is_named() {
    for (lie, code) in [
        (Lie::JunkEnvelope, "offer.bad-seal"),
        (Lie::NotInLog, "offer-flow.bad-entry"),
        (Lie::OtherKey, "offer-flow.bad-entry"),
    ] {
        let mut stage = Stage::new();
        let offered = stage.live();
        let taken =
            scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
        if lie != Lie::OtherKey {
            for _ in 0..2 {
                run_once(&mut stage, &offered.id, &taken);
            }
        }
        stage.relay.lie = Some(lie);
        let refused = run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap_err();
        assert_eq!(refused.code(), code, "{lie:?}");
        assert!(
            !stage.world.hospital.has_message(&taken, chop_formats::frame::MessageKind::Ack).unwrap(),
            "{lie:?}: nothing was acknowledged"
        );
        // It was only the relay: honest again, it goes on where it was.
        if lie != Lie::OtherKey {
            stage.relay.lie = None;
            run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
            assert_eq!(
                states(&stage, &offered.id, &taken),
                (OfferState::Done, OfferState::Finished),
                "{lie:?}"
            );
        }
    }
}

#[test]
fn row_43_a_swapped_claim_envelope_or_share_is_blamed_on_the_relay() {
    // The claim: the wallet refuses what is not what the entry names, and spends nothing.
    let mut stage = Stage::new();
    let offered = stage.live();
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    stage.relay.lie = Some(Lie::SwappedClaim);
    let refused = run(&mut stage, &offered.id, &taken, &mut |_| panic!("nobody is asked")).unwrap_err();
    assert_eq!(refused.code(), "offer-flow.bad-answer");
    assert!(stage.world.resident.exchanges().unwrap().is_empty());
    // An event is withheld: the numbers have a gap.
    let mut stage = Stage::new();
    let offered = stage.live();
    run_once(&mut stage, &offered.id, &offered.id);
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    step_verifier(&mut stage, &taken).unwrap();
    stage.relay.lie = Some(Lie::Withholds);
    assert_eq!(step_holder(&mut stage, &offered.id).unwrap_err().code(), "offer-flow.bad-answer");
    // The share: in C2 the delivery note names its hash.
    let mut stage = Stage::new();
    let statement = stage.world.hospital.state_key(30).unwrap();
    let offered = stage.offer(stage.draft(OfferWay::Named { statement }, Recipients::Registered));
    step_holder(&mut stage, &offered.id).unwrap();
    let taken = scanned(&stage, &offered.code, take_what_is_there());
    stage.relay.lie = Some(Lie::JunkShare);
    let refused = (0..8).find_map(|_| step_verifier(&mut stage, &taken).err()).unwrap();
    assert_eq!(refused.code(), "offer-flow.swapped");
    stage.relay.lie = None;
    run(&mut stage, &offered.id, &taken, &mut |_| false).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished));
}

fn run_once(stage: &mut Stage, given: &Id, taken: &Id) {
    for told in step_holder(stage, given).unwrap() {
        if let Told::Claim(prompt) = told {
            stage.world.resident.confirm_claim(&prompt).unwrap();
        }
    }
    if taken != given {
        step_verifier(stage, taken).unwrap();
    }
}

#[test]
fn row_09_the_relay_with_a_photo_of_the_code_decrypts_nothing_but_plain_files() {
    let hidden = [b"Penicillin".as_slice(), b"Sample University", LETTER];
    for (way, readable) in [("live", false), ("named", false), ("files", true)] {
        let mut stage = Stage::new();
        let draft = match way {
            "live" => stage.draft(OfferWay::Live { by_rule: false }, Recipients::Registered),
            "files" => stage.draft(OfferWay::Files, Recipients::Registered),
            _ => {
                let statement = stage.world.hospital.state_key(30).unwrap();
                stage.draft(OfferWay::Named { statement }, Recipients::Registered)
            }
        };
        let offered = stage.offer(draft);
        let taken = scanned(
            &stage,
            &offered.code,
            match way {
                "live" => ask(&samples::hospital_query(), samples::hospital_terms()),
                _ => take_what_is_there(),
            },
        );
        run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
        assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished));
        let database = stage.relay.database();
        for bytes in &database {
            for text in hidden {
                assert!(!bytes.windows(text.len()).any(|w| w == text), "{way}: plain in the database");
            }
        }
        // With the photo: every key that the code gives, tried on every body that the relay holds.
        let code = OfferCode::parse(&offered.code.to_text().unwrap()).unwrap();
        assert_eq!(read_with_photo(&code, &database), readable, "{way}");
    }
}

/// Whether somebody with the relay's database and the code reads a file or a presentation.
fn read_with_photo(code: &OfferCode, database: &[Vec<u8>]) -> bool {
    use chop_formats::content::open_content;
    use chop_formats::delivery::{Mode, UnverifiedDelivery};
    use chop_formats::envelope::Envelope;
    use chop_formats::grant::UnverifiedGrant;
    use chop_formats::offer::{OfferKeys, Part, content_key};
    let keys = OfferKeys::derive(&code.key).unwrap();
    let parts = [Part::Request, Part::Envelope, Part::Acknowledgement, Part::KeyShare, Part::Receipt];
    let mut bodies = database.to_vec();
    for bytes in database {
        for part in parts {
            bodies.extend(keys.channel.open(part, bytes).ok().map(|body| body.expose().to_vec()));
        }
    }
    let envelopes: Vec<_> = bodies.iter().filter_map(|body| Envelope::from_packed(body).ok()).collect();
    // Every 32 bytes that the relay holds could be a share; a JWE is none.
    let shares: Vec<[u8; 32]> = bodies.iter().filter_map(|body| body.as_slice().try_into().ok()).collect();
    envelopes.iter().any(|envelope| {
        let grant = UnverifiedGrant::parse(&envelope.grant).unwrap().verify_as_record().unwrap();
        let delivery =
            UnverifiedDelivery::parse(&envelope.delivery).unwrap().verify_as_record(&grant).unwrap();
        shares.iter().any(|share| {
            [Mode::C1, Mode::C2Named, Mode::C2Files].into_iter().any(|mode| {
                let share = chop_crypto::Secret::new(*share);
                let key = content_key(&code.key, &share, mode, &grant.digest()).unwrap();
                open_content(&key, &delivery.payload().binding(), &envelope.ciphertext).is_ok()
            })
        })
    })
}

#[test]
fn row_27_two_offers_to_one_verifier_share_no_key_and_no_name() {
    let mut stage = Stage::new();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..2 {
        let offered = stage.live();
        let draft = ask(&samples::hospital_query(), samples::hospital_terms());
        let taken = scanned(&stage, &offered.code, draft);
        run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
        let keys = chop_formats::offer::OfferKeys::derive(&offered.code.key).unwrap();
        let grant = stage.world.hospital.offer_grant(&taken).unwrap();
        for name in [
            keys.id.0.to_vec(),
            keys.token.expose().to_vec(),
            grant.payload().iss.0.to_vec(),
            grant.payload().hlc.0.to_vec(),
            grant.payload().jti.0.to_vec(),
        ] {
            assert!(seen.insert(name), "the same in both");
        }
    }
}

#[test]
fn row_33_a_restored_space_answers_no_offer_of_before() {
    let mut stage = Stage::new();
    let offered = stage.live();
    step_holder(&mut stage, &offered.id).unwrap();
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    step_verifier(&mut stage, &taken).unwrap();
    stage.world.resident.wallet_mut().begin_epoch(chop_core::Because::RolledBack).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken).0, OfferState::Frozen);
    assert!(stage.world.resident.relay_call(&offered.id, 0).unwrap().is_none());
    assert!(stage.world.resident.offered(&offered.id).is_err());
    let told = run(&mut stage, &offered.id, &taken, &mut |_| panic!("nobody is asked")).unwrap();
    assert!(told.is_empty(), "{told:?}");
    assert!(stage.world.resident.audit(&mut |_, _| {}).unwrap().is_clean());
}

#[test]
fn row_46_junk_a_foreign_request_a_lapse_and_rejections_burn_nothing() {
    use chop_formats::relay::{Bounded, Claim, Message as _};
    let mut stage = Stage::new();
    let offered = stage.live();
    step_holder(&mut stage, &offered.id).unwrap();
    let keys = chop_formats::offer::OfferKeys::derive(&offered.code.key).unwrap();
    let random = chop_core::testing::SeededRandom::new("junk");
    // A request for another offer, in the right seal; and noise.
    let other = stage.live();
    let elsewhere = scanned(&stage, &other.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    let call = stage.world.hospital.relay_call(&elsewhere, 0).unwrap().unwrap();
    let foreign = Claim::from_bytes(call.body()).unwrap().body.into_bytes();
    let channel = chop_formats::offer::OfferKeys::derive(&other.code.key).unwrap().channel;
    let foreign = channel.open(chop_formats::offer::Part::Request, &foreign).unwrap();
    let foreign = keys.channel.seal(&random, chop_formats::offer::Part::Request, foreign.expose()).unwrap();
    for (body, code) in [(vec![9; 2000], "offer.bad-seal"), (foreign, "request.other-offer")] {
        let claim = Claim { offer: keys.id, tok: keys.token.duplicate(), body: Bounded::new(body).unwrap() };
        assert_eq!(stage.relay.serve("/v1/claim", &claim.to_bytes()).status, 200);
        let told = step_holder(&mut stage, &offered.id).unwrap();
        assert!(matches!(told[..], [Told::ClaimRefused(said)] if said == code), "{told:?}");
        step_holder(&mut stage, &offered.id).unwrap();
    }
    // Without the token the relay knows no such offer.
    let wrong = Claim {
        offer: keys.id,
        tok: chop_crypto::Secret::new([1; 32]),
        body: Bounded::new(vec![9; 2000]).unwrap(),
    };
    assert_eq!(stage.relay.serve("/v1/claim", &wrong.to_bytes()).status, 404);
    // A lease that runs out: the same claim goes again, and is answered.
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    step_verifier(&mut stage, &taken).unwrap();
    stage.relay.lapse();
    assert!(step_holder(&mut stage, &offered.id).unwrap().is_empty());
    let told = run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished), "{told:?}");
}

#[test]
fn row_47_a_withdrawal_has_one_of_two_answers_at_every_step() {
    let sealed = |stage: &Stage| {
        let statement = stage.world.hospital.state_key(30).unwrap();
        stage.draft(OfferWay::Named { statement }, Recipients::Registered)
    };
    let live = |stage: &Stage| stage.draft(OfferWay::Live { by_rule: false }, Recipients::Registered);
    let (mut revoked, mut released) = (0, 0);
    for is_live in [true, false] {
        for steps in 0..9 {
            let mut stage = Stage::new();
            let draft = if is_live { live(&stage) } else { sealed(&stage) };
            let offered = stage.offer(draft);
            let taken = scanned(
                &stage,
                &offered.code,
                match is_live {
                    true => ask(&samples::hospital_query(), samples::hospital_terms()),
                    false => take_what_is_there(),
                },
            );
            for _ in 0..steps {
                run_once(&mut stage, &offered.id, &taken);
            }
            let answer = stage.world.resident.withdraw_offer(&offered.id);
            let told = run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
            let has_data = stage.world.hospital.received(&taken).is_ok();
            let state = states(&stage, &offered.id, &taken).0;
            let says_revoked = told.iter().any(|t| matches!(t, Told::RevokedAt(_)))
                || (state == OfferState::Withdrawn && steps == 0);
            let says_released = told.iter().any(|t| matches!(t, Told::AlreadyReleasedAt(_)))
                || answer.is_err_and(|e| e.code() == "exchange.already-released");
            assert!(says_revoked != says_released, "{is_live} {steps}: {told:?} {state:?}");
            assert_eq!(has_data, says_released, "{is_live} {steps}: no key after a revocation");
            if says_revoked {
                revoked += 1
            } else {
                released += 1
            }
            assert!(stage.world.resident.audit(&mut |_, _| {}).unwrap().is_clean());
        }
    }
    assert!(revoked > 3 && released > 3, "{revoked} {released}");
}

#[test]
fn row_49_a_request_for_the_camera_takes_up_no_offer_and_the_reverse() {
    let mut stage = Stage::new();
    let offered = stage.live();
    step_holder(&mut stage, &offered.id).unwrap();
    let keys = chop_formats::offer::OfferKeys::derive(&offered.code.key).unwrap();
    let optic = stage.world.request();
    let random = chop_core::testing::SeededRandom::new("optic");
    let body = keys.channel.seal(&random, chop_formats::offer::Part::Request, optic.as_bytes()).unwrap();
    let body = chop_formats::relay::Bounded::new(body).unwrap();
    let claim = chop_formats::relay::Claim { offer: keys.id, tok: keys.token, body };
    stage.relay.serve("/v1/claim", &chop_formats::relay::Message::to_bytes(&claim));
    let told = step_holder(&mut stage, &offered.id).unwrap();
    assert!(matches!(told[..], [Told::ClaimRefused("request.other-carrier")]), "{told:?}");
    // The request of a claim, shown to the camera.
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    let request = stage.world.hospital.stored_request(&taken).unwrap();
    assert_eq!(stage.world.resident.look(&request).unwrap_err().code(), "request.other-carrier");
}

#[test]
fn row_51_a_drop_is_sealed_to_no_key_that_ends_before_it_or_is_anothers() {
    let stage = Stage::new();
    let statement = stage.world.hospital.state_key(1).unwrap();
    let way = OfferWay::Named { statement };
    let long = OfferDraft { seconds: 2 * 86_400, ..stage.draft(way.clone(), Recipients::Registered) };
    let refused = |draft| stage.world.resident.draft_offer(draft).unwrap_err().code();
    assert_eq!(refused(long), "offer.key-ends-earlier");
    let other = Recipients::Clients(vec!["x509_hash:somebody-else".into()]);
    assert_eq!(refused(stage.draft(way.clone(), other)), "offer.other-verifier");
    stage.world.clock.move_by(2 * 86_400);
    assert_eq!(refused(stage.draft(way, Recipients::Registered)), "offer.expired");
}

#[test]
fn row_50_a_verifier_posts_to_relays_of_its_own_list_only() {
    let stage = Stage::new();
    let offered = stage.live();
    let draft = ClaimDraft { relays: vec!["https://other.example".into()], ..take_what_is_there() };
    let refused = stage.world.hospital.scan_offer(&offered.code, draft).unwrap_err();
    assert_eq!(refused.code(), "offer-flow.other-relay");
    let drawing = chop_core::qr::draw(&offered.code.to_text().unwrap()).unwrap();
    assert!(drawing.version() <= 6, "version {}", drawing.version());
    let link = chop_core::qr::draw(&offered.code.to_link()).unwrap();
    assert!(link.version() <= 6, "version {}", link.version());
}
