//! The two shelves and one item.

use chop_core::notice::Words;
use chop_core::plumbing::model::ItemId;
use tauri::State;

use crate::dto::fields::{Draft, FindingLine, FormName, PaperForm, Revealed};
use crate::dto::holdings::{CardsPage, ShareWord, ShelfName};
use crate::dto::intake::Kept;
use crate::dto::item::{
    ConflictLine, ItemPage, NewProfileLine, ProfileLine, SeenLine, ShownCard, StatusAnswer, WrongLine,
};
use crate::failure::{Answer, Told};
use crate::holdings::intake::Intake;
use crate::holdings::item::id_of;
use crate::holdings::{cards, forms, item, people, seen, show, status};
use crate::state::{Desktop, hold};

/// A page of a shelf, newest first.
#[tauri::command(async)]
pub(crate) fn holdings_cards(
    desktop: State<'_, Desktop>,
    shelf: ShelfName,
    after: Option<String>,
) -> Answer<CardsPage> {
    with(&desktop, |wallet, words| cards::page(wallet, words, shelf, after.as_deref()))
}

/// Cards that hold all of the words, on either shelf.
#[tauri::command(async)]
pub(crate) fn holdings_search(desktop: State<'_, Desktop>, text: String) -> Answer<CardsPage> {
    with(&desktop, |wallet, words| cards::search(wallet, words, &text))
}

/// One item, every value behind its mask.
#[tauri::command(async)]
pub(crate) fn item_open(desktop: State<'_, Desktop>, id: String) -> Answer<ItemPage> {
    with(&desktop, |wallet, words| item::page(wallet, words, &id_of(&id)?))
}

/// One clear value, while somebody holds the key down.
#[tauri::command(async)]
pub(crate) fn item_reveal(
    desktop: State<'_, Desktop>,
    id: String,
    path: Vec<String>,
) -> Answer<Option<Revealed>> {
    with(&desktop, |wallet, words| item::reveal(wallet, words, &id_of(&id)?, &path))
}

/// Who has seen which field and when.
#[tauri::command(async)]
pub(crate) fn item_seen(desktop: State<'_, Desktop>, id: String) -> Answer<Vec<SeenLine>> {
    with(&desktop, |wallet, words| seen::lines(wallet, words, &id_of(&id)?))
}

/// Fields of which another document says something else.
#[tauri::command(async)]
pub(crate) fn item_conflicts(desktop: State<'_, Desktop>, id: String) -> Answer<Vec<ConflictLine>> {
    with(&desktop, |wallet, words| seen::conflicts(wallet, words, &id_of(&id)?))
}

/// Who got a value that was replaced.
#[tauri::command(async)]
pub(crate) fn item_wrong(desktop: State<'_, Desktop>, id: String) -> Answer<Vec<WrongLine>> {
    with(&desktop, |wallet, words| seen::wrong(wallet, words, &id_of(&id)?))
}

/// Prepares a notice of correction for each of them; how many are new.
#[tauri::command(async)]
pub(crate) fn item_prepare_corrections(desktop: State<'_, Desktop>, id: String) -> Answer<usize> {
    with(&desktop, |wallet, _| Ok(wallet.prepare_corrections(&id_of(&id)?)?.len()))
}

/// Says how an item is shared.
#[tauri::command(async)]
pub(crate) fn item_set_share(desktop: State<'_, Desktop>, id: String, share: ShareWord) -> Answer<()> {
    with(&desktop, |wallet, _| wallet.set_share_class(&id_of(&id)?, share.into()))
}

/// Says whom an item is about; nothing: the owner.
#[tauri::command(async)]
pub(crate) fn item_set_subject(
    desktop: State<'_, Desktop>,
    id: String,
    profile: Option<String>,
) -> Answer<()> {
    with(&desktop, |wallet, _| {
        let profile = profile.as_deref().map(id_of).transpose()?;
        wallet.set_subject(&id_of(&id)?, profile.as_ref())
    })
}

/// Says whether biometric claims may leave by ways other than a code.
#[tauri::command(async)]
pub(crate) fn item_set_biometrics(desktop: State<'_, Desktop>, id: String, may_leave: bool) -> Answer<()> {
    with(&desktop, |wallet, _| wallet.set_biometrics(&id_of(&id)?, may_leave))
}

