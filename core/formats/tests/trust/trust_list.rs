//! Trust lists: every file of `testdata/trust_list`, the order of editions, and who may be shown under
//! which name.

use std::sync::LazyLock;

use chop_crypto::KeyPurpose;
use chop_crypto::encoding::to_base64;
use chop_formats::jose::{JoseError, jwk};
use chop_formats::trust_list::{
    LastSeen, Standing, TrustEntry, TrustError, TrustList, TrustRule, TrustView, UnverifiedTrustList,
    VerifiedTrustList,
};
use chop_formats::x509::{Role, VerifiedChain, X509Error, verify_chain};
use chop_model::{Contact, Jurisdiction, LangText, LegalId, Party, UnixTime};
use rcgen::CertificateParams;
use serde_json::{Value, json};

use crate::checks::{hold, write_bad};
use crate::given::code_of;
use crate::keys::{NamedKeys, forge, forge_json, key_id, public};
use crate::pki::{NOW, authority, issue, key, leaf, self_signed};

#[test]
fn every_duty_has_its_bad_list() {
    hold("trust_list", &|text| {
        let text = std::str::from_utf8(text).unwrap();
        let last = LastSeen { seq: 5, digest: [0; 32] };
        code_of(UnverifiedTrustList::parse(text).and_then(|list| list.verify(&pin(), Some(&last), NOW)))
    });
}

#[test]
fn a_good_list_is_verified_and_keeps_its_bytes() {
    let text = sign(list());
    let unverified = UnverifiedTrustList::parse(&format!("{text}\n")).unwrap();
    assert_eq!(unverified.fingerprint(), pin());
    let verified = unverified.verify(&pin(), None, NOW).unwrap();
    assert_eq!(verified.text(), text);
    assert_eq!(verified.content().entries.len(), 2);
    assert_eq!(verified.last_seen().seq, 6);
    assert!(verified.content().entries[1].issues("urn:chop:transcript:1"));
    assert!(!verified.content().entries[0].issues("urn:chop:transcript:1"));
}

#[test]
fn a_list_past_its_next_update_is_stale_and_still_read() {
    let verified = verified(list());
    let due = verified.content().next_update;
    assert!(!verified.is_stale(due) && verified.is_stale(due.plus(1)));
    let late = due.plus(86_400 * 365);
    let again = UnverifiedTrustList::parse(verified.text()).unwrap().verify(&pin(), None, late).unwrap();
    assert!(TrustView::new(vec![again]).is_stale(late));
}

#[test]
fn editions_only_go_forward() {
    let (old, new) = (sign(list()), sign(TrustList { seq: 7, ..list() }));
    let read = |text: &str, last: &LastSeen| {
        UnverifiedTrustList::parse(text).unwrap().verify(&pin(), Some(last), NOW)
    };
    let seen = verified(TrustList { seq: 6, ..list() }).last_seen();
    assert!(read(&new, &seen).is_ok());
    let seen = read(&new, &seen).unwrap().last_seen();
    assert_eq!(read(&old, &seen).unwrap_err(), TrustRule::Superseded.into());
    assert!(read(&new, &seen).is_ok(), "the same list may be read again");
    let other = sign(TrustList { seq: 7, next_update: NOW.plus(5), ..list() });
    assert_eq!(read(&other, &seen).unwrap_err(), TrustRule::Forked.into());
}

#[test]
fn row_25_a_list_from_the_future_is_refused_beyond_five_minutes() {
    let at = |issued: UnixTime| {
        let text = sign(TrustList { issued, next_update: issued.plus(9), ..list() });
        UnverifiedTrustList::parse(&text).unwrap().verify(&pin(), None, NOW).map(|_| ())
    };
    assert_eq!(at(NOW.plus(300)), Ok(()));
    assert_eq!(at(NOW.plus(301)), Err(TrustRule::NotYetIssued.into()));
}

#[test]
fn the_signer_refuses_what_a_reader_would() {
    let keys = publisher();
    let broken = TrustList { anchors: vec![hospital_der()], ..list() };
    let error = broken.sign(&keys, &key_id("publisher")).unwrap_err();
    assert_eq!(error, X509Error::AnchorNotCa.into());
    let strangers = NamedKeys::new(&[("publisher", KeyPurpose::Consent)]);
    assert_eq!(list().sign(&strangers, &key_id("publisher")).unwrap_err(), JoseError::Misuse.into());
}

