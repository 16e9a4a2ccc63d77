//! What can be wrong with a certificate chain.

chop_model::coded_errors! {
    /// Why a chain, or an anchor, is refused.
    pub enum X509Error {
        /// No certificate at all.
        Missing => ("x509.missing", Peer, "no certificate was given"),
        /// More than [`super::MAX_CERTIFICATES`].
        TooMany => ("x509.too-many", Peer, "too many certificates"),
        /// One is larger than [`super::MAX_CERTIFICATE_BYTES`].
        TooLarge => ("x509.too-large", Peer, "a certificate is too large"),
        /// Not the DER of one v3 certificate.
        NotACertificate => ("x509.not-a-certificate", Peer, "not an X.509 certificate"),
        /// A certificate is not issued by the one that follows it (RFC 7515 section 4.1.6).
        WrongOrder => ("x509.wrong-order", Peer, "the certificates are not in the order leaf to anchor"),
        /// The leaf is a certification authority.
        LeafIsCa => ("x509.leaf-is-authority", Peer, "the signer's certificate is that of an authority"),
        /// The leaf is itself a trust anchor, or has an anchor's key.
        LeafIsAnchor => ("x509.leaf-is-anchor", Peer, "the signer's certificate is a trust anchor"),
        /// The leaf vouches for itself.
        SelfSigned => ("x509.self-signed", Peer, "the signer's certificate vouches for itself"),
        /// The leaf's key is not on P-256.
        WrongKey => ("x509.wrong-key", Peer, "the signer's key is not a P-256 key"),
        /// The leaf has no keyUsage extension.
        NoKeyUsage => ("x509.no-key-usage", Peer, "the signer's certificate does not say what its key is for"),
        /// The leaf's keyUsage lacks digitalSignature.
        NotForSigning => ("x509.not-for-signing", Peer, "the signer's certificate is not for signing"),
        /// An authority's keyUsage lacks keyCertSign.
        IssuerNotForCertificates => ("x509.issuer-not-for-certificates", Peer, "an authority's certificate is not for signing certificates"),
        /// A certificate in the middle is not an authority's.
        IssuerNotCa => ("x509.issuer-not-authority", Peer, "a certificate was issued by somebody who is no authority"),
        /// Past its end.
        Expired => ("x509.expired", Peer, "a certificate has expired"),
        /// Before its beginning.
        NotYetValid => ("x509.not-yet-valid", Peer, "a certificate is not valid yet"),
        /// No anchor that is trusted here issued it.
        UnknownAnchor => ("x509.unknown-anchor", Peer, "nobody who is trusted here vouches for the signer"),
        /// The anchor's own certificate is past its end or before its beginning.
        AnchorNotValid => ("x509.anchor-not-valid", Environment, "the trust anchor is outside its validity"),
        /// A certificate's signature is not its issuer's.
        BadSignature => ("x509.bad-signature", Peer, "a certificate's signature does not verify"),
        /// Not ECDSA with SHA-256 on P-256 or SHA-384 on P-384.
        WrongAlgorithm => ("x509.wrong-algorithm", Peer, "a certificate is signed with an algorithm that is not accepted"),
        /// A critical extension that nobody here understands (RFC 5280 section 4.2).
        CriticalExtension => ("x509.critical-extension", Peer, "a certificate demands something unknown"),
        /// Longer than an authority's pathLenConstraint allows.
        PathTooLong => ("x509.path-too-long", Peer, "the chain is longer than an authority allows"),
        /// Outside an authority's name constraints.
        NameNotAllowed => ("x509.name-not-allowed", Peer, "an authority may not vouch for this name"),
        /// A subject name that is doubled, of an odd string type, or not fit to be shown.
        BadName => ("x509.bad-name", Peer, "a name in the certificate cannot be shown"),
        /// An anchor that is not an authority.
        AnchorNotCa => ("x509.anchor-not-authority", User, "the trust anchor is not an authority's certificate"),
    }
}
