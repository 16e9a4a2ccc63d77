//! What an answer of the relay meant.

use chop_formats::receipt::Reason;
use chop_formats::relay::{FaultKind, RelayRefusal};
use chop_model::{LangText, UnixTime};

use super::super::{Received, UseOutcome};
use super::{ClaimPrompt, OfferState};

/// One thing that an edge has to know.
#[derive(Debug)]
pub enum Told {
    /// The offer moved on.
    Moved(OfferState),
    /// Holder (C1): somebody takes it up. To be confirmed or rejected while the lease runs.
    Claim(Box<ClaimPrompt>),
    /// Holder (C1): a claim was refused here, without asking: the code of the reason.
    ClaimRefused(&'static str),
    /// Holder: another claim came beside the one that is ahead; who, where that can be told.
    AnotherClaim(Option<LangText>),
    /// Holder: somebody has it (C2); who.
    Collected(LangText),
    /// Holder: how the recipient says the use went.
    Used(UseOutcome),
    /// Holder: withdrawn, at this time by the relay's clock.
    RevokedAt(UnixTime),
    /// Holder: too late to withdraw; the share was given out at this time by the relay's clock.
    AlreadyReleasedAt(UnixTime),
    /// Holder: the relay said what cannot be read or does not fit; nothing was taken from it.
    Strange(&'static str),
    /// Verifier: the data, checked.
    Received(Box<Received>),
    /// Verifier: the content was not what was promised; a signed refusal goes back.
    RefusedContent(Reason),
    /// Either side: the relay contradicts itself. The proof is kept.
    RelayFault(FaultKind),
    /// The relay will not: why. `true`: the same call may pass later.
    RelayRefused(RelayRefusal, bool),
}
