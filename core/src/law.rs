//! The law at work: which pack judges now, and how a grant of before is judged again under its own.
//!
//! ```text
//! law()               the pack in force, knowing the catalogue's documents
//! facts_of_record     ConsentRecord (+ the request's terms, + an earlier record) -> Facts
//! judge_again         exchange -> the pack that its record names -> what it says today of that day
//! ```
//!
//! Not legal advice, and nothing is filed with anybody.

use chop_formats::consent_record::{
    AgeBand as RecordedAge, ConsentRecord, NamedParty, PrincipalKind, RecordDocument, RecordItem,
    Release as Recorded, Role, TrustStatus,
};
use chop_formats::request::StoredRequest;
use chop_model::{Crossing, Id, LangText, ThirdParty, UseDetails, UseTerms};
use chop_policy::{
    AgeBand, ApprovalFact, ApproverRole, Assessment, ClaimFact, Facts, Finding, ItemFact, ItemSeal, Mandate,
    Pack, PackRef, Release, Route, Standing, Subject, assess,
};
use chop_vault::table::artefact::{self, ArtefactKind};
use serde_json::Value;

use crate::{Result, Wallet};

chop_model::coded_errors! {
    /// What can go wrong when a grant is judged again.
    pub enum LawError {
        /// The pack under which it was judged is not here.
        NoSuchPack => ("law.no-such-pack", Environment, "the rule pack that the record names is not here"),
        /// No consent record belongs to the exchange.
        NoRecord => ("law.no-record", User, "no consent record belongs to this exchange"),
    }
}

/// What a pack says of a grant that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedAgain {
    /// The pack that judged: the one that the record names.
    pub pack: PackRef,
    /// What stays open: warnings (each was passed with a reason then), blocks, consents that are missing.
    pub findings: Vec<Finding>,
    /// Whether something blocks.
    pub is_blocked: bool,
}

impl Wallet {
    /// The rule pack in force, knowing the documents and purposes of the catalogue.
    ///
    /// # Errors
    /// When a stored pack no longer verifies.
    pub fn law(&self) -> Result<Pack> {
        Ok(self.rule_pack_in_force(self.ports.clock.now())?.with_catalog(&self.catalog()?))
    }

    /// The pack with this id and version, superseded ones included; `None` for one that is not here.
    ///
    /// # Errors
    /// When a stored pack no longer verifies.
    pub fn law_named(&self, reference: &PackRef) -> Result<Option<Pack>> {
        let catalog = self.catalog()?;
        let pack = self.rule_pack(&reference.id, &reference.version)?;
        Ok(pack.map(|pack| pack.with_catalog(&catalog)))
    }

    /// Judges a grant again, under the pack that its record names and as of the day on which it was given.
    /// What the record does not hold comes from the request that it answers, where that was kept.
    ///
    /// # Errors
    /// [`LawError`]; a record or request that cannot be read.
    pub fn judge_again(&self, exchange: &Id) -> Result<JudgedAgain> {
        let find = |kind| self.vault.read(|read| artefact::find_kind(read, exchange, kind));
        let record = find(ArtefactKind::ConsentRecord)?.ok_or(LawError::NoRecord)?;
        let document = RecordDocument::read(&record.bytes)?;
        let record = document.record();
        let request = find(ArtefactKind::Request)?
            .map(|row| StoredRequest::read(&String::from_utf8_lossy(&row.bytes)))
            .transpose()?;
        let pack = self.law_named(&pack_of(record))?.ok_or(LawError::NoSuchPack)?;
        let terms = request.as_ref().map(StoredRequest::terms);
        Ok(judge_record(&pack, record, terms, None))
    }
}

