//! What was received, held against what was granted. All of it verifies, or none of it is taken.

use std::collections::BTreeSet;

use chop_crypto::Digest;
use chop_crypto::encoding::{array_from_base64url, to_base64url};
use chop_formats::annotated_copy::AnnotatedCopy;
use chop_formats::claim_path::ClaimPath;
use chop_formats::content::Content;
use chop_formats::dcql::{CredentialQuery, DcqlQuery};
use chop_formats::grant::VerifiedGrant;
use chop_formats::jose::jwk;
use chop_formats::receipt::Reason;
use chop_formats::request::AnswerTo;
use chop_formats::sd_jwt::KeyBinding;
use chop_formats::sd_jwt_vc::{PresentedCredential, UnverifiedCredential};
use chop_formats::trust_list::{Standing, TrustView};
use chop_formats::x509::{Role, VerifiedChain, verify_chain};
use chop_model::{LangText, UnixTime};
use serde_json::Value;

use crate::Wallet;
use crate::holdings::{FILE_CLAIM, ITEM_VCT};
use crate::status::StatusNow;

use super::annotate::judge_mark;
use super::asker::Asker;
use super::present::THUMBPRINT_URI;

/// Data that were taken: verified, and exactly what was granted.
#[derive(Clone)]
pub struct Received {
    /// Each credential, in the order of the queries.
    pub credentials: Vec<ReceivedCredential>,
    /// Files, each checked against its seal.
    pub files: Vec<ReceivedFile>,
}

/// One credential as it was received.
#[derive(Clone)]
pub struct ReceivedCredential {
    /// The query that it answers.
    pub query: String,
    /// Its type.
    pub vct: String,
    /// Who says so; nothing where the holder does.
    pub issuer: Option<LangText>,
    /// What it says, the claims of the format itself left out.
    pub claims: Value,
    /// The mark of an annotated copy, checked against the grant and against what came.
    pub annotated: Option<AnnotatedCopy>,
    /// Whether it names a status list that was not looked up.
    pub status_not_checked: bool,
    /// What is known of its status.
    pub status: StatusNow,
}

/// A file as it was received.
#[derive(Clone)]
pub struct ReceivedFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What was received is for whoever it was granted to, and for no log.
impl std::fmt::Debug for Received {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Received({} credentials, {} files)", self.credentials.len(), self.files.len())
    }
}

impl std::fmt::Debug for ReceivedCredential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReceivedCredential({})", self.vct)
    }
}

impl std::fmt::Debug for ReceivedFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReceivedFile({} bytes)", self.bytes.len())
    }
}

/// Files to whoever comes with the code (C2f): no statement is about them, only their seals in the grant.
fn is_files_alone(scope: &DcqlQuery, content: &Content) -> bool {
    let is_file = |query: &CredentialQuery| {
        query.vct_values() == [ITEM_VCT] && query.claim(&ClaimPath::key(FILE_CLAIM)).is_some()
    };
    content.presentations.is_empty() && scope.credentials().iter().all(is_file)
}

/// The verdict, with what the use receipt names.
pub(super) struct Judged {
    pub(super) received: Received,
    pub(super) sd_hashes: Vec<Digest>,
    pub(super) disclosures: Vec<Digest>,
}

impl Judged {
    fn files(content: &Content) -> Self {
        let received = Received { credentials: Vec::new(), files: files_of(content) };
        Self { received, sd_hashes: Vec::new(), disclosures: Vec::new() }
    }
}

impl Wallet {
    /// Verifies every presentation as of `at` and compares all of it with the grant.
    pub(super) fn judge(
        &self,
        asker: &Asker,
        grant: &VerifiedGrant,
        content: &Content,
        (trust, at): (&TrustView, UnixTime),
    ) -> Result<Judged, Reason> {
        let access = grant.payload().access().ok_or(Reason::BadGrant)?;
        let scope = asker.scope(grant).map_err(|_| Reason::BadGrant)?;
        let sealed: BTreeSet<_> = access.files.iter().map(|file| file.c.0).collect();
        let came: BTreeSet<_> = content.files.iter().map(|file| file.seal).collect();
        // Who took up an offer in part gets a part of its files too.
        let fits = if asker.takes_part() { came.is_subset(&sealed) } else { came == sealed };
        if fits && asker.is_claim() && is_files_alone(&scope, content) {
            return Ok(Judged::files(content));
        }
        if !fits || content.presentations.len() != scope.credentials().len() {
            return Err(Reason::BadContent);
        }
        let mut judged = Judged {
            received: Received { credentials: Vec::new(), files: files_of(content) },
            sd_hashes: Vec::new(),
            disclosures: Vec::new(),
        };
        let mut stated = BTreeSet::new();
        let mut agreed: Vec<String> = Vec::new();
        for query in scope.credentials() {
            let texts = content.presentations.get(query.id()).ok_or(Reason::Incomplete)?;
            let [text] = texts.as_slice() else { return Err(Reason::BadContent) };
            let (presented, issuer) = verify_one(text, asker, grant, trust, at)?;
            let status = match &issuer {
                Some((_, chain)) => {
                    let named = presented.credential().status().map(|status| &status.status);
                    self.status_now(named, chain, trust)
                }
                None => StatusNow::NoList,
            };
            check_scope(&presented, query)?;
            agreed.extend_from_slice(&presented.key_binding().transaction_data_hashes);
            let file = file_of(&presented, query)?;
            stated.extend(file);
            let claims = said(presented.credential().claims(), query);
            let annotated = match &issuer {
                None => judge_mark((presented.credential().claims(), &claims), file, grant, content, at)?,
                Some(_) => None,
            };
            let verified = presented.credential().sd_jwt();
            judged.sd_hashes.push(verified.sd_hash());
            judged.disclosures.extend_from_slice(verified.disclosure_digests());
            judged.received.credentials.push(ReceivedCredential {
                query: query.id().to_owned(),
                vct: presented.credential().vct().to_owned(),
                issuer: issuer.map(|(names, _)| names),
                claims,
                annotated,
                status_not_checked: status.is_unchecked(),
                status,
            });
        }
        // Terms that were asked as transaction data are agreed to by one key binding, and nothing else is.
        let entry = asker.answer_to().and_then(AnswerTo::transaction_hash);
        if agreed != entry.iter().map(|hash| to_base64url(hash)).collect::<Vec<_>>() {
            return Err(Reason::BadPresentation);
        }
        // Each file that came is one that a granted statement is about, and none is missing.
        if stated == came { Ok(judged) } else { Err(Reason::BadContent) }
    }
}

