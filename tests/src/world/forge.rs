//! What an attacker makes: texts that no honest step gives, signed with keys that are really theirs.

use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::{AgreementKey, KeyId, Keystore, Random, Secret, SigningDomain, make_secret, sha256};
use chop_formats::content::{
    Content, ContentBinding, SealedContent, key_commitment, open_content, seal_content,
};
use chop_formats::delivery::UnverifiedDelivery;
use chop_formats::envelope::{Envelope, open_envelope, seal_envelope};
use chop_formats::grant::UnverifiedGrant;
use chop_formats::jose::jwk;
use chop_formats::request::StoredRequest;
use chop_model::Id;
use chop_vault::table::exchange::{self, Role};
use chop_vault::table::meta;
use chop_vault::table::secret::{self, SecretKind};
use serde_json::{Value, json};

use super::{Space, World};

/// The header of a compact JWS.
pub fn header_of(text: &str) -> Value {
    part_of(text, 0)
}

/// The payload of a compact JWS.
pub fn payload_of(text: &str) -> Value {
    part_of(text, 1)
}

fn part_of(text: &str, number: usize) -> Value {
    let part = text.split('.').nth(number).unwrap();
    serde_json::from_slice(&from_base64url(part).unwrap()).unwrap()
}

/// The same JWS under the other signature that its key's owner never made and that verifies all the
/// same: `(r, n − s)`.
pub fn twin(text: &str) -> String {
    let (signed, signature) = text.rsplit_once('.').unwrap();
    let mut signature = from_base64url(signature).unwrap();
    let mut borrow = 0;
    for (digit, of_order) in signature[32..].iter_mut().zip(ORDER).rev() {
        let difference = i16::from(of_order) - i16::from(*digit) - borrow;
        borrow = i16::from(difference < 0);
        *digit = u8::try_from(difference.rem_euclid(256)).unwrap();
    }
    format!("{signed}.{}", to_base64url(&signature))
}

/// The order of P-256 (SEC 2 section 2.4.2).
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
    0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// A compact JWS of exactly these values.
pub fn sign(
    keystore: &dyn Keystore,
    key: &KeyId,
    domain: SigningDomain,
    header: &Value,
    payload: &Value,
) -> String {
    let part = |value: &Value| to_base64url(value.to_string().as_bytes());
    let text = format!("{}.{}", part(header), part(payload));
    let signature = keystore.sign(key, domain, text.as_bytes()).unwrap();
    format!("{text}.{}", to_base64url(&signature))
}

impl Space {
    /// The key that this space keeps under `name`.
    pub fn key_named(&self, name: &str) -> KeyId {
        let bytes = self.vault().read(|read| meta::find(read, name)).unwrap().unwrap();
        KeyId(bytes.try_into().unwrap())
    }

    /// `text` with its payload changed, signed anew with this space's key `name`.
    pub fn resign(
        &self,
        name: &str,
        domain: SigningDomain,
        text: &str,
        edit: impl FnOnce(&mut Value),
    ) -> String {
        let mut payload = payload_of(text);
        edit(&mut payload);
        let keystore = self.ports().keystore.as_ref();
        sign(keystore, &self.key_named(name), domain, &header_of(text), &payload)
    }
}

/// An answer that a holder made against the rules, and the key to it.
pub struct BadAnswer {
    /// What the hospital is shown.
    pub envelope: String,
    /// What opens its content.
    pub key: Secret<32>,
}

impl BadAnswer {
    /// The key once more.
    pub fn key(&self) -> Secret<32> {
        self.key.duplicate()
    }
}

impl World {
    /// A request of the hospital with its payload changed before it was signed.
    pub fn bad_request(&self, edit: impl FnOnce(&mut Value)) -> String {
        let text = self.request();
        self.hospital.resign(VERIFIER, SigningDomain::Request, &text, edit)
    }

    /// A genuine answer to `request`, its content changed by `edit` and sealed again, everything signed
    /// with the resident's own keys.
    pub fn bad_answer(&self, request: &str, edit: impl FnOnce(&mut Content)) -> BadAnswer {
        let (given, envelope) = self.envelope(request);
        let parts = self.opened(request, &envelope);
        let mut content = self.content(&given, &parts);
        edit(&mut content);
        let key = make_secret::<32>(self.random()).unwrap();
        let grant = sha256(parts.grant.as_bytes());
        let SealedContent { ciphertext, binding } = seal_content(&key, &grant, &content).unwrap();
        let envelope = self.resealed(request, Envelope { ciphertext, ..parts }, &binding);
        BadAnswer { envelope, key }
    }

