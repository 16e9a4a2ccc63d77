//! The numbers against vectors that were worked out by hand, and the catalogue against the table of
//! fields from which it was made.

#[cfg(test)]
mod data;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod numbers;
