//! The check, from the log outwards: log, objects, commitment, anchors. It stops at the first fault.

use chop_crypto::Digest;
use chop_ledger::VerifierKey;
use chop_model::{Coded, UnixTime};

use super::log::CheckedLog;
use super::objects::Exchange;
use super::{Finding, Findings, PackContents, PackError, PackFault, Part, Side};
use crate::dcql::DcqlQuery;
use crate::jose::jwk;
use crate::receipt::Outcome;
use crate::trust_list::{Standing, TrustView};
use crate::x509::{Role, verify_chain};

/// What the person who checks knows from elsewhere. Without either, a pack can only be consistent.
#[derive(Debug, Clone, Copy, Default)]
pub struct CheckInputs<'a> {
    /// Whom to believe about certificates: a signer whom it does not vouch for is then an error.
    pub trust: Option<&'a TrustView>,
    /// The key of the log that the pack must be about: another one is then an error.
    pub log_key: Option<&'a VerifierKey>,
}

/// Checks a pack and says what was found.
pub(super) fn check(contents: &PackContents, inputs: &CheckInputs<'_>) -> Result<Findings, PackFault> {
    let log = CheckedLog::check(contents, inputs.log_key)?;
    let exchange = Exchange::check(contents, &log)?;
    let size_then = match &contents.opening {
        Some(opening) => Some(log.open(opening, contents.side, &commitment(contents.side, &exchange))?),
        None => None,
    };
    let anchored = match inputs.trust {
        Some(trust) => Some(check_anchors(&exchange, trust)?),
        None => None,
    };
    let mut found = vec![match anchored {
        Some(_) => Finding::SignersAreAnchored,
        None => Finding::WhoSignedWasNotChecked,
    }];
    found.extend(fingerprints(&exchange, &log, inputs.log_key.is_some()));
    found.push(granted(&exchange));
    found.extend(signatures(&exchange));
    found.extend(holders(&exchange));
    found.extend(anchored.into_iter().flatten());
    let size = log.checkpoint.checkpoint().size;
    found.push(Finding::Logged { entries: contents.entries.len(), size });
    found.push(match size_then.filter(|_| other_side_signed(contents.side, &exchange)) {
        Some(size_then) => Finding::LogContinues { size_then },
        None => Finding::LogIsSelfAsserted,
    });
    found.push(Finding::TimeIsAsserted);
    Ok(Findings::new(found))
}

/// What the other side's objects echo of this side's log.
fn commitment(side: Side, exchange: &Exchange) -> Digest {
    match side {
        Side::Holder => exchange.grant.payload().hlc.0,
        Side::Verifier => exchange.request.vlc,
    }
}

/// Whether anything in the pack shows that the other side held the commitment: a receipt echoes the
/// holder's, the grant the verifier's.
fn other_side_signed(side: Side, exchange: &Exchange) -> bool {
    side == Side::Verifier || exchange.receipts().next().is_some()
}

/// A chain for every certificate, at the time of each signature made with it.
fn check_anchors(exchange: &Exchange, trust: &TrustView) -> Result<Vec<Finding>, PackFault> {
    let request = &exchange.request;
    let mut found = vec![anchored(&request.x5c, trust, request.iat, Role::Verifier, Part::Request)?];
    for (part, at) in exchange.receipts() {
        anchored(&request.x5c, trust, at, Role::Verifier, part)?;
    }
    for (number, holder) in exchange.holders.iter().enumerate() {
        if let Some(issuer) = &holder.issuer {
            let part = Part::Presentation(number);
            found.push(anchored(&issuer.x5c, trust, holder.bound_at, Role::Issuer, part)?);
        }
    }
    Ok(found)
}

fn anchored(
    x5c: &[Vec<u8>],
    trust: &TrustView,
    at: UnixTime,
    role: Role,
    part: Part,
) -> Result<Finding, PackFault> {
    let stranger = |e: &dyn Coded| PackError::StrangerSigned.because(part, e);
    let chain = verify_chain(x5c, trust.anchors(), at, role).map_err(|e| stranger(&e))?;
    let name = match trust.standing(&chain).map_err(|e| stranger(&e))? {
        Standing::Listed(entry) => entry.party.names.en.clone(),
        Standing::NotListed => chain.shown_name().unwrap_or_default().to_owned(),
    };
    Ok(Finding::AnchoredBy { part, name, anchor: *chain.anchor_sha256() })
}

fn fingerprints(exchange: &Exchange, log: &CheckedLog, expected: bool) -> Vec<Finding> {
    let request = &exchange.request;
    let mut found = vec![Finding::VerifierCertificate {
        client_id: request.client_id.clone(),
        sha256: request.leaf_sha256,
    }];
    for (presentation, holder) in exchange.holders.iter().enumerate() {
        if let Some(issuer) = &holder.issuer {
            found.push(Finding::IssuerCertificate { presentation, sha256: issuer.leaf_sha256 });
        }
    }
    found.push(Finding::GrantKey { thumbprint: jwk::thumbprint(exchange.grant.key()) });
    found.push(Finding::LogKey { key: log.key.to_string(), expected });
    found
}

fn granted(exchange: &Exchange) -> Finding {
    let claims = |query: &DcqlQuery| query.credentials().iter().map(|c| c.claims().len()).sum();
    let grant = exchange.grant.payload();
    Finding::Granted {
        purposes: grant.purpose.iter().map(|purpose| purpose.code.clone()).collect(),
        asked: claims(&exchange.request.asked),
        granted: claims(&exchange.permitted),
        keep_days: grant.retain.days,
    }
}

fn signatures(exchange: &Exchange) -> Vec<Finding> {
    let mut found = vec![Finding::SignedByVerifier { part: Part::Request, at: exchange.request.iat }];
    found.extend(exchange.receipts().map(|(part, at)| Finding::SignedByVerifier { part, at }));
    if let Some(used) = &exchange.used {
        found.push(Finding::UseWasAccepted(matches!(used.payload().outcome, Outcome::Accepted {})));
    }
    found.push(Finding::SignedByGrantKey { part: Part::Grant, at: exchange.grant.payload().iat });
    if let Some(delivery) = &exchange.delivery {
        found.push(Finding::SignedByGrantKey { part: Part::Delivery, at: delivery.payload().iat });
    }
    found
}

fn holders(exchange: &Exchange) -> Vec<Finding> {
    let named = |(presentation, holder): (usize, &super::holder::CheckedHolder)| {
        holder.issuer.is_some().then_some(Finding::HolderIsNamed { presentation })
    };
    let named: Vec<Finding> = exchange.holders.iter().enumerate().filter_map(named).collect();
    if named.is_empty() { vec![Finding::NobodyVouchesForHolder] } else { named }
}
