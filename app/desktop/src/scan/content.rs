//! What a text or file is, by its form alone. Nothing is verified or believed here.

use chop_core::flow::Inbound;
use chop_core::plumbing::formats::jose::jws::UnverifiedJws;
use chop_core::plumbing::formats::offer::OfferCode;
use chop_core::plumbing::formats::openid4vci::OfferText;
use chop_core::plumbing::formats::openid4vp::RequestLink;

/// Something that was scanned.
#[derive(Debug)]
pub(crate) enum Content {
    /// A message of the optic walk.
    Message(Inbound),
    /// The code of an offer, as `CHOP1:` or as a link.
    Offer(String),
    /// A link to a verifier's request (OpenID4VP).
    RequestLink(String),
    /// A link to a credential that an issuer offers (OpenID4VCI).
    IssuerLink(String),
    /// A credential (SD-JWT).
    Credential(String),
    /// A list of whom to trust.
    TrustList(String),
    /// A pack of rules or of the catalogue.
    Pack(String),
    /// A key to which offers can be sealed.
    KeyStatement(String),
    /// What somebody says of a consent: withdrawn, to be deleted.
    Notice,
    /// A sealed bundle: a backup.
    Backup,
    /// A proof pack.
    Proof,
    /// Text that is none of these.
    Text(String),
}

impl Content {
    /// What a text is. A frame of a message is none: it is gathered first.
    pub(crate) fn of(text: &str) -> Self {
        let owned = || text.to_owned();
        if OfferCode::is_one(text) {
            return Self::Offer(owned());
        }
        if RequestLink::is_meant(text) {
            return Self::RequestLink(owned());
        }
        if OfferText::is_meant(text) {
            return Self::IssuerLink(owned());
        }
        // An SD-JWT is a JWS and disclosures; only the JWS in front has a header.
        let (front, is_sd_jwt) = text.split_once('~').map_or((text, false), |(front, _)| (front, true));
        if is_sd_jwt && UnverifiedJws::parse(front, MAX_TEXT).is_ok() {
            return Self::Credential(owned());
        }
        let jws = UnverifiedJws::parse(text, MAX_TEXT).ok();
        match jws.as_ref().map(|jws| jws.header().typ.as_str()) {
            Some("oauth-authz-req+jwt") => Self::Message(Inbound::Request(owned())),
            Some("chop-ack+jwt") => Self::Message(Inbound::Acknowledgement(owned())),
            Some("chop-use+jwt") => Self::Message(Inbound::Use(owned())),
            Some("chop-refused+jwt") => Self::Message(Inbound::Refused(owned())),
            Some("chop-erased+jwt") => Self::Message(Inbound::Erased(owned())),
            Some("chop-trust+jwt") => Self::TrustList(owned()),
            Some("chop-pack+jwt") => Self::Pack(owned()),
            Some("chop-key+jwt") => Self::KeyStatement(owned()),
            Some("chop-notice+jwt") => Self::Notice,
            // A credential that shows everything has no disclosure behind it.
            Some("dc+sd-jwt" | "vc+sd-jwt") => Self::Credential(owned()),
            _ => Self::Text(owned()),
        }
    }

    /// What a file is whose content is no text; nothing where it is none of ours.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(BUNDLE) {
            return Some(Self::Backup);
        }
        // An array whose first member is the word: `proof_pack/wire.rs`.
        let (head, rest) = bytes.split_first_chunk::<2>()?;
        let is_proof = *head == [0x88, 0x6a] && rest.starts_with(b"chop-proof");
        is_proof.then(|| Self::Proof)
    }
}

/// Characters of a text that is looked at: a trust list of a whole region.
pub(super) const MAX_TEXT: usize = 4 * 1024 * 1024;
const BUNDLE: &[u8] = b"CHOP-BUNDLE\n";
