//! Walks, faults and laws over the whole house.
