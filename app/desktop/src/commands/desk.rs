//! Room 10: the verifier's counter, in a window of its own.

use std::sync::Arc;

use chop_core::plumbing::crypto::encoding::from_base64;
use chop_core::plumbing::formats::jose::jwk;
use chop_core::plumbing::model::Id;
use chop_core::plumbing::vault::table::exchange::Role;
use chop_core::{Wallet, WalletError};
use tauri::{AppHandle, State, WebviewWindow};

use crate::consent::Outgoing;
use crate::desk::{self, AskDraft, Step};
use crate::dto::desk::{DeskExchange, DeskForms, DeskKept, DeskState};
use crate::failure::{Answer, Told as _};
use crate::pick::{self, Want};
use crate::scan::Scans;
use crate::state::Desktop;

/// Opens the counter's window, or raises it.
#[tauri::command(async)]
pub(crate) fn desk_open(app: AppHandle, desktop: State<'_, Desktop>) -> Answer<()> {
    crate::app::open_desk(&app).map_err(|_| WalletError::Internal).told(&desktop)
}

/// Who stands behind the counter.
#[tauri::command(async)]
pub(crate) fn desk_state(desktop: State<'_, Desktop>) -> Answer<DeskState> {
    let Ok(wallet) = desktop.desk_wallet() else {
        return Ok(DeskState { open: false, name: None, certified: false, place: None, key: None });
    };
    let party = desk::own_party(&wallet).ok().flatten();
    let key = wallet.verifier_key().told(&desktop)?;
    Ok(DeskState {
        open: true,
        name: party.map(|party| party.names.in_lang(desktop.lang()).to_owned()),
        certified: wallet.client_id().is_ok(),
        place: wallet.place().ok().map(|place| place.code().to_owned()),
        key: Some(jwk::to_value(&key).to_string()),
    })
}

/// What can be asked.
#[tauri::command(async)]
pub(crate) fn desk_forms(desktop: State<'_, Desktop>) -> Answer<DeskForms> {
    let catalog = wallet(&desktop)?.catalog().told(&desktop)?;
    DeskForms::of(&catalog, desktop.lang()).told(&desktop)
}

/// Takes the certificate of this counter's key from a file, leaf first (PEM).
#[tauri::command(async)]
pub(crate) fn desk_certify(app: AppHandle, desktop: State<'_, Desktop>, title: String) -> Answer<DeskState> {
    let want = Want { title: &title, endings: &["pem", "crt", "cer"] };
    if let Some(path) = pick::to_open(&app, want).into_iter().next() {
        let pem = std::fs::read_to_string(path).map_err(|_| WalletError::UnknownForm).told(&desktop)?;
        wallet(&desktop)?.certify(&certificates(&pem).told(&desktop)?).told(&desktop)?;
    }
    desk_state(desktop)
}

/// Makes a request of the form.
#[tauri::command(async)]
pub(crate) fn desk_ask(
    desktop: State<'_, Desktop>,
    outgoing: State<'_, Outgoing>,
    draft: AskDraft,
) -> Answer<DeskExchange> {
    let wallet = wallet(&desktop)?;
    let asked = desk::request(&wallet, &draft).and_then(|request| wallet.ask(request)).told(&desktop)?;
    let id = outgoing.keep(asked);
    view(&desktop, &wallet, &id)
}

/// What the counter did, newest first.
#[tauri::command(async)]
pub(crate) fn desk_list(desktop: State<'_, Desktop>) -> Answer<Vec<DeskExchange>> {
    let wallet = wallet(&desktop)?;
    let rows = wallet.exchanges().told(&desktop)?;
    let own = rows.iter().filter(|row| row.role == Role::Verifier).take(MOST_ROWS);
    Ok(own.map(|row| desk::listed(&wallet, row, desktop.lang())).collect())
}

/// One exchange, with what to show and what was taken.
#[tauri::command(async)]
pub(crate) fn desk_exchange(desktop: State<'_, Desktop>, exchange: String) -> Answer<DeskExchange> {
    let (wallet, id) = (wallet(&desktop)?, id(&desktop, &exchange)?);
    view(&desktop, &wallet, &id)
}

