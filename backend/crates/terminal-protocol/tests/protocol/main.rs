//! The protocol, byte by byte and by its laws.
#![expect(clippy::unwrap_used, reason = "a failing test is the point")]

mod attendance;
mod collected;
mod corpus;
mod features;
mod frames;
mod hex;
mod login;
mod masking;
mod parts;
mod properties;
mod refusals;
mod screens;
mod whitelist;