    /// A genuine answer to `request` under another grant: `edit` changes the grant, `fill` the content,
    /// and the resident binds every presentation to what came of it.
    pub fn regranted(
        &self,
        request: &str,
        edit: impl FnOnce(&mut Value),
        fill: impl FnOnce(&mut Content),
    ) -> BadAnswer {
        let (given, envelope) = self.envelope(request);
        let parts = self.opened(request, &envelope);
        let mut content = self.content(&given, &parts);
        fill(&mut content);
        let grant = self.resident.resign(CONSENT, SigningDomain::Grant, &parts.grant, edit);
        let digest = sha256(grant.as_bytes());
        for text in content.presentations.values_mut().flatten() {
            let (sd, binding) = text.rsplit_once('~').unwrap();
            let binding = self.rebound(sd, binding, |kb| kb["chop_grant"] = json!(to_base64url(&digest)));
            *text = format!("{sd}~{binding}");
        }
        let key = make_secret::<32>(self.random()).unwrap();
        let SealedContent { ciphertext, binding } = seal_content(&key, &digest, &content).unwrap();
        let name = |note: &mut Value| note["grant"] = json!(to_base64url(&digest));
        let delivery = self.resident.resign(CONSENT, SigningDomain::Delivery, &parts.delivery, name);
        let envelope = self.resealed(request, Envelope { grant, delivery, ciphertext, ..parts }, &binding);
        BadAnswer { envelope, key }
    }

    /// The key binding of a presentation changed, signed anew with the key that the credential names.
    pub fn rebound(&self, sd: &str, binding: &str, edit: impl FnOnce(&mut Value)) -> String {
        let holder = jwk::from_value(&payload_of(sd.split('~').next().unwrap())["cnf"]["jwk"]).unwrap();
        let name = format!("key.credential.{}", to_base64url(&jwk::thumbprint(&holder)));
        let is_issued = self.resident.vault().read(|read| meta::find(read, &name)).unwrap().is_some();
        self.resident.resign(
            if is_issued { &name } else { ITEM_BINDING },
            SigningDomain::KeyBinding,
            binding,
            edit,
        )
    }

    /// A genuine answer to `request` with these bytes in place of its ciphertext, honestly named by
    /// the delivery note.
    pub fn junk_answer(&self, request: &str, ciphertext: &[u8]) -> BadAnswer {
        let (_, envelope) = self.envelope(request);
        let parts = self.opened(request, &envelope);
        let key = make_secret::<32>(self.random()).unwrap();
        let binding = ContentBinding {
            grant: sha256(parts.grant.as_bytes()),
            ct: sha256(ciphertext),
            kc: key_commitment(&key),
            vp: sha256(b"nothing"),
        };
        let parts = Envelope { ciphertext: ciphertext.to_vec(), ..parts };
        BadAnswer { envelope: self.resealed(request, parts, &binding), key }
    }

    /// The envelope opened with the hospital's own key.
    pub fn opened(&self, request: &str, envelope: &str) -> Envelope {
        let stored = StoredRequest::read(request).unwrap();
        let row = self
            .hospital
            .vault()
            .read(|read| exchange::find_by_nonce(read, Role::Verifier, stored.client_id(), stored.nonce()));
        let id = row.unwrap().unwrap().id;
        let secret = self.hospital.vault().read(|read| secret::find(read, &id, SecretKind::AgreementKey));
        let key = AgreementKey::from_secret(&secret.unwrap().unwrap()).unwrap();
        open_envelope(envelope, &key, stored.kid(), &stored.digest()).unwrap()
    }

    /// These parts sealed to the hospital again, as they are.
    pub fn sealed(&self, request: &str, parts: &Envelope) -> String {
        let to = &payload_of(request)["client_metadata"]["jwks"]["keys"][0];
        let key = jwk::from_value(to).unwrap();
        let stored = StoredRequest::read(request).unwrap();
        seal_envelope(self.random(), &key, stored.kid(), &stored.digest(), parts).unwrap()
    }

    /// These parts under a delivery note that names `binding`, sealed to the hospital again.
    fn resealed(&self, request: &str, parts: Envelope, binding: &ContentBinding) -> String {
        let name = |digest: &[u8; 32]| json!(to_base64url(digest));
        let edit = |note: &mut Value| {
            (note["ct"], note["kc"], note["vp"]) = (name(&binding.ct), name(&binding.kc), name(&binding.vp));
        };
        let delivery = self.resident.resign(CONSENT, SigningDomain::Delivery, &parts.delivery, edit);
        self.sealed(request, &Envelope { delivery, ..parts })
    }

    /// The content of the resident's exchange `given`, opened with the resident's own key.
    pub fn content(&self, given: &Id, parts: &Envelope) -> Content {
        let grant = UnverifiedGrant::parse(&parts.grant).unwrap().verify_as_record().unwrap();
        let delivery = UnverifiedDelivery::parse(&parts.delivery).unwrap();
        let binding = delivery.verify_as_record(&grant).unwrap().payload().binding();
        open_content(&self.content_key(given), &binding, &parts.ciphertext).unwrap()
    }

    /// The key that the resident made for the content of exchange `given`.
    pub fn content_key(&self, given: &Id) -> Secret<32> {
        let key = self.resident.vault().read(|read| secret::find(read, given, SecretKind::ContentKey));
        key.unwrap().unwrap()
    }

    /// The random port of everybody here.
    pub fn random(&self) -> &dyn Random {
        self.random.as_ref()
    }
}

/// Under which name the hospital keeps its certified key.
pub const VERIFIER: &str = "key.verifier";
/// Under which name the resident keeps the consent key for the hospital.
pub const CONSENT: &str = "key.consent.USCC-124400000000000004";
/// Under which name the resident keeps the key that binds own statements for the hospital.
const ITEM_BINDING: &str = "key.item-binding.USCC-124400000000000004";
