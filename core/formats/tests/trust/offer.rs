//! Codes, channel, claims and key statements of mode C: every bad file, both sides of the rules, and the
//! rows of the attack list.

use chop_crypto::encoding::to_base64url;
use chop_crypto::testing::SeededRandom;
use chop_crypto::{AgreementKey, KeyPurpose, Secret, sha256};
use chop_formats::delivery::Mode;
use chop_formats::jose::jwk;
use chop_formats::offer::{
    Claim, ExpectedClaim, KeyStatement, OfferCode, OfferError, OfferKeys, OfferRefusal, Part, RelayHost,
    StoredClaim, UnverifiedClaim, UnverifiedKeyStatement, content_key, open_share, seal_share,
};
use chop_formats::relay::OfferId;
use chop_formats::request::{
    Carrier, RelayTarget, RequestRule, StoredRequest, UnverifiedRequest, encryption_kid,
};
use chop_formats::x509::x509_hash;
use chop_model::UnixTime;
use serde_json::{Value, json};

use crate::checks::{hold, write_bad};
use crate::given::code_of;
use crate::keys::{NamedKeys, forge_json, key_id, public};
use crate::pki::NOW;
use crate::trust_list::{hospital_der, view};

#[test]
fn every_duty_has_its_bad_offer() {
    hold("offer", &|bytes| judge(std::str::from_utf8(bytes).unwrap()));
}

#[test]
fn a_code_reads_back_and_stays_in_version_6() {
    // 22 characters of host: 98 bytes of CBOR, 153 of the 154 characters that version 6-M holds.
    for host in ["relay.example", "relay.chop.example:844", "localhost:65535"] {
        let code = code(host);
        let text = code.to_text().unwrap();
        assert!(text.len() <= 154, "{} characters", text.len());
        assert!(OfferCode::is_one(&text));
        let read = OfferCode::parse(&text).unwrap();
        assert_eq!(read.to_text().unwrap(), text);
        assert_eq!((read.relay.as_str(), read.grant, read.exp), (host, [9; 32], Some(NOW.plus(600))));
    }
    // protocol.md section 1.3: 89 bytes with a host of 13 characters.
    let decoded = base45::decode(&code("relay.example").to_text().unwrap()[6..]).unwrap();
    assert_eq!(decoded.len(), 89);
}

#[test]
fn a_link_reads_back_and_says_no_expiry() {
    let link = code("relay.chop.exampl").to_link();
    assert_eq!(link.len(), "https://relay.chop.exampl/g#".len() + 155);
    assert!(OfferCode::is_one(&link));
    let read = OfferCode::parse(&link).unwrap();
    assert_eq!((read.to_link(), read.exp), (link, None));
    assert_eq!(code("127.0.0.1:8080").to_link().find("http://127.0.0.1:8080/g#"), Some(0));
}

#[test]
fn row_50_a_host_has_one_spelling() {
    for good in ["relay.example", "a.b", "r-1.example:8443", "localhost", "localhost:1", "127.0.0.1:8080"] {
        assert_eq!(RelayHost::parse(good).unwrap().as_str(), good);
        assert_eq!(RelayHost::from_origin(&RelayHost::parse(good).unwrap().origin()).unwrap().as_str(), good);
    }
    for bad in [
        "",
        "relay",
        "user@relay.example",
        "relay.example@evil.example",
        "relay.example:443",
        "relay.example:0443",
        "relay.example:0",
        "relay.example:65536",
        "relay.example:",
        "relay.example:80a",
        "relay.example:+80",
        "relay.example:1:2",
        "localhost:80",
        "Relay.example",
        "relay.example.",
        ".relay.example",
        "relay..example",
        "-relay.example",
        "relay-.example",
        "xn--80ak6aa92e.example",
        "relay.xn--p1ai",
        "аррle.example",
        "192.0.2.1",
        "10.0.0.1:8443",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "a.0x7f",
        "[::1]",
        "relay.example/path",
        "relay.example?x",
        "relay.example#x",
        "relay%2eexample.com",
        "relay_example.com",
        "relay example.com",
        "relay.example\n",
        "127.0.0.1.",
        "LOCALHOST",
    ] {
        assert_eq!(RelayHost::parse(bad), Err(OfferError::BadRelay), "{bad:?}");
    }
    for bad in ["http://relay.example", "https://localhost", "https://relay.example/", "relay.example"] {
        assert_eq!(RelayHost::from_origin(bad), Err(OfferError::BadRelay), "{bad:?}");
    }
}

