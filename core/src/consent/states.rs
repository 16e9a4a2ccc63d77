//! The life of a consent as types: what may not happen has no method (gba.md section 2.2).
//!
//! ```text
//! Draft ─► Requested ─► Reviewing ─┬─► Refused
//!                                  ├─► PendingSeparateConsent · PendingGuardian · PendingApproval ─┐
//!                                  └───────────────────────────────────────────────────────────────┴─► Active
//! Active ─► Presented ─► Used (n) ─► Exhausted           Active ─► Paused ─► Active
//! Active | Paused | Presented | Used ─► Withdrawn | Expired | Superseded | TerminatedByRecipient | Invalidated
//! any of those, or Exhausted ─► DeletionRequested ─► DeletionConfirmed | DeletionRefused ─► Closed
//! ```
//!
//! One table makes both the methods of [`Held`] and [`ConsentState::after`], so that they cannot differ.
//! A consent that ended has no way back:
//!
//! ```compile_fail
//! use chop_core::consent::{Active, Held, Withdrawn};
//! # use chop_core::plumbing::model::UnixTime;
//! fn revive(ended: Held<Withdrawn>) -> Held<Active> {
//!     ended.resume(UnixTime(0)).unwrap() // a withdrawn consent has no such method
//! }
//! ```
//!
//! ```compile_fail
//! use chop_core::consent::{Held, Paused, Presented};
//! # use chop_core::plumbing::model::UnixTime;
//! fn leak(paused: Held<Paused>) -> Held<Presented> {
//!     paused.present(UnixTime(0)).unwrap() // nor does a paused one let anything out
//! }
//! ```

use std::marker::PhantomData;

use chop_model::UnixTime;

use super::life::{Life, LifeError};

/// A consent that is known to be in the state `S`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held<S> {
    life: Life,
    stage: PhantomData<S>,
}

/// A state as a type.
pub trait Stage {
    /// The state as a value.
    const STATE: ConsentState;
}

impl<S: Stage> Held<S> {
    /// The consent, if it is in this state.
    pub fn of(life: Life) -> Option<Self> {
        (life.state == S::STATE).then_some(Self { life, stage: PhantomData })
    }

    /// Its counts and times.
    pub fn life(&self) -> &Life {
        &self.life
    }

    fn step<T: Stage>(self, step: Step, now: UnixTime) -> Result<Held<T>, LifeError> {
        Held::of(self.life.step(step, now)?).ok_or(LifeError::NoSuchStep)
    }
}

