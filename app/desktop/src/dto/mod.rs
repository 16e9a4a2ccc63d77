//! What crosses the border to the page: plain values, camelCase, times as seconds since 1970 in UTC.
//! Every type is written out as TypeScript (`wire_tests.rs`) and pinned there.

pub(crate) mod code;
pub(crate) mod consent;
pub(crate) mod consent_page;
pub(crate) mod desk;
pub(crate) mod exchange;
pub(crate) mod fields;
pub(crate) mod holdings;
pub(crate) mod intake;
pub(crate) mod item;
pub(crate) mod offer;
pub(crate) mod recipients;
pub(crate) mod record;
pub(crate) mod scan;
pub(crate) mod settings;
pub(crate) mod shell;
pub(crate) mod space;
