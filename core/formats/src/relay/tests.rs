//! Duties of whoever reads a relay's messages, entries and proofs: the table in `CHECKS.md`.

use chop_crypto::testing::{MemoryKeystore, SeededRandom};
use chop_crypto::{Digest, KeyPurpose, KeyRef, Keystore, Secret, SigningDomain, sha256};
use chop_ledger::{
    Checkpoint, Frontier, VerifiedCheckpoint, VerifierKey, consistency_proof, inclusion_proof, leaf_hash,
};
use chop_model::{Coded, UnixTime};
use proptest::prelude::*;

use super::*;
use crate::cbor::Writer;
use crate::checks;

const G: OfferId = OfferId([7; 16]);

struct Relay {
    store: MemoryKeystore,
    key: KeyRef,
    vkey: VerifierKey,
}

impl Relay {
    fn new(seed: &str) -> Self {
        let store = MemoryKeystore::new(Box::new(SeededRandom::new(seed)));
        let key = store.generate(KeyPurpose::Relay).unwrap();
        let vkey = VerifierKey::new("relay.example", *key.public.ed25519().unwrap()).unwrap();
        Self { store, key, vkey }
    }

    fn sign(&self, entry: &Entry) -> SignedEntry {
        self.sign_bytes(&entry.bytes())
    }

    fn sign_bytes(&self, entry: &[u8]) -> SignedEntry {
        let sign = |m: &[u8]| self.store.sign(&self.key.id, SigningDomain::RelayEntry, m);
        SignedEntry::make(entry, &self.vkey, sign).unwrap()
    }

    fn says(&self, what: What, claim: u8, index: u64) -> VerifiedEntry {
        self.sign(&entry(what, claim, index)).to_unverified().verify(&self.vkey).unwrap()
    }
}

fn entry(what: What, claim: u8, index: u64) -> Entry {
    Entry {
        what,
        offer: Some(G),
        claim: Some([claim; 32]),
        about: None,
        at: UnixTime(1_800_000_000),
        epoch: 1,
        index,
    }
}

fn claim() -> Claim {
    Claim { offer: G, tok: Secret::new([1; 32]), body: Bounded::new(vec![9; 30]).unwrap() }
}

fn sealed(client_ids: Vec<String>) -> Box<SealedDrop> {
    Box::new(SealedDrop {
        policy: Policy { client_ids, ..Policy::everybody() },
        grant: [1; 32],
        dn: [2; 32],
        ct: [3; 32],
        kc: [4; 32],
        env: Bounded::new(vec![5; 100]).unwrap(),
        share: Bounded::new(vec![6; 32]).unwrap(),
    })
}

fn create(content: Content) -> Create {
    Create {
        capability: None,
        offer: G,
        h_tok: sha256(&[1; 32]),
        h_owner: sha256(&[2; 32]),
        exp: UnixTime(1_800_000_600),
        content,
    }
}

