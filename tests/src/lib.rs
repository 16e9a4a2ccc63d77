//! Walks, faults and laws over the whole house.

pub mod camera;
pub mod chaos;
pub mod machine;
pub mod raw;
pub mod relay;
pub mod world;
