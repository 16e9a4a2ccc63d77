//! The world comes in by four ports: clock, random, keystore, anchors. Nothing else in core asks the
//! machine for anything but the files of the space it was given.

use std::sync::Arc;

use chop_crypto::{Keystore, Random};
use chop_model::UnixTime;

/// What time it is. The edge answers from the machine's clock, a test from a fixed one.
pub trait Clock: Send + Sync {
    /// Now, in whole seconds. May be wrong: nothing that must be proven rests on it alone.
    fn now(&self) -> UnixTime;
}

/// Trust that comes with the edge rather than from the space: lists that ship with a build, or that
/// an auditor names on the command line. Lists that a person adds live in the space and are logged.
pub trait Anchors: Send + Sync {
    /// Each list with the fingerprint of the publisher's key under which it was accepted.
    fn lists(&self) -> Vec<PinnedList>;
}

/// A trust list text and the publisher's fingerprint that the person saw and accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedList {
    /// RFC 7638 thumbprint of the publisher's key.
    pub fingerprint: chop_crypto::Digest,
    /// The signed list, compact JWS.
    pub text: String,
}

/// An edge that brings no trust of its own: everything comes from the space.
#[derive(Debug, Default, Clone, Copy)]
pub struct NoAnchors;

impl Anchors for NoAnchors {
    fn lists(&self) -> Vec<PinnedList> {
        Vec::new()
    }
}

impl Anchors for Vec<PinnedList> {
    fn lists(&self) -> Vec<PinnedList> {
        self.clone()
    }
}

/// The four ports in one struct; replace one field to replace one part of the world.
#[derive(Clone)]
pub struct Ports {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Bytes nobody can foresee.
    pub random: Arc<dyn Random>,
    /// Where private keys live.
    pub keystore: Arc<dyn Keystore>,
    /// Trust that comes with the edge.
    pub anchors: Arc<dyn Anchors>,
}

impl std::fmt::Debug for Ports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ports")
    }
}
