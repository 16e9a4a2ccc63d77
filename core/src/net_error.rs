//! What can go wrong on the way to another machine. Core opens no socket; the words for it are here with
//! all the others, and `chop-transport` says them.

chop_model::coded_errors! {
    /// What can go wrong when an edge calls another machine.
    pub enum NetError {
        /// The text is no address that is ever called: user name, fragment, odd characters, other scheme.
        BadAddress => ("net.bad-address", Peer, "this is not an address that is called"),
        /// The address is http and nobody allowed that.
        NotEncrypted => ("net.not-encrypted", Peer, "the address is not https"),
        /// The address names a port of its own and nobody allowed that.
        OddPort => ("net.odd-port", Peer, "the address names a port of its own"),
        /// The address, by its name or by what its name resolves to, is not of the internet.
        PrivateAddress => ("net.private-address", Peer, "the address leads into a private network"),
        /// The name cannot be resolved.
        NoSuchHost => ("net.host-unknown", Environment, "the name of the host cannot be resolved"),
        /// No connection could be made.
        Unreachable => ("net.unreachable", Environment, "no connection could be made"),
        /// The proxy refused or failed.
        Proxy => ("net.proxy", Environment, "the proxy made no connection"),
        /// The host's certificate is not for it, not in time, or not by an authority that is trusted.
        Certificate => ("net.certificate", Peer, "the host's certificate is not trusted"),
        /// TLS failed otherwise.
        Tls => ("net.tls", Peer, "no encrypted connection could be agreed"),
        /// It took longer than it may.
        TimedOut => ("net.timed-out", Environment, "the answer took too long"),
        /// The connection ended before the answer did.
        Cut => ("net.cut", Environment, "the connection was cut"),
        /// The answer is a redirect; none is followed.
        Redirected => ("net.redirected", Peer, "the answer sends us elsewhere"),
        /// The answer is larger than its cap.
        TooLarge => ("net.too-large", Peer, "the answer is larger than it may be"),
        /// The answer is no HTTP, or compressed though nobody asked.
        Garbled => ("net.garbled", Peer, "the answer cannot be read"),
        /// The other side answered with an error of its own.
        Status => ("net.status", Peer, "the other side answered with an error"),
        /// The other side asks to be left alone for a while.
        Busy => ("net.busy", Environment, "the other side is busy"),
        /// Somebody pressed stop.
        Cancelled => ("net.cancelled", User, "the call was stopped"),
        /// The file of trust roots holds no certificate, or a torn one.
        BadRoots => ("net.bad-roots", User, "the file of trust roots cannot be read"),
        /// The proxy's address cannot be read, or is not http or https.
        BadProxy => ("net.bad-proxy", User, "the proxy's address cannot be used"),
        /// The relay's address is not the one spelling of an origin: user name, default port, punycode.
        BadRelay => ("net.bad-relay", Peer, "the relay's address is not a plain one"),
        /// The same of an address that the person typed: their own slip, and nobody to be warned of.
        MistypedRelay => ("net.mistyped-relay", User, "what was typed is not the address of a relay"),
        /// The relay is not on the list of those that are called.
        RelayNotListed => ("net.relay-not-listed", User, "the relay is not on the list of those that are called"),
        /// What was to be allowed is no scheme, host and port.
        BadOrigin => ("net.bad-origin", User, "this names no host that could be allowed"),
    }
}
