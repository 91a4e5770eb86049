//! A gateway for text messages that sends nothing and keeps everything, for demo mode: on a socket, like a real one.

use std::{
    collections::VecDeque,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::timeout,
};

const KEPT: usize = 100;
const LARGEST: usize = 16 * 1024;
const PATIENCE: Duration = Duration::from_secs(5);

/// A text message as it was handed over.
#[derive(Clone, Debug)]
pub struct SmsMessage {
    pub received_at: DateTime<Utc>,
    pub phone: String,
    pub text: String,
    pub code: String,
}

#[derive(Deserialize)]
struct Sent {
    phone: String,
    text: String,
    #[serde(default)]
    code: String,
}

type Shelf = Arc<Mutex<VecDeque<SmsMessage>>>;

/// Listens on the loopback until it is dropped.
pub struct SmsStandIn {
    address: SocketAddr,
    shelf: Shelf,
    listening: JoinHandle<()>,
}

impl Drop for SmsStandIn {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl SmsStandIn {
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let (address, shelf) = (listener.local_addr()?, Shelf::default());
        let kept = shelf.clone();
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shelf = kept.clone();
                tokio::spawn(async move { drop(timeout(PATIENCE, talk(stream, &shelf)).await) });
            }
        });
        Ok(Self { address, shelf, listening })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Newest first.
    pub fn messages(&self) -> Vec<SmsMessage> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner).iter().rev().cloned().collect()
    }
}

/// One request, one answer, and the connection ends.
async fn talk(mut stream: TcpStream, shelf: &Shelf) -> io::Result<()> {
    let status = match read(&mut stream).await? {
        Some(Sent { phone, text, code }) => {
            let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
            shelf.push_back(SmsMessage { received_at: Utc::now(), phone, text, code });
            while shelf.len() > KEPT {
                shelf.pop_front();
            }
            "200 OK"
        }
        None => "400 Bad Request",
    };
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

async fn read(stream: &mut TcpStream) -> io::Result<Option<Sent>> {
    let mut bytes = Vec::new();
    while bytes.len() < LARGEST {
        let mut piece = [0; 2048];
        let read = stream.read(&mut piece).await?;
        bytes.extend_from_slice(&piece[..read]);
        let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
            if read == 0 {
                return Ok(None);
            }
            continue;
        };
        let head = String::from_utf8_lossy(&bytes[..at]).to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
        let body = &bytes[at + 4..];
        if body.len() >= length.unwrap_or_default() {
            return Ok(serde_json::from_slice(body).ok());
        }
        if read == 0 {
            return Ok(None);
        }
    }
    Ok(None)
}
