//! 加注件: a copy made for one grant, in place of the original (gba.md section 0, finding 5).
//!
//! ```text
//! a file    original → page with the mark on it → the file that travels, with a seal of its own
//! fields    the chosen claims as they are; the mark covers their JSON
//! ```
//!
//! The mark is signed with the grant's consent key and stands in the holder's statement as
//! `annotated_copy`. A request asks for it by that claim path; else the holder chooses it. The other side
//! checks it with everything else: a copy whose mark does not hold is not taken at all.

use std::collections::BTreeMap;

use chop_crypto::encoding::to_base64url;
use chop_crypto::{Digest, make_array};
use chop_formats::annotated_copy::{AnnotatedCopy, Copied, MAX_NAME, UnverifiedAnnotatedCopy};
use chop_formats::claim_path::ClaimPath;
use chop_formats::consent_record;
use chop_formats::content::{Content, ContentFile};
use chop_formats::file_seal::seal_file;
use chop_formats::grant::VerifiedGrant;
use chop_formats::jose::jwk;
use chop_formats::receipt::Reason;
use chop_model::{Id, UnixTime};
use serde_json::{Map, Value, json};

use crate::holdings::{ANNOTATED_CLAIM, FILE_CLAIM, Form, PAGE_TYPE, Shown, annotated_page};
use crate::keys::Pairwise;
use crate::{Result, Wallet, WalletError};

use super::pick::Pick;
use super::{Asked, ReceivedCredential};

/// What the holder writes on a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Who makes it, by name.
    pub made_by: String,
    /// For what alone it is good.
    pub reason: String,
    /// Until when.
    pub valid_until: UnixTime,
}

/// A copy that is ready to be stated.
pub(super) struct Annotated {
    /// The claims in place of the original's.
    pub(super) claims: Map<String, Value>,
    /// The page in place of the original file.
    pub(super) file: Option<ContentFile>,
    /// The signed mark.
    pub(super) mark: String,
    /// What the consent record says of it.
    pub(super) evidence: consent_record::AnnotatedCopy,
}

impl Pick {
    /// Refuses a note where nothing can be copied, and a copy that was asked for without one.
    pub(super) fn check_note(&self) -> Result<()> {
        let asks_mark = self.paths.contains(&ClaimPath::key(ANNOTATED_CLAIM));
        let is_whole = self.item.form != Form::File || self.paths.contains(&ClaimPath::key(FILE_CLAIM));
        let has_copy = self.item.is_own() && self.item.form != Form::SdJwt && is_whole;
        match &self.note {
            Some(_) if !has_copy => Err(WalletError::NoCopy.into()),
            None if asks_mark => Err(WalletError::NoteMissing.into()),
            _ => Ok(()),
        }
    }
}

impl Wallet {
    /// Makes the copy and signs its mark.
    pub(super) fn annotate(
        &self,
        (asked, with): (&Asked, &str),
        (pick, note): (&Pick, &Note),
        claims: &Map<String, Value>,
        original: Option<ContentFile>,
        now: UnixTime,
    ) -> Result<Annotated> {
        let random = self.ports.random.as_ref();
        let key = self.pairwise_key(Pairwise::Consent, with)?;
        let iss = jwk::thumbprint(key.public.p256()?);
        let Note { made_by, reason, valid_until } = note.clone();
        let mut mark = AnnotatedCopy {
            iss: iss.into(),
            aud: asked.aud(),
            req: asked.answers().map(Into::into),
            jti: Id::make(random)?,
            made_at: now,
            made_by,
            reason,
            valid_until,
            title: short(&pick.item.title),
            original: [0; 32].into(),
            copy: [0; 32].into(),
        };
        let (claims, file) = match original {
            Some(original) => {
                mark.original = original.seal.into();
                let page = annotated_page(&mark, &Shown::File(&original.mime, &original.bytes));
                let file = page_file(&mark, page.into_bytes(), make_array(random)?)?;
                mark.copy = Copied::Page(&file.bytes).digest().into();
                (file_claim(&file), Some(file))
            }
            None => {
                let fields = fields_of(claims, &pick.paths);
                mark.original = chop_crypto::sha256(self.text_of(&pick.item.item)?.as_bytes()).into();
                mark.copy = Copied::Fields(&fields).digest().into();
                (fields.into_iter().collect(), None)
            }
        };
        let evidence = consent_record::AnnotatedCopy {
            query: pick.query.clone(),
            digest: mark.copy,
            reason: mark.reason.clone(),
            maker: mark.iss,
            made_at: mark.made_at,
            valid_until: mark.valid_until,
        };
        let mark = mark.sign(self.ports.keystore.as_ref(), &key.id)?.text().to_owned();
        Ok(Annotated { claims, file, mark, evidence })
    }
}

