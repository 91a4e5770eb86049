//! What holds of any message, not only of those somebody thought of.

mod frames;
mod garbage;
mod messages;
mod parts;
mod strategies;
