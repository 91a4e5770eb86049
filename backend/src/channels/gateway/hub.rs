//! What all connections of this process share.

use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};
use tokio_util::sync::CancellationToken;

use super::{admissions::Admissions, doors::Doors, links::Links, memory::Memory, notes::Notes, punches::Waiting};
use crate::platform::App;

/// Logins go to the database; a thousand at once must leave it to the punches.
const LOGINS_AT_ONCE: usize = 4;

pub struct Hub {
    pub app: App,
    pub limits: Limits,
    pub memory: Memory,
    pub doors: Doors,
    pub links: Links,
    pub notes: Notes,
    pub admissions: Admissions,
    pub logins: Semaphore,
    /// To the writers of punches.
    pub punches: mpsc::Sender<Waiting>,
    /// Cancelled when the process is asked to stop.
    pub stop: CancellationToken,
}

/// How long a terminal may take for what.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the first to the last byte of a frame, and as long for taking the answer.
    pub frame: Duration,
    pub silence: Duration,
}

impl Hub {
    pub fn new(app: App, punches: mpsc::Sender<Waiting>, stop: CancellationToken) -> Self {
        let config = &app.config.gateway;
        let limits = Limits {
            frame: Duration::from_secs(config.frame_seconds),
            silence: Duration::from_secs(config.silence_seconds),
        };
        Self {
            limits,
            memory: Memory::of_megabytes(config.buffer_megabytes),
            doors: Doors::new(&app),
            links: Links::new(),
            notes: Notes::default(),
            admissions: Admissions::new(&app),
            logins: Semaphore::new(LOGINS_AT_ONCE),
            punches,
            stop,
            app,
        }
    }
}