#[test]
fn keys_follow_from_the_code_and_from_nothing_else() {
    let (one, again) = (keys(5), keys(5));
    assert_eq!(one.id, again.id);
    assert_eq!(one.token.expose(), again.token.expose());
    assert_ne!(one.id, keys(6).id);
    assert_ne!(one.token.expose(), keys(6).token.expose());
    let (code, share) = (Secret::new([5; 32]), Secret::new([6; 32]));
    let key = |mode, grant| *content_key(&code, &share, mode, grant).unwrap().expose();
    let live = key(Mode::C1, &[9; 32]);
    assert_ne!(live, key(Mode::C2Named, &[9; 32]));
    assert_ne!(live, key(Mode::C1, &[8; 32]));
    assert_ne!(live, *content_key(&share, &code, Mode::C1, &[9; 32]).unwrap().expose());
    // Written out once (RFC 5869, empty salt), so that another implementation can hold itself to it.
    let expected: Secret<32> =
        chop_crypto::hkdf_sha256(&[[5; 32], [6; 32]].concat(), &[b"chop/1/K/C1", &[9; 32]]).unwrap();
    assert_eq!(live, *expected.expose());
}

#[test]
fn the_channel_opens_its_own_part_of_its_own_offer() {
    let random = SeededRandom::new("channel");
    let sealed = keys(5).channel.seal(&random, Part::Request, b"R").unwrap();
    assert_eq!(sealed.len(), 1024 + 28, "the size class and nothing else shows");
    assert_eq!(keys(5).channel.open(Part::Request, &sealed).unwrap().expose(), b"R");
    assert_eq!(keys(5).channel.open_text(Part::Request, &sealed).unwrap(), "R");
    for part in [Part::Envelope, Part::Acknowledgement, Part::KeyShare, Part::Receipt] {
        assert_eq!(keys(5).channel.open(part, &sealed).err(), Some(OfferError::BadSeal));
    }
    assert_eq!(keys(6).channel.open(Part::Request, &sealed).err(), Some(OfferError::BadSeal));
    let mut changed = sealed.clone();
    changed[500] ^= 1;
    assert_eq!(keys(5).channel.open(Part::Request, &changed).err(), Some(OfferError::BadSeal));
    assert_eq!(keys(5).channel.open(Part::Request, &sealed[..9]).err(), Some(OfferError::BadSeal));
}

#[test]
fn a_key_share_opens_for_its_key_and_its_answer() {
    let random = SeededRandom::new("share");
    let key = AgreementKey::make(&random).unwrap();
    let kid = encryption_kid(&key.public());
    let text = seal_share(&random, &key.public(), &kid, &[1; 32], &Secret::new([7; 32])).unwrap();
    assert_eq!(open_share(&text, &key, &kid, &[1; 32]).unwrap().expose(), &[7; 32]);
    assert!(open_share(&text, &key, &kid, &[2; 32]).is_err());
    assert!(open_share(&text, &AgreementKey::make(&random).unwrap(), &kid, &[1; 32]).is_err());
}

#[test]
fn a_good_claim_is_verified_and_kept() {
    let stored = claim().sign(&[hospital_der()], &hospital(), &key_id("hospital")).unwrap();
    let verified = UnverifiedClaim::parse(stored.text()).unwrap().verify(&view(), &expected(), NOW).unwrap();
    assert_eq!(verified.digest(), stored.digest());
    assert_eq!(verified.signatory().client_id, x509_hash(&hospital_der()));
    assert_eq!(verified.signatory().shown.zh_hant, "海港醫院");
    assert_eq!(verified.claim().key, public("ephemeral"));
    let again = StoredClaim::read(verified.text()).unwrap();
    assert_eq!((again.client_id(), again.claim().vlc), (stored.client_id(), [7; 32]));
    let signing = Claim { key: public("hospital"), ..claim() };
    let refused = signing.sign(&[hospital_der()], &hospital(), &key_id("hospital"));
    assert_eq!(refused.err(), Some(OfferError::KeySigns.into()));
}

