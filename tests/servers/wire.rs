//! A wire to a server that can be cut.

use std::{net::SocketAddr, sync::Arc};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

pub struct Wire {
    pub address: SocketAddr,
    is_cut: Arc<watch::Sender<bool>>,
}

impl Wire {
    pub async fn to(server: &str) -> Self {
        let (listener, server) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), server.to_owned());
        let (address, is_cut) = (listener.local_addr().unwrap(), Arc::new(watch::Sender::new(false)));
        let switch = is_cut.clone();
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let (mut switch, server) = (switch.subscribe(), server.clone());
                tokio::spawn(async move {
                    if *switch.borrow() {
                        return;
                    }
                    let Ok(mut far) = TcpStream::connect(server).await else { return };
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                        _ = switch.wait_for(|is_cut| *is_cut) => {}
                    }
                });
            }
        });
        Self { address, is_cut }
    }

    /// Who holds on hears that the connection is gone, and who comes is turned away.
    pub fn cut(&self) {
        self.is_cut.send_replace(true);
    }

    pub fn mend(&self) {
        self.is_cut.send_replace(false);
    }
}
