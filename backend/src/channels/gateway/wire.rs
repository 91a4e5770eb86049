//! The bytes of one connection.

use std::{
    future::poll_fn,
    io,
    mem::MaybeUninit,
    pin::Pin,
    task::{Poll, ready},
    time::Duration,
};

use bytes::{Buf, BytesMut};
use terminal_protocol::{Frame, FrameError, Progress, ReplyTo, Sender, frame};
use tokio::{
    io::{AsyncRead, AsyncWriteExt, ReadBuf},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::server::TlsStream;
use tokio_util::either::Either;

/// In the clear, or over TLS, whose state is large and lies elsewhere.
pub type Stream = Either<TcpStream, Box<TlsStream<TcpStream>>>;

/// How much is read at once: more than a punch.
const CHUNK: usize = 16 * 1024;
/// How long a terminal may take to notice that we have said our last word, and how much it may still say meanwhile.
const PARTING: Duration = Duration::from_secs(1);
const PARTING_BYTES: usize = 2 * 1024 * 1024;

/// Bytes are kept only once they are here: a connection that waits has no buffer, and a Length however great is no
/// reason to make room.
pub struct Wire {
    stream: Stream,
    received: BytesMut,
}

impl Wire {
    pub fn new(stream: Stream) -> Self {
        Self { stream, received: BytesMut::new() }
    }

    /// Nothing of the next frame is here.
    pub fn is_empty(&self) -> bool {
        self.received.is_empty()
    }

    /// Waits for bytes; false at the end of the stream. Dropping this loses none.
    pub async fn receive(&mut self) -> io::Result<bool> {
        let Self { stream, received } = self;
        let count = poll_fn(|context| {
            // On the stack and not in the connection: it is there for the moment of looking only.
            let mut chunk = [const { MaybeUninit::uninit() }; CHUNK];
            let mut chunk = ReadBuf::uninit(&mut chunk);
            ready!(Pin::new(&mut *stream).poll_read(context, &mut chunk))?;
            received.extend_from_slice(chunk.filled());
            Poll::Ready(io::Result::Ok(chunk.filled().len()))
        });
        Ok(count.await? > 0)
    }

    /// The next frame, if all of it is here.
    pub fn take(&mut self) -> Result<Progress<Frame>, FrameError> {
        let taken = Frame::take(&mut self.received, Sender::Terminal);
        if self.received.is_empty() {
            self.received = BytesMut::new();
        }
        taken
    }

    /// Where an answer to the frame that is still arriving would go.
    pub fn reply_to(&self) -> Option<ReplyTo> {
        frame::peek(&self.received).map(|envelope| envelope.reply_to())
    }

    pub async fn send(&mut self, mut reply: impl Buf) -> io::Result<()> {
        self.stream.write_all_buf(&mut reply).await?;
        self.stream.flush().await
    }

    /// Ends the connection so that what was sent arrives: closing a socket with unread bytes in it would reset the
    /// connection, and a reset overtakes the last reply.
    pub async fn hang_up(&mut self) {
        let parting = async {
            self.stream.shutdown().await?;
            let mut heard = 0;
            while heard < PARTING_BYTES && self.receive().await? {
                heard += self.received.len();
                self.received.clear();
            }
            io::Result::Ok(())
        };
        drop(timeout(PARTING, parting).await);
    }
}
