//! The binary protocol of face terminals and ID-card machines: bytes → frames → messages, and back.
//!
//! Pure: no socket, no clock, no database.

pub mod frame;
pub mod parts;

mod session;

pub use frame::{Frame, FrameError, Progress, Sender};
pub use parts::{Joiner, PartsError};
pub use session::{ReplyTo, SessionId};
