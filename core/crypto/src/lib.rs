//! Floor 0: the only place that names ring and p256.
