//! From picks to presentations. Prepare, sign by id, finish: the keys stay where they are.

use std::collections::BTreeMap;

use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::{Digest, SigningDomain};
use chop_formats::claim_path::{ClaimPath, PathElement};
use chop_formats::consent_record::{self, ItemEvidence};
use chop_formats::content::{Content, ContentFile};
use chop_formats::jose::jwk;
use chop_formats::receipt::Presented;
use chop_formats::sd_jwt::{self, Issuance, Selection};
use chop_formats::sd_jwt_vc;
use chop_model::UnixTime;
use chop_vault::table::version;
use serde_json::{Map, Value, json};

use crate::holdings::{ANNOTATED_CLAIM, Form, Held, ITEM_VCT};
use crate::keys::Pairwise;
use crate::{Result, Wallet, WalletError};

use super::Asked;
use super::pick::Pick;

/// Prefix of the issuer of a holder's own statement (RFC 9278).
pub(super) const THUMBPRINT_URI: &str = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:";

/// Whom a key binding is for, and what it answers.
pub(super) struct Toward<'a> {
    /// The full client id.
    pub(super) aud: &'a str,
    /// The nonce of the request; in a sealed drop the hash of the grant.
    pub(super) nonce: &'a str,
    /// The hash of the transaction data that one credential agrees to.
    pub(super) transaction: Option<Digest>,
}

/// What is handed over, before the grant binds it: selections with the key that will bind each.
pub(super) struct Prepared {
    picks: Vec<(String, Selection, chop_crypto::KeyId)>,
    files: Vec<ContentFile>,
    /// Annotated copies among them, as the record names them.
    pub(super) copies: Vec<consent_record::AnnotatedCopy>,
}

impl Prepared {
    /// Seals of the files that come with it.
    pub(super) fn file_seals(&self) -> Vec<Digest> {
        self.files.iter().map(|file| file.seal).collect()
    }

    /// The files alone.
    pub(super) fn into_files(self) -> Vec<ContentFile> {
        self.files
    }

    /// What the consent record may say of each: digests, no value and no salt.
    pub(super) fn shown(&self) -> Vec<Shown> {
        self.picks.iter().map(|(query, selection, _)| Shown::of(query, selection)).collect()
    }
}

/// The digests of one presentation.
pub(super) struct Shown {
    pub(super) evidence: ItemEvidence,
    /// The disclosures of object members, by the member's name (RFC 9901 section 4.2.1).
    members: Vec<(String, Digest)>,
}

impl Shown {
    fn of(query: &str, selection: &Selection) -> Self {
        let text = selection.sd_jwt();
        let issued = text.split('~').next().unwrap_or_default();
        let members = text.split('~').skip(1).filter_map(member).collect();
        let evidence = ItemEvidence {
            query: query.to_owned(),
            digest: selection.sd_hash().into(),
            issuer_proof: Some(chop_crypto::sha256(issued.as_bytes()).into()),
        };
        Self { evidence, members }
    }

    /// The issuer's salted digest of the claim at `path`: none where it left the claim open, or where
    /// two disclosed members have the name.
    pub(super) fn digest_of(&self, path: &ClaimPath) -> Option<Digest> {
        let PathElement::Key(name) = path.elements().last()? else { return None };
        let mut found = self.members.iter().filter(|(member, _)| member == name);
        let (_, digest) = found.next()?;
        found.next().is_none().then_some(*digest)
    }
}

impl Wallet {
    /// Selects the chosen claims of each holding; for the holder's own, makes the statement first, under
    /// keys that are kept for whom it is `with`.
    pub(super) fn prepare(
        &self,
        asked: &Asked,
        with: &str,
        picks: &[Pick],
        now: UnixTime,
    ) -> Result<Prepared> {
        let mut prepared = Prepared { picks: Vec::new(), files: Vec::new(), copies: Vec::new() };
        for pick in picks {
            let paths: Vec<_> = pick.paths.iter().cloned().collect();
            let (held, key) = match self.held(&pick.item.item, pick.item.form)? {
                // A credential that answers by the holder's word: what the holder states of it, and no more.
                Held::Credential(_) if pick.item.is_own() => {
                    self.state_own(with, &paths, pick.item.stated.clone(), (None, None), now)?
                }
                Held::Credential(held) => {
                    let holder = held.holder_key().ok_or(WalletError::ForeignKey)?;
                    let key = self.credential_key(holder)?.ok_or(WalletError::ForeignKey)?;
                    (*held, key)
                }
                Held::Own { claims, file } => {
                    let file = file.map(|row| self.content_file(&row)).transpose()?;
                    let claims = claims.into_iter().chain(pick.item.stated.clone()).collect();
                    let (claims, file, mark) = match &pick.note {
                        None => (claims, file, None),
                        Some(note) => {
                            let copy = self.annotate((asked, with), (pick, note), &claims, file, now)?;
                            prepared.copies.push(copy.evidence);
                            (copy.claims, copy.file, Some(copy.mark))
                        }
                    };
                    prepared.files.extend(file);
                    self.state_own(with, &paths, claims, (Some(pick.item.form), mark), now)?
                }
            };
            prepared.picks.push((pick.query.clone(), held.select(&paths)?, key));
        }
        Ok(prepared)
    }

