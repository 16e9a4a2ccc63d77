//! The sample space: whole, its record in order, and the hospital able to ask.

use std::sync::Arc;

use chop_core::flow::{self, RequestDraft};
use chop_core::plumbing::crypto::OsRandom;
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::model::{Lang, UnixTime};
use chop_core::{Clock, Edge, Keys, NoAnchors, samples};
use chop_samples::SampleFolder;

const NOW: UnixTime = UnixTime(1_795_219_200);

struct Now;

impl Clock for Now {
    fn now(&self) -> UnixTime {
        NOW
    }
}

#[test]
fn a_resident_with_papers_and_a_past_and_a_hospital_that_asks() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = SampleFolder::at(home.path().join("samples"));
    assert!(!folder.is_whole());
    folder.make(NOW, Lang::ZhHant).expect("the samples");
    assert!(folder.is_whole());
    let edge = || Edge {
        clock: Arc::new(Now),
        random: Arc::new(OsRandom),
        anchors: Arc::new(NoAnchors),
        keys: Keys::Folder(folder.keys()),
    };
    let resident = folder.open(&folder.resident(), edge()).expect("the resident's space");
    let hospital = folder.open(&folder.hospital(), edge()).expect("the hospital's space");
    assert_eq!(resident.cards(None, None, 20).expect("cards").len(), 7);
    assert_eq!(resident.exchanges().expect("exchanges").len(), 8);
    let audit = resident.audit(&mut |_, _| {}).expect("an audit");
    assert!(audit.is_clean());
    assert!(resident.trust_lists().expect("lists").iter().all(|held| !held.is_stale));
    let dcql = DcqlQuery::from_value(&samples::outpatient_query()).expect("a query");
    let asked = hospital.ask(RequestDraft { dcql, terms: samples::outpatient_terms() }).expect("a request");
    let frames = asked.frames().to_vec();
    hospital.shown(asked).expect("shown");
    let request = flow::read(&frames).expect("a message").request().expect("a request");
    let prompt = resident.look(&request).expect("a prompt");
    assert!(prompt.queries().iter().all(|query| !query.candidates.is_empty()));
}
