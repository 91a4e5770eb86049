//! Frames: one layout in both directions, 34 bytes around a Content.
//!
//! | bytes | field | |
//! |---|---|---|
//! | 0 | Header | `01` |
//! | 1–4 | Length | of Content |
//! | 5–8 | PartIndex | |
//! | 9–12 | PartCount | |
//! | 13 | Version | `01` |
//! | 14–15 | Command | |
//! | 16–31 | SessionID | |
//! | 32… | Content | |
//! | | Flag | `0` success |
//! | | Tail | `01` |

mod error;
mod scan;

pub use error::{FrameError, FrameProblem};
pub use scan::{Progress, Sender, peek, scan};

use crate::session::{ReplyTo, SessionId};
use bytes::{Bytes, BytesMut};
use std::fmt;

/// What precedes Content.
pub const HEAD: usize = 32;
/// What follows it.
pub const TAIL: usize = 2;
/// The bytes of a frame besides its Content.
pub const OVERHEAD: usize = HEAD + TAIL;

const HEADER_BYTE: u8 = 0x01;
const VERSION: u8 = 0x01;
const TAIL_BYTE: u8 = 0x01;

/// How an exchange went. Zero is success and anything else failure. Only replies mean something by it: terminals put
/// what they like in their requests, so it is kept as it came and no frame is refused for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flag(pub u8);

impl Flag {
    pub const SUCCESS: Self = Self(0);
    pub const FAILURE: Self = Self(1);

    pub fn is_success(self) -> bool {
        self == Self::SUCCESS
    }
}

/// Which part of a message a frame carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub index: u32,
    pub count: u32,
}

impl Part {
    pub const WHOLE: Self = Self { index: 0, count: 0 };

    /// Some terminals call a whole message the only part of one.
    pub fn is_whole(self) -> bool {
        self.count <= 1
    }
}

/// What a frame says about its Content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    pub command: u16,
    pub session: SessionId,
    pub part: Part,
    pub flag: Flag,
}

impl Envelope {
    /// Of a whole message.
    pub fn new(command: u16, session: SessionId, flag: Flag) -> Self {
        Self { command, session, part: Part::WHOLE, flag }
    }

    pub fn reply_to(&self) -> ReplyTo {
        ReplyTo { command: self.command, session: self.session }
    }

    /// What goes before and after a Content of this length, for one that is kept elsewhere and sent many times.
    pub fn around(&self, content: usize) -> ([u8; HEAD], [u8; TAIL]) {
        let mut empty = Vec::with_capacity(OVERHEAD);
        self.write(&mut empty, |_| {});
        let (mut head, mut tail) = ([0; HEAD], [0; TAIL]);
        head.copy_from_slice(&empty[..HEAD]);
        tail.copy_from_slice(&empty[HEAD..]);
        head[1..5].copy_from_slice(&u32::try_from(content).unwrap_or(u32::MAX).to_le_bytes());
        (head, tail)
    }

    /// Appends a frame whose Content is written in its place, so that a long one is never copied. Length is filled in
    /// afterwards.
    pub fn write(&self, out: &mut Vec<u8>, content: impl FnOnce(&mut Vec<u8>)) {
        let start = out.len();
        out.extend([HEADER_BYTE, 0, 0, 0, 0]);
        out.extend(self.part.index.to_le_bytes());
        out.extend(self.part.count.to_le_bytes());
        out.push(VERSION);
        out.extend(self.command.to_le_bytes());
        out.extend(self.session.0);
        content(out);
        // A Content of 4 GiB is beyond anything there is to send; its receiver would see a wrong Tail.
        let length = u32::try_from(out.len() - start - HEAD).unwrap_or(u32::MAX);
        out[start + 1..start + 5].copy_from_slice(&length.to_le_bytes());
        out.extend([self.flag.0, TAIL_BYTE]);
    }
}

/// A frame as it was received. Its Content is a slice of the receiving buffer.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    pub envelope: Envelope,
    pub content: Bytes,
}

impl Frame {
    /// Takes the first frame off the buffer, if all of it is there.
    pub fn take(buffer: &mut BytesMut, sender: Sender) -> Result<Progress<Self>, FrameError> {
        match scan(buffer, sender)? {
            Progress::Incomplete { at_least } => Ok(Progress::Incomplete { at_least }),
            Progress::Ready(found) => {
                let frame = buffer.split_to(found.length).freeze();
                let content = frame.slice(HEAD..found.length - TAIL);
                Ok(Progress::Ready(Self { envelope: found.envelope, content }))
            }
        }
    }

    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(OVERHEAD + self.content.len());
        self.envelope.write(&mut out, |out| out.extend_from_slice(&self.content));
        out
    }
}

/// Content is somebody's name or face more often than not.
impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frame")
            .field("envelope", &self.envelope)
            .field("content", &format_args!("<{} bytes>", self.content.len()))
            .finish()
    }
}
