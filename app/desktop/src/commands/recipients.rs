//! Recipients: who holds what, what may be asked, what was done about it.

use chop_core::Error;
use chop_core::plumbing::model::Id;
use chop_core::remedy::RemedyError;
use tauri::{AppHandle, State};

use super::record::{id_of, save};
use crate::dto::recipients::{
    CaseRow, ConsentAct, ConsentDone, DossierSaved, FileKind, HearingRow, LetterView, MutedRow, NewCaseForm,
    RecipientRow, RecipientView,
};
use crate::dto::record::SavedFile;
use crate::failure::{Answer, Failure, Told};
use crate::holdings::item::id_of as item_of;
use crate::pick::{self, Want};
use crate::recipients::{cases, consents, papers, people};
use crate::state::Desktop;

/// Everybody to whom something was granted.
#[tauri::command(async)]
pub(crate) fn recipients_list(desktop: State<'_, Desktop>) -> Answer<Vec<RecipientRow>> {
    let wallet = desktop.wallet().told(&desktop)?;
    people::list(&wallet, desktop.lang()).told(&desktop)
}

/// One of them.
#[tauri::command(async)]
pub(crate) fn recipients_one(desktop: State<'_, Desktop>, id: String) -> Answer<RecipientView> {
    let wallet = desktop.wallet().told(&desktop)?;
    people::view(&wallet, &id, desktop.lang()).told(&desktop)
}

/// Everybody whose question does not come up because it was told no.
#[tauri::command(async)]
pub(crate) fn recipients_muted(desktop: State<'_, Desktop>) -> Answer<Vec<MutedRow>> {
    let wallet = desktop.wallet().told(&desktop)?;
    people::muted(&wallet, desktop.lang()).told(&desktop)
}

/// Does one act with a consent.
#[tauri::command(async)]
pub(crate) fn recipients_consent_act(
    desktop: State<'_, Desktop>,
    id: String,
    act: ConsentAct,
    text: String,
    days: u16,
) -> Answer<ConsentDone> {
    let wallet = desktop.wallet().told(&desktop)?;
    let said = consents::Said { text: &text, days };
    consents::act(&wallet, &id_of(&id, &desktop)?, act, &said, desktop.lang()).told(&desktop)
}

/// Saves the signed notice of an act that was done; none where the person let it be.
#[tauri::command(async)]
pub(crate) fn recipients_save_notice(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    id: String,
    act: ConsentAct,
    title: String,
) -> Answer<Option<SavedFile>> {
    let wallet = desktop.wallet().told(&desktop)?;
    let id = id_of(&id, &desktop)?;
    let notice = consents::notice(&wallet, &id, act).told(&desktop)?;
    let want = Want { title: &title, endings: &["chop-notice"] };
    let Some(path) = pick::to_save(&app, want, &format!("{id}.chop-notice")) else { return Ok(None) };
    save(&path, format!("{notice}\n").as_bytes()).told(&desktop).map(Some)
}

/// Opens a case.
#[tauri::command(async)]
pub(crate) fn recipients_open_case(desktop: State<'_, Desktop>, form: NewCaseForm) -> Answer<CaseRow> {
    let wallet = desktop.wallet().told(&desktop)?;
    cases::open(&wallet, &form, desktop.lang()).told(&desktop)
}

/// Writes down what happened to a case.
#[tauri::command(async)]
pub(crate) fn recipients_step_case(
    desktop: State<'_, Desktop>,
    id: String,
    step: String,
    text: String,
    hearing: Option<HearingRow>,
) -> Answer<CaseRow> {
    let wallet = desktop.wallet().told(&desktop)?;
    cases::step(&wallet, &case_of(&id, &desktop)?, &step, &text, hearing, desktop.lang()).told(&desktop)
}

/// Prepares the notices of correction of an item at one recipient; how many are new.
#[tauri::command(async)]
pub(crate) fn recipients_correct(desktop: State<'_, Desktop>, id: String, item: String) -> Answer<usize> {
    let wallet = desktop.wallet().told(&desktop)?;
    let item = item_of(&item).told(&desktop)?;
    people::correct(&wallet, &id, &item).told(&desktop)
}

/// The letter of a case.
#[tauri::command(async)]
pub(crate) fn recipients_letter(desktop: State<'_, Desktop>, id: String) -> Answer<LetterView> {
    let wallet = desktop.wallet().told(&desktop)?;
    cases::letter(&wallet, &case_of(&id, &desktop)?, desktop.lang()).told(&desktop)
}

/// Makes a file of a grant or a case and saves it; none where the person let it be.
#[tauri::command(async)]
pub(crate) fn recipients_save(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    id: String,
    kind: FileKind,
    title: String,
) -> Answer<Option<DossierSaved>> {
    let wallet = desktop.wallet().told(&desktop)?;
    let id = id_of(&id, &desktop)?;
    let (name, ending) = papers::name(&id, kind);
    let want = Want { title: &title, endings: &[ending] };
    let Some(path) = pick::to_save(&app, want, &name) else { return Ok(None) };
    let paper = papers::make(&wallet, &id, kind, desktop.lang()).told(&desktop)?;
    let file = save(&path, &paper.bytes).told(&desktop)?;
    Ok(Some(DossierSaved { file, missing: paper.missing }))
}

fn case_of(text: &str, desktop: &Desktop) -> Result<Id, Failure> {
    text.parse().map_err(|_| Failure::of(&Error::from(RemedyError::Unknown), desktop.lang()))
}
