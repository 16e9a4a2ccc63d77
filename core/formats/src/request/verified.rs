//! A verified request, as everything after it reads it.

use chop_crypto::{Digest, P256PublicKey};
use chop_model::{LangText, Party, UnixTime, UseTerms};

use super::AnswerTo;
use super::payload::Content;
use crate::dcql::DcqlQuery;
use crate::jose::jwe::Enc;
use crate::jose::jws::VerifiedJws;
use crate::shown_text::is_punycode;
use crate::trust_list::Standing;
use crate::x509::VerifiedChain;

/// A request whose signature, chain, carrier, time and content are right. Whether the law lets it be
/// answered is another question.
#[derive(Clone)]
pub struct VerifiedRequest {
    pub(super) jws: VerifiedJws,
    pub(super) content: Content,
    pub(super) chain: VerifiedChain,
    pub(super) standing: Standing,
    pub(super) shown: LangText,
    pub(super) trust_is_stale: bool,
}

impl VerifiedRequest {
    /// The exact text.
    pub fn text(&self) -> &str {
        self.jws.text()
    }

    /// `h(R)`: SHA-256 of the text.
    pub fn digest(&self) -> Digest {
        self.jws.digest()
    }

    /// The full client identifier, prefix included: the `aud` of the answer.
    pub fn client_id(&self) -> &str {
        &self.content.client_id
    }

    /// The nonce. With the client identifier it may be answered once.
    pub fn nonce(&self) -> &str {
        &self.content.nonce
    }

    /// When it was made, as the verifier's clock has it.
    pub fn iat(&self) -> UnixTime {
        self.content.iat
    }

    /// The last second in which it may be answered.
    pub fn exp(&self) -> UnixTime {
        self.content.exp
    }

    /// What is asked for.
    pub fn dcql(&self) -> &DcqlQuery {
        &self.content.dcql
    }

    /// What the data are for and what happens to them. `recipient`, `legal_id`, `jurisdiction` and
    /// `contact` in it are the asker's own words: see [`VerifiedRequest::says_of_itself`].
    pub fn terms(&self) -> &UseTerms {
        &self.content.terms
    }

    /// The key to seal the answer to. Fresh for this request.
    pub fn encryption_key(&self) -> &P256PublicKey {
        &self.content.encryption_key
    }

    /// The name of that key, echoed in the envelope.
    pub fn kid(&self) -> &str {
        &self.content.kid
    }

    /// How the answer to a link is sealed to it.
    pub fn enc(&self) -> Enc {
        self.content.enc
    }

    /// Where the answer goes, for a request by reference; nothing on a carrier without a network.
    pub fn answer_to(&self) -> Option<&AnswerTo> {
        self.content.answer_to.as_ref()
    }

    /// The verifier's blinded log commitment.
    pub fn vlc(&self) -> &Digest {
        &self.content.vlc
    }

    /// The offer that it takes up, where it came through a relay.
    pub fn relay(&self) -> Option<&super::RelayTarget> {
        self.content.relay.as_ref()
    }

    /// The verifier's certificate.
    pub fn chain(&self) -> &VerifiedChain {
        &self.chain
    }

    /// Whether a trust list names the verifier.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The listed party, if a trust list names the verifier.
    pub fn listed(&self) -> Option<&Party> {
        match &self.standing {
            Standing::Listed(entry) => Some(&entry.party),
            Standing::NotListed => None,
        }
    }

    /// The name to be shown: the list's, else the certificate's, the same in every language then.
    pub fn shown_names(&self) -> &LangText {
        &self.shown
    }

    /// The identifier to be shown beside it: the list's, else the certificate's.
    pub fn shown_legal_id(&self) -> Option<&str> {
        self.listed().map(|party| party.legal_id.value.as_str()).or(self.chain.organisation_id())
    }

    /// Whether the certificate's DNS names hold letters behind punycode: say so beside the name.
    pub fn has_punycode_name(&self) -> bool {
        self.chain.dns_names().iter().any(|name| is_punycode(name))
    }

    /// The name that the asker gives itself. Only under "says of itself".
    pub fn says_of_itself(&self) -> &LangText {
        &self.content.terms.recipient
    }

    /// Whether a newer edition of a trust list is due: warn, and go on.
    pub fn trust_is_stale(&self) -> bool {
        self.trust_is_stale
    }
}

impl std::fmt::Debug for VerifiedRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VerifiedRequest({})", self.content.client_id)
    }
}
