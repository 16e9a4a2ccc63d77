//! What a scan has come to: how far, what was found, what is wrong.

use std::sync::Arc;

use chop_core::flow::Inbound;
use chop_core::notice::Words;
use chop_core::plumbing::formats::offer::OfferCode;
use chop_core::plumbing::formats::openid4vp::RequestLink;
use chop_core::plumbing::formats::sd_jwt::Held;
use chop_core::plumbing::model::Lang;
use chop_core::qr::QrError;
use serde::Serialize;
use ts_rs::TS;

use crate::failure::Failure;
use crate::scan::camera::{CameraFault, Preview};
use crate::scan::picture::Refusal;
use crate::scan::{Content, Outcome, Scan, Trouble};

/// A scan that began.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "scan.ts")]
pub(crate) struct ScanBegun {
    /// Its id.
    pub(crate) id: String,
    /// Whether this app takes the frames of a camera; else the page does.
    pub(crate) camera_here: bool,
}

/// Where a scan stands.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "scan.ts")]
pub(crate) struct ScanView {
    /// How far a message of several codes is.
    pub(crate) progress: Option<ScanProgress>,
    /// What was found. Nothing has happened to it.
    pub(crate) found: Option<Found>,
    /// What is wrong with a code, in core's words.
    pub(crate) failure: Option<Failure>,
    /// What is wrong with a picture, a file or the camera.
    pub(crate) trouble: Option<ScanTrouble>,
}

/// How far a message of several codes is.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "scan.ts")]
pub(crate) struct ScanProgress {
    /// Codes read.
    pub(crate) received: u16,
    /// Codes of the message.
    pub(crate) count: u16,
    /// Numbers of those that are missing, from 1.
    pub(crate) missing: Vec<u16>,
}

/// What was found: named, and nothing more.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "scan.ts")]
pub(crate) struct Found {
    /// Under which a room takes it.
    pub(crate) id: String,
    /// What it is.
    pub(crate) kind: FoundKind,
    /// Where a link leads, the type of a credential, the beginning of a text; as it says itself.
    pub(crate) about: Option<String>,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "scan.ts")]
pub(crate) enum FoundKind {
    /// A verifier's request.
    Request,
    /// A holder's sealed data.
    Data,
    /// An acknowledgement.
    Acknowledgement,
    /// A key.
    Key,
    /// A use receipt.
    Use,
    /// A signed refusal.
    Refused,
    /// A statement that data were erased.
    Erased,
    /// The code of an offer.
    Offer,
    /// A link to a verifier's request.
    RequestLink,
    /// A link to a credential that an issuer offers.
    IssuerLink,
    /// A credential.
    Credential,
    /// A list of whom to trust.
    TrustList,
    /// A pack of rules or of the catalogue.
    Pack,
    /// A key to which offers can be sealed.
    KeyStatement,
    /// What somebody says of a consent.
    Notice,
    /// A backup.
    Backup,
    /// A proof pack.
    Proof,
    /// Text that is none of these.
    Text,
}

/// What is wrong with a picture, a file or the camera: a word that the page has words for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "scan.ts")]
pub(crate) enum ScanTrouble {
    /// No code is in the picture.
    NoCode,
    /// The picture has more pixels than are looked at.
    PictureTooLarge,
    /// The picture is broken.
    PictureBroken,
    /// The file cannot be read.
    FileUnreadable,
    /// The file is larger than anything that is scanned.
    FileTooLarge,
    /// The file is neither picture nor text nor one of ours.
    FileUnknown,
    /// The clipboard holds nothing of use.
    ClipboardEmpty,
    /// This desktop lets no app look at the screen.
    NoScreen,
    /// No camera is connected.
    NoCamera,
    /// The camera may not be used.
    CameraNotAllowed,
    /// Another program has the camera.
    CameraBusy,
    /// The camera gives no picture that is read here.
    CameraOtherForm,
    /// The camera went away.
    CameraGone,
}

/// A scan moved on by itself: its camera saw something.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "scan.ts")]
pub(crate) struct ScanNews {
    /// The scan.
    pub(crate) scan: String,
    /// Where it stands.
    pub(crate) view: ScanView,
}

/// A small picture of what the camera sees.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "scan.ts")]
pub(crate) struct ScanPreview {
    /// The scan.
    pub(crate) scan: String,
    /// Pixels in a row.
    pub(crate) width: u32,
    /// Rows.
    pub(crate) height: u32,
    /// Grey pixels, row by row, in base64.
    pub(crate) grey: String,
}

