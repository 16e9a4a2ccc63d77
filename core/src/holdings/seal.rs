//! What the seal of a credential says, and who stands behind it: judged when it comes in, when a trust
//! list is added, and again whenever it is about to be granted.

use chop_formats::log_entry::EntryKind;
use chop_formats::sd_jwt_vc::UnverifiedCredential;
use chop_formats::status_list::Status;
use chop_formats::trust_list::{Standing, TrustRule};
use chop_formats::x509::{Role, verify_chain};
use chop_model::LangText;
use chop_vault::table::item::{self, ItemState, Seal};
use chop_vault::{VaultError, search};

use super::{Form, Held, search_words};
use crate::journal::Entry;
use crate::notice::SealState;
use crate::status::StatusNow;
use crate::{Result, Wallet};

impl Wallet {
    /// What the seal of a holding says now, rather than when it came in, and the issuer's names.
    pub(crate) fn seal_now(&self, held: &Held, stored: Seal) -> (Seal, SealState, LangText) {
        let without_names = |seal| (seal, SealState::CannotCheck, LangText::same(""));
        match held {
            Held::Credential(held) => match UnverifiedCredential::parse(held.text()) {
                Ok(credential) => {
                    let judged = self.judge_seal(credential);
                    (judged.seal, judged.state(), judged.names)
                }
                Err(_) => (Seal::Invalid, SealState::Invalid, LangText::same("")),
            },
            Held::Own { .. } => without_names(stored),
        }
    }

    /// What the seal of a credential says now, and by whose name.
    pub(crate) fn judge_seal(&self, credential: UnverifiedCredential) -> Judged {
        let now = self.ports.clock.now();
        let x5c = credential.header().x5c.clone();
        let Ok(trust) = self.trust() else { return Judged::cannot("seal-no-trust") };
        let chain = match verify_chain(&x5c, trust.anchors(), now, Role::Issuer) {
            Ok(chain) => chain,
            Err(error) => return Judged::cannot(chop_model::Coded::code(&error)),
        };
        let standing = match trust.standing(&chain) {
            Ok(standing) => standing,
            Err(error) => return Judged::cannot(chop_model::Coded::code(&error)),
        };
        let names = match &standing {
            Standing::Listed(entry) => entry.party.names.clone(),
            Standing::NotListed => LangText::same(chain.shown_name().unwrap_or_default()),
        };
        match credential.verify(chain.leaf_key(), now) {
            // A good signature by somebody who is not named for this type vouches for nothing.
            Ok(verified) if !trust.may_issue(&standing, verified.vct()) => {
                Judged::cannot(chop_model::Coded::code(&TrustRule::OtherRole))
            }
            Ok(verified) => {
                let named = verified.status().map(|status| &status.status);
                let (seal, reason) = match self.status_now(named, &chain, &trust) {
                    StatusNow::NoList | StatusNow::NotChecked => (Seal::Valid, NOT_CHECKED),
                    StatusNow::Checked { status, .. } => match status {
                        Status::Valid => (Seal::Valid, CHECKED),
                        Status::Invalid => (Seal::Invalid, REVOKED),
                        Status::Suspended => (Seal::Invalid, SUSPENDED),
                        Status::ApplicationSpecific(_) | Status::Unknown(_) => (Seal::CannotCheck, OTHER),
                    },
                };
                Judged { seal, reason: reason.into(), names }
            }
            Err(error) => {
                Judged { seal: Seal::Invalid, reason: chop_model::Coded::code(&error).into(), names }
            }
        }
    }

    /// Judges every credential's seal again, as after a new trust list; how many changed.
    ///
    /// # Errors
    /// When the vault cannot be read or written.
    pub fn judge_seals_again(&self) -> Result<usize> {
        let mut changed = Vec::new();
        let mut credentials = Vec::new();
        self.vault.read(|read| {
            item::each(read, &mut |row| {
                if row.state == ItemState::Active && row.format == Form::SdJwt.name() {
                    credentials.push(row);
                }
                Ok(())
            })
        })?;
        for row in credentials {
            let text = match self.text_of(&row.id) {
                // Erased since the row was read: nothing is left to be judged.
                Err(error) if error.code() == chop_model::Coded::code(&VaultError::Erased) => continue,
                other => other?,
            };
            let judged = self.judge_seal(UnverifiedCredential::parse(&text)?);
            if judged.seal != row.seal || judged.reason != row.seal_reason || judged.issuer() != row.issuer {
                changed.push((row, judged));
            }
        }
        let mut kept = 0;
        for some in changed.chunks(ROWS_OF_ONE_ENTRY) {
            kept += self.keep_judged(some)?;
        }
        Ok(kept)
    }

    /// Keeps what was found of holdings that still are what was judged, and nothing else of their rows: the
    /// judging took its time, and one that was erased or replaced meanwhile stays so.
    fn keep_judged(&self, judged: &[(item::Row, Judged)]) -> Result<usize> {
        self.record("seals", Entry::new(EntryKind::Verified, &self.ports), |tx, entry| {
            let mut kept = 0;
            for (then, judged) in judged {
                let now = item::find(tx, &then.id)?;
                let is_same = |now: &item::Row| (now.state, now.version) == (then.state, then.version);
                let Some(now) = now.filter(is_same) else { continue };
                entry.was(Some(now.fact()));
                let (seal, seal_reason, issuer) = (judged.seal, judged.reason.clone(), judged.issuer());
                let row = item::Row { seal, seal_reason, issuer, ..now };
                item::update(tx, &row)?;
                let words = search_words(tx, &row.id, Form::SdJwt)?;
                let words: Vec<_> = words.iter().map(String::as_str).collect();
                search::index(tx, row.row, &row.title, &row.issuer, &words)?;
                entry.commits(row.fact());
                kept += 1;
            }
            Ok(kept)
        })
    }
}

/// A verdict: valid, invalid or cannot be checked, with the reason as a stable word.
pub(crate) struct Judged {
    pub(crate) seal: Seal,
    pub(crate) reason: String,
    /// The issuer by the names that a list or certificate gives; empty where nobody vouches.
    pub(crate) names: LangText,
}

impl Judged {
    /// The name on the card: Chinese and Latin side by side, as signs in Hong Kong and Macao have it.
    pub(super) fn issuer(&self) -> String {
        let LangText { zh_hant, en, .. } = &self.names;
        if zh_hant == en { en.clone() } else { format!("{zh_hant} {en}") }
    }

    /// What the page says of it.
    fn state(&self) -> SealState {
        match (self.seal, self.reason.as_str()) {
            (_, REVOKED) => SealState::Revoked,
            (_, SUSPENDED) => SealState::Suspended,
            (Seal::Valid, CHECKED) => SealState::ValidStatusChecked,
            (Seal::Valid, _) => SealState::ValidStatusNotChecked,
            (Seal::Invalid, _) => SealState::Invalid,
            (Seal::CannotCheck | Seal::SelfStated, _) => SealState::CannotCheck,
        }
    }

    fn cannot(reason: &str) -> Self {
        Self { seal: Seal::CannotCheck, reason: reason.to_owned(), names: LangText::same("") }
    }
}

// Reasons of a seal that verifies, by what the issuer says since.
const NOT_CHECKED: &str = "seal-status-not-checked";
const CHECKED: &str = "seal-status-checked";
const REVOKED: &str = "seal-revoked";
const SUSPENDED: &str = "seal-suspended";
const OTHER: &str = "seal-status-other";

/// Rows that one entry of the record commits to, well below its bound.
const ROWS_OF_ONE_ENTRY: usize = 500;
