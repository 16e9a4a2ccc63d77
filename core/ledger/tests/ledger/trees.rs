//! Laws over trees of every small size and of random larger ones.

use chop_crypto::Digest;
use chop_ledger::{
    Difference, Frontier, FsckError, LedgerError, MAX_TREE_SIZE, consistency_proof, empty_root, fsck,
    hashes_for_append, inclusion_proof, leaf_data, leaf_hash, node_hash, root, stored_hash_count,
    verify_consistency, verify_inclusion,
};
use proptest::prelude::*;

use crate::world::tree;

/// RFC 6962 section 2.1, straight from its text: slow, and written apart from the code under test.
fn mth(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let mut k = 1;
            while k * 2 < leaves.len() {
                k *= 2;
            }
            node_hash(&mth(&leaves[..k]), &mth(&leaves[k..]))
        }
    }
}

#[test]
fn every_small_tree_proves_all_of_its_leaves_and_prefixes() {
    let all = tree(70);
    for size in 0..=70u64 {
        let new_root = root(size, all.stored.as_slice()).unwrap();
        assert_eq!(new_root, mth(&all.leaves[..size as usize]));
        assert_eq!(new_root, all.roots[size as usize]);
        for index in 0..size {
            let proof = inclusion_proof(index, size, all.stored.as_slice()).unwrap();
            let leaf = &all.leaves[index as usize];
            assert_eq!(verify_inclusion(leaf, index, size, &proof, &new_root), Ok(()), "{index} in {size}");
        }
        for old in 0..=size {
            let proof = consistency_proof(old, size, all.stored.as_slice()).unwrap();
            let old_root = &all.roots[old as usize];
            assert_eq!(verify_consistency(old, size, &proof, old_root, &new_root), Ok(()), "{old} in {size}");
        }
    }
}

#[test]
fn appending_by_store_and_by_edge_is_the_same() {
    let all = tree(130);
    let mut stored: Vec<Digest> = Vec::new();
    for (size, leaf) in (0..).zip(&all.leaves) {
        let mut frontier = Frontier::read(size, stored.as_slice()).unwrap();
        let added = hashes_for_append(size, *leaf, stored.as_slice()).unwrap();
        let places: Vec<u64> = added.iter().map(|(place, _)| *place).collect();
        assert_eq!(places, (stored_hash_count(size)..stored_hash_count(size + 1)).collect::<Vec<_>>());
        stored.extend(added.iter().map(|(_, hash)| hash));
        assert_eq!(frontier.append(*leaf).unwrap(), added.iter().map(|(_, h)| *h).collect::<Vec<_>>());
        assert_eq!(frontier.root(), root(size + 1, stored.as_slice()).unwrap());
    }
    assert_eq!(stored, all.stored);
}

/// Row 36 of protocol.md section 6: wrong index or size, leaf and node confused, index ≥ size.
#[test]
fn row_36_a_proof_holds_for_one_place_only() {
    let all = tree(13);
    let size = 13;
    let new_root = all.roots[13];
    for index in 0..size {
        let proof = inclusion_proof(index, size, all.stored.as_slice()).unwrap();
        let leaf = all.leaves[index as usize];
        for other in (0..size + 3).filter(|other| *other != index) {
            assert!(verify_inclusion(&leaf, other, size, &proof, &new_root).is_err(), "{index} as {other}");
        }
        // Sizes 9 to 16 ask for the same hashes from leaves on the left: the size is what the
        // checkpoint signs. Any size of another height is refused.
        for other in [0, 1, 7, 8, 17, 32, MAX_TREE_SIZE] {
            assert!(verify_inclusion(&leaf, index, other, &proof, &new_root).is_err(), "{index} of {other}");
        }
        let at = |index| verify_inclusion(&leaf, index, size, &proof, &new_root);
        assert_eq!(at(size), Err(LedgerError::OutsideTree));
        assert_eq!(at(u64::MAX), Err(LedgerError::OutsideTree));
    }
    let too_large = verify_inclusion(&all.leaves[0], 0, MAX_TREE_SIZE + 1, &[], &new_root);
    assert_eq!(too_large, Err(LedgerError::TooLarge));
}

/// Row 36 of protocol.md section 6: a node offered as a leaf, and a leaf as a node.
#[test]
fn row_36_a_node_is_no_leaf() {
    let all = tree(4);
    let [left, right] =
        [node_hash(&all.leaves[0], &all.leaves[1]), node_hash(&all.leaves[2], &all.leaves[3])];
    // The bytes under the root, taken for the data of a leaf of a tree of one.
    let posing = leaf_hash(&[left, right].concat());
    assert_eq!(verify_inclusion(&posing, 0, 1, &[], &all.roots[4]), Err(LedgerError::WrongRoot));
    // An inner node, taken for a leaf of a tree of two: the hash is right, which is why the leaf hash
    // must be computed from the data, as leaf_hash does, and the size come from the checkpoint.
    assert_eq!(leaf_hash(&leaf_data(&[0; 32], b"entry")).len(), 32);
    assert_ne!(leaf_hash(&[all.leaves[0], all.leaves[1]].concat()), left);
}

/// Row 34 of protocol.md section 6: two checkpoints of one size with different roots.
#[test]
fn row_34_two_roots_of_one_size_are_a_fork() {
    let (a, b) = (tree(9).roots[9], tree(8).roots[8]);
    assert_eq!(verify_consistency(9, 9, &[], &a, &b), Err(LedgerError::Fork));
    assert_eq!(verify_consistency(9, 9, &[], &a, &a), Ok(()));
    assert_eq!(verify_consistency(9, 8, &[], &a, &b), Err(LedgerError::OutsideTree));
    assert_eq!(verify_consistency(9, 9, &[a], &a, &a), Err(LedgerError::ProofLength));
    assert_eq!(verify_consistency(0, 9, &[], &empty_root(), &a), Ok(()));
    assert_eq!(verify_consistency(0, 9, &[], &b, &a), Err(LedgerError::WrongRoot));
}

