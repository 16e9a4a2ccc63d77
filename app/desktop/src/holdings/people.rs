//! Children and others for whom the owner acts.

use chop_core::holdings::{NewProfile, Profile, Relation, age_band, relation_word};
use chop_core::mask::masked_text;
use chop_core::notice::Words;
use chop_core::plumbing::model::{Id, Jurisdiction, UnixTime};
use chop_core::plumbing::policy::AgeBand;
use chop_core::{Result, Wallet, WalletError};

use crate::dto::item::{AgeWord, EvidenceLine, NewProfileLine, ProfileLine};
use crate::holdings::item::id_of;

/// Everybody, in the order of coming.
pub(crate) fn list(wallet: &Wallet, words: &Words) -> Result<Vec<ProfileLine>> {
    let now = wallet.ports().clock.now();
    wallet.profiles()?.iter().map(|profile| line(wallet, words, profile, now)).collect()
}

/// Writes somebody down.
pub(crate) fn add(wallet: &Wallet, new: &NewProfileLine) -> Result<Id> {
    written(new, |profile| wallet.add_profile(profile))
}

/// Writes somebody down anew: a name that changed, evidence that came later.
pub(crate) fn change(wallet: &Wallet, id: &Id, new: &NewProfileLine) -> Result<()> {
    written(new, |profile| wallet.change_profile(id, profile))
}

fn written<T>(new: &NewProfileLine, write: impl FnOnce(&NewProfile<'_>) -> Result<T>) -> Result<T> {
    let evidence = new.evidence.as_deref().map(id_of).transpose()?;
    write(&NewProfile {
        name: &new.name,
        birth_date: &new.born,
        place: Jurisdiction::from_code(&new.place).ok_or(WalletError::NoPlace)?,
        guardian: &new.guardian,
        relation: if new.is_parent { Relation::Parent } else { Relation::Guardian },
        evidence: evidence.as_ref(),
    })
}

fn line(wallet: &Wallet, words: &Words, profile: &Profile, now: UnixTime) -> Result<ProfileLine> {
    let age = match age_band(&profile.birth_date, now) {
        Some(AgeBand::Under14) => AgeWord::Under14,
        Some(AgeBand::Under16) => AgeWord::Under16,
        Some(AgeBand::Under18) => AgeWord::Under18,
        Some(AgeBand::Adult) | None => AgeWord::Adult,
    };
    let relation = words.say(&format!("relation-{}", relation_word(profile.relation)))?;
    // What was erased shows nothing any more.
    let evidence = profile.evidence.as_ref().and_then(|item| {
        let view = wallet.item(item).ok().filter(|view| view.form.is_some())?;
        let is_titled = view.row.title != view.row.doc_type;
        let title =
            if is_titled { masked_text(&view.row.title) } else { words.document(&view.row.doc_type).ok()? };
        Some(EvidenceLine { id: item.to_string(), title })
    });
    Ok(ProfileLine {
        id: profile.id.to_string(),
        name: profile.name.clone(),
        age,
        relation,
        guardian: profile.guardian.clone(),
        born: profile.birth_date.clone(),
        place: profile.place.code().to_owned(),
        is_parent: profile.relation == Relation::Parent,
        evidence,
    })
}
