//! Rooms 5 and 6: an offer composed, made, shown, answered, taken back.

use std::fs;
use std::sync::Arc;

use chop_core::flow::offer::{OfferState, RelayAnswer, RelayCall};
use chop_core::plumbing::model::Id;
use chop_core::plumbing::vault::table::exchange::Role;
use chop_core::{Wallet, WalletError};
use chop_transport::Cancel;
use tauri::{AppHandle, Emitter as _, Manager as _, State, WebviewWindow};

use crate::commands::consent::page;
use crate::consent::{Act, Chosen, Given, Sheets, Source, agree};
use crate::dto::offer::{
    Heard, ItemChoice, KeyView, OfferPage, OfferText, OfferView, PartyChoice, PurposeChoice, RelayView,
};
use crate::failure::{Answer, Told as _};
use crate::offers::{self, Listeners, Relays, Surroundings};
use crate::pick::{self, Want};
use crate::scan::{Content, Scans};
use crate::state::Desktop;
use crate::{app::MAIN, net};

/// The relay of the settings.
#[tauri::command(async)]
pub(crate) fn offer_relay(desktop: State<'_, Desktop>) -> RelayView {
    relay_view(&desktop)
}

/// Sets the relay, once it said who it is. `own_network`: it may be on a private address.
#[tauri::command(async)]
pub(crate) fn offer_set_relay(
    desktop: State<'_, Desktop>,
    relays: State<'_, Relays>,
    origin: String,
    own_network: bool,
) -> Answer<RelayView> {
    let origin = origin.trim().trim_end_matches('/').to_owned();
    let before = desktop.settings().network;
    desktop.change_settings(|settings| {
        settings.network.allowed.retain(|allowed| *allowed != origin);
        if own_network {
            settings.network.allowed.push(origin.clone());
        }
    });
    match net::rules(&desktop).and_then(|rules| relays.who(&origin, rules)) {
        Ok(_) => desktop.change_settings(|settings| settings.network.relay = Some(origin)),
        Err(error) => {
            desktop.change_settings(|settings| settings.network = before);
            return Err(error).told(&desktop);
        }
    };
    Ok(relay_view(&desktop))
}

/// Believes an authority of one's own network too: a PEM file that the person picks.
#[tauri::command(async)]
pub(crate) fn offer_authority(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    title: String,
) -> Answer<RelayView> {
    let want = Want { title: &title, endings: &["pem", "crt"] };
    if let Some(picked) = pick::to_open(window.app_handle(), want).first() {
        let copied = fs::copy(picked, net::authorities(&desktop.places.settings));
        copied.map_err(|_| chop_core::NetError::BadAddress).told(&desktop)?;
    }
    Ok(relay_view(&desktop))
}

/// Purposes of the catalogue.
#[tauri::command(async)]
pub(crate) fn offer_purposes(desktop: State<'_, Desktop>) -> Answer<Vec<PurposeChoice>> {
    desktop.wallet().and_then(|wallet| offers::purposes(&wallet, desktop.lang())).told(&desktop)
}

/// Recipients whom the trust lists name.
#[tauri::command(async)]
pub(crate) fn offer_directory(desktop: State<'_, Desktop>, words: String) -> Answer<Vec<PartyChoice>> {
    desktop.wallet().and_then(|wallet| offers::directory(&wallet, &words, desktop.lang())).told(&desktop)
}

/// Whose key was scanned.
#[tauri::command(async)]
pub(crate) fn offer_key(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    statement: String,
) -> Answer<KeyView> {
    let (wallet, scans) = (desktop.wallet().told(&desktop)?, window.state::<Scans>());
    let statement = self::statement(&scans, window.label(), &statement).told(&desktop)?;
    offers::key_of(&wallet, &statement, desktop.lang()).told(&desktop)
}

/// Holdings with their fields.
#[tauri::command(async)]
pub(crate) fn offer_items(
    desktop: State<'_, Desktop>,
    words: String,
    purpose: String,
) -> Answer<Vec<ItemChoice>> {
    let wallet = desktop.wallet().told(&desktop)?;
    offers::items(&wallet, &words, &purpose, desktop.lang()).told(&desktop)
}

/// The page of what is composed so far.
#[tauri::command(async)]
pub(crate) fn offer_page(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    relays: State<'_, Relays>,
    text: OfferText,
) -> Answer<OfferPage> {
    let (wallet, scans, sheets) =
        (desktop.wallet().told(&desktop)?, window.state::<Scans>(), window.state::<Sheets>());
    let origin = desktop.settings().network.relay.unwrap_or_default();
    let relay = net::rules(&desktop).and_then(|rules| relays.who(&origin, rules)).told(&desktop)?;
    let statement = text.statement.as_ref().map(|id| statement(&scans, window.label(), id));
    let statement = statement.transpose().told(&desktop)?;
    let composed = offers::compose(&wallet, &text, relay, statement).told(&desktop)?;
    let source = Source::Offer(Box::new(composed.draft));
    let prompt = source.look(&wallet, false).told(&desktop)?;
    let sheet = sheets.open(source, prompt);
    let on = sheets.find(&sheet).told(&desktop)?;
    let page = page(&desktop, &wallet, &on, &composed.chosen, false).told(&desktop)?;
    Ok(OfferPage { sheet, chosen: composed.chosen, page })
}

