//! Mode B as values: what a wallet calls, what it believes of the answer, what leaves. No socket here;
//! `app/cli/tests` walks the same over sockets.
#![cfg(test)]

mod scene;
mod taken;
mod vp;
