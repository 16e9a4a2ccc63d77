//! `chop pack …`

use std::path::Path;

use chop_core::packs::{HeldPack, PackPreview};
use chop_core::plumbing::crypto::encoding::to_base64url;
use chop_core::plumbing::formats::signed_pack::SignedPack;
use serde_json::{Value, json};

use super::record::time;
use super::session::Context;
use super::trust::fingerprint_of;
use crate::args::PackCommand;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::say::Say;

/// Runs one of the pack commands.
pub(crate) fn run(context: Context<'_>, command: PackCommand) -> Result<Report, Failure> {
    match command {
        PackCommand::Preview { file } => preview(context, &file),
        PackCommand::Add { file, fingerprint } => add(context, &file, fingerprint.as_deref()),
        PackCommand::List => list(context),
    }
}

fn preview(context: Context<'_>, file: &Path) -> Result<Report, Failure> {
    let text = files::read_text(file)?;
    let session = context.open()?;
    let preview = session.wallet.preview_pack(&text)?;
    let say = context.say;
    let PackPreview { publisher, is_known_publisher, kind, id, version, seq, issued, effective_from, .. } =
        preview;
    let mut lines = vec![
        format!("{} {id} {version} ({})", kind.code(), seq),
        format!("{}: {}", say.say("label-fingerprint"), to_base64url(&publisher)),
        format!("{}: {}", say.say("label-effective-from"), time(effective_from)),
    ];
    lines.extend(
        (!preview.types.is_empty())
            .then(|| format!("{}: {}", say.say("label-type"), preview.types.join(", "))),
    );
    lines.extend(
        (!preview.purposes.is_empty())
            .then(|| format!("{}: {}", say.say("label-purposes"), preview.purposes.join(", "))),
    );
    lines.push(say.say(if is_known_publisher { "pack-known-publisher" } else { "pack-compare" }));
    let json = json!({
        "kind": kind.code(), "id": id, "version": version, "seq": seq, "issued": issued.0,
        "effectiveFrom": effective_from.0, "fingerprint": to_base64url(&publisher),
        "known": is_known_publisher, "types": preview.types, "purposes": preview.purposes, "added": false,
    });
    Ok(session.report(Report::done(lines.join("\n"), json)))
}

fn add(context: Context<'_>, file: &Path, fingerprint: Option<&str>) -> Result<Report, Failure> {
    let fingerprint = fingerprint.map(fingerprint_of).transpose()?;
    let text = files::read_text(file)?;
    let session = context.open()?;
    let pack = session.wallet.add_pack(&text, fingerprint.as_ref())?;
    let SignedPack { kind, id, version, seq, .. } = pack.content();
    let said = context.say.say_with("pack-added", &[("id", id), ("version", version)]);
    let json = json!({
        "kind": kind.code(), "id": id, "version": version, "seq": seq, "added": true,
        "fingerprint": to_base64url(pack.fingerprint()),
    });
    Ok(session.report(Report::done(said, json)))
}

fn list(context: Context<'_>) -> Result<Report, Failure> {
    let session = context.open()?;
    let packs = session.wallet.packs()?;
    let mut lines = vec![context.say.say("pack-built-in")];
    lines.extend(packs.iter().map(|held| held_line(context.say, held)));
    let json = json!({ "packs": packs.iter().map(held_json).collect::<Vec<_>>() });
    Ok(session.report(Report::done(lines.join("\n"), json)))
}

fn held_line(say: &Say, held: &HeldPack) -> String {
    let SignedPack { kind, id, version, seq, .. } = held.pack.content();
    let state = say.say(if held.is_in_force { "pack-in-force" } else { "pack-not-in-force" });
    let publisher = to_base64url(held.pack.fingerprint());
    format!("{} {id} {version} ({seq})  ·  {state}  ·  {publisher}", kind.code())
}

fn held_json(held: &HeldPack) -> Value {
    let SignedPack { kind, id, version, seq, effective_from, .. } = held.pack.content();
    json!({
        "kind": kind.code(), "id": id, "version": version, "seq": seq, "effectiveFrom": effective_from.0,
        "fingerprint": to_base64url(held.pack.fingerprint()), "added": held.added_at.0, "inForce": held.is_in_force,
    })
}
