//! Writes: what clerks do with devices, and what the gateway notes of them.

mod collect;
mod connection;
mod lists;

pub use collect::{Collected, CollectedByTerminal, collect};
pub use connection::{Heartbeat, connected, disconnected, seen};
pub use lists::{Fetched, ListReport, fetched, listed};
