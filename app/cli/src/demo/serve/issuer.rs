//! The demo issuer: a clinic and a university behind one address, each with a certificate of its own.
//!
//! ```text
//! GET  /.well-known/openid-credential-issuer, /.well-known/oauth-authorization-server
//! GET  /offer/{id}        the offer by reference
//! POST /token             pre-authorised code and transaction code; three tries
//! POST /nonce             c_nonce, used once
//! POST /credential        one dc+sd-jwt, bound to the proven key
//! POST /notification      what became of it
//! POST /offer/{kind}      a fresh offer: { link, tx_code }
//! GET  /status/{kind}     the Token Status List of what was issued
//! POST /revoke/{kind}     revokes what was issued last: { revoked }
//! ```

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chop_core::plumbing::crypto::encoding::to_base64url;
use chop_core::plumbing::formats::ips::{self, IpsBundle};
use chop_core::plumbing::formats::jose::jws::UnverifiedJws;
use chop_core::plumbing::formats::openid4vci::KeyProof;
use chop_core::plumbing::formats::trust_list::UnverifiedTrustList;
use chop_core::plumbing::formats::{json, status_list, web_form};
use chop_core::samples::{self, Transcript};
use chop_core::{Clock, Error};
use chop_samples::{Authorities, DemoIssuer};
use serde_json::{Value, json as object};

use super::super::authority::{pem, public_key};
use super::issuing::{Desk, Kind};
use super::register::Register;
use super::{Refusal, aside, form_of, json_of, refusal, reply, run, typed};
use crate::args::DemoIssuerArgs;
use crate::edge::SystemClock;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::terminal::{Terminal, json_text};

/// What all handlers share.
struct Office {
    origin: String,
    authorities: Authorities,
    kinds: Vec<Kind>,
    desk: Mutex<Desk>,
}

type Shared = State<Arc<Office>>;

/// Makes the authorities, writes what they hand out, and serves.
pub(crate) fn serve(args: &DemoIssuerArgs, terminal: &Terminal) -> Result<Report, Failure> {
    let origin = format!("http://localhost:{}", args.listen.port());
    let office = Office::open(origin.clone())?;
    let publisher = office.hand_out(args)?;
    let into = args.into.display().to_string();
    let values = [("origin", origin.as_str()), ("folder", &into), ("publisher", &publisher)];
    let greeting = terminal.say().say_with("demo-issuer-serves", &values);
    let office = Arc::new(office);
    run(args.listen, terminal, &greeting, || {
        Router::new()
            .route("/.well-known/openid-credential-issuer", get(metadata))
            .route("/.well-known/oauth-authorization-server", get(server))
            .route("/offer/{id}", get(offer).post(make_offer))
            .route("/token", post(token))
            .route("/nonce", post(nonce))
            .route("/credential", post(credential))
            .route("/notification", post(notification))
            .route("/status/{kind}", get(status))
            .route("/revoke/{kind}", post(revoke))
            .with_state(office)
    })
}

