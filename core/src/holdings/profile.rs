//! Children and others for whom the owner of the space acts (gba.md row 113).
//!
//! A profile says who, born when, where, and what shows the relation. An item is about somebody with a
//! profile once [`Wallet::set_subject`] said so; from then on a grant of it is the child's, and the
//! guardian signs. Age is counted from the birth date whenever it is asked, so the gate lifts by itself
//! on the birthday.

use chop_crypto::{Digest, make_array};
use chop_formats::log_entry::EntryKind;
use chop_model::{Id, ItemId, Jurisdiction, UnixTime};
use chop_policy::AgeBand;
use chop_vault::table::item::{self, ItemState, Seal};
use chop_vault::table::profile;
use jiff::civil::Date;

pub use chop_vault::table::profile::{Relation, Row as Profile};

use super::Form;
use crate::journal::Entry;
use crate::predicate::{age, day_of};
use crate::{Result, Wallet, WalletError};

/// Somebody for whom the owner will act.
pub struct NewProfile<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their birth date, `YYYY-MM-DD`.
    pub birth_date: &'a str,
    /// Where they live.
    pub place: Jurisdiction,
    /// The guardian's name, as it stands in a record.
    pub guardian: &'a str,
    /// What the guardian is to them.
    pub relation: Relation,
    /// The holding that shows the relation.
    pub evidence: Option<&'a ItemId>,
}

/// Whom the claims of a grant are about, when it is not the owner of the space.
#[derive(Clone, PartialEq, Eq)]
pub struct Ward {
    /// The profile.
    pub profile: Id,
    /// Their name, for the page.
    pub name: String,
    /// How old they are, as far as a law asks.
    pub age: AgeBand,
    /// The guardian's name, for the record.
    pub guardian: String,
    /// What the guardian is to them.
    pub relation: Relation,
    /// Digest of the holding that shows the relation; nothing where none is held any more.
    pub evidence: Option<Digest>,
}

/// A child's name is nobody's business in a log.
impl std::fmt::Debug for Ward {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ward({})", self.profile)
    }
}

/// The word that a record names a relation by.
pub fn relation_word(relation: Relation) -> &'static str {
    match relation {
        Relation::Parent => "parent",
        Relation::Guardian => "guardian",
    }
}

/// How old somebody born on `birth_date` is at `now`, as far as a law of the three places asks. Nothing
/// for what is no date, or one in the future.
pub fn age_band(birth_date: &str, now: UnixTime) -> Option<AgeBand> {
    let (born, today): (Date, Date) = (birth_date.parse().ok()?, day_of(now)?);
    match age(born, today) {
        ..0 => None,
        0..14 => Some(AgeBand::Under14),
        14..16 => Some(AgeBand::Under16),
        16..18 => Some(AgeBand::Under18),
        _ => Some(AgeBand::Adult),
    }
}

impl Wallet {
    /// Writes somebody down for whom the owner acts.
    ///
    /// # Errors
    /// `profile.birth-date` for no date or one to come, `profile.nameless`, `profile.no-evidence` for an
    /// item that shows no relation: the holder's own record, or one with an invalid seal.
    pub fn add_profile(&self, new: &NewProfile<'_>) -> Result<Id> {
        let id = Id::make(self.ports.random.as_ref())?;
        self.set_profile(id, new)
    }

    /// Writes a profile anew: a name that changed, evidence that came later.
    ///
    /// # Errors
    /// As [`Wallet::add_profile`]; `profile.unknown`.
    pub fn change_profile(&self, id: &Id, new: &NewProfile<'_>) -> Result<()> {
        self.profile(id)?;
        self.set_profile(*id, new).map(drop)
    }

