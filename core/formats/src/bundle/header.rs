//! The head of a bundle: who can open it, and at what cost.

use std::io::Read;

use chop_crypto::{
    Argon2Cost, CryptoError, Digest, Random, Secret, SecretBytes, argon2id, hkdf_sha256, make_array, open,
    seal, sha256,
};

use super::BundleError;
use crate::cbor::{CborError, Deterministic, Reader, Writer};

/// A recovery code: 160 random bits.
pub type RecoverySecret = Secret<20>;

/// What a new bundle can be opened with: at least one of the two.
#[derive(Debug, Default)]
pub struct BundleKeys<'a> {
    /// A passphrase and what one try at it shall cost.
    pub passphrase: Option<(&'a SecretBytes, Argon2Cost)>,
    /// A recovery code.
    pub recovery: Option<&'a RecoverySecret>,
}

/// A head that was read: its slots, and the hash that every chunk is bound to.
pub(super) struct Header {
    slots: Vec<Slot>,
    pub(super) digest: Digest,
}

struct Slot {
    kind: SlotKind,
    salt: [u8; 32],
    wrapped: Vec<u8>,
}

#[derive(Clone, Copy)]
enum SlotKind {
    Passphrase(Argon2Cost),
    Recovery,
}

impl Header {
    /// Seals `file_key` for each of `keys`; the head and all its bytes.
    pub(super) fn make(
        random: &dyn Random,
        keys: &BundleKeys<'_>,
        file_key: &Secret<32>,
    ) -> Result<(Digest, Vec<u8>), BundleError> {
        let mut slots = Vec::new();
        if let Some((passphrase, cost)) = keys.passphrase {
            slots.push(Slot::make(random, SlotKind::Passphrase(cost), file_key, &|salt| {
                passphrase_key(passphrase, salt, cost)
            })?);
        }
        if let Some(code) = keys.recovery {
            slots.push(Slot::make(random, SlotKind::Recovery, file_key, &|salt| recovery_key(code, salt))?);
        }
        if slots.is_empty() {
            return Err(BundleError::NoSecret);
        }
        let bytes = to_bytes(&slots)?;
        Ok((sha256(&bytes), bytes))
    }

    /// Reads the head from the start of a bundle.
    pub(super) fn read(from: &mut dyn Read) -> Result<Self, BundleError> {
        let mut fixed = [0; FIXED];
        from.read_exact(&mut fixed).map_err(|e| cut_off(&e, BundleError::NotABundle))?;
        let rest = fixed.strip_prefix(MAGIC).ok_or(BundleError::NotABundle)?;
        let &[version, high, low] = rest else { return Err(BundleError::NotABundle) };
        if version != VERSION {
            return Err(BundleError::NewerVersion);
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        if length > MAX_HEADER {
            return Err(BundleError::BadHeader);
        }
        let mut header = vec![0; length];
        from.read_exact(&mut header).map_err(|e| cut_off(&e, BundleError::Truncated))?;
        let slots = read_slots(&header)?;
        Ok(Self { slots, digest: sha256(&[&fixed[..], &header].concat()) })
    }

    pub(super) fn open_with_passphrase(&self, passphrase: &SecretBytes) -> Result<Secret<32>, BundleError> {
        self.open(&|slot| match slot.kind {
            SlotKind::Passphrase(cost) => Some(passphrase_key(passphrase, &slot.salt, cost)),
            SlotKind::Recovery => None,
        })
    }

    pub(super) fn open_with_recovery(&self, code: &RecoverySecret) -> Result<Secret<32>, BundleError> {
        self.open(&|slot| match slot.kind {
            SlotKind::Recovery => Some(recovery_key(code, &slot.salt)),
            SlotKind::Passphrase(_) => None,
        })
    }

    fn open(
        &self,
        key_of: &dyn Fn(&Slot) -> Option<Result<Secret<32>, BundleError>>,
    ) -> Result<Secret<32>, BundleError> {
        let mut outcome = BundleError::NoSuchSlot;
        for slot in &self.slots {
            let Some(key) = key_of(slot) else { continue };
            outcome = BundleError::WrongSecret;
            if let Ok(file_key) = open(&key?, &slot.context(), &slot.wrapped) {
                // EXPOSE: the opened bytes are the file key.
                return Secret::from_slice(file_key.expose()).ok_or(BundleError::BadHeader);
            }
        }
        Err(outcome)
    }
}

impl Slot {
    fn make(
        random: &dyn Random,
        kind: SlotKind,
        file_key: &Secret<32>,
        key_of: &dyn Fn(&[u8; 32]) -> Result<Secret<32>, BundleError>,
    ) -> Result<Self, BundleError> {
        let salt = make_array(random).map_err(from_crypto)?;
        let mut slot = Self { kind, salt, wrapped: Vec::new() };
        // EXPOSE: the file key is what the slot seals.
        slot.wrapped =
            seal(random, &key_of(&salt)?, &slot.context(), file_key.expose()).map_err(from_crypto)?;
        Ok(slot)
    }

