//! Room 7 after the yes: codes shown, messages taken, until the receipt.

use chop_core::WalletError;
use chop_core::plumbing::model::Id;
use chop_core::plumbing::vault::table::exchange::Role;
use tauri::{State, WebviewWindow};

use crate::commands::consent::post;
use crate::consent::{Outgoing, take_back, take_message};
use crate::dto::exchange::ExchangeView;
use crate::failure::{Answer, Told as _};
use crate::scan::Scans;
use crate::state::Desktop;

/// Exchanges of the holder that can still go on, newest first. Those of an offer are shown with it.
#[tauri::command(async)]
pub(crate) fn exchange_list(desktop: State<'_, Desktop>) -> Answer<Vec<ExchangeView>> {
    let wallet = desktop.wallet().told(&desktop)?;
    let rows = wallet.exchanges().told(&desktop)?;
    let open = rows.iter().filter(|row| row.role == Role::Holder && row.state.is_open());
    let own = open.filter(|row| wallet.offer_view(&row.id).is_err());
    own.map(|row| ExchangeView::listed(&wallet, row, desktop.lang())).collect::<Result<_, _>>().told(&desktop)
}

/// One exchange, with what to show now.
#[tauri::command(async)]
pub(crate) fn exchange_open(desktop: State<'_, Desktop>, exchange: String) -> Answer<ExchangeView> {
    view(&desktop, &id(&desktop, &exchange)?)
}

/// The page has drawn the codes: the record says so.
#[tauri::command(async)]
pub(crate) fn exchange_shown(
    desktop: State<'_, Desktop>,
    outgoing: State<'_, Outgoing>,
    exchange: String,
) -> Answer<()> {
    let (wallet, id) = (desktop.wallet().told(&desktop)?, id(&desktop, &exchange)?);
    outgoing.shown(&wallet, &id).told(&desktop)
}

/// Takes what the other side showed: an acknowledgement or a receipt.
#[tauri::command(async)]
pub(crate) fn exchange_take(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    outgoing: State<'_, Outgoing>,
    found: String,
) -> Answer<ExchangeView> {
    let wallet = desktop.wallet().told(&desktop)?;
    let content = scans.found(window.label(), &found).told(&desktop)?;
    let (id, codes) = take_message(&wallet, &content).told(&desktop)?;
    codes.map(|codes| outgoing.keep(codes));
    view(&desktop, &id)
}

/// Takes a grant back, while its key has not been shown.
#[tauri::command(async)]
pub(crate) fn exchange_withdraw(
    desktop: State<'_, Desktop>,
    outgoing: State<'_, Outgoing>,
    exchange: String,
) -> Answer<ExchangeView> {
    let (wallet, id) = (desktop.wallet().told(&desktop)?, id(&desktop, &exchange)?);
    take_back(&wallet, &outgoing, &id).told(&desktop)?;
    view(&desktop, &id)
}

/// Posts a stored answer once more.
#[tauri::command(async)]
pub(crate) fn exchange_post_again(desktop: State<'_, Desktop>, exchange: String) -> Answer<ExchangeView> {
    let (wallet, id) = (desktop.wallet().told(&desktop)?, id(&desktop, &exchange)?);
    let answer = wallet.answer_again(&id).told(&desktop)?;
    post(&desktop, &wallet, answer)
}

fn view(desktop: &Desktop, id: &Id) -> Answer<ExchangeView> {
    let wallet = desktop.wallet().told(desktop)?;
    let row = wallet.exchange_view(id).told(desktop)?;
    ExchangeView::open(&wallet, row, desktop.lang()).told(desktop)
}

fn id(desktop: &Desktop, text: &str) -> Answer<Id> {
    text.parse().map_err(|_| WalletError::NoExchange).told(desktop)
}
