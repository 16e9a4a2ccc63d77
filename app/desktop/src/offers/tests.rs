//! An offer composed, left at a relay that plays along or fails, listened to by a thread.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use chop_core::flow::RequestDraft;
use chop_core::flow::offer::{ClaimDraft, OfferState, RelayAnswer, RelayCall};
use chop_core::plumbing::crypto::SecretBytes;
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::model::{Id, Lang};
use chop_core::plumbing::policy::Topic;
use chop_core::plumbing::vault::VaultError;
use chop_core::{Clock, NetError, Result, Wallet};
use chop_tests::relay::FakeRelay;
use chop_tests::world::{PASSPHRASE, World, open_when_free};
use chop_transport::Cancel;

use super::listen::{Happened, Listeners, Surroundings};
use super::relay::{put, step};
use super::{compose, directory, items, key_of, purposes};
use crate::consent::{Act, Given, Sheets, Source, agree, choices};
use crate::dto::consent::PageView;
use crate::dto::offer::{Heard, KeyView, OfferText, OfferView, Reach};

mod recipients;

/// Everybody, and a relay that can be taken away.
struct Stage {
    world: World,
    /// The resident's space, held as the app holds it.
    resident: Arc<Wallet>,
    relay: Arc<Mutex<FakeRelay>>,
    is_down: Arc<AtomicBool>,
    told: Arc<AtomicUsize>,
}

#[derive(Clone)]
struct Around {
    relay: Arc<Mutex<FakeRelay>>,
    is_down: Arc<AtomicBool>,
    told: Arc<AtomicUsize>,
}

impl Surroundings for Around {
    fn post(&self, call: &RelayCall, _: &Cancel) -> Result<RelayAnswer> {
        if self.is_down.load(Ordering::SeqCst) {
            return Err(NetError::Busy.into());
        }
        Ok(self.relay.lock().unwrap().post(call))
    }

    fn tell(&self, _: &Id) {
        self.told.fetch_add(1, Ordering::SeqCst);
    }
}

impl Stage {
    fn new() -> Self {
        let mut world = World::new();
        let relay = Arc::new(Mutex::new(FakeRelay::new(world.clock.clone())));
        world.resident.close();
        let resident = open_when_free(|| world.resident.open_at(world.resident.folder())).unwrap();
        Self { world, resident: Arc::new(resident), relay, is_down: Arc::default(), told: Arc::default() }
    }

    fn around(&self) -> Around {
        Around { relay: self.relay.clone(), is_down: self.is_down.clone(), told: self.told.clone() }
    }

    fn text(&self) -> OfferText {
        let wallet: &Wallet = &self.resident;
        // By its name in any language, whatever the reader's.
        let hospital = directory(wallet, "示例醫院", Lang::En).unwrap()[0].client.clone();
        let held = items(wallet, "", "care.consultation", Lang::En).unwrap();
        let summary =
            held.iter().find(|item| item.fields.iter().any(|field| field.key == "48765-2")).unwrap();
        OfferText {
            clients: vec![hospital],
            statement: None,
            reach: Reach::default(),
            purpose: "care.consultation".into(),
            scene: "outpatient".into(),
            picks: BTreeMap::from([(summary.item.clone(), vec!["48765-2".into()])]),
            days: 30,
            minutes: 15,
            by_rule: false,
            files: false,
            necessity: "to avoid harmful medicines".into(),
            impact: "who reads it knows of an illness".into(),
            drafted_at: self.world.clock.now().0,
        }
    }

    /// Composes, reads the page, gives each separate consent, presses the seal.
    fn make(&self, text: &OfferText) -> Id {
        let wallet: &Wallet = &self.resident;
        let relay = self.relay.lock().unwrap().named();
        let composed = compose(wallet, text, relay, None).unwrap();
        let source = Source::Offer(Box::new(composed.draft));
        let prompt = source.look(wallet, false).unwrap();
        let sheets = Sheets::default();
        let sheet = sheets.find(&sheets.open(source, prompt)).unwrap();
        let page = sheet.prompt.page(&choices(&sheet.prompt, &composed.chosen).unwrap(), Lang::En).unwrap();
        let mut chosen = composed.chosen;
        for finding in &page.findings {
            chosen.overrides.insert(finding.rule.clone(), "I know them".into());
        }
        let view = PageView::of(page, &[], true, Lang::En);
        assert!(!view.is_blocked, "{:?}", view.findings);
        let code = view.code.unwrap();
        for separate in &view.separate {
            let topic = Topic::from_code(&separate.topic).unwrap();
            sheet.give(wallet, &code, topic, Lang::En).unwrap();
        }
        if view.asks_passphrase {
            wallet.reauthenticate(&SecretBytes::new(PASSPHRASE.to_vec())).unwrap();
        }
        let act = Act { code: &code, number: "", lang: Lang::En };
        let Given::Offer(offered) = agree(wallet, &sheet, &chosen, &act).unwrap() else { panic!("no offer") };
        let around = self.around();
        put(wallet, &offered, |call| around.post(call, &Cancel::default())).unwrap();
        offered.id
    }

