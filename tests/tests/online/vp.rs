//! OpenID4VP by a link: the walk, and rows 1, 2, 11 to 13, 15, 21, 23, 25, 26 and 49 for it.

use chop_core::flow::State;
use chop_core::flow::online::{Receipt, Verdict};
use chop_core::{HttpAnswer, Method};
use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::{AgreementKey, Secret, SigningDomain, sha256};
use chop_formats::content::{Content, ContentFile, seal_content};
use chop_formats::jose::jwe::{Enc, UnverifiedJwe, encrypt_with};
use chop_formats::jose::jwk;
use chop_formats::openid4vp::FetchBy;
use chop_formats::proof_pack::{CheckInputs, UnverifiedPack};
use chop_formats::request::match_number;
use chop_model::Lang;
use chop_tests::world::{Authority, CONSENT, VERIFIER, World, header_of, logged_kinds, payload_of, twin};
use chop_vault::table::secret::{self, SecretKind};
use serde_json::{Value, json};

use crate::scene::{
    Fetched, HOST, answered, body, consent, fetched, fetched_with, link, receipts_body, refusal, response_of,
    served, stored,
};

#[test]
fn a_link_is_answered_and_signed_for() {
    for by in [FetchBy::Post, FetchBy::Get] {
        let world = World::new();
        let fetched = fetched(&world, by);
        let answer = answered(&world, &fetched);
        assert_eq!(
            (answer.call().method, answer.call().url.as_str()),
            (Method::Post, &*format!("{HOST}/answer/1"))
        );
        let taken = world.hospital.take_answer(&response_of(&answer)).unwrap();
        let Verdict::Accepted(received) = &taken.verdict else { panic!("refused") };
        assert_eq!((received.credentials.len(), received.files.len()), (4, 1));
        assert_eq!(received.files[0].bytes, chop_tests::world::LETTER);
        let given = answer.exchange();
        let outcome = world.resident.settle(answer, &body(200, &receipts_body(&taken.receipts))).unwrap();
        assert_eq!(outcome.receipt, Receipt::Used);
        assert_eq!(world.resident.exchange_view(&given).unwrap().state, State::Used);
        assert_eq!(world.hospital.exchange_view(&taken.exchange).unwrap().state, State::Accepted);
        // What was taken can be read again, the record holds, and a proof of it convinces a stranger.
        assert_eq!(world.hospital.received(&taken.exchange).unwrap().credentials.len(), 4);
        for space in [&world.resident, &world.hospital] {
            assert!(space.audit(&mut |_, _| {}).unwrap().is_clean());
        }
        for (space, id) in [(&world.resident, given), (&world.hospital, taken.exchange)] {
            let pack = space.prove(&id, false).unwrap();
            let trust = world.resident.trust().unwrap();
            let inputs = CheckInputs { trust: Some(&trust), log_key: None };
            UnverifiedPack::read(&pack).unwrap().check(&inputs).unwrap();
        }
    }
}

