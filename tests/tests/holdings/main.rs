//! What a person keeps, and how it is kept from going further than they want: sharing classes, levels,
//! pictures, masks, predicates, children. Tests carry the number of their row of gba.md section 1.

#![cfg(test)]

mod copies;
mod levels;
mod predicates;
mod sharing;
mod wards;
