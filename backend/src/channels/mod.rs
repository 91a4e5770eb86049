//! Ways in from outside: terminals, and a terminal of our own to try them with.

pub mod gateway;
pub mod terminal;
