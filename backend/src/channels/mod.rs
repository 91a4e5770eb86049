//! Ways in from outside: terminals.

pub mod gateway;
