//! Checks a dossier on a machine that never saw the wallet.

use chop_formats::dossier::{PROOF, UnverifiedDossier, VerifiedDossier};
use chop_formats::proof_pack::{CheckInputs, Findings, UnverifiedPack};
use chop_model::UnixTime;

use crate::Result;

use super::TransferError;

/// A dossier whose signature, parts and log extract hold.
#[derive(Debug)]
pub struct CheckedDossier {
    /// What was signed, part by part.
    pub dossier: VerifiedDossier,
    /// What the proof pack in it shows.
    pub proof: Findings,
}

/// Checks signature, parts, grant, record and proof pack, and that they are about one grant. That the
/// statements in it are true is not checked: they are the recipient's and the person's.
///
/// # Errors
/// `dossier.*`, `jose.*`, `grant.*`, `record.*`, `pack.*`; `transfer.other-proof`.
pub fn check_dossier(bytes: &[u8], inputs: &CheckInputs<'_>, now: UnixTime) -> Result<CheckedDossier> {
    let dossier = UnverifiedDossier::read(bytes)?.verify(now)?;
    let pack = UnverifiedPack::read(dossier.part(PROOF).unwrap_or_default())?;
    if pack.dangerous_contents().grant != dossier.grant().text() {
        return Err(TransferError::OtherProof.into());
    }
    let proof = pack.check(inputs)?;
    Ok(CheckedDossier { dossier, proof })
}
