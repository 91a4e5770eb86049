//! Writes: what clerks do with devices, and what the gateway notes of them.

mod bind;
mod collect;
mod connection;
pub mod faces;
mod lists;
pub mod photos;
pub mod push;

pub use bind::{edit, register, replace, unbind};
pub use collect::{Collected, CollectedByTerminal, collect};
pub use connection::{Ended, Heartbeat, connected, disconnected, seen};
pub use lists::{Fetched, ListReport, Listed, fetched, listed};
