//! Who asked, from the record: the request of an exchange, or the claim that took up a sealed offer.

use chop_crypto::encoding::to_base64url;
use chop_crypto::{Digest, P256PublicKey};
use chop_formats::dcql::DcqlQuery;
use chop_formats::delivery::VerifiedDelivery;
use chop_formats::grant::VerifiedGrant;
use chop_formats::offer::StoredClaim;
use chop_formats::receipt::{Expected, Signer};
use chop_formats::request::{AnswerTo, StoredRequest};
use chop_model::Id;
use chop_vault::table::artefact::{self, ArtefactKind};

use crate::{Result, Wallet, WalletError};

/// What an exchange answers.
pub(super) enum Asker {
    /// A request (B, C1, D).
    Request(Box<StoredRequest>),
    /// A claim (C2): there was nothing to ask any more.
    Claim(Box<StoredClaim>),
}

impl Wallet {
    /// Who asked in an exchange.
    pub(super) fn asker(&self, id: &Id) -> Result<Asker> {
        let claim = self.vault.read(|read| artefact::find_kind(read, id, ArtefactKind::Claim))?;
        match claim {
            Some(row) => {
                let text = String::from_utf8(row.bytes).map_err(|_| WalletError::LogBroken)?;
                Ok(Asker::Claim(Box::new(StoredClaim::read(&text)?)))
            }
            None => {
                let text = self.stored_text(id, ArtefactKind::Request)?;
                Ok(Asker::Request(Box::new(StoredRequest::read(&text)?)))
            }
        }
    }
}

impl Asker {
    pub(super) fn client_id(&self) -> &str {
        match self {
            Self::Request(request) => request.client_id(),
            Self::Claim(claim) => claim.client_id(),
        }
    }

    /// `h(R)`, or `h(claim)`: the `req` of every receipt.
    pub(super) fn digest(&self) -> Digest {
        match self {
            Self::Request(request) => request.digest(),
            Self::Claim(claim) => claim.digest(),
        }
    }

    pub(super) fn organisation(&self) -> String {
        match self {
            Self::Request(request) => request.organisation(),
            Self::Claim(claim) => claim.organisation(),
        }
    }

    pub(super) fn vlc(&self) -> &Digest {
        match self {
            Self::Request(request) => request.vlc(),
            Self::Claim(claim) => &claim.claim().vlc,
        }
    }

    pub(super) fn leaf_key(&self) -> &P256PublicKey {
        match self {
            Self::Request(request) => request.leaf_key(),
            Self::Claim(claim) => claim.leaf_key(),
        }
    }

    fn leaf_sha256(&self) -> Digest {
        match self {
            Self::Request(request) => request.leaf_sha256(),
            Self::Claim(claim) => claim.leaf_sha256(),
        }
    }

    /// The nonce that key bindings name. In C2 nobody had asked when they were signed: freshness rests
    /// on the relay's entry.
    pub(super) fn nonce(&self, grant: &VerifiedGrant) -> String {
        match self {
            Self::Request(request) => request.nonce().to_owned(),
            Self::Claim(_) => to_base64url(&grant.digest()),
        }
    }

    /// What is handed over: all of the grant, or as much of an offer as was asked for (C1).
    pub(super) fn scope(&self, grant: &VerifiedGrant) -> Result<DcqlQuery> {
        match self {
            Self::Request(request) if request.relay().is_some() => Ok(request.dcql().clone()),
            _ => {
                let access = grant.payload().access().ok_or(WalletError::OtherTerms)?;
                Ok(DcqlQuery::from_value(&access.dcql_query)?)
            }
        }
    }

    /// Whether a part of the grant may be handed over (C1), and whether files may come alone (C2f).
    pub(super) fn takes_part(&self) -> bool {
        matches!(self, Self::Request(request) if request.relay().is_some())
    }

    /// Where the answer went, in mode B.
    pub(super) fn answer_to(&self) -> Option<&AnswerTo> {
        match self {
            Self::Request(request) => request.answer_to(),
            Self::Claim(_) => None,
        }
    }

    pub(super) fn is_claim(&self) -> bool {
        matches!(self, Self::Claim(_))
    }

    /// What a receipt of this exchange must say.
    pub(super) fn expected(&self, grant: &VerifiedGrant, delivery: &VerifiedDelivery) -> Expected {
        let signer = Signer {
            client_id: self.client_id().to_owned(),
            org: self.organisation(),
            leaf: self.leaf_sha256(),
        };
        let expected = Expected::of(signer, grant, delivery);
        match self {
            Self::Request(_) => expected,
            Self::Claim(claim) => expected.claimed_by(claim.digest()),
        }
    }
}
