//! One connection from its first byte to its last: a message in, an answer out.

use std::{net::IpAddr, sync::Arc, time::Duration};

use terminal_protocol::{
    Command, Frame, FrameError, Joiner, PartsError, Progress, ReplyTo, SessionId, frame::FrameProblem, refuse,
};
use tokio::time::{Instant, timeout};

use super::{
    answer::text,
    exchange,
    hub::Hub,
    links::Link,
    memory::Share,
    wire::{Stream, Wire},
};

/// Once the process is to stop, what is still on its way to us gets this long to become visible.
const LAST_CALL: Duration = Duration::from_millis(200);

pub struct Connection {
    pub hub: Arc<Hub>,
    pub peer: IpAddr,
    /// Who it is; nobody before a login.
    pub session: Option<Session>,
    wire: Wire,
    joiner: Joiner,
    share: Share,
}

/// A conversation with a device.
pub struct Session {
    pub id: SessionId,
    pub link: Arc<Link>,
    /// When it logged in or last sent a punch.
    pub punching_until: Instant,
}

/// Why a connection ends.
enum End {
    /// By the terminal.
    Closed,
    Silent,
    /// A newer connection of the device, somebody in the console.
    Told,
    Stopping,
    /// Nothing it says can be understood any more; it hears why, if there is an address for that.
    Refused(&'static str, Option<Vec<u8>>),
    /// After a last answer.
    Dismissed,
}

/// Serves a connection until it ends.
pub async fn serve(hub: Arc<Hub>, stream: Stream, peer: IpAddr) {
    let mut connection = Connection {
        hub,
        peer,
        session: None,
        wire: Wire::new(stream),
        joiner: Joiner::default(),
        share: Share::default(),
    };
    let end = connection.converse().await;
    Box::pin(connection.part(end)).await;
}

impl Connection {
    async fn converse(&mut self) -> End {
        loop {
            let frame = match self.frame().await {
                Ok(frame) => frame,
                Err(end) => return end,
            };
            match self.joiner.push(frame) {
                Ok(Some(message)) => {
                    if let Err(end) = self.exchange(message).await {
                        return end;
                    }
                    self.share = Share::default();
                }
                Ok(None) => self.share.keep(),
                Err(error) => return self.refused_part(&error),
            }
        }
    }

    async fn exchange(&mut self, message: Frame) -> Result<(), End> {
        let began = Instant::now();
        let command = Command::from_number(message.envelope.command).map(Command::number);
        let answer = exchange::answer(self, message).await;
        // Who does not take the answer does not take the next one either.
        match timeout(self.hub.limits.frame, self.wire.send(answer.bytes)).await {
            Ok(Ok(())) => self.hub.app.metrics.terminals.answered(command, began.elapsed()),
            Ok(Err(_)) | Err(_) => return Err(End::Closed),
        }
        if answer.is_last { Err(End::Dismissed) } else { Ok(()) }
    }

    async fn frame(&mut self) -> Result<Frame, End> {
        if self.wire.is_empty() {
            self.first_bytes().await?;
        }
        match timeout(self.hub.limits.frame, self.rest_of_frame()).await {
            Ok(frame) => frame,
            Err(_) => Err(self.refused("slow", self.wire.reply_to(), text::TOO_SLOW)),
        }
    }

    /// Where terminals spend their time. What has arrived is looked at before any reason to end, so that nothing is
    /// left unread.
    async fn first_bytes(&mut self) -> Result<(), End> {
        let Self { hub, session, wire, .. } = self;
        let told = async {
            match session {
                Some(session) => session.link.told_to_end().await,
                None => std::future::pending().await,
            }
        };
        let received = tokio::select! {
            biased;
            received = timeout(hub.limits.silence, wire.receive()) => received.map_err(|_| End::Silent)?,
            () = told => return Err(End::Told),
            () = hub.stop.cancelled() => {
                timeout(LAST_CALL, wire.receive()).await.map_err(|_| End::Stopping)?
            }
        };
        more(received)
    }

    async fn rest_of_frame(&mut self) -> Result<Frame, End> {
        loop {
            match self.wire.take() {
                Ok(Progress::Ready(frame)) => return Ok(frame),
                Ok(Progress::Incomplete { at_least }) => {
                    self.hub.memory.cover(&mut self.share, at_least, self.session.is_some()).await;
                }
                // A few bytes more, and it is clear where to say so.
                Err(FrameError { problem, reply_to: None }) if !matches!(problem, FrameProblem::Header { .. }) => {}
                Err(error) => return Err(self.refused("frame", error.reply_to, error.screen_text())),
            }
            more(self.wire.receive().await)?;
        }
    }

    fn refused_part(&self, error: &PartsError) -> End {
        self.refused("parts", Some(error.reply_to), error.screen_text())
    }

    fn refused(&self, reason: &'static str, to: Option<ReplyTo>, text: &str) -> End {
        End::Refused(reason, to.map(|to| refuse(self.address(to), text)))
    }

    /// Every answer names the conversation, whatever the question did.
    pub fn address(&self, to: ReplyTo) -> ReplyTo {
        match &self.session {
            Some(session) => ReplyTo { session: session.id, ..to },
            None => to,
        }
    }

    /// The device speaks over this connection no longer.
    pub fn log_out(&mut self) {
        if let Some(session) = self.session.take() {
            self.hub.links.remove(&session.link);
            self.hub.app.metrics.terminals.devices.dec();
            self.hub.notes.ended(session.link);
        }
    }

    async fn part(&mut self, end: End) {
        self.log_out();
        let reason = end.reason();
        tracing::debug!(peer = %self.peer, reason, "a terminal's connection ended");
        self.hub.app.metrics.terminals.ended(reason);
        if let End::Refused(_, Some(reply)) = &end {
            drop(timeout(self.hub.limits.frame, self.wire.send(&reply[..])).await);
        }
        self.wire.hang_up().await;
    }
}

impl Drop for Connection {
    /// Also when its task is aborted, at the end of a drain that took too long.
    fn drop(&mut self) {
        self.log_out();
    }
}

impl End {
    fn reason(&self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Silent => "silent",
            Self::Told => "told",
            Self::Stopping => "stopping",
            Self::Refused(reason, _) => reason,
            Self::Dismissed => "dismissed",
        }
    }
}

fn more(received: std::io::Result<bool>) -> Result<(), End> {
    match received {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(End::Closed),
    }
}
