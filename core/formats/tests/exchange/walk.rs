//! The optic exchange on the floor of formats: request, envelope, acknowledgement, key and use, each
//! through its QR texts, with a patient summary of HL7's example data. Who decides, stores and logs
//! is the business of floors above.

use crate::parties::{CLIENT, KID, NONCE, NOW, Parties, id, summary_claims};
use chop_crypto::{Digest, Secret, sha256};
use chop_formats::content::{Content, open_content, seal_content};
use chop_formats::delivery::{Delivery, UnverifiedDelivery};
use chop_formats::digest64::B64Digest;
use chop_formats::envelope::{Envelope, open_envelope, seal_envelope};
use chop_formats::frame::{Assembler, KeyBody, Message, MessageKind};
use chop_formats::grant::{AnsweredRequest, UnverifiedGrant};
use chop_formats::receipt::{Ack, Common, Expected, Outcome, Signer, UnverifiedReceipt, Use, sign};
use chop_formats::sd_jwt::{KeyBinding, TypeRule, UnverifiedSdJwt};

/// Everything goes by QR: split, shown out of order, read, put together.
fn by_qr(message: &Message) -> (Message, usize) {
    let mut texts = message.frames().unwrap();
    let count = texts.len();
    texts.reverse();
    let mut assembler = Assembler::new();
    for text in &texts {
        assembler.accept(text).unwrap();
    }
    (assembler.finish().unwrap(), count)
}

fn text_by_qr(kind: MessageKind, text: &str) -> (String, usize) {
    let (message, count) = by_qr(&Message::text(kind, text).unwrap());
    (message.into_text(kind).unwrap(), count)
}

#[test]
fn a_patient_summary_crosses_between_two_screens() {
    let Some(claims) = summary_claims() else { return };
    let parties = Parties::new();
    let mut frames = Vec::new();

    // 1 REQ
    let (request, count) = text_by_qr(MessageKind::Request, &parties.request());
    frames.push(count);
    let req = sha256(request.as_bytes());

    // 2 The holder grants, presents, seals; DATA
    let (grant, record) = parties.grant(&req);
    let presentation = parties.present(&claims, &grant.digest());
    let content =
        Content { presentations: [("summary".to_owned(), vec![presentation])].into(), files: vec![] };
    let key = Secret::new([42; 32]);
    let sealed = seal_content(&key, &grant.digest(), &content).unwrap();
    let delivery = Delivery::of(&grant, id("delivery"), NOW, NOW.plus(600), &sealed.binding);
    let delivery = delivery.sign(&parties.store, &parties.consent.id).unwrap();
    let envelope = Envelope {
        grant: grant.text().to_owned(),
        delivery: delivery.text().to_owned(),
        ciphertext: sealed.ciphertext,
        record: record.bytes().to_vec(),
    };
    let env = seal_envelope(&parties.random, &parties.encryption.public(), KID, &req, &envelope).unwrap();
    let (env, count) = text_by_qr(MessageKind::Data, &env);
    frames.push(count);

    // 3 The verifier reads the whole grant and acknowledges; ACK
    let opened = open_envelope(&env, &parties.encryption, KID, &req).unwrap();
    assert_eq!(opened, envelope);
    let asked = AnsweredRequest { client_id: CLIENT.to_owned(), req, vlc: sha256(b"vlc") };
    let granted = UnverifiedGrant::parse(&opened.grant).unwrap().verify(&asked, NOW).unwrap();
    let delivered = UnverifiedDelivery::parse(&opened.delivery).unwrap().verify(&granted, NOW).unwrap();
    delivered.payload().check_ciphertext(&opened.ciphertext).unwrap();
    let read = chop_formats::consent_record::RecordDocument::read(&opened.record).unwrap();
    read.check_against(granted.payload()).unwrap();
    let binding = delivered.payload().binding();
    let common = Common {
        iss: CLIENT.to_owned(),
        org: "USCC:124400000000000004".to_owned(),
        iat: NOW,
        jti: id("receipt"),
        aud: granted.payload().iss,
        grant: B64Digest(granted.digest()),
        dn: B64Digest(delivered.digest()),
        req: B64Digest(req),
        ct: B64Digest(binding.ct),
        kc: B64Digest(binding.kc),
        hlc: granted.payload().hlc,
        vlc: B64Digest(sha256(b"after")),
    };
    let leaf: Digest = sha256(b"leaf");
    let verifier = &parties.verifier;
    let ack = sign(Ack::new(common.clone()), &leaf, &parties.store, &verifier.id).unwrap();
    let (ack, count) = text_by_qr(MessageKind::Ack, ack.text());
    frames.push(count);

    // 4 The holder checks the acknowledgement and releases the key; KEY
    let signer = Signer { client_id: CLIENT.to_owned(), org: common.org.clone(), leaf };
    let expected = Expected::of(signer, &granted, &delivered);
    let public = verifier.public.p256().unwrap();
    let ack = UnverifiedReceipt::<Ack>::parse(&ack).unwrap().verify(public, &expected, NOW).unwrap();
    let (released, count) = by_qr(&Message::key(KeyBody { key, ack: ack.digest() }));
    frames.push(count);

    // 5 The verifier opens, verifies the presentation under its grant, and says so; USE
    let released = released.into_key().unwrap();
    assert_eq!(released.ack, ack.digest());
    let content = open_content(&released.key, &binding, &opened.ciphertext).unwrap();
    let presentation = UnverifiedSdJwt::parse(&content.presentations["summary"][0]).unwrap();
    let grant_digest = granted.digest();
    let binding_wanted =
        KeyBinding { aud: CLIENT, nonce: NONCE, max_age: Some(300), chop_grant: Some(&grant_digest) };
    let issuer = parties.issuer.public.p256().unwrap();
    let presented = presentation
        .verify_presentation(issuer, TypeRule::Exactly("dc+sd-jwt"), &binding_wanted, NOW)
        .unwrap();
    assert!(presented.claims().get("48765-2").is_some());
    let shown = presented.sd_jwt().disclosure_digests().iter().map(|d| B64Digest(*d)).collect();
    let sd_hash = vec![B64Digest(presented.sd_jwt().sd_hash())];
    let used = Use::new(
        common,
        B64Digest(ack.digest()),
        B64Digest(binding.vp),
        sd_hash,
        shown,
        Outcome::Accepted {},
    );
    let used = sign(used, &leaf, &parties.store, &verifier.id).unwrap();
    let (used, count) = text_by_qr(MessageKind::Use, used.text());
    frames.push(count);
    let after_ack = expected.after(ack.digest());
    UnverifiedReceipt::<Use>::parse(&used).unwrap().verify(public, &after_ack, NOW).unwrap();

    // What a pair of cameras has to bear (protocol.md section 1.3): a summary in 2 to 3 seconds.
    let most = [4, 20, 2, 1, 3];
    assert!(frames.iter().zip(most).all(|(count, most)| *count <= most), "{frames:?}");
}
