//! What may follow what. One table for all four kinds; a step that is not in it does not exist.
//!
//! ```text
//! rights      prepared → sent → acknowledged → answered | refused
//! complaint   filed → accepted → resolved        filed → rejected
//! dispute     applied → accepted → investigated → heard → decided → closed        applied → refused
//! correction  prepared → sent → acknowledged → done | refused
//! ```
//!
//! The five stages of a dispute (申請, 受理, 調查, 審理, 決定) are those that the policy papers propose
//! (gba.md rows 109, 110). No body for them exists; the file is for whoever hears the dispute.

chop_model::coded_errors! {
    /// Why a case does not move.
    pub enum RemedyError {
        /// There is no such case.
        Unknown => ("remedy.unknown", User, "there is no such case"),
        /// The step does not follow from where the case stands.
        IllegalStep => ("remedy.illegal-step", User, "this step does not follow from where the case stands"),
        /// A refusal, rejection or decision with no reason.
        NoReason => ("remedy.no-reason", User, "this step needs a reason in writing"),
        /// A hearing with no time and place.
        NoHearing => ("remedy.no-hearing", User, "a hearing needs a time and a place"),
        /// What was said is longer than a case keeps.
        TooLong => ("remedy.too-long", User, "what was said is too long"),
        /// The grant was not given from this space.
        NotGiven => ("remedy.not-given", User, "this was not granted from here"),
    }
}

chop_model::numbered! {
    /// What is asked.
    pub enum CaseKind {
        /// One of the rights against a recipient (gba.md section 2.4).
        Rights = 1 "rights",
        /// A complaint about a field or about the recipient (row 107).
        Complaint = 2 "complaint",
        /// A dispute in five stages (rows 109, 110).
        Dispute = 3 "dispute",
        /// A notice that a value was wrong (row 108).
        Correction = 4 "correction",
    }
}

chop_model::numbered! {
    /// How far a case is.
    pub enum CaseState {
        /// The letter is there and was not sent.
        Prepared = 1 "prepared",
        /// The letter was sent.
        Sent = 2 "sent",
        /// The recipient said that it has it (受理函).
        Acknowledged = 3 "acknowledged",
        /// The recipient did what was asked, or answered.
        Answered = 4 "answered",
        /// The recipient refused, with a reason.
        Refused = 5 "refused",
        /// The complaint was filed.
        Filed = 6 "filed",
        /// The complaint or application was accepted.
        Accepted = 7 "accepted",
        /// The complaint was rejected, with a reason.
        Rejected = 8 "rejected",
        /// The complaint was resolved.
        Resolved = 9 "resolved",
        /// 申請: the application for a dispute was made.
        Applied = 10 "applied",
        /// 調查: it is being investigated.
        Investigated = 11 "investigated",
        /// 審理: a hearing is set or was held.
        Heard = 12 "heard",
        /// 決定: it was decided.
        Decided = 13 "decided",
        /// Over.
        Closed = 14 "closed",
    }
}

chop_model::numbered! {
    /// What happens to a case.
    pub enum Step {
        /// The letter was sent.
        Send = 1 "send",
        /// The other side has it.
        Acknowledge = 2 "acknowledge",
        /// It was answered or done.
        Answer = 3 "answer",
        /// It was refused; needs a reason.
        Refuse = 4 "refuse",
        /// It was accepted for treatment.
        Accept = 5 "accept",
        /// It was rejected; needs a reason.
        Reject = 6 "reject",
        /// It was resolved.
        Resolve = 7 "resolve",
        /// The investigation began.
        Investigate = 8 "investigate",
        /// A hearing was set; needs a time and a place. Either side may ask for one.
        Hear = 9 "hear",
        /// It was decided; needs reasons.
        Decide = 10 "decide",
        /// The file is closed.
        Close = 11 "close",
        /// Somebody said something; the state stays.
        Reply = 12 "reply",
    }
}

impl CaseKind {
    /// The state in which a case of this kind begins.
    pub fn begins(self) -> CaseState {
        match self {
            Self::Rights | Self::Correction => CaseState::Prepared,
            Self::Complaint => CaseState::Filed,
            Self::Dispute => CaseState::Applied,
        }
    }