#[test]
fn row_51_a_key_statement_must_be_of_its_verifier_and_last() {
    let text = statement(60 * 86_400).unwrap();
    let verified = UnverifiedKeyStatement::parse(&text).unwrap().verify(&view(), NOW).unwrap();
    assert_eq!(verified.key(), &public("mailbox"));
    let client = x509_hash(&hospital_der());
    assert_eq!(verified.check_for(&client, NOW.plus(60 * 86_400)), Ok(()));
    assert_eq!(verified.check_for(&client, NOW.plus(60 * 86_400 + 1)), Err(OfferError::KeyEndsEarlier));
    assert_eq!(verified.check_for("x509_hash:other", NOW), Err(OfferError::OtherVerifier));
    assert_eq!(statement(90 * 86_400 + 1).err(), Some(OfferError::BadTimes.into()));
    let signing = KeyStatement { key: public("hospital"), iat: NOW, exp: NOW.plus(60) };
    let refused = signing.sign(&[hospital_der()], &hospital(), &key_id("hospital"));
    assert_eq!(refused.err(), Some(OfferError::KeySigns.into()));
    let late = UnverifiedKeyStatement::parse(&text).unwrap().verify(&view(), NOW.plus(60 * 86_400 + 1));
    assert_eq!(late.err(), Some(OfferError::Expired.into()));
}

#[test]
fn row_49_a_request_for_a_relay_is_for_no_other_carrier() {
    let relay = |offer: u8| RelayTarget { origin: ORIGIN.into(), offer: OfferId([offer; 16]) };
    let sign = |target| crate::request::draft().sign_for_relay(target, &hospital(), &key_id("hospital"));
    let text = sign(relay(1)).unwrap().text;
    let verify = |text: &str, carrier| UnverifiedRequest::parse(text).unwrap().verify(&view(), NOW, carrier);
    let verified = verify(&text, Carrier::Relay).unwrap();
    assert_eq!(verified.relay(), Some(&relay(1)));
    assert_eq!(StoredRequest::read(&text).unwrap().relay(), Some(&relay(1)));
    assert_eq!(verify(&text, Carrier::Optic).err(), Some(RequestRule::OtherCarrier.into()));
    let optic = crate::request::draft().sign(&hospital(), &key_id("hospital")).unwrap().text;
    assert_eq!(verify(&optic, Carrier::Relay).err(), Some(RequestRule::OtherCarrier.into()));
    assert_eq!(StoredRequest::read(&optic).unwrap().relay(), None);
    let strange = RelayTarget { origin: "https://user@relay.example".into(), ..relay(1) };
    assert_eq!(sign(strange).err(), Some(RequestRule::BadAudience.into()));
}

