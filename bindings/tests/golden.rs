//! The golden walk in Rust: the same bytes as in every other language.
#![cfg(feature = "testing")]
#![expect(clippy::unwrap_used, reason = "a walk that stops is a failed test")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chop_core::plumbing::crypto::{encoding::to_hex, sha256};
use chop_wallet::{
    Consent, Language, NewSpace, Outbound, Override, Pick, Place, Prompt, Scanned, Space, SpaceType, scan,
    testing_space,
};
use serde_json::Value;

const GOLDEN: &str = include_str!("../golden/walk.json");

struct Walk {
    outputs: BTreeMap<String, String>,
}

#[test]
fn the_golden_walk() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut walk = Walk { outputs: BTreeMap::new() };
    walk.replay(folder.path(), golden["now"].as_i64().unwrap(), &golden["inputs"]);
    let wanted: BTreeMap<String, String> = serde_json::from_value(golden["outputs"].clone()).unwrap();
    assert_eq!(walk.outputs, wanted);
}

impl Walk {
    fn replay(&mut self, folder: &Path, now: i64, given: &Value) {
        let text = |name: &str| given[name].as_str().unwrap().to_owned();
        let resident = space(folder, "resident", SpaceType::Person, Place::Hk, now);
        let hospital = space(folder, "hospital", SpaceType::Firm, Place::Cn, now);
        self.keep("hospital key", &[hospital.desk().public_key().unwrap()]);
        for name in ["summary", "transcript"] {
            self.keep(&format!("{name} key"), &[resident.holdings().make_credential_key().unwrap()]);
        }
        hospital.desk().certify(certificates(&text("hospital.pem"))).unwrap();
        for space in [&resident, &hospital] {
            let fingerprint = space.trust().fingerprint(text("list")).unwrap();
            space.trust().add(text("list"), fingerprint).unwrap();
        }
        for name in ["summary", "transcript"] {
            let (file, bytes) = (format!("{name}.sd-jwt"), text(name).into_bytes());
            resident.holdings().import_bytes(file, bytes, Some(name.into())).unwrap();
        }
        let asked = self.send("request", &hospital.desk().ask(text("query"), text("terms")).unwrap());
        let Scanned::Request { text: request } = scan(asked).unwrap() else { unreachable!() };
        let consent = self.answer(&resident.requests().look(request).unwrap());
        resident.reauthenticate("golden resident".into()).unwrap();
        let data = self.send("data", &resident.requests().grant(consent).unwrap());
        let Scanned::Data { text: envelope } = scan(data).unwrap() else { unreachable!() };
        let ack = self.send("acknowledgement", &hospital.desk().claim(envelope).unwrap());
        let Scanned::Acknowledgement { text: ack } = scan(ack).unwrap() else { unreachable!() };
        let key = self.send("key", &resident.grants().release(ack).unwrap());
        let taken = hospital.desk().accept(key).unwrap();
        let receipt = self.send("use", &taken.answer);
        assert!(resident.grants().confirm(receipt).unwrap().is_accepted);
        let lines: Vec<_> = resident.record().lines(100).unwrap();
        let lines: Vec<_> = lines
            .iter()
            .map(|line| format!("{} {} {}", line.index, line.kind.as_ref().unwrap(), line.at.unwrap()))
            .collect();
        self.keep("record", &lines);
    }

    fn answer(&mut self, prompt: &Arc<Prompt>) -> Arc<Consent> {
        let picks: Vec<Pick> = prompt
            .asked()
            .unwrap()
            .into_iter()
            .filter_map(|asked| {
                let best = asked.candidates.into_iter().next()?;
                Some(Pick { query: asked.query, item: Some(best.item), claims: best.answers })
            })
            .collect();
        let warned = prompt.page(picks.clone(), vec![], Language::En).unwrap().findings;
        let warned = warned.into_iter().filter(|finding| !finding.blocks);
        let reasons: Vec<_> =
            warned.map(|finding| Override { rule: finding.rule, reason: "known".into() }).collect();
        let page = prompt.page(picks.clone(), reasons.clone(), Language::En).unwrap();
        let mut shown = vec![page.code.clone(), page.sentence];
        shown.extend(page.lines.iter().map(|line| format!("{}|{}|{}", line.kind, line.label, line.value)));
        self.keep("page", &shown);
        let act = prompt.agree(page.code, Language::En).unwrap();
        page.separate.into_iter().for_each(|topic| act.consent_to(topic).unwrap());
        prompt.answer(picks, reasons, act).unwrap()
    }

    fn send(&mut self, name: &str, outbound: &Arc<Outbound>) -> Vec<String> {
        let frames = outbound.frames();
        outbound.shown().unwrap();
        self.keep(name, &frames);
        frames
    }

    fn keep(&mut self, name: &str, texts: &[String]) {
        self.outputs.insert(name.to_owned(), to_hex(&sha256(texts.join("\n").as_bytes())));
    }
}

fn space(folder: &Path, name: &str, kind: SpaceType, place: Place, now: i64) -> Arc<Space> {
    let new = NewSpace { kind, label: name.into(), place };
    let folder = folder.join(name).to_string_lossy().into_owned();
    testing_space(folder, new, format!("golden {name}"), now).unwrap()
}

fn certificates(pem: &str) -> Vec<Vec<u8>> {
    use rustls_pki_types::{CertificateDer, pem::PemObject};
    CertificateDer::pem_slice_iter(pem.as_bytes()).map(|der| der.unwrap().to_vec()).collect()
}
