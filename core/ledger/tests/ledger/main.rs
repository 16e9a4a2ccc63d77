//! The log as others see it: vectors that nobody here wrote, laws over random trees, bad notes, and
//! the list of duties.

#[cfg(test)]
mod checks;
#[cfg(test)]
mod notes;
#[cfg(test)]
mod trees;
#[cfg(test)]
mod vectors;
#[cfg(test)]
mod world;