#[test]
fn any_byte_of_a_list_is_covered() {
    let text = sign(list());
    for at in 0..text.len() {
        let mut bent = text.clone().into_bytes();
        bent[at] = if bent[at] == b'A' { b'B' } else { b'A' };
        let bent = String::from_utf8(bent).unwrap();
        let verdict = UnverifiedTrustList::parse(&bent).and_then(|l| l.verify(&pin(), None, NOW));
        assert!(verdict.is_err(), "byte {at}");
    }
}

#[test]
fn a_listed_party_is_shown_under_its_listed_names() {
    let view = view();
    let Ok(Standing::Listed(entry)) = view.standing(&chain(&hospital_der(), Role::Verifier)) else {
        panic!("listed")
    };
    assert_eq!(entry.party.names.zh_hant, "海港醫院");
    // A renewed certificate of the same organisation is the same organisation.
    let renewed = certified(&leaf("Harbour Hospital", "NTRHK-12345678", "hospital.example"), "renewed");
    assert!(matches!(view.standing(&chain(&renewed, Role::Verifier)), Ok(Standing::Listed(_))));
    let stranger = certified(&leaf("Corner Clinic", "NTRHK-87654321", "clinic.example"), "clinic");
    assert_eq!(view.standing(&chain(&stranger, Role::Verifier)), Ok(Standing::NotListed));
}

#[test]
fn row_01_list_and_certificate_that_disagree_block() {
    let view = view();
    let other_name = certified(&leaf("Harbor Hospital Ltd", "NTRHK-12345678", "hospital.example"), "other");
    assert_eq!(standing(&view, &other_name), Err(TrustRule::NamesDisagree.into()));
    let listed_with =
        |entry: TrustEntry| TrustView::new(vec![verified(TrustList { entries: vec![entry], ..list() })]);
    let renamed = TrustEntry { party: party("Hill Hospital", "山頂醫院", "12345678"), ..hospital() };
    assert_eq!(standing(&listed_with(renamed), &hospital_der()), Err(TrustRule::NamesDisagree.into()));
    let renumbered =
        TrustEntry { party: party("Harbour Hospital", "海港醫院", "99999999"), ..hospital() };
    assert_eq!(standing(&listed_with(renumbered), &hospital_der()), Err(TrustRule::IdsDisagree.into()));
    let mut moved = hospital();
    moved.party.jurisdiction = Jurisdiction::Mo;
    assert_eq!(standing(&listed_with(moved), &hospital_der()), Err(TrustRule::IdsDisagree.into()));
    assert_eq!(view.standing(&chain(&hospital_der(), Role::Issuer)), Err(TrustRule::OtherRole.into()));
}

#[test]
fn row_24_a_stranger_with_a_confusable_name_is_refused() {
    for name in ["Hаrbour Hospital", "HARBOUR HOSPITAL", "Ｈarbour Hospital", "海港醫院", "Harbour Hospital"]
    {
        let der = certified(&leaf(name, "NTRHK-87654321", "hospita1.example"), "impostor");
        assert_eq!(standing(&view(), &der), Err(TrustRule::LooksLikeListed.into()), "{name}");
    }
}

#[test]
fn an_authority_of_one_list_cannot_speak_for_a_party_of_another() {
    let other_root = authority("Chop Other Root", (2025, 2035));
    let other_der = self_signed(&other_root, &key("Chop Other Root"));
    let others = verified(TrustList { anchors: vec![other_der], entries: Vec::new(), ..list() });
    let both = TrustView::new(vec![verified(list()), others]);
    for name in ["Harbour Hospital", "Quite Another"] {
        let der = issue(&leaf(name, "NTRHK-12345678", "hospital.example"), &key("impostor"), &other_root);
        let chain = verify_chain(&[der], both.anchors(), NOW, Role::Verifier).unwrap();
        assert_eq!(both.standing(&chain), Err(TrustRule::LooksLikeListed.into()), "{name}");
    }
}

#[test]
fn two_lists_add_up() {
    let empty = TrustView::default();
    assert!(empty.anchors().ders().is_empty() && !empty.is_stale(NOW));
    let both = TrustView::new(vec![verified(list()), verified(TrustList { seq: 9, ..list() })]);
    assert_eq!(both.anchors().ders().len(), 1);
    assert_eq!(both.lists().len(), 2);
    assert_eq!(TrustView::default().with_anchors(both.anchors()).anchors(), both.anchors());
}

