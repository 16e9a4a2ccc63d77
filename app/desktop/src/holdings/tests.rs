//! The shelves over the sample resident's space, without a window.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use chop_core::holdings::ShareClass;
use chop_core::notice::Words;
use chop_core::plumbing::crypto::OsRandom;
use chop_core::plumbing::model::{ItemId, Lang, UnixTime};
use chop_core::{Clock, Edge, Keys, NoAnchors, Wallet};
use chop_samples::SampleFolder;
use chop_transport::{Client, Rules};

use super::intake::{Intake, keep};
use super::item::id_of;
use super::look::look;
use super::{cards, forms, item, people, seen, show};
use crate::dto::fields::Draft;
use crate::dto::holdings::{SealMark, ShelfName, Validity};
use crate::dto::intake::{Incoming, Look, Waiting};
use crate::dto::item::{AgeWord, NewProfileLine};

const NOW: UnixTime = UnixTime(1_795_219_200);
const ID_NUMBER: &str = "44000019900101001X";

#[derive(Debug)]
struct Now;

impl Clock for Now {
    fn now(&self) -> UnixTime {
        NOW
    }
}

/// The samples, made once; each test plays in a copy of its own.
static SAMPLES: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let home = tempfile::tempdir().expect("a folder");
    SampleFolder::at(home.path().join("samples")).make(NOW, Lang::En).expect("the samples");
    home
});

struct Table {
    home: tempfile::TempDir,
    wallet: Wallet,
    words: Words,
    intake: Intake,
}

impl Table {
    fn set() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        copy(&SAMPLES.path().join("samples"), &home.path().join("samples"));
        let folder = SampleFolder::at(home.path().join("samples"));
        let edge = Edge {
            clock: Arc::new(Now),
            random: Arc::new(OsRandom),
            anchors: Arc::new(NoAnchors),
            keys: Keys::Folder(folder.keys()),
        };
        let wallet = folder.open(&folder.resident(), edge).expect("the resident's space");
        Self { home, wallet, words: Words::of(Lang::En).expect("words"), intake: Intake::default() }
    }

    fn identity(&self) -> ItemId {
        let found = cards::search(&self.wallet, &self.words, "identity card").expect("a search").cards;
        id_of(&found.first().expect("the identity card").id).expect("an id")
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.home.path().join(name);
        fs::write(&path, bytes).expect("a file");
        path
    }

    fn looked(&self, waiting: &Waiting) -> Incoming {
        let client = Client::new(Rules::default()).expect("a client");
        let comer = self.intake.find(&waiting.token).expect("what waits");
        match look(&self.wallet, &self.words, &comer, &client).expect("a look") {
            Look::Preview(incoming) => *incoming,
            other => panic!("no preview: {other:?}"),
        }
    }

    fn count(&self) -> usize {
        self.wallet.cards(None, None, 1000).expect("cards").len()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let to = to.join(entry.file_name());
        match entry.file_type().expect("a type").is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).expect("a copy")),
        }
    }
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("JSON")
}

#[test]
fn the_owner_reads_a_summary_as_its_recipient_does_and_only_while_she_looks() {
    let table = Table::set();
    let shelves = [ShelfName::Credentials, ShelfName::Data];
    let cards =
        shelves.map(|shelf| cards::page(&table.wallet, &table.words, shelf, None).expect("a page").cards);
    let mut found = 0;
    for card in cards.into_iter().flatten() {
        let id = id_of(&card.id).expect("an id");
        for group in item::page(&table.wallet, &table.words, &id).expect("the page").groups {
            let Some(read) = group.read else { continue };
            found += 1;
            let revealed = item::reveal(&table.wallet, &table.words, &id, &read.path);
            let text = revealed.expect("a value").expect("a value").text;
            assert!(!text.contains("http") && !text.contains("urn:"), "{text}");
            assert_eq!(read.masked.lines().count(), text.lines().count(), "one mask for each line");
            assert!(text.lines().all(|line| !read.masked.contains(line)));
            assert!(!group.leaves.is_empty(), "all of it stands beside the lines");
        }
    }
    assert!(found > 1, "the samples hold a patient summary");
}

