//! A mail server that keeps what it gets and delivers nothing: the other end of the platform's real SMTP client,
//! in tests and in the demo.
//!
//! It speaks SMTP as servers do (RFC 5321 with `AUTH`, `SIZE`, `8BITMIME`, `SMTPUTF8`, `PIPELINING`), so that a
//! client cannot tell the difference, and can be told to refuse addresses.

mod decode;
mod message;
mod session;

use std::{
    collections::{HashMap, VecDeque},
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

pub use message::Message;

/// Older messages than these are forgotten.
const KEPT: usize = 500;

/// A running server. It stops when the last clone is dropped.
#[derive(Clone)]
pub struct Mailbox(Arc<Running>);

struct Running {
    address: SocketAddr,
    state: Arc<State>,
    task: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What sessions share.
pub(crate) struct State {
    shelf: Mutex<Shelf>,
    /// Changes with every message.
    arrived: watch::Sender<usize>,
}

#[derive(Default)]
struct Shelf {
    messages: VecDeque<Message>,
    replies: HashMap<String, String>,
}

impl Mailbox {
    /// Starts a server on a free port of the loopback.
    pub async fn start() -> io::Result<Self> {
        Self::start_on(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    pub async fn start_on(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State { shelf: Mutex::default(), arrived: watch::Sender::new(0) });
        let task = tokio::spawn(accept(listener, state.clone()));
        Ok(Self(Arc::new(Running { address, state, task })))
    }

    pub fn addr(&self) -> SocketAddr {
        self.0.address
    }

    /// What has arrived, the newest last.
    pub fn messages(&self) -> Vec<Message> {
        self.0.state.shelf().messages.iter().cloned().collect()
    }

    /// The first message to an address that has not been seen by an earlier call for it; waits for one up to ten
    /// seconds.
    pub async fn wait_for(&self, to: &str) -> Option<Message> {
        let mut arrived = self.0.state.arrived.subscribe();
        let search = async {
            loop {
                arrived.borrow_and_update();
                if let Some(message) = self.0.state.take_unseen(to) {
                    return Some(message);
                }
                arrived.changed().await.ok()?;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), search).await.ok().flatten()
    }

    /// From now on a recipient gets this reply, for example `550 5.1.1 no such user` or `451 4.7.1 try later`.
    pub fn reply_to(&self, address: &str, reply: &str) {
        self.0.state.shelf().replies.insert(address.to_lowercase(), reply.to_owned());
    }

    /// Takes mail for an address again.
    pub fn accept(&self, address: &str) {
        self.0.state.shelf().replies.remove(&address.to_lowercase());
    }

    pub fn clear(&self) {
        self.0.state.shelf().messages.clear();
    }
}

impl State {
    pub(crate) fn reply_for(&self, address: &str) -> Option<String> {
        self.shelf().replies.get(&address.to_lowercase()).cloned()
    }

    pub(crate) fn keep(&self, message: Message) {
        let mut shelf = self.shelf();
        if shelf.messages.len() == KEPT {
            shelf.messages.pop_front();
        }
        shelf.messages.push_back(message);
        drop(shelf);
        self.arrived.send_modify(|count| *count += 1);
    }

    fn take_unseen(&self, to: &str) -> Option<Message> {
        let mut shelf = self.shelf();
        let message = shelf.messages.iter_mut().find(|message| !message.seen && message.is_to(to))?;
        message.seen = true;
        Some(message.clone())
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    // Sessions end with the server.
    let mut sessions = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            connection = listener.accept() => match connection {
                Ok((stream, _)) => drop(sessions.spawn(session::run(stream, state.clone()))),
                // Too many open files, for example: it passes.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = sessions.join_next() => {}
        }
    }
}
