//! The bad packs of `testdata/proof_pack`, each with one fault and everything else made to fit it, and
//! CHECKS.md.

use chop_crypto::{SigningDomain, sha256};
use chop_formats::cbor::Writer;
use chop_formats::digest64::B64Digest;
use chop_formats::grant::DataAccess;
use chop_formats::log_entry::{EntryKind, LogEntry, refs};
use chop_formats::proof_pack::{CheckInputs, HolderEvidence, PackContents, PackPresentation, UnverifiedPack};
use chop_formats::receipt::{Ack, Common, Use};
use chop_ledger::{VerifierKey, sign_note};
use chop_model::{Action, Coded, UnixTime};
use serde_json::json;

use super::world::{Cast, Log, NONCE, RECORD, Story, query, sign_as_holder};
use crate::checks::{hold, write_bad};
use crate::keys::{forge_json, key_id};
use crate::pki::{NOW, key, leaf, self_signed};

#[test]
fn every_duty_has_its_bad_pack() {
    hold("proof_pack", &|bytes| {
        let verdict = UnverifiedPack::read(bytes).and_then(|pack| pack.check(&CheckInputs::default()));
        verdict.err().map(|fault| fault.code())
    });
}

#[test]
fn the_good_file_is_accepted() {
    let bytes = std::fs::read(GOOD).unwrap();
    let pack = UnverifiedPack::read(&bytes).unwrap();
    assert_eq!(pack.dangerous_contents().to_bytes().unwrap(), bytes);
    assert!(pack.check(&CheckInputs::default()).is_ok());
}

pub(crate) const GOOD: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/proof_pack/good/whole.chop-proof");

/// Writes `testdata/proof_pack` anew. ECDSA signatures are fresh each time, so the files are made once
/// and kept: `cargo test -p chop-formats --test trust -- --ignored pack`.
#[test]
#[ignore = "makes the files that the other tests read"]
fn make_testdata() {
    let cast = Cast::new("bad");
    let story = Story::of(&cast);
    let whole = story.pack(&cast);
    let good = whole.to_bytes().unwrap();
    std::fs::create_dir_all(std::path::Path::new(GOOD).parent().unwrap()).unwrap();
    std::fs::write(GOOD, &good).unwrap();
    let mut files = encodings(&good);
    files.extend(logs(&cast, &story, &whole));
    files.extend(objects(&cast, &story, &whole));
    files.extend(holders(&cast, &story, &whole));
    write_bad("proof_pack", &files);
}

