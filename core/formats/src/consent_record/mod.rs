//! The consent record: what was agreed, in full, as a document beside the grant.
//!
//! ```text
//! ConsentRecord --to_document--> RecordDocument { bytes, digest }    rec = SHA-256(bytes)
//! ```
//!
//! Vocabulary of ISO/IEC TS 27560 as DPV profiles it; what PIPL, PDPO and Law 8/2005 of Macao want
//! said has a member of its own (gba.md section 2.1). It carries no signature: the grant signs `rec`, and its id is the
//! grant's `jti`. One encoding: members in the order of these structs, no white space, none left out
//! but those marked optional; a document that would be written differently is refused.
//!
//! `schema` says which members there may be: [`FIRST`] is the record of the first walk, [`RECORD_SCHEMA`]
//! the complete one. A record of a later schema is refused as such, whatever it holds.

mod complete;
mod details;
mod parts;

pub use chop_model::{CrossingMode, Mechanism, PartyRole as Role};
pub use details::{
    AgeBand, AnnotatedCopy, Approval, DisputeStage, Evidence, Frequency, Guardian, ItemEvidence, NamedParty,
    Operator, Provider, Right, RightKind,
};
pub use parts::{
    Authority, AutomatedDecision, ConsentKind, CrossBorder, Event, EventState, Expression, LegalBasis,
    Notice, Onward, Principal, PrincipalKind, Recipient, RecordItem, RecordedClaim, Release, Route,
    SeparateConsent, TrustStatus, Voluntary, Withdrawal,
};

use std::collections::BTreeSet;

use chop_crypto::{Digest, sha256};
use chop_model::{
    Action, DataRight, Id, Jurisdiction, LangText, Party, Period, Purpose, Retention, Site, UnixTime,
};
use serde::{Deserialize, Serialize};

use crate::digest64::B64Digest;
use crate::grant::{Grant, SCHEMA, Source};
use crate::json::parse_as;

/// Bytes of a record.
pub const MAX_RECORD: usize = 256 << 10;
/// The schema of the first walk's records.
pub const FIRST: &str = SCHEMA;
/// The schema of a complete record.
pub const RECORD_SCHEMA: &str = "urn:chop:consent-record:2";

chop_model::coded_errors! {
    /// What can be wrong with a consent record.
    pub enum RecordError {
        /// Larger than [`MAX_RECORD`].
        TooLarge => ("record.too-large", Peer, "the consent record is larger than allowed"),
        /// Not the JSON of a record.
        Malformed => ("record.malformed", Peer, "the consent record cannot be read"),
        /// Not in its one encoding.
        NotCanonical => ("record.not-canonical", Peer, "the consent record is not in its one encoding"),
        /// Of a schema that is not known here.
        UnknownSchema => ("record.unknown-schema", Peer, "the consent record follows an unknown schema"),
        /// Of a schema that came after this version of the product.
        NewerSchema => ("record.newer-schema", Peer, "the consent record follows a newer schema than is known here"),
        /// A member that its own schema demands, or that another of its members demands, is not there.
        Incomplete => ("record.incomplete", Peer, "the consent record leaves out what its schema demands"),
        /// Two separate consents by one act.
        SharedAct => ("record.shared-act", Peer, "two separate consents were given by one act"),
        /// A separate consent from after the record.
        LateConsent => ("record.late-consent", Peer, "a separate consent is later than the record"),
        /// Not the record that the grant names.
        WrongDigest => ("record.wrong-digest", Peer, "the consent record is not the one that the grant names"),
        /// It says something else than the grant.
        ContradictsGrant => ("record.contradicts-grant", Peer, "the consent record contradicts the grant"),
    }
}

