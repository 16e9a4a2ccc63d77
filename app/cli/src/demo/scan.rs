//! The one-scan story: one small code, a relay that cannot read what it hands on, a hospital that claims it
//! over a socket while the resident's wallet is asleep, and somebody else who comes too late.
//!
//! ```text
//! resident   offer ──► relay        one code, drawn and read back from its picture; then the wallet closes
//! hospital   claim ──► relay        waits
//! university claim ──► relay        refused: another was first
//! resident   opens again, hears who it is, says yes ──► relay ──► hospital signs, gets the key, takes
//! ```

use chop_core::Wallet;
use chop_core::flow::offer::{ClaimDraft, OfferDraft, OfferState, OfferWay, Offered, Recipients, Told};
use chop_core::flow::{Received, RequestDraft};
use chop_core::plumbing::crypto::encoding::from_base64url;
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::formats::offer::OfferCode;
use chop_core::plumbing::model::{Id, UnixTime};
use chop_core::{Error, WalletError, qr, samples};
use serde_json::{Value, json};

use super::cast::Cast;
use super::relay::Relay;
use super::stage::{HOSPITAL, MACAO_UNIVERSITY, RESIDENT, Stage};
use super::walk::{agree, all_that_is_held, brief};
use crate::command::{audit_text, step_of, time};
use crate::exit::Failure;
use crate::pictures::{self, PictureFolder};

/// What came of it.
pub(crate) struct Scanned {
    pub(crate) is_good: bool,
    pub(crate) json: Value,
}

/// DEMO: what is offered, one section of a patient summary.
pub(crate) fn offered_query() -> Value {
    json!({ "credentials": [{
        "id": "summary", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:chop:ips:1"] },
        "claims": [{ "path": ["48765-2"] }],
    }] })
}

/// Walks the story, with a relay of its own.
pub(crate) fn walk(stage: &Stage<'_>, cast: &Cast) -> Result<Scanned, Failure> {
    let Some(relay) = Relay::start(stage)? else {
        stage.tell("demo-scan-none", &[]);
        return Ok(Scanned { is_good: true, json: Value::Null });
    };
    stage.tell("demo-scan", &[("relay", &relay.named.origin)]);
    let scan = Scan { stage, relay, publisher: &cast.publisher };
    let picture = scan.offer("scan-1")?;
    let taken = scan.hand_over(&picture)?;
    let withdrawn = scan.withdraw()?;

    stage.tell("demo-scan-audits", &[]);
    let mut are_clean = true;
    for name in [RESIDENT, HOSPITAL] {
        let audit = stage.open(name)?.audit(&mut |_, _| {})?;
        are_clean &= audit.is_clean();
        stage.show(&format!("{name}: {}", audit_text(stage.say(), &audit)));
    }
    let head = scan.relay.checkpoint()?;
    stage.tell("demo-scan-relay", &[]);
    stage.show(&head);
    Ok(Scanned {
        is_good: are_clean && taken.is_good() && withdrawn.is_some(),
        json: json!({
            "relay": scan.relay.named.origin, "codeVersion": picture.version, "holder": taken.holder.word(),
            "recipient": taken.recipient.word(), "second": taken.second.word(), "secondTold": taken.second_told,
            "withdrawnAt": withdrawn.map(|at| at.0), "clean": are_clean, "checkpoint": head,
        }),
    })
}

struct Scan<'a> {
    stage: &'a Stage<'a>,
    relay: Relay,
    publisher: &'a str,
}

/// An offer, and what a camera reads of its picture.
struct Picture {
    offered: Offered,
    code: OfferCode,
    version: i16,
}

/// How everybody ended.
struct Taken {
    holder: OfferState,
    recipient: OfferState,
    second: OfferState,
    second_told: bool,
}

impl Taken {
    fn is_good(&self) -> bool {
        let ends = (self.holder, self.recipient, self.second);
        ends == (OfferState::Done, OfferState::Finished, OfferState::Refused) && self.second_told
    }
}

