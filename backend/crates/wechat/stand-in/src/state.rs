//! What all handlers share.

use std::{
    net::SocketAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::mpsc::UnboundedSender;

use crate::{push::Parcel, settings::Settings, world::World};

pub(crate) struct State {
    pub settings: Settings,
    address: SocketAddr,
    world: Mutex<World>,
    outgoing: UnboundedSender<Parcel>,
}

impl State {
    pub fn new(address: SocketAddr, settings: Settings, outgoing: UnboundedSender<Parcel>) -> Self {
        let world = Mutex::new(World::new(&settings));
        Self { settings, address, world, outgoing }
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
