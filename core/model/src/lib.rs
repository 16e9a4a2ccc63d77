//! Floor 1: the nouns of the data space.
