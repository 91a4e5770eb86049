//! Phones: who holds one, where it is logged in, and what its owner is told.
//!
//! Invariants: one row of `phone_user` per person as WeChat knows them, with an identity per app; a token is in the phone
//! and nowhere else; an account is bound to one phone at most; a message is a row, queued in the transaction of what it
//! tells of, and its key makes sure that nothing is told twice.

mod bind;
mod codes;
pub mod content;
mod dto;
pub mod identities;
pub mod notices;
pub mod pages;
mod routes;
pub mod session;
pub mod tickets;
mod user;

pub use bind::{forget_account, is_personal};
pub use dto::{PhoneSessionView, view as session_view};
pub use notices::{Notice, OnProject, Recipient};
pub use pages::configure as configure_pages;
pub use routes::configure;
pub use user::PhoneUser;
