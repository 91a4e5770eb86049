//! A small WeChat of our own: the other end of the platform's real client, in tests, in the demo, and in nobody's
//! production.
//!
//! - `servers`: the paths of `api.weixin.qq.com`, `open.weixin.qq.com` and `mp.weixin.qq.com`, with their answers and
//!   errors. A client cannot tell the difference;
//! - `push`: what WeChat sends by itself, plain or sealed, again and again until it is answered;
//! - `control`: `/wechat/api/…`, by which tests and the page act for people and turn the knobs for faults;
//! - `page`: `/wechat/`, which plays the phone.
//!
//! Everything is in memory and forgotten at the end. The people are made up.

mod control;
mod faults;
mod page;
mod people;
mod picture;
mod push;
mod refusal;
mod servers;
mod settings;
mod state;
mod tokens;
mod world;

use std::{io, net::SocketAddr, sync::Arc};

use actix_web::{App, HttpServer, dev::ServerHandle, middleware::from_fn, web};
use tokio::{sync::mpsc, task::JoinHandle};

pub use settings::{AppSettings, Callback, Settings, Which};

use state::State;

/// A running WeChat. It stops when it is dropped.
pub struct StandIn {
    address: SocketAddr,
    server: ServerHandle,
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for StandIn {
    fn drop(&mut self) {
        // The command is on its way when this returns; nobody waits for the answer.
        drop(self.server.stop(false));
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl StandIn {
    /// On a free port of the loopback.
    pub async fn start(settings: Settings) -> io::Result<Self> {
        Self::start_on(SocketAddr::from(([127, 0, 0, 1], 0)), settings).await
    }

    pub async fn start_on(address: SocketAddr, settings: Settings) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let (outgoing, parcels) = mpsc::unbounded_channel();
        let state = Arc::new(State::new(address, settings, outgoing)?);
        let postman = tokio::spawn(push::run(state.clone(), parcels));
        let data = web::Data::from(state);
        let server = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .app_data(web::PayloadConfig::new(4 * 1024 * 1024))
                .configure(control::configure)
                .configure(page::configure)
                .configure(servers::configure)
                .wrap(from_fn(faults::stumble))
        })
        .workers(1)
        .disable_signals()
        .listen(listener)?
        .run();
        let handle = server.handle();
        let serving = tokio::spawn(async move {
            // It ends by our own command, or not at all.
            drop(server.await);
        });
        Ok(Self { address, server: handle, tasks: vec![postman, serving] })
    }

    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// For [`wechat::Hosts::all`], and the root of `/wechat/`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Until it is stopped from outside.
    pub async fn serve(mut self) {
        for task in std::mem::take(&mut self.tasks) {
            drop(task.await);
        }
    }
}
