//! Chains: every file of `testdata/x509`, and what no file can hold.

use crate::checks::{hold, write_bad};
use crate::given::{code_of, testdata, write_testdata};
use crate::pki::{NOW, authority, from_pem, issue, issue_with, key, leaf, other_key, self_signed, to_pem};
use std::cell::RefCell;

use chop_formats::x509::{Anchors, Role, VerifiedChain, X509Error, verify_chain, x509_hash};
use chop_model::UnixTime;
use rcgen::string::Ia5String;
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DnType, DnValue, GeneralSubtree, IsCa,
    KeyUsagePurpose, NameConstraints, PKCS_ECDSA_P384_SHA384, PKCS_ED25519, SanType,
};

#[test]
fn every_duty_has_its_bad_chain() {
    hold("x509", &|pem| {
        let chain = from_pem(std::str::from_utf8(pem).unwrap());
        code_of(verify_chain(&chain, &anchors(), NOW, Role::Verifier))
    });
}

#[test]
fn good_chains_are_accepted() {
    for (file, count) in
        [("leaf.pem", 1), ("with-authority.pem", 2), ("with-anchor.pem", 2), ("p384-authority.pem", 1)]
    {
        let chain = from_pem(&testdata(&format!("x509/good/{file}")));
        assert_eq!(chain.len(), count, "{file}");
        let verified = verify_chain(&chain, &anchors(), NOW, Role::Verifier).unwrap();
        assert_eq!(verified.organisation(), Some("Harbour Hospital"), "{file}");
        assert_eq!(verified.organisation_id(), Some("NTRHK-12345678"));
        assert_eq!(verified.shown_name(), Some("Harbour Hospital"));
        assert_eq!(verified.dns_names(), ["hospital.example"]);
        assert_eq!(verified.leaf_der(), chain[0]);
        assert_eq!(verified.x509_hash(), x509_hash(&chain[0]));
        assert_eq!(verified.not_after(), UnixTime(1_830_211_200));
        assert!(anchors().fingerprints().any(|f| f == *verified.anchor_sha256()));
    }
}

#[test]
fn row_01_an_unknown_chain_blocks_and_the_name_is_the_certificates() {
    let chain = good();
    assert_eq!(verify(&chain, &Anchors::default(), NOW), Err(X509Error::UnknownAnchor));
    let verified = verify(&chain, &anchors(), NOW).unwrap();
    assert_eq!(verified.shown_name(), Some("Harbour Hospital"));
}

#[test]
fn validity_is_judged_at_the_given_time() {
    let chain = good();
    let until = verify(&chain, &anchors(), NOW).unwrap().not_after();
    assert!(verify(&chain, &anchors(), until).is_ok());
    assert_eq!(verify(&chain, &anchors(), until.plus(1)), Err(X509Error::Expired));
    assert_eq!(verify(&chain, &anchors(), UnixTime(1_767_225_599)), Err(X509Error::NotYetValid));
    assert_eq!(verify(&chain, &anchors(), UnixTime(-1)), Err(X509Error::NotYetValid));
}

#[test]
fn a_leaf_cannot_be_pinned() {
    let params = leaf("Harbour Hospital", "NTRHK-12345678", "hospital.example");
    let alone = self_signed(&params, &key("alone"));
    assert_eq!(Anchors::read(&[alone]).unwrap_err(), X509Error::AnchorNotCa);
    assert_eq!(Anchors::read(&good()).unwrap_err(), X509Error::AnchorNotCa);
}

#[test]
fn any_byte_of_a_leaf_is_covered() {
    let chain = good();
    for at in 0..chain[0].len() {
        let mut bent = chain.clone();
        bent[0][at] ^= 1;
        assert!(verify(&bent, &anchors(), NOW).is_err(), "byte {at}");
    }
}