/// The fingerprint that the person pinned.
pub(crate) fn pin() -> [u8; 32] {
    jwk::thumbprint(&public("publisher"))
}

/// The view that the tests of requests use: one list with hospital and university.
pub(crate) fn view() -> TrustView {
    static VIEW: LazyLock<TrustView> = LazyLock::new(|| TrustView::new(vec![verified(list())]));
    VIEW.clone()
}

/// The hospital's leaf, always the same one.
pub(crate) fn hospital_der() -> Vec<u8> {
    crate::pki::from_pem(&crate::given::testdata("trust_list/good/hospital.pem")).remove(0)
}

/// A leaf of the list's authority.
pub(crate) fn certified(params: &CertificateParams, name: &str) -> Vec<u8> {
    issue(params, &key(name), &root())
}

pub(crate) fn verified(list: TrustList) -> VerifiedTrustList {
    UnverifiedTrustList::parse(&sign(list)).unwrap().verify(&pin(), None, NOW).unwrap()
}

pub(crate) fn list() -> TrustList {
    TrustList {
        version: 1,
        iss: [0; 32].into(),
        seq: 6,
        issued: NOW.plus(-86_400),
        next_update: NOW.plus(86_400 * 30),
        publisher: LangText::same("Chop Test Publisher"),
        anchors: vec![crate::pki::from_pem(&crate::given::testdata("trust_list/good/root.pem")).remove(0)],
        entries: vec![hospital(), university()],
    }
}

fn standing(view: &TrustView, der: &[u8]) -> Result<Standing, TrustError> {
    view.standing(&chain(der, Role::Verifier))
}

fn chain(der: &[u8], role: Role) -> VerifiedChain {
    verify_chain(&[der.to_vec()], view().anchors(), NOW, role).unwrap()
}

fn hospital() -> TrustEntry {
    TrustEntry {
        party: party("Harbour Hospital", "海港醫院", "12345678"),
        roles: vec![Role::Verifier],
        certificate: hospital_der(),
        encryption_key: Some(public("hospital encryption")),
        vcts: Vec::new(),
    }
}

fn university() -> TrustEntry {
    TrustEntry {
        party: party("Bay University", "灣區大學", "11112222"),
        roles: vec![Role::Issuer, Role::Verifier],
        certificate: crate::pki::from_pem(&crate::given::testdata("trust_list/good/university.pem"))
            .remove(0),
        encryption_key: None,
        vcts: vec!["urn:chop:transcript:1".into()],
    }
}

fn party(en: &str, zh_hant: &str, number: &str) -> Party {
    Party {
        names: LangText { zh_hans: zh_hant.into(), zh_hant: zh_hant.into(), en: en.into(), pt: en.into() },
        legal_id: LegalId { scheme: "BRN".into(), value: number.into() },
        jurisdiction: Jurisdiction::Hk,
        contact: Contact { name: "Data office".into(), tel: "+852 0000 0000".into(), email: String::new() },
    }
}

fn root() -> CertificateParams {
    authority("Chop Listed Root", (2025, 2035))
}

fn publisher() -> NamedKeys {
    NamedKeys::new(&[("publisher", KeyPurpose::TrustPublisher)])
}

fn sign(list: TrustList) -> String {
    list.sign(&publisher(), &key_id("publisher")).unwrap()
}

