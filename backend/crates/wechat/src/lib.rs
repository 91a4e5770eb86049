//! WeChat, typed: what a platform asks its servers, and what its servers push.
//!
//! The crate knows nothing of the platform. Its user says where WeChat is ([`Hosts`]), who it is there ([`App`]) and
//! where tokens are kept between processes ([`Cache`]), and gets two things to hold on to:
//!
//! - [`MiniProgram`]: logging in, phone numbers, codes to scan, subscribe messages, content checks;
//! - [`OfficialAccount`]: web logins, parametric codes, template messages, the menu, the page's JavaScript signature;
//!
//! and an [`Inbox`](push::Inbox) per app for what WeChat sends by itself.
//!
//! What goes wrong is an [`Error`] with a Chinese sentence for the person, a code for the log and a [`Kind`] to decide
//! by. No error and no `Debug` shows a secret, a token, a whole openid or a phone number.

pub mod account;
pub mod cache;
pub mod codes;
pub mod message;
pub mod mini_program;
pub mod push;

mod api;
mod config;
mod error;
mod http;
mod secret;
mod token;

pub use account::OfficialAccount;
pub use cache::{Cache, MemoryCache};
pub use codes::Kind;
pub use config::{App, Hosts, Timeouts};
pub use error::{Error, Result};
pub use http::Http;
pub use mini_program::MiniProgram;
pub use secret::{OpenId, Secret};