/// A consent as it was given. Fields and their reasons: gba.md section 2.1.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentRecord {
    /// [`RECORD_SCHEMA`]; [`FIRST`] in a record of the first walk.
    pub schema: String,
    /// The grant's `jti` (27560 `record_id`).
    pub record_id: Id,
    /// 1; a changed consent is a new record that replaces this one.
    pub version: u32,
    /// The record that this one supersedes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Id>,
    /// The rules under which it was judged, so that it can be judged by them later.
    pub rule_pack: String,
    /// From which place to which the data go.
    pub route: Route,
    /// Whose law applies.
    pub jurisdictions: Vec<Jurisdiction>,
    /// When it was given.
    pub created_at: UnixTime,
    /// The clock's offset from UTC then, in minutes, to show the person's own time.
    pub utc_offset_minutes: i16,
    /// The words that were shown.
    pub notice: Notice,
    /// Who consented.
    pub principal: Principal,
    /// The person's age, as far as a law asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_band: Option<AgeBand>,
    /// Who consents for a child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guardian: Option<Guardian>,
    /// Who clicked for a firm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<Operator>,
    /// Who approved it in the firm (R27).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
    /// Where the data come from.
    pub provider: Vec<Source>,
    /// More of each of them, in the same order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub providers: Vec<Provider>,
    /// Who receives them.
    pub recipient: Recipient,
    /// Whom the recipient may pass them on to, by name.
    pub third_parties: Vec<NamedParty>,
    /// Why.
    pub purpose: Vec<Purpose>,
    /// What will be done with them.
    pub methods: Vec<Action>,
    /// What exactly.
    pub items: Vec<RecordItem>,
    /// Why the sensitive ones are needed (PIPL art. 30).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub necessity: Option<LangText>,
    /// What that can mean for the person (PIPL art. 30).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact_on_rights: Option<LangText>,
    /// Whether saying no was free (PDPO DPP1(3)(a)).
    pub voluntary: Voluntary,
    /// How long the recipient keeps them, and what then.
    pub retention: Retention,
    /// Where they are stored.
    pub storage_locations: Vec<Jurisdiction>,
    /// Where they are processed.
    pub processing_locations: Vec<Jurisdiction>,
    /// Both, down to the city, where that was said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<Site>,
    /// Whether and within what they may go on.
    pub onward: Onward,
    /// From when until when.
    pub validity: Period,
    /// How often it may be used. How often it was, the log says.
    pub max_uses: u32,
    /// In what rhythm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency: Option<Frequency>,
    /// Rights over the data beyond using them for the purpose; empty: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data_rights: Vec<DataRight>,
    /// Whether a trade secret is in it (商业秘密); a firm's only.
    #[serde(default, skip_serializing_if = "is_false")]
    pub trade_secret: bool,
    /// On what basis, by law.
    pub legal_basis: LegalBasis,
    /// Consents that the law wants apart, each an act of its own.
    pub separate_consents: Vec<SeparateConsent>,
    /// How explicit it was.
    pub consent_type: ConsentKind,
    /// How it was expressed.
    pub expression_method: Expression,
    /// How the border is crossed, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cross_border: Option<CrossBorder>,
    /// Whether a machine decides alone.
    pub automated_decision: AutomatedDecision,
    /// Whether the data serve advertising; refused where true.
    pub direct_marketing: bool,
    /// How to withdraw.
    pub withdrawal: Withdrawal,
    /// Where access, copy, correction, deletion, restriction, transfer and explanation are asked.
    pub rights_channel: String,
    /// Each of them, with its deadline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rights: Vec<Right>,
    /// Who supervises.
    pub authorities: Vec<Authority>,
    /// The stages through which a dispute goes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dispute_route: Vec<DisputeStage>,
    /// Digests of what was presented. No value and no salt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// `h(R)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<B64Digest>,
    /// The nonce of the request.
    pub nonce: String,
    /// What has happened to it so far: that it was given.
    pub events: Vec<Event>,
}

/// A record in its one encoding, with the digest that the grant names as `rec`.
#[derive(Clone, PartialEq, Eq)]
pub struct RecordDocument {
    bytes: Vec<u8>,
    record: ConsentRecord,
}

impl ConsentRecord {
    /// Writes the record down.
    ///
    /// # Errors
    /// [`RecordError`] for a record that nobody would accept.
    pub fn to_document(self) -> Result<RecordDocument, RecordError> {
        self.check()?;
        let bytes = serde_json::to_vec(&self).map_err(|_| RecordError::Malformed)?;
        if bytes.len() > MAX_RECORD {
            return Err(RecordError::TooLarge);
        }
        Ok(RecordDocument { bytes, record: self })
    }