    /// What the sealed file key is bound to: all of its slot.
    fn context(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.array(6).text("chop/1/bundle/slot");
        self.write_head(&mut writer);
        writer.finish()
    }

    fn write_head(&self, writer: &mut Writer) {
        let (number, cost) = match self.kind {
            SlotKind::Passphrase(cost) => (PASSPHRASE, cost),
            SlotKind::Recovery => (RECOVERY, NO_COST),
        };
        writer.uint(number).uint(cost.memory_kib.into()).uint(cost.passes.into()).uint(cost.lanes.into());
        writer.bytes(&self.salt);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BundleError> {
        reader.array(6)?;
        let kind = reader.uint()?;
        let (memory_kib, passes, lanes) = (small(reader)?, small(reader)?, small(reader)?);
        let cost = Argon2Cost { memory_kib, passes, lanes };
        let kind = match kind {
            // A cheap cost would let the passphrase be guessed, a huge one stop the machine.
            PASSPHRASE if !cost.is_acceptable() => return Err(BundleError::BadCost),
            PASSPHRASE => SlotKind::Passphrase(cost),
            RECOVERY if cost == NO_COST => SlotKind::Recovery,
            _ => return Err(BundleError::BadHeader),
        };
        let salt = reader.array_of()?;
        let wrapped = reader.array_of::<WRAPPED>()?.to_vec();
        Ok(Self { kind, salt, wrapped })
    }
}

fn to_bytes(slots: &[Slot]) -> Result<Vec<u8>, BundleError> {
    let mut writer = Writer::new();
    writer.array(slots.len());
    for slot in slots {
        writer.array(6);
        slot.write_head(&mut writer);
        writer.bytes(&slot.wrapped);
    }
    let header = writer.finish();
    let length = u16::try_from(header.len()).map_err(|_| BundleError::Sealing)?;
    Ok([MAGIC, &[VERSION], &length.to_be_bytes(), &header].concat())
}

fn read_slots(header: &[u8]) -> Result<Vec<Slot>, BundleError> {
    let mut reader = Deterministic::check(header, MAX_HEADER)?.reader();
    let mut slots = Vec::new();
    for _ in 0..reader.array_up_to(MAX_SLOTS)? {
        slots.push(Slot::read(&mut reader)?);
    }
    reader.finish()?;
    if slots.is_empty() { Err(BundleError::BadHeader) } else { Ok(slots) }
}

fn small(reader: &mut Reader<'_>) -> Result<u32, BundleError> {
    u32::try_from(reader.uint()?).map_err(|_| BundleError::BadCost)
}

fn passphrase_key(
    passphrase: &SecretBytes,
    salt: &[u8; 32],
    cost: Argon2Cost,
) -> Result<Secret<32>, BundleError> {
    // EXPOSE: the key is derived from the passphrase.
    argon2id(passphrase.expose(), salt, cost).map_err(from_crypto)
}

fn recovery_key(code: &RecoverySecret, salt: &[u8; 32]) -> Result<Secret<32>, BundleError> {
    // EXPOSE: the key is derived from the code.
    hkdf_sha256(code.expose(), &[b"chop/1/bundle/recovery", salt]).map_err(from_crypto)
}

fn from_crypto(error: CryptoError) -> BundleError {
    match error {
        CryptoError::Random => BundleError::Random,
        CryptoError::BadCost => BundleError::BadCost,
        _ => BundleError::Sealing,
    }
}

fn cut_off(error: &std::io::Error, at_end: BundleError) -> BundleError {
    if error.kind() == std::io::ErrorKind::UnexpectedEof { at_end } else { BundleError::Io }
}

impl From<CborError> for BundleError {
    fn from(_: CborError) -> Self {
        Self::BadHeader
    }
}

const MAGIC: &[u8] = b"CHOP-BUNDLE\n";
const VERSION: u8 = 1;
const FIXED: usize = 12 + 1 + 2;
const MAX_HEADER: usize = 4096;
const MAX_SLOTS: usize = 8;
const PASSPHRASE: u64 = 1;
const RECOVERY: u64 = 2;
const NO_COST: Argon2Cost = Argon2Cost { memory_kib: 0, passes: 0, lanes: 0 };
const WRAPPED: usize = chop_crypto::NONCE_LEN + 32 + chop_crypto::TAG_LEN;
