//! A walk leaves a record on either side. Its owner re-checks all of it; a stranger checks one use from
//! a file; and one changed byte is named.
//!
//! ```text
//! cargo run --package chop-core --example check_log
//! ```

#![expect(clippy::print_stdout, reason = "an example shows what it does")]

mod common;

use chop_core::flow::{self, Accepted, Inbound, Outbound, RequestDraft};
use chop_core::plumbing::formats::proof_pack::{CheckInputs, UnverifiedPack};
use chop_core::plumbing::formats::{dcql::DcqlQuery, frame::MessageKind};
use chop_core::{Wallet, samples};

fn main() -> common::Done {
    let common::Demo { resident, hospital, .. } = &common::Demo::new()?;

    // The walk, message by message; `grant_by_qr` tells what happens in it.
    let dcql = DcqlQuery::from_value(&samples::outpatient_query())?;
    let asked = hospital.ask(RequestDraft { dcql, terms: samples::outpatient_terms() })?;
    let request = send(hospital, asked)?.request()?;
    let granted = resident.grant(common::consent(resident, &request)?)?;
    let exchange = granted.exchange();
    let ack = {
        let envelope = send(resident, granted)?.data()?;
        send(hospital, hospital.claim(&envelope)?)?.acknowledgement()?
    };
    let key = send(resident, resident.acknowledge(&ack)?)?.key()?;
    let Accepted::Taken(_, receipt) = hospital.accept(key)? else { return Err("refused".into()) };
    resident.confirm(MessageKind::Use, &send(hospital, receipt)?.use_receipt()?)?;

    // The owner: every entry against its leaf, every row against the entry that wrote it.
    for (name, wallet) in [("resident", resident), ("hospital", hospital)] {
        let report = wallet.audit(&mut |_, _| ())?;
        println!("{name}: {} entries, {} rows, {} flaws", report.entries, report.rows, report.flaws.len());
        for line in wallet.record_lines(6)?.iter().rev() {
            println!("  {:>3} {}", line.index, line.entry.as_ref().map_or("erased", |e| e.kind.name()));
        }
    }

    // A stranger, who knows whom to believe about certificates and which log it should be.
    let pack = resident.prove(&exchange, true)?;
    let (trust, log_key) = (hospital.trust()?, resident.log_verifier_key()?);
    let inputs = CheckInputs { trust: Some(&trust), log_key: Some(&log_key) };
    println!("a proof of {} bytes says:", pack.len());
    print!("{}", UnverifiedPack::read(&pack)?.check(&inputs)?);

    // One byte of it changed.
    let mut bent = pack;
    let middle = bent.len() / 2;
    if let Some(byte) = bent.get_mut(middle) {
        *byte ^= 1;
    }
    match UnverifiedPack::read(&bent).and_then(|pack| pack.check(&inputs)) {
        Ok(_) => return Err("a changed proof was taken".into()),
        Err(fault) => println!("with byte {middle} changed: {fault}"),
    }
    Ok(())
}

/// Hands a message to the other side as the texts of its QR codes.
fn send(from: &Wallet, message: Outbound) -> common::Done<Inbound> {
    let texts = message.frames().to_vec();
    from.shown(message)?;
    Ok(flow::read(&texts)?)
}
