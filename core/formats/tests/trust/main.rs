//! Whom to believe: certificate chains, queries, trust lists and requests, each against its bad files.

#[cfg(test)]
mod checks;
#[cfg(test)]
mod pki;
#[cfg(test)]
mod x509;
