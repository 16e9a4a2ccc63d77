//! Logs for others to judge, and theirs for us: `tests/interop/go/run.sh` runs the two ignored tests
//! with Go's `golang.org/x/mod/sumdb` in between. The files lie in `target/interop`.

#[cfg(test)]
mod interop {
    use std::path::PathBuf;

    use chop_crypto::encoding::{from_base64, to_base64};
    use chop_crypto::testing::{MemoryKeystore, SeededRandom};
    use chop_crypto::{Digest, KeyPurpose, KeyRef, Keystore, SigningDomain};
    use chop_ledger::{
        Checkpoint, ConsistencyClaim, Frontier, FsckError, InclusionClaim, LedgerError, Origin,
        VerifiedCheckpoint, VerifierKey, consistency_proof, fsck, inclusion_proof, leaf_data, leaf_hash,
        root, sign_note, stored_hash_index,
    };
    use serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        logs: Vec<LogFile>,
        bad_notes: Vec<BadNote>,
        bad_inclusion: Vec<Inclusion>,
        bad_consistency: Vec<Consistency>,
        places: Vec<Place>,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct LogFile {
        vkey: String,
        leaves: Vec<String>,
        stored: Vec<String>,
        checkpoints: Vec<SignedSize>,
        inclusion: Vec<Inclusion>,
        consistency: Vec<Consistency>,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct SignedSize {
        size: u64,
        note: String,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct BadNote {
        name: String,
        vkey: String,
        note: String,
    }

    #[derive(Serialize, Deserialize, Clone)]
    #[serde(deny_unknown_fields)]
    struct Inclusion {
        size: u64,
        index: u64,
        leaf_hash: String,
        root: String,
        #[serde(deserialize_with = "null_is_empty")]
        proof: Vec<String>,
    }

    #[derive(Serialize, Deserialize, Clone)]
    #[serde(deny_unknown_fields)]
    struct Consistency {
        old: u64,
        new: u64,
        old_root: String,
        new_root: String,
        #[serde(deserialize_with = "null_is_empty")]
        proof: Vec<String>,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Place {
        level: u32,
        n: u64,
        place: u64,
    }

    #[test]
    fn what_we_write_we_accept() {
        judge(&make());
    }

    #[test]
    #[ignore = "run by tests/interop/go/run.sh"]
    fn write_for_others() {
        std::fs::create_dir_all(folder()).unwrap();
        std::fs::write(folder().join("ledger.json"), serde_json::to_vec(&make()).unwrap()).unwrap();
    }

    #[test]
    #[ignore = "run by tests/interop/go/run.sh"]
    #[expect(clippy::print_stdout, reason = "the script shows the counts")]
    fn judge_what_others_made() {
        let bytes = std::fs::read(folder().join("ledger-go.json")).unwrap();
        let file: File = serde_json::from_slice(&bytes).unwrap();
        println!("Rust judged: {}", judge(&file));
    }

    /// Judges everything in the file and says how much it was.
    fn judge(file: &File) -> String {
        let (mut notes, mut proofs) = (0, 0);
        for log in &file.logs {
            let vkey = VerifierKey::parse(&log.vkey).unwrap();
            assert_eq!(vkey.to_string(), log.vkey);
            let leaves = log.leaves.iter().map(|leaf| Ok(leaf_hash(&from_base64(leaf).unwrap())));
            let stored: Vec<Digest> = log.stored.iter().map(|hash| digest(hash)).collect();
            let edge: Result<Frontier, FsckError<LedgerError>> = fsck(leaves, stored.iter().copied().map(Ok));
            assert_eq!(edge.unwrap().size(), log.leaves.len() as u64);
            for signed in &log.checkpoints {
                let read = VerifiedCheckpoint::read(&signed.note, &vkey).unwrap();
                assert_eq!(read.checkpoint().size, signed.size);
                assert_eq!(read.checkpoint().root, root(signed.size, stored.as_slice()).unwrap());
                notes += 1;
            }
            for proof in &log.inclusion {
                assert_eq!(proof.judge(), Ok(()));
                let own = inclusion_proof(proof.index, proof.size, stored.as_slice()).unwrap();
                assert_eq!(own.iter().map(|h| to_base64(h)).collect::<Vec<_>>(), proof.proof);
            }
            for proof in &log.consistency {
                assert_eq!(proof.judge(), Ok(()));
                let own = consistency_proof(proof.old, proof.new, stored.as_slice()).unwrap();
                assert_eq!(own.iter().map(|h| to_base64(h)).collect::<Vec<_>>(), proof.proof);
            }
            proofs += log.inclusion.len() + log.consistency.len();
        }
        for bad in &file.bad_notes {
            let vkey = VerifierKey::parse(&bad.vkey).unwrap();
            assert!(VerifiedCheckpoint::read(&bad.note, &vkey).is_err(), "{}", bad.name);
        }
        assert!(file.bad_inclusion.iter().all(|proof| proof.judge().is_err()));
        assert!(file.bad_consistency.iter().all(|proof| proof.judge().is_err()));
        for place in &file.places {
            assert_eq!(stored_hash_index(place.level, place.n), place.place);
        }
        assert!(notes > 0 && proofs > 0 && !file.bad_notes.is_empty() && !file.places.is_empty());
        format!(
            "{} logs, {notes} checkpoints, {proofs} proofs, {} places",
            file.logs.len(),
            file.places.len()
        )
    }

    impl Inclusion {
        fn judge(&self) -> Result<(), LedgerError> {
            let (leaf_hash, root) = (from_base64(&self.leaf_hash).unwrap(), from_base64(&self.root).unwrap());
            let proof = all_bytes(&self.proof);
            let (index, size) = (self.index, self.size);
            InclusionClaim { index, size, leaf_hash: &leaf_hash, proof: &proof, root: &root }.judge()
        }
    }

    impl Consistency {
        fn judge(&self) -> Result<(), LedgerError> {
            let (old_root, new_root) =
                (from_base64(&self.old_root).unwrap(), from_base64(&self.new_root).unwrap());
            let proof = all_bytes(&self.proof);
            let (old, new) = (self.old, self.new);
            ConsistencyClaim { old, new, old_root: &old_root, new_root: &new_root, proof: &proof }.judge()
        }
    }

    fn make() -> File {
        let mut file = File {
            logs: Vec::new(),
            bad_notes: Vec::new(),
            bad_inclusion: Vec::new(),
            bad_consistency: Vec::new(),
            places: Vec::new(),
        };
        for size in [1, 2, 3, 8, 21, 65] {
            let maker = Maker::new(&format!("interop {size}"));
            let log = maker.log(size);
            add_bad(&mut file, &maker, &log);
            file.logs.push(log);
        }
        for level in 0..40 {
            for n in (0..20).map(|i| 7u64.pow(i) % (1 << 21)) {
                file.places.push(Place { level, n, place: stored_hash_index(level, n) });
            }
        }
        file
    }

    /// One log's key.
    struct Maker {
        store: MemoryKeystore,
        key: KeyRef,
        vkey: VerifierKey,
    }

    impl Maker {
        fn new(seed: &str) -> Self {
            let store = MemoryKeystore::new(Box::new(SeededRandom::new(seed)));
            let key = store.generate(KeyPurpose::Log).unwrap();
            let origin = Origin::make(&SeededRandom::new(seed)).unwrap();
            let vkey = VerifierKey::new(origin.as_str(), *key.public.ed25519().unwrap()).unwrap();
            Self { store, key, vkey }
        }

        fn checkpoint(&self, size: u64, root: Digest) -> String {
            let checkpoint = Checkpoint { origin: self.vkey.name().to_owned(), size, root };
            checkpoint
                .sign(&self.vkey, |m| self.store.sign(&self.key.id, SigningDomain::Checkpoint, m))
                .unwrap()
        }

        fn log(&self, size: u64) -> LogFile {
            let mut frontier = Frontier::new();
            let (mut stored, mut roots, mut leaves) = (Vec::new(), vec![frontier.root()], Vec::new());
            for i in 0..size {
                let data = leaf_data(&[7; 32], &i.to_be_bytes());
                stored.extend(frontier.append(leaf_hash(&data)).unwrap());
                roots.push(frontier.root());
                leaves.push(data);
            }
            let text = |digest: &Digest| to_base64(digest);
            let texts = |digests: Vec<Digest>| digests.iter().map(text).collect();
            let inclusion = |index: u64| Inclusion {
                size,
                index,
                leaf_hash: text(&leaf_hash(&leaves[index as usize])),
                root: text(&roots[size as usize]),
                proof: texts(inclusion_proof(index, size, stored.as_slice()).unwrap()),
            };
            let consistency = |old: u64| Consistency {
                old,
                new: size,
                old_root: text(&roots[old as usize]),
                new_root: text(&roots[size as usize]),
                proof: texts(consistency_proof(old, size, stored.as_slice()).unwrap()),
            };
            let checkpoints = (0..).zip(&roots);
            LogFile {
                vkey: self.vkey.to_string(),
                checkpoints: checkpoints
                    .map(|(size, root)| SignedSize { size, note: self.checkpoint(size, *root) })
                    .collect(),
                inclusion: (0..size).map(inclusion).collect(),
                consistency: (1..=size).map(consistency).collect(),
                leaves: leaves.iter().map(text).collect(),
                stored: texts(stored.clone()),
            }
        }
    }

    /// Spoilt copies that both sides must refuse.
    fn add_bad(file: &mut File, maker: &Maker, log: &LogFile) {
        let note = &log.checkpoints[log.checkpoints.len() - 1].note;
        let foreign = VerifierKey::new(maker.vkey.name(), *Maker::new("foreign").vkey.public()).unwrap();
        let mut bad = |name: &str, vkey: &VerifierKey, note: String| {
            file.bad_notes.push(BadNote { name: name.to_owned(), vkey: vkey.to_string(), note });
        };
        bad("unknown key", &foreign, note.clone());
        bad("text changed", &maker.vkey, format!("x{note}"));
        bad("no final newline", &maker.vkey, note.trim_end().to_owned());
        bad("hyphen", &maker.vkey, note.replace('\u{2014}', "-"));
        bad("no padding", &maker.vkey, note.trim_end().trim_end_matches('=').to_owned() + "\n");
        let by_other = sign_note("other text\n", &maker.vkey, |m| {
            maker.store.sign(&maker.key.id, SigningDomain::Checkpoint, m)
        });
        let moved = note.split_once("\n\n").unwrap().0.to_owned()
            + "\n\n"
            + by_other.unwrap().split_once("\n\n").unwrap().1;
        bad("signature of another text", &maker.vkey, moved);
        for proof in &log.inclusion {
            file.bad_inclusion.push(Inclusion { leaf_hash: flip(&proof.leaf_hash), ..proof.clone() });
            file.bad_inclusion.push(Inclusion { root: flip(&proof.root), ..proof.clone() });
            file.bad_inclusion.push(Inclusion { index: proof.size, ..proof.clone() });
            file.bad_inclusion.push(Inclusion { proof: longer(&proof.proof), ..proof.clone() });
        }
        for proof in &log.consistency {
            file.bad_consistency.push(Consistency { old_root: flip(&proof.old_root), ..proof.clone() });
            file.bad_consistency.push(Consistency { new_root: flip(&proof.new_root), ..proof.clone() });
            file.bad_consistency.push(Consistency { old: proof.new + 1, ..proof.clone() });
            file.bad_consistency.push(Consistency { proof: longer(&proof.proof), ..proof.clone() });
        }
    }

    fn flip(hash: &str) -> String {
        let mut bytes = digest(hash);
        bytes[17] ^= 4;
        to_base64(&bytes)
    }

    fn longer(proof: &[String]) -> Vec<String> {
        [proof, &[to_base64(&[0; 32])]].concat()
    }

    fn digest(base64: &str) -> Digest {
        from_base64(base64).unwrap().try_into().unwrap()
    }

    fn all_bytes(base64: &[String]) -> Vec<Vec<u8>> {
        base64.iter().map(|text| from_base64(text).unwrap()).collect()
    }

    /// Go writes an empty list as `null`.
    fn null_is_empty<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
        Option::<Vec<String>>::deserialize(deserializer).map(Option::unwrap_or_default)
    }

    #[expect(clippy::disallowed_methods, reason = "the script says where the files lie")]
    fn folder() -> PathBuf {
        let default = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/interop");
        std::env::var_os("CHOP_INTEROP_DIR").map_or_else(default, PathBuf::from)
    }
}
