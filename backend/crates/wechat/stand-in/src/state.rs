//! What all handlers share.

use std::{
    io,
    net::SocketAddr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::mpsc::UnboundedSender;

use crate::{push::Parcel, settings::Settings, world::World};

pub(crate) struct State {
    pub settings: Settings,
    address: SocketAddr,
    world: Mutex<World>,
    outgoing: UnboundedSender<Parcel>,
    pub http: reqwest::Client,
}

impl State {
    pub fn new(address: SocketAddr, settings: Settings, outgoing: UnboundedSender<Parcel>) -> io::Result<Self> {
        drop(rustls::crypto::ring::default_provider().install_default());
        let patience = Duration::from_millis(settings.push_milliseconds);
        let builder = reqwest::Client::builder().timeout(patience).redirect(reqwest::redirect::Policy::none());
        let http = builder.build().map_err(io::Error::other)?;
        let world = Mutex::new(World::new(&settings));
        Ok(Self { settings, address, world, outgoing, http })
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Hands a push to the postman.
    pub fn post(&self, parcel: Parcel) {
        // At the end there is no postman any more, and nobody waits for what he would bring.
        drop(self.outgoing.send(parcel));
    }
}
