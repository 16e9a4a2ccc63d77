//! What can be wrong with a tree, a proof, a note or a checkpoint.

use chop_model::coded_errors;

coded_errors! {
    /// What can be wrong with a tree or a proof.
    pub enum LedgerError {
        /// A size beyond [`crate::MAX_TREE_SIZE`].
        TooLarge => ("ledger.too-large", Peer, "the tree is larger than a tree may be"),
        /// An index at or behind the size, or a tree that would have to shrink.
        OutsideTree => ("ledger.outside-tree", Peer, "the proof speaks of a place outside the tree"),
        /// Something that stands for a hash is not 32 bytes long.
        NotAHash => ("ledger.not-a-hash", Peer, "a hash in the proof is not 32 bytes long"),
        /// More or fewer hashes than the index and the sizes ask for.
        ProofLength => ("ledger.proof-length", Peer, "the proof has more or fewer hashes than its tree asks for"),
        /// The hashes lead to another root.
        WrongRoot => ("ledger.wrong-root", Peer, "the proof leads to another root"),
        /// Two roots for one size: somebody was shown another log.
        Fork => ("ledger.fork", Peer, "there are two different logs of the same size"),
        /// The store does not have a hash that a tree of this size has.
        MissingHash => ("ledger.missing-hash", Environment, "a stored hash of the log is missing"),
        /// The text is not a C2SP tlog-proof.
        BadProofText => ("ledger.bad-proof-text", Peer, "the text is not a log proof"),
    }
}

coded_errors! {
    /// What can be wrong with a signed note or the checkpoint in it.
    pub enum NoteError {
        /// More bytes or signatures than a note may have.
        TooLarge => ("note.too-large", Peer, "the signed note is larger than a note may be"),
        /// Not the form of a signed note.
        Malformed => ("note.malformed", Peer, "the text is not a signed note"),
        /// Not the form of a verifier key.
        BadKey => ("note.bad-key", Peer, "the text is not the key of a log"),
        /// No signature by a known key.
        UnknownSigner => ("note.unknown-signer", Peer, "no known key signed the note"),
        /// A known key's signature that does not verify.
        BadSignature => ("note.bad-signature", Peer, "the signature on the note does not verify"),
        /// Where exactly one signature line is wanted: none, or more.
        NotAlone => ("note.not-alone", Peer, "the note does not have exactly one signature"),
        /// The note's text is not a checkpoint.
        NotACheckpoint => ("checkpoint.malformed", Peer, "the note is not the checkpoint of a log"),
        /// Lines behind the third, where none are wanted.
        Extension => ("checkpoint.extension", Peer, "the checkpoint has extension lines"),
        /// A size of 0 with a root that is not that of the empty tree.
        EmptyRoot => ("checkpoint.empty-root", Peer, "the checkpoint of an empty log has a root of something"),
        /// A size beyond [`crate::MAX_TREE_SIZE`].
        TooManyLeaves => ("checkpoint.too-large", Peer, "the checkpoint is of a log larger than a log may be"),
        /// The origin is not the one of the key, or not one of ours.
        WrongOrigin => ("checkpoint.wrong-origin", Peer, "the checkpoint is of another log"),
        /// The signing key or the random source gave nothing.
        NotSigned => ("note.not-signed", Environment, "the note could not be signed"),
    }
}