#[test]
fn terms_go_into_transaction_data_only_where_the_wallet_said_so() {
    let world = World::new();
    let by_post = fetched(&world, FetchBy::Post);
    let payload = payload_of(&by_post.request.text);
    assert!(payload.get("verifier_info").is_none());
    let entry = payload["transaction_data"][0].as_str().unwrap().to_owned();
    let said: Value = serde_json::from_slice(&from_base64url(&entry).unwrap()).unwrap();
    assert_eq!(said["type"], "urn:chop:use-terms:1");
    assert_eq!(said["credential_ids"].as_array().unwrap().len(), 4);
    let answer = answered(&world, &by_post);
    let agreed = key_bindings(&world, &by_post, &response_of(&answer));
    let hashes: Vec<_> = agreed.iter().filter_map(|kb| kb.get("transaction_data_hashes")).collect();
    assert_eq!(hashes, [&json!([to_base64url(&sha256(entry.as_bytes()))])]);
    assert!(agreed.iter().all(|kb| kb["chop_grant"].is_string()));

    let world = World::new();
    let by_get = fetched(&world, FetchBy::Get);
    let payload = payload_of(&by_get.request.text);
    assert!(payload.get("transaction_data").is_none() && payload["verifier_info"].is_array());
    let answer = answered(&world, &by_get);
    let agreed = key_bindings(&world, &by_get, &response_of(&answer));
    assert!(agreed.iter().all(|kb| kb.get("transaction_data_hashes").is_none()));

    // Who fetched by GET declared nothing, and one type is known.
    let world = World::new();
    let with_entry = |edit: fn(&mut Value)| {
        let mut entry = said.clone();
        edit(&mut entry);
        let entry = to_base64url(entry.to_string().as_bytes());
        move |p: &mut Value| {
            p["transaction_data"] = json!([entry]);
            p.as_object_mut().unwrap().remove("verifier_info");
        }
    };
    let unknown = Some("request.transaction-data");
    assert_eq!(refusal(&world, FetchBy::Get, with_entry(|_| {})), unknown);
    assert_eq!(refusal(&world, FetchBy::Post, with_entry(|_| {})), None);
    assert_eq!(refusal(&world, FetchBy::Post, with_entry(|e| e["type"] = json!("urn:other:1"))), unknown);
    let other_hash = |e: &mut Value| e["transaction_data_hashes_alg"] = json!(["sha-512"]);
    assert_eq!(refusal(&world, FetchBy::Post, with_entry(other_hash)), unknown);
    let two = |p: &mut Value| p["transaction_data"] = json!([p["transaction_data"][0], "e30"]);
    assert_eq!(refusal(&world, FetchBy::Post, two), unknown);
    let both = |p: &mut Value| {
        p["verifier_info"] = json!([{ "format": "urn:chop:use-terms:1", "data": {} }]);
    };
    assert_eq!(refusal(&world, FetchBy::Post, both), Some("request.several-use-terms"));
    let part = with_entry(|e| e["credential_ids"] = json!(["summary"]));
    assert_eq!(refusal(&world, FetchBy::Post, part), Some("request.bad-use-terms"));
}

#[test]
fn a_request_that_says_nothing_about_the_use_is_refused() {
    let world = World::new();
    let silent = |p: &mut Value| {
        p.as_object_mut().unwrap().remove("verifier_info");
    };
    assert_eq!(refusal(&world, FetchBy::Get, silent), Some("request.no-use-terms"));
}

#[test]
fn row_01_a_link_in_somebodys_name_shows_nothing() {
    let world = World::new();
    let stranger = world.stranger("sticker");
    let own = Authority::new("Sticker Authority");
    let key = stranger.verifier_key().unwrap();
    let leaf = own.leaf(&chop_core::samples::hospital(), "hospital.example.invalid", &key);
    stranger.certify(std::slice::from_ref(&leaf)).unwrap();
    // The link names the hospital, the request is somebody else's.
    let change = |text: String| {
        let mut header = header_of(&text);
        header["x5c"] = json!([chop_crypto::encoding::to_base64(&leaf)]);
        let keystore = stranger.ports().keystore.as_ref();
        let key = stranger.key_named(VERIFIER);
        chop_tests::world::sign(keystore, &key, SigningDomain::Request, &header, &payload_of(&text))
    };
    let asked = fetched_with(&world, FetchBy::Post, change).asked;
    assert_eq!(world.resident.look_online(&asked).unwrap_err().code(), "x509.unknown-anchor");
    // A genuine request behind a link that names somebody else.
    let other = link(&world, FetchBy::Post).replace("x509_hash%3A", "x509_hash%3AA");
    let (fetch, call) = world.resident.fetch(&other).unwrap();
    let request = crate::scene::ask(&world, &call, &chop_tests::world::everything());
    let asked = fetch.take(&served(request.text)).unwrap();
    assert_eq!(world.resident.look_online(&asked).unwrap_err().code(), "request.other-client");
}

