//! What terminals say.

use crate::{
    command::Command,
    error::MessageError,
    frame::{Envelope, Flag, Frame, OVERHEAD},
    messages::{CollectedPerson, FeaturesRequest, Login, Punch, WhitelistRequest, expect_empty},
    payload::Payload,
    session::SessionId,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    Login(Login),
    Heartbeat,
    Features(FeaturesRequest),
    Attendance(Punch),
    Whitelist(WhitelistRequest),
    Collected(Box<CollectedPerson>),
}

impl Request {
    /// From a whole message. The flag of a request means nothing.
    pub fn decode(message: &Frame) -> Result<Self, MessageError> {
        let Frame { envelope, content } = message;
        let command = Command::from_number(envelope.command).ok_or(MessageError::UnknownCommand(envelope.command))?;
        match command {
            Command::Login => Login::decode(content).map(Self::Login),
            Command::Heartbeat => expect_empty(content).map(|()| Self::Heartbeat),
            Command::Features => FeaturesRequest::decode(content).map(Self::Features),
            Command::Attendance => Punch::decode(content).map(Self::Attendance),
            Command::Whitelist => WhitelistRequest::decode(content).map(Self::Whitelist),
            Command::Collected => CollectedPerson::decode(content).map(Box::new).map(Self::Collected),
        }
    }

    /// The bytes of the frame.
    pub fn encode(&self, session: SessionId) -> Vec<u8> {
        let mut out = Vec::with_capacity(OVERHEAD + self.content_length());
        let envelope = Envelope::new(self.command().number(), session, Flag::SUCCESS);
        envelope.write(&mut out, |out| self.write_content(out));
        out
    }

    pub fn command(&self) -> Command {
        match self {
            Self::Login(_) => Command::Login,
            Self::Heartbeat => Command::Heartbeat,
            Self::Features(_) => Command::Features,
            Self::Attendance(_) => Command::Attendance,
            Self::Whitelist(_) => Command::Whitelist,
            Self::Collected(_) => Command::Collected,
        }
    }

    fn content_length(&self) -> usize {
        match self {
            Self::Login(login) => login.length(),
            Self::Heartbeat => 0,
            Self::Features(request) => request.length(),
            Self::Attendance(punch) => punch.length(),
            Self::Whitelist(request) => request.length(),
            Self::Collected(person) => person.length(),
        }
    }

    fn write_content(&self, out: &mut Vec<u8>) {
        match self {
            Self::Login(login) => login.write(out),
            Self::Heartbeat => {}
            Self::Features(request) => request.write(out),
            Self::Attendance(punch) => punch.write(out),
            Self::Whitelist(request) => request.write(out),
            Self::Collected(person) => person.write(out),
        }
    }
}
