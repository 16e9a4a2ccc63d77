//! Everybody to whom something was granted, and one of them with what it holds.

use chop_core::consent::{ConsentView, Muted};
use chop_core::flow::State;
use chop_core::notice::Words;
use chop_core::plumbing::formats::consent_record::{ConsentRecord, Right};
use chop_core::plumbing::formats::trust_list::TrustView;
use chop_core::plumbing::formats::x509::{Role, x509_hash};
use chop_core::plumbing::model::{Id, ItemId, Lang, UnixTime};
use chop_core::remedy::{Case, Held, Reached, Recipient, Subject};
use chop_core::{Result, Wallet, WalletError};

use super::{cases, consents, names};
use crate::dto::recipients::{HeldRow, MutedRow, OutdatedRow, RecipientRow, RecipientView, RightRow, Trust};
use crate::holdings::item::vct_of;
use crate::holdings::seen::steps;
use crate::record::uses::{fields, place_name, purpose_name};

/// Everybody, those with something overdue first, then by name.
pub(crate) fn list(wallet: &Wallet, lang: Lang) -> Result<Vec<RecipientRow>> {
    let words = Words::of(lang)?;
    let (trust, cases) = (trust(wallet)?, wallet.cases()?);
    let recipients = wallet.recipients()?;
    let rows = recipients.iter().map(|recipient| row(wallet, &words, recipient, &trust, &cases));
    let mut rows = rows.collect::<Result<Vec<_>>>()?;
    rows.sort_by(|a, b| b.overdue.cmp(&a.overdue).then_with(|| a.name.cmp(&b.name)));
    Ok(rows)
}

/// One of them.
///
/// # Errors
/// `consent.unknown` where nothing was granted to such a one.
pub(crate) fn view(wallet: &Wallet, id: &str, lang: Lang) -> Result<RecipientView> {
    let words = Words::of(lang)?;
    let recipient = one(wallet, id)?;
    let (trust, all_cases) = (trust(wallet)?, wallet.cases()?);
    let latest = recipient.holds.first().map(|held| wallet.consent_record(&held.exchange)).transpose()?;
    let latest = latest.as_ref().map(chop_core::plumbing::formats::consent_record::RecordDocument::record);
    let about = all_cases.iter().filter(|case| is_about(case, &recipient));
    let now = wallet.ports().clock.now();
    let mut holds = recipient.holds.iter().collect::<Vec<_>>();
    holds.sort_by_key(|held| std::cmp::Reverse(held.granted_at));
    Ok(RecipientView {
        row: row(wallet, &words, &recipient, &trust, &all_cases)?,
        legal_id: latest.map(legal_id).unwrap_or_default(),
        contact: latest.map(contact).unwrap_or_default(),
        authorities: latest.map(|record| authorities(&words, record)).transpose()?.unwrap_or_default(),
        holds: holds.into_iter().map(|held| held_row(wallet, &words, held)).collect::<Result<_>>()?,
        rights: recipient.rights.iter().map(|right| right_row(&words, right)).collect::<Result<_>>()?,
        cases: about.map(|case| cases::row(&words, case, now)).collect::<Result<_>>()?,
        outdated: outdated(wallet, &words, &recipient, &all_cases)?,
    })
}

/// Everybody whose question does not come up because it was told no, latest first.
pub(crate) fn muted(wallet: &Wallet, lang: Lang) -> Result<Vec<MutedRow>> {
    let words = Words::of(lang)?;
    let row = |muted: Muted| {
        let Muted { exchange, client_id, name: shown, .. } = &muted;
        let name = names::peer(wallet, exchange, client_id, shown, lang)?;
        Ok(MutedRow {
            exchange: exchange.to_string(),
            name: if name.is_empty() { muted.client_id } else { name },
            purpose: purpose_name(&words, &muted.purpose)?,
            since: muted.since.0,
            until: muted.until.0,
        })
    };
    wallet.muted()?.into_iter().map(row).collect()
}