/// Writes `testdata/trust_list` anew: `cargo test -p chop-formats --test trust -- --ignored trust_list`.
#[test]
#[ignore = "makes the files that the other tests read"]
fn make_testdata() {
    let write = |name: &str, der: Vec<u8>| {
        crate::given::write_testdata(&format!("trust_list/good/{name}.pem"), &crate::pki::to_pem(&[der]));
    };
    write("root", self_signed(&root(), &key("Chop Listed Root")));
    write("hospital", certified(&leaf("Harbour Hospital", "NTRHK-12345678", "hospital.example"), "hospital"));
    write(
        "university",
        certified(&leaf("Bay University", "NTRHK-11112222", "university.example"), "university"),
    );

    let header = json!({"alg": "ES256", "typ": "chop-trust+jwt", "jwk": jwk::to_value(&public("publisher"))});
    let mut good = serde_json::to_value(list()).unwrap();
    good["iss"] = chop_crypto::encoding::to_base64url(&pin()).into();
    let mut files: Vec<(&str, Vec<u8>)> = Vec::new();
    let mut add = |name, text: String| files.push((name, text.into_bytes()));

    let with_header = |change: &dyn Fn(&mut Value)| {
        let mut header = header.clone();
        change(&mut header);
        forge_json(&header, &good, "publisher")
    };
    add("wrong-typ.jws", with_header(&|h| h["typ"] = json!("chop-grant+jwt")));
    add(
        "no-key.jws",
        with_header(&|h| {
            h.as_object_mut().unwrap().remove("jwk");
        }),
    );
    add("alg-none.jws", with_header(&|h| h["alg"] = json!("none")));
    add("alg-hs256.jws", with_header(&|h| h["alg"] = json!("HS256")));
    add("crit.jws", with_header(&|h| h["crit"] = json!(["exp"])));
    add("not-a-jws.jws", "chop".into());
    add("key-of-another.jws", forge_json(&header, &good, "stranger"));
    let mut strangers = header.clone();
    strangers["jwk"] = jwk::to_value(&public("stranger"));
    let mut own = good.clone();
    own["iss"] = chop_crypto::encoding::to_base64url(&jwk::thumbprint(&public("stranger"))).into();
    add("other-publisher.jws", forge_json(&strangers, &own, "stranger"));
    let text = serde_json::to_string(&good).unwrap().replacen("{", "{\"seq\":1,", 1);
    add("doubled-key.jws", forge(&serde_json::to_vec(&header).unwrap(), text.as_bytes(), "publisher"));

    let with = |change: &dyn Fn(&mut Value)| {
        let mut list = good.clone();
        change(&mut list);
        forge_json(&header, &list, "publisher")
    };
    add("iss-of-another.jws", with(&|l| l["iss"] = own["iss"].clone()));
    add(
        "version-2.jws",
        with(&|l| {
            l["version"] = json!(2);
            l["new"] = json!({});
        }),
    );
    add(
        "no-version.jws",
        with(&|l| {
            l.as_object_mut().unwrap().remove("version");
        }),
    );
    add("unknown-field.jws", with(&|l| l["new"] = json!(1)));
    add(
        "missing-language.jws",
        with(&|l| {
            l["publisher"].as_object_mut().unwrap().remove("pt");
        }),
    );
    add("superseded.jws", with(&|l| l["seq"] = json!(4)));
    add("forked.jws", with(&|l| l["seq"] = json!(5)));
    add("from-the-future.jws", with(&|l| l["issued"] = json!(NOW.0 + 301)));
    add("next-update-before-issue.jws", with(&|l| l["next_update"] = l["issued"].clone()));
    add(
        "doubled-entry.jws",
        with(&|l| l["entries"][1]["certificate"] = l["entries"][0]["certificate"].clone()),
    );
    add("no-role.jws", with(&|l| l["entries"][0]["roles"] = json!([])));
    add("doubled-role.jws", with(&|l| l["entries"][0]["roles"] = json!(["verifier", "verifier"])));
    add("types-without-issuer.jws", with(&|l| l["entries"][0]["vcts"] = json!(["urn:chop:ips:1"])));
    add(
        "encryption-key-signs.jws",
        with(&|l| l["entries"][0]["encryption_key"] = jwk::to_value(&public("hospital"))),
    );
    add("private-key.jws", with(&|l| l["entries"][0]["encryption_key"]["d"] = json!("AA")));
    add("anchor-is-leaf.jws", with(&|l| l["anchors"] = json!([to_base64(&hospital_der())])));
    add("too-many-anchors.jws", with(&|l| l["anchors"] = json!(vec![l["anchors"][0].clone(); 33])));
    add("too-many-types.jws", with(&|l| l["entries"][1]["vcts"] = json!(vec!["urn:chop:ips:1"; 65])));
    add("entry-without-certificate.jws", with(&|l| l["entries"][0]["certificate"] = json!("MAMCAQE=")));
    add("certificate-in-base64url.jws", with(&|l| l["entries"][0]["certificate"] = json!("_-8")));
    add(
        "name-turns-direction.jws",
        with(&|l| l["entries"][0]["party"]["names"]["en"] = json!("Harbour \u{202e}Hospital")),
    );
    add("name-overlong.jws", with(&|l| l["entries"][0]["party"]["names"]["en"] = json!("H".repeat(201))));
    add("name-empty.jws", with(&|l| l["entries"][0]["party"]["names"]["pt"] = json!("")));
    add("no-legal-id.jws", with(&|l| l["entries"][0]["party"]["legal_id"]["value"] = json!(" ")));
    write_bad("trust_list", &files);
}
