//! Proofs in the JSON form of transparency-dev/merkle's test data. Which kind it is, its members say.

use std::path::Path;

use chop_core::Error;
use chop_core::plumbing::crypto::encoding::from_base64;
use chop_core::plumbing::formats::json::parse_as;
use chop_core::plumbing::ledger::{ConsistencyClaim, InclusionClaim};
use serde::Deserialize;
use serde_json::json;

use super::not_valid;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;

/// Judges a proof.
pub(crate) fn check(file: &Path) -> Result<Report, Failure> {
    let bytes = files::read(file)?;
    Ok(match judge(&bytes) {
        Ok(kind) => Report::done(format!("valid {kind} proof"), json!({ "valid": true, "kind": kind })),
        Err(error) => not_valid(error),
    })
}

fn judge(bytes: &[u8]) -> Result<&'static str, Error> {
    match parse_as(bytes, MAX_PROOF_BYTES)? {
        Proof::Inclusion(claim) => {
            let (leaf_hash, root) = (from_base64(&claim.leaf_hash)?, from_base64(&claim.root)?);
            let (index, size, proof) = (claim.leaf_idx, claim.tree_size, hashes(claim.proof)?);
            InclusionClaim { index, size, leaf_hash: &leaf_hash, proof: &proof, root: &root }.judge()?;
            Ok("inclusion")
        }
        Proof::Consistency(claim) => {
            let (old_root, new_root) = (from_base64(&claim.root1)?, from_base64(&claim.root2)?);
            let (old, new, proof) = (claim.size1, claim.size2, hashes(claim.proof)?);
            ConsistencyClaim { old, new, old_root: &old_root, new_root: &new_root, proof: &proof }.judge()?;
            Ok("consistency")
        }
    }
}

/// `null` is a proof without hashes.
fn hashes(proof: Option<Vec<String>>) -> Result<Vec<Vec<u8>>, Error> {
    Ok(proof.unwrap_or_default().iter().map(|hash| from_base64(hash)).collect::<Result<_, _>>()?)
}

/// Members that are not needed for the verdict (`desc`, `wantErr`) are ignored.
#[derive(Deserialize)]
#[serde(untagged)]
enum Proof {
    Inclusion(Inclusion),
    Consistency(Consistency),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Inclusion {
    leaf_idx: u64,
    tree_size: u64,
    root: String,
    leaf_hash: String,
    proof: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consistency {
    size1: u64,
    size2: u64,
    root1: String,
    root2: String,
    proof: Option<Vec<String>>,
}

/// Bytes of a proof file: 63 hashes fit many times.
const MAX_PROOF_BYTES: usize = 1 << 20;