impl ReceivedCredential {
    /// The printable page of a copy of fields, with its mark. A copied file is such a page itself.
    pub fn annotated_page(&self) -> Option<String> {
        let mark = self.annotated.as_ref()?;
        let claims = self.claims.as_object()?;
        let is_field = |name: &str| name != ANNOTATED_CLAIM && name != FILE_CLAIM;
        let fields: Vec<_> =
            claims.iter().filter(|(name, _)| is_field(name)).map(|(name, v)| (name.clone(), v)).collect();
        (!fields.is_empty()).then(|| annotated_page(mark, &Shown::Fields(fields)))
    }
}

/// The mark of a holder's statement, held against the grant and against what came; nothing where there
/// is none.
pub(super) fn judge_mark(
    (claims, said): (&Value, &Value),
    file: Option<Digest>,
    grant: &VerifiedGrant,
    content: &Content,
    at: UnixTime,
) -> std::result::Result<Option<AnnotatedCopy>, Reason> {
    let Some(mark) = claims.get(ANNOTATED_CLAIM) else { return Ok(None) };
    let mark = UnverifiedAnnotatedCopy::parse(mark.as_str().unwrap_or_default());
    let mark = mark.map_err(|_| Reason::BadContent)?;
    let page = file.and_then(|seal| content.files.iter().find(|file| file.seal == seal));
    let empty = Map::new();
    let fields = said.as_object().unwrap_or(&empty);
    let fields: BTreeMap<String, Value> = fields
        .iter()
        .filter(|(name, _)| *name != ANNOTATED_CLAIM)
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let copied = match page {
        Some(page) => Copied::Page(&page.bytes),
        None => Copied::Fields(&fields),
    };
    let verified = mark.verify(grant, copied, at).map_err(|_| Reason::BadContent)?;
    Ok(Some(verified.payload().clone()))
}

fn page_file(mark: &AnnotatedCopy, bytes: Vec<u8>, salt: [u8; 32]) -> Result<ContentFile> {
    let seal = seal_file(&salt, PAGE_TYPE, &bytes).map_err(|_| WalletError::Internal)?;
    let name: String = mark.title.chars().map(|c| if c == '/' || c == '\\' { '-' } else { c }).collect();
    Ok(ContentFile { seal, salt, mime: PAGE_TYPE.to_owned(), name: format!("{name}.html"), bytes })
}

fn file_claim(file: &ContentFile) -> Map<String, Value> {
    let ContentFile { seal, mime, name, bytes, .. } = file;
    let said = json!({ "seal": to_base64url(seal), "type": mime, "size": bytes.len(), "name": name });
    Map::from_iter([(FILE_CLAIM.to_owned(), said)])
}

fn fields_of(
    claims: &Map<String, Value>,
    paths: &std::collections::BTreeSet<ClaimPath>,
) -> BTreeMap<String, Value> {
    let chosen = |name: &str| paths.iter().any(|path| path.first_key() == Some(name));
    let fields = claims.iter().filter(|(name, _)| chosen(name));
    fields.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// As much of a title as fits on a mark.
fn short(title: &str) -> String {
    let mut short = String::new();
    for c in title.chars().take_while(|c| !c.is_control()) {
        if short.len() + c.len_utf8() > MAX_NAME / 2 {
            break;
        }
        short.push(c);
    }
    if short.trim().is_empty() { "—".to_owned() } else { short }
}
