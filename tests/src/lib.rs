//! Walks, faults and laws over the whole house.

pub mod camera;
pub mod raw;
pub mod world;