fn verify_one(
    text: &str,
    asker: &Asker,
    grant: &VerifiedGrant,
    trust: &TrustView,
    at: UnixTime,
) -> Result<(PresentedCredential, Option<(LangText, VerifiedChain)>), Reason> {
    let credential = UnverifiedCredential::parse(text).map_err(|_| Reason::BadPresentation)?;
    let digest = grant.digest();
    let nonce = asker.nonce(grant);
    let expected =
        KeyBinding { aud: asker.client_id(), nonce: &nonce, max_age: None, chop_grant: Some(&digest) };
    if credential.header().x5c.is_empty() {
        let key = own_key(&credential).ok_or(Reason::UntrustedIssuer)?;
        let presented =
            credential.verify_presentation(&key, &expected, at).map_err(|_| Reason::BadPresentation)?;
        return Ok((presented, None));
    }
    let chain = verify_chain(&credential.header().x5c, trust.anchors(), at, Role::Issuer)
        .map_err(|_| Reason::UntrustedIssuer)?;
    let standing = trust.standing(&chain).map_err(|_| Reason::UntrustedIssuer)?;
    let presented = credential
        .verify_presentation(chain.leaf_key(), &expected, at)
        .map_err(|_| Reason::BadPresentation)?;
    let vct = presented.credential().vct();
    // A holder's type under an issuer's seal, and an issuer outside its types.
    if vct == ITEM_VCT || !trust.may_issue(&standing, vct) {
        return Err(Reason::UntrustedIssuer);
    }
    let issuer = match standing {
        Standing::Listed(entry) => entry.party.names.clone(),
        Standing::NotListed => LangText::same(chain.shown_name().unwrap_or_default()),
    };
    Ok((presented, Some((issuer, chain))))
}

/// The key of a holder's own statement: it carries the key, and its issuer is that key's thumbprint.
fn own_key(credential: &UnverifiedCredential) -> Option<chop_crypto::P256PublicKey> {
    let payload: Value = serde_json::from_slice(credential.dangerous_payload()).ok()?;
    let key = jwk::from_value(payload.get("sub_jwk")?).ok()?;
    let iss = format!("{THUMBPRINT_URI}{}", to_base64url(&jwk::thumbprint(&key)));
    let is_own = payload.get("vct")?.as_str()? == ITEM_VCT && payload.get("iss")?.as_str()? == iss;
    is_own.then_some(key)
}

/// The presentation answers the query, with exactly the disclosures that its claims need.
fn check_scope(presented: &PresentedCredential, query: &CredentialQuery) -> Result<(), Reason> {
    let credential = presented.credential();
    if !query.vct_values().iter().any(|vct| vct == credential.vct()) {
        return Err(Reason::BadPresentation);
    }
    if !query.constraints_hold(credential.claims()) {
        return Err(Reason::BadPresentation);
    }
    let paths: Vec<ClaimPath> = query.claims().iter().map(|claim| claim.path().clone()).collect();
    let held = chop_formats::sd_jwt::Held::read(credential.sd_jwt().sd_jwt())
        .map_err(|_| Reason::BadPresentation)?;
    let needed = held.select(&paths).map_err(|_| Reason::Incomplete)?;
    let count = |text: &str| text.split('~').skip(1).filter(|part| !part.is_empty()).count();
    if count(needed.sd_jwt()) == count(credential.sd_jwt().sd_jwt()) {
        Ok(())
    } else {
        Err(Reason::BadPresentation)
    }
}

/// The seal of the file that a statement is about, where the whole of it was granted.
fn file_of(presented: &PresentedCredential, query: &CredentialQuery) -> Result<Option<Digest>, Reason> {
    let said = |name: &str| presented.credential().claims().get(name);
    let is_granted = query.claim(&ClaimPath::key(FILE_CLAIM)).is_some();
    if presented.credential().vct() != ITEM_VCT || said("origin").is_none_or(|o| o != "file") || !is_granted {
        return Ok(None);
    }
    let seal = said(FILE_CLAIM).and_then(|file| file.get("seal")).and_then(Value::as_str);
    array_from_base64url(seal.unwrap_or_default()).map(Some).map_err(|_| Reason::BadContent)
}

/// The members that were asked for.
fn said(claims: &Value, query: &CredentialQuery) -> Value {
    let wanted = |name: &str| query.claims().iter().any(|c| c.path().first_key().is_some_and(|k| k == name));
    match claims {
        Value::Object(members) => Value::Object(
            members.iter().filter(|(k, _)| wanted(k)).map(|(k, v)| (k.clone(), v.clone())).collect(),
        ),
        _ => Value::Null,
    }
}

fn files_of(content: &Content) -> Vec<ReceivedFile> {
    let file = |f: &chop_formats::content::ContentFile| ReceivedFile {
        name: f.name.clone(),
        mime: f.mime.clone(),
        bytes: f.bytes.clone(),
    };
    content.files.iter().map(file).collect()
}
