//! The other way round, for simulated terminals.

use crate::frame::{Envelope, Frame, Part};

/// Where a terminal begins to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    FromZero,
    FromOne,
}

impl Numbering {
    fn first(self) -> u32 {
        match self {
            Self::FromZero => 0,
            Self::FromOne => 1,
        }
    }
}

/// A message in parts of at most `size` bytes; one that fits stays whole.
pub fn split(message: &Frame, size: usize, numbering: Numbering) -> Vec<Frame> {
    let size = size.max(1);
    if message.content.len() <= size {
        return vec![message.clone()];
    }
    let count = u32::try_from(message.content.len().div_ceil(size)).unwrap_or(u32::MAX);
    let starts = (0..message.content.len()).step_by(size);
    let part = |(index, start): (u32, usize)| Frame {
        envelope: Envelope { part: Part { index, count }, ..message.envelope },
        content: message.content.slice(start..message.content.len().min(start + size)),
    };
    (numbering.first()..).zip(starts).map(part).collect()
}
