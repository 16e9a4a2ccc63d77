//! What a grant hands over, and the seal that only the released key opens.
//!
//! ```text
//! P  = CBOR {1: {query id: [packed SD-JWT+KB, …]}, 2: [[c, salt, mime, size, name, bytes], …]}
//! C  = AES-256-GCM(K, nonce 0, AAD "chop/1/C/" ‖ h(grant), DEFLATE(P))
//! kc = SHA-256("chop/1/kc" ‖ K)      ct = SHA-256(C)      vp = SHA-256(P)
//! ```
//!
//! K seals one content and no other, so the nonce is 0. GCM does not commit to its key: two keys
//! could open one C to two texts, so the delivery note names `kc`, and the key is compared with it
//! before anything is opened. Opening blames one party: a key that is not `kc`'s was not released; a
//! C that is not `ct`'s was swapped on the way; a C that is `ct`'s and does not open to `P` is junk
//! from the holder, which the delivery note, C and K prove to anybody.

use std::collections::BTreeMap;

use chop_crypto::{Digest, Secret, SecretBytes, open_at, same_bytes, seal_at, sha256, sha256_of};

use crate::cbor::{CborError, Deterministic, Reader, Writer, text_key_order};
use crate::deflate::{DeflateError, MAX_INFLATED, deflate, inflate};
use crate::file_seal::{MAX_MIME, seal_file};
use crate::pack::{Form, form_of, pack, unpack_item};

/// Credential queries answered in one content.
pub const MAX_QUERIES: usize = 64;
/// Presentations for one credential query.
pub const MAX_PRESENTATIONS: usize = 16;
/// Files in one content.
pub const MAX_FILES: usize = 64;
/// Bytes of a query id or of the name of a file.
pub const MAX_NAME: usize = 255;

chop_model::coded_errors! {
    /// Why content cannot be sealed or opened.
    pub enum ContentError {
        /// The key is not the one that the delivery note commits to.
        WrongKey => ("content.wrong-key", Peer, "the key is not the one that was promised"),
        /// The ciphertext is not the one that the delivery note names.
        WrongCiphertext => ("content.wrong-ciphertext", Peer, "the sealed content is not the one that was promised"),
        /// Key and ciphertext are the promised ones and do not open: the holder sealed junk.
        Junk => ("content.junk", Peer, "the sealed content does not open with its own key"),
        /// Opened, and not what the delivery note names.
        WrongContent => ("content.wrong-content", Peer, "the opened content is not the one that was promised"),
        /// Larger than 1 MiB once inflated.
        Bomb => ("content.bomb", Peer, "the content is larger than allowed once unpacked"),
        /// Not a deflated, deterministic `P`.
        Malformed => ("content.malformed", Peer, "the opened content cannot be read"),
        /// A presentation in it is not a packed SD-JWT.
        BadPresentation => ("content.bad-presentation", Peer, "a presentation in the content cannot be read"),
        /// A file in it is not the one that was sealed.
        WrongFile => ("content.wrong-file", Peer, "a file in the content is not the one that was sealed"),
        /// More than one content carries.
        TooLarge => ("content.too-large", User, "this is too much for one grant"),
    }
}

/// The presentations and files of one use: `P`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Content {
    /// Texts of SD-JWT+KB by the id of the credential query that they answer.
    pub presentations: BTreeMap<String, Vec<String>>,
    /// Files, in the order of the grant.
    pub files: Vec<ContentFile>,
}

/// A file as it travels, with what opens its seal.
#[derive(Clone, PartialEq, Eq)]
pub struct ContentFile {
    /// `c`, the seal that the grant names.
    pub seal: Digest,
    /// The salt of the seal.
    pub salt: [u8; 32],
    /// Media type.
    pub mime: String,
    /// Name to show; never a path.
    pub name: String,
    /// The file itself.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Content({} queries, {} files)", self.presentations.len(), self.files.len())
    }
}

impl std::fmt::Debug for ContentFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ContentFile({} bytes)", self.bytes.len())
    }
}

/// The hashes that bind a content to its grant and delivery note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentBinding {
    /// `h(grant)`.
    pub grant: Digest,
    /// `h(C)`.
    pub ct: Digest,
    /// The key commitment.
    pub kc: Digest,
    /// `h(P)`.
    pub vp: Digest,
}

/// `C` with the hashes that go into the delivery note.
#[derive(Debug, Clone)]
pub struct SealedContent {
    /// `C`.
    pub ciphertext: Vec<u8>,
    /// What the delivery note names.
    pub binding: ContentBinding,
}

/// `kc = SHA-256("chop/1/kc" ‖ K)`.
pub fn key_commitment(key: &Secret<32>) -> Digest {
    // EXPOSE: the commitment is a hash of the key.
    sha256_of(&[b"chop/1/kc", key.expose()])
}

/// Seals `content` for the grant whose hash is `grant`. The key must be fresh: it seals this and
/// nothing else, ever.
///
/// # Errors
/// [`ContentError::TooLarge`], [`ContentError::BadPresentation`] or [`ContentError::WrongFile`] when
/// nobody could open it again.
pub fn seal_content(
    key: &Secret<32>,
    grant: &Digest,
    content: &Content,
) -> Result<SealedContent, ContentError> {
    let p = content.to_cbor()?;
    let deflated = deflate(&p).map_err(|_| ContentError::TooLarge)?;
    let ciphertext = seal_at(key, NONCE, &context(grant), &deflated).map_err(|_| ContentError::TooLarge)?;
    let binding =
        ContentBinding { grant: *grant, ct: sha256(&ciphertext), kc: key_commitment(key), vp: sha256(&p) };
    Ok(SealedContent { ciphertext, binding })
}