#[test]
fn row_02_a_forwarded_request_is_named_as_one_and_needs_the_number_of_the_other_screen() {
    let world = World::new();
    let Fetched { asked, request, .. } = fetched(&world, FetchBy::Post);
    let prompt = world.resident.look_online(&asked).unwrap();
    let nonce = payload_of(&request.text)["wallet_nonce"].as_str().unwrap().to_owned();
    let number = match_number(&sha256(request.text.as_bytes()), Some(&nonce));
    assert_eq!((prompt.arrival().number(), &number), (Some(request.number.as_str()), &request.number));
    for lang in Lang::ALL {
        let page = prompt.page(&Default::default(), lang).unwrap().notice.to_text();
        assert!(page.contains(&number), "{}", lang.tag());
    }
    // The number is part of what is agreed to, and typed; without it nothing is spent.
    for typed in ["", "1", &format!("{:02}", (number.parse::<u32>().unwrap() + 1) % 100)] {
        let error = world.resident.answer_online(consent(&world, &asked), typed).unwrap_err();
        assert_eq!(error.code(), "online.other-number");
    }
    assert!(!logged_kinds(&world.resident).contains(&"spent"));
    // Nobody answers a link by cameras, and no camera's request by a link.
    let error = world.resident.grant(consent(&world, &asked)).unwrap_err();
    assert_eq!(error.code(), "request.other-carrier");
    let by_camera = world.consent(&world.request());
    assert_eq!(world.resident.answer_online(by_camera, "00").unwrap_err().code(), "request.other-carrier");
    assert!(world.resident.answer_online(consent(&world, &asked), &number).is_ok());
}

#[test]
fn row_11_a_presentation_without_key_binding_is_not_taken() {
    let cut = |tokens: &mut Value| {
        for texts in tokens.as_object_mut().unwrap().values_mut() {
            let text = texts[0].as_str().unwrap();
            texts[0] = json!(format!("{}~", text.rsplit_once('~').unwrap().0));
        }
    };
    // What is not what the holder signed for is not even signed as refused.
    assert_eq!(tampered(cut, false), Err("presentation.not-granted"));
    // A holder who signs for it is refused by name.
    assert_eq!(tampered(cut, true), Err("refused"));
}

#[test]
fn row_12_the_answer_is_for_one_verifier_by_its_whole_name() {
    let world = World::new();
    let fetched = fetched(&world, FetchBy::Post);
    let client_id = stored(&fetched.request).client_id().to_owned();
    let answer = answered(&world, &fetched);
    for binding in key_bindings(&world, &fetched, &response_of(&answer)) {
        assert_eq!(binding["aud"], json!(client_id));
        assert!(client_id.starts_with("x509_hash:"));
        assert_eq!(binding["nonce"], json!(stored(&fetched.request).nonce()));
    }
    for aud in [json!(["https://self-issued.me/v2"]), json!("x"), Value::Null] {
        assert_eq!(
            refusal(&world, FetchBy::Post, |p| p["aud"] = aud.clone()),
            Some("request.bad-audience"),
            "{aud}"
        );
    }
    for id in
        ["redirect_uri:https://hospital.example.invalid", "hospital.example.invalid", "origin:https://a"]
    {
        let code = refusal(&world, FetchBy::Post, |p| p["client_id"] = json!(id));
        assert_eq!(code, Some("request.unknown-client-id"), "{id}");
    }
}

#[test]
fn row_13_what_travels_is_exactly_what_was_granted() {
    let drop_one = |tokens: &mut Value| {
        let text = tokens["transcript"][0].as_str().unwrap().to_owned();
        let mut parts: Vec<_> = text.split('~').collect();
        parts.remove(1);
        tokens["transcript"][0] = json!(parts.join("~"));
    };
    assert_eq!(tampered(drop_one, false), Err("presentation.not-granted"));
    assert_eq!(tampered(drop_one, true), Err("refused"));
    let lose_one = |tokens: &mut Value| {
        tokens.as_object_mut().unwrap().remove("summary");
    };
    assert_eq!(tampered(lose_one, false), Err("presentation.not-granted"));
    assert_eq!(tampered(lose_one, true), Err("refused"));
    assert_eq!(tampered(|_| {}, false), Ok(()));
    assert_eq!(tampered(|_| {}, true), Ok(()));
}

