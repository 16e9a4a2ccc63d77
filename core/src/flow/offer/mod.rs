//! Mode C: the holder offers first, through a relay that hands out once and reads nothing.
//!
//! ```text
//! holder                                  relay                    verifier
//! draft    OfferDraft → ConsentPrompt → page → Consent
//! make     Consent → grant, k_qr    T0'   → the code on the screen
//! wire     Create                   ────► OPEN
//!                                         PENDING ◄──────────────  scan    code → R for G       T0
//! wire     ClaimPrompt: who, what, the law   ◄── seal(channel, R)
//! answer   yes → P, K, C, ENV       T1 ─► CLAIMED ──────────────►  take    grant read → ACK     T2
//! wire     ACK → share              T3 ─► RELEASED ─────────────►  take    K → C → P → USE      T4
//! wire     USE                      T5 ◄─────────────────────────
//! sealed   C2: T1 and T3 are one with T0'; the relay keeps the share until a signed acknowledgement
//! ```
//!
//! Core opens no socket. [`Wallet::relay_call`] says what an offer needs from its relay next, as bytes
//! that were stored before; [`Wallet::relay_answer`] takes what came back. Both sides go on from there
//! after a crash, because nothing is kept in memory: the same call gives the same bytes again.

mod answer;
mod call;
mod came;
mod claim;
mod draft;
mod events;
mod fault;
mod key;
mod make;
mod mode;
mod recipients;
mod row;
mod scan;
mod sealed;
mod stand;
mod take;
mod told;
mod withdraw;

pub use answer::ClaimPrompt;
pub use call::{RelayAnswer, RelayCall, RelayStep};
pub use draft::{OfferDraft, OfferWay};
pub use make::Offered;
pub use recipients::Recipients;
pub use scan::ClaimDraft;
pub use stand::{OfferState, OfferView};
pub use told::Told;

use crate::{Result, Wallet};

chop_model::coded_errors! {
    /// What can go wrong between an offer and its relay.
    pub enum OfferFault {
        /// No offer of this name here.
        Unknown => ("offer-flow.unknown", User, "there is no such offer here"),
        /// The offer is not at this step.
        WrongStep => ("offer-flow.wrong-step", User, "the offer is not at this step"),
        /// The relay is not on the list of those that may be used.
        OtherRelay => ("offer-flow.other-relay", User, "the offer is at a relay that is not on your list"),
        /// The request is not within the offer (STS9_34): nothing is said of what is held.
        NotWithin => ("offer-flow.not-within", Peer, "more is asked for than was offered"),
        /// Who claims is not among those whom the offer is for.
        NotForThem => ("offer-flow.not-for-them", Peer, "the offer is not for whoever claims it"),
        /// The law asks more of this recipient than was settled when the offer was made.
        LawUnsettled => ("offer-flow.law-unsettled", Peer, "the law asks more for this recipient than was agreed to"),
        /// The terms of the request go beyond those of the offer.
        OtherTerms => ("offer-flow.other-terms", Peer, "the claim is on other terms than the offer"),
        /// A holding was replaced after it was offered: nobody agreed to hand over the new version.
        OtherVersion => ("offer-flow.other-version", User, "what was offered was replaced since"),
        /// Only plain files go to whoever comes.
        FilesOnly => ("offer-flow.files-only", User, "only files of your own can be left for whoever comes"),
        /// A rule can answer only for recipients who are named exactly.
        RuleNeedsNames => ("offer-flow.rule-needs-names", User, "a rule can answer only for recipients named exactly"),
        /// A value constraint or a choice in an offer.
        NotPlain => ("offer-flow.not-plain", User, "an offer names types and claims, and nothing else"),
        /// Recipients in several places: each place has its own law, and an offer is judged by one.
        TwoPlaces => ("offer-flow.two-places", User, "the recipients of an offer sit in one place"),
        /// Ends too late, or is over.
        BadEnd => ("offer-flow.bad-end", User, "an offer lasts from one minute to 90 days"),
        /// What the relay answered is not what the call has for an answer.
        BadAnswer => ("offer-flow.bad-answer", Peer, "the relay answered with something else"),
        /// The relay signed an entry that is not about this step, or that is not in its log.
        BadEntry => ("offer-flow.bad-entry", Peer, "the relay did not sign what it should have"),
        /// The envelope or share that the relay handed out is not the holder's.
        Swapped => ("offer-flow.swapped", Peer, "the relay handed out something else than the holder left"),
        /// The relay said two things that cannot both be true; the proof is kept.
        Equivocated => ("offer-flow.equivocated", Peer, "the relay contradicts itself; the proof is kept"),
    }
}

/// Freezes every offer that something could still happen to; how many. After a restore nobody can say
/// here what the relay was told in the time that was lost.
pub(crate) fn freeze(
    tx: &chop_vault::Tx<'_>,
    entry: &mut crate::journal::Entry,
    now: chop_model::UnixTime,
) -> Result<usize> {
    use row::RowWords as _;
    let mut rows = Vec::new();
    chop_vault::table::offer::each(tx, &mut |row| {
        rows.push(row);
        Ok(())
    })?;
    let mut frozen = 0;
    for row in rows {
        if row.state()?.is_open() {
            row::moves(tx, entry, &row, &row.at(OfferState::Frozen, now))?;
            frozen += 1;
        }
    }
    Ok(frozen)
}

/// Destroys the keys of offers that were over before this space did so when they ended.
pub(crate) fn forget_ended(tx: &chop_vault::Tx<'_>, entry: &mut crate::journal::Entry) -> Result<()> {
    let mut rows = Vec::new();
    chop_vault::table::offer::each(tx, &mut |row| {
        rows.push(row);
        Ok(())
    })?;
    rows.iter().try_for_each(|row| row::forget_ended(tx, entry, row))
}

impl Wallet {
    /// Every offer of this space, given or claimed, newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn offers(&self) -> Result<Vec<OfferView>> {
        let mut rows = Vec::new();
        self.vault.read(|read| {
            chop_vault::table::offer::each(read, &mut |row| {
                rows.push(row);
                Ok(())
            })
        })?;
        let mut views = rows.into_iter().map(stand::view).collect::<Result<Vec<_>>>()?;
        views.sort_by_key(|view| std::cmp::Reverse((view.created_at, view.updated_at)));
        Ok(views)
    }

    /// The grant of an offer, once it is here.
    ///
    /// # Errors
    /// `exchange.wrong-step` before a verifier has acknowledged it.
    pub fn offer_grant(&self, id: &chop_model::Id) -> Result<chop_formats::grant::VerifiedGrant> {
        self.offered_grant(id)
    }

    /// The request of a live claim, as it was signed.
    ///
    /// # Errors
    /// `exchange.wrong-step` where there is none.
    pub fn stored_request(&self, id: &chop_model::Id) -> Result<String> {
        self.stored_text(id, chop_vault::table::artefact::ArtefactKind::Request)
    }

    /// One offer.
    ///
    /// # Errors
    /// `offer-flow.unknown`.
    pub fn offer_view(&self, id: &chop_model::Id) -> Result<OfferView> {
        stand::view(self.offer_row(id)?)
    }
}
