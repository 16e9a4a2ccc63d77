//! One command, one step, one report.

mod agreed;
mod answer;
mod check;
mod consent;
mod dossier;
mod exchange;
mod export;
mod finding;
mod holdings;
mod item;
mod law;
mod manual;
mod offer;
mod online;
mod pack;
mod papers;
mod profile;
mod received;
mod record;
mod remedy;
mod retention;
mod session;
mod space;
mod status;
mod trust;
mod watch;

use crate::args::{Command, Common, ToolCommand};
use crate::demo;
use crate::exit::{Exit, Failure};
use crate::report::Report;
use crate::terminal::Terminal;
use crate::tool;

pub(crate) use agreed::{event_line as consent_event_line, line as consent_line};
pub(crate) use check::judge;
pub(crate) use consent::claim_word;
pub(crate) use exchange::{kind_word, received_json};
pub(crate) use holdings::card_line;
pub(crate) use law::{finding_json, finding_lines, not_advice};
pub(crate) use offer::relay_of;
pub(crate) use record::{audit_json, audit_text, time};
pub(crate) use session::{Context, edge_of};
pub(crate) use watch::step_of;

/// Runs a command to its end; how the process ends.
pub(crate) fn run(common: &Common, command: Command, terminal: &Terminal) -> Exit {
    match command {
        // Not reports: scripts and pages for other programs.
        Command::Completions { shell } => manual::completions(shell),
        Command::Man => manual::page(),
        command => terminal.outcome(report(common, command, terminal)),
    }
}

fn report(common: &Common, command: Command, terminal: &Terminal) -> Result<Report, Failure> {
    let context = Context { common, say: terminal.say() };
    match command {
        Command::Space(command) => space::run(context, command),
        Command::Import(args) => holdings::import(context, &args),
        Command::Items { shelf, limit } => holdings::items(context, shelf, limit),
        Command::Show(args) => holdings::show(context, &args),
        Command::Search { words, limit } => holdings::search(context, &words, limit),
        Command::Replace { id, file } => holdings::replace(context, &id, &file),
        Command::Item(command) => item::run(context, command),
        Command::Profile(command) => profile::run(context, command),
        Command::Erase(args) => holdings::erase(context, &args),
        Command::Trust(command) => trust::run(context, command),
        Command::Catalog(command) => papers::run(context, command),
        Command::Pack(command) => pack::run(context, command),
        Command::Status(command) => status::run(context, command),
        Command::Key(command) => trust::keys(context, command),
        Command::Request(args) => exchange::request(context, &args),
        Command::Look(args) => consent::look(context, &args),
        Command::Answer(args) => answer::answer(context, &args),
        Command::Grant(args) => consent::grant(context, &args),
        Command::Decline(args) => consent::decline(context, &args),
        Command::SendAgain(args) => online::send_again(context, &args),
        Command::ReceiveCredential(args) => online::receive(context, &args),
        Command::Receive(args) => exchange::receive(context, &args),
        Command::Release(args) => exchange::release(context, &args),
        Command::Open(args) => exchange::open(context, &args),
        Command::Received { exchange, out } => received::received(context, &exchange, out.as_deref()),
        Command::Kept => retention::kept(context),
        Command::EraseTaken(args) => retention::erase_taken(context, &args),
        Command::Confirm(args) => exchange::confirm(context, &args),
        Command::Again { exchange, out } => exchange::again(context, &exchange, &out),
        Command::Offer(args) => offer::offer(context, &args),
        Command::Offers => offer::offers(context),
        Command::Watch(args) => watch::watch(context, &args),
        Command::Claim(args) => watch::claim(context, &args),
        Command::Withdraw { stop, net } => watch::withdraw(context, &stop, &net),
        Command::Consent(command) => agreed::run(context, &command),
        Command::Export(command) => export::run(context, &command),
        Command::Case(command) => remedy::run(context, command),
        Command::Recipients => remedy::recipients(context),
        Command::Timeline { exchange } => remedy::timeline(context, &exchange),
        Command::Correct { item } => remedy::correct(context, &item),
        Command::Dossier(command) => dossier::run(context, &command),
        Command::Log(args) => record::log(context, &args),
        Command::Audit => record::audit(context),
        Command::Prove { exchange, out, with_credential } => {
            record::prove(context, &exchange, &out, with_credential)
        }
        Command::Check(args) => check::check(context.say, &args),
        Command::Backup(args) => space::backup(context, &args),
        Command::Restore(args) => space::restore(context, &args),
        Command::Recover(args) => space::recover(context, &args),
        Command::Law(command) => law::run(context, &command),
        Command::Demo { into } => demo::run(context, into, terminal),
        Command::Tool(ToolCommand::DemoVerifier(args)) => demo::serve_verifier(context, &args, terminal),
        Command::Tool(command) => tool::run(command, terminal),
        // Not reports, and done before.
        Command::Completions { .. } | Command::Man => Err(Failure::usage("nothing-done")),
    }
}
