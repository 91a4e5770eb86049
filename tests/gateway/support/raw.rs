use std::{net::SocketAddr, time::Duration};

use bytes::BytesMut;
use terminal_protocol::{Frame, Progress, Reply, Sender};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// Longer than anything the gateway may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection of somebody who need not know the protocol.
pub struct Raw {
    stream: TcpStream,
    received: BytesMut,
}

impl Raw {
    pub async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, received: BytesMut::new() }
    }

    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    /// The next frame; none when the gateway has closed the connection.
    pub async fn frame(&mut self) -> Option<Frame> {
        let read = async {
            loop {
                if let Progress::Ready(frame) = Frame::take(&mut self.received, Sender::Platform).unwrap() {
                    return Some(frame);
                }
                match self.stream.read_buf(&mut self.received).await {
                    Ok(0) | Err(_) => return None,
                    Ok(_) => {}
                }
            }
        };
        timeout(PATIENCE, read).await.unwrap()
    }

    /// What a refusal says.
    #[track_caller]
    pub fn said(frame: Option<Frame>) -> String {
        match Reply::decode(&frame.unwrap()).unwrap() {
            Reply::Refused(refusal) => refusal.message().to_owned(),
            other => panic!("not refused: {other:?}"),
        }
    }

    pub async fn refusal(&mut self) -> String {
        let frame = self.frame().await;
        Self::said(frame)
    }

    pub async fn is_closed(&mut self) {
        assert_eq!(self.frame().await, None, "the gateway has more to say");
    }
}
