//! What the page may ask. Each command is a few lines: arguments in, one call of core, an answer out.

pub(crate) mod shell;
