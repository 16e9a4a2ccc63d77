//! Scanning: pictures, text, the clipboard and a camera in; a message out, named before anything happens.
//!
//! ```text
//! picture, clipboard, drop ─┐
//! camera (a thread) ────────┼─► texts ─► gather (n of m) ─► Content ─► kept under an id, shown by name
//! typed or pasted ──────────┘                                              │
//!                         the room that the reader goes to takes it ◄──────┘
//! ```
//!
//! What was found stays on this side: the page learns its kind and names it by an id. A window can take
//! only what it scanned itself.

pub(crate) mod camera;
mod content;
mod gather;
pub(crate) mod picture;
mod scans;
pub(crate) mod screen;

pub(crate) use content::Content;
pub(crate) use picture::texts_of_clipboard;
pub(crate) use scans::{Outcome, Scan, Scans, Trouble};

#[cfg(test)]
mod tests;