/// Declares states, their stored numbers and words, and which step leads where.
macro_rules! life {
    (
        states { $($(#[$smeta:meta])* $state:ident = $number:literal, $word:literal;)+ }
        steps { $($(#[$pmeta:meta])* $step:ident, $method:ident, $pword:literal;)+ }
        moves { $($from:ident { $($by:ident, $by_method:ident => $to:ident;)* })+ }
    ) => {
        chop_model::numbered! {
            /// The state of a consent.
            pub enum ConsentState { $($(#[$smeta])* $state = $number $word,)+ }
        }

        impl ConsentState {
            /// Where `step` leads from here; nothing where it leads nowhere.
            pub fn after(self, step: Step) -> Option<Self> {
                match (self, step) {
                    $($((Self::$from, Step::$by) => Some(Self::$to),)*)+
                    _ => None,
                }
            }
        }

        /// What can happen to a consent.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Step { $($(#[$pmeta])* $step,)+ }

        impl Step {
            /// Every step.
            pub const ALL: &'static [Self] = &[$(Self::$step,)+];

            /// The stable word in the log.
            pub fn word(self) -> &'static str {
                match self { $(Self::$step => $pword,)+ }
            }

            /// The step with this word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|step| step.word() == word)
            }
        }

        $(
            $(#[$smeta])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub struct $state;

            impl Stage for $state {
                const STATE: ConsentState = ConsentState::$state;
            }
        )+

        $(
            impl Held<$from> {
                $(
                    #[doc = concat!("Goes on to [`", stringify!($to), "`].")]
                    ///
                    /// # Errors
                    /// [`LifeError`] where time or number of uses forbids it.
                    pub fn $by_method(self, now: UnixTime) -> Result<Held<$to>, LifeError> {
                        self.step(Step::$by, now)
                    }
                )*
            }
        )+
    };
}

life! {
    states {
        /// Being written.
        Draft = 1, "draft";
        /// Asked for by a verifier.
        Requested = 2, "requested";
        /// On the page, before the person.
        Reviewing = 3, "reviewing";
        /// The person said no.
        Refused = 4, "refused";
        /// Waits for a consent that is an act of its own.
        PendingSeparateConsent = 5, "pending-separate-consent";
        /// Waits for the guardian.
        PendingGuardian = 6, "pending-guardian";
        /// Waits for the approval of a second person in the firm.
        PendingApproval = 7, "pending-approval";
        /// Given, and nothing has gone.
        Active = 8, "active";
        /// The key went: the recipient can read.
        Presented = 9, "presented";
        /// The recipient signed that it used the data.
        Used = 10, "used";
        /// Used as often as it may be.
        Exhausted = 11, "exhausted";
        /// Held back by the person for now.
        Paused = 12, "paused";
        /// Taken back by the person.
        Withdrawn = 13, "withdrawn";
        /// Its time is over.
        Expired = 14, "expired";
        /// A newer consent stands in its place.
        Superseded = 15, "superseded";
        /// The recipient ended it.
        TerminatedByRecipient = 16, "terminated-by-recipient";
        /// Found to have been no consent.
        Invalidated = 17, "invalidated";
        /// The person asked the recipient to delete.
        DeletionRequested = 18, "deletion-requested";
        /// The recipient says that it deleted.
        DeletionConfirmed = 19, "deletion-confirmed";
        /// The recipient refused, with a reason.
        DeletionRefused = 20, "deletion-refused";
        /// Nothing more will happen to it.
        Closed = 21, "closed";
    }
    steps {
        /// A verifier asks.
        Request, request, "request";
        /// The page is shown.
        Review, review, "review";
        /// The person says no.
        Refuse, refuse, "refuse";
        /// A separate consent is needed.
        AwaitSeparateConsent, await_separate_consent, "await-separate-consent";
        /// The guardian is needed.
        AwaitGuardian, await_guardian, "await-guardian";
        /// An approval is needed.
        AwaitApproval, await_approval, "await-approval";
        /// The person says yes.
        Give, give, "give";
        /// The key goes: one use.
        Present, present, "present";
        /// The recipient signed for the use.
        Confirm, confirm, "confirm";
        /// No use is left.
        Exhaust, exhaust, "exhaust";
        /// The person holds it back.
        Pause, pause, "pause";
        /// The person lets it go on.
        Resume, resume, "resume";
        /// The person takes it back.
        Withdraw, withdraw, "withdraw";
        /// Its time is over.
        Expire, expire, "expire";
        /// A newer one stands in its place.
        Supersede, supersede, "supersede";
        /// The recipient ends it.
        Terminate, terminate, "terminate";
        /// It is found to have been none.
        Invalidate, invalidate, "invalidate";
        /// The person asks the recipient to delete.
        RequestDeletion, request_deletion, "request-deletion";
        /// The recipient says that it deleted.
        ConfirmDeletion, confirm_deletion, "confirm-deletion";
        /// The recipient refuses to delete.
        RefuseDeletion, refuse_deletion, "refuse-deletion";
        /// Nothing more will happen.
        Close, close, "close";
    }
    moves {
        Draft { Request, request => Requested; Review, review => Reviewing; }
        Requested { Review, review => Reviewing; Refuse, refuse => Refused; }
        Reviewing {
            Refuse, refuse => Refused;
            AwaitSeparateConsent, await_separate_consent => PendingSeparateConsent;
            AwaitGuardian, await_guardian => PendingGuardian;
            AwaitApproval, await_approval => PendingApproval;
            Give, give => Active;
        }
        PendingSeparateConsent {
            Refuse, refuse => Refused;
            AwaitGuardian, await_guardian => PendingGuardian;
            AwaitApproval, await_approval => PendingApproval;
            Give, give => Active;
        }
        PendingGuardian {
            Refuse, refuse => Refused;
            AwaitApproval, await_approval => PendingApproval;
            Give, give => Active;
        }
        PendingApproval { Refuse, refuse => Refused; Give, give => Active; }
        Active {
            Present, present => Presented;
            Pause, pause => Paused;
            Withdraw, withdraw => Withdrawn;
            Expire, expire => Expired;
            Supersede, supersede => Superseded;
            Terminate, terminate => TerminatedByRecipient;
            Invalidate, invalidate => Invalidated;
        }
        Paused {
            Resume, resume => Active;
            Withdraw, withdraw => Withdrawn;
            Expire, expire => Expired;
            Supersede, supersede => Superseded;
            Terminate, terminate => TerminatedByRecipient;
            Invalidate, invalidate => Invalidated;
        }
        Presented {
            Confirm, confirm => Used;
            Withdraw, withdraw => Withdrawn;
            Expire, expire => Expired;
            Supersede, supersede => Superseded;
            Terminate, terminate => TerminatedByRecipient;
            Invalidate, invalidate => Invalidated;
        }
        Used {
            Present, present => Presented;
            Exhaust, exhaust => Exhausted;
            Withdraw, withdraw => Withdrawn;
            Expire, expire => Expired;
            Supersede, supersede => Superseded;
            Terminate, terminate => TerminatedByRecipient;
            Invalidate, invalidate => Invalidated;
        }
        Exhausted { Withdraw, withdraw => Withdrawn; RequestDeletion, request_deletion => DeletionRequested; }
        Withdrawn { RequestDeletion, request_deletion => DeletionRequested; }
        Expired { RequestDeletion, request_deletion => DeletionRequested; }
        Superseded { RequestDeletion, request_deletion => DeletionRequested; }
        TerminatedByRecipient { RequestDeletion, request_deletion => DeletionRequested; }
        Invalidated { RequestDeletion, request_deletion => DeletionRequested; }
        DeletionRequested {
            ConfirmDeletion, confirm_deletion => DeletionConfirmed;
            RefuseDeletion, refuse_deletion => DeletionRefused;
        }
        DeletionConfirmed { Close, close => Closed; }
        DeletionRefused { Close, close => Closed; }
    }
}

impl ConsentState {
    /// Whether the consent holds: the only states in which the recipient may process (DPV).
    pub fn is_valid(self) -> bool {
        matches!(self, Self::Active | Self::Presented | Self::Used)
    }

    /// Whether it came to an end, from which nothing leads back to a valid state.
    pub fn is_over(self) -> bool {
        !self.is_valid() && !matches!(self, Self::Paused) && self.number() > Self::PendingApproval.number()
            || self == Self::Refused
    }
}
