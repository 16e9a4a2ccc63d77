//! Taking things in: picked, dropped, pasted, from an issuer's link. First a look, then a yes.

use chop_core::holdings::Imported;
use chop_core::mask::masked_text;
use chop_core::notice::Words;
use chop_transport::Client;
use tauri::{AppHandle, DragDropEvent, Emitter as _, Manager as _, State, Window, WindowEvent};

use super::holdings::with;
use crate::app::MAIN;
use crate::dto::intake::{Drop, Kept, Look, Progress, Waiting};
use crate::failure::{Answer, Told};
use crate::holdings::cards::titled;
use crate::holdings::intake::{Intake, keep};
use crate::holdings::item::id_of;
use crate::holdings::look;
use crate::pick::{self, Want};
use crate::state::Desktop;

/// Asks which files.
#[tauri::command(async)]
pub(crate) fn intake_pick(app: AppHandle, intake: State<'_, Intake>, title: String) -> Vec<Waiting> {
    intake.files(MAIN, pick::to_open(&app, Want { title: &title, endings: &[] }))
}

/// Takes a text or an issuer's link. Nothing is asked of anybody yet.
#[tauri::command(async)]
pub(crate) fn intake_text(
    desktop: State<'_, Desktop>,
    intake: State<'_, Intake>,
    text: String,
) -> Answer<Waiting> {
    match look::is_link(&text) {
        true => intake.link(text.trim()).told(&desktop),
        false => Ok(intake.text(text)),
    }
}

/// Looks at what waits. For a link the issuer is asked as far as it goes.
#[tauri::command(async)]
pub(crate) fn intake_look(
    desktop: State<'_, Desktop>,
    intake: State<'_, Intake>,
    token: String,
) -> Answer<Look> {
    let client = client(&desktop)?;
    with(&desktop, |wallet, words| look::look(wallet, words, &*intake.find(&token)?, &client))
}

/// Gives the issuer of a link its code.
#[tauri::command(async)]
pub(crate) fn intake_code(
    desktop: State<'_, Desktop>,
    intake: State<'_, Intake>,
    token: String,
    code: String,
) -> Answer<Look> {
    let client = client(&desktop)?;
    with(&desktop, |wallet, words| look::code(wallet, words, &*intake.find(&token)?, (&code, &client)))
}

/// Keeps what was looked at; nothing where somebody pressed stop meanwhile.
#[tauri::command(async)]
pub(crate) fn intake_keep(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    intake: State<'_, Intake>,
    token: String,
    title: Option<String>,
    replaces: Option<String>,
) -> Answer<Option<Kept>> {
    let client = client(&desktop)?;
    let kept = with(&desktop, |wallet, words| {
        let comer = intake.find(&token)?;
        let title = title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        if let Some(kept) = look::keep_link(wallet, &comer, (title, &client)) {
            return kept.map(|kept| Some(told_kept(words, &kept)));
        }
        let of = comer.size_now();
        // A window that is gone hears nothing.
        let told = |done| drop(app.emit_to(MAIN, PROGRESS, Progress { token: token.clone(), done, of }));
        let replaces = replaces.as_deref().map(id_of).transpose()?;
        let kept = keep(wallet, &comer, (title, replaces.as_ref()), &told)?;
        Ok(kept.map(|kept| told_kept(words, &kept)))
    })?;
    intake.let_go(&token);
    Ok(kept)
}

fn told_kept(words: &Words, kept: &Imported) -> Kept {
    Kept { id: kept.id.to_string(), title: masked_text(&titled(words, &kept.title)) }
}

/// Lets go of what waits, or stops what is coming in. An issuer that wants to hear is told.
#[tauri::command(async)]
pub(crate) fn intake_let_go(
    desktop: State<'_, Desktop>,
    intake: State<'_, Intake>,
    token: String,
) -> Answer<()> {
    if let Some(comer) = intake.let_go(&token)
        && let (Ok(wallet), Ok(client)) = (desktop.wallet(), client(&desktop))
    {
        look::decline_link(&wallet, &comer, &client);
    }
    Ok(())
}

/// What the window does when files are held over it or dropped on it: their paths stay on this side.
pub(crate) fn dropped(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(event) = event else { return };
    let told = match event {
        DragDropEvent::Enter { .. } => Drop { is_over: true, files: Vec::new() },
        DragDropEvent::Leave => Drop { is_over: false, files: Vec::new() },
        DragDropEvent::Drop { paths, .. } if window.state::<Desktop>().is_open() => {
            Drop { is_over: false, files: window.state::<Intake>().files(window.label(), paths.clone()) }
        }
        DragDropEvent::Drop { .. } => Drop { is_over: false, files: Vec::new() },
        _ => return,
    };
    let _ = window.emit_to(window.label(), DROPPED, told);
}

/// A client for the network.
pub(super) fn client(desktop: &Desktop) -> Answer<Client> {
    crate::net::rules(desktop).and_then(Client::new).told(desktop)
}

/// How far a large file has come in.
const PROGRESS: &str = "intake-progress";
/// Files over the window.
const DROPPED: &str = "dropped";