#[test]
fn row_21_fetching_and_declining_tell_nothing_of_what_is_held() {
    let world = World::new();
    let poor = world.stranger("empty");
    poor.set_place(chop_model::Jurisdiction::Hk).unwrap();
    poor.add_trust(&world.list, &world.fingerprint()).unwrap();
    let link = link(&world, FetchBy::Post);
    let shape = |wallet: &chop_core::Wallet| {
        let (_, call) = wallet.fetch(&link).unwrap();
        let form = chop_formats::web_form::read(std::str::from_utf8(&call.body).unwrap()).unwrap();
        (call.url, call.body.len(), form["wallet_metadata"].clone())
    };
    assert_eq!(shape(&world.resident), shape(&poor));
    // Nothing held, or no: neither makes a call; a value that is asked for and not met looks like nothing held.
    let Fetched { asked, .. } = fetched(&world, FetchBy::Post);
    let prompt = poor.look_online(&asked).unwrap();
    assert!(prompt.queries().iter().all(|query| query.candidates.is_empty()));
    let prompt = world.resident.look_online(&asked).unwrap();
    world.resident.decline(prompt).unwrap();
    assert_eq!(world.resident.look_online(&asked).unwrap_err().code(), "request.answered-before");
}

#[test]
fn row_23_the_answer_goes_to_the_askers_own_host_and_is_never_sent_on() {
    let world = World::new();
    for elsewhere in [
        "https://evil.example/answer",
        "https://hospital.example.invalid.evil.example/a",
        "https://hospital.example.invalid@evil.example/",
        "http://hospital.example.invalid/",
        "https://10.0.0.1/",
        "javascript:alert(1)",
        "https://hospital.example.invalid\\.evil.example/",
    ] {
        let code = refusal(&world, FetchBy::Post, |p| p["response_uri"] = json!(elsewhere));
        assert_eq!(code, Some("request.answer-elsewhere"), "{elsewhere}");
    }
    for name in ["redirect_uri", "redirect_uris"] {
        let code = refusal(&world, FetchBy::Post, |p| p[name] = json!(HOST));
        assert_eq!(code, Some("request.answer-elsewhere"));
    }
    let nowhere = |p: &mut Value| {
        p.as_object_mut().unwrap().remove("response_uri");
    };
    assert_eq!(refusal(&world, FetchBy::Post, nowhere), Some("request.no-answer-address"));
    for status in [301, 302, 303, 307, 308] {
        let (fetch, _) = world.resident.fetch(&link(&world, FetchBy::Post)).unwrap();
        let moved = HttpAnswer { status, content_type: String::new(), body: Vec::new() };
        assert_eq!(fetch.take(&moved).unwrap_err().code(), "online.redirect");
        let answer = answered(&world, &fetched(&world, FetchBy::Post));
        let id = answer.exchange();
        let error = world.resident.settle(answer, &moved).unwrap_err();
        assert_eq!((error.code(), error.data_left()), ("online.redirect", chop_core::DataLeft::Unknown));
        assert_eq!(world.resident.exchange_view(&id).unwrap().state, State::Sent);
    }
}

#[test]
fn row_25_a_fetched_request_lives_as_long_as_any() {
    let world = World::new();
    let Fetched { asked, .. } = fetched(&world, FetchBy::Post);
    for (seconds, code) in
        [(299, None), (2, Some("request.expired")), (-301 - 300, None), (-1, Some("request.from-the-future"))]
    {
        world.clock.move_by(seconds);
        let judged = world.resident.look_online(&asked).err().map(|error| error.code());
        assert_eq!(judged, code, "{seconds}");
    }
    world.clock.move_by(301);
    let long = |p: &mut Value| p["exp"] = json!(p["iat"].as_i64().unwrap() + 301);
    assert_eq!(refusal(&world, FetchBy::Post, long), Some("request.lives-too-long"));
}

