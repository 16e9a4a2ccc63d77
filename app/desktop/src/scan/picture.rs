//! Files and the clipboard, as texts. Bounds come before anything is read.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use chop_core::qr::{self, PICTURE_BYTES_MAX, PICTURE_PIXELS_MAX, QrError};
use tauri::AppHandle;
use tauri_plugin_clipboard_manager::ClipboardExt as _;

use super::Content;
use super::content::MAX_TEXT;

/// What a file or the clipboard held.
#[derive(Debug)]
pub(crate) enum Held {
    /// The texts of its codes, or its lines.
    Texts(Vec<String>),
    /// A file of ours.
    Whole(Content),
    /// A picture without a readable code, or one that is broken.
    Unread(QrError),
    /// Too large, or not to be read at all, or of no form that is known.
    Refused(Refusal),
}

/// Why something was not even looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The file cannot be read.
    Unreadable,
    /// Larger than anything that can be scanned.
    TooLarge,
    /// Neither picture nor text nor a file of ours.
    UnknownForm,
    /// There is nothing in the clipboard, or nothing of use.
    ClipboardEmpty,
    /// This desktop lets no app look at the screen.
    NoScreen,
}

/// Reads what lies in a file.
pub(crate) fn in_file(path: &Path) -> Held {
    let Ok(file) = fs::metadata(path) else { return Held::Refused(Refusal::Unreadable) };
    if !file.is_file() {
        return Held::Refused(Refusal::Unreadable);
    }
    if file.len() > MAX_FILE {
        return Held::Refused(Refusal::TooLarge);
    }
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(MAX_FILE).read_to_end(&mut bytes)) {
        Ok(_) => in_bytes(&bytes),
        Err(_) => Held::Refused(Refusal::Unreadable),
    }
}

/// What bytes are: a picture, a file of ours, or lines of text.
pub(crate) fn in_bytes(bytes: &[u8]) -> Held {
    if let Some(content) = Content::of_bytes(bytes) {
        return Held::Whole(content);
    }
    match qr::read(bytes) {
        Ok(texts) => Held::Texts(texts),
        Err(QrError::PictureForm) => in_text(bytes),
        Err(error) => Held::Unread(error),
    }
}

fn in_text(bytes: &[u8]) -> Held {
    match std::str::from_utf8(bytes) {
        Ok(text) if bytes.len() <= MAX_TEXT => Held::Texts(lines(text)),
        Ok(_) => Held::Refused(Refusal::TooLarge),
        Err(_) => Held::Refused(Refusal::UnknownForm),
    }
}

/// Frames stand one on a line; whatever else there is, is one text.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    if lines.clone().all(|line| line.starts_with("CHOP1:")) {
        return lines.map(str::to_owned).collect();
    }
    match (lines.next(), lines.next()) {
        (Some(only), None) => vec![only.to_owned()],
        _ => vec![text.trim().to_owned()],
    }
}

/// What lies in the clipboard: text before a picture, because who copies a link copies its picture too.
pub(crate) fn texts_of_clipboard(app: &AppHandle) -> Held {
    if let Ok(text) = app.clipboard().read_text()
        && !text.trim().is_empty()
    {
        return in_text(text.as_bytes());
    }
    let Ok(image) = app.clipboard().read_image() else { return Held::Refused(Refusal::ClipboardEmpty) };
    if u64::from(image.width()) * u64::from(image.height()) > PICTURE_PIXELS_MAX {
        return Held::Unread(QrError::PicturePixels);
    }
    match qr::read_pixels(&grey(image.rgba()), image.width()) {
        Ok(texts) => Held::Texts(texts),
        Err(error) => Held::Unread(error),
    }
}

/// BT.601, over white where a pixel is transparent.
fn grey(rgba: &[u8]) -> Vec<u8> {
    let grey = |pixel: &[u8]| match pixel {
        [r, g, b, a] => {
            let [r, g, b, a] = [*r, *g, *b, *a].map(u32::from);
            let light = (299 * r + 587 * g + 114 * b) / 1000;
            u8::try_from((light * a + 255 * (255 - a)) / 255).unwrap_or(u8::MAX)
        }
        _ => u8::MAX,
    };
    rgba.chunks_exact(4).map(grey).collect()
}

/// Bytes of a file that is looked at: the largest picture.
const MAX_FILE: u64 = PICTURE_BYTES_MAX as u64;
