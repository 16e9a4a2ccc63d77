//! Proof packs: a whole exchange between demo parties, every way to spoil its pack, and a forger who
//! makes all of it.

mod bad;
mod packs;
mod world;
