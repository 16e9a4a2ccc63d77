//! The bad files of `testdata/request`, made once and kept.

use chop_formats::jose::jwk;
use serde_json::{Value, json};

use crate::checks::write_bad;
use crate::keys::{forge, forge_json, public};
use crate::pki::{NOW, leaf};
use crate::request::{draft, header, payload};
use crate::trust_list::{certified, hospital_der};

/// Writes the files anew: `cargo test -p chop-formats --test trust -- --ignored request_files`.
#[test]
#[ignore = "makes the files that the other tests read"]
fn make_testdata() {
    let good = payload(draft());
    let head = header(&hospital_der());
    let mut files: Vec<(&str, Vec<u8>)> = Vec::new();
    let mut add = |name, text: String| files.push((name, text.into_bytes()));

    let headed = |edit: &dyn Fn(&mut Value)| {
        let mut head = head.clone();
        edit(&mut head);
        forge_json(&head, &good, "hospital")
    };
    add("wrong-typ.jws", headed(&|h| h["typ"] = json!("JWT")));
    add("grant-typ.jws", headed(&|h| h["typ"] = json!("chop-grant+jwt")));
    add("alg-none.jws", headed(&|h| h["alg"] = json!("none")));
    add("alg-hs256.jws", headed(&|h| h["alg"] = json!("HS256")));
    add("crit.jws", headed(&|h| h["crit"] = json!(["exp"])));
    add(
        "no-certificate.jws",
        headed(&|h| {
            h.as_object_mut().unwrap().remove("x5c");
        }),
    );
    add("no-digital-signature.jws", {
        let mut params = leaf("Harbour Hospital", "NTRHK-12345678", "hospital.example");
        params.key_usages = vec![rcgen::KeyUsagePurpose::KeyAgreement];
        forge_json(&header(&certified(&params, "hospital")), &good, "hospital")
    });
    add("unknown-authority.jws", {
        let params = leaf("Harbour Hospital", "NTRHK-12345678", "hospital.example");
        let foreign = crate::pki::authority("Chop Foreign Root", (2025, 2035));
        let der = crate::pki::issue(&params, &crate::pki::key("hospital"), &foreign);
        forge_json(&header(&der), &good, "hospital")
    });
    add("signed-by-another.jws", forge_json(&head, &good, "stranger"));
    let doubled = serde_json::to_string(&good).unwrap().replacen("{", "{\"nonce\":\"x\",", 1);
    add("doubled-key.jws", forge(&serde_json::to_vec(&head).unwrap(), doubled.as_bytes(), "hospital"));
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(200), "]".repeat(200));
    add("depth-200.jws", forge(&serde_json::to_vec(&head).unwrap(), deep.as_bytes(), "hospital"));
    add("array.jws", forge(&serde_json::to_vec(&head).unwrap(), b"[]", "hospital"));
    add("not-canonical.jws", {
        let text = forge_json(&head, &good, "hospital");
        // 64 bytes end in a character of four bits; a fifth one set is another spelling of the same.
        let last = text.chars().last().unwrap();
        let next = char::from(u8::try_from(last).unwrap() + 1);
        format!("{}{next}", &text[..text.len() - 1])
    });

    let with = |edit: &dyn Fn(&mut Value)| {
        let mut payload = good.clone();
        edit(&mut payload);
        forge_json(&head, &payload, "hospital")
    };
    let without = |pointer: &'static str, name: &'static str| {
        with(&|p| {
            p.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(name);
        })
    };
    add("aud-missing.jws", without("", "aud"));
    add("aud-array.jws", with(&|p| p["aud"] = json!(["https://self-issued.me/v2"])));
    add("aud-other.jws", with(&|p| p["aud"] = json!("https://self-issued.me")));
    add("other-carrier.jws", with(&|p| p["response_mode"] = json!("direct_post.jwt")));
    add("no-response-mode.jws", without("", "response_mode"));
    add("response-type-code.jws", with(&|p| p["response_type"] = json!("code")));
    add("response-uri.jws", with(&|p| p["response_uri"] = json!("https://hospital.example/post")));
    add("redirect-uri.jws", with(&|p| p["redirect_uri"] = json!("https://hospital.example/cb")));
    add("request-uri.jws", with(&|p| p["request_uri"] = json!("https://hospital.example/r")));
    add("request-inside.jws", with(&|p| p["request"] = json!("a.b.c")));
    add("transaction-data.jws", with(&|p| p["transaction_data"] = json!(["e30"])));
    add("scope.jws", with(&|p| p["scope"] = json!("com.example.health")));
    add("state.jws", with(&|p| p["state"] = json!("abc")));
    add("nonce-missing.jws", without("", "nonce"));
    add("nonce-short.jws", with(&|p| p["nonce"] = json!("n-0S6_WzA2Mj")));
    add("nonce-not-base64url.jws", with(&|p| p["nonce"] = json!("AAAAAAAAAAAAAAAAAAAAA.")));
    add("exp-missing.jws", without("", "exp"));
    add("exp-before-iat.jws", with(&|p| p["exp"] = json!(NOW.0 - 1)));
    add("exp-301-seconds.jws", with(&|p| p["exp"] = json!(NOW.0 + 301)));
    add("nbf-later.jws", with(&|p| p["nbf"] = json!(NOW.0 + 1)));
    add(
        "expired.jws",
        with(&|p| {
            p["iat"] = json!(NOW.0 - 301);
            p["exp"] = json!(NOW.0 - 1);
        }),
    );
    add(
        "from-the-future.jws",
        with(&|p| {
            p["iat"] = json!(NOW.0 + 301);
            p["exp"] = json!(NOW.0 + 400);
        }),
    );
    add("client-id-missing.jws", without("", "client_id"));
    add("client-id-without-prefix.jws", with(&|p| p["client_id"] = json!("hospital.example")));
    add(
        "client-id-redirect-uri.jws",
        with(&|p| p["client_id"] = json!("redirect_uri:https://hospital.example")),
    );
    add("client-id-origin.jws", with(&|p| p["client_id"] = json!("origin:https://hospital.example")));
    add(
        "client-id-other-hash.jws",
        with(&|p| p["client_id"] = json!("x509_hash:ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")),
    );
    add("client-id-other-dns-name.jws", with(&|p| p["client_id"] = json!("x509_san_dns:clinic.example")));
    add("no-query.jws", without("", "dcql_query"));
    add(
        "wildcard.jws",
        with(&|p| p["dcql_query"]["credentials"][0]["claims"][0]["path"] = json!(["a", null])),
    );
    add("no-metadata.jws", without("", "client_metadata"));
    add("no-encryption-key.jws", with(&|p| p["client_metadata"]["jwks"]["keys"] = json!([])));
    add(
        "two-encryption-keys.jws",
        with(&|p| {
            let key = p["client_metadata"]["jwks"]["keys"][0].clone();
            p["client_metadata"]["jwks"]["keys"] = json!([key.clone(), key]);
        }),
    );
    add(
        "encryption-key-signs.jws",
        with(&|p| {
            for (name, value) in jwk::to_value(&public("hospital")).as_object().unwrap() {
                p["client_metadata"]["jwks"]["keys"][0][name] = value.clone();
            }
        }),
    );
    let keyed = |name: &'static str, value: Value| {
        with(&|p| p["client_metadata"]["jwks"]["keys"][0][name] = value.clone())
    };
    add("encryption-key-other-alg.jws", keyed("alg", json!("ECDH-ES+A256KW")));
    add("encryption-key-other-use.jws", keyed("use", json!("sig")));
    add("encryption-key-p384.jws", keyed("crv", json!("P-384")));
    add("encryption-key-private.jws", keyed("d", json!("AA")));
    add("encryption-key-without-kid.jws", without("/client_metadata/jwks/keys/0", "kid"));
    add(
        "enc-a128gcm.jws",
        with(&|p| p["client_metadata"]["encrypted_response_enc_values_supported"] = json!(["A128GCM"])),
    );
    add("enc-missing.jws", without("/client_metadata", "encrypted_response_enc_values_supported"));
    add(
        "format-missing.jws",
        with(&|p| p["client_metadata"]["vp_formats_supported"] = json!({"mso_mdoc": {}})),
    );
    add(
        "format-other-alg.jws",
        with(&|p| {
            p["client_metadata"]["vp_formats_supported"]["dc+sd-jwt"]["kb-jwt_alg_values"] = json!(["ES384"])
        }),
    );
    add("no-use-terms.jws", without("", "verifier_info"));
    add(
        "use-terms-of-other-format.jws",
        with(&|p| p["verifier_info"][0]["format"] = json!("urn:chop:use-terms:2")),
    );
    add(
        "two-use-terms.jws",
        with(&|p| {
            let info = p["verifier_info"][0].clone();
            p["verifier_info"] = json!([info.clone(), info]);
        }),
    );
    add("use-terms-for-a-part.jws", with(&|p| p["verifier_info"][0]["credential_ids"] = json!(["ips"])));
    add("use-terms-as-text.jws", with(&|p| p["verifier_info"][0]["data"] = json!("e30")));
    let term = |edit: &dyn Fn(&mut Value)| with(&|p| edit(&mut p["verifier_info"][0]["data"]));
    add("no-purpose.jws", without("/verifier_info/0/data", "purpose"));
    add("blank-purpose.jws", term(&|t| t["purpose"]["text"]["pt"] = json!(" ")));
    add("no-scene.jws", without("/verifier_info/0/data/purpose", "scene"));
    add("blank-scene.jws", term(&|t| t["purpose"]["scene"] = json!("")));
    add("no-contact.jws", without("/verifier_info/0/data", "contact"));
    add("contact-out-of-reach.jws", term(&|t| t["contact"] = json!({"name": "Data office"})));
    add("no-retention.jws", without("/verifier_info/0/data", "retention"));
    add("no-actions.jws", term(&|t| t["actions"] = json!([])));
    add("unknown-action.jws", term(&|t| t["actions"] = json!(["sell"])));
    add("unknown-term.jws", term(&|t| t["also"] = json!("more")));
    add("name-turns-direction.jws", term(&|t| t["recipient"]["en"] = json!("Harbour \u{202e}Hospital")));
    add("name-overlong.jws", term(&|t| t["recipient"]["en"] = json!("H".repeat(201))));
    add("purpose-invisible.jws", term(&|t| t["purpose"]["text"]["en"] = json!("Con\u{200b}sultation")));
    add("names-disagree.jws", term(&|t| t["recipient"]["en"] = json!("Hill Hospital")));
    add("legal-id-disagrees.jws", term(&|t| t["legal_id"]["value"] = json!("99999999")));
    add("no-vlc.jws", without("", "vlc"));
    add("vlc-31-bytes.jws", with(&|p| p["vlc"] = json!(chop_crypto::encoding::to_base64url(&[7; 31]))));
    write_bad("request", &files);
}
