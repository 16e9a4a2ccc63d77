//! The answer to a request by reference: `direct_post.jwt` (OpenID4VP 1.0 sections 8.1 to 8.3).
//!
//! The same five objects as on every carrier travel together: the presentation as `vp_token`, the grant,
//! the delivery note, the consent record, and K. There is no gate here, so K goes along; what it opens is
//! made again from `vp_token` and the files, and must be what the delivery note names.

use std::collections::BTreeMap;

use chop_crypto::encoding::{array_from_base64url, from_base64url, to_base64url};
use chop_crypto::{AgreementKey, Digest, P256PublicKey, Random, Secret};
use serde::{Deserialize, Serialize};

use crate::coded_union::coded_union;
use crate::content::{Content, ContentFile};
use crate::digest64::B64Digest;
use crate::jose::JoseError;
use crate::jose::jwe::{Enc, UnverifiedJwe, encrypt_with};
use crate::json;

/// Characters of an answer: 1 MiB of content, in base64url twice, with room for the rest.
pub const MAX_ANSWER_TEXT: usize = 3 << 20;

chop_model::coded_errors! {
    /// Why an answer cannot be made or read.
    pub enum AnswerError {
        /// Larger than [`MAX_ANSWER_TEXT`].
        TooLarge => ("answer.too-large", User, "this is too much for one answer"),
        /// Opened, and not the members of an answer.
        Malformed => ("answer.malformed", Peer, "the opened answer cannot be read"),
        /// No grant beside the presentation.
        NoGrant => ("answer.no-grant", Peer, "the answer brings no grant"),
        /// `state` is not the one that was sent.
        OtherState => ("answer.other-state", Peer, "the answer belongs to another session"),
    }
}

coded_union! {
    /// Why an answer is refused.
    pub enum AnswerRefusal {
        /// Form, algorithm or seal.
        Jose(JoseError),
        /// What it says.
        Answer(AnswerError),
    }
}

/// The members of an answer; none of them verified.
pub struct Answer {
    /// `vp_token` and the files beside it.
    pub content: Content,
    /// `state`, as the request had it.
    pub state: Option<String>,
    /// Compact text of the grant.
    pub grant: String,
    /// Compact text of the delivery note.
    pub delivery: String,
    /// The consent record, whose digest the grant names.
    pub record: Vec<u8>,
    /// K.
    pub key: Secret<32>,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answer")
    }
}

impl Answer {
    /// Seals the answer to the key of the request whose hash is `request`.
    ///
    /// # Errors
    /// [`AnswerError::TooLarge`]; [`JoseError::KeyFailure`] when the random source fails.
    pub fn seal(
        &self,
        random: &dyn Random,
        enc: Enc,
        to: (&P256PublicKey, &str),
        request: &Digest,
    ) -> Result<String, AnswerRefusal> {
        let wire = Wire {
            vp_token: self.content.presentations.clone(),
            state: self.state.clone(),
            chop: Some(ChopPart {
                grant: self.grant.clone(),
                delivery: self.delivery.clone(),
                record: to_base64url(&self.record),
                // EXPOSE: K travels inside the seal, to the one whom the grant names.
                key: to_base64url(self.key.expose()),
                files: self.content.files.iter().map(FilePart::of).collect(),
            }),
        };
        let bytes = serde_json::to_vec(&wire).map_err(|_| AnswerError::Malformed)?;
        let text = encrypt_with(enc, random, to, request, &bytes)?;
        if text.len() > MAX_ANSWER_TEXT { Err(AnswerError::TooLarge.into()) } else { Ok(text) }
    }

    /// Opens an answer to the request with hash `request`, with the key made for it.
    ///
    /// # Errors
    /// [`AnswerRefusal`].
    pub fn open(
        text: &str,
        key: &AgreementKey,
        kid: &str,
        request: &Digest,
        state: Option<&str>,
    ) -> Result<Self, AnswerRefusal> {
        let opened = UnverifiedJwe::parse(text, MAX_ANSWER_TEXT)?.open_any(key, kid, request)?;
        // EXPOSE: the answer is read; what it says is verified next.
        let wire: Wire =
            json::parse_as(opened.expose(), MAX_ANSWER_TEXT).map_err(|_| AnswerError::Malformed)?;
        let Wire { vp_token, state: said, chop } = wire;
        if said.as_deref() != state {
            return Err(AnswerError::OtherState.into());
        }
        let ChopPart { grant, delivery, record, key, files } = chop.ok_or(AnswerError::NoGrant)?;
        let files = files.into_iter().map(FilePart::read).collect::<Result<_, _>>()?;
        Ok(Self {
            content: Content { presentations: vp_token, files },
            state: said,
            grant,
            delivery,
            record: from_base64url(&record).map_err(|_| AnswerError::Malformed)?,
            key: Secret::new(array_from_base64url(&key).map_err(|_| AnswerError::Malformed)?),
        })
    }
}

/// Unknown members are ignored: OpenID4VP 1.0 section 8.2.
#[derive(Serialize, Deserialize)]
struct Wire {
    vp_token: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chop: Option<ChopPart>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChopPart {
    grant: String,
    delivery: String,
    record: String,
    key: String,
    files: Vec<FilePart>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FilePart {
    seal: B64Digest,
    salt: B64Digest,
    mime: String,
    name: String,
    bytes: String,
}

impl FilePart {
    fn of(file: &ContentFile) -> Self {
        let ContentFile { seal, salt, mime, name, bytes } = file;
        Self {
            seal: (*seal).into(),
            salt: (*salt).into(),
            mime: mime.clone(),
            name: name.clone(),
            bytes: to_base64url(bytes),
        }
    }

    fn read(self) -> Result<ContentFile, AnswerError> {
        let Self { seal, salt, mime, name, bytes } = self;
        let bytes = from_base64url(&bytes).map_err(|_| AnswerError::Malformed)?;
        Ok(ContentFile { seal: seal.0, salt: salt.0, mime, name, bytes })
    }
}
