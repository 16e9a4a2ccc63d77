//! Chop on the desktop. The page in `ui/` shows and asks; this crate opens windows and hands each
//! question to core.
//!
//! ```text
//! page ── call(command, args) ──► commands/ROOM.rs   ten lines and a permission (build.rs, capabilities/)
//!                                     │
//!                                     ▼
//!                                 state.rs           the open space, what is under way
//!                                     │
//!                                     ▼
//!                                 chop-core          everything that matters
//! page ◄── events ────────────── guard.rs …         locked, progress, an offer that was taken
//! ```
//!
//! What crosses the border is in `dto/`: types of this edge's own, written out as TypeScript into
//! `ui/src/wallet/wire/`. No command blocks the window: each runs on a thread of its own.

mod app;
mod clipboard;
#[cfg(test)]
mod command_tests;
mod commands;
mod consent;
mod desk;
mod dto;
mod edge;
mod failure;
#[cfg(test)]
mod faults_tests;
mod files;
mod guard;
mod holdings;
mod instance;
mod jobs;
mod keystore;
mod navigation;
mod net;
mod offers;
mod opened;
mod pick;
mod recipients;
mod record;
mod scan;
mod settings;
mod spaces;
mod state;
#[cfg(test)]
mod wire_tests;
mod workers;

pub use app::run;
