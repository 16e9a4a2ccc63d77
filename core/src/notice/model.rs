//! What a consent page is made from, and what it is.

use chop_crypto::{Digest, Hasher};
use chop_model::{Jurisdiction, Lang, LangText, LegalId, Period, UnixTime, UseTerms};
use chop_policy::{Finding, Level, PackRef, Sensitivity, SeparateAsk, Topic};
use serde::{Serialize, Serializer};

use super::VERSION;
use crate::holdings::DataLevel;

/// Verified facts, in no language yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeModel {
    /// When the page is shown; "today" is this day in the three places.
    pub now: UnixTime,
    /// Who asks, from the trust list or the certificate.
    pub asker: Asker,
    /// What the request says, under the asker's signature. Its name for itself stands apart.
    pub terms: UseTerms,
    /// What would be handed over.
    pub claims: Vec<NoticeClaim>,
    /// From when until when it could be used.
    pub validity: Period,
    /// How often; 1 in this walk.
    pub max_uses: u32,
    /// Whether the request came by a code on a screen, which can be forwarded.
    pub optic: bool,
    /// The number that the other screen shows too, where the request came by a link: from another device.
    pub number: Option<String>,
    /// How an offer goes, where nobody has asked (mode C).
    pub offer: Option<OfferNotice>,
    /// What the law says: [`chop_policy::MayAsk::findings`].
    pub findings: Vec<Finding>,
    /// Consents that are acts of their own: [`chop_policy::MayAsk::separate_consents`].
    pub separate: Vec<SeparateAsk>,
    /// Which rule pack judged.
    pub pack: PackRef,
    /// What the holdings themselves have to say.
    pub holdings: HoldingsNotice,
}

/// What the holdings behind a grant have to say on its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HoldingsNotice {
    /// The level of the highest claim.
    pub level: Option<DataLevel>,
    /// Whom the claims are about, when not the owner of the space.
    pub ward: Option<WardNotice>,
    /// Copies that go in place of originals, each with what is written on it.
    pub copies: Vec<CopyNotice>,
}

/// What is written on an annotated copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyNotice {
    /// What is copied.
    pub title: String,
    /// Who makes the copy.
    pub made_by: String,
    /// For what alone it is good.
    pub reason: String,
    /// Until when.
    pub valid_until: UnixTime,
}

/// A child for whom somebody acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WardNotice {
    /// Their name.
    pub name: String,
    /// The guardian's.
    pub guardian: String,
    /// `parent` or `guardian`.
    pub relation: &'static str,
    /// Whether a holding shows the relation.
    pub is_shown: bool,
    /// Whether the guardian signs.
    pub signs: bool,
}

/// The asking side, as somebody else names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// Its name, from the list or the certificate.
    pub name: LangText,
    /// Its legal identifier, from there too; a certificate may lack one.
    pub legal_id: Option<LegalId>,
    /// Where it sits, if the source says so.
    pub jurisdiction: Option<Jurisdiction>,
    /// Where the name comes from.
    pub known_by: KnownBy,
}

/// Where a name comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownBy {
    /// A trust list that the holder accepted.
    TrustList {
        /// Who publishes the list.
        publisher: LangText,
        /// When this issue of it was made.
        issued: UnixTime,
    },
    /// Nobody by name: whom the holder lets in, to be verified when they claim.
    Policy,
    /// Only its certificate, under an accepted authority.
    Certificate {
        /// The authority's name.
        authority: String,
    },
}

/// How an offer goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferNotice {
    /// Origin of the relay.
    pub relay: String,
    /// Which mode of C.
    pub mode: chop_formats::delivery::Mode,
    /// Whether a rule answers instead of the holder.
    pub by_rule: bool,
    /// Whether everybody whom it lets in is named: then the terms say who they are and how to reach them.
    pub is_named: bool,
    /// Seconds that the holder chose; [`NoticeModel::validity`] may be shorter.
    pub chosen: i64,
}

/// One claim that would be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeClaim {
    /// Type of the credential that carries it.
    pub vct: String,
    /// The way to it; positions in arrays as decimal numbers.
    pub path: Vec<String>,
    /// How sensitive it is: [`chop_policy::ClaimTable::sensitivity`].
    pub sensitivity: Sensitivity,
    /// Who says so.
    pub source: ClaimSource,
    /// Whether the asker can do without it.
    pub optional: bool,
}

/// Who vouches for a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimSource {
    /// An issuer signed it.
    Issuer {
        /// The issuer's name, from list or certificate.
        name: LangText,
        /// What its seal says now.
        seal: SealState,
    },
    /// The holder's own statement.
    Holder,
}

/// What a seal says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealState {
    /// Verified; whether it was revoked since was looked up nowhere.
    ValidStatusNotChecked,
    /// Verified, and its issuer's newest list says that it stands by it.
    ValidStatusChecked,
    /// Verified, and revoked by its issuer.
    Revoked,
    /// Verified, and suspended by its issuer.
    Suspended,
    /// Does not verify.
    Invalid,
    /// Cannot be checked here.
    CannotCheck,
}

/// A rendered page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Its language.
    pub lang: Lang,
    /// [`VERSION`].
    pub version: String,
    /// The heading.
    pub title: String,
    /// The lines, top to bottom.
    pub lines: Vec<Line>,
    /// All of it in one sentence: the last thing before the seal.
    pub sentence: String,
    /// SHA-256 over everything above, framed.
    #[serde(serialize_with = "as_base64url")]
    pub digest: Digest,
}

