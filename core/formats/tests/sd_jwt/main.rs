//! SD-JWT, credentials and JOSE: vectors that nobody here wrote, our own bad files, and properties.

#[cfg(test)]
#[path = "../../src/checks.rs"]
mod checks;
#[cfg(test)]
mod draft;
#[cfg(test)]
mod jose;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod rfc9901;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod vc;
#[cfg(test)]
mod vectors;
