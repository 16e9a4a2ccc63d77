//! Room 7: scanning. Each source comes to the same answer; nothing happens to what was found.

use std::iter::once_with;
use std::thread;

use chop_core::{Error, WalletError};
use tauri::ipc::{InvokeBody, Request};
use tauri::{AppHandle, Emitter as _, Manager as _, State, WebviewWindow};

use crate::dto::intake::Waiting;
use crate::dto::scan::{Found, ScanBegun, ScanNews, ScanPreview, ScanView};
use crate::failure::{Answer, Told as _};
use crate::holdings::intake::Intake;
use crate::pick::{self, Want};
use crate::scan::camera::{self, CameraFault, Preview, Sink};
use crate::scan::picture::Held;
use crate::scan::{Content, Outcome, Scans, Trouble, picture, screen};
use crate::state::Desktop;

/// Begins a scan in this window.
#[tauri::command(async)]
pub(crate) fn scan_begin(window: WebviewWindow, scans: State<'_, Scans>) -> ScanBegun {
    ScanBegun { id: scans.begin(window.label()), camera_here: camera::IS_HERE }
}

/// Ends a scan and lets go of its camera.
#[tauri::command(async)]
pub(crate) fn scan_end(window: WebviewWindow, scans: State<'_, Scans>, scan: String) {
    scans.end(window.label(), &scan);
}

/// Forgets the codes of a message that is not whole.
#[tauri::command(async)]
pub(crate) fn scan_restart(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    scan: String,
) -> Answer<ScanView> {
    scans.scan(window.label(), &scan).told(&desktop)?.restart();
    Ok(ScanView::default())
}

/// Takes what was typed or pasted.
#[tauri::command(async)]
pub(crate) fn scan_text(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    scan: String,
    text: String,
) -> Answer<ScanView> {
    look(&window, &desktop, &scans, &scan, once_with(|| picture::in_bytes(text.as_bytes())))
}

/// Asks for files and looks into each, as far as the first that makes something whole.
#[tauri::command(async)]
pub(crate) fn scan_files(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    scan: String,
    title: String,
) -> Answer<ScanView> {
    let paths = pick::to_open(window.app_handle(), Want { title: &title, endings: &[] });
    look(&window, &desktop, &scans, &scan, paths.iter().map(|path| picture::in_file(path)))
}

/// Looks into files that were dropped on this window, as far as the first that makes something whole.
#[tauri::command(async)]
pub(crate) fn scan_dropped(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    intake: State<'_, Intake>,
    scan: String,
    tokens: Vec<String>,
) -> Answer<ScanView> {
    let paths = tokens.iter().filter_map(|token| intake.path_of(window.label(), token));
    look(&window, &desktop, &scans, &scan, paths.map(|path| picture::in_file(&path)))
}

/// Takes what lies in the clipboard: text, or a picture.
#[tauri::command(async)]
pub(crate) fn scan_clipboard(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    scan: String,
) -> Answer<ScanView> {
    let text = once_with(|| crate::scan::texts_of_clipboard(window.app_handle()));
    look(&window, &desktop, &scans, &scan, text)
}

/// Takes the bytes of a file that was dropped on the page, or of a picture that was pasted into it.
#[tauri::command(async)]
pub(crate) fn scan_bytes(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    request: Request<'_>,
) -> Answer<ScanView> {
    let (scan, bytes) = body(&request, SCAN).told(&desktop)?;
    look(&window, &desktop, &scans, scan, once_with(|| picture::in_bytes(bytes)))
}

/// Takes one frame of grey pixels from a camera that the page has.
#[tauri::command(async)]
pub(crate) fn scan_frame(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    request: Request<'_>,
) -> Answer<ScanView> {
    let (scan, pixels) = body(&request, SCAN).told(&desktop)?;
    let width = header(&request, WIDTH).and_then(|width| width.parse().ok()).unwrap_or_default();
    let (label, on) = (window.label(), scans.scan(window.label(), scan).told(&desktop)?);
    let texts = chop_core::qr::read_pixels(pixels, width).unwrap_or_default();
    Ok(ScanView::of(&on, scans.take(label, &on, &texts), desktop.lang()))
}

