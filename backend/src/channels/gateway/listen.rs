//! The two ports, and who comes in by them.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;
use tokio_util::{either::Either, task::TaskTracker};

use super::{connection, hub::Hub};
use crate::platform::{
    StartError,
    config::GatewayConfig,
    tls::{self, Certificate},
};

/// After a power cut a whole district reconnects at once.
const BACKLOG: u32 = 4096;
/// Without free file descriptors there is nothing to do but wait until a connection ends.
const PAUSE: Duration = Duration::from_millis(100);

pub struct Listeners {
    plain: std::net::TcpListener,
    tls: Option<(std::net::TcpListener, Arc<Certificate>)>,
}

impl Listeners {
    pub fn bind(config: &GatewayConfig) -> Result<Self, StartError> {
        allow_many_sockets();
        let certificate =
            Certificate::open("gateway", &config.tls_certificate, &config.tls_key).map_err(StartError::new)?;
        let tls = match certificate {
            Some(certificate) => Some((bind("gateway.tls_listen", config.tls_listen)?, certificate)),
            None => None,
        };
        Ok(Self { plain: bind("gateway.listen", config.listen)?, tls })
    }

    pub fn address(&self) -> io::Result<SocketAddr> {
        self.plain.local_addr()
    }

    pub fn tls_address(&self) -> Option<io::Result<SocketAddr>> {
        self.tls.as_ref().map(|(listener, _)| listener.local_addr())
    }

    /// Lets terminals in until the hub stops.
    pub async fn accept(self, hub: &Arc<Hub>, connections: &TaskTracker) -> Result<(), StartError> {
        let plain = listener(self.plain)?;
        match self.tls {
            Some((tls, certificate)) => {
                let acceptor = TlsAcceptor::from(Arc::new(tls::server_config(certificate.clone())));
                let tls = listener(tls)?;
                tokio::select! {
                    () = accept(hub, connections, plain, None) => {}
                    () = accept(hub, connections, tls, Some(acceptor)) => {}
                    () = certificate.watch() => {}
                }
            }
            None => accept(hub, connections, plain, None).await,
        }
        Ok(())
    }
}

/// Every terminal is a file descriptor, and the usual limit of 1,024 is there for programs of long ago.
fn allow_many_sockets() {
    let limit = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }) {
        tracing::warn!(%error, "the number of terminals is limited");
    }
}

fn bind(setting: &str, address: SocketAddr) -> Result<std::net::TcpListener, StartError> {
    let listen = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)?.into_std()
    };
    listen().map_err(|error| StartError::new(format!("cannot listen on {address} ({setting}): {error}")))
}

fn listener(listener: std::net::TcpListener) -> Result<TcpListener, StartError> {
    if let Ok(address) = listener.local_addr() {
        tracing::info!(%address, "listening for terminals");
    }
    TcpListener::from_std(listener).map_err(StartError::new)
}

async fn accept(hub: &Arc<Hub>, connections: &TaskTracker, listener: TcpListener, tls: Option<TlsAcceptor>) {
    while let Some(accepted) = hub.stop.run_until_cancelled(listener.accept()).await {
        match accepted {
            Ok(_) if connections.len() >= hub.app.config.gateway.max_connections => {
                hub.app.metrics.terminals.ended("full");
            }
            Ok((stream, peer)) => drop(connections.spawn(serve(hub.clone(), stream, peer, tls.clone()))),
            Err(error) => {
                tracing::warn!(%error, "a terminal's connection could not be accepted");
                sleep(PAUSE).await;
            }
        }
    }
}

async fn serve(hub: Arc<Hub>, stream: TcpStream, peer: SocketAddr, tls: Option<TlsAcceptor>) {
    // An error says that the terminal is gone already.
    drop(stream.set_nodelay(true));
    let connections = hub.app.metrics.terminals.connections.clone();
    connections.inc();
    match tls {
        None => connection::serve(hub, Either::Left(stream), peer.ip().to_canonical()).await,
        Some(tls) => Box::pin(serve_tls(hub, stream, peer, tls)).await,
    }
    connections.dec();
}

async fn serve_tls(hub: Arc<Hub>, stream: TcpStream, peer: SocketAddr, tls: TlsAcceptor) {
    match timeout(hub.limits.frame, Box::pin(tls.accept(stream))).await {
        Ok(Ok(stream)) => connection::serve(hub, Either::Right(Box::new(stream)), peer.ip().to_canonical()).await,
        Ok(Err(error)) => {
            tracing::debug!(%peer, %error, "no TLS with a terminal");
            hub.app.metrics.terminals.ended("tls");
        }
        Err(_) => hub.app.metrics.terminals.ended("tls"),
    }
}
