//! The second route: a resident of Zhuhai shows a transcript to a university in Macao. No
//! standard contract covers more than Mainland and Macao here, the person carries the data, and the law
//! warns of a machine that decides without anybody to explain it.

use chop_core::flow::{Accepted, RequestDraft};
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::formats::frame::MessageKind;
use chop_core::{Error, WalletError};
use chop_samples::macao;
use serde_json::{Value, json};

use super::stage::{MACAO_UNIVERSITY, Stage, ZHUHAI_RESIDENT};
use super::walk::{agree, all_that_is_held, brief, carry};
use super::{kept, law};
use crate::exit::Failure;

/// Walks the route, and takes the consent back at its end.
pub(crate) fn walk(stage: &Stage<'_>) -> Result<Value, Failure> {
    let (university, resident) = (stage.open(MACAO_UNIVERSITY)?, stage.open(ZHUHAI_RESIDENT)?);
    stage.tell("demo-macao", &[]);
    let dcql = DcqlQuery::from_value(&macao::query()).map_err(Error::from)?;
    let asked = university.ask(RequestDraft { dcql, terms: macao::terms() })?;
    let request = carry(stage, &university, asked, "macao-1")?;

    let prompt = resident.look(&request.inbound.request()?)?;
    let mut choices = all_that_is_held(&prompt);
    let found = law::tell(stage, &resident, &prompt.page(&choices, stage.say().lang())?)?;
    choices.overrides = law::overrides(stage, &prompt.page(&choices, stage.say().lang())?);
    let page = prompt.page(&choices, stage.say().lang())?;
    stage.show(&page.notice.sentence);
    let agreement = agree(stage, &resident, &choices, &page, "demo-macao-agrees")?;
    if page.level.wants_presence() {
        resident.reauthenticate(&stage.passphrase())?;
    }
    let consent = prompt.answer(&choices, &agreement).map_err(|(_, error)| error)?;

    let data = carry(stage, &resident, resident.grant(consent)?, "macao-2")?;
    let acknowledgement = carry(stage, &university, university.claim(&data.inbound.data()?)?, "macao-3")?;
    let key = resident.acknowledge(&acknowledgement.inbound.acknowledgement()?)?;
    let key = carry(stage, &resident, key, "macao-4")?;
    let Accepted::Taken(received, outbound) = university.accept(key.inbound.key()?)? else {
        return Err(WalletError::NotGranted.into());
    };
    stage.tell("demo-macao-sees", &[]);
    stage.show(&brief(stage.say(), &received));
    let used = carry(stage, &university, outbound, "macao-5")?;
    resident.confirm(MessageKind::Use, &used.inbound.use_receipt()?)?;

    let (given, taken) = (data.exchange, used.exchange);
    let record = kept::show(stage, &resident, &given, &university, &taken, FOLDER)?;
    let withdrawn = kept::withdraw(stage, &resident, &given, &university, &taken, FOLDER)?;
    Ok(json!({
        "law": found, "overrides": choices.overrides, "record": record, "withdrawal": withdrawn,
        "sentence": page.notice.sentence,
    }))
}

/// Where its record lies.
const FOLDER: &str = "macao-record";
