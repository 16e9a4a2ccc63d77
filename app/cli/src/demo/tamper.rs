//! Copies with a fault, in a temporary folder, and what the check says to each. The demo's own files
//! stay as they are; so does its key store, because each copy gets a copy of that too.

use std::fs;
use std::path::Path;

use chop_core::flow::State;
use chop_core::plumbing::formats::proof_pack::CheckInputs;
use chop_core::plumbing::model::Id;
use chop_core::plumbing::vault::table::exchange;
use chop_core::{Error, Standing, Wallet};
use serde_json::{Value, json};

use super::cast::Cast;
use super::evidence::{Evidence, trust};
use super::stage::{RESIDENT, Stage, TemporaryFolder, copy_folder};
use super::walk::Walked;
use crate::command::{audit_text, judge};
use crate::exit::{Exit, Failure};
use crate::files;

/// Each fault with what found it.
pub(crate) struct Tampered {
    found: Vec<(&'static str, Option<String>)>,
    pub(crate) json: Value,
}

impl Tampered {
    /// Whether every fault was named.
    pub(crate) fn is_all_found(&self) -> bool {
        self.found.iter().all(|(_, by)| by.is_some())
    }
}

/// Makes each fault in a copy and shows what the check says.
pub(crate) fn show(
    stage: &Stage<'_>,
    cast: &Cast,
    older: &TemporaryFolder,
    walked: &Walked,
    evidence: &Evidence,
) -> Result<Tampered, Failure> {
    stage.tell("demo-tamper", &[]);
    let found = vec![
        ("demo-tamper-byte", a_byte_of_the_proof(stage, cast, evidence)?),
        ("demo-tamper-row", a_row_behind_the_record(stage, &walked.exchange)?),
        ("demo-tamper-database", a_byte_of_the_database(stage)?),
        ("demo-tamper-older", an_older_folder(stage, older)?),
    ];
    for (what, by) in &found {
        stage.show(&format!("✗ {}", stage.say().say(what)));
        stage.show(&indent(by.as_deref().unwrap_or("?")));
    }
    let json =
        found.iter().map(|(what, by)| json!({ "fault": what.replace("demo-tamper-", ""), "found": by }));
    Ok(Tampered { json: json.collect(), found })
}

fn a_byte_of_the_proof(
    stage: &Stage<'_>,
    cast: &Cast,
    evidence: &Evidence,
) -> Result<Option<String>, Failure> {
    let mut pack = evidence.pack.clone();
    let middle = pack.len() / 2;
    if let Some(byte) = pack.get_mut(middle) {
        *byte ^= 1;
    }
    let trust = trust(stage, cast)?;
    let report = judge(stage.say(), &pack, &CheckInputs { trust: Some(&trust), log_key: None });
    Ok((report.exit != Exit::Done).then_some(report.text))
}

/// The use is made undone in its table, so that the grant would look unused; the record is not told.
fn a_row_behind_the_record(stage: &Stage<'_>, id: &Id) -> Result<Option<String>, Failure> {
    let copy = Copy::of(stage)?;
    let wallet = copy.open(stage)?;
    let now = wallet.ports().clock.now();
    wallet.vault().write(|tx| {
        exchange::advance(tx, id, State::Used.number(), State::Spent.number(), now)?;
        Ok::<_, Error>(())
    })?;
    drop(wallet);
    let audit = copy.open(stage)?.audit(&mut |_, _| {})?;
    Ok((!audit.is_clean()).then(|| audit_text(stage.say(), &audit)))
}

fn a_byte_of_the_database(stage: &Stage<'_>) -> Result<Option<String>, Failure> {
    let copy = Copy::of(stage)?;
    let path = copy.space().join("vault.db");
    let mut bytes = files::read(&path)?;
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 1;
    }
    fs::write(&path, bytes).map_err(|error| files::cannot(&path, &error))?;
    let refusal =
        |error: Error| stage.say().error(&error).map_or_else(|| error.to_string(), |words| words.what);
    match copy.open(stage) {
        Err(Failure::Closed(error) | Failure::Refused(error)) => Ok(Some(refusal(error))),
        Err(other) => Err(other),
        Ok(wallet) => Ok(match wallet.audit(&mut |_, _| {}) {
            Err(error) => Some(refusal(error)),
            Ok(audit) => (!audit.is_clean()).then(|| audit_text(stage.say(), &audit)),
        }),
    }
}

/// The folder as it was before the walk is put back; the key store remembers more.
fn an_older_folder(stage: &Stage<'_>, older: &TemporaryFolder) -> Result<Option<String>, Failure> {
    let keys = TemporaryFolder::make()?;
    copy_folder(&stage.keys(), keys.path())?;
    let wallet = stage.open_at(&older.path().join("older"), keys.path())?;
    Ok((wallet.standing() == Standing::RolledBack).then(|| stage.say().say("standing-rolled-back-long")))
}

/// A copy of the resident's space and of the key stores.
struct Copy(TemporaryFolder);

impl Copy {
    fn of(stage: &Stage<'_>) -> Result<Self, Failure> {
        let folder = TemporaryFolder::make()?;
        copy_folder(&stage.at(RESIDENT), &folder.path().join("space"))?;
        copy_folder(&stage.keys(), &folder.path().join("keys"))?;
        Ok(Self(folder))
    }

    fn space(&self) -> std::path::PathBuf {
        self.0.path().join("space")
    }

    fn open(&self, stage: &Stage<'_>) -> Result<Wallet, Failure> {
        let keys: &Path = &self.0.path().join("keys");
        stage.open_at(&self.space(), keys)
    }
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("   {line}")).collect::<Vec<_>>().join("\n")
}
