//! The objects of an exchange, one after the other, as two screens pass them.

#[cfg(test)]
mod parties;
#[cfg(test)]
mod walk;
