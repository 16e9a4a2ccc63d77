//! One domain, one message type. A key made for one purpose signs only in that purpose's domains.

/// What a signature is *of*. For a JWS it is the `typ` header; for a note the origin line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SigningDomain {
    /// `oauth-authz-req+jwt`: a verifier's request (RFC 9101, OpenID4VP 1.0 section 5).
    Request,
    /// `dc+sd-jwt`: an issuer's credential, or a holder's statement about an item of their own.
    Credential,
    /// `kb+jwt`: key binding (RFC 9901 section 4.3).
    KeyBinding,
    /// `openid4vci-proof+jwt`: the key to which an issuer is to bind a credential (OpenID4VCI 1.0
    /// appendix F.1).
    KeyProof,
    /// `chop-grant+jwt`.
    Grant,
    /// `chop-delivery+jwt`.
    Delivery,
    /// `chop-notice+jwt`: a consent is withdrawn, or a deletion asked for.
    ConsentNotice,
    /// `chop-annotated-copy+jwt`: the mark on a copy that was made for one grant.
    AnnotatedCopy,
    /// `chop-dossier+jwt`: what a holder puts together about a grant, for somebody else to read.
    Dossier,
    /// `chop-ack+jwt`: the only type that releases a key.
    Acknowledgement,
    /// `chop-use+jwt`.
    Use,
    /// `chop-refused+jwt`.
    Refused,
    /// `chop-erased+jwt`.
    Erased,
    /// `chop-claim+jwt`: a verifier takes up a sealed offer.
    Claim,
    /// `chop-key+jwt`: an encryption-only key of a verifier.
    KeyStatement,
    /// `chop-trust+jwt`: a trust list.
    TrustList,
    /// `chop-pack+jwt`: a rule pack, a catalogue or a regional pack.
    Pack,
    /// `statuslist+jwt`: an issuer's list of the statuses of its credentials.
    StatusList,
    /// A C2SP signed note over a checkpoint (Ed25519).
    Checkpoint,
    /// An entry of a relay's log (Ed25519).
    RelayEntry,
}

/// What a key was made for; fixed at its making.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyPurpose {
    /// Binds credentials to the holder: key binding, and the proof of the key to an issuer before.
    Credential,
    /// The holder's consent: grants, delivery notes, notices and dossiers about them. Never the credential key (RFC 8725 section 3.11).
    Consent,
    /// The holder's own statements about items that no issuer signed.
    Item,
    /// An issuer's key.
    Issuer,
    /// A verifier's certified key: requests and receipts.
    Verifier,
    /// A publisher of trust lists.
    TrustPublisher,
    /// A publisher of rule packs and catalogues.
    PackPublisher,
    /// A log's Ed25519 key: checkpoints.
    Log,
    /// A relay's Ed25519 key: its entries and the checkpoints of the log that holds them.
    Relay,
}

impl KeyPurpose {
    /// Whether a key of this purpose may sign in `domain`.
    pub fn allows(self, domain: SigningDomain) -> bool {
        use SigningDomain as D;
        match self {
            Self::Credential => matches!(domain, D::KeyBinding | D::KeyProof),
            Self::Consent => {
                matches!(domain, D::Grant | D::Delivery | D::ConsentNotice | D::AnnotatedCopy | D::Dossier)
            }
            Self::Item => domain == D::Credential,
            Self::Issuer => matches!(domain, D::Credential | D::StatusList),
            Self::Verifier => matches!(
                domain,
                D::Request
                    | D::Acknowledgement
                    | D::Use
                    | D::Refused
                    | D::Erased
                    | D::Claim
                    | D::KeyStatement
            ),
            Self::TrustPublisher => domain == D::TrustList,
            Self::PackPublisher => domain == D::Pack,
            Self::Log => domain == D::Checkpoint,
            Self::Relay => matches!(domain, D::Checkpoint | D::RelayEntry),
        }
    }

    /// The number stored for this purpose. Never reused.
    pub fn number(self) -> u8 {
        match self {
            Self::Credential => 1,
            Self::Consent => 2,
            Self::Item => 3,
            Self::Issuer => 4,
            Self::Verifier => 5,
            Self::TrustPublisher => 6,
            Self::Log => 7,
            Self::Relay => 8,
            Self::PackPublisher => 20,
        }
    }

    /// The purpose stored as `number`.
    pub fn from_number(number: u8) -> Option<Self> {
        [
            Self::Credential,
            Self::Consent,
            Self::Item,
            Self::Issuer,
            Self::Verifier,
            Self::TrustPublisher,
            Self::Log,
            Self::Relay,
            Self::PackPublisher,
        ]
        .into_iter()
        .find(|p| p.number() == number)
    }
}
