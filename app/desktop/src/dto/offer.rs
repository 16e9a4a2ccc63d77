//! Offers: what they are composed of, and how far each is.

use chop_core::flow::offer::{ClaimPrompt, OfferState, OfferView as Row};
use chop_core::notice::Words;
use chop_core::plumbing::formats::delivery::Mode;
use chop_core::plumbing::model::Lang;
use chop_core::plumbing::vault::table::exchange::Role;
use chop_core::{DataLeft, Error, Result, Wallet};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::code::Code;
use super::consent::{PageView, steps};
use crate::consent::Chosen;
use crate::failure::Failure;
use crate::offers::{Happened, Picks};
use crate::recipients::names;

/// An offer as its holder composes it.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "offer.ts")]
pub(crate) struct OfferText {
    /// Full client ids of those whom it lets in, each named by a trust list; none where it is sealed to a key.
    pub(crate) clients: Vec<String>,
    /// A key statement that was scanned: it is sealed to who signed it.
    pub(crate) statement: Option<String>,
    /// What the holder knows of a key's owner whom no list names.
    pub(crate) reach: Reach,
    /// The purpose's code.
    pub(crate) purpose: String,
    /// The scene.
    pub(crate) scene: String,
    /// For each holding: the fields.
    #[ts(as = "std::collections::BTreeMap<String, Vec<String>>")]
    pub(crate) picks: Picks,
    /// Days that it may be kept; 0: not kept after the look.
    pub(crate) days: u32,
    /// Minutes that the offer lasts.
    pub(crate) minutes: u32,
    /// Whether a rule answers the first of those who are named, without asking again.
    pub(crate) by_rule: bool,
    /// Whether files of one's own are left for whoever comes with the code.
    pub(crate) files: bool,
    /// Why sensitive fields are needed.
    pub(crate) necessity: String,
    /// What it can mean.
    pub(crate) impact: String,
    /// When the draft was begun: the same moment gives the same page.
    pub(crate) drafted_at: i64,
}

/// Who a recipient is whom no list names, as the holder wrote it down.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "offer.ts")]
pub(crate) struct Reach {
    /// Where it sits: `CN`, `HK`, `MO`, `other`.
    pub(crate) place: String,
    /// Its registration, kind and number: `BRN 00000002`.
    pub(crate) legal_id: String,
    /// Whom to ask there.
    pub(crate) name: String,
    /// Their telephone.
    pub(crate) tel: String,
    /// Their e-mail.
    pub(crate) email: String,
}

/// The page of an offer that is composed.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "offer.ts")]
pub(crate) struct OfferPage {
    /// The open page.
    pub(crate) sheet: String,
    /// Everything that was composed, ticked.
    pub(crate) chosen: Chosen,
    /// The page.
    pub(crate) page: PageView,
}

/// A purpose to choose.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "offer.ts")]
pub(crate) struct PurposeChoice {
    /// Its code.
    pub(crate) code: String,
    /// Its name.
    pub(crate) name: String,
    /// Its scenes: code and name.
    pub(crate) scenes: Vec<(String, String)>,
    /// Longer keeping than this warns.
    pub(crate) max_days: u32,
}

/// A recipient to choose.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "offer.ts")]
pub(crate) struct PartyChoice {
    /// Its full client id.
    pub(crate) client: String,
    /// Its name.
    pub(crate) name: String,
    /// Its registration.
    pub(crate) legal_id: String,
    /// Where it sits.
    pub(crate) place: String,
    /// Whose list names it.
    pub(crate) publisher: String,
    /// Whether the list says how to reach it: the law wants to know before anything is given.
    pub(crate) is_reachable: bool,
}

/// Whose key was scanned.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "offer.ts")]
pub(crate) struct KeyView {
    /// The name to be shown.
    pub(crate) name: String,
    /// The number that its certificate or a list gives.
    pub(crate) legal_id: Option<String>,
    /// Whether a trust list names it.
    pub(crate) is_listed: bool,
}