/// Opens `ciphertext` with the released key. Every file in the result has been checked against its
/// seal; the presentations are texts that nobody has verified yet.
///
/// # Errors
/// [`ContentError`], in the order of the checks: key, ciphertext, tag, size, hash, form, files.
pub fn open_content(
    key: &Secret<32>,
    binding: &ContentBinding,
    ciphertext: &[u8],
) -> Result<Content, ContentError> {
    if !same_bytes(&key_commitment(key), &binding.kc) {
        return Err(ContentError::WrongKey);
    }
    if sha256(ciphertext) != binding.ct {
        return Err(ContentError::WrongCiphertext);
    }
    let deflated =
        open_at(key, NONCE, &context(&binding.grant), ciphertext).map_err(|_| ContentError::Junk)?;
    // EXPOSE: the tag holds, the text is read.
    let p = SecretBytes::new(inflate(deflated.expose(), MAX_INFLATED).map_err(|error| match error {
        DeflateError::TooLarge => ContentError::Bomb,
        _ => ContentError::Malformed,
    })?);
    // EXPOSE: as above.
    if sha256(p.expose()) != binding.vp {
        return Err(ContentError::WrongContent);
    }
    // EXPOSE: as above.
    Content::from_cbor(p.expose())
}

impl Content {
    /// `P`.
    ///
    /// # Errors
    /// As [`seal_content`].
    pub fn to_cbor(&self) -> Result<Vec<u8>, ContentError> {
        self.check_limits()?;
        let mut writer = Writer::new();
        writer.map(2).uint(1).map(self.presentations.len());
        let mut queries: Vec<_> = self.presentations.iter().collect();
        queries.sort_by(|a, b| text_key_order(a.0, b.0));
        for (id, texts) in queries {
            writer.text(id).array(texts.len());
            for text in texts {
                write_presentation(&mut writer, text)?;
            }
        }
        writer.uint(2).array(self.files.len());
        for file in &self.files {
            file.check()?;
            writer.array(6).bytes(&file.seal).bytes(&file.salt).text(&file.mime);
            writer.uint(file.bytes.len() as u64).text(&file.name).bytes(&file.bytes);
        }
        Ok(writer.finish())
    }

    fn from_cbor(bytes: &[u8]) -> Result<Self, ContentError> {
        let mut reader = Deterministic::check(bytes, MAX_INFLATED)?.reader();
        reader.map(2)?;
        reader.exactly(1)?;
        let mut presentations = BTreeMap::new();
        for _ in 0..reader.map_up_to(MAX_QUERIES)? {
            let id = short_text(&mut reader)?;
            presentations.insert(id, read_presentations(&mut reader)?);
        }
        reader.exactly(2)?;
        let mut files = Vec::new();
        for _ in 0..reader.array_up_to(MAX_FILES)? {
            files.push(ContentFile::read(&mut reader)?);
        }
        reader.finish()?;
        Ok(Self { presentations, files })
    }

    fn check_limits(&self) -> Result<(), ContentError> {
        let fits = self.presentations.len() <= MAX_QUERIES
            && self.presentations.iter().all(|(id, p)| id.len() <= MAX_NAME && p.len() <= MAX_PRESENTATIONS)
            && self.files.len() <= MAX_FILES
            && self.files.iter().all(|f| f.name.len() <= MAX_NAME && f.mime.len() <= MAX_MIME);
        if fits { Ok(()) } else { Err(ContentError::TooLarge) }
    }
}

impl ContentFile {
    fn read(reader: &mut Reader<'_>) -> Result<Self, ContentError> {
        reader.array(6)?;
        let (seal, salt) = (reader.array_of()?, reader.array_of()?);
        let mime = short_text(reader)?;
        let size = reader.uint()?;
        let name = short_text(reader)?;
        let bytes = reader.bytes()?.to_vec();
        if size != bytes.len() as u64 {
            return Err(ContentError::WrongFile);
        }
        let file = Self { seal, salt, mime, name, bytes };
        file.check()?;
        Ok(file)
    }

    fn check(&self) -> Result<(), ContentError> {
        match seal_file(&self.salt, &self.mime, &self.bytes) {
            Ok(seal) if seal == self.seal => Ok(()),
            _ => Err(ContentError::WrongFile),
        }
    }
}

fn write_presentation(writer: &mut Writer, text: &str) -> Result<(), ContentError> {
    if form_of(text) != Ok(Form::SdJwt) {
        return Err(ContentError::BadPresentation);
    }
    let packed = pack(text).map_err(|_| ContentError::BadPresentation)?;
    writer.item(Deterministic::check(&packed, MAX_INFLATED).map_err(|_| ContentError::TooLarge)?);
    Ok(())
}

fn read_presentations(reader: &mut Reader<'_>) -> Result<Vec<String>, ContentError> {
    let mut texts = Vec::new();
    for _ in 0..reader.array_up_to(MAX_PRESENTATIONS)? {
        let text = unpack_item(reader.item()?).map_err(|_| ContentError::BadPresentation)?;
        if form_of(&text) != Ok(Form::SdJwt) {
            return Err(ContentError::BadPresentation);
        }
        texts.push(text);
    }
    Ok(texts)
}

fn short_text(reader: &mut Reader<'_>) -> Result<String, ContentError> {
    let text = reader.text()?;
    if text.len() > MAX_NAME { Err(ContentError::Malformed) } else { Ok(text.to_owned()) }
}

fn context(grant: &Digest) -> Vec<u8> {
    [&b"chop/1/C/"[..], grant].concat()
}

impl From<CborError> for ContentError {
    fn from(_: CborError) -> Self {
        Self::Malformed
    }
}

const NONCE: [u8; chop_crypto::NONCE_LEN] = [0; chop_crypto::NONCE_LEN];

#[cfg(test)]
mod tests;
