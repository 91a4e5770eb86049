//! 843: a device says who it is.

use terminal_protocol::{Frame, Reply, ReplyTo, Request, SessionId, messages::Login};
use tokio::time::Instant;

use super::{
    answer::{Answer, text},
    connection::{Connection, Session},
    exchange::{unavailable, unreadable},
};
use crate::{
    platform::web::Result,
    site::devices::{
        Refused,
        query::{BoundDevice, UNBOUND, log_in},
        service::connected,
    },
};

/// Begins a conversation. Whoever the connection was before, it is no longer, however this ends.
pub async fn answer(connection: &mut Connection, message: Frame) -> Answer {
    connection.log_out();
    let to = message.envelope.reply_to();
    let login = match Request::decode(&message) {
        Ok(Request::Login(login)) => login,
        Ok(_) => return Answer::refusal(to, text::LOG_IN_FIRST),
        Err(error) => return unreadable(to, &error),
    };
    if connection.hub.doors.are_closed_to(connection.peer).await {
        return Answer::refusal(to, text::BLOCKED).and_no_more();
    }
    match admit(connection, &login).await {
        Ok(Ok(bound)) => begin(connection, to, bound).await,
        Ok(Err(refused)) => {
            tracing::info!(device.serial = login.serial, code = refused.code, "a terminal was not let in");
            connection.hub.doors.failed(connection.peer).await;
            Answer::refusal(to, refused.text)
        }
        Err(error) => unavailable(to, &error),
    }
}

async fn admit(connection: &Connection, login: &Login) -> Result<Result<BoundDevice, Refused>> {
    // An error would say that the semaphore was closed, which nobody does.
    let _turn = connection.hub.logins.acquire().await;
    log_in(&connection.hub.app, &login.vendor_code, &login.serial).await
}

async fn begin(connection: &mut Connection, to: ReplyTo, bound: BoundDevice) -> Answer {
    let hub = &connection.hub;
    let _turn = hub.links.turn(bound.device.id).await;
    let link = hub.links.add(bound);
    let connected = connected(&hub.app, &link.bound, link.connection_id, &connection.peer.to_string()).await;
    if !matches!(connected, Ok(true)) {
        hub.links.remove(&link);
    }
    match connected {
        Ok(true) => {}
        Ok(false) => return Answer::refusal(to, UNBOUND.text),
        Err(error) => return unavailable(to, &error),
    }
    tracing::debug!(device.id = %link.device_id(), peer = %connection.peer, "a terminal has logged in");
    hub.app.metrics.terminals.devices.inc();
    let id = if to.session.is_zero() { SessionId(rand::random()) } else { to.session };
    connection.session = Some(Session { id, link, punching_until: Instant::now() });
    Answer::reply(&Reply::Login, id)
}
