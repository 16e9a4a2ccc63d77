//! From a verified request to a yes: the page, the choices, the acts.
//!
//! ```text
//! look    request text → ConsentPrompt         verified, judged, candidates found; nothing chosen
//! page    prompt + choices → Page              words with a digest; a code to agree to
//! answer  prompt + choices + agreement → Consent | the prompt back, with what is missing
//! ```
//!
//! Nothing is chosen beforehand and there is no "all": each claim is named, and each separate consent
//! is an act with an id and a time of its own.

use std::collections::BTreeMap;

use chop_catalog::Catalog;
use chop_formats::claim_path::ClaimPath;
use chop_formats::consent_record::{Expression, PrincipalKind};
use chop_formats::dcql::{Choices as ClaimChoices, DcqlQuery};
use chop_formats::request::{Carrier, UnverifiedRequest, VerifiedRequest};
use chop_formats::trust_list::{Standing, TrustView};
use chop_model::{Id, ItemId, Lang, LangText, Period, UnixTime};
use chop_policy::{Assessment, Cleared, Finding, MayAsk, Override, Pack, Topic, assess};
use chop_vault::SpaceKind;
use chop_vault::table::exchange;

use crate::holdings::{Candidate, DataLevel, Ward};
use crate::notice::{Notice, render};
use crate::{Error, Result, Wallet, WalletError};

use super::online::Arrival;
use super::page::{facts, notice_model};
use super::pick::Pick;
use super::{Agreement, Asked, Note};

/// Seconds for which a grant can be used once it was given: long enough for the two cameras.
pub const GRANT_SECONDS: i64 = 900;

/// A verified request, judged, with the holdings that could answer it. Nothing is chosen.
#[derive(Debug)]
pub struct ConsentPrompt {
    pub(crate) request: Asked,
    pub(crate) queries: Vec<QueryCandidates>,
    pub(crate) validity: Period,
    pub(crate) pack: Pack,
    pub(crate) catalog: Catalog,
    pub(crate) place: chop_model::Jurisdiction,
    pub(crate) principal: PrincipalKind,
    /// Whose list names the asker, and when that list was made.
    pub(crate) listed_by: Option<(LangText, UnixTime)>,
    pub(crate) shown_at: UnixTime,
    /// How it came, and what both screens show.
    pub(crate) arrival: Arrival,
    /// When this asker was told no for this purpose, where that still holds (R24).
    pub(crate) refused_at: Option<UnixTime>,
}

/// One credential that is asked for, and what could answer.
#[derive(Debug)]
pub struct QueryCandidates {
    /// The query's id in the request.
    pub id: String,
    /// The claims that are asked for.
    pub asked: Vec<ClaimPath>,
    /// Holdings that could answer, best first. None: it looks to the asker as if it were declined.
    pub candidates: Vec<Candidate>,
}

/// What the holder picked so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// For each query: the claims to grant.
    pub claims: ClaimChoices,
    /// For each query: the holding that answers, where more than one could.
    pub items: BTreeMap<String, ItemId>,
    /// Warnings that the holder grants in spite of: rule and reason.
    pub overrides: BTreeMap<String, String>,
    /// Whether the holder signs as the guardian of whom the claims are about.
    pub as_guardian: bool,
    /// For each query that is answered by an annotated copy: what is written on it.
    pub notes: BTreeMap<String, Note>,
}

/// The page as it is shown for some choices.
#[derive(Debug)]
pub struct Page {
    /// The words.
    pub notice: Notice,
    /// Seven characters for words, request and holdings: to agree is to name exactly this page.
    pub code: String,
    /// Separate consents that these choices need.
    pub separate: Vec<Topic>,
    /// What the law says to these choices.
    pub findings: Vec<Finding>,
    /// Whether a rule forbids the grant.
    pub is_blocked: bool,
    /// The level of the highest claim.
    pub level: DataLevel,
}

/// A yes to exactly one page. Only [`ConsentPrompt::answer`] makes it.
#[derive(Debug)]
pub struct Consent {
    pub(crate) prompt: ConsentPrompt,
    pub(crate) scope: DcqlQuery,
    pub(crate) picks: Vec<Pick>,
    pub(crate) cleared: Cleared,
    pub(crate) notice: Notice,
    pub(crate) by: Expression,
    /// The guardian's own act, with the child for whom it was.
    pub(crate) guardian: Option<(Ward, Id, UnixTime)>,
    /// The consent that this one supersedes.
    pub(crate) replaces: Option<Id>,
}

