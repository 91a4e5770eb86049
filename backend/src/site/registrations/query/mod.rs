//! Reads: a phone's own registrations, and those of a reach for whoever reviews.

mod names;
mod phone;
mod review;

pub use phone::{join, mine, of_phone, own_view};
pub use review::{counts, detail, find, page, seen_in_full};
