//! The integration tests, one binary: it mirrors the tree of what it tests.
#![expect(clippy::unwrap_used, reason = "a failing test is the point")]

#[macro_use]
mod api;
mod architecture;
mod gateway;
mod platform;
mod servers;
