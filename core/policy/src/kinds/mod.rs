//! The predicates that rules name. What they say is in the pack; what they look at is here.
//!
//! A pack names a kind by [`Kind::name`] and words each of its [`Kind::codes`]. A kind never changes what
//! it means: what must mean something else gets another name, so that an old pack judges as it did.

mod asking;
mod crossing;
mod local;
mod persons;
mod things;

use crate::rule::Rule;
use crate::{Facts, Finding, Level, Pack, SeparateAsk, Topic};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal [$($code:literal)+] $run:path;)+) => {
        /// A predicate, by its name in a pack.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Kind { $($(#[$doc])* $kind,)+ }

        impl Kind {
            /// All of them.
            pub(crate) const ALL: &[Self] = &[$(Self::$kind,)+];

            /// Its name in a pack.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            /// What it can find.
            pub(crate) fn codes(self) -> &'static [&'static str] {
                match self { $(Self::$kind => &[$($code,)+],)+ }
            }

            /// Runs it; what it finds has the level of the rule on this route and in this mode, unless a
            /// line of the predicate says that it only warns.
            pub(crate) fn run(self, pack: &Pack, facts: &Facts, out: &mut Outcome<'_>) {
                match self { $(Self::$kind => $run(pack, facts, out),)+ }
            }
        }
    };
}

kinds! {
    /// R01.
    Purpose "purpose" ["code" "scene" "text"] asking::purpose;
    /// R02.
    Recipient "recipient" ["name" "legal-id" "contact" "place" "onward"] asking::recipient;
    /// R03.
    Methods "methods" ["methods"] asking::methods;
    /// R04 of the first walk.
    NoWildcard "no-wildcard" ["nothing" "wildcard"] asking::no_wildcard;
    /// R04.
    LeastFields "least-fields" ["nothing" "wildcard" "beyond"] asking::least_fields;
    /// R05.
    Retention "retention" ["period" "unsaid" "long"] asking::retention;
    /// R06 of the first walk.
    Validity "validity" ["validity" "item-expires"] things::validity;
    /// R06: an item that is over already is R29's.
    ValidityTrim "validity-trim" ["validity" "item-expires"] things::validity_trim;
    /// R07.
    SensitiveCn "sensitive-cn" ["necessity" "impact" "separate" "unclassified"] persons::sensitive_cn;
    /// R08.
    Provide "provide" ["provide"] crossing::provide;
    /// R09 of the first walk.
    ExportConsent "export-consent" ["export"] crossing::export_consent;
    /// R09.
    ExportInformed "export-informed" ["export" "rights-overseas"] crossing::export_informed;
    /// R10 of the first walk.
    ChildUnder14 "child-under14" ["guardian"] persons::child_under_14;
    /// R10.
    ChildGuardian "child-guardian" ["guardian" "evidence"] persons::child_guardian;
    /// R11 of the first walk.
    MinorUnder18 "minor-under18" ["guardian"] persons::minor_under_18;
    /// R11.
    MinorLocal "minor-local" ["macao" "proxy" "understanding" "guardian"] persons::minor_local;
    /// R12.
    SensitiveMo "sensitive-mo" ["explicit"] persons::sensitive_mo;
    /// R13 of the first walk.
    LeavingMacao "leaving-macao" ["leaving-macao"] local::leaving_macao;
    /// R13.
    LeavingMacaoFiled "leaving-macao-filed" ["leaving-macao" "reference"] local::leaving_macao_filed;
    /// R14.
    GbaEligible "gba-eligible" ["never" "pair" "city" "important"] crossing::gba_eligible;
    /// R15.
    GbaOnward "gba-onward" ["outside" "not-listed" "other-side"] crossing::gba_onward;
    /// R16.
    GbaFiling "gba-filing" ["late" "unknown"] crossing::gba_filing;
    /// R17.
    ImpactAssessment "impact-assessment" ["missing" "kept-short"] crossing::impact_assessment;
    /// R18.
    HkCollection "hk-collection" ["statement" "consequence" "transferees" "access"] local::hk_collection;
    /// R19.
    HkIdentityCard "hk-identity-card" ["ground" "copy"] local::hk_identity_card;
    /// R20.
    NewPurpose "new-purpose" ["new-purpose"] asking::new_purpose;
    /// R21 of the first walk.
    Marketing "marketing" ["marketing"] asking::marketing;
    /// R21.
    MarketingApart "marketing-apart" ["marketing" "bundled"] asking::marketing_apart;
    /// R22: held when the answer is settled.
    OwnAct "own-act" ["bundle" "not-asked"] nothing;
    /// R23 of the first walk.
    RightsChannel "rights-channel" ["rights-channel"] asking::rights_channel;
    /// R23.
    Withdrawal "withdrawal" ["rights-channel" "taps"] asking::withdrawal;
    /// R24.
    NoNagging "no-nagging" ["muted"] asking::no_nagging;
    /// R25 of the first walk.
    AutomatedDecision "automated-decision" ["explain"] asking::automated_decision;
    /// R25.
    ExplainChannel "explain-channel" ["explain" "channel" "separate"] asking::explain_channel;
    /// R26.
    ShareClass "share-class" ["never"] things::share_class;
    /// R27.
    FourEyes "four-eyes" ["approval" "self"] things::four_eyes;
    /// R28.
    RecipientTrust "recipient-trust" ["not-listed" "key-changed" "disagrees"] things::recipient_trust;
    /// R29 of the first walk.
    ItemSeals "item-seals" ["invalid" "cannot-check"] things::item_seals;
    /// R29.
    ItemHealth "item-health" ["invalid" "cannot-check" "expired"] things::item_health;
    /// R30.
    OneOff "one-off" ["one-off"] things::one_off;
    /// R31.
    ImportantData "important-data" ["important"] crossing::important_data;
    /// R32.
    Genetic "genetic" ["research" "care"] crossing::genetic;
    /// R33.
    Broker "broker" ["end-user" "widens" "unlisted"] asking::broker;
    /// R34.
    LogFirst "log-first" ["log"] things::log_first;
    /// R35.
    OutsideGba "outside-gba" ["outside"] crossing::outside_gba;
    /// gba.md row 117.
    IdentifyingCombination "identifying-combination" ["combination"] things::identifying_combination;
    /// gba.md row 117 and finding 3.
    BareDigest "bare-digest" ["bare"] things::bare_digest;
    /// PIPL art. 25.
    Publication "publication" ["public"] asking::publication;
    /// gba.md row 16.
    Resale "resale" ["operate"] asking::resale;
}

