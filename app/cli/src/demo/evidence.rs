//! After the walk: second tries, both audits, the proof and its check.

use chop_core::Error;
use chop_core::flow;
use chop_core::plumbing::formats::proof_pack::CheckInputs;
use chop_core::plumbing::formats::trust_list::{TrustView, UnverifiedTrustList};
use serde_json::{Value, json};

use super::cast::Cast;
use super::stage::{HOSPITAL, RESIDENT, Stage};
use super::walk::Walked;
use crate::command::{audit_json, audit_text, judge};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::pictures;

/// The proof, and whether everything was as it must be.
pub(crate) struct Evidence {
    pub(crate) is_good: bool,
    pub(crate) pack: Vec<u8>,
    pub(crate) json: Value,
}

/// Tries again, audits, proves, checks.
pub(crate) fn gather(stage: &Stage<'_>, cast: &Cast, walked: &Walked) -> Result<Evidence, Failure> {
    let (resident_again, hospital_again) = second_tries(stage, walked)?;
    let (audits, are_clean) = audits(stage)?;
    let pack = stage.open(RESIDENT)?.prove(&walked.exchange, true)?;
    let file = stage.at("use.chop-proof");
    files::write_new(&file, &pack)?;
    stage.tell("demo-proof", &[("file", &file.display().to_string())]);

    let alone = judge(stage.say(), &pack, &CheckInputs::default());
    stage.tell("demo-check-alone", &[]);
    stage.show(&alone.text);
    let trust = trust(stage, cast)?;
    let anchored = judge(stage.say(), &pack, &CheckInputs { trust: Some(&trust), log_key: None });
    stage.tell("demo-check-anchored", &[]);
    stage.show(&anchored.text);

    let are_refused = resident_again.is_some() && hospital_again.is_some();
    Ok(Evidence {
        is_good: are_refused && are_clean && alone.exit == Exit::Done && anchored.exit == Exit::Done,
        json: json!({
            "secondTime": { "resident": resident_again, "hospital": hospital_again },
            "audits": audits, "proof": file, "alone": alone.json, "anchored": anchored.json,
        }),
        pack,
    })
}

/// Everybody who is trusted in this demo.
pub(crate) fn trust(stage: &Stage<'_>, cast: &Cast) -> Result<TrustView, Failure> {
    let list = UnverifiedTrustList::parse(&cast.trust_list).map_err(Error::from)?;
    let fingerprint = list.fingerprint();
    Ok(TrustView::new(vec![list.verify(&fingerprint, None, stage.now()).map_err(Error::from)?]))
}

/// The same pictures once more, on both sides: the code of each refusal, or nothing where there was none.
fn second_tries(
    stage: &Stage<'_>,
    walked: &Walked,
) -> Result<(Option<&'static str>, Option<&'static str>), Failure> {
    stage.tell("demo-second", &[]);
    let request = flow::read(&pictures::read(&walked.request)?)?.request()?;
    let answered = stage.open(RESIDENT)?.look(&request).err();
    let data = flow::read(&pictures::read(&walked.data)?)?.data()?;
    let claimed = stage.open(HOSPITAL)?.claim(&data).err();
    let said = |key: &str, error: &Option<Error>| {
        let what = error.as_ref().and_then(|error| stage.say().error(error)).map(|words| words.what);
        format!("{}: {}", stage.say().say(key), what.unwrap_or_default())
    };
    stage.show(&said("demo-second-resident", &answered));
    stage.show(&said("demo-second-hospital", &claimed));
    Ok((answered.map(|error| error.code()), claimed.map(|error| error.code())))
}

fn audits(stage: &Stage<'_>) -> Result<(Value, bool), Failure> {
    stage.tell("demo-audits", &[]);
    let mut all = serde_json::Map::new();
    let mut are_clean = true;
    for (name, kept) in [(RESIDENT, "demo-keeps-resident"), (HOSPITAL, "demo-keeps-hospital")] {
        let audit = stage.open(name)?.audit(&mut |_, _| {})?;
        are_clean &= audit.is_clean();
        stage.show(&format!("{name}: {}", audit_text(stage.say(), &audit)));
        stage.show(&stage.say().say_with(kept, &[("size", &audit.entries.to_string())]));
        all.insert(name.to_owned(), audit_json(&audit));
    }
    Ok((all.into(), are_clean))
}
