//! The client as its users see it, over real sockets, against the stand-in.
#![expect(clippy::unwrap_used, reason = "a failing test is the point")]

mod account;
mod faults;
mod login;
mod mini_program;
mod push;
mod support;
mod tokens;
