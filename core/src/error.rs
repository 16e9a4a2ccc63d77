//! One error for every edge: a stable code, whose fault it is, whether data left, and parameters
//! that are safe to show. The words live in `locales/*/error.ftl`, one entry a code.

use std::fmt;

use chop_model::{Coded, Fault};

/// Whether anything had left the wallet when a step failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DataLeft {
    /// Nothing left.
    #[default]
    No,
    /// Sealed bytes were shown; without the key nobody reads them.
    SealedOnly,
    /// It may have left: a crash or a lost answer hides it.
    Unknown,
}

/// What went wrong, in a form that every edge can put into words.
///
/// `Display` is the code and a plain English line for logs; it holds no data of anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    code: &'static str,
    fault: Fault,
    text: String,
    params: Vec<(&'static str, String)>,
    left: DataLeft,
}

/// The result of a step of the wallet.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// The stable code, `area.what-is-wrong`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Whose fault it is.
    pub fn fault(&self) -> Fault {
        self.fault
    }

    /// Whether anything had left.
    pub fn data_left(&self) -> DataLeft {
        self.left
    }

    /// Named values for the words: counts, file names that the person gave, never claim values.
    pub fn params(&self) -> &[(&'static str, String)] {
        &self.params
    }

    /// The same error with a parameter for its words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.params.push((name, value.to_string()));
        self
    }

    /// The same error, saying that something may have left.
    #[must_use]
    pub fn after(mut self, left: DataLeft) -> Self {
        self.left = left;
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.text)?;
        for (name, value) in &self.params {
            write!(f, " ({name}: {value})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl<E: Coded> From<E> for Error {
    fn from(error: E) -> Self {
        Self {
            code: error.code(),
            fault: error.fault(),
            text: error.to_string(),
            params: Vec::new(),
            left: DataLeft::No,
        }
    }
}

chop_model::coded_errors! {
    /// What can go wrong in the wallet itself, above the formats and the vault.
    pub enum WalletError {
        /// An answer to this request was already given; the same request is never answered twice.
        AnsweredBefore => ("request.answered-before", Peer, "this request was answered before"),
        /// The verifier's nonce was used by another request of the same verifier.
        NonceSeen => ("exchange.nonce-seen", Peer, "this request's nonce was used before"),
        /// No exchange is waiting for what was scanned.
        NoExchange => ("exchange.unknown", User, "nothing here is waiting for this code"),
        /// The exchange is not at the step that this message belongs to.
        WrongStep => ("exchange.wrong-step", User, "the exchange is not at this step"),
        /// The grant's time is over.
        Expired => ("exchange.expired", Environment, "the grant's time is over"),
        /// The holder withdrew before the key left.
        Withdrawn => ("exchange.withdrawn", User, "the grant was withdrawn"),
        /// Too late to withdraw: the key was given out.
        AlreadyReleased => ("exchange.already-released", User, "the key was already given out"),
        /// The space was restored; grants from before are frozen.
        Frozen => ("exchange.frozen", Environment, "the space was restored or rolled back; this grant is frozen"),
        /// The vault is older than the key store says it was.
        RolledBack => ("log.rolled-back", Environment, "the space is older than its key store remembers"),
        /// The log does not agree with itself.
        LogBroken => ("log.broken", Environment, "the record does not agree with itself"),
        /// There is no such consent.
        NoConsent => ("consent.unknown", User, "there is no such consent"),
        /// The consent is held back by the person.
        ConsentPaused => ("consent.paused", User, "the consent is paused"),
        /// A use after the first asks again.
        AskAgain => ("consent.ask-again", User, "this consent asks again for each use"),
        /// The step needs a reason.
        NoReason => ("consent.no-reason", User, "the step needs a reason"),
        /// Only who gave the consent can do that.
        NotYours => ("consent.not-yours", User, "the consent was given by somebody else"),
        /// This asker was told no for this purpose a short time ago.
        Muted => ("request.muted", Peer, "this asker was told no for this purpose, and the no still holds"),
        /// Nothing was chosen to be granted.
        NothingChosen => ("consent.nothing-chosen", User, "nothing was chosen"),
        /// A choice names something that was not asked.
        NotAsked => ("consent.not-asked", User, "this was not asked for"),
        /// The page that was agreed to is not the page of these choices.
        OtherPage => ("consent.other-page", User, "the page agreed to is not the page of these choices"),
        /// A separate consent that the law asks for was not given, or a warning not answered.
        Unsettled => ("consent.unsettled", User, "a separate consent or the answer to a warning is missing"),
        /// A law finding blocks the grant.
        Blocked => ("consent.blocked", Peer, "a rule forbids this grant"),
        /// A grant of the highest level, and the owner has not proved to be there.
        NotPresent => ("consent.not-present", User, "this grant wants the passphrase once more"),
        /// A portrait or another biometric claim was to go by a QR code.
        BiometricByQr => ("grant.biometric-by-qr", User, "portraits and biometric claims never go into a QR code"),
        /// An answer without a question, for what no standing rule opens.
        NotOpen => ("consent.not-open", User, "no standing rule of the holder answers this by itself"),
        /// The guardian signs for a child by an act of their own, and only then.
        GuardianAct => ("consent.guardian-act", User, "the guardian's signature is missing, or nobody asked for it"),
        /// An annotated copy was asked for, and nothing is written on it yet.
        NoteMissing => ("copy.note-missing", User, "an annotated copy needs a reason and the name of who makes it"),
        /// What was chosen is no document or record of the holder's own that could be copied.
        NoCopy => ("copy.not-possible", User, "nothing here can be copied with a note"),
        /// There is no such profile.
        NoSuchProfile => ("profile.unknown", User, "there is no such profile"),
        /// Not a birth date.
        BadBirthDate => ("profile.birth-date", User, "the birth date is no date, or is still to come"),
        /// A profile without a name, or without its guardian's.
        Nameless => ("profile.nameless", User, "a profile needs the name of the person and of the guardian"),
        /// What was named as evidence shows no relation.
        NoEvidence => ("profile.no-evidence", User, "this holding shows no relation to anybody"),
        /// No holding can answer what was asked.
        NothingHeld => ("holding.none-fits", User, "nothing held answers this request"),
        /// There is no such holding.
        NoSuchItem => ("holding.unknown", User, "there is no such holding"),
        /// The holding was erased.
        ErasedItem => ("holding.erased", User, "the holding was erased"),
        /// The file is larger than the product takes.
        TooLarge => ("holding.too-large", User, "the file is larger than 100 MiB"),
        /// The file's form is not known.
        UnknownForm => ("holding.unknown-form", User, "the form of this file is not known"),
        /// The credential is bound to a key that this wallet does not have.
        ForeignKey => ("holding.foreign-key", User, "the credential is bound to a key this wallet does not have"),
        /// What was received does not match what was granted.
        NotGranted => ("presentation.not-granted", Peer, "what was received is not what was granted"),
        /// The content that was delivered cannot be opened with the key that was given.
        JunkContent => ("presentation.junk", Peer, "the content does not open with the key that was given"),
        /// The trust list is older than the one already held.
        OlderList => ("trust.older", Peer, "the list is older than the one already held"),
        /// The code is none that this product knows.
        UnknownCode => ("scan.unknown", Peer, "the code is none of ours"),
        /// Frames are missing before the message is whole.
        MissingFrames => ("scan.missing-frames", User, "frames are missing"),
        /// The message is of another kind than this step waits for.
        OtherMessage => ("scan.other-message", User, "this code belongs to another step"),
        /// The verifier's key has no certificate yet.
        NotCertified => ("key.not-certified", User, "this space has no certificate to ask with"),
        /// The certificate is for another key.
        OtherCertificate => ("key.other-certificate", User, "the certificate is for another key"),
        /// The grant is on other terms than were asked, or for something else.
        OtherTerms => ("grant.other-terms", Peer, "the grant is not on the terms that were asked"),
        /// The file is too large for QR codes.
        TooLargeForOptic => ("grant.too-large-for-optic", User, "the file is too large to go by QR codes"),
        /// The file with the private keys of this space is not where it should be.
        NoKeystore => ("key.no-keystore", Environment, "the key store file of this space is not here"),
        /// The place of the person was not set.
        NoPlace => ("space.no-place", User, "where the space's owner lives was not said"),
        /// A step that is ours went wrong.
        Internal => ("core.internal", Bug, "a step inside went wrong"),
    }
}