/// A holding to choose fields of.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "offer.ts")]
pub(crate) struct ItemChoice {
    /// The holding.
    pub(crate) item: String,
    /// Its title.
    pub(crate) title: String,
    /// The name of its type.
    pub(crate) document: String,
    /// Its fields.
    pub(crate) fields: Vec<FieldChoice>,
    /// Whether it is a file of one's own.
    pub(crate) is_file: bool,
}

/// A field to choose.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "offer.ts")]
pub(crate) struct FieldChoice {
    /// Its name in the holding.
    pub(crate) key: String,
    /// Its name in words.
    pub(crate) name: String,
    /// Whether a law counts it as sensitive.
    pub(crate) is_sensitive: bool,
    /// Whether the purpose needs it; nothing where the catalogue does not say.
    pub(crate) is_needed: Option<bool>,
}

/// The relay of the settings.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "offer.ts")]
pub(crate) struct RelayView {
    /// Its origin.
    pub(crate) origin: Option<String>,
    /// Whether it is in one's own network: a private address, a port of its own.
    pub(crate) is_own_network: bool,
    /// Whether an authority of one's own network is believed beside the public ones.
    pub(crate) has_authority: bool,
}

/// An offer and how far it is.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "offer.ts")]
pub(crate) struct OfferView {
    /// Its id.
    pub(crate) id: String,
    /// Which way it goes.
    pub(crate) mode: OfferMode,
    /// How far it is, by core's stable word.
    pub(crate) state: String,
    /// Who takes it up; whom it lets in before that is known.
    pub(crate) peer: String,
    /// The purpose, in words.
    pub(crate) purpose: String,
    /// Origin of its relay.
    pub(crate) relay: String,
    /// When it was made.
    pub(crate) created: i64,
    /// When it ends.
    pub(crate) expires: i64,
    /// How often it can still be taken up: 1 or 0.
    pub(crate) uses_left: u32,
    /// How many other claims came.
    pub(crate) others: u32,
    /// Whether anything can still happen to it.
    pub(crate) is_open: bool,
    /// Whether it can be taken back.
    pub(crate) can_withdraw: bool,
    /// Its code, while somebody can take it up.
    pub(crate) code: Option<Code>,
    /// The text of the code.
    pub(crate) text: Option<String>,
    /// The same as a link; not for files to whoever comes.
    pub(crate) link: Option<String>,
    /// Somebody who waits for the holder's word.
    pub(crate) claim: Option<ClaimantView>,
    /// What keeps the relay away.
    pub(crate) trouble: Option<Failure>,
    /// What happened while the app listened.
    pub(crate) happened: Vec<HappenedView>,
}

/// Which way an offer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "offer.ts")]
pub(crate) enum OfferMode {
    /// This app answers.
    Live,
    /// Sealed to one recipient; the app may sleep.
    Sealed,
    /// Files for whoever comes.
    Files,
}

/// Somebody who takes up an offer and waits.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "offer.ts")]
pub(crate) struct ClaimantView {
    /// The name that a list or the certificate vouches for.
    pub(crate) name: String,
    /// The registration beside it.
    pub(crate) legal_id: Option<String>,
    /// Whether a trust list names it.
    pub(crate) is_listed: bool,
    /// What it says of itself.
    pub(crate) says_of_itself: String,
    /// What it asks for.
    pub(crate) fields: Vec<String>,
    /// How many days it keeps them.
    pub(crate) days: u32,
}

/// Something that happened to an offer: a word that the page has words for, with a value.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "offer.ts")]
pub(crate) struct HappenedView {
    /// What.
    pub(crate) what: &'static str,
    /// A code, a name, or nothing.
    pub(crate) about: Option<String>,
    /// The relay's time, where it said one.
    pub(crate) at: Option<i64>,
}

/// What this process knows of an offer beside its row.
pub(crate) struct Heard<'a> {
    /// A claim that waits.
    pub(crate) claim: Option<&'a ClaimPrompt>,
    /// What keeps the relay away.
    pub(crate) trouble: Option<Error>,
    /// What happened.
    pub(crate) happened: Vec<Happened>,
}

