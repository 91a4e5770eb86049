//! A terminal's side of a connection: ask, wait for the answer, ask again.

use std::{io, sync::Arc};

use bytes::{Bytes, BytesMut};
use terminal_protocol::{
    Frame, FrameError, MessageError, Progress, Reply, Request, Sender, SessionId,
    frame::{Envelope, Flag, HEAD, TAIL},
    messages::Login,
    parts::{Numbering, split},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};
use tokio_util::either::Either;

/// Where the gateway is, and whether TLS is spoken to it.
#[derive(Clone)]
pub struct Gateway {
    /// `host:port`
    pub address: String,
    pub tls: Option<Tls>,
}

/// What is trusted, and the name that must be in the gateway's certificate.
#[derive(Clone)]
pub struct Tls {
    pub config: Arc<rustls::ClientConfig>,
    pub name: rustls_pki_types::ServerName<'static>,
}

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    #[error("the connection failed: {0}")]
    Io(#[from] io::Error),
    #[error("the gateway has closed the connection")]
    Closed,
    #[error("the answer is not a frame: {0}")]
    Frame(#[from] FrameError),
    #[error("the answer cannot be read: {0}")]
    Message(#[from] MessageError),
}

/// A connection, and the conversation held over it.
pub struct Terminal {
    stream: Either<TcpStream, Box<TlsStream<TcpStream>>>,
    received: BytesMut,
    pub session: SessionId,
    /// Long messages go in parts of this many bytes.
    pub parts: Option<(usize, Numbering)>,
}

impl Gateway {
    pub fn plain(address: impl ToString) -> Self {
        Self { address: address.to_string(), tls: None }
    }

    pub async fn connect(&self) -> io::Result<Terminal> {
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        let stream = match &self.tls {
            None => Either::Left(stream),
            Some(Tls { config, name }) => {
                let connector = TlsConnector::from(config.clone());
                Either::Right(Box::new(connector.connect(name.clone(), stream).await?))
            }
        };
        Ok(Terminal { stream, received: BytesMut::new(), session: SessionId::ZERO, parts: None })
    }
}

impl Terminal {
    /// Says who it is; from a success on the conversation has the id that the gateway gave it.
    pub async fn log_in(&mut self, vendor_code: &str, serial: &str) -> Result<Reply, NoAnswer> {
        let login = Login { vendor_code: vendor_code.to_owned(), serial: serial.to_owned() };
        let (envelope, reply) = self.ask(&Request::Login(login)).await?;
        if reply == Reply::Login {
            self.session = envelope.session;
        }
        Ok(reply)
    }

    pub async fn exchange(&mut self, request: &Request) -> Result<Reply, NoAnswer> {
        Ok(self.ask(request).await?.1)
    }

    async fn ask(&mut self, request: &Request) -> Result<(Envelope, Reply), NoAnswer> {
        let whole = request.encode(self.session);
        match self.parts {
            None => self.send(&whole).await?,
            Some((size, numbering)) => {
                for part in split(&message(request, whole), size, numbering) {
                    self.send(&part.encode()).await?;
                }
            }
        }
        let frame = self.receive().await?;
        Ok((frame.envelope, Reply::decode(&frame)?))
    }

    /// Any bytes, for those who want to see what happens.
    pub async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    /// The next frame, whatever it says.
    pub async fn receive(&mut self) -> Result<Frame, NoAnswer> {
        loop {
            match Frame::take(&mut self.received, Sender::Platform)? {
                Progress::Ready(frame) => return Ok(frame),
                Progress::Incomplete { at_least } => self.received.reserve(at_least - self.received.len()),
            }
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Err(NoAnswer::Closed);
            }
        }
    }
}

/// The frame of a request that is to be split.
fn message(request: &Request, whole: Vec<u8>) -> Frame {
    let whole = Bytes::from(whole);
    let session = terminal_protocol::frame::peek(&whole).map_or(SessionId::ZERO, |envelope| envelope.session);
    Frame {
        envelope: Envelope::new(request.command().number(), session, Flag::SUCCESS),
        content: whole.slice(HEAD..whole.len() - TAIL),
    }
}