/// The seal: makes exactly the offer of this page and leaves it at its relay.
#[tauri::command(async)]
pub(crate) fn offer_make(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    sheets: State<'_, Sheets>,
    sheet: String,
    chosen: Chosen,
    code: String,
) -> Answer<OfferView> {
    let (wallet, on) = (desktop.wallet().told(&desktop)?, sheets.find(&sheet).told(&desktop)?);
    let act = Act { code: &code, number: "", lang: desktop.lang() };
    let Given::Offer(offered) = agree(&wallet, &on, &chosen, &act).told(&desktop)? else {
        return Err(WalletError::WrongStep).told(&desktop);
    };
    sheets.close(&sheet);
    let rules = net::rules(&desktop).told(&desktop)?;
    let posted = offers::put(&wallet, &offered, |call| offers::post(call, rules, &Cancel::default()));
    // Of an offer that was taken back the relay hears too, where it came through after all.
    listen(&app, wallet, offered.id);
    posted.told(&desktop)?;
    view(&desktop, &app.state::<Listeners>(), &offered.id)
}

/// Every offer of this space, newest first; those that are open are listened to from now on.
#[tauri::command(async)]
pub(crate) fn offer_list(app: AppHandle, desktop: State<'_, Desktop>) -> Answer<Vec<OfferView>> {
    let wallet = desktop.wallet().told(&desktop)?;
    let rows = wallet.offers().told(&desktop)?;
    let own: Vec<_> = rows.into_iter().filter(|row| row.role == Role::Holder).collect();
    for row in own.iter().filter(|row| row.state.is_open()) {
        listen(&app, wallet.clone(), row.id);
    }
    own.iter()
        .map(|row| OfferView::listed(&wallet, row, desktop.lang()))
        .collect::<Result<_, _>>()
        .told(&desktop)
}

/// One offer.
#[tauri::command(async)]
pub(crate) fn offer_open(app: AppHandle, desktop: State<'_, Desktop>, offer: String) -> Answer<OfferView> {
    let (wallet, id) = (desktop.wallet().told(&desktop)?, id(&desktop, &offer)?);
    if wallet.offer_view(&id).told(&desktop)?.state.is_open() {
        listen(&app, wallet, id);
    }
    view(&desktop, &app.state::<Listeners>(), &id)
}

/// The holder's word to the claim that waits.
#[tauri::command(async)]
pub(crate) fn offer_answer(
    desktop: State<'_, Desktop>,
    listeners: State<'_, Listeners>,
    offer: String,
    yes: bool,
) -> Answer<OfferView> {
    let (wallet, id) = (desktop.wallet().told(&desktop)?, id(&desktop, &offer)?);
    listeners.answer(&wallet, &id, yes).told(&desktop)?;
    view(&desktop, &listeners, &id)
}

/// Takes an offer back. What the relay says to it comes as news.
#[tauri::command(async)]
pub(crate) fn offer_withdraw(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    offer: String,
) -> Answer<OfferView> {
    let (wallet, id) = (desktop.wallet().told(&desktop)?, id(&desktop, &offer)?);
    wallet.withdraw_offer(&id).told(&desktop)?;
    let listeners = app.state::<Listeners>();
    // A thread that waits for news would tell the relay only after its wait.
    listeners.stop(&id);
    if wallet.offer_view(&id).told(&desktop)?.state == OfferState::Withdrawing {
        listen(&app, wallet, id);
    }
    view(&desktop, &listeners, &id)
}

/// Asks the relay again at once, where it could not be reached.
#[tauri::command(async)]
pub(crate) fn offer_try_again(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    offer: String,
) -> Answer<OfferView> {
    let (wallet, id) = (desktop.wallet().told(&desktop)?, id(&desktop, &offer)?);
    let listeners = app.state::<Listeners>();
    listeners.stop(&id);
    listen(&app, wallet, id);
    view(&desktop, &listeners, &id)
}

fn view(desktop: &Desktop, listeners: &Listeners, id: &Id) -> Answer<OfferView> {
    let wallet = desktop.wallet().told(desktop)?;
    let row = wallet.offer_view(id).told(desktop)?;
    let (claim, (trouble, happened)) = (listeners.claim(id), listeners.heard(id));
    let heard = Heard { claim: claim.as_deref(), trouble, happened };
    OfferView::of(&wallet, row, heard, desktop.lang()).told(desktop)
}

fn listen(app: &AppHandle, wallet: Arc<Wallet>, id: Id) {
    app.state::<Listeners>().listen(wallet, id, App(app.clone()));
}

/// The app around a thread that listens.
struct App(AppHandle);

impl Surroundings for App {
    fn post(&self, call: &RelayCall, cancel: &Cancel) -> chop_core::Result<RelayAnswer> {
        offers::post(call, net::rules(&self.0.state::<Desktop>())?, cancel)
    }

    fn tell(&self, offer: &Id) {
        // A window that closed meanwhile hears nothing, and needs nothing.
        let _ = self.0.emit_to(MAIN, "offer", offer.to_string());
    }
}

fn statement(scans: &Scans, window: &str, id: &str) -> chop_core::Result<String> {
    match scans.found(window, id)?.as_ref() {
        Content::KeyStatement(text) => Ok(text.clone()),
        _ => Err(WalletError::OtherMessage.into()),
    }
}

fn relay_view(desktop: &Desktop) -> RelayView {
    let network = desktop.settings().network;
    RelayView {
        is_own_network: network.relay.as_ref().is_some_and(|origin| network.allowed.contains(origin)),
        origin: network.relay,
        has_authority: net::authorities(&desktop.places.settings).exists(),
    }
}

fn id(desktop: &Desktop, text: &str) -> Answer<Id> {
    text.parse().map_err(|_| chop_core::flow::offer::OfferFault::Unknown).told(desktop)
}
