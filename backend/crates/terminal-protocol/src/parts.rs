//! Messages that arrive in several frames.

mod split;

pub use split::{Numbering, split};

use crate::{
    frame::{Envelope, Frame, Part, Sender},
    session::ReplyTo,
};
use bytes::{Bytes, BytesMut};

/// Two hundred and fifty-six bytes a part fill the longest message. More parts than these say nothing but keep a
/// connection busy.
pub const MOST_PARTS: u32 = 4096;

/// Joins the parts of one message after the other, for one connection. Whole messages pass through untouched, parts
/// are copied once, and never more is held than has arrived.
#[derive(Debug)]
pub struct Joiner {
    limit: usize,
    open: Option<Open>,
}

/// A message of which some parts are here.
#[derive(Debug)]
struct Open {
    first: Envelope,
    next: u32,
    last: u32,
    content: BytesMut,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct PartsError {
    pub problem: PartsProblem,
    pub reply_to: ReplyTo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartsProblem {
    #[error("part {found} of {count} came where part {expected} was due")]
    OutOfOrder { expected: u32, found: u32, count: u32 },
    #[error("another message began before the last part of the one before")]
    Interrupted,
    #[error("a message in {count} parts, {MOST_PARTS} are allowed")]
    TooMany { count: u32 },
    #[error("the parts add up to {length} bytes, {limit} are allowed")]
    TooLong { length: usize, limit: usize },
}

impl PartsError {
    /// One sentence for the person in front of the terminal, at most 30 bytes.
    pub fn screen_text(&self) -> &'static str {
        match self.problem {
            PartsProblem::OutOfOrder { .. } | PartsProblem::Interrupted => "分包顺序错误",
            PartsProblem::TooMany { .. } => "分包过多",
            PartsProblem::TooLong { .. } => "报文过长",
        }
    }
}

impl Default for Joiner {
    fn default() -> Self {
        Self::with_limit(Sender::Terminal.longest_content())
    }
}

impl Joiner {
    /// A message may be `limit` bytes long when its parts are joined.
    pub fn with_limit(limit: usize) -> Self {
        Self { limit, open: None }
    }

    /// Is a message half here?
    pub fn is_waiting(&self) -> bool {
        self.open.is_some()
    }

    /// The message this frame completes, if it does. After an error the joiner has forgotten what it held.
    pub fn push(&mut self, frame: Frame) -> Result<Option<Frame>, PartsError> {
        let reply_to = frame.envelope.reply_to();
        self.join(frame).map_err(|problem| PartsError { problem, reply_to })
    }

    fn join(&mut self, frame: Frame) -> Result<Option<Frame>, PartsProblem> {
        let Frame { envelope, content } = frame;
        let mut open = match self.open.take() {
            None if envelope.part.is_whole() => return Ok(Some(Frame { envelope, content })),
            None => Open::begin(envelope)?,
            Some(open) => open,
        };
        open.add(envelope, &content, self.limit)?;
        if open.next > open.last {
            return Ok(Some(open.finish()));
        }
        self.open = Some(open);
        Ok(None)
    }
}

impl Open {
    /// The number of the first part tells where a terminal begins to count.
    fn begin(first: Envelope) -> Result<Self, PartsProblem> {
        let Part { index, count } = first.part;
        if count > MOST_PARTS {
            return Err(PartsProblem::TooMany { count });
        }
        if index > 1 {
            return Err(PartsProblem::OutOfOrder { expected: 0, found: index, count });
        }
        Ok(Self { first, next: index, last: index + count - 1, content: BytesMut::new() })
    }

    fn add(&mut self, envelope: Envelope, content: &Bytes, limit: usize) -> Result<(), PartsProblem> {
        let Part { index, count } = envelope.part;
        if count != self.first.part.count || envelope.reply_to() != self.first.reply_to() {
            return Err(PartsProblem::Interrupted);
        }
        if index != self.next {
            return Err(PartsProblem::OutOfOrder { expected: self.next, found: index, count });
        }
        let length = self.content.len() + content.len();
        if length > limit {
            return Err(PartsProblem::TooLong { length, limit });
        }
        self.content.extend_from_slice(content);
        self.next += 1;
        Ok(())
    }

    fn finish(self) -> Frame {
        Frame { envelope: Envelope { part: Part::WHOLE, ..self.first }, content: self.content.freeze() }
    }
}
