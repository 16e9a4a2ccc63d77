//! What must hold of two spaces and the messages that were shown, whenever a process was killed.

use chop_core::flow;
use chop_crypto::encoding::to_base64url;
use serde_json::Value;

use crate::scene::{HOSPITAL, RESIDENT, STEPS, Scene};

/// Both sides as a new process found them.
pub(crate) struct Found {
    pub(crate) resident: Value,
    pub(crate) hospital: Value,
}

impl Found {
    pub(crate) fn of(&self, who: &str) -> &Value {
        if who == RESIDENT { &self.resident } else { &self.hospital }
    }
}

/// Opens both spaces in new processes and holds them against every promise.
pub(crate) fn check(scene: &Scene, after: &str) -> Found {
    let found = Found { resident: scene.inspect(RESIDENT), hospital: scene.inspect(HOSPITAL) };
    for who in [RESIDENT, HOSPITAL] {
        let space = found.of(who);
        assert_eq!(space["flaws"], Value::Array(Vec::new()), "{after}: the audit of the {who}");
        assert_eq!(space["standing"], "Current", "{after}: {who}");
        assert_eq!(space["interrupted"], space["open"], "{after}: open tickets of the {who} become unknown");
        assert!(list(&space["exchanges"]).len() <= 1, "{after}: the {who} has a second exchange");
    }
    logged_before_shown(scene, &found, after);
    same_bytes_again(scene, after);
    one_presentation_under_one_key(scene, &found, after);
    no_receipt_no_key(scene, &found, after);
    no_acknowledgement_without_its_keys(&found, after);
    found
}

/// Never released and not logged: one frame is enough.
fn logged_before_shown(scene: &Scene, found: &Found, after: &str) {
    for step in STEPS.iter().filter(|step| !step.shows.is_empty()) {
        let logged = count(found.of(step.by), step.logs);
        let is_shown = !scene.showings(step.shows).is_empty();
        assert!(!is_shown || logged == 1, "{after}: {} was shown and logged {logged} times", step.shows);
        assert!(logged <= 1, "{after}: {} was logged twice", step.logs);
    }
}

/// What is shown again is what was shown: a showing that was cut short is the beginning of the others.
fn same_bytes_again(scene: &Scene, after: &str) {
    for step in &STEPS {
        let showings = scene.showings(step.shows);
        let longest = showings.iter().max_by_key(|text| text.len());
        for shown in &showings {
            assert!(longest.unwrap().starts_with(shown), "{after}: other bytes in {}", step.shows);
        }
    }
}

/// Never a second presentation under one key: one envelope and one key for it, for ever, and it is the
/// envelope that the other side signed for.
fn one_presentation_under_one_key(scene: &Scene, found: &Found, after: &str) {
    for exchange in list(&found.resident["exchanges"]) {
        let envelopes = artefacts(exchange, "Envelope");
        assert_eq!(envelopes.len(), 1, "{after}");
        assert_eq!(exchange["content key"], true, "{after}");
        for shown in messages(scene, "DATA") {
            let digest = chop_crypto::sha256(shown.data().unwrap().as_bytes());
            assert_eq!(envelopes, [to_base64url(&digest)], "{after}: another envelope was shown");
        }
        for taken in list(&found.hospital["exchanges"]).iter().flat_map(|e| artefacts(e, "Envelope")) {
            assert_eq!(envelopes, [taken], "{after}: another envelope was taken");
        }
    }
}

/// Never a key without a stored acknowledgement.
fn no_receipt_no_key(scene: &Scene, found: &Found, after: &str) {
    let stored =
        list(&found.resident["exchanges"]).iter().flat_map(|e| artefacts(e, "Ack")).collect::<Vec<_>>();
    assert!(scene.showings("KEY").is_empty() || stored.len() == 1, "{after}: a key, and no acknowledgement");
    for shown in messages(scene, "KEY") {
        assert_eq!(stored, [to_base64url(&shown.key().unwrap().ack)], "{after}: a key for something else");
    }
}

/// Never an acknowledgement whose private key is lost: who signed for sealed data has the data, and the
/// key that opens the envelope until the content's own key is there.
fn no_acknowledgement_without_its_keys(found: &Found, after: &str) {
    for exchange in list(&found.hospital["exchanges"]) {
        let is_acked = !artefacts(exchange, "Ack").is_empty();
        assert_eq!(artefacts(exchange, "Content").len(), usize::from(is_acked), "{after}");
        let can_open = exchange["agreement key"] == true || exchange["content key"] == true;
        assert!(can_open, "{after}: the hospital lost its key");
    }
}

/// What must hold at the end of the walk, however often it was cut short.
pub(crate) fn check_finished(scene: &Scene, after: &str) {
    let found = check(scene, after);
    for (who, state) in [(RESIDENT, "used"), (HOSPITAL, "accepted")] {
        let exchanges = list(&found.of(who)["exchanges"]);
        assert_eq!(exchanges[0]["state"], state, "{after}: {who}");
        let mut kinds: Vec<String> =
            list(&exchanges[0]["artefacts"]).iter().map(|row| row[0].to_string()).collect();
        let all = kinds.len();
        kinds.sort();
        kinds.dedup();
        assert_eq!(kinds.len(), all, "{after}: the {who} stored something twice");
    }
    for step in &STEPS {
        assert_eq!(count(found.of(step.by), step.logs), 1, "{after}: {}", step.logs);
    }
}

/// How many entries of this kind the log of a space has.
pub(crate) fn count(space: &Value, kind: &str) -> usize {
    list(&space["log"]).iter().filter(|logged| *logged == kind).count()
}

/// The showings of a message that were not cut short.
fn messages(scene: &Scene, name: &str) -> Vec<flow::Inbound> {
    let read = |text: &String| flow::read(&text.lines().map(str::to_owned).collect::<Vec<_>>()).ok();
    scene.showings(name).iter().filter_map(read).collect()
}

fn artefacts(exchange: &Value, kind: &str) -> Vec<String> {
    let of_kind = list(&exchange["artefacts"]).iter().filter(|row| row[0] == kind);
    of_kind.map(|row| row[1].as_str().unwrap().to_owned()).collect()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}
