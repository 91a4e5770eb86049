//! What the platform answers.

mod refusal;

pub use refusal::{Refusal, refuse};

use crate::{
    command::Command,
    error::MessageError,
    frame::{Envelope, Flag, Frame, OVERHEAD},
    messages::{CollectedReply, PersonFeatures, Whitelist, expect_empty},
    payload::Payload,
    session::SessionId,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The envelope carries the id of the conversation from now on.
    Login,
    Heartbeat,
    Features(Box<PersonFeatures>),
    /// The punch is on disk.
    Attendance,
    Whitelist(Whitelist),
    /// With a remark for the screen, at most thirty bytes and often empty.
    Collected {
        remark: String,
    },
    Refused(Refusal),
}

impl Reply {
    /// From a whole message, as a terminal reads it.
    pub fn decode(message: &Frame) -> Result<Self, MessageError> {
        let Frame { envelope, content } = message;
        let success = envelope.flag.is_success();
        match Command::from_number(envelope.command) {
            Some(Command::Collected) => match CollectedReply::decode(content)? {
                reply if reply.accepted != success => Err(MessageError::FlagContradicts),
                CollectedReply { accepted: true, reason } => Ok(Self::Collected { remark: reason }),
                CollectedReply { accepted: false, reason } => {
                    Ok(Self::Refused(Refusal::new(envelope.command, &reason)))
                }
            },
            _ if !success => Refusal::read(envelope.command, content).map(Self::Refused),
            Some(Command::Login) => expect_empty(content).map(|()| Self::Login),
            Some(Command::Heartbeat) => expect_empty(content).map(|()| Self::Heartbeat),
            Some(Command::Features) => PersonFeatures::decode(content).map(Box::new).map(Self::Features),
            Some(Command::Attendance) => expect_empty(content).map(|()| Self::Attendance),
            Some(Command::Whitelist) => Whitelist::decode(content).map(Self::Whitelist),
            None => Err(MessageError::UnknownCommand(envelope.command)),
        }
    }

    /// The bytes of the frame, written once and in place.
    pub fn encode(&self, session: SessionId) -> Vec<u8> {
        let mut out = Vec::with_capacity(OVERHEAD + self.content_length());
        let envelope = Envelope::new(self.command(), session, self.flag());
        envelope.write(&mut out, |out| self.write_content(out));
        out
    }

    /// A refusal may be of a command nobody knows.
    pub fn command(&self) -> u16 {
        match self {
            Self::Login => Command::Login.number(),
            Self::Heartbeat => Command::Heartbeat.number(),
            Self::Features(_) => Command::Features.number(),
            Self::Attendance => Command::Attendance.number(),
            Self::Whitelist(_) => Command::Whitelist.number(),
            Self::Collected { .. } => Command::Collected.number(),
            Self::Refused(refusal) => refusal.command(),
        }
    }

    fn flag(&self) -> Flag {
        if matches!(self, Self::Refused(_)) { Flag::FAILURE } else { Flag::SUCCESS }
    }

    fn content_length(&self) -> usize {
        match self {
            Self::Login | Self::Heartbeat | Self::Attendance => 0,
            Self::Features(person) => person.length(),
            Self::Whitelist(whitelist) => whitelist.length(),
            Self::Collected { .. } => CollectedReply::LENGTH,
            Self::Refused(refusal) => refusal.length(),
        }
    }

    fn write_content(&self, out: &mut Vec<u8>) {
        match self {
            Self::Login | Self::Heartbeat | Self::Attendance => {}
            Self::Features(person) => person.write(out),
            Self::Whitelist(whitelist) => whitelist.write(out),
            Self::Collected { remark } => CollectedReply { accepted: true, reason: remark.clone() }.write(out),
            Self::Refused(refusal) => refusal.write(out),
        }
    }
}
