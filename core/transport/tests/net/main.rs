//! The network as it is: servers that lie, drip, flood and hang up.

#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "tests of time caps look at the clock")]

mod http;
mod relay;
mod support;