/// Writes the files anew: `cargo test -p chop-formats --test trust -- --ignored offer_files`.
#[test]
#[ignore = "makes the files that the other tests read"]
fn make_offer_files() {
    let good = code("relay.example").to_text().unwrap();
    let cbor = base45::decode(&good[6..]).unwrap();
    let in_code = |bytes: &[u8]| format!("CHOP1:{}", base45::encode(bytes));
    let hosted = |host: &str| {
        let mut bytes = vec![0x85, 0x01, 0x60 + u8::try_from(host.len()).unwrap()];
        bytes.extend_from_slice(host.as_bytes());
        bytes.extend_from_slice(&cbor[16..]);
        in_code(&bytes)
    };
    let long_exp = [&cbor[..cbor.len() - 5], &[0x1b, 0, 0, 0, 0], &cbor[cbor.len() - 4..]].concat();
    let link = code("relay.example").to_link();
    let digits = link.split('#').nth(1).unwrap();
    let mut files = vec![
        ("frame", in_code(&[1, 0, 9, 9, 9, 9, 9, 9, 9, 9, 0, 0, 0, 1, 0, 0, 0, 0, 7])),
        ("empty", String::new()),
        ("other-scheme", "shlink:/abc".into()),
        ("too-long", format!("CHOP1:{}", "0".repeat(400))),
        ("base45-group-out-of-range", "CHOP1:GGX".into()),
        ("base45-final-pair-out-of-range", format!("{good}:::")),
        ("base45-length-1-modulo-3", good[..good.len() - 1].to_owned()),
        ("base45-lower-case", good.replace("CHOP1:", "chop1:").to_lowercase().replace("chop1:", "CHOP1:")),
        ("cbor-not-deterministic", in_code(&long_exp)),
        ("cbor-trailing-byte", in_code(&[cbor.as_slice(), &[0]].concat())),
        ("cbor-cut-off", in_code(&cbor[..cbor.len() - 2])),
        ("cbor-map", in_code(&[&[0xa5], &cbor[1..]].concat())),
        ("version-2", in_code(&[&[0x85, 0x02], &cbor[2..]].concat())),
        ("host-with-userinfo", hosted("me@relay.example")),
        ("host-with-usual-port", hosted("relay.example:443")),
        ("host-with-zeros-in-port", hosted("relay.example:0081")),
        ("host-in-punycode", hosted("xn--relay-x.example")),
        ("host-as-number", hosted("192.0.2.7")),
        ("link-of-other-scheme", link.replace("https:", "http:")),
        ("link-with-userinfo", link.replace("relay.", "me@relay.")),
        ("link-with-a-letter", format!("{}a", &link[..link.len() - 1])),
        ("link-cut-off", link[..link.len() - 1].to_owned()),
        ("link-too-large-a-number", format!("https://relay.example/g#{}", "9".repeat(155))),
        ("link-of-version-0", format!("https://relay.example/g#1{}", "0".repeat(154))),
        ("link-with-leading-zero", format!("https://relay.example/g#0{}", &digits[1..])),
    ];
    files.extend(claim_files());
    files.extend(statement_files());
    write_bad("offer", &files.iter().map(|(n, t)| (*n, t.clone().into_bytes())).collect::<Vec<_>>());
}

fn claim_files() -> Vec<(&'static str, String)> {
    let forged = |edit: &dyn Fn(&mut Value, &mut Value)| {
        let mut head = head("chop-claim+jwt");
        let mut payload = json!({
            "iss": x509_hash(&hospital_der()), "aud": ORIGIN, "offer": to_base64url(&[1; 16]),
            "grant": to_base64url(&[9; 32]), "nonce": to_base64url(&[3; 16]), "iat": NOW.0,
            "exp": NOW.0 + 300, "key": jwk::to_value(&public("ephemeral")), "vlc": to_base64url(&[7; 32]),
        });
        edit(&mut head, &mut payload);
        forge_json(&head, &payload, "hospital")
    };
    let paid = |name: &'static str, to: Value| forged(&|_, p| p[name] = to.clone());
    let other = forge_json(&head("chop-claim+jwt"), &json!({}), "impostor");
    assert_eq!(judge(&forged(&|_, _| {})), None);
    vec![
        ("claim-of-other-typ", forged(&|h, _| h["typ"] = json!("chop-ack+jwt"))),
        ("claim-without-certificate", forged(&|h, _| drop(h.as_object_mut().unwrap().remove("x5c")))),
        ("claim-signed-by-another", other),
        (
            "claim-of-other-client",
            paid("iss", json!("x509_hash:ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")),
        ),
        ("claim-at-other-relay", paid("aud", json!("https://other.example"))),
        ("claim-of-other-offer", paid("offer", json!(to_base64url(&[2; 16])))),
        ("claim-of-other-grant", paid("grant", json!(to_base64url(&[8; 32])))),
        ("claim-with-short-nonce", paid("nonce", json!("AAAA"))),
        ("claim-of-an-hour", paid("exp", json!(NOW.0 + 3600))),
        ("claim-ended", forged(&|_, p| (p["iat"], p["exp"]) = (json!(NOW.0 - 400), json!(NOW.0 - 100)))),
        (
            "claim-from-the-future",
            forged(&|_, p| (p["iat"], p["exp"]) = (json!(NOW.0 + 400), json!(NOW.0 + 500))),
        ),
        ("claim-with-signing-key", paid("key", jwk::to_value(&public("hospital")))),
        ("claim-with-other-curve", paid("key", json!({"kty": "OKP", "crv": "X25519", "x": "AA"}))),
        ("claim-with-unknown-member", paid("scope", json!("all"))),
    ]
}

