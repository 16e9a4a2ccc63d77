//! Floor 2: law as data, assessed before anything is signed.
