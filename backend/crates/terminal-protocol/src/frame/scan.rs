//! Reading frames as their bytes arrive.

use super::{
    Envelope, Flag, FrameError, FrameProblem, HEAD, HEADER_BYTE, OVERHEAD, Part, TAIL_BYTE, VERSION, error::reply_to,
};
use crate::session::SessionId;

/// Whose frames are read, and so how long they may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Nothing a terminal has to say is longer than a mebibyte.
    Terminal,
    /// A whitelist is never split, however many people are on it. Sixteen mebibytes are four hundred thousand.
    Platform,
}

impl Sender {
    pub const fn longest_content(self) -> usize {
        match self {
            Self::Terminal => 1024 * 1024,
            Self::Platform => 16 * 1024 * 1024,
        }
    }
}

/// What can be made of the bytes so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress<T> {
    /// Nothing is wrong yet, and nothing can be made of fewer than `at_least` bytes, counted from the start of the
    /// frame. A sender that promises a mebibyte need not be given the memory before it keeps its promise.
    Incomplete {
        at_least: usize,
    },
    Ready(T),
}

/// A complete frame at the start of a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub envelope: Envelope,
    /// Of the whole frame.
    pub length: usize,
}

/// Looks for a frame at the start of a buffer. Whatever is wrong is noticed with the first byte that shows it: a
/// stranger's protocol at byte one, an absurd Length at byte five.
pub fn scan(buffer: &[u8], sender: Sender) -> Result<Progress<Found>, FrameError> {
    let fail = |problem| Err(FrameError { problem, reply_to: reply_to(buffer, problem) });
    match buffer.first() {
        None => return Ok(Progress::Incomplete { at_least: OVERHEAD }),
        Some(&HEADER_BYTE) => {}
        Some(&found) => return fail(FrameProblem::Header { found }),
    }
    let Some(length) = number(buffer, 1) else { return Ok(Progress::Incomplete { at_least: OVERHEAD }) };
    let content = length as usize;
    if content > sender.longest_content() {
        return fail(FrameProblem::TooLong { length, limit: sender.longest_content() });
    }
    if let Some(&found) = buffer.get(13)
        && found != VERSION
    {
        return fail(FrameProblem::Version { found });
    }
    let length = OVERHEAD + content;
    let (Some(head), Some(&[flag, tail])) =
        (buffer.first_chunk::<HEAD>(), buffer.get(HEAD + content..length).and_then(|end| end.first_chunk()))
    else {
        return Ok(Progress::Incomplete { at_least: length });
    };
    if tail != TAIL_BYTE {
        return fail(FrameProblem::Tail { found: tail });
    }
    Ok(Progress::Ready(Found { envelope: envelope(head, Flag(flag)), length }))
}

/// What a frame that is still arriving says of itself, once its head is there. Its flag comes last and is not known yet.
pub fn peek(buffer: &[u8]) -> Option<Envelope> {
    buffer.first_chunk::<HEAD>().map(|head| envelope(head, Flag::default()))
}

/// The envelope of a frame whose head is there.
pub(super) fn envelope(head: &[u8; HEAD], flag: Flag) -> Envelope {
    let index = number(head, 5).unwrap_or_default();
    let count = number(head, 9).unwrap_or_default();
    let mut session = SessionId::ZERO;
    session.0.copy_from_slice(&head[16..]);
    Envelope { command: u16::from_le_bytes([head[14], head[15]]), session, part: Part { index, count }, flag }
}

fn number(buffer: &[u8], at: usize) -> Option<u32> {
    buffer.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}