    /// Everybody for whom the owner acts, in the order of coming.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn profiles(&self) -> Result<Vec<Profile>> {
        Ok(self.vault.read(profile::all)?)
    }

    /// One of them.
    ///
    /// # Errors
    /// `profile.unknown`.
    pub fn profile(&self, id: &Id) -> Result<Profile> {
        self.vault.read(|read| profile::find(read, id))?.ok_or_else(|| WalletError::NoSuchProfile.into())
    }

    fn set_profile(&self, id: Id, new: &NewProfile<'_>) -> Result<Id> {
        let NewProfile { name, birth_date, place, guardian, relation, evidence } = new;
        let now = self.ports.clock.now();
        age_band(birth_date, now).ok_or(WalletError::BadBirthDate)?;
        if name.trim().is_empty() || guardian.trim().is_empty() {
            return Err(WalletError::Nameless.into());
        }
        if let Some(item) = evidence {
            self.evidence_digest(item)?.ok_or(WalletError::NoEvidence)?;
        }
        let row = profile::Row {
            id,
            name: (*name).to_owned(),
            birth_date: (*birth_date).to_owned(),
            place: *place,
            guardian: (*guardian).to_owned(),
            relation: *relation,
            evidence: evidence.copied(),
            added_at: now,
            salt: make_array(self.ports.random.as_ref())?,
        };
        let entry = Entry::new(EntryKind::ProfileSet, &self.ports).text("profile", &id.to_string());
        self.record("profile", entry, |tx, entry| {
            entry.was(profile::find(tx, &id)?.map(|row| row.fact()));
            profile::set(tx, &row)?;
            entry.commits(row.fact());
            Ok(())
        })?;
        Ok(id)
    }

    /// Whom an item is about, as of `now`.
    pub(crate) fn ward(&self, subject: &Id, now: UnixTime) -> Result<Ward> {
        let row = self.profile(subject)?;
        let evidence = match &row.evidence {
            Some(item) => self.evidence_digest(item)?,
            None => None,
        };
        let Profile { id, name, birth_date, guardian, relation, .. } = row;
        let age = age_band(&birth_date, now).ok_or(WalletError::BadBirthDate)?;
        Ok(Ward { profile: id, name, age, guardian, relation, evidence })
    }

    /// Digest of a holding that shows a relation. What the holder wrote shows nothing, nor does what was
    /// erased or has an invalid seal.
    fn evidence_digest(&self, item: &ItemId) -> Result<Option<Digest>> {
        let row = self.vault.read(|read| item::find(read, item))?.ok_or(WalletError::NoSuchItem)?;
        if row.state == ItemState::Erased || row.seal == Seal::Invalid {
            return Ok(None);
        }
        match Form::from_name(&row.format) {
            Some(Form::SdJwt) => Ok(Some(chop_crypto::sha256(self.text_of(item)?.as_bytes()))),
            Some(Form::File) => Ok(self.vault.read(|read| super::view::newest(read, item))?.file_seal),
            _ => Ok(None),
        }
    }
}

/// Youngest first: what the law asks for the youngest holds for all.
pub(crate) fn youngest(ages: impl Iterator<Item = AgeBand>) -> AgeBand {
    let years = |age: &AgeBand| match age {
        AgeBand::Under14 => 0,
        AgeBand::Under16 => 14,
        AgeBand::Under18 => 16,
        AgeBand::Adult => 18,
    };
    ages.min_by_key(years).unwrap_or(AgeBand::Adult)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_lifts_on_the_birthday_in_the_three_places() {
        // Midnight of 2026-11-21 in UTC+8 is 16:00 of the day before in UTC.
        let midnight = UnixTime(1_795_190_400);
        let born = "2012-11-21";
        assert_eq!(age_band(born, midnight.plus(-1)), Some(AgeBand::Under14));
        assert_eq!(age_band(born, midnight), Some(AgeBand::Under16));
        assert_eq!(age_band("2010-11-21", midnight), Some(AgeBand::Under18));
        assert_eq!(age_band("2008-11-21", midnight.plus(-1)), Some(AgeBand::Under18));
        assert_eq!(age_band("2008-11-21", midnight), Some(AgeBand::Adult));
        for bad in ["", "2012", "2012-13-01", "2026-11-22"] {
            assert_eq!(age_band(bad, midnight), None, "{bad}");
        }
    }
}
