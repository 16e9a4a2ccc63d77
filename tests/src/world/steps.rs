//! The steps of the walk as a person takes them, and all of them in one go.

use chop_core::flow::{
    self, Accepted, Agreement, Choices, Consent, ConsentPrompt, Inbound, Outbound, Received, RequestDraft,
    UseOutcome,
};
use chop_core::{Error, Wallet, samples};
use chop_crypto::SecretBytes;
use chop_formats::dcql::DcqlQuery;
use chop_formats::frame::MessageKind;
use chop_model::{Id, Lang, UseTerms};
use serde_json::{Value, json};

use super::{PASSPHRASE, World};

/// The hospital's query with the resident's own file and record beside the credentials.
pub fn everything() -> Value {
    let mut query = samples::hospital_query();
    let own = |id: &str, claim: &str| {
        json!({
            "id": id, "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:chop:item:1"] },
            "claims": [{ "path": [claim] }],
        })
    };
    let credentials = query["credentials"].as_array_mut().unwrap();
    credentials.push(own("letter", "file"));
    credentials.push(own("statement", "title"));
    query
}

/// A request of the hospital for [`everything`].
pub fn ask_all(wallet: &Wallet) -> Outbound {
    ask(wallet, &everything(), samples::hospital_terms())
}

fn ask(wallet: &Wallet, query: &Value, terms: UseTerms) -> Outbound {
    wallet.ask(RequestDraft { dcql: DcqlQuery::from_value(query).unwrap(), terms }).unwrap()
}

/// Reads the frames of a message.
pub fn read(outbound: &Outbound) -> Inbound {
    flow::read(outbound.frames()).unwrap()
}

/// Every claim that was asked for and is held.
pub fn choose_all(prompt: &ConsentPrompt) -> Choices {
    let claims = prompt.queries().iter().filter_map(|query| {
        let best = query.candidates.first()?;
        Some((query.id.clone(), best.answers.clone()))
    });
    Choices { claims: claims.collect(), ..Choices::default() }
}

/// Reads the page of these choices, answers its warnings, agrees to it, and gives each separate
/// consent as an act of its own.
pub fn agree(wallet: &Wallet, prompt: ConsentPrompt, choices: &Choices) -> Result<Consent, Error> {
    let (choices, agreement) = act(wallet, &prompt, choices);
    prompt.answer(&choices, &agreement).map_err(|(_, error)| error)
}

/// The acts of [`agree`], not yet given.
pub fn act(wallet: &Wallet, prompt: &ConsentPrompt, choices: &Choices) -> (Choices, Agreement) {
    let mut choices = choices.clone();
    let page = prompt.page(&choices, Lang::ZhHant).unwrap();
    for finding in &page.findings {
        choices.overrides.insert(finding.rule.clone(), "I know this hospital".into());
    }
    let page = prompt.page(&choices, Lang::ZhHant).unwrap();
    if page.level.wants_presence() {
        wallet.reauthenticate(&SecretBytes::new(PASSPHRASE.to_vec())).unwrap();
    }
    let mut agreement = Agreement::to(&page.code, Lang::ZhHant, wallet).unwrap();
    for topic in page.separate {
        agreement.consent(topic, wallet).unwrap();
    }
    (choices, agreement)
}

/// What a whole walk leaves in the hands of both.
pub struct Walked {
    /// The holder's exchange.
    pub given: Id,
    /// The verifier's exchange.
    pub taken: Id,
    /// What the verifier received.
    pub received: Received,
    /// How the holder knows it went.
    pub outcome: UseOutcome,
}

impl World {
    /// A request for [`everything`], as the resident's camera reads it.
    pub fn request(&self) -> String {
        self.request_of(&everything(), samples::hospital_terms())
    }

    /// A request of the hospital.
    pub fn request_of(&self, query: &Value, terms: UseTerms) -> String {
        let outbound = ask(&self.hospital, query, terms);
        let text = read(&outbound).request().unwrap();
        self.hospital.shown(outbound).unwrap();
        text
    }

    /// The resident's yes to all of `request`.
    pub fn consent(&self, request: &str) -> Consent {
        let prompt = self.resident.look(request).unwrap();
        let choices = choose_all(&prompt);
        agree(&self.resident, prompt, &choices).unwrap()
    }

    /// The envelope that answers `request` with all of it, and the holder's exchange.
    pub fn envelope(&self, request: &str) -> (Id, String) {
        let outbound = self.resident.grant(self.consent(request)).unwrap();
        let (id, text) = (outbound.exchange(), read(&outbound).data().unwrap());
        self.resident.shown(outbound).unwrap();
        (id, text)
    }

    /// The acknowledgement of `envelope`, and the verifier's exchange.
    pub fn acknowledgement(&self, envelope: &str) -> (Id, String) {
        let outbound = self.hospital.claim(envelope).unwrap();
        let (id, text) = (outbound.exchange(), read(&outbound).acknowledgement().unwrap());
        self.hospital.shown(outbound).unwrap();
        (id, text)
    }

    /// Request, envelope and acknowledgement of one exchange: up to the moment before the key.
    pub fn until_acknowledged(&self) -> (Id, Id, String) {
        let (given, envelope) = self.envelope(&self.request());
        let (taken, ack) = self.acknowledgement(&envelope);
        (given, taken, ack)
    }

    /// The whole walk, message by message through frames.
    pub fn walk(&self) -> Walked {
        let (given, taken, ack) = self.until_acknowledged();
        let outbound = self.resident.acknowledge(&ack).unwrap();
        let key = read(&outbound).key().unwrap();
        self.resident.shown(outbound).unwrap();
        let Accepted::Taken(received, outbound) = self.hospital.accept(key).unwrap() else {
            unreachable!("the hospital refused what it asked for")
        };
        let receipt = read(&outbound).use_receipt().unwrap();
        self.hospital.shown(outbound).unwrap();
        let outcome = self.resident.confirm(MessageKind::Use, &receipt).unwrap();
        Walked { given, taken, received: *received, outcome }
    }
}