impl OfferView {
    /// An offer with its code, while it can be shown.
    pub(crate) fn of(wallet: &Wallet, row: Row, heard: Heard<'_>, lang: Lang) -> Result<Self> {
        let mut view = Self::listed(wallet, &row, lang)?;
        if matches!(row.state, OfferState::Open) && row.role == Role::Holder {
            let offered = wallet.offered(&row.id)?;
            let text = offered.code.to_text()?;
            view.code = Some(Code::draw(std::slice::from_ref(&text))?);
            view.link = offered.may_be_link.then(|| offered.code.to_link());
            view.text = Some(text);
        }
        view.claim = heard.claim.map(|claim| ClaimantView::of(claim, lang)).transpose()?;
        view.trouble = heard.trouble.map(|error| Failure::of(&error, lang));
        view.happened = heard.happened.iter().map(|one| HappenedView::of(one, lang)).collect();
        Ok(view)
    }

    /// An offer as a list shows it.
    pub(crate) fn listed(wallet: &Wallet, row: &Row, lang: Lang) -> Result<Self> {
        let catalog = wallet.catalog()?;
        let purpose = catalog.purpose(&row.purpose).map(|purpose| purpose.names.in_lang(lang).to_owned());
        let untouched = matches!(row.state, OfferState::Made | OfferState::Open | OfferState::Rejecting);
        let is_past = matches!(row.state, OfferState::Acked | OfferState::Released | OfferState::Withdrawing);
        Ok(Self {
            id: row.id.to_string(),
            mode: match row.mode {
                Mode::C2Named => OfferMode::Sealed,
                Mode::C2Files => OfferMode::Files,
                Mode::B | Mode::C1 | Mode::D => OfferMode::Live,
            },
            state: row.state.word().to_owned(),
            peer: names::peer(wallet, &row.id, &row.client_id, &row.peer, lang)?,
            purpose: purpose.unwrap_or_else(|| row.purpose.clone()),
            relay: row.relay.clone(),
            created: row.created_at.0,
            expires: row.expires_at.0,
            uses_left: u32::from(untouched),
            others: u32::try_from(row.others).unwrap_or(u32::MAX),
            is_open: row.state.is_open(),
            can_withdraw: row.state.is_open() && !is_past,
            code: None,
            text: None,
            link: None,
            claim: None,
            trouble: None,
            happened: Vec::new(),
        })
    }
}

impl ClaimantView {
    fn of(claim: &ClaimPrompt, lang: Lang) -> Result<Self> {
        let (words, asked) = (Words::of(lang)?, claim.request());
        let mut fields = Vec::new();
        for query in asked.dcql().credentials() {
            let vct = query.vct_values().first().map(String::as_str).unwrap_or_default();
            for of in query.claims() {
                fields.push(words.claim(vct, &steps(of.path()))?);
            }
        }
        Ok(Self {
            name: claim.who().in_lang(lang).to_owned(),
            legal_id: asked.shown_legal_id().map(str::to_owned),
            is_listed: asked.listed().is_some(),
            says_of_itself: asked.says_of_itself().in_lang(lang).to_owned(),
            fields,
            days: asked.terms().retention.days,
        })
    }
}

impl HappenedView {
    fn of(happened: &Happened, lang: Lang) -> Self {
        let (what, about, at) = match happened {
            Happened::ClaimRefused(code) => ("claim-refused", Some(sentence_of(code, lang)), None),
            Happened::AnotherClaim(who) => {
                ("another-claim", who.as_ref().map(|names| names.in_lang(lang).to_owned()), None)
            }
            Happened::Revoked(at) => ("revoked", None, Some(*at)),
            Happened::AlreadyReleased(at) => ("already-released", None, Some(*at)),
            Happened::Strange(code) => ("strange", Some(sentence_of(code, lang)), None),
            Happened::RelayFault => ("relay-fault", None, None),
            Happened::RelayRefused(code) => ("relay-refused", Some(sentence_of(code, lang)), None),
        };
        Self { what, about, at }
    }
}

/// What the error with this code says happened. The code, where its sentence needs values that are not kept.
fn sentence_of(code: &str, lang: Lang) -> String {
    let said = Words::of(lang).and_then(|words| words.error_named(code, DataLeft::No, &[]));
    said.map_or_else(|_| code.to_owned(), |said| said.what)
}
