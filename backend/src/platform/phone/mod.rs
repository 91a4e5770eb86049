//! Phones: who holds one, where it is logged in, and what its owner is told.
//!
//! Invariants: one row of `phone_user` per person as WeChat knows them, with an identity per app; a token is in the phone
//! and nowhere else; an account is bound to one phone at most; a message is a row, queued in the transaction of what it
//! tells of, and its key makes sure that nothing is told twice.

pub mod notices;
pub mod session;
mod user;

pub use notices::{Notice, OnProject, Recipient};
pub use user::PhoneUser;