impl Office {
    fn open(origin: String) -> Result<Self, Failure> {
        let authorities = Authorities::make(SystemClock.now())?;
        let clinic = authorities.issuer(samples::clinic(), ips::VCT, "clinic.demo.invalid")?;
        let university =
            authorities.issuer(samples::university(), samples::TRANSCRIPT_VCT, "university.demo.invalid")?;
        let summary = IpsBundle::read(samples::PATIENT_SUMMARY).map_err(Error::from)?;
        let transcript = Transcript::read(samples::TRANSCRIPT).map_err(Error::from)?;
        let kinds = vec![
            Kind {
                name: "summary",
                vct: ips::VCT,
                register: Register::at(format!("{origin}/status/summary")),
                issuer: clinic,
                claims: summary.as_claims(),
                disclosable: summary.disclosable(),
            },
            Kind {
                name: "transcript",
                vct: samples::TRANSCRIPT_VCT,
                register: Register::at(format!("{origin}/status/transcript")),
                issuer: university,
                claims: transcript.claims().clone(),
                disclosable: transcript.disclosable(),
            },
        ];
        Ok(Self { origin, authorities, kinds, desk: Mutex::default() })
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Trust list, certificate, question, and one offer of each kind; the publisher's fingerprint.
    fn hand_out(&self, args: &DemoIssuerArgs) -> Result<String, Failure> {
        files::make_folder(&args.into)?;
        let write = |name: &str, text: &str| -> Result<PathBuf, Failure> {
            let path = args.into.join(name);
            files::write_new(&path, text.as_bytes())?;
            Ok(path)
        };
        let mut verifiers = Vec::new();
        if let Some(jwk) = &args.verifier_jwk {
            let party = samples::hospital();
            let certificate = self.authorities.certify(&party, &public_key(jwk)?, "hospital.demo.invalid")?;
            write("hospital.pem", &pem(&certificate))?;
            verifiers.push((party, certificate));
        }
        let issuers: Vec<&DemoIssuer> = self.kinds.iter().map(|kind| &kind.issuer).collect();
        let list = self.authorities.trust_list(&issuers, &verifiers)?;
        write("demo.chop-trust", &list)?;
        let terms = serde_json::to_value(samples::hospital_terms()).unwrap_or_default();
        write("ask.json", &json_text(&samples::hospital_query()))?;
        write("terms.json", &json_text(&terms))?;
        let mut codes = serde_json::Map::new();
        for (number, kind) in self.kinds.iter().enumerate() {
            let made = self.desk().offer(number);
            let (id, tx_code) = made.map_err(|_| Failure::machine("machine-cannot-listen"))?;
            let link = self.link(&id);
            write(&format!("{}.offer", kind.name), &link)?;
            let picture = args.into.join(format!("{}-offer.png", kind.name));
            files::write_new(&picture, &chop_core::qr::draw(&link)?.png(chop_core::qr::MODULE_PIXELS)?)?;
            codes.insert(kind.name.to_owned(), tx_code.into());
        }
        write("tx-codes.json", &json_text(&codes.into()))?;
        let fingerprint = UnverifiedTrustList::parse(&list).map_err(Error::from)?.fingerprint();
        let publisher = to_base64url(&fingerprint);
        write("publisher.txt", &publisher)?;
        Ok(publisher)
    }

    fn kind(&self, name: &str) -> Result<&Kind, Refusal> {
        let kind = self.kinds.iter().find(|kind| kind.name == name);
        kind.ok_or_else(|| refusal(StatusCode::NOT_FOUND, "not_found"))
    }

    fn link(&self, id: &str) -> String {
        let uri = format!("{}/offer/{id}", self.origin);
        format!("openid-credential-offer://?{}", web_form::write(&[("credential_offer_uri", &uri)]))
    }

    /// Section 8: one credential, for a token, a fresh nonce and a proven key.
    fn issue(&self, token: &str, body: &[u8]) -> Result<Value, Refusal> {
        let bad = |error: &str| refusal(StatusCode::BAD_REQUEST, error);
        let body = json::parse(body, MAX_BODY).map_err(|_| bad("invalid_credential_request"))?;
        let kind = self.desk().use_token(token);
        let kind = kind.and_then(|number| self.kinds.get(number));
        let kind = kind.ok_or_else(|| refusal(StatusCode::UNAUTHORIZED, "invalid_token"))?;
        if body.get("credential_configuration_id").and_then(Value::as_str) != Some(kind.name) {
            return Err(bad("unknown_credential_configuration"));
        }
        let proofs = body.pointer("/proofs/jwt").and_then(Value::as_array);
        let [Value::String(proof)] = proofs.map(Vec::as_slice).unwrap_or_default() else {
            return Err(bad("invalid_proof"));
        };
        let said = UnverifiedJws::parse(proof, MAX_BODY).ok();
        let said =
            said.and_then(|jws| json::parse(jws.dangerous_payload(), MAX_BODY).ok()).unwrap_or_default();
        let nonce = said.get("nonce").and_then(Value::as_str).unwrap_or_default();
        if !self.desk().use_nonce(nonce) {
            return Err(bad("invalid_nonce"));
        }
        let holder = KeyProof::verify(proof, &self.origin, nonce, SystemClock.now());
        let holder = holder.map_err(|_| bad("invalid_proof"))?;
        let mut claims = kind.claims.clone();
        claims.insert("status".into(), kind.register.next());
        let issued = self.authorities.issue(&kind.issuer, claims, &kind.disclosable, &holder);
        let issued = issued.map_err(|_| refusal(StatusCode::INTERNAL_SERVER_ERROR, "server_error"))?;
        let id = self.desk().expect_word()?;
        Ok(object!({ "credentials": [{ "credential": issued }], "notification_id": id }))
    }
}

async fn metadata(State(office): Shared) -> Response {
    let origin = &office.origin;
    let configurations: serde_json::Map<_, _> = office
        .kinds
        .iter()
        .map(|kind| {
            let configuration = object!({
                "format": "dc+sd-jwt", "vct": kind.vct, "cryptographic_binding_methods_supported": ["jwk"],
                "credential_signing_alg_values_supported": ["ES256"],
                "proof_types_supported": { "jwt": { "proof_signing_alg_values_supported": ["ES256"] } },
            });
            (kind.name.to_owned(), configuration)
        })
        .collect();
    let body = object!({
        "credential_issuer": origin, "credential_endpoint": format!("{origin}/credential"),
        "nonce_endpoint": format!("{origin}/nonce"),
        "notification_endpoint": format!("{origin}/notification"),
        "credential_configurations_supported": configurations,
        "display": [{ "name": "DEMO issuer 示例签发方", "locale": "en" }],
    });
    json_of(StatusCode::OK, &body)
}

async fn server(State(office): Shared) -> Response {
    let origin = &office.origin;
    let body = object!({
        "issuer": origin, "token_endpoint": format!("{origin}/token"),
        "grant_types_supported": ["urn:ietf:params:oauth:grant-type:pre-authorized_code"],
        "pre-authorized_grant_anonymous_access_supported": true,
    });
    json_of(StatusCode::OK, &body)
}

async fn offer(State(office): Shared, Path(id): Path<String>) -> Response {
    let desk = office.desk();
    let offer = desk.offer_named(&id);
    match offer.and_then(|offer| Some((offer, office.kinds.get(offer.kind)?))) {
        Some((offer, kind)) => json_of(StatusCode::OK, &offer.to_json(&office.origin, kind.name)),
        None => *refusal(StatusCode::NOT_FOUND, "not_found"),
    }
}

async fn make_offer(State(office): Shared, Path(kind): Path<String>) -> Response {
    reply(async {
        let number = office.kinds.iter().position(|known| known.name == kind);
        let number = number.ok_or_else(|| refusal(StatusCode::NOT_FOUND, "not_found"))?;
        let (id, tx_code) = office.desk().offer(number)?;
        let body = object!({ "demo": true, "link": office.link(&id), "tx_code": tx_code });
        Ok(json_of(StatusCode::OK, &body))
    })
    .await
}

async fn token(State(office): Shared, body: Bytes) -> Response {
    reply(async {
        let form = form_of(&body)?;
        let text = |name: &str| form.get(name).map(String::as_str);
        if text("grant_type") != Some("urn:ietf:params:oauth:grant-type:pre-authorized_code") {
            return Err(refusal(StatusCode::BAD_REQUEST, "unsupported_grant_type"));
        }
        let code = text("pre-authorized_code").unwrap_or_default();
        let answer = office.desk().token(code, text("tx_code"))?;
        Ok(json_of(StatusCode::OK, &answer))
    })
    .await
}

async fn nonce(State(office): Shared) -> Response {
    reply(async {
        let nonce = office.desk().nonce()?;
        Ok(json_of(StatusCode::OK, &object!({ "c_nonce": nonce })))
    })
    .await
}

async fn credential(State(office): Shared, headers: HeaderMap, body: Bytes) -> Response {
    reply(async {
        let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = token.and_then(|value| value.strip_prefix("Bearer ")).map(str::to_owned);
        let token = token.ok_or_else(|| refusal(StatusCode::UNAUTHORIZED, "invalid_token"))?;
        let answer = aside(move || office.issue(&token, &body)).await??;
        Ok(json_of(StatusCode::OK, &answer))
    })
    .await
}

async fn notification(State(office): Shared, body: Bytes) -> Response {
    let said = json::parse(&body, MAX_BODY).unwrap_or_default();
    let id = said.get("notification_id").and_then(Value::as_str).unwrap_or_default();
    match office.desk().hear(id) {
        true => StatusCode::NO_CONTENT.into_response(),
        false => *refusal(StatusCode::BAD_REQUEST, "invalid_notification_id"),
    }
}

/// Token Status List, section 8.1.
async fn status(State(office): Shared, Path(kind): Path<String>) -> Response {
    reply(async {
        let signed = aside(move || {
            let kind = office.kind(&kind)?;
            let signed = kind.register.signed(&office.authorities, &kind.issuer);
            signed.map_err(|_| refusal(StatusCode::INTERNAL_SERVER_ERROR, "server_error"))
        });
        Ok(typed(StatusCode::OK, status_list::MEDIA_TYPE, signed.await??))
    })
    .await
}

async fn revoke(State(office): Shared, Path(kind): Path<String>) -> Response {
    reply(async {
        let revoked = office.kind(&kind)?.register.revoke_last();
        Ok(json_of(StatusCode::OK, &object!({ "demo": true, "revoked": revoked })))
    })
    .await
}

const MAX_BODY: usize = 256 * 1024;