fn goes_round<M: Message + std::fmt::Debug>(message: &M) {
    let bytes = message.to_bytes();
    let again = M::from_bytes(&bytes).unwrap_or_else(|error| panic!("{message:?}: {error}"));
    assert_eq!(again.to_bytes(), bytes, "{message:?}");
    assert!(bytes.len() <= M::MAX_BYTES);
    assert!(M::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
    assert!(M::from_bytes(&bytes[..bytes.len() - 1]).is_err());
}

#[test]
fn every_message_goes_round() {
    let relay = Relay::new("relay");
    let (tok, owner) = (|| Secret::new([1; 32]), || Secret::new([2; 32]));
    let signed = || relay.sign(&entry(What::Claimed, 1, 5));
    let body = || Bounded::new(vec![8; 64]).unwrap();
    let claim_hash: Digest = [3; 32];
    goes_round(&create(Content::Live));
    goes_round(&create(Content::Named(sealed(vec!["x509_hash:abc".into()]))));
    goes_round(&create(Content::Files(sealed(Vec::new()))));
    goes_round(&claim());
    goes_round(&Collect { offer: G, tok: tok(), claim: claim_hash, known: Some(State::Pending), wait: 30 });
    goes_round(&Collect { offer: G, tok: tok(), claim: claim_hash, known: None, wait: 0 });
    goes_round(&Ack { offer: G, tok: tok(), claim: claim_hash, body: body() });
    goes_round(&UseNote { offer: G, tok: tok(), claim: claim_hash, body: body() });
    goes_round(&Watch { offer: G, owner: owner(), after: 3, wait: 20 });
    goes_round(&Reject { offer: G, owner: owner(), claim: claim_hash });
    goes_round(&Answer { offer: G, owner: owner(), claim: claim_hash, env: Bounded::new(vec![1]).unwrap() });
    goes_round(&Release {
        offer: G,
        owner: owner(),
        claim: claim_hash,
        share: Bounded::new(vec![1]).unwrap(),
    });
    goes_round(&Withdraw { offer: G, owner: owner() });
    goes_round(&Prove::Inclusion { index: 4 });
    goes_round(&Prove::Consistency { old: 4 });
    goes_round(&Entered { state: State::Open, entry: signed() });
    goes_round(&Claimed { state: State::Claimed, entry: signed(), env: None });
    goes_round(&Collected { state: State::Open, claimed: None, env: None, released: None, share: None });
    goes_round(&Acked { state: State::Released, released: Some(signed()), share: None });
    let event = |kind| Event {
        number: 1,
        kind,
        at: UnixTime(1),
        claim: Some(claim_hash),
        body: Some(body()),
        entry: Some(signed()),
    };
    goes_round(&Watched {
        state: State::Open,
        events: vec![event(EventKind::Conflict), event(EventKind::Used)],
        more: 0,
    });
    goes_round(&Withdrawn { entry: signed() });
    goes_round(&Proof { checkpoint: Bounded::new(vec![1]).unwrap(), hashes: vec![[1; 32]; 62] });
    goes_round(&Refused::new(RelayRefusal::Busy, Some(3)));
    goes_round(&Info {
        origin: "https://relay.example".into(),
        vkey: relay.vkey.to_string(),
        epoch: 1,
        now: UnixTime(5),
        max_age: 1,
        max_envelope: 2,
    });
}

#[test]
fn every_refusal_has_a_status_and_is_read_back() {
    for refusal in RelayRefusal::ALL.iter().copied() {
        assert!((400..=503).contains(&refusal.status()), "{refusal:?}");
        assert_eq!(Refused::new(refusal, None).refusal(), refusal);
    }
    assert_eq!(Refused { code: "relay.new".into(), retry_after: None }.refusal(), RelayRefusal::Internal);
}

#[test]
fn an_entry_verifies_under_its_own_relay_only() {
    let (relay, other) = (Relay::new("relay"), Relay::new("other"));
    let signed = relay.sign(&entry(What::Claimed, 1, 5));
    let verified = signed.to_unverified().verify(&relay.vkey).unwrap();
    assert_eq!(verified.expect(What::Claimed, &G, &[1; 32]), Ok(()));
    assert_eq!(verified.expect(What::Claimed, &G, &[2; 32]), Err(RelayFormatError::OtherClaim));
    assert_eq!(verified.expect(What::Released, &G, &[1; 32]), Err(RelayFormatError::OtherStep));
    let elsewhere = OfferId([8; 16]);
    assert_eq!(verified.expect(What::Claimed, &elsewhere, &[1; 32]), Err(RelayFormatError::OtherOffer));
    assert_eq!(signed.to_unverified().verify(&other.vkey), Err(RelayFormatError::BadSignature));
    // The same key under another name is another log.
    let renamed = VerifierKey::new("other.example", *relay.vkey.public()).unwrap();
    assert_eq!(signed.to_unverified().verify(&renamed), Err(RelayFormatError::BadSignature));
}

#[test]
fn a_withdrawal_has_two_answers() {
    let relay = Relay::new("relay");
    let answer = |what| Withdrawn { entry: relay.sign(&entry(what, 1, 5)) }.verify(&relay.vkey, &G);
    let at = UnixTime(1_800_000_000);
    assert!(matches!(answer(What::Revoked), Ok(Withdrawal::RevokedAt(t, _)) if t == at));
    assert!(matches!(answer(What::Released), Ok(Withdrawal::AlreadyReleasedAt(t, _)) if t == at));
    assert_eq!(answer(What::Expired), Err(RelayFormatError::OtherStep));
    let other = Withdrawn {
        entry: relay.sign(&Entry { offer: Some(OfferId([8; 16])), ..entry(What::Revoked, 1, 5) }),
    };
    assert_eq!(other.verify(&relay.vkey, &G), Err(RelayFormatError::OtherOffer));
}

#[test]
fn row_08_two_entries_of_one_relay_for_one_offer_prove_its_fault() {
    let relay = Relay::new("relay");
    let says = |what, claim, index| relay.says(what, claim, index);
    let cases = [
        (says(What::Claimed, 1, 5), says(What::Claimed, 2, 6), Some(FaultKind::ClaimedTwice)),
        (says(What::Released, 1, 5), says(What::Released, 2, 6), Some(FaultKind::ReleasedTwice)),
        (says(What::Revoked, 1, 5), says(What::Released, 1, 6), Some(FaultKind::ReleasedAndRevoked)),
        (says(What::Claimed, 1, 5), says(What::Released, 2, 6), Some(FaultKind::ReleasedToAnother)),
        (says(What::Pending, 1, 5), says(What::Pending, 2, 5), Some(FaultKind::TwoAtOnePlace)),
        // What a relay may do: another claim after a rejection, release what was claimed.
        (says(What::Pending, 1, 5), says(What::Pending, 2, 7), None),
        (says(What::Claimed, 1, 5), says(What::Released, 1, 6), None),
        (says(What::Claimed, 1, 5), says(What::Claimed, 1, 5), None),
        (says(What::Claimed, 1, 5), says(What::Revoked, 1, 6), None),
    ];
    for (first, second, expected) in cases {
        let proof = equivocation(&first, &second);
        assert_eq!(proof.as_ref().map(FaultProof::kind), expected, "{first:?} {second:?}");
        if let Some(proof) = proof {
            assert_eq!(FaultProof::verify(&proof.to_bytes()), Ok(proof));
        }
    }
    // After a restore the places begin again where the copy ended: that is another epoch, not a fault.
    let later = Entry { epoch: 2, ..entry(What::Pending, 2, 5) };
    let later = relay.sign(&later).to_unverified().verify(&relay.vkey).unwrap();
    assert_eq!(equivocation(&says(What::Pending, 1, 5), &later), None);
    // Two relays contradict each other without fault.
    let other = Relay::new("other").says(What::Claimed, 2, 6);
    assert_eq!(equivocation(&says(What::Claimed, 1, 5), &other), None);
}

#[test]
fn proofs_lead_from_the_entry_to_the_checkpoint() {
    let relay = Relay::new("relay");
    let said: Vec<_> = (0..7).map(|i| relay.says(What::Pending, 1, i)).collect();
    let mut frontier = Frontier::new();
    let mut stored: Vec<Digest> = Vec::new();
    let mut notes = Vec::new();
    for entry in &said {
        stored.extend(frontier.append(leaf_hash(entry.bytes())).unwrap());
        let checkpoint =
            Checkpoint { origin: "relay.example".into(), size: frontier.size(), root: frontier.root() };
        let sign = |m: &[u8]| relay.store.sign(&relay.key.id, SigningDomain::Checkpoint, m);
        notes.push(checkpoint.sign(&relay.vkey, sign).unwrap());
    }
    let proof = |hashes| Proof { checkpoint: Bounded::new(notes[6].clone().into()).unwrap(), hashes };
    let included = proof(inclusion_proof(4, 7, stored.as_slice()).unwrap());
    assert_eq!(included.verify_inclusion(&said[4], &relay.vkey).unwrap().checkpoint().size, 7);
    assert_eq!(included.verify_inclusion(&said[3], &relay.vkey).err(), Some(RelayFormatError::NotInLog));
    let other = Relay::new("other").vkey;
    assert_eq!(included.verify_inclusion(&said[4], &other).err(), Some(RelayFormatError::NotInLog));
    let earlier = |size: usize| VerifiedCheckpoint::read(&notes[size - 1], &relay.vkey).unwrap();
    let grown = proof(consistency_proof(3, 7, stored.as_slice()).unwrap());
    assert!(grown.verify_consistency(&earlier(3), &relay.vkey).is_ok());
    let judged = grown.verify_consistency(&earlier(4), &relay.vkey);
    assert_eq!(judged.err(), Some(RelayFormatError::NotInLog));
}

#[test]
fn padding_hides_the_length_within_a_class() {
    for length in [0, 1, 1023, 1024, 4095, 4096, 70_000] {
        let padded = pad(vec![0x80; length]).unwrap();
        assert!(SIZE_CLASSES.contains(&padded.len()) && padded.len() > length);
        assert_eq!(unpad(&padded).unwrap(), vec![0x80; length]);
    }
    assert_eq!(size_class(1 << 24), None);
    for bad in [&[][..], &[0; 1024], &[1; 1024], &[0x80; 3]] {
        assert_eq!(unpad(bad), Err(RelayFormatError::BadPadding));
    }
    let one_class_more = [&pad(vec![1; 10]).unwrap()[..], &[0; 3072]].concat();
    assert_eq!(unpad(&one_class_more), Err(RelayFormatError::BadPadding));
}

#[test]
fn a_policy_names_who_may_claim() {
    let anchor = [1; 32];
    assert!(Policy::everybody().allows("x509_hash:a", "org", &anchor));
    assert!(Policy::only("x509_hash:a").allows("x509_hash:a", "org", &anchor));
    assert!(!Policy::only("x509_hash:a").allows("x509_hash:b", "org", &anchor));
    let policy = Policy { organisations: vec!["o".into()], anchors: vec![anchor], ..Policy::everybody() };
    assert!(policy.allows("x", "o", &anchor) && !policy.allows("x", "p", &anchor));
    assert!(!policy.allows("x", "o", &[2; 32]));
}

#[test]
fn debug_shows_neither_id_nor_secret_nor_body() {
    let text = format!("{:?}", claim());
    assert_eq!(text, "Claim { offer: OfferId(hidden), tok: Secret<32>(hidden), body: 30 bytes }");
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = (Create::from_bytes(&bytes), Watched::from_bytes(&bytes), Prove::from_bytes(&bytes));
        let _ = (UnverifiedEntry::parse(&bytes), FaultProof::verify(&bytes), unpad(&bytes));
    }
}