impl ScanView {
    /// What an input came to.
    pub(crate) fn of(scan: &Scan, outcome: Outcome, lang: Lang) -> Self {
        let Outcome { found, error, trouble, is_news: _ } = outcome;
        let progress = scan.progress().map(|progress| ScanProgress {
            received: progress.received,
            count: progress.count,
            missing: progress.missing,
        });
        Self {
            progress: progress.filter(|_| found.is_none()),
            found: found.map(|(id, content)| Found::of(id, &content, lang)),
            failure: error.map(|error| Failure::of(&error, lang)),
            trouble: trouble.map(ScanTrouble::of),
        }
    }
}

impl Found {
    /// What was found under an id.
    pub(crate) fn of(id: String, content: &Arc<Content>, lang: Lang) -> Self {
        Self { id, kind: FoundKind::of(content), about: about(content, lang) }
    }
}

impl FoundKind {
    fn of(content: &Content) -> Self {
        match content {
            Content::Message(Inbound::Request(_)) => Self::Request,
            Content::Message(Inbound::Data(_)) => Self::Data,
            Content::Message(Inbound::Acknowledgement(_)) => Self::Acknowledgement,
            Content::Message(Inbound::Key(_)) => Self::Key,
            Content::Message(Inbound::Use(_)) => Self::Use,
            Content::Message(Inbound::Refused(_)) => Self::Refused,
            Content::Message(Inbound::Erased(_)) => Self::Erased,
            Content::Offer(_) => Self::Offer,
            Content::RequestLink(_) => Self::RequestLink,
            Content::IssuerLink(_) => Self::IssuerLink,
            Content::Credential(_) => Self::Credential,
            Content::TrustList(_) => Self::TrustList,
            Content::Pack(_) => Self::Pack,
            Content::KeyStatement(_) => Self::KeyStatement,
            Content::Notice => Self::Notice,
            Content::Backup => Self::Backup,
            Content::Proof => Self::Proof,
            Content::Text(_) => Self::Text,
        }
    }
}

/// What can be said of it without a step: where it leads, what type it says it is.
fn about(content: &Content, lang: Lang) -> Option<String> {
    match content {
        Content::Offer(text) => Some(OfferCode::parse(text).ok()?.relay.as_str().to_owned()),
        Content::RequestLink(text) => host_of(RequestLink::parse(text).ok()?.request_uri.as_str()),
        Content::Credential(text) => {
            let claims = Held::read(text).ok()?.claims().clone();
            Words::of(lang).ok()?.document(claims.get("vct")?.as_str()?).ok()
        }
        Content::Text(text) => Some(text.chars().take(TEXT_SHOWN).collect()),
        _ => None,
    }
}

fn host_of(url: &str) -> Option<String> {
    url.split_once("://")?.1.split(['/', '?', '#']).next().map(str::to_owned)
}

impl ScanTrouble {
    fn of(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Picture(QrError::NoCode) => Self::NoCode,
            Trouble::Picture(QrError::PictureBytes | QrError::PicturePixels) => Self::PictureTooLarge,
            Trouble::Picture(_) => Self::PictureBroken,
            Trouble::Refused(Refusal::Unreadable) => Self::FileUnreadable,
            Trouble::Refused(Refusal::TooLarge) => Self::FileTooLarge,
            Trouble::Refused(Refusal::UnknownForm) => Self::FileUnknown,
            Trouble::Refused(Refusal::ClipboardEmpty) => Self::ClipboardEmpty,
            Trouble::Refused(Refusal::NoScreen) => Self::NoScreen,
            Trouble::Camera(CameraFault::None) => Self::NoCamera,
            Trouble::Camera(CameraFault::NotAllowed) => Self::CameraNotAllowed,
            Trouble::Camera(CameraFault::Busy) => Self::CameraBusy,
            Trouble::Camera(CameraFault::OtherForm) => Self::CameraOtherForm,
            Trouble::Camera(CameraFault::Gone) => Self::CameraGone,
        }
    }
}

impl ScanPreview {
    /// What a scan's camera sees.
    pub(crate) fn of(scan: &str, preview: &Preview) -> Self {
        let Preview { width, height, grey } = preview;
        let grey = chop_core::plumbing::crypto::encoding::to_base64(grey);
        Self { scan: scan.to_owned(), width: *width, height: *height, grey }
    }
}

/// Characters of an unknown text that are shown.
const TEXT_SHOWN: usize = 120;
