//! The attacks of the protocol that need the whole flow, each in a test that carries its row's number.
//! `pages.rs` counts them.

#[cfg(test)]
mod anchored;
#[cfg(test)]
mod claims;
#[cfg(test)]
mod contents;
#[cfg(test)]
mod drops;
#[cfg(test)]
mod law;
#[cfg(test)]
mod offers;
#[cfg(test)]
mod presentations;
#[cfg(test)]
mod proofs;
#[cfg(test)]
mod receipts;
#[cfg(test)]
mod relays;
#[cfg(test)]
mod replaced;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod restored;
#[cfg(test)]
mod seals;
#[cfg(test)]
mod status;
#[cfg(test)]
mod trace;
#[cfg(test)]
mod troubled;
#[cfg(test)]
mod unsigned;
#[cfg(test)]
mod withdrawn;
