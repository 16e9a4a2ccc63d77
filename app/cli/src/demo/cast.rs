//! Who plays: a clinic and a university that issue, a hospital that asks, a resident who holds; and the
//! same for the second route, from Zhuhai to Macao.

use std::path::PathBuf;

use chop_core::holdings::{Form, Import};
use chop_core::plumbing::crypto::encoding::{from_base64url, to_base64url};
use chop_core::plumbing::formats::trust_list::UnverifiedTrustList;
use chop_core::plumbing::model::Jurisdiction;
use chop_core::plumbing::vault::SpaceKind;
use chop_core::{Error, Wallet, WalletError};
use chop_samples::{ForMacao, HandedOut, hand_out};

use super::stage::{HOSPITAL, MACAO_UNIVERSITY, RESIDENT, Stage, ZHUHAI_RESIDENT};
use crate::command::card_line;
use crate::exit::Failure;
use crate::files;

/// What the cast leaves for the rest of the story.
pub(crate) struct Cast {
    /// The trust list, as text and as a file.
    pub(crate) trust_list: String,
    pub(crate) trust_file: PathBuf,
    /// The fingerprint of its publisher.
    pub(crate) publisher: String,
}

/// Makes everybody and what they hold.
pub(crate) fn gather(stage: &Stage<'_>) -> Result<Cast, Failure> {
    stage.make_space(RESIDENT, SpaceKind::Person, Jurisdiction::Hk)?;
    stage.make_space(HOSPITAL, SpaceKind::Firm, Jurisdiction::Cn)?;
    stage.make_space(ZHUHAI_RESIDENT, SpaceKind::Person, Jurisdiction::Cn)?;
    stage.make_space(MACAO_UNIVERSITY, SpaceKind::Firm, Jurisdiction::Mo)?;
    stage.tell("demo-spaces", &[]);

    let (resident, hospital) = (stage.open(RESIDENT)?, stage.open(HOSPITAL)?);
    // A key for each credential: two of them cannot be joined by their key.
    let (for_summary, for_transcript) = (resident.make_credential_key()?, resident.make_credential_key()?);
    let (student, campus) = (stage.open(ZHUHAI_RESIDENT)?, stage.open(MACAO_UNIVERSITY)?);
    let for_macao = ForMacao { university: campus.verifier_key()?, paper: student.make_credential_key()? };
    let HandedOut { certificate, trust_list, summary, transcript, macao } =
        hand_out(stage.now(), &hospital.verifier_key()?, &for_summary, &for_transcript, Some(&for_macao))?;
    let macao = macao.ok_or(WalletError::Internal)?;
    stage.tell("demo-authorities", &[]);

    hospital.certify(&[certificate])?;
    campus.certify(&[macao.certificate])?;
    let fingerprint = UnverifiedTrustList::parse(&trust_list).map_err(Error::from)?.fingerprint();
    for space in [&hospital, &resident, &campus, &student] {
        space.add_trust(&trust_list, &fingerprint)?;
    }
    let trust_file = stage.at("demo.chop-trust");
    files::write_new(&trust_file, trust_list.as_bytes())?;
    let publisher = to_base64url(&fingerprint);
    stage.tell("demo-trust", &[("fingerprint", &publisher)]);

    let picture = PICTURE.iter().try_fold(Vec::new(), |mut bytes, part| {
        bytes.extend(from_base64url(part)?);
        Ok::<_, Error>(bytes)
    })?;
    let say = stage.say();
    for (form, title, name, bytes) in [
        (Form::SdJwt, say.say("demo-title-summary"), "summary.sd-jwt", summary.into_bytes()),
        (Form::SdJwt, say.say("demo-title-transcript"), "transcript.sd-jwt", transcript.into_bytes()),
        (Form::File, say.say("demo-title-file"), "scan.png", picture),
        (Form::Record, say.say("demo-title-record"), "record.json", RECORD.as_bytes().to_vec()),
    ] {
        take_in(&resident, form, &title, name, &bytes)?;
    }
    let paper = macao.paper.into_bytes();
    take_in(&student, Form::SdJwt, &say.say("demo-title-paper"), "paper.sd-jwt", &paper)?;
    stage.tell("demo-imports", &[]);
    let cards = resident.cards(None, None, 10)?;
    stage.show(&cards.iter().map(|card| card_line(say, card)).collect::<Vec<_>>().join("\n"));
    Ok(Cast { trust_list, trust_file, publisher })
}

fn take_in(wallet: &Wallet, form: Form, title: &str, name: &str, mut bytes: &[u8]) -> Result<(), Failure> {
    let size = u64::try_from(bytes.len()).map_err(|_| WalletError::Internal)?;
    wallet.import(Import { form: Some(form), title: Some(title), name, size, bytes: &mut bytes })?;
    Ok(())
}

/// A record that the resident wrote, all of it invented.
const RECORD: &str = r#"{"title":"DEMO 示例","blood_group":"O","emergency_contact":"DEMO 示例联系人"}"#;

/// A PNG of one grey pixel: the smallest picture there is.
const PICTURE: [&str; 1] =
    ["iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg"];
