//! Pictures, cards and faces, with the networks themselves. What is not there yet (networks, the portrait of an astronaut) is
//! got through the machine's package managers, once.
#![expect(clippy::unwrap_used, reason = "a failing test is the point")]

mod bad_input;
mod cards;
mod front;
mod models;
mod originals;
mod photos;
mod support;
