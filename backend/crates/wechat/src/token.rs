//! The access token and the page ticket: fetched by one, used by all.
//!
//! Several processes share them through the cache. They need no lock between them: `stable_token` gives everybody who
//! asks the same token until shortly before it expires.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use serde::Deserialize;
use serde_json::json;
use tokio::sync::Mutex;

use crate::{Cache, Error, Result, Secret, api::Api, http::Request};

/// In its last five minutes WeChat already gives the next token, and both work.
const OVERLAP: u64 = 300;
/// Forcing is allowed twenty times a day, and not twice within this time.
const BETWEEN_FORCED: Duration = Duration::from_secs(30);

/// A value with an end, fetched by one at a time.
pub(crate) struct Kept {
    cache: Arc<dyn Cache>,
    key: String,
    /// Whoever holds it fetches; the others wait and then find it in the cache.
    flight: Mutex<Flight>,
}

#[derive(Default)]
struct Flight {
    forced: Option<Instant>,
    failed: Option<(Instant, Error)>,
}

impl Flight {
    /// What those who have waited since then are told: were each to try again, the last would wait for all the others.
    fn failed_since(&self, asked: Instant) -> Result<()> {
        match &self.failed {
            Some((at, error)) if *at >= asked => Err(error.clone()),
            _ => Ok(()),
        }
    }

    fn note<T>(&mut self, outcome: Result<T>) -> Result<T> {
        self.failed = outcome.as_ref().err().map(|error| (Instant::now(), error.clone()));
        outcome
    }

    /// Whether forcing is allowed now; if it is, it is taken to happen.
    fn may_force(&mut self) -> bool {
        let allowed = self.forced.is_none_or(|last| last.elapsed() >= BETWEEN_FORCED);
        if allowed {
            self.forced = Some(Instant::now());
        }
        allowed
    }
}

pub(crate) struct Fetched {
    pub value: Secret,
    pub expires_in: u64,
}

impl Kept {
    pub fn new(cache: Arc<dyn Cache>, key: String) -> Self {
        Self { cache, key, flight: Mutex::default() }
    }

    pub async fn get(&self, fetch: impl AsyncFnOnce() -> Result<Fetched>) -> Result<Secret> {
        if let Some(value) = self.cache.get(&self.key).await {
            return Ok(value);
        }
        let asked = Instant::now();
        let mut flight = self.flight.lock().await;
        if let Some(value) = self.cache.get(&self.key).await {
            return Ok(value);
        }
        flight.failed_since(asked)?;
        let fetched = flight.note(fetch().await)?;
        self.keep(fetched).await
    }

    async fn keep(&self, fetched: Fetched) -> Result<Secret> {
        let Fetched { value, expires_in } = fetched;
        let keep = expires_in.saturating_sub(OVERLAP).max(expires_in / 2);
        self.cache.put(&self.key, &value, Duration::from_secs(keep)).await;
        Ok(value)
    }
}

pub(crate) struct Tokens(Kept);

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: Secret,
    expires_in: u64,
}

#[derive(Deserialize)]
struct TicketAnswer {
    ticket: Secret,
    expires_in: u64,
}

impl Tokens {
    pub fn new(cache: Arc<dyn Cache>, appid: &str) -> Self {
        Self(Kept::new(cache, format!("wechat:{appid}:access_token")))
    }

    pub async fn get(&self, api: &Api) -> Result<Secret> {
        self.0.get(|| api.fetch_token(false)).await
    }

    /// Another one than the one that was refused, or nothing if there is none to be had now.
    pub async fn replace(&self, api: &Api, refused: &Secret) -> Result<Option<Secret>> {
        let asked = Instant::now();
        let mut flight = self.0.flight.lock().await;
        // Of many calls that were refused together, the first has already done it.
        if let Some(value) = self.0.cache.get(&self.0.key).await
            && value != *refused
        {
            return Ok(Some(value));
        }
        flight.failed_since(asked)?;
        let mut fetched = flight.note(api.fetch_token(false).await)?;
        if fetched.value == *refused {
            // WeChat still gives out what it refuses: somebody has revoked it. Only force helps.
            if !flight.may_force() {
                return Ok(None);
            }
            fetched = flight.note(api.fetch_token(true).await)?;
        }
        self.0.keep(fetched).await.map(Some)
    }
}

impl Api {
    async fn fetch_token(&self, force: bool) -> Result<Fetched> {
        let body = json!({
            "grant_type": "client_credential",
            "appid": self.app.id,
            "secret": self.app.secret,
            "force_refresh": force,
        });
        let request = Request::post("stable_token", "/cgi-bin/stable_token", &body)?;
        let TokenAnswer { access_token, expires_in } = self.open(&request).await?.json()?;
        Ok(Fetched { value: access_token, expires_in })
    }

    pub(crate) async fn fetch_ticket(&self) -> Result<Fetched> {
        let request = Request::get("getticket", "/cgi-bin/ticket/getticket", vec![("type", "jsapi")]);
        let TicketAnswer { ticket, expires_in } = self.call(&request).await?.json()?;
        Ok(Fetched { value: ticket, expires_in })
    }
}