    /// Where `step` leads from `state`, if anywhere.
    pub fn after(self, state: CaseState, step: Step) -> Option<CaseState> {
        if step == Step::Reply {
            return (!state.is_over()).then_some(state);
        }
        let allowed = STEPS.iter().filter(|(kinds, ..)| kinds.contains(&self));
        allowed.filter(|(_, from, by, _)| *from == state && *by == step).map(|(.., to)| *to).next()
    }

    /// The steps that can follow now.
    pub fn possible(self, state: CaseState) -> impl Iterator<Item = Step> {
        Step::ALL.iter().copied().filter(move |step| self.after(state, *step).is_some())
    }
}

impl CaseState {
    /// Whether nothing can follow.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Answered | Self::Refused | Self::Rejected | Self::Resolved | Self::Closed)
    }
}

impl Step {
    /// Whether it must say why.
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Refuse | Self::Reject | Self::Decide)
    }
}

use CaseKind::{Complaint, Correction, Dispute, Rights};
use CaseState as S;

/// Kinds, from, by, to.
const STEPS: &[(&[CaseKind], CaseState, Step, CaseState)] = &[
    (&[Rights, Correction], S::Prepared, Step::Send, S::Sent),
    (&[Rights, Correction], S::Sent, Step::Acknowledge, S::Acknowledged),
    (&[Rights, Correction], S::Sent, Step::Answer, S::Answered),
    (&[Rights, Correction], S::Acknowledged, Step::Answer, S::Answered),
    (&[Rights, Correction], S::Sent, Step::Refuse, S::Refused),
    (&[Rights, Correction], S::Acknowledged, Step::Refuse, S::Refused),
    (&[Complaint], S::Filed, Step::Accept, S::Accepted),
    (&[Complaint], S::Filed, Step::Reject, S::Rejected),
    (&[Complaint], S::Accepted, Step::Resolve, S::Resolved),
    (&[Dispute], S::Applied, Step::Accept, S::Accepted),
    (&[Dispute], S::Applied, Step::Refuse, S::Refused),
    (&[Dispute], S::Accepted, Step::Investigate, S::Investigated),
    (&[Dispute], S::Investigated, Step::Hear, S::Heard),
    (&[Dispute], S::Heard, Step::Decide, S::Decided),
    (&[Dispute], S::Decided, Step::Close, S::Closed),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_stays_over() {
        for kind in CaseKind::ALL {
            for state in CaseState::ALL.iter().filter(|state| state.is_over()) {
                assert_eq!(kind.possible(*state).count(), 0, "{kind:?} {state:?}");
            }
        }
    }

    #[test]
    fn numbers_and_words_are_one_to_one() {
        for state in CaseState::ALL {
            assert_eq!(CaseState::from_number(state.number()), Some(*state));
            assert_eq!(CaseState::from_word(state.word()), Some(*state));
        }
        for step in Step::ALL {
            assert_eq!(Step::from_word(step.word()), Some(*step));
        }
    }

    /// Row 109: no stage of a dispute can be jumped.
    #[test]
    fn gba_row_109_a_dispute_takes_its_five_stages_in_order() {
        let road = [
            (Step::Accept, S::Accepted),
            (Step::Investigate, S::Investigated),
            (Step::Hear, S::Heard),
            (Step::Decide, S::Decided),
            (Step::Close, S::Closed),
        ];
        let mut state = Dispute.begins();
        for (number, (step, to)) in road.iter().enumerate() {
            for (later, _) in road.iter().skip(number + 1) {
                assert_eq!(Dispute.after(state, *later), None, "{later:?} from {state:?}");
            }
            state = Dispute.after(state, *step).unwrap();
            assert_eq!(state, *to);
        }
    }

    /// Row 107: filed, then accepted or rejected, then resolved.
    #[test]
    fn gba_row_107_a_complaint_is_not_resolved_before_it_was_accepted() {
        assert_eq!(Complaint.after(S::Filed, Step::Resolve), None);
        assert_eq!(Complaint.after(S::Filed, Step::Reject), Some(S::Rejected));
        assert_eq!(Complaint.after(S::Accepted, Step::Resolve), Some(S::Resolved));
    }
}
