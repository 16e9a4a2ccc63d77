//! What happened to the sample resident's papers before somebody looks: real exchanges between real
//! spaces, message by message, only with the clock put back. DEMO.

use std::collections::BTreeMap;

use chop_core::flow::{self, Accepted, Agreement, Choices, ConsentPrompt, Inbound, Outbound, RequestDraft};
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::formats::frame::MessageKind;
use chop_core::plumbing::model::{UnixTime, UseTerms};
use chop_core::plumbing::policy::Level;
use chop_core::{Error, Wallet, WalletError, samples};
use serde_json::Value;

use crate::spaces::{Cast, DAY, passphrase};

/// How far back it begins.
pub(crate) const DAYS: i64 = 75;

/// Who asked.
#[derive(Clone, Copy)]
enum Asker {
    Hospital,
    University,
}

/// How it ended.
#[derive(Clone, Copy)]
enum End {
    /// Received, opened, used, confirmed.
    Used,
    /// Taken back before the key left.
    Withdrawn,
    /// The answer was no.
    Declined,
    /// Acknowledged and opened; the use receipt never came.
    NotConfirmed,
}

/// Plays every day of the past.
pub(crate) fn play(cast: &mut Cast, now: UnixTime) -> Result<(), Error> {
    let outpatient = || (samples::outpatient_terms(), samples::outpatient_query());
    let placement = || (samples::hospital_terms(), samples::hospital_query());
    let admission = || (samples::registrar_terms(), samples::registrar_query());
    let days = [
        (74, 9, Asker::University, admission(), End::Used),
        (61, 15, Asker::Hospital, outpatient(), End::Used),
        (47, 10, Asker::Hospital, placement(), End::Used),
        (33, 11, Asker::Hospital, outpatient(), End::Withdrawn),
        (19, 16, Asker::Hospital, outpatient(), End::Used),
        (12, 14, Asker::University, admission(), End::NotConfirmed),
        (6, 9, Asker::University, admission(), End::Declined),
        (2, 10, Asker::Hospital, outpatient(), End::Used),
    ];
    let midnight = now.0 - now.0.rem_euclid(DAY);
    for (ago, hour, asker, (terms, query), end) in days {
        // Hours of Hong Kong: eight before UTC.
        cast.clock.move_to(UnixTime(midnight - ago * DAY + (hour - 8) * 3600));
        // A list lasts a month; an exchange over an old one would warn.
        cast.renew_trust()?;
        exchange(cast, asker, draft(terms, &query)?, end)?;
    }
    Ok(())
}

fn draft(terms: UseTerms, query: &Value) -> Result<RequestDraft, Error> {
    Ok(RequestDraft { dcql: DcqlQuery::from_value(query)?, terms })
}

fn exchange(cast: &Cast, asker: Asker, draft: RequestDraft, end: End) -> Result<(), Error> {
    let resident = &cast.resident;
    let asks = match asker {
        Asker::Hospital => &cast.hospital,
        Asker::University => &cast.university,
    };
    let send = |from: &Wallet, message: Outbound| -> Result<Inbound, Error> {
        let frames = message.frames().to_vec();
        from.shown(message)?;
        cast.clock.pass(7);
        flow::read(&frames)
    };
    let request = send(asks, asks.ask(draft)?)?.request()?;
    let prompt = resident.look(&request)?;
    cast.clock.pass(40);
    if matches!(end, End::Declined) {
        resident.decline(prompt)?;
        return Ok(());
    }
    let data = resident.grant(agree(cast, prompt)?)?;
    let given = data.exchange();
    let envelope = send(resident, data)?.data()?;
    if matches!(end, End::Withdrawn) {
        cast.clock.pass(90);
        return resident.withdraw(&given);
    }
    let acknowledgement = send(asks, asks.claim(&envelope)?)?.acknowledgement()?;
    let key = send(resident, resident.acknowledge(&acknowledgement)?)?.key()?;
    let Accepted::Taken(_, receipt) = asks.accept(key)? else { return Err(WalletError::NotGranted.into()) };
    let receipt = send(asks, receipt)?.use_receipt()?;
    if matches!(end, End::Used) {
        resident.confirm(MessageKind::Use, &receipt)?;
    }
    Ok(())
}

/// All that is asked for and held; a reason for each warning, an act for each separate consent.
fn agree(cast: &Cast, prompt: ConsentPrompt) -> Result<flow::Consent, Error> {
    let held = prompt.queries().iter().filter_map(|query| {
        let best = query.candidates.first()?;
        Some((query.id.clone(), best.answers.clone()))
    });
    let mut choices = Choices { claims: held.collect(), ..Choices::default() };
    let warnings = prompt.page(&choices, cast.lang)?.findings.into_iter();
    let warnings = warnings.filter(|finding| finding.level == Level::Warn);
    choices.overrides = warnings.map(|finding| (finding.rule, "DEMO".to_owned())).collect::<BTreeMap<_, _>>();
    let page = prompt.page(&choices, cast.lang)?;
    cast.resident.reauthenticate(&passphrase())?;
    let mut agreement = Agreement::to(&page.code, cast.lang, &cast.resident)?;
    for topic in &page.separate {
        agreement.consent(*topic, &cast.resident)?;
    }
    prompt.answer(&choices, &agreement).map_err(|(_, error)| error)
}
