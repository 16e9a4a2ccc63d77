//! What the other side is called, in the reader's language.

use chop_core::plumbing::formats::consent_record::ConsentRecord;
use chop_core::plumbing::formats::x509::x509_hash;
use chop_core::plumbing::model::{Id, Lang};
use chop_core::{Result, Wallet};

/// Who takes up an offer or has an exchange. `shown`: the name that was written down when it began, in one
/// language.
pub(crate) fn peer(wallet: &Wallet, id: &Id, client_id: &str, shown: &str, lang: Lang) -> Result<String> {
    // What was scanned and not answered has no record.
    let document = wallet.consent_record(id).ok();
    of(wallet, document.as_ref().map(|document| document.record()), client_id, shown, lang)
}

/// The same where the record is at hand: what it names in four languages, as it was agreed to. Where
/// somebody else came (one of those a list names), their name in the lists of today, else as it was shown.
pub(crate) fn of(
    wallet: &Wallet,
    record: Option<&ConsentRecord>,
    client_id: &str,
    shown: &str,
    lang: Lang,
) -> Result<String> {
    let agreed = record.map(|record| &record.recipient);
    let name = |names: &chop_core::plumbing::model::LangText| names.in_lang(lang).to_owned();
    if let Some(same) = agreed.filter(|party| party.client_id == client_id) {
        let agreed = name(&same.party.names);
        return Ok(if agreed.is_empty() { shown.to_owned() } else { agreed });
    }
    let Ok(trust) = super::people::trust(wallet)? else { return Ok(shown.to_owned()) };
    let mut entries = trust.lists().iter().flat_map(|list| &list.content().entries);
    let listed = entries.find(|entry| x509_hash(&entry.certificate) == client_id);
    let listed = listed.map(|entry| name(&entry.party.names)).filter(|listed| !listed.is_empty());
    Ok(listed.unwrap_or_else(|| shown.to_owned()))
}