type Files = Vec<(&'static str, Vec<u8>)>;

fn encodings(good: &[u8]) -> Files {
    let at = |place: usize, byte: u8| {
        let mut bytes = good.to_vec();
        bytes[place] = byte;
        bytes
    };
    let mut long_version = good.to_vec();
    long_version.splice(12..13, [0x18, 1]);
    let mut other = Writer::new();
    other.array(2).text("chop-proof").uint(1);
    vec![
        ("empty", Vec::new()),
        ("not-cbor", b"chop-proof".to_vec()),
        ("another-file", at(5, b'P')),
        ("version-2", at(12, 2)),
        ("version-in-two-bytes", long_version),
        ("side-3", at(13, 3)),
        ("too-few-parts", other.finish()),
        ("byte-behind-the-end", [good, &[0]].concat()),
        ("cut", good[..good.len() - 40].to_vec()),
    ]
}

fn logs(cast: &Cast, story: &Story, whole: &PackContents) -> Files {
    let with = |change: &dyn Fn(&mut PackContents)| {
        let mut pack = whole.clone();
        change(&mut pack);
        pack.to_bytes().unwrap()
    };
    let stranger = Cast::new("stranger");
    let text: String = whole.checkpoint.split_inclusive('\n').take(3).collect();
    let log_id = key_id(&cast.name_of("log"));
    let sign = |key: &VerifierKey, text: &str| {
        sign_note(text, key, |m| {
            chop_crypto::Keystore::sign(&cast.keys, &log_id, SigningDomain::Checkpoint, m)
        })
        .unwrap()
    };
    let extended = sign(&cast.log_key(), &format!("{text}more\n"));
    let foreign = VerifierKey::new("example.com/log", *cast.log_key().public()).unwrap();
    let foreign_note = sign(&foreign, &text.replacen(cast.log_key().name(), "example.com/log", 1));
    let twice = whole.checkpoint.clone() + whole.checkpoint.split("\n\n").nth(1).unwrap();
    // A log that has what it says, of which one entry is no entry or is about something else.
    let relogged = |place: usize, bytes: Vec<u8>| {
        let mut all: Vec<Vec<u8>> = {
            let log = Log::new(cast, &story.entries());
            (0..log.size()).map(|index| log.prove(index).bytes).collect()
        };
        all[place] = bytes;
        let log = Log::of_bytes(cast, all);
        let mut pack = whole.clone();
        pack.checkpoint = log.note_at(log.size());
        pack.entries = (5..11).map(|index| log.prove(index)).collect();
        pack.opening = None;
        pack.to_bytes().unwrap()
    };
    let other = |name| LogEntry::new(EntryKind::Released, NOW).with_hash(name, [1; 32]).to_bytes().unwrap();
    vec![
        ("log-key-unreadable", with(&|p| p.log_key.push('x'))),
        ("log-key-of-another", with(&|p| p.log_key = stranger.log_key().to_string())),
        (
            "origin-not-ours",
            with(&|p| {
                p.log_key = foreign.to_string();
                p.checkpoint.clone_from(&foreign_note);
            }),
        ),
        ("two-signature-lines", with(&|p| p.checkpoint.clone_from(&twice))),
        ("extension-line", with(&|p| p.checkpoint.clone_from(&extended))),
        (
            "checkpoint-of-another-size",
            with(&|p| p.checkpoint = p.checkpoint.replacen("\n12\n", "\n13\n", 1)),
        ),
        ("no-entries", with(&|p| p.entries.clear())),
        ("entries-not-rising", with(&|p| p.entries.swap(0, 1))),
        ("entry-twice", with(&|p| p.entries.insert(1, p.entries[0].clone()))),
        ("entry-changed", with(&|p| *p.entries[1].bytes.last_mut().unwrap() ^= 1)),
        ("salt-of-another-entry", with(&|p| p.entries[1].salt = p.entries[0].salt)),
        ("proof-of-another-entry", with(&|p| p.entries[1].proof = p.entries[0].proof.clone())),
        ("index-outside-the-log", with(&|p| p.entries[5].index = 99)),
        ("entry-unreadable", relogged(8, vec![0xa0])),
        ("entry-about-another-grant", relogged(8, other(refs::GRANT))),
        ("entry-about-another-request", relogged(8, other(refs::REQUEST))),
        ("grant-not-logged", with(&|p| p.entries.truncate(1))),
        ("use-not-logged", with(&|p| drop(p.entries.remove(4)))),
        ("salt-does-not-open", with(&|p| p.opening.as_mut().unwrap().salt[0] ^= 1)),
        ("commitment-to-another-state", with(&|p| p.opening.as_mut().unwrap().note = p.checkpoint.clone())),
        ("log-not-continued", with(&|p| p.opening.as_mut().unwrap().proof[0][0] ^= 1)),
        (
            "continuation-too-short",
            with(&|p| {
                p.opening.as_mut().unwrap().proof.pop();
            }),
        ),
    ]
}

fn objects(cast: &Cast, story: &Story, whole: &PackContents) -> Files {
    let with = |change: &dyn Fn(&mut PackContents)| {
        let mut pack = whole.clone();
        change(&mut pack);
        pack.to_bytes().unwrap()
    };
    let told = |story: Story| story.pack(cast).to_bytes().unwrap();
    let requested = |request: String| {
        let grant = cast.sign_grant(cast.grant(&request, story.grant.payload().hlc.0));
        let mut pack = Story { request, grant, ..story.clone() }.pack(cast);
        (pack.delivery, pack.ack, pack.used, pack.erased) = (None, None, None, None);
        pack.presentations.clear();
        pack.to_bytes().unwrap()
    };
    let payload = cast.request_payload();
    let x5c = |der: &[u8]| json!([chop_crypto::encoding::to_base64(der)]);
    let header = |typ: &str| json!({"alg": "ES256", "typ": typ, "x5c": x5c(&cast.hospital)});
    let hospital = cast.name_of("hospital");
    let mut other_client = payload.clone();
    other_client["client_id"] = json!("x509_hash:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    let mut other_dns = payload.clone();
    other_dns["client_id"] = json!("x509_san_dns:other.example");
    let self_made =
        self_signed(&leaf("Harbour Hospital", "NTRHK-12345678", "hospital.example"), &key("self-made"));
    let common = || cast.common(&story.grant, &story.delivery, 20);
    let ack = |said: Common| Story { ack: cast.sign_receipt(Ack::new(said)), ..story.clone() };
    let used = story.used.payload().clone();
    let use_after_another = Use { prev: B64Digest([1; 32]), ..used };
    let other_delivery = Story::of(&Cast::new("other")).delivery;
    let ack_typ = forge_json(
        &json!({"alg": "ES256", "typ": "chop-use+jwt",
            "x5t#S256": B64Digest(sha256(&cast.hospital))}),
        &serde_json::to_value(story.ack.payload()).unwrap(),
        &hospital,
    );
    let regranted = |change: &dyn Fn(&mut chop_formats::grant::Grant)| {
        let mut grant = story.grant.payload().clone();
        change(&mut grant);
        let mut pack = Story { grant: cast.sign_grant(grant), ..story.clone() }.pack(cast);
        (pack.delivery, pack.ack, pack.used, pack.erased) = (None, None, None, None);
        pack.presentations.clear();
        pack.to_bytes().unwrap()
    };
    vec![
        ("request-of-another-type", requested(forge_json(&header("chop-use+jwt"), &payload, &hospital))),
        (
            "request-without-certificate",
            requested(forge_json(
                &json!({"alg": "ES256", "typ": "oauth-authz-req+jwt"}),
                &payload,
                &hospital,
            )),
        ),
        (
            "request-alg-none",
            requested(forge_json(
                &json!({"alg": "none", "typ": "oauth-authz-req+jwt", "x5c": x5c(&cast.hospital)}),
                &payload,
                &hospital,
            )),
        ),
        (
            "request-signed-by-another",
            requested(forge_json(&header("oauth-authz-req+jwt"), &payload, "somebody")),
        ),
        (
            "request-under-another-certificate",
            requested(forge_json(
                &json!({"alg": "ES256", "typ": "oauth-authz-req+jwt", "x5c": x5c(&self_made)}),
                &payload,
                "self-made",
            )),
        ),
        ("request-of-another-client", requested(cast.sign_request(&other_client))),
        ("request-of-another-dns-name", requested(cast.sign_request(&other_dns))),
        ("grant-to-another-client", regranted(&|g| g.aud = Some("x509_san_dns:other.example".into()))),
        ("grant-for-another-request", regranted(&|g| g.req = Some(B64Digest([1; 32])))),
        ("grant-with-another-vlc", regranted(&|g| g.vlc = Some(B64Digest([1; 32])))),
        (
            "grant-for-more-than-asked",
            regranted(&|g| {
                let more = query(&["48765-2", "11369-6"]);
                g.authorization_details = vec![DataAccess::new(more, vec![], vec![Action::View])];
            }),
        ),
        ("grant-text-changed", with(&|p| p.grant.insert(0, 'x'))),
        ("consent-record-of-another", with(&|p| p.consent_record = Some([RECORD, b" "].concat()))),
        ("delivery-of-another-grant", told(Story { delivery: other_delivery, ..story.clone() })),
        ("receipt-without-delivery", with(&|p| p.delivery = None)),
        ("ack-of-another-type", with(&|p| p.ack = Some(ack_typ.clone()))),
        ("ack-is-the-use", with(&|p| p.ack.clone_from(&p.used))),
        ("ack-for-another-grant", told(ack(Common { grant: B64Digest([1; 32]), ..common() }))),
        ("ack-for-other-content", told(ack(Common { ct: B64Digest([1; 32]), ..common() }))),
        ("ack-with-another-hlc", told(ack(Common { hlc: B64Digest([1; 32]), ..common() }))),
        ("ack-of-another-organisation", told(ack(Common { org: "NTRHK-1".into(), ..common() }))),
        ("ack-before-the-grant", told(ack(Common { iat: UnixTime(NOW.0 - 3600), ..common() }))),
        ("use-without-ack", with(&|p| p.ack = None)),
        (
            "use-after-another-ack",
            told(Story { used: cast.sign_receipt(use_after_another), ..story.clone() }),
        ),
        ("erased-without-use", with(&|p| p.used = None)),
    ]
}

fn holders(cast: &Cast, story: &Story, whole: &PackContents) -> Files {
    let with = |change: &dyn Fn(&mut PackContents)| {
        let mut pack = whole.clone();
        change(&mut pack);
        pack.to_bytes().unwrap()
    };
    let sd = story.presentation.rsplit_once('~').unwrap().0;
    let sd_hash = B64Digest(sha256(format!("{sd}~").as_bytes()));
    let bound = json!({"iat": NOW.0 + 11, "aud": cast.client_id(), "nonce": NONCE, "sd_hash": sd_hash,
        "chop_grant": B64Digest(story.grant.digest())});
    let with_binding = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut payload = bound.clone();
        change(&mut payload);
        let presentation = format!("{sd}~{}", sign_as_holder(cast, &payload));
        Story { presentation, ..story.clone() }.pack(cast).to_bytes().unwrap()
    };
    let other = Cast::new("other");
    let of_other = other.presentation(&cast.client_id(), Some(&story.grant.digest()), NONCE);
    let HolderEvidence::Credential(others_credential) = PackPresentation::of(&of_other, true).unwrap().holder
    else {
        panic!("asked for the credential")
    };
    let bare = forge_json(
        &json!({"alg": "ES256", "typ": "dc+sd-jwt"}),
        &json!({"iss": "https://clinic.example", "vct": "urn:chop:ips:1"}),
        "somebody",
    );
    vec![
        ("binding-without-grant", with_binding(&|p| drop(p.as_object_mut().unwrap().remove("chop_grant")))),
        ("binding-to-another-grant", with_binding(&|p| p["chop_grant"] = json!(B64Digest([1; 32])))),
        ("binding-for-another-verifier", with_binding(&|p| p["aud"] = json!("x509_san_dns:other.example"))),
        ("binding-for-two-verifiers", with_binding(&|p| p["aud"] = json!([cast.client_id(), "other"]))),
        ("binding-with-another-nonce", with_binding(&|p| p["nonce"] = json!("bm9uY2Utb2YtMTI4LWJpdHN"))),
        ("binding-of-another-presentation", with_binding(&|p| p["sd_hash"] = json!(B64Digest([1; 32])))),
        ("binding-with-a-value", with_binding(&|p| p["allergy"] = json!("penicillin"))),
        (
            "binding-by-another-key",
            with(&|p| {
                p.presentations[0].holder = HolderEvidence::Key(crate::keys::public("somebody"));
            }),
        ),
        (
            "credential-of-another-holder",
            with(&|p| {
                p.presentations[0].holder = HolderEvidence::Credential(others_credential.clone());
            }),
        ),
        (
            "credential-without-issuer",
            with(&|p| {
                p.presentations[0].holder = HolderEvidence::Credential(bare.clone());
            }),
        ),
        ("binding-is-the-grant", with(&|p| p.presentations[0].key_binding.clone_from(&p.grant))),
        (
            "binding-not-logged",
            with(&|p| {
                let again = PackPresentation::of(
                    &cast.presentation(&cast.client_id(), Some(&story.grant.digest()), NONCE),
                    true,
                );
                p.presentations = vec![again.unwrap()];
                (p.used, p.erased) = (None, None);
            }),
        ),
    ]
}
