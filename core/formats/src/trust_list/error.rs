//! What can be wrong with a trust list, or between a list and a certificate.

use crate::coded_union::coded_union;
use crate::jose::JoseError;
use crate::shown_text::ShownTextError;
use crate::x509::X509Error;

coded_union! {
    /// Why a trust list is refused, or why somebody may not be shown under a name.
    pub enum TrustError {
        /// The list's own rules.
        Rule(TrustRule),
        /// Its signature or form.
        Jose(JoseError),
        /// A certificate in it.
        X509(X509Error),
        /// A text in it that may not be shown.
        Text(ShownTextError),
    }
}

chop_model::coded_errors! {
    /// The rules of trust lists.
    pub enum TrustRule {
        /// Signed by nobody who was pinned.
        OtherPublisher => ("trust.other-publisher", User, "the list is not signed by the publisher that was accepted"),
        /// A version that is not read here.
        UnknownVersion => ("trust.unknown-version", Environment, "the list is of a newer version"),
        /// Not the fields of a list.
        NotAList => ("trust.not-a-list", Peer, "not a trust list"),
        /// More anchors, entries or types than a list may have.
        TooMany => ("trust.too-many", Peer, "the trust list is too long"),
        /// A sequence number below the last one seen.
        Superseded => ("trust.superseded", Peer, "the list is older than one that was seen before"),
        /// The last sequence number seen, with another content.
        Forked => ("trust.forked", Peer, "the publisher signed two different lists under one number"),
        /// Issued in the future.
        NotYetIssued => ("trust.not-yet-issued", Peer, "the list was issued in the future"),
        /// The next update is not after the issue.
        BadDates => ("trust.bad-dates", Peer, "the dates of the list do not fit each other"),
        /// One certificate stands for two entries.
        DoubledEntry => ("trust.doubled-entry", Peer, "the list names one certificate twice"),
        /// An entry without a role, with one twice, or with credential types and no issuer's role.
        BadRoles => ("trust.bad-roles", Peer, "an entry of the list has wrong roles"),
        /// An encryption key that is also the certificate's key.
        EncryptionKeySigns => ("trust.encryption-key-signs", Peer, "an encryption key in the list is also a signing key"),
        /// The list calls the certificate's owner by another name.
        NamesDisagree => ("trust.names-disagree", Peer, "the trust list and the certificate name different organisations"),
        /// The list gives the certificate's owner another identifier.
        IdsDisagree => ("trust.ids-disagree", Peer, "the trust list and the certificate give different identifiers"),
        /// Somebody who is not listed has a name that can be taken for a listed one.
        LooksLikeListed => ("trust.looks-like-listed", Peer, "the name can be taken for that of somebody else who is listed"),
        /// Listed, but not for this.
        OtherRole => ("trust.other-role", Peer, "the list does not name this party for this role"),
    }
}