/// One line of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What kind, for the look of it.
    #[serde(serialize_with = "as_code")]
    pub kind: LineKind,
    /// What it is about.
    pub label: String,
    /// What it says.
    pub value: String,
}

/// Kinds of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// Who asks, by a name that somebody else vouches for.
    Who,
    /// How that name is known.
    KnownBy,
    /// What the asker says of itself; looks different from [`LineKind::Who`].
    SaysOfItself,
    /// One claim.
    Claim {
        /// Marked as sensitive.
        sensitive: bool,
        /// Stated by the holder, no seal.
        holder_stated: bool,
    },
    /// Purpose and scene.
    Why,
    /// Why sensitive data are needed.
    Necessity,
    /// What it can mean for the person.
    Impact,
    /// What will be done.
    Actions,
    /// How long it is kept, and what then.
    Kept,
    /// To whom it is passed on.
    Onward,
    /// Where it is stored.
    StoredIn,
    /// What saying no means.
    Refusal,
    /// Whether a machine decides.
    Machine,
    /// Whom to turn to.
    Rights,
    /// How to withdraw, and what that cannot reach.
    Withdrawal,
    /// How often.
    Uses,
    /// Until when.
    Until,
    /// That this is sooner than the holder chose, and why.
    Sooner,
    /// A copy in place of an original, and what is written on it.
    Copy,
    /// Whom it is about and who signs for them.
    Ward,
    /// The level of the data, and what it means.
    Level,
    /// A warning about the way the request came.
    Warning,
    /// What a rule found.
    Finding(Level),
    /// A consent that is an act of its own. Never ticked beforehand, never given by another act.
    SeparateConsent(Topic),
    /// Which rules judged.
    Rules,
}

impl LineKind {
    /// The stable word that the digest covers and a screen styles by.
    pub fn code(self) -> String {
        let word = match self {
            Self::Who => "who",
            Self::KnownBy => "known-by",
            Self::SaysOfItself => "says-of-itself",
            Self::Claim { sensitive, holder_stated } => match (sensitive, holder_stated) {
                (false, false) => "claim",
                (true, false) => "claim-sensitive",
                (false, true) => "claim-holder-stated",
                (true, true) => "claim-sensitive-holder-stated",
            },
            Self::Why => "why",
            Self::Necessity => "necessity",
            Self::Impact => "impact",
            Self::Actions => "actions",
            Self::Kept => "kept",
            Self::Onward => "onward",
            Self::StoredIn => "stored-in",
            Self::Refusal => "refusal",
            Self::Machine => "machine",
            Self::Rights => "rights",
            Self::Withdrawal => "withdrawal",
            Self::Uses => "uses",
            Self::Until => "until",
            Self::Sooner => "sooner",
            Self::Copy => "copy",
            Self::Ward => "ward",
            Self::Level => "level",
            Self::Warning => "warning",
            Self::Finding(Level::Warn) => "finding-warn",
            Self::Finding(Level::Block) => "finding-block",
            Self::SeparateConsent(topic) => return format!("separate-{}", topic.code()),
            Self::Rules => "rules",
        };
        word.into()
    }
}

impl Notice {
    pub(super) fn sealed(lang: Lang, title: String, lines: Vec<Line>, sentence: String) -> Self {
        let mut notice = Self { lang, version: VERSION.into(), title, lines, sentence, digest: [0; 32] };
        notice.digest = notice.digest_of_parts();
        notice
    }

    /// Whether the digest is that of the words: for a page that comes back from a file or a screen.
    pub fn is_intact(&self) -> bool {
        self.digest == self.digest_of_parts()
    }

    /// `SHA-256(frame(version) ‖ frame(lang) ‖ frame(title) ‖ u32 lines ‖ (frame(kind) ‖ frame(label) ‖
    /// frame(value))* ‖ frame(sentence))`, `frame(s)` = u32 length in bytes, big endian, then UTF-8.
    fn digest_of_parts(&self) -> Digest {
        let mut hasher = Hasher::new();
        frame(&mut hasher, &self.version);
        frame(&mut hasher, self.lang.tag());
        frame(&mut hasher, &self.title);
        hasher.update(&length(self.lines.len()));
        for line in &self.lines {
            frame(&mut hasher, &line.kind.code());
            frame(&mut hasher, &line.label);
            frame(&mut hasher, &line.value);
        }
        frame(&mut hasher, &self.sentence);
        hasher.finish()
    }

    /// The page as plain text, for a terminal or a file.
    pub fn to_text(&self) -> String {
        let lines = self.lines.iter().map(|line| format!("{}  {}\n", line.label, line.value));
        format!("{}\n\n{}\n{}\n", self.title, lines.collect::<String>(), self.sentence)
    }
}

fn frame(hasher: &mut Hasher, text: &str) {
    hasher.update(&length(text.len()));
    hasher.update(text.as_bytes());
}

/// A page is far below 4 GiB; a longer one would be refused by every format that carries it.
fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).unwrap_or(u32::MAX).to_be_bytes()
}

fn as_base64url<S: Serializer>(digest: &Digest, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&chop_crypto::encoding::to_base64url(digest))
}

fn as_code<S: Serializer>(kind: &LineKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&kind.code())
}
