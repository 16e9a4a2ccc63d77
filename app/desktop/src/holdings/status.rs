//! Whether issuers still stand by what they signed: core says which lists, the network is asked here.

use chop_core::notice::Words;
use chop_core::status::StatusFetch;
use chop_core::{NetError, Result, Wallet};
use chop_transport::{Backoff, Call, Cancel, Client};

use crate::dto::item::StatusAnswer;
use crate::failure::Failure;

/// Fetches every list that is named; one that cannot be had stops none of the others.
pub(crate) fn refresh(
    wallet: &Wallet,
    words: &Words,
    client: &Client,
    cancel: &Cancel,
) -> Result<StatusAnswer> {
    let mut answer = StatusAnswer { taken: 0, failures: Vec::new() };
    for fetch in wallet.statuses_due(true)? {
        match fetch_one(wallet, &fetch, client, cancel) {
            Ok(()) => answer.taken += 1,
            Err(error) => answer.failures.push(Failure::of(&error, words.lang())),
        }
    }
    Ok(answer)
}

fn fetch_one(wallet: &Wallet, fetch: &StatusFetch, client: &Client, cancel: &Cancel) -> Result<()> {
    let most = u64::try_from(StatusFetch::MAX_BYTES).unwrap_or(u64::MAX);
    let call = Call::get(fetch.uri()).accepting(StatusFetch::MEDIA_TYPE).at_most(most);
    let answer = client.send_again(&call, Backoff::default(), cancel)?.success()?;
    if !answer.is_of_type(StatusFetch::MEDIA_TYPE) {
        return Err(NetError::Garbled.into());
    }
    wallet.take_status(fetch, &answer.body).map(drop)
}