#[test]
fn cards_are_named_in_the_readers_language_and_found_as_one_types() {
    let table = Table::set();
    let page = cards::page(&table.wallet, &table.words, ShelfName::Credentials, None).expect("a page");
    assert_eq!((page.cards.len(), page.next), (3, None));
    assert!(page.cards.iter().all(|card| card.seal == SealMark::Valid && card.title.is_some()));
    let names: Vec<_> = page.cards.iter().map(|card| card.type_name.as_str()).collect();
    assert!(names.contains(&"Academic transcript (whole)"), "{names:?}");
    assert!(names.contains(&"International Patient Summary (by section)"), "{names:?}");
    let hant = Words::of(Lang::ZhHant).expect("words");
    let page = cards::page(&table.wallet, &hant, ShelfName::Credentials, None).expect("a page");
    assert!(page.cards.iter().any(|card| card.type_name == "成績單（整份）"), "{:?}", page.cards);
    assert_eq!(cards::search(&table.wallet, &table.words, "transcr").expect("a search").cards.len(), 1);
    assert_eq!(
        cards::search(&table.wallet, &table.words, "nothing like it").expect("a search").cards.len(),
        0
    );
    assert_eq!(cards::validity(Some(NOW.plus(-1)), NOW), Validity::Over);
    assert_eq!(cards::validity(Some(NOW.plus(86_400)), NOW), Validity::Soon);
}

#[test]
fn pages_follow_each_other_without_a_gap() {
    let table = Table::set();
    for at in 0..130 {
        let waiting = table.intake.text(format!("note {at}"));
        let comer = table.intake.find(&waiting.token).expect("what waits");
        keep(&table.wallet, &comer, (Some(&format!("note {at}")), None), &|_| {}).expect("kept");
    }
    let mut titles = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page =
            cards::page(&table.wallet, &table.words, ShelfName::Data, after.as_deref()).expect("a page");
        titles.extend(page.cards.into_iter().map(|card| card.id));
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!(titles.len(), 134);
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), 134);
}

#[test]
fn one_item_is_masked_and_reveals_one_value_at_a_time() {
    let table = Table::set();
    let id = table.identity();
    let page = item::page(&table.wallet, &table.words, &id).expect("the page");
    assert!(!json(&page).contains(ID_NUMBER) && !json(&page).contains("示例省示例市示例路"));
    let number = page.groups.iter().find(|group| group.key == "id_number").expect("the number");
    assert_eq!((number.name.as_str(), number.level.as_deref()), ("Citizen identity number", Some("L3")));
    assert_eq!(number.leaves.first().map(|leaf| leaf.masked.as_str()), Some("440***********001X"));
    assert_eq!(page.level.as_deref(), Some("L4"));
    let path = ["id_number".to_owned()];
    let revealed = item::reveal(&table.wallet, &table.words, &id, &path).expect("a value").expect("a value");
    assert_eq!(revealed.text, ID_NUMBER);
    assert!(!format!("{revealed:?}").contains(ID_NUMBER));
    for nothing in [vec!["vct".to_owned()], vec![], vec!["id_number".to_owned(), "0".to_owned()]] {
        assert!(
            item::reveal(&table.wallet, &table.words, &id, &nothing).expect("an answer").is_none(),
            "{nothing:?}"
        );
    }
}

#[test]
fn what_is_shown_on_the_screen_is_in_the_record_and_masks_the_rest() {
    let table = Table::set();
    let id = table.identity();
    let before = seen::lines(&table.wallet, &table.words, &id).expect("lines").len();
    let clear = ["name".to_owned()];
    let card = show::open(&table.wallet, &table.words, &id, " Sample Bank ", &clear).expect("the card");
    assert!(json(&card).contains("张示例") && !json(&card).contains(ID_NUMBER));
    assert!(card.picture.is_some_and(|picture| picture.starts_with("data:image/png;base64,")));
    let lines = seen::lines(&table.wallet, &table.words, &id).expect("lines");
    assert_eq!(lines.len(), before + 1);
    let shown = lines.iter().find(|line| line.exchange.is_none()).expect("the line");
    assert_eq!((shown.who.as_str(), shown.claims.len()), ("Sample Bank", 2));
    assert!(table.wallet.audit(&mut |_, _| {}).expect("an audit").is_clean());
}

