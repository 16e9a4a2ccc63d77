//! The record: list, one use, check, proofs.

use std::ops::ControlFlow;

use chop_core::plumbing::model::Id;
use chop_core::{Error, WalletError};
use tauri::{AppHandle, State, WebviewWindow};

use crate::dto::record::{AuditAnswer, EntryPage, ProofAnswer, RecordOverview, SavedFile, UseRow, UseView};
use crate::failure::{Answer, Failure, Told};
use crate::files;
use crate::jobs::Jobs;
use crate::pick::{self, Want};
use crate::record::{check, detail, uses};
use crate::state::Desktop;

/// What filters, counters and plots need of every use.
#[tauri::command(async)]
pub(crate) fn record_overview(desktop: State<'_, Desktop>) -> Answer<RecordOverview> {
    let wallet = desktop.wallet().told(&desktop)?;
    uses::overview(&wallet, desktop.lang()).told(&desktop)
}

/// The rows of these uses, at most 200.
#[tauri::command(async)]
pub(crate) fn record_rows(desktop: State<'_, Desktop>, ids: Vec<String>) -> Answer<Vec<UseRow>> {
    let wallet = desktop.wallet().told(&desktop)?;
    uses::rows(&wallet, &ids, desktop.lang()).told(&desktop)
}

/// One use in detail.
#[tauri::command(async)]
pub(crate) fn record_use(desktop: State<'_, Desktop>, id: String) -> Answer<UseView> {
    let wallet = desktop.wallet().told(&desktop)?;
    detail::view(&wallet, &id_of(&id, &desktop)?, desktop.lang()).told(&desktop)
}

/// Lines of the whole log before a place.
#[tauri::command(async)]
pub(crate) fn record_entries(desktop: State<'_, Desktop>, before: Option<u64>) -> Answer<EntryPage> {
    let wallet = desktop.wallet().told(&desktop)?;
    detail::entries(&wallet, before, desktop.lang()).told(&desktop)
}

/// Checks the whole record again as the job `job`; no answer where that was broken off.
#[tauri::command(async)]
pub(crate) fn record_check(
    desktop: State<'_, Desktop>,
    jobs: State<'_, Jobs>,
    window: WebviewWindow,
    job: u32,
) -> Answer<Option<AuditAnswer>> {
    let wallet = desktop.wallet().told(&desktop)?;
    let job = jobs.begin(job);
    let mut step = |done, of| -> ControlFlow<()> { job.step(&window, done, of) };
    let report = wallet.audit_while(&mut step).told(&desktop)?;
    report.map(|report| check::told(&report, desktop.lang())).transpose().told(&desktop)
}

/// Writes a proof of one use where the person says; none where the person let it be.
#[tauri::command(async)]
pub(crate) fn record_prove(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    id: String,
    title: String,
    with_credential: bool,
) -> Answer<Option<SavedFile>> {
    let wallet = desktop.wallet().told(&desktop)?;
    let id = id_of(&id, &desktop)?;
    let want = Want { title: &title, endings: &["chop-proof"] };
    let Some(path) = pick::to_save(&app, want, &format!("{id}.chop-proof")) else { return Ok(None) };
    let bytes = wallet.prove(&id, with_credential).told(&desktop)?;
    save(&path, &bytes).told(&desktop).map(Some)
}

/// Checks a proof file that the person picks; none where the person let it be.
#[tauri::command(async)]
pub(crate) fn record_check_proof(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    title: String,
) -> Answer<Option<ProofAnswer>> {
    let wallet = desktop.wallet().told(&desktop)?;
    let want = Want { title: &title, endings: &["chop-proof"] };
    let Some(path) = pick::to_open(&app, want).into_iter().next() else { return Ok(None) };
    let bytes = files::read_at_most(&path, check::MOST_PROOF_BYTES).told(&desktop)?;
    check::proof(&wallet, files::name_of(&path), &bytes, desktop.lang()).told(&desktop).map(Some)
}

/// The id of an exchange, as the page got it.
pub(crate) fn id_of(text: &str, desktop: &Desktop) -> Result<Id, Failure> {
    text.parse().map_err(|_| Failure::of(&Error::from(WalletError::NoExchange), desktop.lang()))
}

/// Writes a file and says what it is called.
pub(crate) fn save(path: &std::path::Path, bytes: &[u8]) -> chop_core::Result<SavedFile> {
    files::write(path, bytes)?;
    Ok(SavedFile { name: files::name_of(path), bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX) })
}
