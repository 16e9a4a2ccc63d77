//! An offer before it is made: what, for whom, on which terms, how long.

use chop_formats::dcql::DcqlQuery;
use chop_formats::delivery::Mode;
use chop_formats::grant::RelayRef;
use chop_formats::offer::{RelayHost, UnverifiedKeyStatement};
use chop_formats::trust_list::Standing;
use chop_ledger::VerifierKey;
use chop_model::{Id, Period, UnixTime, UseTerms};

use crate::holdings::ITEM_VCT;
use crate::{Result, Wallet};

use super::super::asked::{Asked, Drafted};
use super::super::consent::ConsentPrompt;
use super::super::online::Arrival;
use super::{OfferFault, Recipients};

/// Seconds that an offer lasts at most: as long as a key statement can.
const MAX_SECONDS: i64 = 90 * 86_400;
const MIN_SECONDS: i64 = 60;

/// What a holder wants to offer.
#[derive(Debug, Clone)]
pub struct OfferDraft {
    /// Which claims of which types: what a request may ask for at most.
    pub dcql: DcqlQuery,
    /// What for, how long, what may be done: what a request may say at most.
    pub terms: UseTerms,
    /// Who may take it up.
    pub to: Recipients,
    /// Which way it goes.
    pub way: OfferWay,
    /// The relay: its origin, and the verifier key of its log.
    pub relay: RelayRef,
    /// Seconds that it lasts, 60 to 90 days.
    pub seconds: i64,
    /// When the draft was begun; now where it is nothing. The same moment gives the same page again.
    pub drafted_at: Option<UnixTime>,
}

/// Which way an offer goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfferWay {
    /// C1: this wallet answers the claim. `by_rule`: without asking again, for recipients named exactly.
    Live {
        /// Whether the first of them gets it without a further question.
        by_rule: bool,
    },
    /// C2n: sealed to the one who made this key statement; the wallet may sleep.
    Named {
        /// The text of a `chop-key+jwt`.
        statement: String,
    },
    /// C2f: plain files of the holder's own, for whoever comes with the code.
    Files,
}

impl Wallet {
    /// Judges an offer and finds what could answer it. Nothing is written, nothing leaves and nothing is
    /// chosen: the page is that of a request.
    ///
    /// # Errors
    /// `offer-flow.*` for a draft that nobody could take up; `offer.*` for a key statement that will not
    /// do; `offer.bad-relay`.
    pub fn draft_offer(&self, draft: OfferDraft) -> Result<ConsentPrompt> {
        let OfferDraft { dcql, terms, mut to, way, relay, seconds, drafted_at } = draft;
        let (trust, now) = (self.trust()?, self.ports.clock.now());
        let iat = drafted_at.unwrap_or(now);
        let exp = iat.plus(seconds);
        RelayHost::from_origin(&relay.origin)?;
        VerifierKey::parse(&relay.vkey)?;
        if !(MIN_SECONDS..=MAX_SECONDS).contains(&seconds) || exp < now || iat > now {
            return Err(OfferFault::BadEnd.into());
        }
        // Types are compared one by one (protocol.md "Subset"): a choice between them is open.
        if dcql.has_values() || dcql.credentials().iter().any(|c| c.vct_values().len() != 1) {
            return Err(OfferFault::NotPlain.into());
        }
        let (mut statement, mut rule) = (None, false);
        let mode = match way {
            OfferWay::Live { by_rule } => {
                if by_rule && !to.are_named() {
                    return Err(OfferFault::RuleNeedsNames.into());
                }
                rule = by_rule;
                Mode::C1
            }
            OfferWay::Named { statement: text } => {
                let verified = UnverifiedKeyStatement::parse(&text)?.verify(&trust, now)?;
                let client = to.client_id().unwrap_or(&verified.signatory().client_id).to_owned();
                verified.check_for(&client, exp)?;
                to = Recipients::Clients(vec![client]);
                statement = Some(Box::new(verified));
                Mode::C2Named
            }
            OfferWay::Files => {
                let is_file = |vct: &[String]| vct == [ITEM_VCT];
                if !dcql.credentials().iter().all(|query| is_file(query.vct_values())) {
                    return Err(OfferFault::FilesOnly.into());
                }
                Mode::C2Files
            }
        };
        let (mut shown, mut standing) = to.shown(&trust)?;
        let mut chain = None;
        if let Some(statement) = &statement {
            let signatory = statement.signatory();
            (shown, standing) = (signatory.shown.clone(), signatory.standing.clone());
            chain = Some(signatory.chain.clone());
        }
        let is_listed = match &statement {
            Some(_) => matches!(standing, Standing::Listed(_)),
            None => to.are_listed(&trust),
        };
        let id = Id::make(self.ports.random.as_ref())?;
        let drafted = Drafted {
            id,
            dcql,
            terms,
            to,
            relay,
            mode,
            rule,
            statement,
            shown,
            standing,
            is_listed,
            chain,
            iat,
            exp,
        };
        let validity = Period { from: iat, until: exp };
        self.prompt(Asked::Offer(Box::new(drafted)), &trust, validity, Arrival::Relay)
    }
}
