//! Pictures and faces, with the networks themselves. What is not there yet (networks, the portrait of an astronaut) is
//! got through the machine's package managers, once.

mod bad_input;
mod front;
mod models;
mod originals;
mod photos;
mod support;
