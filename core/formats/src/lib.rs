//! Floor 2: wire forms.
