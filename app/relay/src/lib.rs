//! The blind relay: it keeps an offer that it cannot read and hands it out once, for a receipt.
