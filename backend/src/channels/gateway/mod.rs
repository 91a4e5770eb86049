//! The gateway: where terminals connect, in the clear and over TLS.
//!
//! Layers, each alone: bytes ([`wire`]) → frames and messages (the crate `terminal-protocol`) → one question and one
//! answer at a time ([`connection`], [`exchange`]) → a file for each command.
//!
//! - A punch that was answered with success is on disk ([`punches`]).
//! - A connection that waits costs a task and a socket: no buffer, no timer of its own but one, nothing per command.
//! - Everything that can grow has a bound, and at the bound it is the terminal that waits ([`memory`], [`punches`]).
//! - A device speaks over one connection, the newest, whichever process holds it ([`links`]).
//! - What stops finishes: what has been received is answered, then connections end ([`connection`]).

mod admissions;
mod answer;
mod collected;
mod connection;
mod doors;
mod exchange;
mod features;
mod hub;
mod links;
mod listen;
mod login;
mod memory;
mod news;
mod notes;
mod punches;
mod recheck;
mod whitelist;
mod wire;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{runtime::Runtime, time::timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{hub::Hub, listen::Listeners, punches::Writers};
use crate::platform::{App, StartError, config::GatewayConfig};

/// A gateway that listens and is ready to run.
pub struct Gateway {
    listeners: Listeners,
    threads: Threads,
}

/// Terminals have threads of their own, so that no page and no job makes a punch wait. They live until everything has
/// ended: the database connections that were opened on them are everybody's.
struct Threads(Option<Runtime>);

impl Gateway {
    pub fn bind(config: &GatewayConfig) -> Result<Self, StartError> {
        Ok(Self { listeners: Listeners::bind(config)?, threads: Threads::start(config.threads)? })
    }

    pub fn address(&self) -> Result<SocketAddr, StartError> {
        self.listeners.address().map_err(StartError::new)
    }

    pub fn tls_address(&self) -> Option<Result<SocketAddr, StartError>> {
        self.listeners.tls_address().map(|address| address.map_err(StartError::new))
    }

    /// Serves until `stop`, and then until every connection has ended or the time for that is over. What is returned
    /// keeps the threads alive.
    pub async fn run(self, app: App, stop: CancellationToken) -> Result<impl Sized, StartError> {
        let Self { listeners, threads } = self;
        let Some(runtime) = &threads.0 else { return Err(StartError::new("the gateway has no threads")) };
        runtime.spawn(serve(listeners, app, stop)).await.map_err(StartError::new)??;
        Ok(threads)
    }
}

async fn serve(listeners: Listeners, app: App, stop: CancellationToken) -> Result<(), StartError> {
    let (punches, writers) = Writers::new();
    let hub = Arc::new(Hub::new(app.clone(), punches, stop));
    let (connections, done) = (TaskTracker::new(), CancellationToken::new());
    let helpers = TaskTracker::new();
    helpers.spawn(writers.run(app.clone(), done.clone()));
    helpers.spawn(notes::write(hub.clone(), done.clone()));
    helpers.spawn(news::listen(hub.clone(), done.clone()));
    helpers.close();

    listeners.accept(&hub, &connections).await?;
    connections.close();
    let drain = Duration::from_secs(app.config.server.drain_seconds);
    if timeout(drain, connections.wait()).await.is_err() {
        tracing::warn!(connections = connections.len(), "terminals that did not end in time are cut off");
    }
    done.cancel();
    helpers.wait().await;
    Ok(())
}

impl Threads {
    fn start(count: usize) -> Result<Self, StartError> {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        if count > 0 {
            builder.worker_threads(count);
        }
        let runtime = builder.thread_name("gateway").enable_all().build().map_err(StartError::new)?;
        Ok(Self(Some(runtime)))
    }
}

impl Drop for Threads {
    /// Inside another runtime nobody may wait for the end of this one.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
