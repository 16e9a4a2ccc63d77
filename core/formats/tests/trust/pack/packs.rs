//! What a good pack says, what a stranger's pack says, and that no byte of a pack is free.

use chop_crypto::sha256;
use chop_formats::digest64::B64Digest;
use chop_formats::proof_pack::{
    CheckInputs, Finding, Findings, HolderEvidence, PackContents, PackError, PackFault, PackPresentation,
    Part, Side, UnverifiedPack,
};
use chop_formats::receipt::{Ack, Common, Outcome, Reason, Use};
use chop_model::Coded;
use rcgen::date_time_ymd;

use super::world::{Cast, LOG_SALT, Log, NONCE, Story, own_statement};
use crate::keys::public;
use crate::pki::leaf;

#[test]
fn a_whole_pack_says_what_was_checked_and_what_was_not() {
    let cast = Cast::new("demo");
    let pack = Story::of(&cast).pack(&cast);
    let found = check(&pack).unwrap();
    assert_eq!(found.to_string().lines().next(), Some("consistent in itself; who signed was not checked"));
    assert!(!found.are_anchored());
    let codes: Vec<&str> = found.list().iter().map(Finding::code).collect();
    assert_eq!(
        codes,
        [
            "finding.who-signed-not-checked",
            "finding.verifier-certificate",
            "finding.issuer-certificate",
            "finding.grant-key",
            "finding.log-key",
            "finding.granted",
            "finding.signed-by-verifier",
            "finding.signed-by-verifier",
            "finding.signed-by-verifier",
            "finding.signed-by-verifier",
            "finding.use-accepted",
            "finding.signed-by-grant-key",
            "finding.signed-by-grant-key",
            "finding.holder-named",
            "finding.logged",
            "finding.log-continues",
            "finding.time-asserted",
        ]
    );
    let trust = cast.trust();
    let key = cast.log_key();
    let inputs = CheckInputs { trust: Some(&trust), log_key: Some(&key) };
    let found = UnverifiedPack::read(&pack.to_bytes().unwrap()).unwrap().check(&inputs).unwrap();
    assert!(found.are_anchored());
    let names: Vec<&str> = found.list().iter().filter_map(anchored_name).collect();
    assert_eq!(names, ["Harbour Hospital", "Peak Clinic"]);
    assert!(found.list().contains(&Finding::LogKey { key: key.to_string(), expected: true }));
}

#[test]
fn no_value_is_in_a_pack() {
    let cast = Cast::new("demo");
    for with_credential in [true, false] {
        let story = Story::of(&cast);
        let mut pack = story.pack(&cast);
        pack.presentations = vec![PackPresentation::of(&story.presentation, with_credential).unwrap()];
        let bytes = pack.to_bytes().unwrap();
        for secret in ["penicillin", "metformin"] {
            let encoded = chop_crypto::encoding::to_base64url(secret.as_bytes());
            for text in [secret, &encoded[..8]] {
                assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()), "{secret}");
            }
        }
        assert!(check(&pack).is_ok());
    }
}

#[test]
fn a_key_alone_and_a_statement_of_ones_own_name_nobody() {
    let cast = Cast::new("demo");
    let mut pack = Story::of(&cast).pack(&cast);
    pack.presentations[0].holder = HolderEvidence::Key(public("demo credential"));
    assert!(check(&pack).unwrap().list().contains(&Finding::NobodyVouchesForHolder));
    pack.presentations[0].holder = HolderEvidence::Credential(own_statement(&cast));
    assert!(check(&pack).unwrap().list().contains(&Finding::NobodyVouchesForHolder));
    pack.presentations.clear();
    let found = check(&pack).unwrap().to_string();
    assert!(found.contains("granted by a key nobody vouches for"), "{found}");
}

