//! Children and others for whom the owner acts.

use chop_core::Clock;
use chop_core::holdings::{NewProfile, Profile, Relation, age_band, relation_word};
use chop_core::mask::masked_claim;
use chop_core::plumbing::model::{Id, UnixTime};
use chop_core::plumbing::policy::AgeBand;
use serde_json::{Value, json};

use super::holdings::item_id;
use super::session::{Context, Session, find_id};
use crate::args::{ProfileArgs, ProfileCommand, RelationWord};
use crate::edge::SystemClock;
use crate::exit::Failure;
use crate::report::Report;
use crate::say::Say;

/// Runs one of them.
pub(crate) fn run(context: Context<'_>, command: ProfileCommand) -> Result<Report, Failure> {
    let session = context.open()?;
    let now = SystemClock.now();
    let report = match command {
        ProfileCommand::Add(args) => {
            let id = with_profile(&session, &args, |new| session.wallet.add_profile(new))?;
            one(context.say, &session.wallet.profile(&id)?, false, now)
        }
        ProfileCommand::Change { id, profile } => {
            let id = profile_id(&session, &id)?;
            with_profile(&session, &profile, |new| session.wallet.change_profile(&id, new))?;
            one(context.say, &session.wallet.profile(&id)?, false, now)
        }
        ProfileCommand::Show { id, reveal } => {
            let profile = session.wallet.profile(&profile_id(&session, &id)?)?;
            one(context.say, &profile, reveal, now)
        }
        ProfileCommand::List => {
            let reports: Vec<_> =
                session.wallet.profiles()?.iter().map(|p| one(context.say, p, false, now)).collect();
            let text: Vec<_> = reports.iter().map(|report| report.text.clone()).collect();
            let text = if text.is_empty() { context.say.say("nothing-found") } else { text.join("\n\n") };
            let json: Vec<_> = reports.into_iter().map(|report| report.json).collect();
            Report::done(text, json!({ "profiles": json }))
        }
    };
    Ok(session.report(report))
}

/// The profile whose id begins with `start`.
pub(super) fn profile_id(session: &Session, start: &str) -> Result<Id, Failure> {
    find_id(start, session.wallet.profiles()?.into_iter().map(|profile| profile.id))
}

fn with_profile<T>(
    session: &Session,
    args: &ProfileArgs,
    write: impl FnOnce(&NewProfile<'_>) -> Result<T, chop_core::Error>,
) -> Result<T, Failure> {
    let evidence = args.evidence.as_deref().map(|start| item_id(session, start)).transpose()?;
    Ok(write(&NewProfile {
        name: &args.name,
        birth_date: &args.born,
        place: args.place.into(),
        guardian: &args.guardian,
        relation: match args.relation {
            RelationWord::Parent => Relation::Parent,
            RelationWord::Guardian => Relation::Guardian,
        },
        evidence: evidence.as_ref(),
    })?)
}

fn one(say: &Say, profile: &Profile, is_revealed: bool, now: UnixTime) -> Report {
    let shown = |name: &str, value: &str| match is_revealed {
        true => value.to_owned(),
        false => masked_claim(name, &Value::from(value)).as_str().unwrap_or_default().to_owned(),
    };
    let (name, born) = (shown("name", &profile.name), shown("birth_date", &profile.birth_date));
    let guardian = shown("name", &profile.guardian);
    let band = age_band(&profile.birth_date, now).map_or("adult", band_word);
    let relation = relation_word(profile.relation);
    let evidence = profile.evidence.map(|id| id.to_string());
    let text = [
        name.clone(),
        format!("{}: {}", say.say("label-id"), profile.id),
        format!("{}: {born} · {}", say.say("label-born"), say.say(&format!("age-{band}"))),
        format!("{}: {guardian} ({})", say.say("label-guardian"), say.say(&format!("relation-{relation}"))),
        match &evidence {
            Some(id) => format!("{}: {id}", say.say("label-evidence")),
            None => say.say("no-evidence"),
        },
    ];
    let json = json!({
        "id": profile.id.to_string(), "name": name, "born": born, "age": band, "place": profile.place.code(),
        "guardian": guardian, "relation": relation, "evidence": evidence, "masked": !is_revealed,
    });
    Report::done(text.join("\n"), json)
}

fn band_word(band: AgeBand) -> &'static str {
    match band {
        AgeBand::Under14 => "under-14",
        AgeBand::Under16 => "under-16",
        AgeBand::Under18 => "under-18",
        AgeBand::Adult => "adult",
    }
}
