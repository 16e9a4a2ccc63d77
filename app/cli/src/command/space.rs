//! `chop space …`, `chop recover`, `chop backup`, `chop restore`.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use chop_core::plumbing::crypto::Argon2Cost;
use chop_core::plumbing::model::Jurisdiction;
use chop_core::plumbing::vault::{FirstSlots, NewSpace, RecoveryCode, SpaceKind};
use chop_core::{Because, Standing, Wallet};
use serde_json::json;

use super::session::Context;
use crate::args::{BackupArgs, Kind, Place, RecoverArgs, RestoreArgs, SpaceCommand};
use crate::edge;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;

/// Runs one of them.
pub(crate) fn run(context: Context<'_>, command: SpaceCommand) -> Result<Report, Failure> {
    match command {
        SpaceCommand::Create { kind, label, place, recovery_out } => {
            create(context, kind, label, place, recovery_out.as_deref())
        }
        SpaceCommand::Info => info(context),
        SpaceCommand::Passphrase { new_file } => passphrase(context, new_file.as_deref()),
        SpaceCommand::Continue => go_on(context),
    }
}

fn create(
    context: Context<'_>,
    kind: Kind,
    label: String,
    place: Place,
    recovery_out: Option<&Path>,
) -> Result<Report, Failure> {
    let folder = context.folder()?;
    let edge = context.edge()?;
    let passphrase = context.new_passphrase(context.common.passphrase_file.as_deref())?;
    // Made before the space: a code that cannot be written anywhere would be lost for good.
    let recovery_file = recovery_out.map(files::create).transpose()?;
    let space = NewSpace { kind: kind.into(), label };
    let slots = FirstSlots { passphrase, cost: Argon2Cost::FLOOR };
    let (wallet, recovery) = Wallet::create(&folder, &space, &slots, edge).map_err(Failure::Closed)?;
    wallet.set_place(place.into())?;
    let say = context.say;
    let made = say.say_with("space-made", &[("folder", &folder.display().to_string())]);
    let id = wallet.info().id.to_string();
    Ok(match recovery_file {
        Some(file) => {
            write_code(file, &recovery)?;
            Report::done(made, json!({ "space": id, "folder": folder, "recoveryOut": recovery_out }))
        }
        None => {
            let code = recovery.to_text();
            let shown = say.say_with("recovery-code", &[("code", code.as_str())]);
            let json = json!({ "space": id, "folder": folder, "recoveryCode": code.as_str() });
            Report::done(format!("{made}\n{shown}"), json)
        }
    })
}

fn info(context: Context<'_>) -> Result<Report, Failure> {
    let session = context.open()?;
    let (wallet, say) = (&session.wallet, context.say);
    let info = wallet.info();
    let standing = standing_word(wallet.standing());
    let epoch = wallet.epoch()?.to_string();
    let key = wallet.log_verifier_key()?;
    let lines = [
        ("label-space", info.label.clone()),
        ("label-kind", say.say(kind_key(info.kind))),
        ("label-id", info.id.to_string()),
        ("label-epoch", epoch),
        ("label-standing", say.say(standing_key(wallet.standing()))),
        ("label-log-key", key.to_string()),
    ];
    let text: Vec<_> = lines.iter().map(|(label, value)| format!("{}: {value}", say.say(label))).collect();
    let json = json!({
        "space": info.id.to_string(), "label": info.label, "kind": kind_word(info.kind),
        "standing": standing, "epoch": wallet.epoch()?, "interrupted": wallet.interrupted(),
        "logKey": key.to_string(),
    });
    Ok(session.report(Report::done(text.join("\n"), json)))
}

fn passphrase(context: Context<'_>, new_file: Option<&Path>) -> Result<Report, Failure> {
    let session = context.open()?;
    let new = context.new_passphrase(new_file)?;
    session.wallet.change_passphrase(&new, Argon2Cost::FLOOR)?;
    Ok(session.report(Report::done(context.say.say("passphrase-changed"), json!({ "changed": true }))))
}

