//! From a message to its answer. Each command has its own file.

use chrono::Utc;
use terminal_protocol::{Command, Frame, MessageError, Reply, ReplyTo, Request};

use super::{
    answer::{Answer, text},
    collected,
    connection::Connection,
    features, login, punches, whitelist,
};
use crate::platform::web::Error;

/// What is rare is boxed: a connection's memory is that of its largest step, also while it waits.
pub async fn answer(connection: &mut Connection, message: Frame) -> Answer {
    let to = connection.address(message.envelope.reply_to());
    if message.envelope.command == Command::Login.number() {
        return Box::pin(login::answer(connection, message)).await;
    }
    let Some(session) = &mut connection.session else { return Answer::refusal(to, text::LOG_IN_FIRST) };
    if !session.id.admits(message.envelope.session) {
        return Answer::refusal(to, text::WRONG_SESSION);
    }
    session.link.seen(Utc::now());
    let request = match Request::decode(&message) {
        Ok(request) => request,
        Err(error) => return unreadable(to, &error),
    };
    let hub = &*connection.hub;
    match request {
        Request::Heartbeat => Answer::reply(&Reply::Heartbeat, session.id),
        Request::Attendance(punch) => punches::answer(hub, session, punch).await,
        Request::Whitelist(report) => Box::pin(whitelist::answer(hub, session, report)).await,
        Request::Features(wanted) => Box::pin(features::answer(hub, session, wanted)).await,
        Request::Collected(person) => Box::pin(collected::answer(hub, session, *person)).await,
        // Answered above.
        Request::Login(_) => Answer::refusal(to, text::LOG_IN_FIRST),
    }
}

/// After a wrong checksum nobody knows what else is damaged: the connection ends, and the terminal sends it again.
pub fn unreadable(to: ReplyTo, error: &MessageError) -> Answer {
    let answer = Answer::refusal(to, &error.screen_text());
    if matches!(error, MessageError::Checksum { .. }) { answer.and_no_more() } else { answer }
}

/// A part of the platform is away. The connection ends, because to a terminal that is what an outage looks like: it
/// keeps what it has to say until a login succeeds again.
pub fn unavailable(to: ReplyTo, error: &Error) -> Answer {
    tracing::warn!(command = to.command, %error, "a terminal was not served");
    Answer::refusal(to, text::BUSY).and_no_more()
}