    /// Binds every selection to the grant and gives the content, with what a receipt may name of it.
    pub(super) fn bind(
        &self,
        prepared: Prepared,
        Toward { aud, nonce, transaction }: Toward<'_>,
        grant: &Digest,
        now: UnixTime,
    ) -> Result<(Content, Presented, Vec<Digest>)> {
        let mut content = Content { presentations: BTreeMap::new(), files: prepared.files };
        let mut presented = Presented { sd_hash: Vec::new(), claims: Vec::new() };
        let mut bindings = Vec::new();
        // One credential agrees to the transaction data (OpenID4VP 1.0 section 5.1, `credential_ids`).
        let mut entry = transaction;
        for (query, selection, key) in prepared.picks {
            presented.sd_hash.push(selection.sd_hash());
            presented.claims.extend(disclosure_digests(selection.sd_jwt()));
            let unsigned = selection.bind(aud, nonce, now, Some(grant))?;
            let unsigned = match entry.take() {
                Some(entry) => unsigned.agreeing_to(&entry)?,
                None => unsigned,
            };
            let text = unsigned.sign(self.ports.keystore.as_ref(), &key)?;
            bindings.push(chop_crypto::sha256(key_binding_of(&text).as_bytes()));
            content.presentations.entry(query).or_default().push(text);
        }
        Ok((content, presented, bindings))
    }

    /// The holder's statement about an item of their own: an SD-JWT VC signed by a pairwise key that
    /// it carries, so that nobody takes it for an issuer's. Only the chosen claims are in it at all.
    fn state_own(
        &self,
        with: &str,
        paths: &[ClaimPath],
        claims: Map<String, Value>,
        (form, mark): (Option<Form>, Option<String>),
        now: UnixTime,
    ) -> Result<(sd_jwt::Held, chop_crypto::KeyId)> {
        let signer = self.pairwise_key(Pairwise::Item, with)?;
        let binder = self.pairwise_key(Pairwise::ItemBinding, with)?;
        let signer_key = *signer.public.p256()?;
        let mut stated = only(claims, paths);
        stated.insert(
            "iss".into(),
            json!(format!("{THUMBPRINT_URI}{}", to_base64url(&jwk::thumbprint(&signer_key)))),
        );
        stated.insert("sub_jwk".into(), jwk::to_value(&signer_key));
        stated.insert("vct".into(), json!(ITEM_VCT));
        stated.insert("iat".into(), json!(now.0));
        stated
            .insert("origin".into(), json!(if form == Some(Form::File) { "file" } else { "self-declared" }));
        stated.insert("item_type".into(), json!(form.map_or("predicate", Form::name)));
        if let Some(mark) = mark {
            stated.insert(ANNOTATED_CLAIM.into(), json!(mark));
        }
        let keystore = self.ports.keystore.as_ref();
        let text = sd_jwt_vc::issue(
            self.ports.random.as_ref(),
            &Issuance {
                typ: sd_jwt_vc::TYP,
                x5c: &[],
                kid: None,
                claims: &stated,
                disclosable: paths,
                holder: Some(binder.public.p256()?),
                pad_digests_to: 0,
            },
            &|input| keystore.sign(&signer.id, SigningDomain::Credential, input),
        )?;
        Ok((sd_jwt::Held::read(&text)?, binder.id))
    }

    fn content_file(&self, row: &version::Row) -> Result<ContentFile> {
        let (seal, salt) = row.file_seal.zip(row.file_salt).ok_or(WalletError::ErasedItem)?;
        if row.size > MAX_OPTIC_FILE {
            return Err(crate::Error::from(WalletError::TooLargeForOptic).with("bytes", row.size));
        }
        let mut bytes = Vec::new();
        self.vault.read(|read| version::copy_file(read, row, &mut bytes))?;
        Ok(ContentFile { seal, salt, mime: row.mime.clone(), name: row.name.clone(), bytes })
    }
}

/// Bytes of a file that can still go by QR codes: what inflates to 1 MiB and deflates to 60 kB. The
/// frames have the last word.
const MAX_OPTIC_FILE: u64 = 1 << 20;

/// The members that the paths lead into, and nothing else.
fn only(claims: Map<String, Value>, paths: &[ClaimPath]) -> Map<String, Value> {
    let wanted = |name: &String| paths.iter().any(|path| path.first_key() == Some(name));
    claims.into_iter().filter(|(name, _)| wanted(name)).collect()
}

/// Digests of the disclosures in `jwt~disclosure~…~` (RFC 9901 section 4.2.3).
fn disclosure_digests(sd_jwt: &str) -> impl Iterator<Item = Digest> {
    sd_jwt.split('~').skip(1).filter(|part| !part.is_empty()).map(|d| chop_crypto::sha256(d.as_bytes()))
}

/// Name and digest of a disclosed object member: `[salt, name, value]`.
fn member(disclosure: &str) -> Option<(String, Digest)> {
    let bytes = from_base64url(disclosure).ok()?;
    let parts: Vec<Value> = serde_json::from_slice(&bytes).ok()?;
    match parts.as_slice() {
        [_, Value::String(name), _] => Some((name.clone(), chop_crypto::sha256(disclosure.as_bytes()))),
        _ => None,
    }
}

/// The KB-JWT of a presentation: what follows the last tilde.
fn key_binding_of(presentation: &str) -> &str {
    presentation.rsplit('~').next().unwrap_or_default()
}
