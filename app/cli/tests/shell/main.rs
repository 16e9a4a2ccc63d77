//! Runs the built binary as a person or a script would.
#![cfg(test)]

mod chop;
mod manual;
mod tool;
