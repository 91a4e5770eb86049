//! The cache shared by all processes: Redis.
//!
//! The connection is made by the first call and made anew when it breaks. A Redis that is gone costs a caller
//! at most [`PATIENCE`], and the first call after its return works.

mod listener;

use std::{
    sync::{LazyLock, OnceLock},
    time::Duration,
};

use futures_util::stream::BoxStream;
use redis::{
    Client, Cmd, FromRedisValue, RedisError, Script, ScriptInvocation,
    aio::{ConnectionManager, ConnectionManagerConfig},
};

use self::listener::Listener;
use super::{CacheError, Event};

/// The longest a call may take, connecting included.
const PATIENCE: Duration = Duration::from_secs(1);

static HIT: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local n = redis.call('INCR', KEYS[1])
         if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
         return n",
    )
});

/// The fence is Redis' clock: unlike a counter it keeps growing after Redis has lost its memory.
static LOCK: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return false end
         local now = redis.call('TIME')
         return string.format('%d%06d', now[1], now[2])",
    )
});

static EXTEND_IF: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
         return redis.call('PEXPIRE', KEYS[1], ARGV[2])",
    )
});

static DELETE_IF: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
         return redis.call('DEL', KEYS[1])",
    )
});

pub(super) struct Redis {
    client: Client,
    connection: ConnectionManager,
    prefix: String,
    /// Started by the first subscriber; most processes have none.
    listener: OnceLock<Listener>,
}

impl Redis {
    pub fn open(url: &str, prefix: &str) -> Result<Self, CacheError> {
        // The driver's message would repeat the address, and with it the password.
        let client = Client::open(url).map_err(|error| CacheError::BadUrl(error.category().to_owned()))?;
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        let connection = client.get_connection_manager_lazy(config).map_err(unavailable)?;
        Ok(Self { client, connection, prefix: prefix.to_owned(), listener: OnceLock::new() })
    }

    pub async fn get(&self, key: &str) -> Result<Option<String>, CacheError> {
        self.run(redis::cmd("GET").arg(self.key(key))).await
    }

    pub async fn set(&self, key: &str, value: &str, ttl: Duration) -> Result<(), CacheError> {
        self.run(redis::cmd("SET").arg(self.key(key)).arg(value).arg("PX").arg(milliseconds(ttl))).await
    }

    pub async fn set_new(&self, key: &str, value: &str, ttl: Duration) -> Result<bool, CacheError> {
        let mut command = redis::cmd("SET");
        command.arg(self.key(key)).arg(value).arg("NX").arg("PX").arg(milliseconds(ttl));
        let answer: Option<String> = self.run(&command).await?;
        Ok(answer.is_some())
    }

    pub async fn take(&self, key: &str) -> Result<Option<String>, CacheError> {
        self.run(redis::cmd("GETDEL").arg(self.key(key))).await
    }

    pub async fn delete(&self, key: &str) -> Result<(), CacheError> {
        self.run(redis::cmd("DEL").arg(self.key(key))).await
    }

    pub async fn hit(&self, key: &str, window: Duration) -> Result<u64, CacheError> {
        self.run_script(HIT.key(self.key(key)).arg(milliseconds(window))).await
    }

    pub async fn lock(&self, key: &str, owner: &str, ttl: Duration) -> Result<Option<u64>, CacheError> {
        self.run_script(LOCK.key(self.key(key)).arg(owner).arg(milliseconds(ttl))).await
    }

    pub async fn extend_if(&self, key: &str, value: &str, ttl: Duration) -> Result<bool, CacheError> {
        self.run_script(EXTEND_IF.key(self.key(key)).arg(value).arg(milliseconds(ttl))).await
    }

    pub async fn delete_if(&self, key: &str, value: &str) -> Result<bool, CacheError> {
        self.run_script(DELETE_IF.key(self.key(key)).arg(value)).await
    }

    pub async fn publish(&self, topic: &str, payload: &str) -> Result<(), CacheError> {
        self.run(redis::cmd("PUBLISH").arg(self.key(&format!("topic:{topic}"))).arg(payload)).await
    }

    pub async fn subscribe(&self, topic: &str) -> Result<BoxStream<'static, Event>, CacheError> {
        let listener = self.listener.get_or_init(|| Listener::start(self.client.clone(), self.key("topic:")));
        tokio::time::timeout(PATIENCE, listener.connected()).await.map_err(|_| CacheError::TimedOut)?;
        Ok(listener.topics.subscribe(topic))
    }

    pub async fn ping(&self) -> Result<(), CacheError> {
        self.run(&redis::cmd("PING")).await
    }

    async fn run<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, CacheError> {
        patiently(|| async { command.query_async(&mut self.connection.clone()).await }).await
    }

    async fn run_script<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> Result<T, CacheError> {
        patiently(|| async { script.invoke_async(&mut self.connection.clone()).await }).await
    }

    fn key(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }
}

/// Runs a call within [`PATIENCE`]. The first call after an outage only learns that the old connection is
/// broken, so it is made once more over a new one. What that repeats is harmless: a counter counts one too
/// many, a ticket that was taken while its answer got lost stays used up.
async fn patiently<T, F>(call: impl Fn() -> F) -> Result<T, CacheError>
where
    F: Future<Output = Result<T, RedisError>>,
{
    let twice = async {
        match call().await {
            Err(error) if error.is_io_error() && !error.is_timeout() => call().await,
            answer => answer,
        }
    };
    match tokio::time::timeout(PATIENCE, twice).await {
        Ok(answer) => answer.map_err(unavailable),
        Err(_) => Err(CacheError::TimedOut),
    }
}

fn unavailable(error: RedisError) -> CacheError {
    if error.is_timeout() { CacheError::TimedOut } else { CacheError::Unavailable(error.to_string()) }
}

/// Redis takes nothing below a millisecond.
fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX).max(1)
}
