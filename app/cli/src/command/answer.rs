//! What the holder opened beforehand answers by itself.

use super::consent::everything_held;
use super::exchange::{inbound, send};
use super::session::Context;
use crate::args::{AnswerArgs, OutArgs, PicturesArgs};
use crate::exit::Failure;
use crate::pictures::PictureFolder;
use crate::report::Report;

/// Answers with all that is asked and held, if all of it is open and nothing is left to ask: T1.
pub(crate) fn answer(context: Context<'_>, args: &AnswerArgs) -> Result<Report, Failure> {
    let request = inbound(&PicturesArgs { pictures: args.pictures.clone() })?.request()?;
    let folder = PictureFolder::ready(&args.out)?;
    let session = context.open()?;
    let prompt = session.wallet.look(&request)?;
    let choices = everything_held(&prompt);
    let consent = prompt
        .answer_open(&choices, context.say.lang(), &session.wallet)
        .map_err(|(_, error)| Failure::Refused(error))?;
    let outbound = session.wallet.grant(consent)?;
    let out = OutArgs { out: args.out.clone(), show: args.show };
    send(context.say, &session, outbound, &folder, &out)
}