/// Prepares the notices of correction of an item at this one alone, where it may have been read; how many
/// are new.
///
/// # Errors
/// `consent.unknown` where nothing was granted to such a one; `holding.unknown`.
pub(crate) fn correct(wallet: &Wallet, id: &str, item: &ItemId) -> Result<usize> {
    let recipient = one(wallet, id)?;
    Ok(wallet.prepare_corrections_at(item, &read_by(&recipient))?.len())
}

fn one(wallet: &Wallet, id: &str) -> Result<Recipient> {
    let found = wallet.recipients()?.into_iter().find(|recipient| recipient.client_id == id);
    Ok(found.ok_or(WalletError::NoConsent)?)
}

/// The grants that it may have read.
fn read_by(recipient: &Recipient) -> Vec<Id> {
    recipient.holds.iter().filter(|held| held.may_have_been_read()).map(|held| held.exchange).collect()
}

/// What it got of items that were replaced since, where the value is different now.
fn outdated(
    wallet: &Wallet,
    words: &Words,
    recipient: &Recipient,
    cases: &[Case],
) -> Result<Vec<OutdatedRow>> {
    let mut rows = Vec::new();
    for wrong in wallet.wrong_values(&read_by(recipient))? {
        let item = wallet.item(&wrong.item)?;
        let vct = vct_of(&item, wallet.catalogued(&wrong.item)?.as_ref());
        let mut fields = Vec::new();
        for path in wrong.reached.iter().flat_map(|reached| &reached.claims) {
            let name = words.claim(&vct, &steps(path))?;
            if !fields.contains(&name) {
                fields.push(name);
            }
        }
        let is_about = |case: &Case, reached: &Reached| {
            let subject = Subject::Replaced { item: wrong.item, wrong: reached.wrong, right: wrong.right };
            case.exchange == reached.exchange && case.subject == subject
        };
        rows.push(OutdatedRow {
            item: wrong.item.to_string(),
            title: words.document(&vct)?,
            fields,
            is_prepared: wrong.reached.iter().all(|reached| cases.iter().any(|case| is_about(case, reached))),
        });
    }
    Ok(rows)
}

fn row(
    wallet: &Wallet,
    words: &Words,
    recipient: &Recipient,
    trust: &std::result::Result<TrustView, Trust>,
    cases: &[Case],
) -> Result<RecipientRow> {
    let now = wallet.ports().clock.now();
    let kept: Vec<_> = recipient.holds.iter().filter(|held| is_held(held, now)).collect();
    let open: Vec<_> =
        cases.iter().filter(|case| is_about(case, recipient) && !case.state.is_over()).collect();
    let named = recipient.name.in_lang(words.lang());
    Ok(RecipientRow {
        id: recipient.client_id.clone(),
        name: if named.is_empty() { recipient.client_id.clone() } else { named.to_owned() },
        place: place_name(words, recipient.place.code())?,
        trust: trust_now(wallet, recipient, trust),
        grants: count(recipient.holds.len()),
        holding: count(kept.len()),
        holds_until: kept.iter().map(|held| held.keep_until.0).max(),
        cases: count(open.len()),
        overdue: count(open.iter().filter(|case| case.is_overdue).count()),
    })
}

/// Whether the recipient can have read it, may still keep it, and did not say that it is gone.
fn is_held(held: &Held, now: UnixTime) -> bool {
    let is_gone = matches!(
        held.reached,
        Some(State::ErasedByVerifier | State::RefusedByVerifier | State::Declined | State::Withdrawn)
    );
    held.may_have_been_read() && held.reached.is_some() && !is_gone && held.keep_until > now
}

fn is_about(case: &Case, recipient: &Recipient) -> bool {
    recipient.holds.iter().any(|held| held.exchange == case.exchange)
}

