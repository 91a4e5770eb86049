//! A wire to a server that can be cut, or go silent.

use std::{net::SocketAddr, sync::Arc};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    /// Every connection breaks, and no new one is made.
    Cut,
    /// Connections stay and carry nothing, as behind a firewall that has forgotten them.
    Silent,
}

pub struct Wire {
    pub address: SocketAddr,
    state: Arc<watch::Sender<State>>,
}

impl Wire {
    pub async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, state) = (listener.local_addr().unwrap(), Arc::new(watch::Sender::new(State::Open)));
        let switch = state.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(carry(near, server.clone(), switch.subscribe()));
            }
        });
        Self { address, state }
    }

    /// Opened again, the wire carries new connections; those that went silent stay so.
    pub fn set(&self, state: State) {
        self.state.send_replace(state);
    }
}

async fn carry(mut near: TcpStream, server: String, mut state: watch::Receiver<State>) {
    let now = *state.borrow_and_update();
    match now {
        State::Cut => return,
        State::Silent => {}
        State::Open => {
            let Ok(mut far) = TcpStream::connect(server).await else { return };
            tokio::select! {
                _ = copy_bidirectional(&mut near, &mut far) => return,
                _ = state.wait_for(|state| *state != State::Open) => {}
            }
        }
    }
    // Silent: held open, and nothing is read from it any more.
    drop(state.wait_for(|state| *state == State::Cut).await);
}
