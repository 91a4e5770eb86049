//! What a type cannot say about the settings: values that cannot work together or at all.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{Config, ConfigError, FilesKind, GatewayConfig, GeocoderKind, Secret};

const DEMO_INDEX_KEY: &str = "bWluZ2NlLWRlbW8taW5kZXgta2V5LTMyLWJ5dGVzISE=";
const DEMO_FIELD_KEY: &str = "bWluZ2NlLWRlbW8tZmllbGQta2V5LTMyLWJ5dGVzISE=";

/// Demo mode without keys of its own uses well-known ones, so that it starts by one command.
pub(super) fn fill_demo_secrets(config: &mut Config) {
    if config.demo && config.crypto.keys.is_empty() {
        config.crypto.active = "demo".to_owned();
        config.crypto.index_key = Secret::new(DEMO_INDEX_KEY);
        config.crypto.keys.insert("demo".to_owned(), Secret::new(DEMO_FIELD_KEY));
    }
}

pub(super) fn check(config: &Config) -> Result<(), ConfigError> {
    let Config { demo, server, database, cache, files, crypto, auth, mail, jobs, gateway, map, telemetry: _ } = config;

    let url = database.url.expose();
    require("database.url", "must start with sqlite:// or postgres://", is_database(url))?;
    require("database.max_connections", "must be at least 2", database.max_connections >= 2)?;
    let cache_url = cache.url.expose();
    let cache_known = cache_url == "memory" || cache_url.starts_with("redis://") || cache_url.starts_with("rediss://");
    require("cache.url", "must be \"memory\" or start with redis:// or rediss://", cache_known)?;
    require(
        "server.public_url",
        "must start with http:// or https://",
        server.public_url.starts_with("http://") || server.public_url.starts_with("https://"),
    )?;
    require("server.json_limit", "must be at least 65536", server.json_limit >= 65_536)?;
    require("server.heartbeat_seconds", "must be at least 1", server.heartbeat_seconds >= 1)?;
    require(
        "server.tls_key",
        "and server.tls_certificate go together",
        server.tls_key.as_os_str().is_empty() == server.tls_certificate.as_os_str().is_empty(),
    )?;
    require(
        "files.s3_bucket",
        "is needed for kind = \"s3\"",
        files.kind == FilesKind::Local || !files.s3_bucket.is_empty(),
    )?;
    require("files.max_pixels", "must be at least 1000000", files.max_pixels >= 1_000_000)?;
    require(
        "crypto.active",
        "must name one of crypto.keys (outside demo mode they have no default)",
        crypto.keys.contains_key(&crypto.active),
    )?;
    for key in crypto.keys.values() {
        check_key("crypto.keys", key, *demo)?;
    }
    check_key("crypto.index_key", &crypto.index_key, *demo)?;
    require("auth.session_idle_minutes", "must be at least 1", auth.session_idle_minutes >= 1)?;
    require("auth.session_hours", "must be at least 1", auth.session_hours >= 1)?;
    require("auth.max_failures", "must be at least 1", auth.max_failures >= 1)?;
    require("mail.from", "must contain an address", mail.from.contains('@'))?;
    require("jobs.concurrency", "must be at least 1", jobs.concurrency >= 1)?;
    require("jobs.poll_seconds", "must be at least 1", jobs.poll_seconds >= 1)?;
    require("jobs.lease_seconds", "must be at least 5", jobs.lease_seconds >= 5)?;
    check_gateway(gateway)?;
    require(
        "map.geocoder_url",
        "is needed for a geocoder",
        map.geocoder == GeocoderKind::None || !map.geocoder_url.is_empty(),
    )
}

fn check_gateway(gateway: &GatewayConfig) -> Result<(), ConfigError> {
    require(
        "gateway.tls_key",
        "and gateway.tls_certificate go together",
        gateway.tls_key.as_os_str().is_empty() == gateway.tls_certificate.as_os_str().is_empty(),
    )?;
    require("gateway.max_connections", "must be at least 1", gateway.max_connections >= 1)?;
    require("gateway.frame_seconds", "must be at least 1", gateway.frame_seconds >= 1)?;
    require("gateway.silence_seconds", "must be at least 1", gateway.silence_seconds >= 1)?;
    require("gateway.max_failures", "must be at least 1", gateway.max_failures >= 1)?;
    require("gateway.block_seconds", "must be at least 1", gateway.block_seconds >= 1)?;
    // One message of the greatest length must fit, or it would wait for ever.
    require("gateway.buffer_megabytes", "must be at least 16", gateway.buffer_megabytes >= 16)?;
    require("gateway.writers", "must be between 1 and 16", (1..=16).contains(&gateway.writers))?;
    require("gateway.batch", "must be between 1 and 1000", (1..=1000).contains(&gateway.batch))?;
    require("gateway.state_seconds", "must be at least 1", gateway.state_seconds >= 1)
}

fn is_database(url: &str) -> bool {
    ["sqlite://", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme))
}

fn check_key(name: &'static str, key: &Secret, demo: bool) -> Result<(), ConfigError> {
    let length = STANDARD.decode(key.expose()).map(|bytes| bytes.len()).unwrap_or_default();
    require(name, "must be base64 of 32 bytes", length == 32)?;
    require(
        name,
        "still holds a demo secret, which is refused outside demo mode",
        demo || ![DEMO_INDEX_KEY, DEMO_FIELD_KEY].contains(&key.expose()),
    )
}

fn require(key: &'static str, reason: &str, holds: bool) -> Result<(), ConfigError> {
    if holds { Ok(()) } else { Err(ConfigError::Impossible { key, reason: reason.to_owned() }) }
}