#[test]
fn any_changed_byte_is_refused() {
    let cast = Cast::new("demo");
    let bytes = Story::of(&cast).pack(&cast).to_bytes().unwrap();
    let refused = |at: usize| {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        UnverifiedPack::read(&changed).and_then(|pack| pack.check(&CheckInputs::default())).is_err()
    };
    let (left, right) = (0..bytes.len()).partition::<Vec<_>, _>(|at| at % 2 == 0);
    let accepted: Vec<usize> = std::thread::scope(|scope| {
        let halves = [left, right]
            .map(|half| scope.spawn(move || half.into_iter().filter(|at| !refused(*at)).collect::<Vec<_>>()));
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    assert_eq!(accepted, Vec::<usize>::new(), "of {} bytes", bytes.len());
}

#[test]
fn a_cut_or_longer_file_is_refused() {
    let cast = Cast::new("demo");
    let bytes = Story::of(&cast).pack(&cast).to_bytes().unwrap();
    for end in (0..bytes.len()).step_by(7) {
        assert!(UnverifiedPack::read(&bytes[..end]).is_err(), "{end}");
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert_eq!(UnverifiedPack::read(&longer).unwrap_err().part, Part::File);
}

/// Row 44 of protocol.md section 6: the twin signature of any object is another object.
#[test]
fn row_44_twin_signatures_are_refused() {
    let cast = Cast::new("demo");
    let whole = Story::of(&cast).pack(&cast);
    let twins: [Twin<'_>; 6] = [
        (&|p| p.request = twin(&p.request), PackError::NotLogged, Part::Request),
        (&|p| p.grant = twin(&p.grant), PackError::NotLogged, Part::Grant),
        (&|p| p.delivery = p.delivery.as_deref().map(twin), PackError::NotLogged, Part::Delivery),
        (&|p| p.ack = p.ack.as_deref().map(twin), PackError::NotLogged, Part::Ack),
        (&|p| p.erased = p.erased.as_deref().map(twin), PackError::NotLogged, Part::Erased),
        (
            &|p| p.presentations[0].key_binding = twin(&p.presentations[0].key_binding),
            PackError::NotLogged,
            Part::Presentation(0),
        ),
    ];
    for (change, error, part) in twins {
        let mut pack = whole.clone();
        change(&mut pack);
        let fault = check(&pack).unwrap_err();
        assert_eq!((fault.error, fault.part), (error, part));
    }
}

/// Row 29 of protocol.md section 6: a receipt for another grant, with altered claims, for another
/// ciphertext, and under an expired certificate.
#[test]
fn row_29_receipts_of_another_exchange_are_refused() {
    let cast = Cast::new("demo");
    let story = Story::of(&cast);
    let common = || cast.common(&story.grant, &story.delivery, 20);
    let acks = [
        (Common { grant: B64Digest([1; 32]), ..common() }, "receipt.wrong-grant"),
        (Common { ct: B64Digest([1; 32]), ..common() }, "receipt.wrong-ciphertext"),
        (Common { kc: B64Digest([1; 32]), ..common() }, "receipt.wrong-key-commitment"),
        (Common { dn: B64Digest([1; 32]), ..common() }, "receipt.wrong-delivery"),
        (Common { hlc: B64Digest([1; 32]), ..common() }, "receipt.wrong-holder-log"),
        (Common { org: "NTRHK-99999999".into(), ..common() }, "receipt.wrong-organisation"),
    ];
    for (said, cause) in acks {
        let ack = cast.sign_receipt(Ack::new(said));
        let fault = check(&Story { ack, ..story.clone() }.pack(&cast)).unwrap_err();
        assert_eq!((fault.part, fault.cause), (Part::Ack, Some(cause)));
    }
    // The presentation's sd_hash is not the one that the use receipt names.
    let used = story.used.payload().clone();
    let used = cast.sign_receipt(Use { sd_hash: vec![B64Digest([1; 32])], ..used });
    let fault = check(&Story { used, ..story.clone() }.pack(&cast)).unwrap_err();
    assert_eq!(fault.part, Part::Erased, "the erasure follows another use");
    let mut pack = Story { used: fresh_use(&cast, &story), ..story }.pack(&cast);
    pack.erased = None;
    assert_eq!(check(&pack).unwrap_err(), fault_at(PackError::WrongLink, Part::Presentation(0)));
}

/// Row 29 of protocol.md section 6: validity is judged at the time of each signature.
#[test]
fn row_29_a_certificate_is_judged_at_the_time_of_signing() {
    let mut params = leaf("Harbour Hospital", "NTRHK-12345678", "hospital.example");
    params.not_before = date_time_ymd(2026, 11, 21);
    params.not_after = date_time_ymd(2026, 11, 21) + std::time::Duration::from_secs(25);
    let cast = Cast::with_hospital("short", &params);
    let story = Story::of(&cast);
    let trust = cast.trust();
    let inputs = CheckInputs { trust: Some(&trust), log_key: None };
    let judge = |pack: &PackContents| UnverifiedPack::read(&pack.to_bytes().unwrap()).unwrap().check(&inputs);
    let fault = judge(&story.pack(&cast)).unwrap_err();
    assert_eq!((fault.error, fault.part), (PackError::StrangerSigned, Part::Use));
    assert_eq!(fault.cause, Some("x509.expired"));
    let mut until_ack = story.pack(&cast);
    until_ack.used = None;
    until_ack.erased = None;
    assert!(judge(&until_ack).unwrap().are_anchored());
}

/// Row 36 of protocol.md section 6: an entry at another index, or outside the tree.
#[test]
fn row_36_entries_are_proven_where_they_stand() {
    let cast = Cast::new("demo");
    let whole = Story::of(&cast).pack(&cast);
    for index in [0, 4, 9, 11, 12, 1 << 62, u64::MAX] {
        let mut pack = whole.clone();
        let last = pack.entries.len() - 1;
        pack.entries[last].index = index;
        assert!(check(&pack).is_err(), "{index}");
    }
    let mut pack = whole.clone();
    pack.entries[5].index = 1 << 40;
    let fault = check(&pack).unwrap_err();
    assert_eq!(fault.cause, Some("ledger.outside-tree"));
    assert_eq!(
        fault.to_string(),
        "entry 1099511627776: a log entry in the proof is not in the log (ledger.outside-tree)"
    );
}

/// Row 52 of protocol.md section 6: a log made the night before.
#[test]
fn row_52_a_log_made_the_night_before_is_self_asserted() {
    let cast = Cast::new("demo");
    let story = Story::of(&cast);
    // The exchange is genuine; the log beside it is new: another key, another past.
    let night = Cast::new("night");
    let mut pack = story.pack(&cast);
    let log = Log::new(&night, &story.entries());
    pack.log_key = night.log_key().to_string();
    pack.checkpoint = log.note_at(log.size());
    pack.entries = (5..11).map(|index| log.prove(index)).collect();
    let fault = check(&pack).unwrap_err();
    assert_eq!((fault.error, fault.part), (PackError::DoesNotOpen, Part::Opening));
    pack.opening = None;
    let found = check(&pack).unwrap();
    assert!(found.list().contains(&Finding::LogIsSelfAsserted));
    assert!(found.to_string().contains("log self-asserted"), "{found}");
}

/// Row 52 of protocol.md section 6: the salt does not open, or the log is not continued.
#[test]
fn row_52_a_commitment_opens_to_one_log_only() {
    let cast = Cast::new("demo");
    let story = Story::of(&cast);
    let whole = story.pack(&cast);
    let with = |change: &dyn Fn(&mut chop_formats::proof_pack::PackOpening)| {
        let mut pack = whole.clone();
        change(pack.opening.as_mut().unwrap());
        check(&pack).unwrap_err()
    };
    assert_eq!(with(&|o| o.salt[0] ^= 1), fault_at(PackError::DoesNotOpen, Part::Opening));
    assert_eq!(with(&|o| o.note.push('x')), fault_at(PackError::DoesNotOpen, Part::Opening));
    assert_eq!(with(&|o| o.proof[0][0] ^= 1).error, PackError::NotContinued);
    // The same log with an entry of its past taken out after the receipt was signed.
    let mut entries: Vec<Vec<u8>> =
        (0..12).map(|i| Log::new(&cast, &story.entries()).prove(i).bytes).collect();
    entries.remove(2);
    let log = Log::of_bytes(&cast, entries);
    let mut pack = whole.clone();
    pack.checkpoint = log.note_at(log.size());
    pack.entries = (4..10).map(|index| log.prove(index)).collect();
    assert_eq!(check(&pack).unwrap_err().error, PackError::NotContinued);
    // Without any receipt nobody else has seen the commitment.
    let mut pack = whole;
    (pack.ack, pack.used, pack.erased) = (None, None, None);
    assert!(check(&pack).unwrap().list().contains(&Finding::LogIsSelfAsserted));
}

/// A forger with keys of their own all through: consistent, and refused as soon as anybody is known.
#[test]
fn a_forged_pack_is_consistent_and_a_strangers() {
    let genuine = Cast::new("demo");
    let forger = Cast::new("forger");
    let bytes = Story::of(&forger).pack(&forger).to_bytes().unwrap();
    let judge = |inputs: &CheckInputs<'_>| UnverifiedPack::read(&bytes).unwrap().check(inputs);
    let found = judge(&CheckInputs::default()).unwrap();
    assert_eq!(found.list()[0].to_string(), "consistent in itself; who signed was not checked");
    let certificate = chop_crypto::encoding::to_hex(&sha256(&forger.hospital));
    assert!(found.to_string().contains(&certificate), "its fingerprint is shown");
    let trust = genuine.trust();
    let fault = judge(&CheckInputs { trust: Some(&trust), log_key: None }).unwrap_err();
    assert_eq!((fault.error, fault.part), (PackError::StrangerSigned, Part::Request));
    assert_eq!((fault.code(), fault.cause), ("pack.stranger-signed", Some("x509.unknown-anchor")));
    let key = genuine.log_key();
    let fault = judge(&CheckInputs { trust: None, log_key: Some(&key) }).unwrap_err();
    assert_eq!(fault, fault_at(PackError::StrangeLog, Part::Log));
    // A genuine verifier, and an issuer of the forger's.
    let mut mixed = Story::of(&genuine);
    mixed.presentation = forger.presentation(&genuine.client_id(), Some(&mixed.grant.digest()), NONCE);
    let mut pack = mixed.pack(&genuine);
    (pack.used, pack.erased) = (None, None);
    let inputs = CheckInputs { trust: Some(&trust), log_key: None };
    let fault = UnverifiedPack::read(&pack.to_bytes().unwrap()).unwrap().check(&inputs).unwrap_err();
    assert_eq!((fault.error, fault.part), (PackError::StrangerSigned, Part::Presentation(0)));
}

#[test]
fn a_verifiers_pack_opens_the_requests_commitment() {
    let cast = Cast::new("demo");
    let mut story = Story::of(&cast);
    let before = Log::new(&cast, &[]).note_at(5);
    let vlc = chop_ledger::blinded_verifier_log(&LOG_SALT, before.as_bytes());
    let mut payload = cast.request_payload();
    payload["vlc"] = serde_json::json!(B64Digest(vlc));
    story.request = cast.sign_request(&payload);
    let mut grant = cast.grant(&story.request, [4; 32]);
    grant.vlc = Some(B64Digest(vlc));
    story.grant = cast.sign_grant(grant);
    let mut pack = story.pack(&cast);
    pack.side = Side::Verifier;
    (pack.delivery, pack.ack, pack.used, pack.erased) = (None, None, None, None);
    pack.presentations.clear();
    assert!(check(&pack).unwrap().list().contains(&Finding::LogContinues { size_then: 5 }));
    pack.side = Side::Holder;
    assert_eq!(check(&pack).unwrap_err(), fault_at(PackError::DoesNotOpen, Part::Opening));
}

proptest::proptest! {
    #[test]
    fn no_bytes_bring_the_check_down(
        at in 0usize..20_000, bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..40),
    ) {
        let mut pack = std::fs::read(super::bad::GOOD).unwrap();
        let start = at % pack.len();
        let end = (start + bytes.len()).min(pack.len());
        let same = pack.get(start..end) == Some(bytes.as_slice());
        pack.splice(start..end, bytes);
        let judged = UnverifiedPack::read(&pack).and_then(|pack| pack.check(&CheckInputs::default()));
        proptest::prop_assert_eq!(judged.is_ok(), same);
    }
}

fn fresh_use(cast: &Cast, story: &Story) -> chop_formats::receipt::SignedReceipt<Use> {
    let used = Use::new(
        cast.common(&story.grant, &story.delivery, 30),
        B64Digest(story.ack.digest()),
        B64Digest([10; 32]),
        vec![B64Digest([1; 32])],
        vec![],
        Outcome::Refused { reason: Reason::BadPresentation },
    );
    cast.sign_receipt(used)
}

fn check(pack: &PackContents) -> Result<Findings, PackFault> {
    UnverifiedPack::read(&pack.to_bytes().unwrap())?.check(&CheckInputs::default())
}

fn fault_at(error: PackError, part: Part) -> PackFault {
    PackFault { part, error, cause: None }
}

fn anchored_name(finding: &Finding) -> Option<&str> {
    match finding {
        Finding::AnchoredBy { name, .. } => Some(name),
        _ => None,
    }
}

/// Which signature is replaced, and what is found wrong where.
type Twin<'a> = (&'a dyn Fn(&mut PackContents), PackError, Part);

/// The same JWS with s replaced by n − s.
fn twin(jws: &str) -> String {
    let (signed, signature) = jws.rsplit_once('.').unwrap();
    let mut signature = chop_crypto::encoding::from_base64url(signature).unwrap();
    let mut borrow = 0i16;
    for (order, byte) in ORDER.iter().rev().zip(signature[32..].iter_mut().rev()) {
        let digit = i16::from(*order) - i16::from(*byte) - borrow;
        borrow = i16::from(digit < 0);
        *byte = digit.rem_euclid(256) as u8;
    }
    format!("{signed}.{}", chop_crypto::encoding::to_base64url(&signature))
}

/// The order of P-256.
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
    0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];