#[test]
fn row_26_a_fetched_request_is_answered_once_and_its_bytes_may_go_again() {
    let world = World::new();
    let fetched = fetched(&world, FetchBy::Post);
    let answer = answered(&world, &fetched);
    let (id, first) = (answer.exchange(), response_of(&answer));
    world.resident.unsettled(answer).unwrap();
    assert_eq!(world.resident.look_online(&fetched.asked).unwrap_err().code(), "request.answered-before");
    let again = world.resident.answer_again(&id).unwrap();
    assert_eq!(response_of(&again), first);
    assert_eq!(world.resident.withdraw(&id).unwrap_err().code(), "exchange.already-released");
    let taken = world.hospital.take_answer(&first).unwrap();
    // The verifier takes one answer to its nonce, and gives the same receipts for the same bytes.
    assert_eq!(world.hospital.take_answer(&first).unwrap().receipts, taken.receipts);
    world.resident.settle(again, &body(200, &receipts_body(&taken.receipts))).unwrap();
    assert_eq!(world.resident.answer_again(&id).unwrap_err().code(), "exchange.wrong-step");
    // The twin of the request's signature is the same request.
    let bytes = fetched.asked.to_bytes();
    let text = String::from_utf8(bytes).unwrap().replace(&fetched.request.text, &twin(&fetched.request.text));
    let asked = chop_core::flow::online::Asked::from_bytes(text.as_bytes()).unwrap();
    assert_eq!(world.resident.look_online(&asked).unwrap_err().code(), "request.answered-before");
}

#[test]
fn row_49_a_request_by_reference_must_be_made_for_this_fetch() {
    let world = World::new();
    let other = |p: &mut Value| p["wallet_nonce"] = json!("AAAAAAAAAAAAAAAAAAAAAA");
    assert_eq!(refusal(&world, FetchBy::Post, other), Some("request.other-wallet-nonce"));
    assert_eq!(refusal(&world, FetchBy::Get, other), Some("request.other-wallet-nonce"));
    let none = |p: &mut Value| {
        p.as_object_mut().unwrap().remove("wallet_nonce");
    };
    assert_eq!(refusal(&world, FetchBy::Post, none), Some("request.other-wallet-nonce"));
    for mode in ["direct_post", "chop_optic.jwt", "dc_api.jwt", "fragment"] {
        let code = refusal(&world, FetchBy::Post, |p| p["response_mode"] = json!(mode));
        assert_eq!(code, Some("request.other-carrier"), "{mode}");
    }
    for name in ["request", "request_uri"] {
        let code = refusal(&world, FetchBy::Post, |p| p[name] = json!("https://hospital.example.invalid/r"));
        assert_eq!(code, Some("request.by-reference"));
    }
    // R of cameras behind a link, and R of a link before a camera.
    let (fetch, _) = world.resident.fetch(&link(&world, FetchBy::Get)).unwrap();
    let asked = fetch.take(&served(world.request())).unwrap();
    assert_eq!(world.resident.look_online(&asked).unwrap_err().code(), "request.other-carrier");
    let fetched = fetched(&world, FetchBy::Get);
    assert_eq!(world.resident.look(&fetched.request.text).unwrap_err().code(), "request.other-carrier");
    // What is no request at all.
    let (fetch, _) = world.resident.fetch(&link(&world, FetchBy::Get)).unwrap();
    let page = HttpAnswer { status: 200, content_type: "text/html".into(), body: b"<html>".to_vec() };
    assert_eq!(fetch.take(&page).unwrap_err().code(), "online.other-media");
    let (fetch, _) = world.resident.fetch(&link(&world, FetchBy::Get)).unwrap();
    assert_eq!(fetch.take(&body(404, &json!({}))).unwrap_err().code(), "online.refused");
}

#[test]
fn an_answer_without_receipt_is_called_one() {
    let world = World::new();
    let answer = answered(&world, &fetched(&world, FetchBy::Post));
    let id = answer.exchange();
    let outcome = world.resident.settle(answer, &body(200, &json!({ "redirect_uri": "https://a.example" })));
    assert_eq!(outcome.unwrap().receipt, Receipt::None);
    assert_eq!(world.resident.exchange_view(&id).unwrap().state, State::Delivered);
    assert!(!logged_kinds(&world.resident).contains(&"used"));
}

#[test]
fn a_receipt_of_another_exchange_is_none() {
    let world = World::new();
    let (one, other) = (fetched(&world, FetchBy::Post), fetched(&world, FetchBy::Post));
    let (one, other) = (answered(&world, &one), answered(&world, &other));
    let taken = world.hospital.take_answer(&response_of(&other)).unwrap();
    let outcome = world.resident.settle(one, &body(200, &receipts_body(&taken.receipts))).unwrap();
    assert_eq!(outcome.receipt, Receipt::Bad("receipt.wrong-audience").or_grant(&outcome.receipt));
    assert_eq!(world.resident.exchange_view(&outcome.exchange).unwrap().state, State::Delivered);
}

