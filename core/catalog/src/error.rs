//! What can be wrong with a catalogue.

chop_model::coded_errors! {
    /// Why a catalogue, or a regional pack that would add to it, is refused.
    pub enum CatalogError {
        /// Over [`MAX_CATALOG_BYTES`](crate::Catalog::MAX_BYTES).
        TooLarge => ("catalog.too-large", Peer, "the catalogue is too large"),
        /// More types, fields or purposes than a catalogue may have.
        TooMany => ("catalog.too-many", Peer, "the catalogue has too many entries"),
        /// Not TOML, a member that is not known, or one that is missing.
        Malformed => ("catalog.malformed", Peer, "the text is not in the form of a catalogue"),
        /// A name that is not in all four languages.
        MissingLanguage => ("catalog.missing-language", Peer, "a name in the catalogue is missing in one of the four languages"),
        /// A text that is empty, too long, or with characters that change how others are read.
        BadText => ("catalog.bad-text", Peer, "a text in the catalogue may not be shown"),
        /// A date that is none.
        BadDate => ("catalog.bad-date", Peer, "a date in the catalogue is none"),
        /// A type that is there already.
        DuplicateType => ("catalog.duplicate-type", Peer, "a type of document is in the catalogue twice"),
        /// A field that its type has already.
        DuplicateField => ("catalog.duplicate-field", Peer, "a field of a type is in the catalogue twice"),
        /// A purpose that is there already.
        DuplicatePurpose => ("catalog.duplicate-purpose", Peer, "a purpose is in the catalogue twice"),
        /// Not N, P, P*, S, B or BS.
        UnknownClass => ("catalog.unknown-class", Peer, "a field of the catalogue has a class that is not known"),
        /// Not L1 to L4.
        UnknownLevel => ("catalog.unknown-level", Peer, "a field of the catalogue has a level that is not known"),
        /// A level below what the class demands: sensitive data would be treated lightly.
        LevelTooLow => ("catalog.level-too-low", Peer, "a field of the catalogue has a level below its class"),
        /// A kind of field that is not known.
        UnknownKind => ("catalog.unknown-kind", Peer, "a field of the catalogue is of a kind that is not known"),
        /// A kind of number that is not known.
        UnknownNumber => ("catalog.unknown-number", Peer, "a field of the catalogue names a number that is not known"),
        /// A rule between fields that is not known.
        UnknownCheck => ("catalog.unknown-check", Peer, "the catalogue has a check that is not known"),
        /// A place that is none of the three.
        UnknownPlace => ("catalog.unknown-place", Peer, "the catalogue names a place that is not known"),
        /// A check, a validity or a purpose names a field that its type has not.
        NoSuchField => ("catalog.no-such-field", Peer, "the catalogue refers to a field that is not there"),
        /// A purpose needs a type that is nowhere.
        NoSuchType => ("catalog.no-such-type", Peer, "the catalogue refers to a type that is not there"),
        /// Sale, or marketing beside something else.
        ForbiddenPurpose => ("catalog.forbidden-purpose", Peer, "the catalogue has a purpose of sale, or marketing that is not marked as such"),
    }
}