    fn view(&self, listeners: &Listeners, id: &Id) -> OfferView {
        let wallet: &Wallet = &self.resident;
        let (claim, (trouble, happened)) = (listeners.claim(id), listeners.heard(id));
        let heard = Heard { claim: claim.as_deref(), trouble, happened };
        OfferView::of(wallet, wallet.offer_view(id).unwrap(), heard, Lang::En).unwrap()
    }

    /// The hospital scans the code and claims, one call.
    fn claim(&self, text: &OfferText, id: &Id) -> Id {
        let (resident, hospital): (&Wallet, &Wallet) = (&self.resident, &self.world.hospital);
        let relay = self.relay.lock().unwrap().named();
        let terms = compose(resident, text, relay.clone(), None).unwrap().draft.terms;
        let dcql = serde_json::json!({ "credentials": [{
            "id": "summary", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:chop:ips:1"] },
            "claims": [{ "path": ["48765-2"] }],
        }] });
        let ask = RequestDraft { dcql: DcqlQuery::from_value(&dcql).unwrap(), terms };
        let code = resident.offered(id).unwrap().code;
        let draft = ClaimDraft { ask: Some(ask), relays: vec![relay.origin] };
        let claimed = hospital.scan_offer(&code, draft).unwrap();
        self.go_on(&claimed);
        claimed
    }

    fn go_on(&self, claimed: &Id) {
        let around = self.around();
        step(&self.world.hospital, claimed, 0, |call| around.post(call, &Cancel::default())).unwrap();
    }
}

