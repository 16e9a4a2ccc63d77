//! transparency-dev/merkle test data from `../shared/vectors/merkle`.

use std::path::{Path, PathBuf};

use chop_crypto::encoding::from_base64;
use chop_ledger::{ConsistencyClaim, InclusionClaim};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Inclusion {
    leaf_idx: u64,
    tree_size: u64,
    root: String,
    leaf_hash: String,
    proof: Option<Vec<String>>,
    desc: String,
    want_err: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Consistency {
    size1: u64,
    size2: u64,
    root1: String,
    root2: String,
    proof: Option<Vec<String>>,
    desc: String,
    want_err: bool,
}

#[test]
fn inclusion_proofs_are_judged_as_their_authors_judge_them() {
    let Some(files) = vectors("merkle/inclusion") else { return };
    assert!(files.len() >= 18, "{} inclusion vectors", files.len());
    for file in files {
        let v: Inclusion = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let (leaf_hash, root) = (bytes(&v.leaf_hash), bytes(&v.root));
        let proof = all_bytes(v.proof.as_deref());
        let (index, size) = (v.leaf_idx, v.tree_size);
        let judged =
            InclusionClaim { index, size, leaf_hash: &leaf_hash, proof: &proof, root: &root }.judge();
        assert_eq!(judged.is_err(), v.want_err, "{} ({judged:?})", v.desc);
    }
}

#[test]
fn consistency_proofs_are_judged_as_their_authors_judge_them() {
    let Some(files) = vectors("merkle/consistency") else { return };
    assert!(!files.is_empty());
    for file in files {
        let v: Consistency = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let (old_root, new_root) = (bytes(&v.root1), bytes(&v.root2));
        let proof = all_bytes(v.proof.as_deref());
        let (old, new) = (v.size1, v.size2);
        let judged =
            ConsistencyClaim { old, new, old_root: &old_root, new_root: &new_root, proof: &proof }.judge();
        assert_eq!(judged.is_err(), v.want_err, "{} ({judged:?})", v.desc);
    }
}

fn bytes(base64: &str) -> Vec<u8> {
    from_base64(base64).unwrap()
}

fn all_bytes(base64: Option<&[String]>) -> Vec<Vec<u8>> {
    base64.unwrap_or_default().iter().map(|text| bytes(text)).collect()
}

/// Every JSON file under a folder of the shared vectors. They lie beside the clone; a machine
/// without them says so, and CI, which has them, fails.
#[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a test may look at CI and speak")]
fn vectors(folder: &str) -> Option<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors");
    if !root.exists() {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "../shared/vectors is missing");
        eprintln!("SKIPPED: ../shared/vectors is not on this machine");
        return None;
    }
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    Some(found)
}
