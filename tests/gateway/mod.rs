//! Terminals as the gateway meets them: real sockets, byte by byte, on SQLite and on PostgreSQL.

#[macro_use]
pub mod support;

mod collected;
mod faults;
mod frames;
mod hostile;
mod lists;
mod login;
mod outages;
mod parts;
mod punches;
mod state;
mod stopping;
mod takeover;
mod tls;
