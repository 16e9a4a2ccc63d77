//! C2: what the relay checks of a claim and of an acknowledgement before anything changes. It knows no
//! grant and no delivery note, only their hashes, which came with the offer.

use chop_crypto::Digest;
use chop_formats::jose::jws::UnverifiedJws;
use chop_formats::object::{MAX_SKEW, SignedObject as _};
use chop_formats::offer::{ExpectedClaim, UnverifiedClaim};
use chop_formats::receipt::Ack;
use chop_formats::relay::{Message as _, OfferId, Policy, RelayRefusal};
use chop_formats::trust_list::TrustView;
use chop_formats::x509::Anchors;
use chop_model::UnixTime;

use crate::offer::{Bound, Claimant};

/// That an acknowledgement was checked: whoever releases for one holds this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked(());

/// Checks a `chop-claim+jwt`: signature, chain to one of our authorities, times, this relay, this offer,
/// this grant, and that the offer is for whoever signed it.
pub(crate) fn claim(
    body: &[u8],
    origin: &str,
    g: OfferId,
    bound: &Bound,
    anchors: &Anchors,
    now: UnixTime,
) -> Result<Claimant, RelayRefusal> {
    let text = std::str::from_utf8(body).map_err(|_| RelayRefusal::BadClaim)?;
    let expected = ExpectedClaim { aud: origin.to_owned(), offer: g, grant: bound.grant };
    let trust = TrustView::default().with_anchors(anchors);
    let claim = UnverifiedClaim::parse(text)
        .and_then(|claim| claim.verify(&trust, &expected, now))
        .map_err(|_| RelayRefusal::BadClaim)?;
    let who = claim.signatory();
    let policy = Policy::from_bytes(&bound.policy).map_err(|_| RelayRefusal::Internal)?;
    let organisation = who.organisation();
    if !policy.allows(&who.client_id, &organisation, who.chain.anchor_sha256()) {
        return Err(RelayRefusal::NotAllowed);
    }
    Ok(Claimant {
        client_id: who.client_id.clone(),
        organisation,
        leaf: who.leaf(),
        key: *who.chain.leaf_key(),
    })
}

/// Checks a `chop-ack+jwt`: signed by the key of the claim, under its certificate, and of exactly what
/// this relay holds.
pub(crate) fn acknowledgement(
    body: &[u8],
    claim: &Digest,
    bound: &Bound,
    claimant: &Claimant,
    now: UnixTime,
) -> Result<Checked, RelayRefusal> {
    let bad = |_| RelayRefusal::BadAcknowledgement;
    let text = std::str::from_utf8(body).map_err(|_| RelayRefusal::BadAcknowledgement)?;
    let jws = UnverifiedJws::parse(text, Ack::MAX_TEXT).map_err(bad)?;
    let jws = jws.verify(&claimant.key, Ack::TYP).map_err(bad)?;
    let leaf = jws.header().x5t_s256;
    let ack: Ack = jws.json().map_err(bad)?;
    let Bound { policy: _, grant, dn, ct, kc } = bound;
    let fits = [
        leaf == Some(claimant.leaf),
        ack.iss == claimant.client_id,
        ack.org == claimant.organisation,
        ack.grant.0 == *grant,
        ack.dn.0 == *dn,
        // In C2 the claim stands where the request does in the other modes.
        ack.req.0 == *claim,
        ack.ct.0 == *ct,
        ack.kc.0 == *kc,
        ack.iat.since(now) <= MAX_SKEW,
    ];
    if fits.into_iter().all(|fit| fit) { Ok(Checked(())) } else { Err(RelayRefusal::BadAcknowledgement) }
}
