//! One look at chosen parts of a patient summary, granted by QR codes alone: five messages, each as
//! pictures, no network.
//!
//! ```text
//! cargo run --package chop-core --example grant_by_qr
//! ```

#![expect(clippy::print_stdout, reason = "an example shows what it does")]

mod common;

use chop_core::flow::{self, Accepted, Inbound, Outbound, RequestDraft};
use chop_core::plumbing::formats::{dcql::DcqlQuery, frame::MessageKind};
use chop_core::{Wallet, qr, samples};

fn main() -> common::Done {
    let common::Demo { resident, hospital, .. } = &common::Demo::new()?;

    // The hospital asks for allergies and medications.
    let dcql = DcqlQuery::from_value(&samples::outpatient_query())?;
    let request = hospital.ask(RequestDraft { dcql, terms: samples::outpatient_terms() })?;
    let request = show(hospital, request)?.request()?;

    // The resident reads the page and grants the allergies alone. From here on the answer is spent.
    let consent = common::consent(resident, &request)?;
    let envelope = show(resident, resident.grant(consent)?)?.data()?;

    // The hospital checks the grant and signs for the sealed data, before it can read them.
    let ack = show(hospital, hospital.claim(&envelope)?)?.acknowledgement()?;

    // No receipt, no key: only this signature releases it.
    let key = show(resident, resident.acknowledge(&ack)?)?.key()?;

    // The hospital opens the data, checks them against the grant, and signs for the use.
    let Accepted::Taken(received, receipt) = hospital.accept(key)? else { return Err("refused".into()) };
    for credential in &received.credentials {
        let names: Vec<_> =
            credential.claims.as_object().into_iter().flatten().map(|(name, _)| name).collect();
        println!("the hospital received {} {names:?}", credential.vct);
    }
    let Inbound::Use(receipt) = show(hospital, receipt)? else { return Err("no use receipt".into()) };
    let outcome = resident.confirm(MessageKind::Use, &receipt)?;
    println!("the resident's record says {:?}", outcome.outcome);
    Ok(())
}

/// Shows a message as pictures and reads it back from them, as the other side's camera does.
fn show(from: &Wallet, message: Outbound) -> common::Done<Inbound> {
    let mut texts = Vec::new();
    for frame in message.frames() {
        let picture = qr::draw(frame)?.png(qr::MODULE_PIXELS)?;
        texts.extend(qr::read(&picture)?);
    }
    println!("{:?} in {} QR codes", message.kind(), texts.len());
    from.shown(message)?;
    Ok(flow::read(&texts)?)
}