/// What `pack` says of a record, with the consents that it holds.
pub fn judge_record(
    pack: &Pack,
    record: &ConsentRecord,
    terms: Option<&UseTerms>,
    earlier: Option<&ConsentRecord>,
) -> JudgedAgain {
    let (findings, is_blocked) = match assess(pack, &facts_of_record(record, terms, earlier)) {
        Assessment::Refuse(refusal) => (refusal.findings().to_vec(), true),
        Assessment::MayAsk(may_ask) => {
            let given = |code: &str| record.separate_consents.iter().any(|consent| consent.topic == code);
            let missing = may_ask.separate_consents().iter().filter(|ask| !given(&ask.topic.code()));
            let mut findings = may_ask.findings().to_vec();
            findings.extend(missing.map(|ask| ask.if_missing.clone()));
            let is_blocked = findings.iter().any(|finding| finding.level == chop_policy::Level::Block);
            (findings, is_blocked)
        }
    };
    JudgedAgain { pack: pack.reference(), findings, is_blocked }
}

/// The pack that a record names, `gba/2026.1`.
pub fn pack_of(record: &ConsentRecord) -> PackRef {
    let (id, version) = record.rule_pack.split_once('/').unwrap_or((&record.rule_pack, ""));
    PackRef { id: id.to_owned(), version: version.to_owned() }
}

/// Facts from the fields of a consent record, as of the day on which it was given.
///
/// R27 is judged by `operator`, `approvals` and `trade_secret`; R28 by the recipient's `trust_status`; R33
/// by its `role` and `on_behalf_of`, against `earlier`, the record from which a broker has its mandate. Two
/// statements are in no record (Hong Kong's collection statement, the ground for an identity card): they
/// come from `terms`, those of the request; without them R18 and R19 find them missing.
pub fn facts_of_record(
    record: &ConsentRecord,
    terms: Option<&UseTerms>,
    earlier: Option<&ConsentRecord>,
) -> Facts {
    let route = Route { from: record.route.from, to: record.route.to };
    let facts = Facts::of(record.created_at, route, terms_of(record, terms), record.validity);
    Facts {
        standing: match record.recipient.trust_status {
            TrustStatus::Listed => Standing::Listed,
            TrustStatus::CertificateOnly => Standing::NotListed,
            TrustStatus::KeyChanged => Standing::KeyChanged,
        },
        claims: record.items.iter().flat_map(claims_of).collect(),
        items: record.items.iter().map(|item| item_of(record, item)).collect(),
        max_uses: record.max_uses,
        fresh_nonce: !record.nonce.is_empty(),
        age: match record.age_band {
            Some(RecordedAge::Under14) => AgeBand::Under14,
            Some(RecordedAge::Under18) => AgeBand::Under18,
            Some(RecordedAge::Adult) | None => AgeBand::Adult,
        },
        // A guardian is in the record only with the act and the evidence.
        guardian_signed: record.guardian.is_some(),
        guardian_evidence: record.guardian.is_some(),
        subject: match record.principal.kind {
            PrincipalKind::Person => Subject::Person,
            PrincipalKind::LegalEntity => Subject::Firm,
        },
        requester: record.operator.as_ref().map(|operator| hex(&operator.member.0)),
        approvals: record.approvals.iter().map(approval).collect(),
        asks_as_broker: record.recipient.role == Role::Broker,
        mandate: earlier.map(mandate_of),
        withdrawal_taps: if record.withdrawal.channel.is_empty() { u8::MAX } else { 1 },
        ..facts
    }
}