#[test]
fn an_answer_is_sealed_as_the_verifier_takes_it() {
    let world = World::new();
    for (supported, enc) in [
        (json!(["A256GCM"]), Enc::A256Gcm),
        (json!(["A128GCM"]), Enc::A128Gcm),
        (json!(["A128GCM", "A256GCM"]), Enc::A256Gcm),
        (Value::Null, Enc::A128Gcm),
    ] {
        let change = |text: String| {
            world.hospital.resign(VERIFIER, SigningDomain::Request, &text, |p| {
                let metadata = p["client_metadata"].as_object_mut().unwrap();
                metadata.remove("encrypted_response_enc_values_supported");
                if !supported.is_null() {
                    metadata.insert("encrypted_response_enc_values_supported".into(), supported.clone());
                }
            })
        };
        let fetched = fetched_with(&world, FetchBy::Post, change);
        let consent = consent(&world, &fetched.asked);
        let prompt_number = consent_number(&fetched);
        let answer = world.resident.answer_online(consent, &prompt_number).unwrap();
        let jwe = UnverifiedJwe::parse(&response_of(&answer), 3 << 20).unwrap();
        assert_eq!(jwe.enc(), enc);
        assert_eq!(jwe.kid(), stored(&fetched.request).kid());
    }
    let neither = |p: &mut Value| {
        p["client_metadata"]["encrypted_response_enc_values_supported"] = json!(["A128CBC-HS256"]);
    };
    assert_eq!(refusal(&world, FetchBy::Post, neither), Some("request.bad-encryption"));
}

#[test]
fn a_link_is_read_in_one_way() {
    let world = World::new();
    let good = link(&world, FetchBy::Post);
    let code = |link: &str| world.resident.fetch(link).err().map(|error| error.code());
    assert_eq!(code(&good), None);
    assert_eq!(code(&good.replacen("openid4vp://", "https://wallet.example/open", 1)), None);
    for (bad, expected) in [
        (good.replacen("openid4vp", "mdoc-openid4vp", 1), "link.not-a-link"),
        ("https://hospital.example/".into(), "link.not-a-link"),
        (format!("{good}&client_id=x"), "form.doubled"),
        (good.replace("method=post", "method=put"), "link.unknown-method"),
        ("openid4vp://?client_id=x".into(), "link.by-value"),
        ("openid4vp://?client_id=x&request=e30.e30.AA".into(), "link.by-value"),
        ("openid4vp://?request_uri=https%3A%2F%2Fa.example".into(), "link.no-client"),
        ("openid4vp://?client_id=x&request_uri=http%3A%2F%2Fa.example".into(), "web.not-https"),
        ("openid4vp://?client_id=x&request_uri=https%3A%2F%2Fa%40b.example".into(), "web.not-an-address"),
        (format!("{good}&x={}", "a".repeat(5000)), "link.too-long"),
    ] {
        assert_eq!(code(&bad), Some(expected), "{bad}");
    }
}

/// The number on the resident's page, for a request whose text the hospital does not know.
fn consent_number(fetched: &Fetched) -> String {
    let bytes: Value = serde_json::from_slice(&fetched.asked.to_bytes()).unwrap();
    match_number(&sha256(bytes["request"].as_str().unwrap().as_bytes()), bytes["wallet_nonce"].as_str())
}

/// The opened answer, as JSON.
fn opened(world: &World, fetched: &Fetched, response: &str) -> Value {
    let id = fetched.request.exchange;
    let secret = world.hospital.vault().read(|read| secret::find(read, &id, SecretKind::AgreementKey));
    let key = AgreementKey::from_secret(&secret.unwrap().unwrap()).unwrap();
    let request = stored(&fetched.request);
    let jwe = UnverifiedJwe::parse(response, 3 << 20).unwrap();
    let opened = jwe.open(&key, request.kid(), &request.digest()).unwrap();
    serde_json::from_slice(opened.expose()).unwrap()
}

