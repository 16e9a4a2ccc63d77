//! What can be wrong with a request.

use crate::coded_union::coded_union;
use crate::dcql::DcqlError;
use crate::jose::JoseError;
use crate::shown_text::ShownTextError;
use crate::trust_list::TrustError;
use crate::x509::X509Error;

coded_union! {
    /// Why a request is refused.
    pub enum RequestError {
        /// A rule of requests.
        Rule(RequestRule),
        /// Its signature or form.
        Jose(JoseError),
        /// The verifier's certificate.
        X509(X509Error),
        /// Trust list against certificate.
        Trust(TrustError),
        /// What it asks for.
        Dcql(DcqlError),
        /// A text in it that may not be shown.
        Text(ShownTextError),
    }
}

chop_model::coded_errors! {
    /// The rules of requests.
    pub enum RequestRule {
        /// A member is missing or of another kind.
        NotARequest => ("request.not-a-request", Peer, "not a request"),
        /// No `x5c` in the header.
        NoCertificate => ("request.no-certificate", Peer, "the request does not say whose it is"),
        /// A client identifier of another form than `x509_hash` or `x509_san_dns`.
        UnknownClientId => ("request.unknown-client-id", Peer, "the asker identifies itself in a way that is not known here"),
        /// A client identifier that is not the certificate's.
        OtherClient => ("request.other-client", Peer, "the asker is not the one that the certificate names"),
        /// `aud` missing, an array, or another.
        BadAudience => ("request.bad-audience", Peer, "the request is not addressed to a wallet"),
        /// `response_type` other than `vp_token`.
        BadResponseType => ("request.bad-response-type", Peer, "the request wants another kind of answer"),
        /// `response_mode` of another carrier than the one it came by.
        OtherCarrier => ("request.other-carrier", Peer, "the request was made for another carrier"),
        /// `response_uri`, `redirect_uri` or `redirect_uris`: the answer would go elsewhere.
        AnswerElsewhere => ("request.answer-elsewhere", Peer, "the request wants the answer sent elsewhere"),
        /// No `response_uri` in a request by reference.
        NoAnswerAddress => ("request.no-answer-address", Peer, "the request does not say where the answer goes"),
        /// `wallet_nonce` is not the one that was sent, or was not asked for (OpenID4VP 1.0 section 5.10.1).
        OtherWalletNonce => ("request.other-wallet-nonce", Peer, "the request was made for another wallet, or another time"),
        /// `request` or `request_uri` inside a request (RFC 9101 section 4).
        ByReference => ("request.by-reference", Peer, "the request points to another request"),
        /// `transaction_data` of another type than use terms, or to a wallet that did not say that it
        /// knows them (OpenID4VP 1.0 section 5.1).
        TransactionData => ("request.transaction-data", Peer, "the request wants a transaction confirmed"),
        /// `scope`: what is asked for would not be in the request.
        Scope => ("request.scope", Peer, "the request names its content by an alias"),
        /// `state`: nothing here could give it back.
        State => ("request.state", Peer, "the request wants something repeated that this carrier cannot carry"),
        /// For the relay, and it names no offer.
        NoOffer => ("request.no-offer", Peer, "the request does not say which offer it takes up"),
        /// It takes up another offer, or one at another relay.
        OtherOffer => ("request.other-offer", Peer, "the request takes up another offer"),
        /// A nonce of less than 128 bits, or not base64url.
        BadNonce => ("request.bad-nonce", Peer, "the request's nonce is not fit for use"),
        /// `iat` or `exp` missing, or in the wrong order.
        BadTimes => ("request.bad-times", Peer, "the times of the request do not fit each other"),
        /// Longer than [`super::MAX_LIFETIME`].
        LivesTooLong => ("request.lives-too-long", Peer, "the request is valid for too long"),
        /// Past its end.
        Expired => ("request.expired", Peer, "the request has expired"),
        /// Made more than [`super::MAX_SKEW`] in the future.
        FromTheFuture => ("request.from-the-future", Peer, "the request was made in the future"),
        /// No encryption key.
        NoEncryptionKey => ("request.no-encryption-key", Peer, "the request has no key to seal the answer to"),
        /// More than one.
        SeveralEncryptionKeys => ("request.several-encryption-keys", Peer, "the request has several keys to seal the answer to"),
        /// Not a P-256 key for ECDH-ES with a name.
        BadEncryptionKey => ("request.bad-encryption-key", Peer, "the request's encryption key is not fit for use"),
        /// The encryption key is the certified signing key.
        EncryptionKeySigns => ("request.encryption-key-signs", Peer, "the request's encryption key is its signing key"),
        /// A256GCM is not offered.
        BadEncryption => ("request.bad-encryption", Peer, "the request does not take answers sealed with A256GCM"),
        /// `dc+sd-jwt` with ES256 is not offered.
        BadFormats => ("request.bad-formats", Peer, "the request does not take the credentials it asks for"),
        /// No use terms.
        NoUseTerms => ("request.no-use-terms", Peer, "the request does not say what the data are for"),
        /// Two.
        SeveralUseTerms => ("request.several-use-terms", Peer, "the request says twice what the data are for"),
        /// Use terms of another shape, or for a part of the request only.
        BadUseTerms => ("request.bad-use-terms", Peer, "the request's use terms are not complete"),
        /// No purpose.
        NoPurpose => ("request.no-purpose", Peer, "the request has no purpose"),
        /// No scene: 无场景不授权.
        NoScene => ("request.no-scene", Peer, "the request has no scene"),
        /// Nobody to ask about the data.
        NoContact => ("request.no-contact", Peer, "the request names nobody to ask"),
        /// No `vlc`.
        NoLogCommitment => ("request.no-log-commitment", Peer, "the request does not commit to the asker's log"),
        /// What the asker says of itself is not what list or certificate say.
        NamesDisagree => ("request.names-disagree", Peer, "what the asker says of itself is not what its certificate says"),
        /// Neither list nor certificate give a name.
        NoName => ("request.no-name", Peer, "nobody says who is asking"),
        /// A draft that nobody could answer.
        Misuse => ("request.misuse", Bug, "the request could not be made as asked"),
    }
}
