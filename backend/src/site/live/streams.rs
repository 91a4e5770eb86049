//! The streams this process holds open: how many each account may have, and that all of them end when it stops.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::platform::web::{Error, Result};

/// A few people under one account with a few pages each. Every stream is a connection and a listener.
const MOST: usize = 20;

pub struct Streams {
    stop: CancellationToken,
    open: Mutex<HashMap<Uuid, usize>>,
}

impl Streams {
    pub fn until(stop: CancellationToken) -> Self {
        Self { stop, open: Mutex::default() }
    }

    /// One more stream of an account, if it has not too many already.
    pub fn open(self: Arc<Self>, account_id: Uuid) -> Result<Seat> {
        let mut open = self.counts();
        let count = open.entry(account_id).or_default();
        if *count >= MOST {
            return Err(Error::TooMany(60, "同一账号打开的实时页面过多，请关闭一些再试".into()));
        }
        *count += 1;
        drop(open);
        Ok(Seat { streams: self, account_id })
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<Uuid, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream's place among those of its account; free again when this is dropped.
pub struct Seat {
    streams: Arc<Streams>,
    account_id: Uuid,
}

impl Seat {
    /// Returns when the process is to stop.
    pub async fn stopped(&self) {
        self.streams.stop.cancelled().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.streams.counts();
        if let Some(count) = open.get_mut(&self.account_id) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.account_id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;

    #[test]
    fn an_account_has_so_many_streams_and_gets_closed_ones_back() {
        let streams = Arc::new(Streams::until(CancellationToken::new()));
        let (ours, theirs) = (Uuid::now_v7(), Uuid::now_v7());
        let seats: Vec<Seat> = (0..MOST).map(|_| streams.clone().open(ours).unwrap()).collect();
        assert!(matches!(streams.clone().open(ours), Err(Error::TooMany(..))));
        assert!(streams.clone().open(theirs).is_ok(), "somebody else's pages do not count");
        drop(seats);
        assert!(streams.clone().open(ours).is_ok());
        assert!(streams.counts().is_empty(), "nothing is kept of who has left");
    }
}
