//! The attacks of the protocol that need the whole flow, each in a test that carries its row's number;
//! and the list of rows that must have one somewhere.

#[cfg(test)]
mod contents;
#[cfg(test)]
mod presentations;
#[cfg(test)]
mod proofs;
#[cfg(test)]
mod receipts;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod restored;
#[cfg(test)]
mod table;
