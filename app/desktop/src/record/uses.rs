//! Every use of what this space holds: granted, offered, declined.

use std::collections::BTreeMap;

use chop_core::consent::ConsentState;
use chop_core::flow::State;
use chop_core::history::ExchangeView;
use chop_core::notice::Words;
use chop_core::plumbing::formats::consent_record::{ConsentRecord, RecordDocument};
use chop_core::plumbing::model::{Id, Lang};
use chop_core::plumbing::vault::table::exchange::Role;
use chop_core::{Result, Wallet};

use crate::dto::record::{FieldsOf, Named, RecordOverview, Stage, UseMark, UseRow};
use crate::recipients::names;

/// One use, before it is worded.
#[derive(Debug)]
pub(crate) struct Use {
    /// The exchange; for an offer that nobody took up, the consent.
    pub(crate) id: Id,
    /// None for an offer that nobody was seen to take up.
    pub(crate) exchange: Option<ExchangeView>,
    /// None where no consent was kept.
    pub(crate) consent: Option<ConsentState>,
    /// None where nothing was given.
    pub(crate) record: Option<RecordDocument>,
}

/// Everything that filters and plots need, newest first.
pub(crate) fn overview(wallet: &Wallet, lang: Lang) -> Result<RecordOverview> {
    let words = Words::of(lang)?;
    let (mut recipients, mut places, mut documents) = (Index::default(), Index::default(), Index::default());
    let mut marks = Vec::new();
    for (id, (exchange, consent)) in ids(wallet)? {
        let one = Use::of(wallet, id, exchange, consent)?;
        let recipient = recipients.place(one.client_id(), || one.recipient(wallet, lang))?;
        let place = one.content().map(|record| record.recipient.party.jurisdiction);
        let place = place.map(|place| places.place(place.code(), || place_name(&words, place.code())));
        let types = one.content().into_iter().flat_map(|record| &record.items);
        let types =
            types.map(|item| documents.place(&item.type_code, || Ok(words.document(&item.type_code)?)));
        marks.push(UseMark {
            id: id.to_string(),
            at: one.at(),
            recipient,
            place: place.transpose()?,
            documents: types.collect::<Result<_>>()?,
            stage: one.stage(),
        });
    }
    marks.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
    let entries = wallet.record_lines(1)?.first().map_or(0, |line| line.index + 1);
    Ok(RecordOverview {
        uses: marks,
        recipients: recipients.names,
        places: places.names,
        documents: documents.names,
        entries,
    })
}

/// The rows of these uses, in the same order; one that is not there is left out.
pub(crate) fn rows(wallet: &Wallet, ids: &[String], lang: Lang) -> Result<Vec<UseRow>> {
    let words = Words::of(lang)?;
    let ids = ids.iter().take(MOST_ROWS).filter_map(|id| id.parse::<Id>().ok());
    let uses = ids.filter_map(|id| Use::find(wallet, &id).transpose());
    uses.map(|one| one?.row(wallet, &words)).collect()
}

/// The name of a place.
pub(crate) fn place_name(words: &Words, code: &str) -> Result<String> {
    Ok(words.say(&format!("place-{code}"))?)
}

/// The fields of a record, document by document.
pub(crate) fn fields(words: &Words, record: &ConsentRecord) -> Result<Vec<FieldsOf>> {
    let one = |item: &chop_core::plumbing::formats::consent_record::RecordItem| {
        let path = |claim: &[serde_json::Value]| -> Vec<String> {
            claim.iter().map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned)).collect()
        };
        let names = item.claims.iter().map(|claim| words.claim(&item.type_code, &path(&claim.path)));
        Ok(FieldsOf {
            document: words.document(&item.type_code)?,
            fields: names.collect::<std::result::Result<_, _>>()?,
        })
    };
    record.items.iter().map(one).collect()
}

impl Use {
    /// The use with this id, given from here; none where there is no such.
    pub(crate) fn find(wallet: &Wallet, id: &Id) -> Result<Option<Self>> {
        let exchange = wallet.exchange_view(id).ok().filter(|view| view.role == Role::Holder);
        let consent = wallet.consent_view(id).ok().filter(|view| view.role == Role::Holder);
        if exchange.is_none() && consent.is_none() {
            return Ok(None);
        }
        Self::of(wallet, *id, exchange, consent.map(|view| view.state)).map(Some)
    }

    fn of(
        wallet: &Wallet,
        id: Id,
        exchange: Option<ExchangeView>,
        consent: Option<ConsentState>,
    ) -> Result<Self> {
        // What was declined has no record.
        Ok(Self { record: wallet.consent_record(&id).ok(), id, exchange, consent })
    }

    /// What the record says.
    pub(crate) fn content(&self) -> Option<&ConsentRecord> {
        self.record.as_ref().map(RecordDocument::record)
    }