fn key_bindings(world: &World, fetched: &Fetched, response: &str) -> Vec<Value> {
    let opened = opened(world, fetched, response);
    assert_eq!(opened["state"], "session-1");
    let tokens = opened["vp_token"].as_object().unwrap();
    tokens.values().map(|texts| payload_of(texts[0].as_str().unwrap().rsplit_once('~').unwrap().1)).collect()
}

/// What the hospital says to a genuine answer whose `vp_token` was changed: by somebody with the request's
/// public key, or by the holder, who signs a delivery note for it.
fn tampered(edit: impl FnOnce(&mut Value), by_holder: bool) -> Result<(), &'static str> {
    let world = World::new();
    let fetched = fetched(&world, FetchBy::Post);
    let answer = answered(&world, &fetched);
    let mut parts = opened(&world, &fetched, &response_of(&answer));
    edit(&mut parts["vp_token"]);
    let request = stored(&fetched.request);
    let to =
        jwk::from_value(&payload_of(&fetched.request.text)["client_metadata"]["jwks"]["keys"][0]).unwrap();
    if by_holder {
        let delivery = parts["chop"]["delivery"].as_str().unwrap().to_owned();
        let (ct, vp) = digests(&parts);
        let edit = |note: &mut Value| (note["ct"], note["vp"]) = (json!(ct), json!(vp));
        parts["chop"]["delivery"] =
            json!(world.resident.resign(CONSENT, SigningDomain::Delivery, &delivery, edit));
    }
    let bytes = parts.to_string().into_bytes();
    let text =
        encrypt_with(Enc::A256Gcm, world.random(), (&to, request.kid()), &request.digest(), &bytes).unwrap();
    match world.hospital.take_answer(&text).map(|taken| taken.verdict) {
        Ok(Verdict::Accepted(_)) => Ok(()),
        Ok(Verdict::Refused(_)) => Err("refused"),
        Err(error) => Err(error.code()),
    }
}

/// `h(C)` and `h(P)` of what travels in the open.
fn digests(parts: &Value) -> (String, String) {
    let file = |file: &Value| {
        let bytes = |name: &str| from_base64url(file[name].as_str().unwrap()).unwrap();
        ContentFile {
            seal: bytes("seal").try_into().unwrap(),
            salt: bytes("salt").try_into().unwrap(),
            mime: file["mime"].as_str().unwrap().into(),
            name: file["name"].as_str().unwrap().into(),
            bytes: bytes("bytes"),
        }
    };
    let content = Content {
        presentations: serde_json::from_value(parts["vp_token"].clone()).unwrap(),
        files: parts["chop"]["files"].as_array().unwrap().iter().map(file).collect(),
    };
    let key = from_base64url(parts["chop"]["key"].as_str().unwrap()).unwrap();
    let grant = sha256(parts["chop"]["grant"].as_str().unwrap().as_bytes());
    let binding = seal_content(&Secret::from_slice(&key).unwrap(), &grant, &content).unwrap().binding;
    (to_base64url(&binding.ct), to_base64url(&binding.vp))
}

/// Two exchanges with one verifier differ in grant and request; which is compared first is no promise.
trait OrGrant {
    fn or_grant(self, found: &Receipt) -> Receipt;
}

impl OrGrant for Receipt {
    fn or_grant(self, found: &Receipt) -> Receipt {
        match found {
            Receipt::Bad(code) if code.starts_with("receipt.wrong-") => found.clone(),
            _ => self,
        }
    }
}

#[test]
fn row_47_what_was_withdrawn_is_not_posted_again() {
    let world = World::new();
    let fetched = fetched(&world, FetchBy::Post);
    let answer = answered(&world, &fetched);
    let id = answer.exchange();
    // The network failed: nothing arrived anywhere.
    world.resident.unsettled(answer).unwrap();
    world.resident.withdraw_consent(&id, "changed my mind").unwrap();
    assert_eq!(world.resident.answer_again(&id).unwrap_err().code(), "exchange.withdrawn");
    assert!(world.hospital.exchanges().unwrap().iter().all(|row| row.state != State::Accepted));
}