proptest::proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600), at in 0usize..400) {
        assert!(verify(std::slice::from_ref(&bytes), &anchors(), NOW).is_err());
        let mut chain = good();
        let start = at.min(chain[0].len());
        let end = (start + bytes.len()).min(chain[0].len());
        chain[0].splice(start..end, bytes);
        let _ = verify(&chain, &anchors(), NOW);
        let _ = Anchors::read(&chain);
    }
}

fn verify(chain: &[Vec<u8>], anchors: &Anchors, now: UnixTime) -> Result<VerifiedChain, X509Error> {
    verify_chain(chain, anchors, now, Role::Verifier)
}

fn good() -> Vec<Vec<u8>> {
    from_pem(&testdata("x509/good/leaf.pem"))
}

fn anchors() -> Anchors {
    Anchors::read(&from_pem(&testdata("x509/anchors.pem"))).unwrap()
}

/// Writes `testdata/x509` anew. ECDSA signatures and the odd keys are fresh each time, so the files are
/// made once and kept: `cargo test -p chop-formats --test trust -- --ignored x509`.
#[test]
#[ignore = "makes the files that the other tests read"]
fn make_testdata() {
    let root = authority("Chop Test Root", (2025, 2035));
    let middle = authority("Chop Test Authority", (2025, 2034));
    let old_root = authority("Chop Old Root", (2020, 2025));
    let p384 = (authority("Chop P-384 Root", (2025, 2035)), other_key(&PKCS_ECDSA_P384_SHA384));
    let ed = (authority("Chop Ed25519 Root", (2025, 2035)), other_key(&PKCS_ED25519));
    let root_der = self_signed(&root, &key("Chop Test Root"));
    let middle_der = issue(&middle, &key("Chop Test Authority"), &root);
    let old_der = self_signed(&old_root, &key("Chop Old Root"));
    let anchors = [root_der.clone(), old_der, self_signed(&p384.0, &p384.1), self_signed(&ed.0, &ed.1)];
    write("anchors", &anchors);

    let hospital = || leaf("Harbour Hospital", "NTRHK-12345678", "hospital.example");
    let subject = key("hospital");
    let plain = issue(&hospital(), &subject, &root);
    write("good/leaf", std::slice::from_ref(&plain));
    let below = issue(&hospital(), &subject, &middle);
    write("good/with-authority", &[below.clone(), middle_der.clone()]);
    write("good/with-anchor", &[plain.clone(), root_der.clone()]);
    write("good/p384-authority", &[issue_with(&hospital(), &subject, &p384.0, &p384.1)]);

    let files = RefCell::new(Vec::new());
    let write_chain =
        |name: &'static str, chain: &[Vec<u8>]| files.borrow_mut().push((name, to_pem(chain).into_bytes()));
    let bad = |name: &'static str, change: &dyn Fn(&mut CertificateParams)| {
        let mut params = hospital();
        change(&mut params);
        write_chain(name, &[issue(&params, &subject, &root)]);
    };
    bad("no-key-usage.pem", &|p| p.key_usages.clear());
    bad("key-usage-agreement-only.pem", &|p| p.key_usages = vec![KeyUsagePurpose::KeyAgreement]);
    bad("leaf-is-authority.pem", &|p| p.is_ca = IsCa::Ca(BasicConstraints::Unconstrained));
    bad("expired.pem", &|p| p.not_after = rcgen::date_time_ymd(2026, 11, 20));
    bad("not-yet-valid.pem", &|p| p.not_before = rcgen::date_time_ymd(2026, 11, 22));
    bad("critical-extension.pem", &|p| {
        let mut unknown = CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 99999, 1], vec![5, 0]);
        unknown.set_criticality(true);
        p.custom_extensions.push(unknown);
    });
    bad("doubled-extension.pem", &|p| {
        p.custom_extensions.push(CustomExtension::from_oid_content(&[2, 5, 29, 15], vec![3, 2, 7, 128]));
    });
    bad("too-large.pem", &|p| {
        p.custom_extensions
            .push(CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 99999, 2], vec![0; 8_200]));
    });
    bad("doubled-organisation.pem", &|p| {
        p.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 10]), "Other Hospital");
    });
    bad("name-turns-direction.pem", &|p| {
        p.distinguished_name.push(DnType::OrganizationName, "Harbour \u{202e}latipsoH");
    });
    bad("name-overlong.pem", &|p| p.distinguished_name.push(DnType::CommonName, "H".repeat(201)));
    bad("name-in-bmp-string.pem", &|p| {
        let name = rcgen::string::BmpString::try_from("Harbour Hospital").unwrap();
        p.distinguished_name.push(DnType::OrganizationName, DnValue::BmpString(name));
    });
    bad("dns-name-with-space.pem", &|p| {
        p.subject_alt_names = vec![SanType::DnsName(Ia5String::try_from("hospital example").unwrap())];
    });

    write_chain("garbage.pem", &[vec![0x30, 0x03, 0x02, 0x01, 0x01]]);
    let mut longer = plain.clone();
    longer.push(0);
    write_chain("trailing-byte.pem", &[longer]);
    let mut forged = plain.clone();
    *forged.last_mut().unwrap() ^= 1;
    write_chain("forged-signature.pem", &[forged]);
    write_chain("none.pem", &[]);
    write_chain(
        "too-many.pem",
        &[
            below.clone(),
            middle_der.clone(),
            root_der.clone(),
            root_der.clone(),
            root_der.clone(),
            root_der.clone(),
        ],
    );
    write_chain("wrong-order.pem", &[below.clone(), root_der.clone(), middle_der.clone()]);
    write_chain("missing-authority.pem", &[below]);
    write_chain("anchor-as-leaf.pem", std::slice::from_ref(&root_der));
    write_chain("leaf-with-anchor-key.pem", &[issue(&hospital(), &key("Chop Test Root"), &root)]);
    write_chain("self-signed.pem", &[self_signed(&hospital(), &subject)]);
    write_chain("p384-leaf.pem", &[issue(&hospital(), &other_key(&PKCS_ECDSA_P384_SHA384), &root)]);
    write_chain("ed25519-leaf.pem", &[issue(&hospital(), &other_key(&PKCS_ED25519), &root)]);
    write_chain("ed25519-authority.pem", &[issue_with(&hospital(), &subject, &ed.0, &ed.1)]);
    write_chain("expired-anchor.pem", &[issue(&hospital(), &subject, &old_root)]);
    write_chain(
        "unknown-anchor.pem",
        &[issue(&hospital(), &subject, &authority("Chop Foreign Root", (2025, 2035)))],
    );

    let through = |name: &'static str, change: &dyn Fn(&mut CertificateParams)| {
        let mut params = middle.clone();
        change(&mut params);
        let chain =
            [issue(&hospital(), &subject, &params), issue(&params, &key("Chop Test Authority"), &root)];
        write_chain(name, &chain);
    };
    through("authority-not-for-certificates.pem", &|p| p.key_usages = vec![KeyUsagePurpose::CrlSign]);
    through("authority-is-none.pem", &|p| {
        p.is_ca = IsCa::ExplicitNoCa;
        p.key_usages.clear();
    });
    through("authority-expired.pem", &|p| p.not_after = rcgen::date_time_ymd(2026, 11, 20));
    through("name-not-allowed.pem", &|p| {
        p.name_constraints = Some(NameConstraints {
            permitted_subtrees: vec![GeneralSubtree::DnsName("gov.example".into())],
            excluded_subtrees: Vec::new(),
        });
    });
    let mut short = middle.clone();
    short.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    let deep = authority("Chop Deep Authority", (2025, 2034));
    write_chain(
        "path-too-long.pem",
        &[
            issue(&hospital(), &subject, &deep),
            issue(&deep, &key("Chop Deep Authority"), &short),
            issue(&short, &key("Chop Test Authority"), &root),
        ],
    );
    write_bad("x509", &files.into_inner());
}

fn write(name: &str, chain: &[Vec<u8>]) {
    write_testdata(&format!("x509/{name}.pem"), &to_pem(chain));
}
