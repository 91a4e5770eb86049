//! The protocol, byte by byte and by its laws.
#![expect(clippy::unwrap_used, reason = "a failing test is the point")]

mod frames;
mod hex;
mod parts;
