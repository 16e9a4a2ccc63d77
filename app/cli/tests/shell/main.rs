//! Runs the built binary as a person or a script would.
#![cfg(test)]

mod chop;
mod consents;
mod demo;
mod holdings;
mod manual;
mod offers;
mod online;
mod papers;
mod readme;
mod space;
mod tool;
mod walk;
mod world;
