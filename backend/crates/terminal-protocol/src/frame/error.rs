//! What is wrong with a frame, for the log and for the terminal's screen.

use super::{Flag, HEAD, scan::envelope};
use crate::session::ReplyTo;

/// After any of these nobody knows where the next frame begins: the connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct FrameError {
    pub problem: FrameProblem,
    /// Where to say why first; nothing if the bytes so far do not tell. After an early error a few more bytes, up to
    /// [`HEAD`](super::HEAD), may still come: scanned again, they give the same error with this filled in.
    pub reply_to: Option<ReplyTo>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameProblem {
    #[error("the frame begins with {found:#04x} instead of 0x01")]
    Header { found: u8 },
    #[error("the frame announces {length} bytes of content, {limit} are allowed")]
    TooLong { length: u32, limit: usize },
    #[error("the frame is of version {found}, only 1 is known")]
    Version { found: u8 },
    #[error("the frame ends with {found:#04x} instead of 0x01")]
    Tail { found: u8 },
}

impl FrameError {
    /// One sentence for the person in front of the terminal, at most 30 bytes.
    pub fn screen_text(&self) -> &'static str {
        match self.problem {
            FrameProblem::Header { .. } => "报文头错误",
            FrameProblem::TooLong { .. } => "报文过长",
            FrameProblem::Version { .. } => "协议版本不支持",
            FrameProblem::Tail { .. } => "报文尾错误",
        }
    }
}

/// Bytes after a wrong Header are some other protocol's, and not even an apology would be understood. A wrong version
/// is answered as if command and session were where we know them: the worst that happens is a reply that is ignored.
pub(super) fn reply_to(buffer: &[u8], problem: FrameProblem) -> Option<ReplyTo> {
    match problem {
        FrameProblem::Header { .. } => None,
        FrameProblem::TooLong { .. } | FrameProblem::Version { .. } | FrameProblem::Tail { .. } => {
            buffer.first_chunk::<HEAD>().map(|head| envelope(head, Flag::SUCCESS).reply_to())
        }
    }
}