#[test]
fn grants_of_the_past_say_who_has_seen_which_field() {
    let table = Table::set();
    let all = table.wallet.cards(None, None, 100).expect("cards");
    let lines: Vec<_> = all
        .iter()
        .flat_map(|card| seen::lines(&table.wallet, &table.words, &card.id).expect("lines"))
        .collect();
    assert!(lines.iter().any(|line| line.is_certain && !line.claims.is_empty() && !line.state.is_empty()));
    assert!(lines.iter().all(|line| !line.who.is_empty()));
}

#[test]
fn nothing_is_kept_by_looking_and_undo_erases_what_was_kept() {
    let table = Table::set();
    let id = table.identity();
    let text = table.wallet.text_of(&id).expect("the credential");
    let (count, lines) = (table.count(), table.wallet.record_lines(1).expect("a line"));
    let waiting = table.intake.files("main", vec![table.file("card.sd-jwt", text.as_bytes())]);
    let incoming = table.looked(&waiting[0]);
    assert_eq!((incoming.form.as_str(), incoming.seal), ("dc+sd-jwt", SealMark::Valid));
    assert!(!incoming.groups.is_empty() && !json(&incoming).contains(ID_NUMBER));
    assert_eq!((table.count(), table.wallet.record_lines(1).expect("a line")), (count, lines));
    let comer = table.intake.find(&waiting[0].token).expect("what waits");
    let kept = keep(&table.wallet, &comer, (None, None), &|_| {}).expect("kept").expect("kept");
    assert_eq!(table.count(), count + 1);
    table.wallet.erase(&kept.id).expect("erased");
    assert_eq!(table.count(), count);
    assert!(item::page(&table.wallet, &table.words, &kept.id).expect("the page").is_erased);
}

#[test]
fn a_broken_picture_is_said_to_be_one_and_kept_as_a_file() {
    let table = Table::set();
    let mut picture =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("icons/128x128.png")).expect("an icon");
    picture.truncate(picture.len() / 2);
    let waiting =
        table.intake.files("main", vec![table.file("broken.png", &picture), table.home.path().to_owned()]);
    assert_eq!(waiting.len(), 1, "a folder is no file");
    let incoming = table.looked(&waiting[0]);
    assert_eq!(incoming.form, "file");
    assert!(incoming.picture.is_some_and(|failure| failure.code.starts_with("qr.")));
    let comer = table.intake.find(&waiting[0].token).expect("what waits");
    assert!(keep(&table.wallet, &comer, (None, None), &|_| {}).expect("kept").is_some());
}

#[test]
fn a_large_file_tells_how_far_it_is_and_stops_when_told_to() {
    let table = Table::set();
    let path = table.file("large.bin", &vec![7; 6 << 20]);
    let waiting = table.intake.files("main", vec![path.clone(), path]);
    let comer = table.intake.find(&waiting[0].token).expect("what waits");
    let told = RefCell::new(Vec::new());
    let kept = keep(&table.wallet, &comer, (None, None), &|done| told.borrow_mut().push(done)).expect("kept");
    assert!(kept.is_some());
    let told = told.into_inner();
    assert!(told.len() > 3 && told.is_sorted() && told.last() == Some(&(6 << 20)), "{told:?}");
    let count = table.count();
    let comer = table.intake.find(&waiting[1].token).expect("what waits");
    let stopped = keep(&table.wallet, &comer, (None, None), &|_| comer.cancel.cancel()).expect("stopped");
    assert!(stopped.is_none());
    assert_eq!(table.count(), count);
    assert!(table.wallet.audit(&mut |_, _| {}).expect("an audit").is_clean());
}