impl Kind {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// What one rule found.
pub(crate) struct Outcome<'r> {
    rule: &'r Rule,
    level: Level,
    pub(crate) findings: Vec<Finding>,
    pub(crate) asks: Vec<SeparateAsk>,
}

impl<'r> Outcome<'r> {
    pub(crate) fn new(rule: &'r Rule, level: Level) -> Self {
        Self { rule, level, findings: Vec::new(), asks: Vec::new() }
    }

    /// Finds `code` at the rule's level unless it holds.
    fn unless(&mut self, holds: bool, code: &'static str) {
        if !holds {
            self.find(self.level, code);
        }
    }

    /// Finds `code` as a warning unless it holds, however hard the rule is otherwise.
    fn warn_unless(&mut self, holds: bool, code: &'static str) {
        if !holds {
            self.find(Level::Warn, code);
        }
    }

    fn find(&mut self, level: Level, code: &'static str) {
        self.findings.extend(self.rule.finding(level, code));
    }

    fn ask(&mut self, topic: Topic, code: &'static str) {
        let if_missing = self.rule.finding(self.level, code);
        self.asks.extend(if_missing.map(|if_missing| SeparateAsk { topic, if_missing }));
    }
}

/// [`Kind::OwnAct`] judges the answer, not the question.
fn nothing(_: &Pack, _: &Facts, _: &mut Outcome<'_>) {}
