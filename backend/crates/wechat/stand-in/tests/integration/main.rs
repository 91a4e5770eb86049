//! The stand-in as a platform sees it, over real sockets.
#![expect(clippy::unwrap_used, reason = "a failing test is the point")]

mod checklist;
mod page;
mod platform;
mod pushes;
