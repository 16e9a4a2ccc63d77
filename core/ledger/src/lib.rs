//! Floor 1: a Merkle log over opaque bytes (RFC 6962, C2SP).