/// Waits until something is so; a thread of ours is on its way to it.
fn until(what: &str, so: impl Fn() -> bool) {
    for _ in 0..600 {
        if so() {
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("never: {what}");
}

#[test]
fn an_offer_is_taken_up_confirmed_and_used_while_the_page_only_listens() {
    let stage = Stage::new();
    let text = stage.text();
    let id = stage.make(&text);
    let listeners = Listeners::default();
    let wallet = stage.resident.clone();
    listeners.listen(wallet.clone(), id, stage.around());
    let view = stage.view(&listeners, &id);
    assert_eq!((view.state.as_str(), view.uses_left), ("open", 1));
    assert!(view.code.is_some() && view.link.is_some() && view.can_withdraw);

    let claimed = stage.claim(&text, &id);
    until("the claim is told", || listeners.claim(&id).is_some());
    let claimant = stage.view(&listeners, &id).claim.unwrap();
    assert_eq!(claimant.name, "Sample Hospital");
    assert!(claimant.is_listed);
    listeners.answer(&wallet, &id, true).unwrap();
    until("the data are there", || {
        stage.go_on(&claimed);
        stage.world.hospital.received(&claimed).is_ok()
    });
    until("the receipt came", || {
        stage.go_on(&claimed);
        stage.view(&listeners, &id).state == "done"
    });
    let view = stage.view(&listeners, &id);
    assert!(!view.is_open && view.code.is_none() && view.uses_left == 0);
    assert!(stage.told.load(Ordering::SeqCst) >= 3);
}

#[test]
fn an_offer_names_whom_it_is_for_in_the_readers_language() {
    let stage = Stage::new();
    let wallet: &Wallet = &stage.resident;
    let named =
        |id: &Id, lang| OfferView::listed(wallet, &wallet.offer_view(id).unwrap(), lang).unwrap().peer;
    let id = stage.make(&stage.text());
    assert_eq!(named(&id, Lang::ZhHant), "示例醫院");
    assert_eq!(named(&id, Lang::ZhHans), "示例医院");
    assert_eq!(named(&id, Lang::En), "Sample Hospital");

    // Somebody else than the record names: as the lists of today call it, else as it was shown.
    let client = stage.text().clients.remove(0);
    let other =
        |client: &str| crate::recipients::names::of(wallet, None, client, "Shown", Lang::ZhHant).unwrap();
    assert_eq!((other(&client).as_str(), other("x509_hash:nobody").as_str()), ("示例醫院", "Shown"));
}

#[test]
fn a_no_leaves_the_offer_open_and_a_relay_that_is_down_is_said_until_it_is_back() {
    let stage = Stage::new();
    let text = stage.text();
    let id = stage.make(&text);
    let (listeners, wallet) = (Listeners::default(), stage.resident.clone());
    listeners.listen(wallet.clone(), id, stage.around());
    stage.claim(&text, &id);
    until("the claim is told", || listeners.claim(&id).is_some());
    listeners.answer(&wallet, &id, false).unwrap();
    assert_eq!(listeners.answer(&wallet, &id, true).unwrap_err().code(), "exchange.wrong-step");
    until("open again", || stage.view(&listeners, &id).state == "open");

    stage.is_down.store(true, Ordering::SeqCst);
    until("trouble is told", || stage.view(&listeners, &id).trouble.is_some());
    stage.is_down.store(false, Ordering::SeqCst);
    until("it is over", || stage.view(&listeners, &id).trouble.is_none());

    wallet.withdraw_offer(&id).unwrap();
    until("withdrawn", || wallet.offer_view(&id).unwrap().state == OfferState::Withdrawn);
    until("said", || matches!(listeners.heard(&id).1.last(), Some(Happened::Revoked(_))));
}

/// A relay whose answer comes when somebody else has already written what it says.
struct Late {
    calls: Arc<AtomicUsize>,
    /// So many times, one after the other.
    times: usize,
    after: Around,
}

impl Surroundings for Late {
    fn post(&self, call: &RelayCall, cancel: &Cancel) -> Result<RelayAnswer> {
        match self.calls.fetch_add(1, Ordering::SeqCst) < self.times {
            true => Err(VaultError::WrongState.into()),
            false => self.after.post(call, cancel),
        }
    }

    fn tell(&self, _: &Id) {}
}

#[test]
fn that_somebody_was_faster_is_no_trouble_to_be_told() {
    let stage = Stage::new();
    let id = stage.make(&stage.text());
    let (listeners, calls) = (Listeners::default(), Arc::new(AtomicUsize::new(0)));
    let late = Late { calls: calls.clone(), times: 2, after: stage.around() };
    listeners.listen(stage.resident.clone(), id, late);
    until("it asks again at once", || calls.load(Ordering::SeqCst) > 2);
    assert!(listeners.heard(&id).0.is_none());
    listeners.stop_all();
}

#[test]
fn that_somebody_is_faster_every_time_is_told() {
    let stage = Stage::new();
    let id = stage.make(&stage.text());
    let (listeners, calls) = (Listeners::default(), Arc::new(AtomicUsize::new(0)));
    let late = Late { calls: calls.clone(), times: usize::MAX, after: stage.around() };
    listeners.listen(stage.resident.clone(), id, late);
    until("it is told", || listeners.heard(&id).0.is_some_and(|error| error.code() == "vault.wrong-state"));
    assert!(calls.load(Ordering::SeqCst) >= 3);
    listeners.stop_all();
}

#[test]
fn an_offer_whose_relay_is_down_when_it_is_made_is_taken_back_and_nobody_has_its_code() {
    let stage = Stage::new();
    let text = stage.text();
    let id = stage.make(&text);
    let offered = stage.resident.offered(&id).unwrap();
    let second = put(&stage.resident, &offered, |_| Err(NetError::Busy.into()));
    assert_eq!(second.unwrap_err().code(), chop_core::Error::from(NetError::Busy).code());
    let view = stage.view(&Listeners::default(), &id);
    assert_eq!(view.state, "withdrawing");
    assert!(view.code.is_none());
}

#[test]
fn a_thread_that_listens_keeps_no_space_open_and_ends_when_it_locks() {
    let stage = Stage::new();
    let id = stage.make(&stage.text());
    let (listeners, wallet) = (Listeners::default(), stage.resident.clone());
    wallet.lock_after(60);
    listeners.listen(wallet.clone(), id, stage.around());
    // Two minutes in which nobody but the thread does anything.
    for _ in 0..6 {
        stage.world.clock.move_by(20);
        thread::sleep(Duration::from_millis(300));
    }
    assert!(wallet.lock_if_idle());
    let told = stage.told.load(Ordering::SeqCst);
    until("the thread ends and says so", || stage.told.load(Ordering::SeqCst) >= told);
    assert!(wallet.vault().is_locked());
}

#[test]
fn what_can_be_chosen_is_in_the_readers_language_with_the_least_set() {
    let world = World::new();
    let resident: &Wallet = &world.resident;
    let known = purposes(resident, Lang::ZhHant).unwrap();
    let consultation = known.iter().find(|purpose| purpose.code == "care.consultation").unwrap();
    assert!(consultation.scenes.iter().any(|(code, name)| code == "outpatient" && name != code));
    let hospital = &directory(resident, "示例医院", Lang::En).unwrap()[0];
    assert_eq!((hospital.publisher.as_str(), hospital.is_reachable), ("Sample Trust List", true));
    assert!(directory(resident, "nobody of this name", Lang::En).unwrap().is_empty());
    let held = items(resident, "", "care.consultation", Lang::En).unwrap();
    assert!(held.iter().any(|item| item.is_file));
    assert!(held.iter().flat_map(|item| &item.fields).any(|field| field.is_needed == Some(true)));
    assert!(
        held.iter().flat_map(|item| &item.fields).all(|field| !["cnf", "vct"].contains(&field.key.as_str()))
    );
}
