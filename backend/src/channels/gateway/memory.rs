//! The memory that messages on their way in may take, all connections together.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const PAGE: usize = 4096;
const MEGABYTE: usize = 1024 * 1024;
/// For connections without a login. All they have to say fits the page that is free, so whoever wants more waits for
/// others of its kind, and no device waits for them.
const STRANGERS: usize = 4 * MEGABYTE;

pub struct Memory {
    strangers: Arc<Semaphore>,
    devices: Arc<Semaphore>,
}

impl Memory {
    pub fn of_megabytes(megabytes: usize) -> Self {
        let pages = |bytes: usize| Arc::new(Semaphore::new(bytes / PAGE));
        Self { strangers: pages(STRANGERS), devices: pages(megabytes * MEGABYTE) }
    }

    /// Makes `share` large enough for `bytes` more than `kept`, and waits until there is so much. A page each is free:
    /// heart-beats and logins ask nobody.
    pub async fn cover(&self, share: &mut Share, bytes: usize, is_device: bool) {
        let missing = (share.kept + bytes / PAGE).saturating_sub(share.pages());
        let pool = if is_device { &self.devices } else { &self.strangers };
        let Ok(missing) = u32::try_from(missing) else { return };
        if missing == 0 {
            return;
        }
        // An error would say that the semaphore was closed, which nobody does.
        let Ok(more) = pool.clone().acquire_many_owned(missing).await else { return };
        match &mut share.permit {
            Some(permit) => permit.merge(more),
            None => share.permit = Some(more),
        }
    }
}

/// What one connection has of it; given back when dropped.
#[derive(Default)]
pub struct Share {
    permit: Option<OwnedSemaphorePermit>,
    /// Pages of parts that wait for the rest of their message.
    kept: usize,
}

impl Share {
    /// What has been covered so far stays in use, and what comes is in addition.
    pub fn keep(&mut self) {
        self.kept = self.pages();
    }

    fn pages(&self) -> usize {
        self.permit.as_ref().map_or(0, OwnedSemaphorePermit::num_permits)
    }
}
