//! The page of a request and the walk after it, through the functions under the commands.

use std::collections::BTreeMap;

use chop_core::flow::{Accepted, Inbound, Outbound, RequestDraft, State, read};
use chop_core::plumbing::crypto::SecretBytes;
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::model::Lang;
use chop_core::plumbing::policy::Topic;
use chop_core::samples;
use chop_tests::world::{PASSPHRASE, World};

use super::{Act, Chosen, Given, Outgoing, Sheet, Sheets, Source, agree, choices, everything_held};
use super::{decline, take_back, take_message};
use crate::dto::consent::{Need, PageView, SheetView, SheetWay};
use crate::dto::exchange::{ExchangeView, Shown};
use crate::scan::Content;

fn asked(world: &World) -> Content {
    let dcql = DcqlQuery::from_value(&samples::outpatient_query()).unwrap();
    let draft = RequestDraft { dcql, terms: samples::outpatient_terms() };
    let asked = world.hospital.ask(draft).unwrap();
    let message = read(asked.frames()).unwrap();
    world.hospital.shown(asked).unwrap();
    Content::Message(message)
}

fn open(world: &World, sheets: &Sheets) -> std::sync::Arc<Sheet> {
    let source = Source::of(&world.resident, &asked(world), |_| unreachable!("no link")).unwrap();
    let prompt = source.look(&world.resident, false).unwrap();
    sheets.find(&sheets.open(source, prompt)).unwrap()
}

/// The first claim of the first query that something answers.
fn first(sheet: &Sheet) -> Chosen {
    let query = sheet.prompt.queries().iter().find(|query| !query.candidates.is_empty()).unwrap();
    let place = query.asked.iter().position(|path| query.candidates[0].answers.contains(path)).unwrap();
    let claims = BTreeMap::from([(query.id.clone(), vec![u32::try_from(place).unwrap()])]);
    Chosen { claims, ..Chosen::default() }
}

fn page(sheet: &Sheet, chosen: &Chosen) -> PageView {
    let page = sheet.prompt.page(&choices(&sheet.prompt, chosen).unwrap(), Lang::En).unwrap();
    let acts = sheet.given(&page.code);
    PageView::of(page, &acts, true, Lang::En)
}

fn give_all(world: &World, sheet: &Sheet, view: &PageView) {
    for separate in &view.separate {
        let topic = Topic::from_code(&separate.topic).unwrap();
        sheet.give(&world.resident, view.code.as_ref().unwrap(), topic, Lang::En).unwrap();
    }
}

