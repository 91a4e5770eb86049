//! The client as its users see it, over real sockets.
#![expect(clippy::unwrap_used, reason = "a failing test is the point")]

mod push;
