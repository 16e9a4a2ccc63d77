//! A proof pack about one exchange, for somebody who has never seen this wallet.

use chop_formats::frame::MessageKind;
use chop_formats::log_entry::{EntryKind, LogEntry};
use chop_formats::proof_pack::{PackContents, PackEntry, PackOpening, PackPresentation, Side};
use chop_ledger::{UnverifiedNote, consistency_proof, inclusion_proof};
use chop_model::Id;
use chop_vault::table::artefact::{self, ArtefactKind};
use chop_vault::table::exchange::Role;
use chop_vault::table::log;
use chop_vault::table::secret::{self, SecretKind};
use chop_vault::{Read, VaultError};

use crate::journal::Entry;
use crate::{Error, Result, Wallet, WalletError};

impl Wallet {
    /// Writes the pack: the entries about this exchange with their proofs, the signed objects, and
    /// what opens the log commitment that the other side's receipts echo. No value of a claim is in
    /// it. With `with_credential`, the issuer-signed parts are, which show always-disclosed claims.
    ///
    /// # Errors
    /// `exchange.unknown`; `exchange.wrong-step` for an exchange without a grant.
    pub fn prove(&self, id: &Id, with_credential: bool) -> Result<Vec<u8>> {
        let row = self.exchange(id)?;
        let note = self.checkpoint()?;
        let contents = PackContents {
            side: if row.role == Role::Holder { Side::Holder } else { Side::Verifier },
            log_key: self.log_verifier_key()?.to_string(),
            entries: self.vault.read(|read| entries_about(read, id))?,
            request: self.stored_text(id, ArtefactKind::Request)?,
            grant: self.stored_text(id, ArtefactKind::Grant)?,
            delivery: self.optional(id, ArtefactKind::Delivery)?,
            consent_record: self.optional(id, ArtefactKind::ConsentRecord)?.map(String::into_bytes),
            ack: self.optional(id, ArtefactKind::Ack)?,
            used: self.optional(id, ArtefactKind::Use)?,
            refused: self.optional(id, ArtefactKind::Refused)?,
            erased: self.optional(id, ArtefactKind::Erased)?,
            presentations: self.pack_presentations(id, row.role, with_credential)?,
            opening: self.opening_of(id)?,
            checkpoint: note,
        };
        let bytes = contents.to_bytes()?;
        let entry = Entry::new(EntryKind::Exported, &self.ports)
            .text("proof-of", &id.to_string())
            .hash("pack", chop_crypto::sha256(&bytes));
        self.record("prove", entry, |_, _| Ok(()))?;
        Ok(bytes)
    }

    fn optional(&self, id: &Id, kind: ArtefactKind) -> Result<Option<String>> {
        match self.stored_text(id, kind) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error == Error::from(WalletError::WrongStep) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn pack_presentations(
        &self,
        id: &Id,
        role: Role,
        with_credential: bool,
    ) -> Result<Vec<PackPresentation>> {
        if role != Role::Holder {
            return Ok(Vec::new());
        }
        let stored = self.presented(id)?;
        stored.bindings.iter().map(|text| Ok(PackPresentation::of(text, with_credential)?)).collect()
    }

    /// The state of our log before this use, and how it leads to now. Nothing after a new epoch: the
    /// old state was signed under another origin, and the pack then says "self-asserted".
    fn opening_of(&self, id: &Id) -> Result<Option<PackOpening>> {
        let salt = self.vault.read(|read| secret::find(read, id, SecretKind::OwnLogSalt))?;
        let (Some(salt), Some(note)) = (salt, self.optional(id, ArtefactKind::Checkpoint)?) else {
            return Ok(None);
        };
        if UnverifiedNote::parse(&note)?.verify_alone(&self.log_verifier_key()?).is_err() {
            return Ok(None);
        }
        let old = size_of(&note).ok_or(WalletError::LogBroken)?;
        let proof = self.vault.read(|read| consistency_proof(old, log::size(read)?, read))?;
        // EXPOSE: opening the commitment is what the pack is for.
        Ok(Some(PackOpening { salt: *salt.expose(), note, proof }))
    }

    /// What is stored of an exchange's message of this kind, if it came to it.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn has_message(&self, id: &Id, kind: MessageKind) -> Result<bool> {
        let artefact = match kind {
            MessageKind::Request => ArtefactKind::Request,
            MessageKind::Data => ArtefactKind::Envelope,
            MessageKind::Ack | MessageKind::Key => ArtefactKind::Ack,
            MessageKind::Use => ArtefactKind::Use,
            MessageKind::Refused => ArtefactKind::Refused,
            MessageKind::Erased => ArtefactKind::Erased,
        };
        Ok(self.vault.read(|read| artefact::find_kind(read, id, artefact))?.is_some())
    }
}

/// Entries that name the exchange, each with its salt and its proof in the tree as it stands.
fn entries_about(read: &Read<'_>, id: &Id) -> std::result::Result<Vec<PackEntry>, VaultError> {
    let (size, name) = (log::size(read)?, id.to_string());
    let mut found = Vec::new();
    for index in 0..size {
        let Some(bytes) = log::entry(read, index)? else { continue };
        // EXPOSE: entries hold digests and ids; those about this exchange go into the pack.
        let bytes = bytes.expose();
        let is_about = LogEntry::read(bytes).is_ok_and(|entry| entry.text("exchange") == Some(&name));
        if let (true, Some(salt)) = (is_about, log::salt(read, index)?) {
            let proof = inclusion_proof(index, size, read)?;
            found.push(PackEntry { index, salt, bytes: bytes.to_vec(), proof });
        }
    }
    Ok(found)
}

/// The second line of a checkpoint is its size (C2SP tlog-checkpoint).
fn size_of(note: &str) -> Option<u64> {
    note.lines().nth(1)?.parse().ok()
}