/// The page has drawn the codes: the record says so.
#[tauri::command(async)]
pub(crate) fn desk_shown(
    desktop: State<'_, Desktop>,
    outgoing: State<'_, Outgoing>,
    exchange: String,
) -> Answer<()> {
    let (wallet, id) = (wallet(&desktop)?, id(&desktop, &exchange)?);
    outgoing.shown(&wallet, &id).told(&desktop)
}

/// Takes what was scanned: sealed data, a key, or the code of an offer, for which `draft` asks.
#[tauri::command(async)]
pub(crate) fn desk_take(
    window: WebviewWindow,
    app: AppHandle,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    outgoing: State<'_, Outgoing>,
    found: String,
    draft: Option<AskDraft>,
) -> Answer<DeskExchange> {
    let wallet = wallet(&desktop)?;
    let content = scans.found(window.label(), &found).told(&desktop)?;
    let ask = draft.map(|draft| desk::request(&wallet, &draft)).transpose().told(&desktop)?;
    let id = match desk::take(&wallet, &content, ask).told(&desktop)? {
        Step::Show(outbound) => outgoing.keep(outbound),
        Step::Follow(id) => {
            desk::follow(app, id);
            id
        }
    };
    view(&desktop, &wallet, &id)
}

/// Writes a file that was taken to where the clerk says. Copies are out of reach of the clock.
#[tauri::command(async)]
pub(crate) fn desk_save_file(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    exchange: String,
    number: usize,
    title: String,
) -> Answer<bool> {
    let received = wallet(&desktop)?.received(&id(&desktop, &exchange)?).told(&desktop)?;
    let file = received.files.get(number).ok_or(WalletError::NoSuchItem).told(&desktop)?;
    let name = std::path::Path::new(&file.name).file_name().unwrap_or_default().to_string_lossy();
    let Some(path) = pick::to_save(&app, Want { title: &title, endings: &[] }, &name) else {
        return Ok(false);
    };
    std::fs::write(path, &file.bytes).map_err(|_| WalletError::Internal).told(&desktop)?;
    Ok(true)
}

/// What the counter keeps of others, first what is due first.
#[tauri::command(async)]
pub(crate) fn desk_kept(desktop: State<'_, Desktop>) -> Answer<Vec<DeskKept>> {
    let wallet = wallet(&desktop)?;
    let kept = wallet.kept().told(&desktop)?;
    Ok(kept.iter().map(|kept| desk::kept(&wallet, kept, desktop.lang())).collect())
}

/// Destroys what was taken in an exchange, now; what to show to the holder for it.
#[tauri::command(async)]
pub(crate) fn desk_erase(desktop: State<'_, Desktop>, exchange: String) -> Answer<DeskExchange> {
    let (wallet, id) = (wallet(&desktop)?, id(&desktop, &exchange)?);
    wallet.erase_taken(&id).told(&desktop)?;
    view(&desktop, &wallet, &id)
}

fn wallet(desktop: &Desktop) -> Answer<Arc<Wallet>> {
    desktop.desk_wallet().told(desktop)
}

fn view(desktop: &Desktop, wallet: &Wallet, id: &Id) -> Answer<DeskExchange> {
    desk::exchange(wallet, id, desktop.lang()).told(desktop)
}

fn id(desktop: &Desktop, text: &str) -> Answer<Id> {
    text.parse().map_err(|_| WalletError::NoExchange).told(desktop)
}

/// The certificates of a PEM file (RFC 7468), in its order.
fn certificates(pem: &str) -> chop_core::Result<Vec<Vec<u8>>> {
    let bodies = pem.split("-----BEGIN CERTIFICATE-----").skip(1);
    let bodies = bodies.filter_map(|part| part.split_once("-----END CERTIFICATE-----"));
    let chain: Vec<_> = bodies
        .map(|(body, _)| from_base64(&body.split_whitespace().collect::<String>()))
        .collect::<Result<_, _>>()?;
    if chain.is_empty() { Err(WalletError::UnknownForm.into()) } else { Ok(chain) }
}

/// Rows of the list: what a counter does in a long day.
const MOST_ROWS: usize = 500;