impl Scan<'_> {
    /// The resident offers; the code is drawn, written as a picture and read back from it.
    fn offer(&self, folder: &str) -> Result<Picture, Failure> {
        let stage = self.stage;
        let resident = stage.open(RESIDENT)?;
        let fingerprint = from_base64url(self.publisher)?;
        let publisher = <[u8; 32]>::try_from(fingerprint).map_err(|_| WalletError::Internal)?;
        let prompt = resident.draft_offer(OfferDraft {
            dcql: DcqlQuery::from_value(&offered_query()).map_err(Error::from)?,
            terms: samples::outpatient_terms(),
            to: Recipients::List { publisher: publisher.into(), place: None },
            way: OfferWay::Live { by_rule: false },
            relay: self.relay.named.clone(),
            seconds: OFFER_SECONDS,
            drafted_at: None,
        })?;
        let choices = all_that_is_held(&prompt);
        let page = prompt.page(&choices, stage.say().lang())?;
        let agreement = agree(stage, &resident, &choices, &page, "demo-scan-agrees")?;
        if page.level.wants_presence() {
            resident.reauthenticate(&stage.passphrase())?;
        }
        let consent = prompt.answer(&choices, &agreement).map_err(|(_, error)| error)?;
        let offered = resident.offer(&consent)?;
        self.until(&resident, &offered.id, |state| state != OfferState::Made)?;

        let text = offered.code.to_text()?;
        let version = qr::draw(&text)?.version();
        let written = PictureFolder::ready(&stage.at(&format!("{folder}-offer")))?.write(&[text])?;
        let seen = pictures::read(&written)?.into_iter().next().unwrap_or_default();
        stage.tell("demo-scan-code", &[("version", &version.to_string())]);
        stage.draw(&seen)?;
        Ok(Picture { code: OfferCode::parse(&seen)?, offered, version })
    }

    /// Two scan the same picture; the first gets what was offered, once.
    fn hand_over(&self, picture: &Picture) -> Result<Taken, Failure> {
        let stage = self.stage;
        let (hospital, university) = (stage.open(HOSPITAL)?, stage.open(MACAO_UNIVERSITY)?);
        let claim = self.scans(&hospital, picture)?;
        self.until(&hospital, &claim, |state| state != OfferState::Claiming)?;
        stage.tell("demo-scan-claims", &[]);
        let late = self.scans(&university, picture)?;
        let second = self.until(&university, &late, |state| !state.is_open())?.0;
        stage.tell("demo-scan-second", &[]);

        let resident = stage.open(RESIDENT)?;
        stage.tell("demo-scan-wakes", &[]);
        let (mut received, mut second_told) = (None, false);
        for _ in 0..MOST_TURNS {
            for told in self.step(&resident, &picture.offered.id)? {
                match told {
                    Told::Claim(prompt) => {
                        let who = prompt.who().in_lang(stage.say().lang());
                        stage.tell("demo-scan-asked", &[("who", who)]);
                        resident.confirm_claim(&prompt)?;
                    }
                    Told::AnotherClaim(_) => second_told = true,
                    _ => {}
                }
            }
            for told in self.step(&hospital, &claim)? {
                if let Told::Received(data) = told {
                    received = Some(data);
                }
            }
            if ![&resident, &hospital]
                .iter()
                .zip([&picture.offered.id, &claim])
                .any(|(at, id)| is_open(at, id))
            {
                break;
            }
            pause();
        }
        self.show_taken(received.as_deref())?;
        let holder = resident.offer_view(&picture.offered.id)?.state;
        Ok(Taken { holder, recipient: hospital.offer_view(&claim)?.state, second, second_told })
    }

    /// Another offer, taken back before anybody came: when, by the relay's signed word.
    fn withdraw(&self) -> Result<Option<UnixTime>, Failure> {
        self.stage.tell("demo-scan-another", &[]);
        let picture = self.offer("scan-2")?;
        let resident = self.stage.open(RESIDENT)?;
        resident.withdraw_offer(&picture.offered.id)?;
        let (_, told) = self.until(&resident, &picture.offered.id, |state| !state.is_open())?;
        let at = told.into_iter().find_map(|told| match told {
            Told::RevokedAt(at) => Some(at),
            _ => None,
        });
        if let Some(at) = at {
            self.stage.tell("demo-scan-revoked", &[("at", &time(at))]);
        }
        Ok(at)
    }

    fn scans(&self, wallet: &Wallet, picture: &Picture) -> Result<Id, Failure> {
        let dcql = DcqlQuery::from_value(&offered_query()).map_err(Error::from)?;
        let ask = Some(RequestDraft { dcql, terms: samples::outpatient_terms() });
        let draft = ClaimDraft { ask, relays: vec![self.relay.named.origin.clone()] };
        Ok(wallet.scan_offer(&picture.code, draft)?)
    }

    fn show_taken(&self, received: Option<&Received>) -> Result<(), Failure> {
        let received = received.ok_or(WalletError::NotGranted)?;
        self.stage.tell("demo-scan-sees", &[]);
        self.stage.show(&brief(self.stage.say(), received));
        Ok(())
    }

    /// Calls until the offer is where it should be; where it is then, and what was told on the way.
    fn until(
        &self,
        wallet: &Wallet,
        id: &Id,
        is_there: impl Fn(OfferState) -> bool,
    ) -> Result<(OfferState, Vec<Told>), Failure> {
        let mut all = Vec::new();
        for _ in 0..MOST_TURNS {
            all.extend(self.step(wallet, id)?);
            let state = wallet.offer_view(id)?.state;
            if is_there(state) {
                return Ok((state, all));
            }
            pause();
        }
        Err(WalletError::WrongStep.into())
    }

    fn step(&self, wallet: &Wallet, id: &Id) -> Result<Vec<Told>, Failure> {
        step_of(wallet, id, &self.relay.net, 0)
    }
}

fn is_open(wallet: &Wallet, id: &Id) -> bool {
    wallet.offer_view(id).is_ok_and(|view| view.state.is_open())
}

/// Nobody waits on the other side of a long poll: both sides take turns in this one process.
fn pause() {
    std::thread::sleep(std::time::Duration::from_millis(20));
}

/// Seconds that an offer of this story lasts.
const OFFER_SECONDS: i64 = 600;
/// Calls of one side, at most: a walk takes about ten.
const MOST_TURNS: usize = 200;
