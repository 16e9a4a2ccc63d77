//! Whom to believe: certificate chains, queries, trust lists, requests and proof packs, each against its bad files.

#[cfg(test)]
#[path = "../../src/checks.rs"]
mod checks;
#[cfg(test)]
mod dcql;
#[cfg(test)]
mod given;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod offer;
#[cfg(test)]
mod pack;
#[cfg(test)]
mod pki;
#[cfg(test)]
mod request;
#[cfg(test)]
mod request_files;
#[cfg(test)]
mod trust_list;
#[cfg(test)]
mod x509;
