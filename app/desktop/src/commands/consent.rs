//! Rooms 5 and 7: the page of a request, the choices, the acts, the yes and the no.

use chop_core::plumbing::crypto::SecretBytes;
use chop_core::plumbing::policy::Topic;
use chop_core::{Wallet, WalletError};
use chop_transport::{Cancel, Client};
use tauri::{State, WebviewWindow};

use crate::consent::{Act, Chosen, Given, Outgoing, Sheet, Sheets, Source, agree, choices, everything_held};
use crate::dto::consent::{PageView, SheetView};
use crate::dto::exchange::{ExchangeView, Posted};
use crate::failure::{Answer, Failure, Told as _};
use crate::scan::Scans;
use crate::state::Desktop;
use crate::{consent, net};

/// Opens the page for something that was scanned. `anyway`: though the same asker was told no.
#[tauri::command(async)]
pub(crate) fn consent_open(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    sheets: State<'_, Sheets>,
    found: String,
    anyway: bool,
) -> Answer<SheetView> {
    let (wallet, content) =
        (desktop.wallet().told(&desktop)?, scans.found(window.label(), &found).told(&desktop)?);
    let client = net::rules(&desktop).and_then(Client::new).told(&desktop)?;
    let source =
        Source::of(&wallet, &content, |call| client.make(call, &Cancel::default())).told(&desktop)?;
    let prompt = source.look(&wallet, anyway).told(&desktop)?;
    let id = sheets.open(source, prompt);
    sheet(&desktop, &wallet, &sheets, &id)
}

/// The same page once more, as after a change of language.
#[tauri::command(async)]
pub(crate) fn consent_sheet(
    desktop: State<'_, Desktop>,
    sheets: State<'_, Sheets>,
    sheet: String,
) -> Answer<SheetView> {
    let wallet = desktop.wallet().told(&desktop)?;
    self::sheet(&desktop, &wallet, &sheets, &sheet)
}

/// The page for what is ticked so far.
#[tauri::command(async)]
pub(crate) fn consent_page(
    desktop: State<'_, Desktop>,
    sheets: State<'_, Sheets>,
    sheet: String,
    chosen: Chosen,
    reveal: bool,
) -> Answer<PageView> {
    let (wallet, on) = (desktop.wallet().told(&desktop)?, sheets.find(&sheet).told(&desktop)?);
    page(&desktop, &wallet, &on, &chosen, reveal).told(&desktop)
}

/// Gives one separate consent on the page of this code, or takes it back.
#[tauri::command(async)]
pub(crate) fn consent_act(
    desktop: State<'_, Desktop>,
    sheets: State<'_, Sheets>,
    sheet: String,
    code: String,
    topic: String,
    given: bool,
) -> Answer<()> {
    let (wallet, on) = (desktop.wallet().told(&desktop)?, sheets.find(&sheet).told(&desktop)?);
    let topic = Topic::from_code(&topic).ok_or(WalletError::NotAsked).told(&desktop)?;
    if !given {
        on.take_back(topic);
        return Ok(());
    }
    on.give(&wallet, &code, topic, desktop.lang()).told(&desktop)
}

/// The owner proves to be there, for a grant of the highest level.
#[tauri::command(async)]
pub(crate) fn consent_presence(desktop: State<'_, Desktop>, passphrase: String) -> Answer<()> {
    let passphrase = SecretBytes::new(passphrase.into_bytes());
    desktop.wallet().and_then(|wallet| wallet.reauthenticate(&passphrase)).told(&desktop)
}

/// The seal: grants exactly the page of this code.
#[tauri::command(async)]
pub(crate) fn consent_agree(
    desktop: State<'_, Desktop>,
    sheets: State<'_, Sheets>,
    outgoing: State<'_, Outgoing>,
    sheet: String,
    chosen: Chosen,
    code: String,
    number: String,
) -> Answer<ExchangeView> {
    let (wallet, on) = (desktop.wallet().told(&desktop)?, sheets.find(&sheet).told(&desktop)?);
    let act = Act { code: &code, number: &number, lang: desktop.lang() };
    let id = match agree(&wallet, &on, &chosen, &act).told(&desktop)? {
        Given::Codes(codes) => outgoing.keep(codes),
        Given::Answer(answer) => {
            sheets.close(&sheet);
            return post(&desktop, &wallet, answer);
        }
        Given::Offer(_) => return Err(WalletError::WrongStep).told(&desktop),
    };
    sheets.close(&sheet);
    let row = wallet.exchange_view(&id).told(&desktop)?;
    ExchangeView::at_once(&wallet, row, desktop.lang()).told(&desktop)
}

/// Says no. To the asker it looks as if nothing were held.
#[tauri::command(async)]
pub(crate) fn consent_decline(
    desktop: State<'_, Desktop>,
    sheets: State<'_, Sheets>,
    sheet: String,
) -> Answer<()> {
    let (wallet, on) = (desktop.wallet().told(&desktop)?, sheets.find(&sheet).told(&desktop)?);
    consent::decline(&wallet, &on).told(&desktop)?;
    sheets.close(&sheet);
    Ok(())
}

/// Leaves a page without an answer: nothing is written.
#[tauri::command(async)]
pub(crate) fn consent_close(sheets: State<'_, Sheets>, sheet: String) {
    sheets.close(&sheet);
}

/// Posts an answer; where the network fails, the exchange says so and can be posted again.
pub(crate) fn post(
    desktop: &Desktop,
    wallet: &Wallet,
    answer: chop_core::flow::online::OnlineAnswer,
) -> Answer<ExchangeView> {
    let id = answer.exchange();
    let client = net::rules(desktop).and_then(Client::new);
    let posted = consent::post(wallet, answer, |call| client?.make(call, &Cancel::default()));
    let row = wallet.exchange_view(&id).told(desktop)?;
    let view = ExchangeView::open(wallet, row, desktop.lang()).told(desktop)?;
    Ok(match posted {
        Ok(outcome) => ExchangeView { posted: Some(Posted::of(&outcome)), ..view },
        Err(error) => ExchangeView { failure: Some(Failure::of(&error, desktop.lang())), ..view },
    })
}

fn sheet(desktop: &Desktop, wallet: &Wallet, sheets: &Sheets, id: &str) -> Answer<SheetView> {
    let on = sheets.find(id).told(desktop)?;
    SheetView::of(wallet, id, &on.prompt, desktop.lang()).told(desktop)
}

/// The page for what is ticked; for everything that is held, without a code, while nothing is.
pub(crate) fn page(
    desktop: &Desktop,
    wallet: &Wallet,
    on: &Sheet,
    chosen: &Chosen,
    reveal: bool,
) -> chop_core::Result<PageView> {
    let lang = desktop.lang();
    let ticked = choices(&on.prompt, chosen)?;
    let is_chosen = !ticked.claims.is_empty();
    let shown = if is_chosen { ticked } else { everything_held(&on.prompt) };
    let page = on.prompt.page(&shown, lang)?;
    let acts = on.given(&page.code);
    let view = PageView::of(page, &acts, is_chosen, lang);
    if !is_chosen {
        return Ok(view);
    }
    view.with_values(&wallet.chosen_values(&on.prompt, &shown)?, reveal, lang)
}
