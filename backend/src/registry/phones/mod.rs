//! What phones open: one's own record, and the console, by a code on its screen (QH2, GY1).
//!
//! A ticket is a row of two minutes. The picture says its code; the browser that asked keeps a secret that is in no picture,
//! so that nobody gets a session by photographing a screen. The phone confirms, whichever way it was scanned, because a
//! scan alone may be of somebody else's screen.
//!
//! Who may: an account bound to the phone; else somebody with a post on a site, who then has an account of their own
//! without a password, for those sites and as long as they have the post.

mod device;
mod dto;
mod jobs;
mod person;
mod posts;
mod routes;
mod service;

pub use jobs::KeepPosts;
pub use routes::configure;
pub use service::tickets::{CONFIRM_PAGE, SCENE_PREFIX, purge as purge_tickets};
