//! What the page may ask. Each command is a few lines: arguments in, one call of core, an answer out.

pub(crate) mod consent;
pub(crate) mod desk;
pub(crate) mod exchange;
pub(crate) mod holdings;
pub(crate) mod intake;
pub(crate) mod job;
pub(crate) mod offer;
pub(crate) mod recipients;
pub(crate) mod record;
pub(crate) mod scan;
pub(crate) mod settings;
pub(crate) mod shell;
pub(crate) mod space;
