//! What WeChat sends by itself: messages and events, checked, opened and read; and our answers.
//!
//! An app has one [`Inbox`]. [`Inbox::open`] makes a [`Delivery`] of a request, or a [`PushError`] that says why it is
//! not WeChat's. The same one may come again, within seconds: [`Delivery::is_first`] knows. Whatever takes long must
//! not be done before the answer, because WeChat waits five seconds.

pub mod cipher;
pub mod signature;
pub mod xml;

mod event;
mod inbox;
mod message;
mod reply;

pub use cipher::Cipher;
pub use event::{Event, SubscribeResult};
pub use inbox::{Delivery, Inbox, PushError, Query};
pub use message::{Content, Message};
pub use reply::{Article, Reply};