    fn check(&self) -> Result<(), RecordError> {
        complete::check_members(self)?;
        // A separate consent that shares its act with another is not separate (NDR art. 62(7)). Which
        // ones are needed is the law's to say, not the format's.
        let acts = self.acts();
        if acts.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len() != acts.len() {
            return Err(RecordError::SharedAct);
        }
        if acts.iter().any(|(_, at)| *at > self.created_at) {
            return Err(RecordError::LateConsent);
        }
        Ok(())
    }

    /// Every act that was one of its own: separate consents, approvals, the guardian's.
    fn acts(&self) -> Vec<(Id, UnixTime)> {
        let consents = self.separate_consents.iter().map(|c| (c.action_id, c.at));
        let approvals = self.approvals.iter().map(|a| (a.action_id, a.at));
        let guardian = self.guardian.iter().map(|g| (g.action_id, g.at));
        consents.chain(approvals).chain(guardian).collect()
    }

    /// Whether the record says what the grant says, wherever both say it.
    fn agrees_with(&self, grant: &Grant) -> bool {
        let party: &Party = &self.recipient.party;
        let access = grant.access();
        self.record_id == grant.jti
            && self.principal.subject_ref == grant.sub
            // An offer (mode C) may leave open who takes it up: then nobody is named in either.
            && grant.controller.as_ref().is_none_or(|controller| party == controller)
            && self.recipient.client_id == grant.aud.as_deref().unwrap_or_default()
            && self.provider == grant.src
            && self.purpose == grant.purpose
            && access.is_some_and(|a| a.actions == self.methods)
            && self.retention == grant.retain
            && self.third_parties.iter().map(NamedParty::name).eq(grant.onward.iter().map(String::as_str))
            && self.storage_locations == grant.locations
            && self.validity == Period { from: grant.nbf, until: grant.exp }
            && self.max_uses == grant.max_uses
            && self.legal_basis.dpv == grant.legal_basis
            && self.notice.digest == grant.notice.digest
            && self.notice.shown_in == grant.notice.lang
            && self.rights_channel == grant.rights.channel
            && self.request == grant.req
    }
}

impl RecordDocument {
    /// Reads a document, keeping its bytes.
    ///
    /// # Errors
    /// [`RecordError`].
    pub fn read(bytes: &[u8]) -> Result<Self, RecordError> {
        if bytes.len() > MAX_RECORD {
            return Err(RecordError::TooLarge);
        }
        complete::check_schema(bytes)?;
        let record: ConsentRecord = parse_as(bytes, MAX_RECORD).map_err(|_| RecordError::Malformed)?;
        let document = record.to_document()?;
        if document.bytes == bytes { Ok(document) } else { Err(RecordError::NotCanonical) }
    }

    /// The document itself.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `rec`: SHA-256 of the document.
    pub fn digest(&self) -> Digest {
        sha256(&self.bytes)
    }

    /// What it says.
    pub fn record(&self) -> &ConsentRecord {
        &self.record
    }

    /// Whether this is the record that `grant` names, and says the same.
    ///
    /// # Errors
    /// [`RecordError::WrongDigest`], [`RecordError::ContradictsGrant`].
    pub fn check_against(&self, grant: &Grant) -> Result<(), RecordError> {
        if self.digest() != grant.rec.0 {
            return Err(RecordError::WrongDigest);
        }
        if self.record.agrees_with(grant) { Ok(()) } else { Err(RecordError::ContradictsGrant) }
    }
}

/// Serde's way to leave a `false` out.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// Who agreed to what is nobody's business in a log.
impl std::fmt::Debug for ConsentRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ConsentRecord({})", self.record_id)
    }
}

impl std::fmt::Debug for RecordDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RecordDocument({} bytes)", self.bytes.len())
    }
}

#[cfg(test)]
pub(crate) mod tests;