/// The lists of this space; where one of them cannot be read, what is said instead of what they say. Who
/// holds what is told all the same, and nobody is called vouched for.
///
/// # Errors
/// When the space itself cannot be read.
pub(super) fn trust(wallet: &Wallet) -> Result<std::result::Result<TrustView, Trust>> {
    match wallet.trust() {
        Ok(trust) => Ok(Ok(trust)),
        // By a clock that went back a list is still to come.
        Err(error) if error.code() == TO_COME => Ok(Err(Trust::Unjudged)),
        Err(error) if error.code().starts_with(VAULT) => Err(error),
        Err(_) => Ok(Err(Trust::Broken)),
    }
}

/// Whether a list of this space names it today, and with the certificate that it showed then.
fn trust_now(wallet: &Wallet, recipient: &Recipient, trust: &std::result::Result<TrustView, Trust>) -> Trust {
    if recipient.client_id.is_empty() {
        return Trust::Open;
    }
    let trust = match trust {
        Ok(trust) => trust,
        Err(unread) => return *unread,
    };
    let entries = || {
        let all = trust.lists().iter().flat_map(|list| &list.content().entries);
        all.filter(|entry| entry.roles.contains(&Role::Verifier))
    };
    if entries().any(|entry| x509_hash(&entry.certificate) == recipient.client_id) {
        return Trust::Listed;
    }
    let record = recipient.holds.first().and_then(|held| wallet.consent_record(&held.exchange).ok());
    let legal = record.map(|document| document.record().recipient.party.legal_id.clone());
    match legal.is_some_and(|legal| entries().any(|entry| entry.party.legal_id == legal)) {
        true => Trust::Changed,
        false => Trust::Unlisted,
    }
}

fn held_row(wallet: &Wallet, words: &Words, held: &Held) -> Result<HeldRow> {
    let document = wallet.consent_record(&held.exchange)?;
    let record = document.record();
    let consent: ConsentView = wallet.consent_view(&held.exchange)?;
    let said = record.purpose.first().map(|purpose| purpose.text.in_lang(words.lang()).to_owned());
    let reached = held.reached.map(|state| format!("log-state-{}", state.word()));
    Ok(HeldRow {
        id: held.exchange.to_string(),
        at: held.granted_at.0,
        purpose: match said.filter(|text| !text.is_empty()) {
            Some(text) => text,
            None => purpose_name(words, &held.purpose)?,
        },
        fields: fields(words, record)?,
        keep_until: held.keep_until.0,
        may_have_been_read: held.may_have_been_read(),
        reached: words.say(reached.as_deref().unwrap_or("recipient-offered"))?,
        crosses_border: record.route.from != record.route.to,
        consent: consents::row(words, &consent)?,
    })
}

fn right_row(words: &Words, right: &Right) -> Result<RightRow> {
    let confirmed = right.law.strip_suffix(" [M]");
    Ok(RightRow {
        kind: right.kind.word().to_owned(),
        name: words.say(&format!("right-{}", right.kind.word()))?,
        law: words.cite(confirmed.unwrap_or(&right.law))?,
        is_confirmed: confirmed.is_none(),
        days: right.days,
        channel: right.channel.clone(),
    })
}

fn legal_id(record: &ConsentRecord) -> String {
    let id = &record.recipient.party.legal_id;
    format!("{} {}", id.scheme, id.value)
}

fn contact(record: &ConsentRecord) -> Vec<String> {
    let contact = &record.recipient.party.contact;
    let parts = [&contact.name, &contact.tel, &contact.email];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect()
}

fn authorities(words: &Words, record: &ConsentRecord) -> Result<Vec<String>> {
    let place = record.recipient.party.jurisdiction;
    let there = record.authorities.iter().filter(|authority| authority.jurisdiction == place);
    there.map(|authority| Ok(words.authority(&authority.name)?)).collect()
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

const TO_COME: &str = "trust.not-yet-issued";
/// Trouble with the space, not with its lists.
const VAULT: &str = "vault.";
