//! Failure: a sentence for the screen.

use super::Reply;
use crate::{
    command::Command,
    error::MessageError,
    field::Field,
    messages::CollectedReply,
    payload::Payload,
    session::ReplyTo,
    text::{self, SCREEN},
};

/// Why not. The sentence lights up at the gate where everybody reads it: it names nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    command: u16,
    message: String,
}

/// A refusal of whatever came, as the bytes of a frame.
pub fn refuse(to: ReplyTo, message: &str) -> Vec<u8> {
    Reply::Refused(Refusal::new(to.command, message)).encode(to.session)
}

impl Refusal {
    /// The message is made to fit: one line of [`SCREEN`] bytes, of which 852's fixed form has room for thirty.
    pub fn new(command: u16, message: &str) -> Self {
        let width = if is_fixed(command) { CollectedReply::REASON } else { SCREEN };
        Self { command, message: text::fit(message, width) }
    }

    pub fn command(&self) -> u16 {
        self.command
    }

    pub fn message(&self) -> &str {
        &self.message
    }

    /// All of the Content is the message: no checksum, no width.
    pub(super) fn read(command: u16, content: &[u8]) -> Result<Self, MessageError> {
        let message = text::utf8(content).ok_or(MessageError::NotUtf8(Field::Reason))?;
        Ok(Self::new(command, message))
    }

    pub(super) fn length(&self) -> usize {
        if is_fixed(self.command) { CollectedReply::LENGTH } else { self.message.len() }
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        if is_fixed(self.command) {
            CollectedReply { accepted: false, reason: self.message.clone() }.write(out);
        } else {
            out.extend_from_slice(self.message.as_bytes());
        }
    }
}

fn is_fixed(command: u16) -> bool {
    command == Command::Collected.number()
}
