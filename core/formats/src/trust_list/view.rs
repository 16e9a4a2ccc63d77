//! What a person's trust lists say together about one certificate.

use chop_model::{Jurisdiction, Lang, LegalId, Party, UnixTime};
use unicode_normalization::UnicodeNormalization;

use super::{TrustEntry, TrustError, TrustRule, VerifiedTrustList};
use crate::shown_text::look_alike;
use crate::x509::{Anchors, VerifiedChain};

/// The trust lists in force, as one value. Empty, it trusts nobody.
#[derive(Debug, Clone, Default)]
pub struct TrustView {
    lists: Vec<VerifiedTrustList>,
    anchors: Anchors,
}

/// Where the name to be shown comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// A list names this party, and the certificate agrees.
    Listed(Box<TrustEntry>),
    /// Only an authority vouches for it: the name is the certificate's.
    NotListed,
}

impl TrustView {
    /// These lists, whoever's.
    pub fn new(lists: Vec<VerifiedTrustList>) -> Self {
        let anchors = lists.iter().fold(Anchors::default(), |all, list| all.and(list.anchors()));
        Self { lists, anchors }
    }

    /// The same lists, and authorities that no list names.
    #[must_use]
    pub fn with_anchors(self, anchors: &Anchors) -> Self {
        Self { anchors: self.anchors.and(anchors), ..self }
    }

    /// Every authority that may vouch.
    pub fn anchors(&self) -> &Anchors {
        &self.anchors
    }

    /// The lists.
    pub fn lists(&self) -> &[VerifiedTrustList] {
        &self.lists
    }

    /// Whether a newer edition of one of the lists is due.
    pub fn is_stale(&self, now: UnixTime) -> bool {
        self.lists.iter().any(|list| list.is_stale(now))
    }

    /// Under which name the owner of `chain` may be shown.
    ///
    /// An entry is found by its certificate, else by its legal identifier, because a renewed
    /// certificate is the same organisation; then an authority of the same list must have issued it,
    /// or the authorities of one list could speak for the parties of another. Whatever is found must
    /// agree with the certificate.
    ///
    /// # Errors
    /// [`TrustRule::NamesDisagree`] and [`TrustRule::IdsDisagree`] for two that disagree,
    /// [`TrustRule::OtherRole`], [`TrustRule::LooksLikeListed`] for somebody who is not listed and
    /// whose certificate's name or identifier can be taken for a listed one.
    pub fn standing(&self, chain: &VerifiedChain) -> Result<Standing, TrustError> {
        let mut found = Found::default();
        for list in &self.lists {
            let has_anchor = list.anchors().fingerprints().any(|anchor| anchor == *chain.anchor_sha256());
            for entry in &list.content().entries {
                found.look_at(entry, chain, has_anchor)?;
            }
        }
        match found.by_certificate.or(found.by_id) {
            Some(entry) if !entry.roles.contains(&chain.role()) => Err(TrustRule::OtherRole.into()),
            Some(entry) => Ok(Standing::Listed(Box::new(entry.clone()))),
            None if found.borrowed_id || self.resembles_listed(chain) => {
                Err(TrustRule::LooksLikeListed.into())
            }
            None => Ok(Standing::NotListed),
        }
    }

    /// Whether somebody who stands so may issue credentials of this type: who is listed, the types of
    /// their entry; who is not, the types that no list gives to anybody. Otherwise staying off the
    /// lists would give an authority's every leaf more than they give a listed issuer.
    pub fn may_issue(&self, standing: &Standing, vct: &str) -> bool {
        match standing {
            Standing::Listed(entry) => entry.issues(vct),
            Standing::NotListed => !self.entries().any(|entry| entry.issues(vct)),
        }
    }

    /// Whether `name` can be taken for the name of somebody listed (UTS 39).
    pub fn resembles(&self, name: &str) -> bool {
        self.entries().any(|entry| names_of(&entry.party).any(|listed| look_alike(listed, name)))
    }

    /// Whether somebody listed has this legal identifier.
    pub fn lists_id(&self, id: &LegalId) -> bool {
        self.entries().any(|entry| entry.party.legal_id == *id)
    }

    fn resembles_listed(&self, chain: &VerifiedChain) -> bool {
        [chain.organisation(), chain.common_name()].into_iter().flatten().any(|name| self.resembles(name))
    }

    fn entries(&self) -> impl Iterator<Item = &TrustEntry> {
        self.lists.iter().flat_map(|list| &list.content().entries)
    }
}

/// The entries that speak of one certificate.
#[derive(Default)]
struct Found<'a> {
    by_certificate: Option<&'a TrustEntry>,
    by_id: Option<&'a TrustEntry>,
    borrowed_id: bool,
}

impl<'a> Found<'a> {
    fn look_at(
        &mut self,
        entry: &'a TrustEntry,
        chain: &VerifiedChain,
        has_anchor: bool,
    ) -> Result<(), TrustRule> {
        let has_id = chain.organisation_id().is_some_and(|id| is_owner(entry, id));
        if entry.certificate == chain.leaf_der() {
            check_agrees(entry, chain)?;
            self.by_certificate = self.by_certificate.or(Some(entry));
        } else if has_id && has_anchor {
            check_agrees(entry, chain)?;
            self.by_id = self.by_id.or(Some(entry));
        } else if has_id {
            self.borrowed_id = true;
        }
        Ok(())
    }
}

/// Whether `name` is one of the party's four names, whatever its composition (UAX 15, NFC).
pub(crate) fn has_name(party: &Party, name: &str) -> bool {
    names_of(party).any(|listed| listed.trim().nfc().eq(name.trim().nfc()))
}

/// Whether a certificate's organizationIdentifier says the same as a legal identifier: the bare
/// number, `SCHEME-number`, or ETSI EN 319 412-1 section 5.1.4 (`NTRHK-number`), whose country must
/// then be the jurisdiction.
pub(crate) fn is_same_id(certified: &str, id: &LegalId, jurisdiction: Jurisdiction) -> bool {
    let LegalId { scheme, value } = id;
    certified == value
        || certified.strip_prefix(scheme.as_str()).and_then(|rest| rest.strip_prefix('-')) == Some(value)
        || etsi_number(certified, jurisdiction) == Some(value)
}

fn etsi_number(certified: &str, jurisdiction: Jurisdiction) -> Option<&str> {
    let (head, number) = certified.split_once('-')?;
    let (kind, country) = head.split_at_checked(3)?;
    let is_here = country == jurisdiction.code() || jurisdiction == Jurisdiction::Other;
    (is_here && kind.bytes().all(|b| b.is_ascii_uppercase())).then_some(number)
}

fn check_agrees(entry: &TrustEntry, chain: &VerifiedChain) -> Result<(), TrustRule> {
    if chain.organisation().is_some_and(|name| !has_name(&entry.party, name)) {
        return Err(TrustRule::NamesDisagree);
    }
    if chain.organisation_id().is_some_and(|id| !is_owner(entry, id)) {
        return Err(TrustRule::IdsDisagree);
    }
    Ok(())
}

fn is_owner(entry: &TrustEntry, certified_id: &str) -> bool {
    is_same_id(certified_id, &entry.party.legal_id, entry.party.jurisdiction)
}

fn names_of(party: &Party) -> impl Iterator<Item = &str> {
    Lang::ALL.into_iter().map(|lang| party.names.in_lang(lang))
}