/// Starts the camera of this machine. What it sees comes as events: `scan` and `scan-preview`.
#[tauri::command(async)]
pub(crate) fn scan_camera(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    scan: String,
) -> Answer<()> {
    let on = scans.scan(window.label(), &scan).told(&desktop)?;
    let cancel = on.start_camera();
    let mut watcher = Watcher { app: window.app_handle().clone(), label: window.label().to_owned(), scan };
    thread::spawn(move || match camera::open() {
        Ok(mut source) => camera::watch(source.as_mut(), &mut watcher, &cancel),
        Err(fault) => watcher.fault(fault),
    });
    Ok(())
}

/// Stops the camera.
#[tauri::command(async)]
pub(crate) fn scan_camera_stop(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    scan: String,
) -> Answer<()> {
    scans.scan(window.label(), &scan).told(&desktop)?.stop_camera();
    Ok(())
}

/// Hands a credential, or the link to one, to the room where one looks before one keeps.
#[tauri::command(async)]
pub(crate) fn scan_import(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    intake: State<'_, Intake>,
    found: String,
) -> Answer<Waiting> {
    let content = scans.found(window.label(), &found).told(&desktop)?;
    match content.as_ref() {
        Content::Credential(text) => Ok(intake.text(text.clone())),
        Content::IssuerLink(link) => intake.link(link).told(&desktop),
        _ => Err(WalletError::OtherMessage).told(&desktop),
    }
}

/// Looks at the screen for codes, on a desktop that lets an app do that.
#[tauri::command(async)]
pub(crate) fn scan_screen(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    scan: String,
) -> Answer<ScanView> {
    look(&window, &desktop, &scans, &scan, once_with(|| screen::behind(&window)))
}

/// What the app was started with: a link or a file, as if it had been scanned.
#[tauri::command(async)]
pub(crate) fn scan_opened(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    text: String,
) -> Found {
    let (id, content) = scans.keep(window.label(), Content::of(text.trim()));
    Found::of(id, &content, desktop.lang())
}

/// Looks into one place after the other, as far as the first that makes something whole. A place is looked
/// into only when its turn comes.
fn look(
    window: &WebviewWindow,
    desktop: &Desktop,
    scans: &Scans,
    scan: &str,
    places: impl Iterator<Item = Held>,
) -> Answer<ScanView> {
    let (label, on) = (window.label(), scans.scan(window.label(), scan).told(desktop)?);
    let mut outcome = Outcome::default();
    for held in places {
        outcome = scans.take_held(label, &on, held);
        if outcome.found.is_some() {
            break;
        }
    }
    Ok(ScanView::of(&on, outcome, desktop.lang()))
}

/// Tells the page what a camera sees.
struct Watcher {
    app: AppHandle,
    label: String,
    scan: String,
}

impl Watcher {
    fn tell(&self, outcome: impl FnOnce(&Scans, &crate::scan::Scan) -> Outcome) -> bool {
        let (scans, desktop) = (self.app.state::<Scans>(), self.app.state::<Desktop>());
        // A scan that ended meanwhile wants nothing more.
        let Ok(scan) = scans.scan(&self.label, &self.scan) else { return true };
        let outcome = outcome(&scans, &scan);
        let is_whole = outcome.found.is_some();
        if outcome.is_news || outcome.error.is_some() || outcome.trouble.is_some() {
            let view = ScanView::of(&scan, outcome, desktop.lang());
            // A window that closed meanwhile hears nothing, and needs nothing.
            let _ = self.app.emit_to(&self.label, "scan", ScanNews { scan: self.scan.clone(), view });
        }
        is_whole
    }
}

impl Sink for Watcher {
    fn texts(&mut self, texts: &[String]) -> bool {
        self.tell(|scans, scan| scans.take(&self.label, scan, texts))
    }

    fn preview(&mut self, preview: Preview) {
        let _ = self.app.emit_to(&self.label, "scan-preview", ScanPreview::of(&self.scan, &preview));
    }

    fn fault(&mut self, fault: CameraFault) {
        self.tell(|_, _| Outcome { trouble: Some(Trouble::Camera(fault)), ..Outcome::default() });
    }
}

fn body<'a>(request: &'a Request<'_>, name: &str) -> chop_core::Result<(&'a str, &'a [u8])> {
    let InvokeBody::Raw(bytes) = request.body() else { return Err(Error::from(WalletError::UnknownCode)) };
    let scan = header(request, name).ok_or(WalletError::UnknownCode)?;
    Ok((scan, bytes))
}

fn header<'a>(request: &'a Request<'_>, name: &str) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

/// Headers of a call whose body is bytes.
const SCAN: &str = "scan";
const WIDTH: &str = "width";