impl Consent {
    /// The same consent in the place of an older one, which ends with it: to narrow, to extend, or for
    /// another purpose. Nothing edits a consent that was given (PIPL art. 14).
    #[must_use]
    pub fn replacing(self, old: Id) -> Self {
        Self { replaces: Some(old), ..self }
    }
}

impl Wallet {
    /// Verifies a request and finds what could answer it. Nothing is written and nothing is sent.
    ///
    /// # Errors
    /// The fault of the request, or `request.answered-before`; `request.muted` where the same asker was
    /// told no for the same purpose within 48 hours: the page does not come up.
    pub fn look(&self, request: &str) -> Result<ConsentPrompt> {
        let prompt = self.look_again(request)?;
        self.refuse_muted(prompt.refused_at)?;
        Ok(prompt)
    }

    /// The same where the person asks for the page themself, though they said no a short time ago. The law
    /// of the route still judges it (R24).
    ///
    /// # Errors
    /// As [`Wallet::look`], without `request.muted`.
    pub fn look_again(&self, request: &str) -> Result<ConsentPrompt> {
        let now = self.ports.clock.now();
        let trust = self.trust()?;
        let request = UnverifiedRequest::parse(request)?.verify(&trust, now, Carrier::Optic)?;
        self.prompt_for(request, &trust, Arrival::Optic)
    }

    /// The prompt for a request that was verified, however it came.
    pub(super) fn prompt_for(
        &self,
        request: VerifiedRequest,
        trust: &TrustView,
        arrival: Arrival,
    ) -> Result<ConsentPrompt> {
        self.refuse_second_answer(&request)?;
        let validity = Period { from: request.iat(), until: request.iat().plus(GRANT_SECONDS) };
        self.prompt(Asked::Request(Box::new(request)), trust, validity, arrival)
    }

    /// The question behind a page: what could answer, under which rules.
    pub(super) fn prompt(
        &self,
        request: Asked,
        trust: &TrustView,
        validity: Period,
        arrival: Arrival,
    ) -> Result<ConsentPrompt> {
        let catalog = self.catalog()?;
        let pack = self.rule_pack_in_force(request.iat())?.with_catalog(&catalog);
        let carrier = match arrival {
            Arrival::Optic => Carrier::Optic,
            Arrival::Online { .. } => Carrier::Link,
            Arrival::Relay => Carrier::Relay,
        };
        let queries = self.queries_of(request.dcql(), (carrier, &pack))?;
        // Times follow from the request, so that the same request and choices give the same page in
        // another process a minute later.
        let shown_at = request.iat();
        let listed_by = listed_by(trust, &request);
        let place = self.place()?;
        let principal = match self.info().kind {
            SpaceKind::Person => PrincipalKind::Person,
            SpaceKind::Firm => PrincipalKind::LegalEntity,
        };
        let refused_at = request.request().map(|request| self.refused_at(request)).transpose()?.flatten();
        Ok(ConsentPrompt {
            request,
            queries,
            validity,
            pack,
            catalog,
            place,
            principal,
            listed_by,
            shown_at,
            arrival,
            refused_at,
        })
    }

    pub(super) fn refuse_second_answer(&self, request: &VerifiedRequest) -> Result<()> {
        let seen = self.vault.read(|read| {
            exchange::find_by_nonce(read, exchange::Role::Holder, request.client_id(), request.nonce())
        })?;
        match seen {
            Some(row) => Err(Error::from(WalletError::AnsweredBefore).with("exchange", row.id)),
            None => Ok(()),
        }
    }

    fn queries_of(&self, dcql: &DcqlQuery, way: (Carrier, &Pack)) -> Result<Vec<QueryCandidates>> {
        dcql.credentials()
            .iter()
            .map(|query| {
                Ok(QueryCandidates {
                    id: query.id().to_owned(),
                    asked: query.claims().iter().map(|c| c.path().clone()).collect(),
                    candidates: self.candidates(query, way)?,
                })
            })
            .collect()
    }
}

impl ConsentPrompt {
    /// The verified request, or the offer that was drafted.
    pub fn request(&self) -> &Asked {
        &self.request
    }

    /// How the request came.
    pub fn arrival(&self) -> &Arrival {
        &self.arrival
    }

    /// What is asked for, with what could answer.
    pub fn queries(&self) -> &[QueryCandidates] {
        &self.queries
    }

