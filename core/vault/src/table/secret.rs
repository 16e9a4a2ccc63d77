//! `secret`: keys and salts of an exchange, until they are destroyed. Each value is at least 32
//! random bytes, so its digest in the log says nothing.

use chop_crypto::{Secret, SecretBytes};
use chop_model::Id;

use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

numbered! {
    /// What a secret is for.
    pub enum SecretKind {
        /// K, which opens the content.
        ContentKey = 1,
        /// The verifier's ephemeral agreement key.
        AgreementKey = 2,
        /// The salt of this side's blinded log commitment.
        OwnLogSalt = 3,
        /// The salt that opens the other side's, once it is shown.
        PeerLogSalt = 4,
        /// The key of an erasable artefact.
        BodyKey = 5,
        /// `k_qr`: the key in the code of an offer.
        OfferKey = 6,
        /// `k_rel`: the other half of the content's key.
        KeyShare = 7,
        /// What shows a relay that this space put the offer.
        OwnerSecret = 8,
        /// The private half of a key statement.
        StatedKey = 9,
        /// Anything else.
        Other = 255,
    }
}

/// One secret.
#[derive(Debug)]
pub struct Row {
    /// The exchange it belongs to.
    pub exchange: Id,
    /// What it is for.
    pub kind: SecretKind,
    /// The value.
    pub value: SecretBytes,
}

/// Keeps a secret.
///
/// # Errors
/// [`VaultError::Exists`] when the exchange has one of that kind.
pub fn insert(tx: &Tx<'_>, exchange: &Id, kind: SecretKind, value: &Secret<32>) -> Result<Fact, VaultError> {
    // EXPOSE: stored in the sealed database, which is where it lives.
    let row = Row { exchange: *exchange, kind, value: SecretBytes::new(value.expose().to_vec()) };
    tx.run(
        "INSERT INTO secret(exchange, kind, value) VALUES(?1, ?2, ?3)",
        (exchange.0, kind, row.value.expose()),
    )?;
    Ok(row.fact())
}

/// The secret of `kind`; nothing if there is none, or none any more.
///
/// # Errors
/// When the space cannot be read, or the value has another length.
pub fn find(read: &Read<'_>, exchange: &Id, kind: SecretKind) -> Result<Option<Secret<32>>, VaultError> {
    read.find("SELECT value FROM secret WHERE exchange = ?1 AND kind = ?2", (exchange.0, kind), |row| {
        Ok(Secret::new(row.get(0)?))
    })
}

/// Destroys a secret; whether there was one.
///
/// # Errors
/// When the space cannot be written.
pub fn destroy(tx: &Tx<'_>, exchange: &Id, kind: SecretKind) -> Result<bool, VaultError> {
    tx.purge_after();
    Ok(tx.run("DELETE FROM secret WHERE exchange = ?1 AND kind = ?2", (exchange.0, kind))? == 1)
}

/// The key of a row in the log's facts: exchange and kind.
pub fn key_of(exchange: &Id, kind: SecretKind) -> Vec<u8> {
    [exchange.0.as_slice(), &[kind.number()]].concat()
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        let Self { exchange, kind, value } = self;
        RowDigest::of("secret")
            .blob(&exchange.0)
            .int(kind.number())
            // EXPOSE: hashed; 32 random bytes cannot be guessed from their digest.
            .blob(value.expose())
            .finish(key_of(exchange, *kind))
    }
}