    fn client_id(&self) -> &str {
        let named = self.exchange.as_ref().map(|view| view.client_id.as_str());
        named.or_else(|| self.content().map(|record| record.recipient.client_id.as_str())).unwrap_or_default()
    }

    fn recipient(&self, wallet: &Wallet, lang: Lang) -> Result<String> {
        let shown = self.exchange.as_ref().map(|view| view.peer.as_str()).unwrap_or_default();
        names::of(wallet, self.content(), self.client_id(), shown, lang)
    }

    fn at(&self) -> i64 {
        let began = self.exchange.as_ref().map(|view| view.created_at.0);
        began.or_else(|| self.content().map(|record| record.created_at.0)).unwrap_or_default()
    }

    fn stage(&self) -> Stage {
        let is_deleted = self.consent == Some(ConsentState::DeletionConfirmed);
        match self.exchange.as_ref().map(|view| view.state) {
            Some(State::Withdrawn) => Stage::Withdrawn,
            Some(State::Declined) => Stage::Declined,
            Some(State::RefusedByVerifier | State::Refused) => Stage::Refused,
            Some(State::ErasedByVerifier | State::Erased) => Stage::Erased,
            _ if is_deleted => Stage::Erased,
            None if self.consent == Some(ConsentState::Withdrawn) => Stage::Withdrawn,
            None => Stage::Offered,
            Some(State::Spent | State::Sent | State::Requested) => Stage::Granted,
            Some(State::Acked | State::Acknowledged) => Stage::Acknowledged,
            Some(State::Used | State::Accepted) => Stage::Used,
            Some(State::Delivered | State::Frozen) => Stage::Unconfirmed,
        }
    }

    /// The use as a list shows it.
    pub(crate) fn row(&self, wallet: &Wallet, words: &Words) -> Result<UseRow> {
        let place =
            self.content().map(|record| place_name(words, record.recipient.party.jurisdiction.code()));
        let state = match &self.exchange {
            Some(view) => words.say(&format!("log-state-{}", view.state.word()))?,
            None => words.say("recipient-offered")?,
        };
        let moved = self.exchange.as_ref().map_or(0, |view| view.updated_at.0 - view.created_at.0);
        Ok(UseRow {
            id: self.id.to_string(),
            at: self.at(),
            recipient: self.recipient(wallet, words.lang())?,
            client_id: self.client_id().to_owned(),
            place: place.transpose()?.unwrap_or_default(),
            purpose: self.purpose(words)?,
            fields: self.content().map(|record| fields(words, record)).transpose()?.unwrap_or_default(),
            stage: self.stage(),
            state,
            elapsed: moved.max(0),
        })
    }

    fn purpose(&self, words: &Words) -> Result<String> {
        if let Some(purpose) = self.content().and_then(|record| record.purpose.first()) {
            let text = purpose.text.in_lang(words.lang());
            return if text.is_empty() { purpose_name(words, &purpose.code) } else { Ok(text.to_owned()) };
        }
        purpose_name(words, self.exchange.as_ref().map_or("", |view| &view.purpose))
    }
}

/// The name of a purpose by its code.
pub(crate) fn purpose_name(words: &Words, code: &str) -> Result<String> {
    let key = format!("purpose-{}", code.replace('.', "-"));
    Ok(if words.knows(&key) { words.say(&key)? } else { code.to_owned() })
}

/// Everything that was given, offered or declined from here: exchanges, and offers without one.
fn ids(wallet: &Wallet) -> Result<BTreeMap<Id, Known>> {
    let mut found: BTreeMap<Id, Known> = BTreeMap::new();
    for view in wallet.exchanges()?.into_iter().filter(|view| view.role == Role::Holder) {
        found.insert(view.id, (Some(view), None));
    }
    for view in wallet.consents()?.into_iter().filter(|view| view.role == Role::Holder) {
        found.entry(view.id).or_default().1 = Some(view.state);
    }
    Ok(found)
}

/// What is known of a use by its id: how far its exchange is, and what became of the consent.
type Known = (Option<ExchangeView>, Option<ConsentState>);

/// Keys in the order of their coming, each with its name.
#[derive(Default)]
struct Index {
    places: BTreeMap<String, u32>,
    names: Vec<Named>,
}

impl Index {
    fn place(&mut self, key: &str, name: impl FnOnce() -> Result<String>) -> Result<u32> {
        if let Some(place) = self.places.get(key) {
            return Ok(*place);
        }
        let place = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(Named { key: key.to_owned(), name: name()? });
        self.places.insert(key.to_owned(), place);
        Ok(place)
    }
}

/// Rows that the page may ask for at once.
const MOST_ROWS: usize = 200;
