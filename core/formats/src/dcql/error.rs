//! What can be wrong with a query.

chop_model::coded_errors! {
    /// Why a query is refused, or cannot be narrowed as asked.
    pub enum DcqlError {
        /// Not the JSON object that OpenID4VP 1.0 section 6 describes.
        NotAQuery => ("dcql.not-a-query", Peer, "not a DCQL query"),
        /// More credentials than [`super::MAX_CREDENTIALS`].
        TooManyCredentials => ("dcql.too-many-credentials", Peer, "the request asks for too many credentials"),
        /// More claims of one credential than [`super::MAX_CLAIMS`].
        TooManyClaims => ("dcql.too-many-claims", Peer, "the request asks for too many claims"),
        /// A path longer than [`super::MAX_PATH`].
        PathTooLong => ("dcql.path-too-long", Peer, "the request asks for a claim too deep inside"),
        /// More types or values than [`super::MAX_VALUES`].
        TooManyValues => ("dcql.too-many-values", Peer, "the request names too many types or values"),
        /// An id that is empty, too long or of other characters (section 6.1).
        BadId => ("dcql.bad-id", Peer, "an id in the request is not of letters, digits, _ and -"),
        /// The same id twice.
        DoubledId => ("dcql.doubled-id", Peer, "the request uses one id twice"),
        /// A format other than `dc+sd-jwt`.
        UnknownFormat => ("dcql.unknown-format", Peer, "the request asks for a format that is not known here"),
        /// No `vct_values`: any credential at all.
        NoType => ("dcql.no-type", Peer, "the request does not say which type of credential it wants"),
        /// No `claims`: the verifier would learn that the credential is held, and the holder would
        /// not see what for.
        NoClaims => ("dcql.no-claims", Peer, "the request does not say which claims it wants"),
        /// `null` in a path: every element, whatever it is.
        Wildcard => ("dcql.wildcard", Peer, "the request asks for whatever is there"),
        /// Not a claims path pointer (section 7).
        BadPath => ("dcql.bad-path", Peer, "a claim path in the request is wrong"),
        /// The same claim twice (section 6.1).
        DoubledClaim => ("dcql.doubled-claim", Peer, "the request asks for one claim twice"),
        /// `values` that are not strings, integers or booleans.
        BadValues => ("dcql.bad-values", Peer, "the request compares a claim with something that cannot be compared"),
        /// `multiple: true`.
        Multiple => ("dcql.multiple", Peer, "the request asks for several credentials at once under one id"),
        /// `credential_sets`.
        CredentialSets => ("dcql.credential-sets", Peer, "the request offers alternatives between credentials"),
        /// `claim_sets`.
        ClaimSets => ("dcql.claim-sets", Peer, "the request offers alternatives between claims"),
        /// `trusted_authorities`.
        TrustedAuthorities => ("dcql.trusted-authorities", Peer, "the request restricts issuers in a way that is not known here"),
        /// `require_cryptographic_holder_binding: false`.
        NoHolderBinding => ("dcql.no-holder-binding", Peer, "the request wants credentials that anybody could show"),
        /// A type or member name that cannot be shown to the person who decides.
        UnfitText => ("dcql.unfit-text", Peer, "the request names something that cannot be shown"),
        /// A choice outside the query: scope only narrows.
        NotAsked => ("dcql.not-asked", Bug, "something was chosen that was not asked for"),
        /// Nothing is left.
        NothingChosen => ("dcql.nothing-chosen", User, "nothing was chosen"),
    }
}