    /// The page for these choices, in `lang`.
    ///
    /// # Errors
    /// When a choice names something that was not asked or that no holding has.
    pub fn page(&self, choices: &Choices, lang: Lang) -> Result<Page> {
        let picks = self.picks(choices)?;
        let assessment = assess(&self.pack, &facts(self, &picks));
        let (may_ask, is_blocked) = match &assessment {
            Assessment::MayAsk(may_ask) => (Some(may_ask), false),
            Assessment::Refuse(_) => (None, true),
        };
        let findings = findings_of(&assessment);
        let asks = may_ask.map(|m| m.separate_consents().to_vec()).unwrap_or_default();
        let notice = render(lang, &notice_model(self, &picks, &findings, &asks, &self.pack.reference()))?;
        Ok(Page {
            level: self.level_of(&picks),
            code: self.page_code(&notice, &picks),
            separate: asks.iter().map(|ask| ask.topic).collect(),
            notice,
            findings,
            is_blocked,
        })
    }

    /// The yes. Gives the prompt back when something is missing: nothing was spent.
    ///
    /// # Errors
    /// `consent.*`, or `law.*` for what is unsettled; the prompt comes back to be answered again.
    pub fn answer(
        mut self,
        choices: &Choices,
        agreement: &Agreement,
    ) -> std::result::Result<Consent, (Box<Self>, Error)> {
        match self.settle(choices, agreement) {
            Ok((picks, scope, cleared, notice)) => {
                self.validity = self.validity_of(&picks);
                let signed =
                    picks.iter().find(|pick| pick.as_guardian).and_then(|pick| pick.item.ward.clone());
                let guardian = signed.zip(agreement.guardian).map(|(ward, (act, at))| (ward, act, at));
                Ok(Consent {
                    prompt: self,
                    scope,
                    picks,
                    cleared,
                    notice,
                    by: agreement.by,
                    guardian,
                    replaces: None,
                })
            }
            Err(error) => Err((Box::new(self), error)),
        }
    }

    fn settle(
        &self,
        choices: &Choices,
        agreement: &Agreement,
    ) -> Result<(Vec<Pick>, DcqlQuery, Cleared, Notice)> {
        let picks = self.picks(choices)?;
        if picks.is_empty() {
            return Err(WalletError::NothingChosen.into());
        }
        let page = self.page(choices, agreement.lang)?;
        if page.code != agreement.code {
            return Err(WalletError::OtherPage.into());
        }
        if picks.iter().any(|pick| pick.as_guardian) != agreement.guardian.is_some() {
            return Err(WalletError::GuardianAct.into());
        }
        let Assessment::MayAsk(may_ask) = assess(&self.pack, &facts(self, &picks)) else {
            let rules: Vec<_> = page.findings.iter().map(|f| f.rule.clone()).collect();
            return Err(Error::from(WalletError::Blocked).with("rules", rules.join(", ")));
        };
        let overrides = overrides_of(&may_ask, choices)?;
        let scope = self.request.dcql().narrow(&choices.claims)?;
        let cleared =
            may_ask.settle(agreement.act, &agreement.consents, &overrides).map_err(|unsettled| {
                let open: Vec<_> = unsettled.findings.iter().map(|f| f.rule.clone()).collect();
                Error::from(WalletError::Unsettled).with("rules", open.join(", "))
            })?;
        Ok((picks, scope, cleared, page.notice))
    }
}

fn listed_by(trust: &TrustView, request: &Asked) -> Option<(LangText, UnixTime)> {
    let Standing::Listed(entry) = request.standing() else { return None };
    let list = trust.lists().iter().find(|list| list.content().entries.contains(entry))?;
    Some((list.content().publisher.clone(), list.content().issued))
}

fn findings_of(assessment: &Assessment) -> Vec<Finding> {
    match assessment {
        Assessment::MayAsk(may_ask) => may_ask.findings().to_vec(),
        Assessment::Refuse(refusal) => refusal.findings().to_vec(),
    }
}

fn overrides_of(may_ask: &MayAsk, choices: &Choices) -> Result<Vec<Override>> {
    let mut overrides = Vec::new();
    for (rule, reason) in &choices.overrides {
        let passed = may_ask.overrides_of(rule, reason);
        if passed.is_empty() {
            return Err(WalletError::NotAsked.into());
        }
        overrides.extend(passed);
    }
    Ok(overrides)
}