#[test]
fn a_record_is_checked_while_it_is_written_and_written_on() {
    let table = Table::set();
    let (wallet, words) = (&table.wallet, &table.words);
    let names = forms::names(wallet, words).expect("forms");
    assert!(names.len() >= 18 && names.iter().any(|name| name.code == "cn.resident_id"));
    let form = forms::form(wallet, words, "cn.resident_id").expect("a form");
    assert!(form.lines.iter().all(|line| line.kind != "image"));
    let draft = |number: &str| Draft {
        code: "cn.resident_id".into(),
        title: String::new(),
        values: BTreeMap::from([("name".into(), "张示例".into()), ("id_number".into(), number.into())]),
    };
    let found = forms::check(wallet, words, &draft("440000199001010010")).expect("a check");
    assert!(found.iter().any(|line| line.field == "id_number" && !line.is_warning), "{found:?}");
    assert!(
        forms::check(wallet, words, &draft(ID_NUMBER)).expect("a check").iter().all(|line| line.is_warning)
    );
    let kept = forms::keep(wallet, words, &draft(ID_NUMBER), None).expect("kept");
    let page = item::page(wallet, words, &kept.id).expect("the page");
    assert_eq!(page.written_as.as_deref(), Some("cn.resident_id"));
    assert_eq!((page.card.seal, page.is_known), (SealMark::Stated, true));
    let name = page.groups.iter().find(|group| group.key == "name").expect("the name");
    assert_eq!((name.name.as_str(), name.level.as_deref()), ("Name", Some("L2")));
    let again = Draft { title: "Mine".into(), ..forms::draft_of(wallet, &kept.id).expect("the draft") };
    assert_eq!(again.values.get("id_number").map(String::as_str), Some(ID_NUMBER));
    forms::keep(wallet, words, &again, Some(&kept.id)).expect("kept");
    let page = item::page(wallet, words, &kept.id).expect("the page");
    assert_eq!((page.versions.len(), page.card.title.as_deref()), (2, Some("Mine")));
}

#[test]
fn a_child_is_written_down_and_an_item_is_about_them() {
    let table = Table::set();
    let new = NewProfileLine {
        name: "Little Sample".into(),
        born: "2020-01-01".into(),
        place: "HK".into(),
        guardian: "Sample Parent".into(),
        is_parent: true,
        evidence: None,
    };
    let profile = people::add(&table.wallet, &new).expect("a profile");
    let list = people::list(&table.wallet, &table.words).expect("profiles");
    assert_eq!(list.iter().map(|line| line.age).collect::<Vec<_>>(), [AgeWord::Under14]);
    let id = table.identity();
    table.wallet.set_subject(&id, Some(&profile)).expect("said");
    table.wallet.set_share_class(&id, ShareClass::Never).expect("said");
    let page = item::page(&table.wallet, &table.words, &id).expect("the page");
    assert_eq!(page.card.about.as_deref(), Some("Little Sample"));
    assert_eq!(page.subject, Some(profile.to_string()));
    // Evidence that came later: a paper with a seal shows it, one's own word does not.
    let shown = NewProfileLine { evidence: Some(id.to_string()), name: "Little Sample Two".into(), ..new };
    people::change(&table.wallet, &profile, &shown).expect("changed");
    let list = people::list(&table.wallet, &table.words).expect("profiles");
    let [line] = list.as_slice() else { panic!("one person: {list:?}") };
    assert_eq!((line.name.as_str(), line.place.as_str()), ("Little Sample Two", "HK"));
    let evidence = line.evidence.as_ref().expect("what shows it");
    assert!(evidence.id == id.to_string() && !evidence.title.is_empty());
    assert!(!evidence.title.contains(ID_NUMBER));
    let gone = NewProfileLine { evidence: None, ..shown };
    people::change(&table.wallet, &profile, &gone).expect("changed back");
    assert!(people::list(&table.wallet, &table.words).expect("profiles")[0].evidence.is_none());
    let nobody = people::change(&table.wallet, &id, &gone).expect_err("nobody");
    assert_eq!(nobody.code(), "profile.unknown");
    assert!(people::add(&table.wallet, &NewProfileLine { place: "XX".into(), ..gone }).is_err());
}