/// The first byte of a bad file says what the rest should be.
fn refusal(bytes: &[u8]) -> Option<&'static str> {
    let relay = Relay::new("relay");
    let (kind, rest) = bytes.split_first()?;
    let judged = match kind {
        b'o' => Create::from_bytes(rest).map(drop),
        b'c' => Claim::from_bytes(rest).map(drop),
        b'w' => Watched::from_bytes(rest).map(drop),
        b'q' => Prove::from_bytes(rest).map(drop),
        b'e' => UnverifiedEntry::parse(rest).and_then(|e| e.verify(&relay.vkey)).map(drop),
        b'd' => Withdrawn::from_bytes(rest).and_then(|w| w.verify(&relay.vkey, &G)).map(drop),
        b'f' => FaultProof::verify(rest).map(drop),
        _ => unpad(rest).map(drop),
    };
    judged.err().map(|error| error.code())
}

#[test]
fn every_duty_has_its_evidence() {
    checks::hold("relay", &refusal);
}

#[test]
#[ignore = "writes testdata anew after a wire form has changed"]
fn write_bad_files() {
    let (relay, other) = (Relay::new("relay"), Relay::new("other"));
    let with = |kind: u8, bytes: Vec<u8>| [&[kind][..], &bytes].concat();
    let claim_bytes = claim().to_bytes();
    let mut other_version = claim_bytes.clone();
    other_version[1] = 2;
    let mut one_more = claim_bytes.clone();
    one_more[0] += 1;
    one_more.push(0);
    let mut writer = Writer::new();
    writer.array(4).uint(1).bytes(&[7; 15]).bytes(&[1; 32]).bytes(&[]);
    let short_id = writer.finish();
    let mut writer = Writer::new();
    writer.array(4).uint(1).bytes(&[7; 16]).bytes(&[1; 32]).bytes(&vec![0; MAX_BODY + 1]);
    let long_body = writer.finish();
    let mut many = Writer::new();
    many.array(4).uint(1).uint(1).array(65);
    (0..65).for_each(|_| _ = many.uint(0));
    many.uint(0);
    let mut kind = Writer::new();
    kind.array(3).uint(1).uint(3).uint(0);
    let mut number = Writer::new();
    number.array(3).uint(1).uint(1).uint(u64::MAX);
    let mut unknown_what = Writer::new();
    unknown_what.array(8).uint(1).uint(10).bytes(&[7; 16]).null().null().uint(1).uint(1).uint(1);
    let of_nothing = Entry { offer: None, ..entry(What::Claimed, 1, 5) };
    let signed = |entry: &Entry| relay.sign(entry).as_bytes().to_vec();
    let mut changed = signed(&entry(What::Claimed, 1, 5));
    let last = changed.len() - 1;
    changed[last] ^= 1;
    let fault = |a: &SignedEntry, b: &SignedEntry| {
        let mut writer = Writer::new();
        writer.array(5).text("chop-relay-fault").uint(1).text(&relay.vkey.to_string());
        writer.bytes(a.as_bytes()).bytes(b.as_bytes());
        writer.finish()
    };
    let claimed = relay.sign(&entry(What::Claimed, 1, 5));
    let foreign = other.sign(&entry(What::Claimed, 2, 6));
    checks::write_bad(
        "relay",
        &[
            ("other-version", with(b'c', other_version)),
            ("unknown-member", with(b'c', one_more)),
            ("not-deterministic", with(b'c', [&[0x98, 0x04], &claim_bytes[1..]].concat())),
            ("trailing-byte", with(b'c', [&claim_bytes[..], &[0]].concat())),
            ("cut-off", with(b'c', claim_bytes[..40].to_vec())),
            ("id-of-15-bytes", with(b'c', short_id)),
            ("body-too-long", with(b'c', long_body)),
            ("nested", with(b'c', vec![0x81; 100])),
            ("bad-utf-8", with(b'o', [&[0x87, 0x01], &[0x61, 0xff][..]].concat())),
            ("live-with-content", with(b'o', mode_of(&create(Content::Files(sealed(Vec::new()))), 1))),
            ("files-without-content", with(b'o', mode_of(&create(Content::Live), 3))),
            ("named-without-a-name", with(b'o', mode_of(&create(Content::Files(sealed(Vec::new()))), 2))),
            ("unknown-mode", with(b'o', mode_of(&create(Content::Live), 4))),
            ("too-many-events", with(b'w', many.finish())),
            ("unknown-kind-of-proof", with(b'q', kind.finish())),
            ("number-of-64-bits", with(b'q', number.finish())),
            (
                "entry-of-unknown-kind",
                with(b'e', relay.sign_bytes(&unknown_what.finish()).as_bytes().to_vec()),
            ),
            ("entry-of-no-offer", with(b'e', signed(&of_nothing))),
            ("entry-changed", with(b'e', changed)),
            ("entry-of-another-relay", with(b'e', foreign.as_bytes().to_vec())),
            (
                "withdrawal-with-a-third-answer",
                with(b'd', Withdrawn { entry: relay.sign(&entry(What::Expired, 1, 5)) }.to_bytes()),
            ),
            (
                "withdrawal-of-another-offer",
                with(
                    b'd',
                    Withdrawn {
                        entry: relay
                            .sign(&Entry { offer: Some(OfferId([8; 16])), ..entry(What::Revoked, 1, 5) }),
                    }
                    .to_bytes(),
                ),
            ),
            (
                "fault-without-contradiction",
                with(b'f', fault(&claimed, &relay.sign(&entry(What::Released, 1, 6)))),
            ),
            ("fault-with-a-foreign-entry", with(b'f', fault(&claimed, &foreign))),
            ("padding-without-mark", with(b'p', vec![0; 1024])),
            ("padding-of-another-class", with(b'p', [&[0x80][..], &[0; 4095]].concat())),
        ],
    );
}

/// The same call with another mode: the content array is the last member.
fn mode_of(create: &Create, mode: u8) -> Vec<u8> {
    let mut bytes = create.to_bytes();
    let at = bytes.iter().rposition(|byte| *byte == 0x82).filter(|at| bytes[at + 1] <= 3);
    // The exp is a uint of five bytes (0x1a …) before the array of two.
    let at = at.or_else(|| bytes.windows(2).position(|w| w[0] == 0x82 && w[1] <= 3)).unwrap();
    bytes[at + 1] = mode;
    bytes
}