fn statement_files() -> Vec<(&'static str, String)> {
    let forged = |edit: &dyn Fn(&mut Value, &mut Value)| {
        let mut head = head("chop-key+jwt");
        let mut key = jwk::to_value(&public("mailbox"));
        key["use"] = json!("enc");
        key["alg"] = json!("ECDH-ES");
        key["kid"] = json!(encryption_kid(&public("mailbox")));
        let mut payload = json!({
            "iss": x509_hash(&hospital_der()), "iat": NOW.0, "exp": NOW.0 + 30 * 86_400, "key": key,
        });
        edit(&mut head, &mut payload);
        forge_json(&head, &payload, "hospital")
    };
    assert_eq!(judge(&forged(&|_, _| {})), None);
    let signing = |p: &mut Value| {
        let mut key = jwk::to_value(&public("hospital"));
        key["use"] = json!("enc");
        key["alg"] = json!("ECDH-ES");
        key["kid"] = json!(encryption_kid(&public("hospital")));
        p["key"] = key;
    };
    vec![
        ("key-ended", forged(&|_, p| (p["iat"], p["exp"]) = (json!(NOW.0 - 9), json!(NOW.0 - 1)))),
        ("key-of-91-days", forged(&|_, p| p["exp"] = json!(NOW.0 + 91 * 86_400))),
        ("key-of-other-client", forged(&|_, p| p["iss"] = json!("x509_san_dns:clinic.example"))),
        ("key-that-signs", forged(&|_, p| signing(p))),
        ("key-for-signing", forged(&|_, p| p["key"]["use"] = json!("sig"))),
        ("key-of-other-name", forged(&|_, p| p["key"]["kid"] = json!("other"))),
        ("key-that-ends-before-the-offer", forged(&|_, p| p["exp"] = json!(NOW.0 + 60))),
        ("key-from-the-future", forged(&|_, p| p["iat"] = json!(NOW.0 + 400))),
    ]
}

fn judge(text: &str) -> Option<&'static str> {
    if !text.starts_with("ey") {
        return code_of(OfferCode::parse(text));
    }
    let head = text.split('.').next().unwrap();
    let head = String::from_utf8(chop_crypto::encoding::from_base64url(head).unwrap()).unwrap();
    if head.contains("chop-key+jwt") {
        let checked = UnverifiedKeyStatement::parse(text).and_then(|key| {
            let key = key.verify(&view(), NOW)?;
            Ok::<_, OfferRefusal>(key.check_for(&x509_hash(&hospital_der()), NOW.plus(3600))?)
        });
        return code_of(checked);
    }
    code_of(UnverifiedClaim::parse(text).and_then(|claim| claim.verify(&view(), &expected(), NOW)))
}

fn head(typ: &str) -> Value {
    json!({"alg": "ES256", "typ": typ, "x5c": [chop_crypto::encoding::to_base64(&hospital_der())]})
}

fn statement(seconds: i64) -> Result<String, OfferRefusal> {
    let statement = KeyStatement { key: public("mailbox"), iat: NOW, exp: NOW.plus(seconds) };
    statement.sign(&[hospital_der()], &hospital(), &key_id("hospital"))
}

fn claim() -> Claim {
    Claim {
        aud: ORIGIN.into(),
        offer: OfferId([1; 16]),
        grant: [9; 32],
        nonce: to_base64url(&[3; 16]),
        iat: NOW,
        exp: NOW.plus(300),
        key: public("ephemeral"),
        vlc: [7; 32],
    }
}

fn expected() -> ExpectedClaim {
    ExpectedClaim { aud: ORIGIN.into(), offer: OfferId([1; 16]), grant: [9; 32] }
}

fn hospital() -> NamedKeys {
    NamedKeys::new(&[("hospital", KeyPurpose::Verifier)])
}

fn keys(seed: u8) -> OfferKeys {
    OfferKeys::derive(&Secret::new([seed; 32])).unwrap()
}

fn code(host: &str) -> OfferCode {
    OfferCode {
        relay: RelayHost::parse(host).unwrap(),
        key: Secret::new(sha256(b"k_qr")),
        grant: [9; 32],
        exp: Some(UnixTime(NOW.0 + 600)),
    }
}

const ORIGIN: &str = "https://relay.example";