#[test]
fn fsck_names_the_first_difference() {
    let all = tree(11);
    let check = |stored: &[Digest]| {
        let leaves = all.leaves.iter().map(|leaf| Ok::<_, LedgerError>(*leaf));
        fsck(leaves, stored.iter().map(|hash| Ok(*hash)))
    };
    assert_eq!(check(&all.stored).map(|edge| edge.root()), Ok(all.roots[11]));
    let mut changed = all.stored.clone();
    changed[6][0] ^= 1;
    changed[9][0] ^= 1;
    let at_six = Difference::Changed { place: 6, leaf: 3, level: 2 };
    assert_eq!(check(&changed), Err(FsckError::Differs(at_six)));
    assert_eq!(check(&all.stored[..7]), Err(FsckError::Differs(Difference::Missing { place: 7 })));
    let longer = [all.stored.as_slice(), &[[0; 32]]].concat();
    let surplus = Difference::Surplus { place: all.stored.len() as u64 };
    assert_eq!(check(&longer), Err(FsckError::Differs(surplus)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_continues_any_of_its_prefixes(size in 1u64..1500, part in any::<u64>()) {
        let all = tree(size);
        let old = part % (size + 1);
        let proof = consistency_proof(old, size, all.stored.as_slice()).unwrap();
        let (old_root, new_root) = (all.roots[old as usize], all.roots[size as usize]);
        prop_assert_eq!(verify_consistency(old, size, &proof, &old_root, &new_root), Ok(()));
    }

    #[test]
    fn a_changed_inclusion_proof_is_refused(size in 1u64..600, pick in any::<u64>(), change in Change::any()) {
        let all = tree(size);
        let index = pick % size;
        let mut proof = inclusion_proof(index, size, all.stored.as_slice()).unwrap();
        let (mut leaf, mut root) = (all.leaves[index as usize], all.roots[size as usize]);
        prop_assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()));
        change.apply(&mut proof, &mut leaf, &mut root);
        prop_assert!(verify_inclusion(&leaf, index, size, &proof, &root).is_err());
    }

    #[test]
    fn a_changed_consistency_proof_is_refused(size in 2u64..600, pick in any::<u64>(), change in Change::any()) {
        let all = tree(size);
        let old = 1 + pick % (size - 1);
        let mut proof = consistency_proof(old, size, all.stored.as_slice()).unwrap();
        let (mut old_root, mut new_root) = (all.roots[old as usize], all.roots[size as usize]);
        change.apply(&mut proof, &mut old_root, &mut new_root);
        prop_assert!(verify_consistency(old, size, &proof, &old_root, &new_root).is_err());
    }

    #[test]
    fn no_numbers_bring_the_verifier_down(
        a in any::<u64>(), b in any::<u64>(), proof in proptest::collection::vec(any::<[u8; 32]>(), 0..80),
    ) {
        prop_assert!(verify_inclusion(&[1; 32], a, b, &proof, &[2; 32]).is_err());
        let _ = verify_consistency(a, b, &proof, &[1; 32], &[2; 32]);
    }

    #[test]
    fn a_commitment_opens_to_one_entry_only(salt in any::<[u8; 32]>(), a in any::<Vec<u8>>(), b in any::<Vec<u8>>()) {
        prop_assert_eq!(leaf_data(&salt, &a) == leaf_data(&salt, &b), a == b);
    }
}

/// One change to a proof.
#[derive(Debug, Clone)]
enum Change {
    Flip(usize, u8),
    Drop(usize),
    Insert(usize, [u8; 32]),
    Swap(usize),
    Leaf(u8),
    Root(u8),
}

impl Change {
    fn any() -> impl Strategy<Value = Self> {
        prop_oneof![
            (any::<usize>(), 0u8..=255).prop_map(|(at, bit)| Self::Flip(at, bit)),
            any::<usize>().prop_map(Self::Drop),
            (any::<usize>(), any::<[u8; 32]>()).prop_map(|(at, hash)| Self::Insert(at, hash)),
            any::<usize>().prop_map(Self::Swap),
            (0u8..=255).prop_map(Self::Leaf),
            (0u8..=255).prop_map(Self::Root),
        ]
    }

    /// Applies the change; where a proof is too short for it, the root is changed instead.
    fn apply(self, proof: &mut Vec<Digest>, leaf: &mut Digest, root: &mut Digest) {
        let flip = |hash: &mut Digest, bit: u8| hash[usize::from(bit) / 8] ^= 1 << (bit % 8);
        match self {
            Self::Flip(at, bit) if !proof.is_empty() => {
                let at = at % proof.len();
                flip(&mut proof[at], bit);
            }
            Self::Drop(at) if !proof.is_empty() => drop(proof.remove(at % proof.len())),
            Self::Insert(at, hash) => proof.insert(at % (proof.len() + 1), hash),
            Self::Swap(at) if proof.len() > 1 => {
                let at = at % (proof.len() - 1);
                proof.swap(at, at + 1);
            }
            Self::Leaf(bit) => flip(leaf, bit),
            Self::Root(bit) | Self::Flip(_, bit) => flip(root, bit),
            Self::Drop(_) | Self::Swap(_) => flip(root, 0),
        }
    }
}