/// Destroys the content of an item, for good.
#[tauri::command(async)]
pub(crate) fn item_erase(desktop: State<'_, Desktop>, id: String) -> Answer<()> {
    with(&desktop, |wallet, _| wallet.erase(&id_of(&id)?))
}

/// Shows an item on the screen, with a line in the record first.
#[tauri::command(async)]
pub(crate) fn item_show(
    desktop: State<'_, Desktop>,
    id: String,
    to: String,
    clear: Vec<String>,
) -> Answer<ShownCard> {
    with(&desktop, |wallet, words| show::open(wallet, words, &id_of(&id)?, &to, &clear))
}

/// Lets the window take the whole screen, or gives the screen back.
#[tauri::command(async)]
pub(crate) fn item_full_screen(window: tauri::Window, on: bool) {
    // A desktop that does not do it shows the card as large as the window.
    drop(window.set_fullscreen(on));
}

/// Asks the issuers' lists whether anything was revoked.
#[tauri::command(async)]
pub(crate) fn item_ask_status(
    desktop: State<'_, Desktop>,
    intake: State<'_, Intake>,
) -> Answer<StatusAnswer> {
    let client = super::intake::client(&desktop)?;
    let cancel = chop_transport::Cancel::default();
    hold(&intake.statuses).clone_from(&cancel);
    with(&desktop, |wallet, words| status::refresh(wallet, words, &client, &cancel))
}

/// Stops asking.
#[tauri::command(async)]
pub(crate) fn item_stop_status(intake: State<'_, Intake>) {
    hold(&intake.statuses).cancel();
}

/// Everybody for whom the owner acts.
#[tauri::command(async)]
pub(crate) fn profile_list(desktop: State<'_, Desktop>) -> Answer<Vec<ProfileLine>> {
    with(&desktop, people::list)
}

/// Writes somebody down; the id.
#[tauri::command(async)]
pub(crate) fn profile_add(desktop: State<'_, Desktop>, new: NewProfileLine) -> Answer<String> {
    with(&desktop, |wallet, _| Ok(people::add(wallet, &new)?.to_string()))
}

/// Writes somebody down anew.
#[tauri::command(async)]
pub(crate) fn profile_change(desktop: State<'_, Desktop>, id: String, new: NewProfileLine) -> Answer<()> {
    with(&desktop, |wallet, _| people::change(wallet, &id_of(&id)?, &new))
}

/// Every form of the catalogue.
#[tauri::command(async)]
pub(crate) fn form_list(desktop: State<'_, Desktop>) -> Answer<Vec<FormName>> {
    with(&desktop, forms::names)
}

/// One form with its lines.
#[tauri::command(async)]
pub(crate) fn form_open(desktop: State<'_, Desktop>, code: String) -> Answer<PaperForm> {
    with(&desktop, |wallet, words| forms::form(wallet, words, &code))
}

/// What is wrong or strange in what was written so far. Nothing is kept.
#[tauri::command(async)]
pub(crate) fn form_check(desktop: State<'_, Desktop>, draft: Draft) -> Answer<Vec<FindingLine>> {
    with(&desktop, |wallet, words| forms::check(wallet, words, &draft))
}

/// A record as its holder wrote it, to write on.
#[tauri::command(async)]
pub(crate) fn form_draft(desktop: State<'_, Desktop>, id: String) -> Answer<Draft> {
    with(&desktop, |wallet, _| forms::draft_of(wallet, &id_of(&id)?))
}

/// Keeps a record that the holder wrote, or a newer version of one.
#[tauri::command(async)]
pub(crate) fn form_keep(desktop: State<'_, Desktop>, draft: Draft, replaces: Option<String>) -> Answer<Kept> {
    with(&desktop, |wallet, words| {
        let replaces: Option<ItemId> = replaces.as_deref().map(id_of).transpose()?;
        let kept = forms::keep(wallet, words, &draft, replaces.as_ref())?;
        Ok(Kept { id: kept.id.to_string(), title: kept.title })
    })
}

/// One call of core with the open space and the words of the reader.
pub(super) fn with<T>(
    desktop: &Desktop,
    ask: impl FnOnce(&chop_core::Wallet, &Words) -> chop_core::Result<T>,
) -> Answer<T> {
    let wallet = desktop.wallet().told(desktop)?;
    let words = Words::of(desktop.lang()).told(desktop)?;
    ask(&wallet, &words).told(desktop)
}
