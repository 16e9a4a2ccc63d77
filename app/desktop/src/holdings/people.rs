//! Children and others for whom the owner acts.

use chop_core::holdings::{NewProfile, Profile, Relation, age_band, relation_word};
use chop_core::notice::Words;
use chop_core::plumbing::model::{Id, Jurisdiction, UnixTime};
use chop_core::plumbing::policy::AgeBand;
use chop_core::{Result, Wallet, WalletError};

use crate::dto::item::{AgeWord, NewProfileLine, ProfileLine};
use crate::holdings::item::id_of;

/// Everybody, in the order of coming.
pub(crate) fn list(wallet: &Wallet, words: &Words) -> Result<Vec<ProfileLine>> {
    let now = wallet.ports().clock.now();
    wallet.profiles()?.iter().map(|profile| line(words, profile, now)).collect()
}

/// Writes somebody down.
pub(crate) fn add(wallet: &Wallet, new: &NewProfileLine) -> Result<Id> {
    let evidence = new.evidence.as_deref().map(id_of).transpose()?;
    wallet.add_profile(&NewProfile {
        name: &new.name,
        birth_date: &new.born,
        place: Jurisdiction::from_code(&new.place).ok_or(WalletError::NoPlace)?,
        guardian: &new.guardian,
        relation: if new.is_parent { Relation::Parent } else { Relation::Guardian },
        evidence: evidence.as_ref(),
    })
}

fn line(words: &Words, profile: &Profile, now: UnixTime) -> Result<ProfileLine> {
    let age = match age_band(&profile.birth_date, now) {
        Some(AgeBand::Under14) => AgeWord::Under14,
        Some(AgeBand::Under16) => AgeWord::Under16,
        Some(AgeBand::Under18) => AgeWord::Under18,
        Some(AgeBand::Adult) | None => AgeWord::Adult,
    };
    let relation = words.say(&format!("relation-{}", relation_word(profile.relation)))?;
    Ok(ProfileLine {
        id: profile.id.to_string(),
        name: profile.name.clone(),
        age,
        relation,
        guardian: profile.guardian.clone(),
        has_evidence: profile.evidence.is_some(),
    })
}