fn terms_of(record: &ConsentRecord, terms: Option<&UseTerms>) -> UseTerms {
    let party = record.recipient.party.clone();
    let asked = terms.map(|terms| terms.details.clone()).unwrap_or_default();
    let known = |party: &NamedParty| {
        let (role, site) = party.role().zip(party.site().cloned())?;
        Some(ThirdParty { name: party.name().to_owned(), role, site })
    };
    UseTerms {
        recipient: party.names,
        legal_id: party.legal_id,
        jurisdiction: party.jurisdiction,
        contact: party.contact,
        purpose: record.purpose.first().cloned().unwrap_or_else(no_purpose),
        actions: record.methods.clone(),
        retention: record.retention,
        onward: record.third_parties.iter().map(|party| party.name().to_owned()).collect(),
        locations: record.storage_locations.clone(),
        necessity: record.necessity.clone(),
        impact: record.impact_on_rights.clone(),
        refusal: record.voluntary.consequence_of_refusal.clone(),
        rights_channel: record.rights_channel.clone(),
        automated_decision: record
            .automated_decision
            .used
            .then(|| record.automated_decision.logic.clone().unwrap_or_else(|| LangText::same(""))),
        details: UseDetails {
            site: record.recipient.site.clone(),
            address: record.recipient.address.clone().unwrap_or_default(),
            sites: record.sites.clone(),
            third_parties: record.third_parties.iter().filter_map(known).collect(),
            on_behalf_of: record.recipient.on_behalf_of.clone(),
            crossing: record.cross_border.as_ref().map(|crossing| Crossing {
                mode: crossing.mode,
                mechanism: crossing.mechanism,
                contract_ref: crossing.contract_ref.clone(),
                effective_at: crossing.effective_at,
                filing: crossing.filing.clone(),
                important_data: crossing.important_data,
                rights_channel_overseas: crossing.rights_channel_overseas.clone(),
            }),
            impact_assessment: record.cross_border.as_ref().and_then(|crossing| crossing.pia.clone()),
            explain_channel: record.automated_decision.explain_channel.clone(),
            direct_marketing: record.direct_marketing,
            rights: record.data_rights.clone(),
            ..asked
        },
    }
}

/// A record without a purpose is none that anybody would accept; judged, it has no scene and no words.
fn no_purpose() -> chop_model::Purpose {
    chop_model::Purpose {
        code: String::new(),
        id: String::new(),
        scene: String::new(),
        text: LangText::same(""),
    }
}

fn claims_of(item: &RecordItem) -> impl Iterator<Item = ClaimFact> + '_ {
    item.claims.iter().map(|claim| ClaimFact {
        release: match claim.release {
            Recorded::Value => Release::Value,
            Recorded::Predicate => Release::Predicate,
            Recorded::Digest => Release::SaltedDigest,
            Recorded::AnnotatedCopy => Release::AnnotatedCopy,
        },
        wildcard: claim.path.iter().any(Value::is_null),
        ..ClaimFact::value(
            item.type_code.clone(),
            claim.path.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        )
    })
}

/// Whether the seal was good is in the record as the issuer's proof; what has none is the holder's word.
fn item_of(record: &ConsentRecord, item: &RecordItem) -> ItemFact {
    let proofs = record.evidence.iter().flat_map(|evidence| &evidence.items);
    let proven = proofs.filter(|proof| proof.query == item.query).any(|proof| proof.issuer_proof.is_some());
    let seal = if proven { ItemSeal::Valid } else { ItemSeal::HolderStated };
    ItemFact { trade_secret: record.trade_secret, ..ItemFact::of(seal, None) }
}

fn approval(approval: &chop_formats::consent_record::Approval) -> ApprovalFact {
    let role = match approval.role.as_str() {
        "legal-representative" => ApproverRole::LegalRepresentative,
        "cdo" => ApproverRole::DataOfficer,
        _ => ApproverRole::Other,
    };
    ApprovalFact { by: hex(&approval.member.0), role }
}

/// What the holder agreed to then: the end users are whoever received, was named beside, or was acted for.
fn mandate_of(earlier: &ConsentRecord) -> Mandate {
    let parties = earlier.recipient.on_behalf_of.iter().chain([&earlier.recipient.party]);
    Mandate {
        purpose: earlier.purpose.first().map(|purpose| purpose.code.clone()).unwrap_or_default(),
        actions: earlier.methods.clone(),
        end_users: parties.map(|party| party.legal_id.clone()).collect(),
    }
}

fn hex(bytes: &[u8]) -> String {
    chop_crypto::encoding::to_hex(bytes)
}
