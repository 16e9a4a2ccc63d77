//! Floor 4½: the one place that opens a socket. Blocking HTTP over rustls, with caps.