fn grant(world: &World, sheets: &Sheets) -> Outbound {
    let sheet = open(world, sheets);
    let chosen = first(&sheet);
    let view = page(&sheet, &chosen);
    give_all(world, &sheet, &view);
    if view.asks_passphrase {
        world.resident.reauthenticate(&SecretBytes::new(PASSPHRASE.to_vec())).unwrap();
    }
    let act = Act { code: view.code.as_ref().unwrap(), number: "", lang: Lang::En };
    match agree(&world.resident, &sheet, &chosen, &act).unwrap() {
        Given::Codes(codes) => codes,
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_is_ticked_beforehand_and_a_page_without_a_tick_has_no_code() {
    let (world, sheets) = (World::new(), Sheets::default());
    let sheet = open(&world, &sheets);
    assert!(choices(&sheet.prompt, &Chosen::default()).unwrap().claims.is_empty());
    let all = sheet.prompt.page(&everything_held(&sheet.prompt), Lang::ZhHant).unwrap();
    let view = PageView::of(all, &[], false, Lang::ZhHant);
    assert!(view.code.is_none() && view.sentence.is_none());
    assert!(!view.lines.is_empty());
    let sheet_view = SheetView::of(&world.resident, "0", &sheet.prompt, Lang::ZhHant).unwrap();
    assert_eq!(sheet_view.way, SheetWay::Optic);
    assert!(sheet_view.queries.iter().any(|query| !query.candidates.is_empty()));
    let needs = sheet_view.queries.iter().flat_map(|query| &query.claims).map(|claim| claim.need);
    assert!(needs.clone().any(|need| need == Need::Needed), "{:?}", needs.collect::<Vec<_>>());
}

#[test]
fn a_separate_consent_counts_on_its_own_page_alone() {
    let (world, sheets) = (World::new(), Sheets::default());
    let sheet = open(&world, &sheets);
    let chosen = first(&sheet);
    let view = page(&sheet, &chosen);
    assert!(!view.separate.is_empty());
    let act = Act { code: view.code.as_ref().unwrap(), number: "", lang: Lang::En };
    let unsettled = agree(&world.resident, &sheet, &chosen, &act).unwrap_err();
    assert_eq!(unsettled.code(), "consent.unsettled");
    let topic = Topic::from_code(&view.separate[0].topic).unwrap();
    sheet.give(&world.resident, "OTHER00", topic, Lang::En).unwrap();
    assert!(page(&sheet, &chosen).separate[0].given_at.is_none());
    sheet.give(&world.resident, act.code, topic, Lang::En).unwrap();
    assert!(page(&sheet, &chosen).separate[0].given_at.is_some());
    sheet.take_back(topic);
    assert!(page(&sheet, &chosen).separate[0].given_at.is_none());
}

#[test]
fn the_seal_is_bound_to_the_page_that_was_read() {
    let (world, sheets) = (World::new(), Sheets::default());
    let sheet = open(&world, &sheets);
    let chosen = first(&sheet);
    let act = Act { code: "0000000", number: "", lang: Lang::En };
    let error = agree(&world.resident, &sheet, &chosen, &act).unwrap_err();
    assert_eq!(error.code(), "consent.other-page");
}

#[test]
fn a_grant_by_optic_goes_on_step_by_step_to_the_receipt() {
    let (world, sheets, outgoing) = (World::new(), Sheets::default(), Outgoing::default());
    let codes = grant(&world, &sheets);
    let envelope = read(codes.frames()).unwrap().data().unwrap();
    let id = outgoing.keep(codes);
    let view = |id| {
        let row = world.resident.exchange_view(id).unwrap();
        ExchangeView::open(&world.resident, row, Lang::Pt).unwrap()
    };
    assert_eq!(view(&id).showing.unwrap().what, Shown::Data);
    assert!(view(&id).can_withdraw);
    outgoing.shown(&world.resident, &id).unwrap();
    outgoing.shown(&world.resident, &id).unwrap();

    let ack = world.hospital.claim(&envelope).unwrap();
    let ack = Content::Message(read(ack.frames()).unwrap());
    let (again, key) = take_message(&world.resident, &ack).unwrap();
    assert_eq!(again, id);
    let key = key.unwrap();
    let Inbound::Key(released) = read(key.frames()).unwrap() else { panic!("no key") };
    outgoing.keep(key);
    assert_eq!(view(&id).showing.unwrap().what, Shown::Key);
    assert_eq!(take_back(&world.resident, &outgoing, &id).unwrap_err().code(), "exchange.already-released");

    let Accepted::Taken(_, receipt) = world.hospital.accept(released).unwrap() else { panic!("refused") };
    let receipt = Content::Message(read(receipt.frames()).unwrap());
    let (_, nothing) = take_message(&world.resident, &receipt).unwrap();
    assert!(nothing.is_none());
    let done = view(&id);
    assert!(!done.is_open && done.showing.is_none());
    assert_eq!(done.state, State::Used.word());

    // What the counter's clock signs is the last thing that is scanned.
    let taken = world.hospital.kept().unwrap()[0].exchange;
    let erased = world.hospital.erase_taken(&taken).unwrap();
    let erased = Content::Message(read(erased.frames()).unwrap());
    take_message(&world.resident, &erased).unwrap();
    assert_eq!(view(&id).state, State::ErasedByVerifier.word());
}

#[test]
fn a_grant_can_be_taken_back_before_its_key_left() {
    let (world, sheets, outgoing) = (World::new(), Sheets::default(), Outgoing::default());
    let codes = grant(&world, &sheets);
    let envelope = read(codes.frames()).unwrap().data().unwrap();
    let id = outgoing.keep(codes);
    outgoing.shown(&world.resident, &id).unwrap();
    take_back(&world.resident, &outgoing, &id).unwrap();
    let ack = world.hospital.claim(&envelope).unwrap();
    let ack = Content::Message(read(ack.frames()).unwrap());
    assert_eq!(take_message(&world.resident, &ack).unwrap_err().code(), "exchange.withdrawn");
}

#[test]
fn a_no_is_written_and_the_same_asker_is_kept_away_until_it_is_asked_for() {
    let (world, sheets) = (World::new(), Sheets::default());
    let sheet = open(&world, &sheets);
    decline(&world.resident, &sheet).unwrap();
    let next = Source::of(&world.resident, &asked(&world), |_| unreachable!("no link")).unwrap();
    assert_eq!(next.look(&world.resident, false).unwrap_err().code(), "request.muted");
    assert!(next.look(&world.resident, true).is_ok());
}
