//! Whom an offer names: everybody whom it lets in, with a way to reach them, or the law stops it.

use chop_core::plumbing::crypto::{KeyPurpose, Keystore as _};
use chop_core::plumbing::formats::trust_list::{TrustEntry, TrustList, UnverifiedTrustList};
use chop_core::plumbing::formats::x509::Role;
use chop_core::plumbing::model::{Contact, Jurisdiction, LangText, LegalId, Party};
use chop_core::samples;
use chop_core::testing::{MemoryKeystore, SeededRandom};

use super::*;

/// A party of this name and number, at `place`; `email` may be empty.
fn party(name: &str, number: &str, place: Jurisdiction, email: &str) -> Party {
    Party {
        names: LangText::same(name),
        legal_id: LegalId { scheme: "USCC".into(), value: number.into() },
        jurisdiction: place,
        contact: Contact { name: "DPO".into(), tel: String::new(), email: email.into() },
    }
}

impl Stage {
    /// The leaf that the authority of the lists gave to a firm.
    fn certified(&self, party: &Party) -> (chop_tests::world::Space, Vec<u8>) {
        let firm = self.world.stranger(&party.legal_id.value);
        let leaf = self.world.authority.leaf(party, "firm.example.invalid", &firm.verifier_key().unwrap());
        firm.certify(std::slice::from_ref(&leaf)).unwrap();
        firm.set_place(party.jurisdiction).unwrap();
        (firm, leaf)
    }

    /// A further list that names these verifiers.
    fn lists(&self, parties: &[Party]) {
        let keys = MemoryKeystore::new(Box::new(SeededRandom::new("another publisher")));
        let key = keys.generate(KeyPurpose::TrustPublisher).unwrap();
        let entry = |party: &Party| TrustEntry {
            party: party.clone(),
            roles: vec![Role::Verifier],
            certificate: self.certified(party).1,
            encryption_key: None,
            vcts: Vec::new(),
        };
        let list = TrustList {
            version: 1,
            iss: [0; 32].into(),
            seq: 1,
            issued: self.world.begin.plus(-86_400),
            next_update: self.world.begin.plus(86_400),
            publisher: LangText::same("Another List"),
            anchors: vec![self.world.authority.der()],
            entries: parties.iter().map(entry).collect(),
        };
        let text = list.sign(&keys, &key.id).unwrap();
        let fingerprint = UnverifiedTrustList::parse(&text).unwrap().fingerprint();
        self.resident.add_trust(&text, &fingerprint).unwrap();
    }

    fn page(&self, text: &OfferText, statement: Option<&str>, lang: Lang) -> PageView {
        let wallet: &Wallet = &self.resident;
        let relay = self.relay.lock().unwrap().named();
        let composed = compose(wallet, text, relay, statement.map(str::to_owned)).unwrap();
        let prompt = Source::Offer(Box::new(composed.draft)).look(wallet, false).unwrap();
        let page = prompt.page(&choices(&prompt, &composed.chosen).unwrap(), lang).unwrap();
        PageView::of(page, &[], true, lang)
    }

    fn client(&self, name: &str) -> String {
        directory(&self.resident, name, Lang::En).unwrap()[0].client.clone()
    }
}

fn recipient_findings(page: &PageView) -> usize {
    page.findings.iter().filter(|finding| finding.rule == "R02").count()
}

fn who(page: &PageView) -> String {
    let line = page.lines.iter().find(|line| line.kind == "who").unwrap();
    line.value.replace(['\u{2068}', '\u{2069}'], "")
}

