//! The binary protocol of face terminals and ID-card machines: bytes → frames → messages, and back.
//!
//! Pure: no socket, no clock, no database. The gateway reads requests with it and writes replies; a simulated terminal
//! does the opposite. The layers know only the ones before them:
//!
//! 1. [`frame`] cuts the stream into frames as bytes arrive, and copies none of them;
//! 2. [`parts`] joins the frames of a message that was too long for its terminal;
//! 3. [`Request`] and [`Reply`] are a message as a whole, by command;
//! 4. [`messages`] are their fields, each by [`Payload`] with its checksum.
//!
//! What is wrong is an error of its layer, with an exact `Display` for the log and a `screen_text` of one Chinese
//! sentence for the terminal. Names, numbers and pictures are [`Personal`]: `Debug` shows how long they are.
//!
//! ```
//! use bytes::BytesMut;
//! use terminal_protocol::{Joiner, Progress, Reply, Request, SessionId, frame::{Frame, Sender}, messages::Login, refuse};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // A terminal says who it is …
//! let login = Login { vendor_code: "VENDOR".into(), serial: "MC-1".into() };
//! let mut buffer = BytesMut::from(&Request::Login(login).encode(SessionId::ZERO)[..]);
//!
//! // … and the gateway answers.
//! let mut joiner = Joiner::default();
//! let Progress::Ready(frame) = Frame::take(&mut buffer, Sender::Terminal)? else { return Ok(()) };
//! let Some(message) = joiner.push(frame)? else { return Ok(()) };
//! let reply = match Request::decode(&message) {
//!     Ok(Request::Login(login)) if login.serial == "MC-1" => Reply::Login.encode(SessionId([7; 16])),
//!     Ok(_) => refuse(message.envelope.reply_to(), "设备未登记"),
//!     Err(error) => refuse(message.envelope.reply_to(), &error.screen_text()),
//! };
//! assert_eq!(reply.len(), 34);
//! # Ok(())
//! # }
//! ```

pub mod checksum;
pub mod frame;
pub mod messages;
pub mod parts;
pub mod text;
pub mod time;

mod command;
mod error;
mod ethnic;
mod field;
#[doc(hidden)]
pub mod fuzzing;
mod payload;
mod personal;
mod reply;
mod request;
mod session;
mod sex;

pub use command::Command;
pub use error::MessageError;
pub use ethnic::Ethnic;
pub use field::Field;
pub use frame::{Frame, FrameError, Progress, Sender};
pub use parts::{Joiner, PartsError};
pub use payload::Payload;
pub use personal::{Personal, PersonalText, Picture};
pub use reply::{Refusal, Reply, refuse};
pub use request::Request;
pub use session::{ReplyTo, SessionId};
pub use sex::Sex;