fn go_on(context: Context<'_>) -> Result<Report, Failure> {
    let mut session = context.open()?;
    if session.wallet.standing() == Standing::Current {
        return Ok(Report::done(
            context.say.say("nothing-rolled-back"),
            json!({ "frozen": 0, "begun": false }),
        ));
    }
    let frozen = session.wallet.begin_epoch(Because::RolledBack)?;
    let text = context.say.say_with("epoch-begun", &[("frozen", &frozen.to_string())]);
    Ok(Report::done(text, json!({ "frozen": frozen, "begun": true })))
}

/// Writes a sealed backup.
pub(crate) fn backup(context: Context<'_>, args: &BackupArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let passphrase = match &args.seal_file {
        Some(file) => edge::secret(Some(file), "")?,
        None => context.passphrase()?,
    };
    let mut file = files::create(&args.file)?;
    session.wallet.backup(&passphrase, Argon2Cost::FLOOR, &mut file)?;
    file.sync_all().map_err(|error| files::cannot(&args.file, &error))?;
    let text = context.say.say_with("backup-written", &[("file", &args.file.display().to_string())]);
    Ok(session.report(Report::done(text, json!({ "file": args.file }))))
}

/// Makes a space from a backup.
pub(crate) fn restore(context: Context<'_>, args: &RestoreArgs) -> Result<Report, Failure> {
    let (folder, edge) = (context.folder()?, context.edge()?);
    let mut file = File::open(&args.file).map_err(|error| files::cannot(&args.file, &error))?;
    let passphrase = context.passphrase()?;
    let wallet = Wallet::restore(&folder, &mut file, &passphrase, edge).map_err(Failure::Closed)?;
    let text = context.say.say_with("restored", &[("folder", &folder.display().to_string())]);
    let json = json!({ "folder": folder, "space": wallet.info().id.to_string(), "epoch": wallet.epoch()? });
    Ok(Report::done(text, json))
}

/// Opens a space with its recovery code and sets a new passphrase.
pub(crate) fn recover(context: Context<'_>, args: &RecoverArgs) -> Result<Report, Failure> {
    let (folder, edge) = (context.folder()?, context.edge()?);
    let typed = edge::secret(args.code_file.as_deref(), &context.say.say("ask-recovery-code"))?;
    // EXPOSE: what was typed is read as a code.
    let typed = std::str::from_utf8(typed.expose()).unwrap_or_default();
    let new = context.new_passphrase(args.new_file.as_deref())?;
    Wallet::recover(&folder, typed, &new, Argon2Cost::FLOOR, edge).map_err(Failure::Closed)?;
    Ok(Report::done(context.say.say("passphrase-changed"), json!({ "changed": true })))
}

fn write_code(mut file: File, code: &RecoveryCode) -> Result<(), Failure> {
    let text = code.to_text();
    let written =
        file.write_all(text.as_bytes()).and_then(|()| file.write_all(b"\n")).and_then(|()| file.sync_all());
    written.map_err(|error| files::cannot(Path::new("recovery code"), &error))
}

impl From<Kind> for SpaceKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::Person,
            Kind::Firm => Self::Firm,
        }
    }
}

impl From<Place> for Jurisdiction {
    fn from(place: Place) -> Self {
        match place {
            Place::Cn => Self::Cn,
            Place::Hk => Self::Hk,
            Place::Mo => Self::Mo,
            Place::Other => Self::Other,
        }
    }
}

fn kind_word(kind: SpaceKind) -> &'static str {
    match kind {
        SpaceKind::Person => "person",
        SpaceKind::Firm => "firm",
    }
}

fn kind_key(kind: SpaceKind) -> &'static str {
    match kind {
        SpaceKind::Person => "kind-person",
        SpaceKind::Firm => "kind-firm",
    }
}

fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Current => "current",
        Standing::NotWitnessed => "not-witnessed",
        Standing::RolledBack => "rolled-back",
    }
}

fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Current => "standing-current",
        Standing::NotWitnessed => "standing-not-witnessed",
        Standing::RolledBack => "standing-rolled-back",
    }
}