#[test]
fn several_are_all_named_with_number_and_contact_and_in_the_record() {
    let stage = Stage::new();
    stage.lists(&[party("Second Hospital", "12", Jurisdiction::Cn, "dpo@second.example.invalid")]);
    let mut text = stage.text();
    text.clients.push(stage.client("Second Hospital"));
    let page = stage.page(&text, None, Lang::ZhHant);
    assert_eq!(recipient_findings(&page), 0);
    assert!(page.title.contains("示例醫院 · Second Hospital"), "{}", page.title);
    let all = "示例醫院 · Second Hospital · USCC 124400000000000004 · 12 · 中國內地 · \
               Sample Data Protection Officer · DPO · \
               dpo@hospital.example.invalid · dpo@second.example.invalid";
    assert_eq!(who(&page), all);
    let known = page.lines.iter().find(|line| line.kind == "known-by").unwrap();
    assert_eq!(known.value, "由你指名。領取時再核實對方身份。");

    let id = stage.make(&text);
    let record = stage.resident.consent_record(&id).unwrap();
    let named = &record.record().recipient.party;
    assert_eq!(named.names.zh_hans, "示例医院 · Second Hospital");
    assert_eq!(named.legal_id.value, "124400000000000004 · 12");
    let wallet: &Wallet = &stage.resident;
    let listed = OfferView::listed(wallet, &wallet.offer_view(&id).unwrap(), Lang::ZhHant).unwrap();
    assert_eq!(listed.peer, "示例醫院 · Second Hospital");
}

#[test]
fn one_without_a_contact_among_several_stops_the_offer_and_is_marked_before() {
    let stage = Stage::new();
    stage.lists(&[party("Silent Ward", "13", Jurisdiction::Cn, "")]);
    assert!(!directory(&stage.resident, "Silent Ward", Lang::En).unwrap()[0].is_reachable);
    let mut text = stage.text();
    text.clients.push(stage.client("Silent Ward"));
    let page = stage.page(&text, None, Lang::En);
    assert!(page.is_blocked);
    assert_eq!(recipient_findings(&page), 1);
}

#[test]
fn recipients_in_two_places_are_two_offers() {
    let stage = Stage::new();
    stage.lists(&[party("Island Clinic", "14", Jurisdiction::Hk, "dpo@island.example.invalid")]);
    let mut text = stage.text();
    text.clients.push(stage.client("Island Clinic"));
    let relay = stage.relay.lock().unwrap().named();
    let refused = compose(&stage.resident, &text, relay.clone(), None).err().unwrap();
    assert_eq!(refused.code(), "offer-flow.two-places");
    text.clients = vec!["x509_hash:nobody".into()];
    let refused = compose(&stage.resident, &text, relay, None).err().unwrap();
    assert_eq!(refused.code(), "consent.nothing-chosen");
}

#[test]
fn a_key_of_somebody_whom_no_list_names_wants_what_the_holder_knows_of_them() {
    let stage = Stage::new();
    let laboratory = party("Sample Laboratory", "15", Jurisdiction::Cn, "");
    let statement = stage.certified(&laboratory).0.state_key(30).unwrap();
    let key = key_of(&stage.resident, &statement, Lang::En).unwrap();
    assert_eq!((key.name.as_str(), key.is_listed), ("Sample Laboratory", false));
    let mut text = OfferText { clients: Vec::new(), ..stage.text() };
    // The law is chosen by the place: it is not made up either.
    let relay = stage.relay.lock().unwrap().named();
    let refused = compose(&stage.resident, &text, relay, Some(statement.clone())).err().unwrap();
    assert_eq!(refused.code(), "consent.nothing-chosen");
    text.reach.place = "CN".into();
    // Number and contact: neither is made up.
    let page = stage.page(&text, Some(&statement), Lang::En);
    assert!(page.is_blocked);
    assert_eq!(recipient_findings(&page), 2);

    text.reach = Reach {
        place: "CN".into(),
        legal_id: "USCC 15".into(),
        name: "Front desk".into(),
        tel: "+86 755 0000 0000".into(),
        email: String::new(),
    };
    let page = stage.page(&text, Some(&statement), Lang::En);
    assert_eq!(recipient_findings(&page), 0);
    assert!(
        who(&page).ends_with("USCC 15 · Mainland China · Front desk · +86 755 0000 0000"),
        "{}",
        who(&page)
    );

    let listed = stage.world.hospital.state_key(30).unwrap();
    let expected = KeyView {
        name: "Sample Hospital".into(),
        legal_id: Some(samples::hospital().legal_id.value),
        is_listed: true,
    };
    assert_eq!(key_of(&stage.resident, &listed, Lang::En).unwrap(), expected);
    assert_eq!(recipient_findings(&stage.page(&text, Some(&listed), Lang::En)), 0);
}
