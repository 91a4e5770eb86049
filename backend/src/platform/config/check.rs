//! What a type cannot say about the settings: values that cannot work together or at all.

use std::{fmt::Display, ops::RangeInclusive};

use base64::{Engine, engine::general_purpose::STANDARD};
use tracing_subscriber::{EnvFilter, filter::LevelFilter};

use super::{
    AuthConfig, CacheConfig, Config, ConfigError, CryptoConfig, DatabaseConfig, FilesConfig, FilesKind, GatewayConfig,
    GeocoderKind, JobsConfig, MailConfig, MapConfig, ModelConfig, Secret, ServerConfig, SmsConfig, StandInUse,
    TelemetryConfig, TemplateConfig, VisionConfig, WeChatConfig,
};
use crate::platform::{
    phone::notices::{FILLINGS, NoticeKind},
    vision::MODELS,
    web::TrustedProxies,
};

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
    let Config {
        demo,
        server,
        database,
        cache,
        files,
        crypto,
        auth,
        mail,
        jobs,
        gateway,
        map,
        telemetry,
        vision,
        wechat,
        sms,
    } = config;
    check_server(server)?;
    check_database(database)?;
    check_cache(cache)?;
    check_files(files)?;
    check_crypto(crypto, *demo)?;
    check_auth(auth)?;
    check_mail(mail)?;
    check_jobs(jobs)?;
    check_gateway(gateway)?;
    check_map(map)?;
    check_telemetry(telemetry)?;
    check_vision(vision)?;
    check_wechat(wechat, *demo)?;
    check_sms(sms)?;
    check_client_ca(auth, server)
}

fn check_server(server: &ServerConfig) -> Result<(), ConfigError> {
    let ServerConfig {
        listen: _,
        public_url,
        tls_certificate,
        tls_key,
        trusted_proxies,
        workers,
        json_limit,
        upload_limit,
        anonymous_rate,
        heartbeat_seconds,
        answer_seconds,
        drain_seconds,
    } = server;
    require("server.public_url", "must start with http:// or https://", is_web(public_url))?;
    let (certificate, key) = (!tls_certificate.as_os_str().is_empty(), !tls_key.as_os_str().is_empty());
    require("server.tls_key", "and server.tls_certificate go together", key == certificate)?;
    // Else cookies would go without `Secure` and codes on paper would lead to a port that does not speak HTTP.
    let reached_by_tls = !certificate || public_url.starts_with("https://");
    require("server.public_url", "must start with https:// when server.tls_certificate is set", reached_by_tls)?;
    if let Err(reason) = TrustedProxies::parse(trusted_proxies) {
        return require("server.trusted_proxies", &reason, false);
    }
    between("server.workers", *workers, 0..=1024)?;
    between("server.json_limit", *json_limit, 65_536..=1 << 30)?;
    between("server.upload_limit", *upload_limit, 65_536..=1 << 30)?;
    between("server.anonymous_rate", *anonymous_rate, 1..=1_000_000)?;
    between("server.heartbeat_seconds", *heartbeat_seconds, 1..=3600)?;
    between("server.answer_seconds", *answer_seconds, 1..=3600)?;
    between("server.drain_seconds", *drain_seconds, 0..=3600)
}

fn check_database(database: &DatabaseConfig) -> Result<(), ConfigError> {
    let DatabaseConfig { url, max_connections, acquire_timeout_seconds, statement_timeout_seconds } = database;
    let known = ["sqlite://", "postgres://", "postgresql://"].iter().any(|scheme| url.expose().starts_with(scheme));
    require("database.url", "must start with sqlite:// or postgres://", known)?;
    between("database.max_connections", *max_connections, 2..=10_000)?;
    between("database.acquire_timeout_seconds", *acquire_timeout_seconds, 1..=300)?;
    between("database.statement_timeout_seconds", *statement_timeout_seconds, 1..=86_400)
}

fn check_cache(cache: &CacheConfig) -> Result<(), ConfigError> {
    let CacheConfig { url, prefix: _ } = cache;
    let url = url.expose();
    let known = url == "memory" || url.starts_with("redis://") || url.starts_with("rediss://");
    require("cache.url", "must be \"memory\" or start with redis:// or rediss://", known)
}

fn check_files(files: &FilesConfig) -> Result<(), ConfigError> {
    let FilesConfig {
        kind,
        path,
        s3_endpoint,
        s3_bucket,
        s3_region: _,
        s3_access_key: _,
        s3_secret_key: _,
        link_seconds,
        max_pixels,
        max_edge,
    } = files;
    match kind {
        FilesKind::Local => require("files.path", "must name a folder", !path.as_os_str().is_empty())?,
        FilesKind::S3 => require("files.s3_bucket", "is needed for kind = \"s3\"", !s3_bucket.is_empty())?,
    }
    require("files.s3_endpoint", "must start with http:// or https://", s3_endpoint.is_empty() || is_web(s3_endpoint))?;
    between("files.link_seconds", *link_seconds, 1..=86_400)?;
    between("files.max_pixels", *max_pixels, 1_000_000..=1_000_000_000)?;
    between("files.max_edge", *max_edge, 320..=16_384)
}

fn check_crypto(crypto: &CryptoConfig, demo: bool) -> Result<(), ConfigError> {
    let CryptoConfig { active, index_key, keys } = crypto;
    require(
        "crypto.active",
        "must name one of crypto.keys (outside demo mode they have no default)",
        keys.contains_key(active),
    )?;
    for key in keys.values() {
        check_key("crypto.keys", key, demo)?;
    }
    check_key("crypto.index_key", index_key, demo)
}

fn check_auth(auth: &AuthConfig) -> Result<(), ConfigError> {
    let AuthConfig {
        session_idle_minutes,
        session_hours,
        max_failures,
        lockout_minutes,
        max_failures_anywhere,
        client_ca: _,
    } = auth;
    between("auth.session_idle_minutes", *session_idle_minutes, 1..=525_600)?;
    between("auth.session_hours", *session_hours, 1..=8_760)?;
    between("auth.max_failures", *max_failures, 1..=1_000)?;
    between("auth.lockout_minutes", *lockout_minutes, 1..=1_440)?;
    between("auth.max_failures_anywhere", *max_failures_anywhere, 1..=1_000_000)
}

fn check_mail(mail: &MailConfig) -> Result<(), ConfigError> {
    let MailConfig { host: _, port, security: _, user: _, password: _, from, timeout_seconds } = mail;
    between("mail.port", *port, 1..=u16::MAX)?;
    require("mail.from", "must contain an address", from.contains('@'))?;
    between("mail.timeout_seconds", *timeout_seconds, 1..=300)
}

fn check_jobs(jobs: &JobsConfig) -> Result<(), ConfigError> {
    let JobsConfig { concurrency, poll_seconds, lease_seconds } = jobs;
    between("jobs.concurrency", *concurrency, 1..=1_000)?;
    between("jobs.poll_seconds", *poll_seconds, 1..=3_600)?;
    between("jobs.lease_seconds", *lease_seconds, 5..=86_400)
}

fn check_gateway(gateway: &GatewayConfig) -> Result<(), ConfigError> {
    let (certificate, key) = (!gateway.tls_certificate.as_os_str().is_empty(), !gateway.tls_key.as_os_str().is_empty());
    require("gateway.tls_key", "and gateway.tls_certificate go together", key == certificate)?;
    between("gateway.max_connections", gateway.max_connections, 1..=10_000_000)?;
    between("gateway.frame_seconds", gateway.frame_seconds, 1..=3_600)?;
    between("gateway.silence_seconds", gateway.silence_seconds, 1..=86_400)?;
    between("gateway.max_failures", gateway.max_failures, 1..=1_000_000)?;
    between("gateway.block_seconds", gateway.block_seconds, 1..=86_400)?;
    // One message of the greatest length must fit, or it would wait for ever.
    between("gateway.buffer_megabytes", gateway.buffer_megabytes, 16..=65_536)?;
    between("gateway.writers", gateway.writers, 1..=16)?;
    between("gateway.batch", gateway.batch, 1..=1_000)?;
    between("gateway.state_seconds", gateway.state_seconds, 1..=3_600)
}

fn check_map(map: &MapConfig) -> Result<(), ConfigError> {
    let MapConfig { tile_url, attribution: _, geocoder, geocoder_url } = map;
    let has_places = tile_url.is_empty() || ["{z}", "{x}", "{y}"].iter().all(|place| tile_url.contains(place));
    require("map.tile_url", "must contain {z}, {x} and {y}", has_places)?;
    let reachable = *geocoder == GeocoderKind::None || is_web(geocoder_url);
    require("map.geocoder_url", "is needed for a geocoder, and must start with http:// or https://", reachable)
}

fn check_telemetry(telemetry: &TelemetryConfig) -> Result<(), ConfigError> {
    let TelemetryConfig { format: _, level, metrics_token: _, listen: _ } = telemetry;
    // A word that is no level would be taken for the name of a module, of which there is nothing to log.
    let ends_in_level = |part: &str| part.rsplit('=').next().unwrap_or_default().parse::<LevelFilter>().is_ok();
    let known = EnvFilter::try_new(level).is_ok() && level.split(',').all(ends_in_level);
    require(
        "telemetry.level",
        "must be a level (error, warn, info, debug, trace) or such as \"info,mingce=debug\"",
        known,
    )
}

fn check_vision(vision: &VisionConfig) -> Result<(), ConfigError> {
    let VisionConfig { folder: _, threads, queue, deadline_seconds, models } = vision;
    between("vision.threads", *threads, 1..=256)?;
    between("vision.queue", *queue, 1..=10_000)?;
    between("vision.deadline_seconds", *deadline_seconds, 1..=300)?;
    for (name, ModelConfig { path, id, version }) in models {
        let known = MODELS.contains(&name.as_str());
        require("vision.models", &format!("has no place for {name:?}, only for: {}", MODELS.join(", ")), known)?;
        let told_apart = ![path.as_os_str().is_empty(), id.is_empty(), version.is_empty()].contains(&true);
        require("vision.models", "needs a path, an id and a version for each", told_apart)?;
    }
    Ok(())
}

/// Whoever ends TLS sees the certificate: a proxy in front does not pass it on.
fn check_client_ca(auth: &AuthConfig, server: &ServerConfig) -> Result<(), ConfigError> {
    let ends_tls = !server.tls_certificate.as_os_str().is_empty();
    let unused = auth.client_ca.as_os_str().is_empty();
    require("auth.client_ca", "needs server.tls_certificate: whoever ends TLS sees certificates", unused || ends_tls)
}

fn check_wechat(wechat: &WeChatConfig, demo: bool) -> Result<(), ConfigError> {
    let WeChatConfig {
        api_url,
        open_url,
        mp_url,
        mini_program_id,
        mini_program_secret,
        account_id,
        account_secret,
        token,
        aes_key,
        release: _,
        stand_in,
        stand_in_port: _,
        templates,
    } = wechat;
    require("wechat.api_url", "must start with http:// or https://", is_web(api_url))?;
    require("wechat.open_url", "must start with http:// or https://", is_web(open_url))?;
    require("wechat.mp_url", "must start with http:// or https://", is_web(mp_url))?;
    let together = |id: &str, secret: &Secret| id.is_empty() == secret.expose().is_empty();
    require(
        "wechat.mini_program_secret",
        "and wechat.mini_program_id go together",
        together(mini_program_id, mini_program_secret),
    )?;
    require("wechat.account_secret", "and wechat.account_id go together", together(account_id, account_secret))?;
    let has_ids = !mini_program_id.is_empty() || !account_id.is_empty();
    require("wechat.token", "is needed with wechat.account_id", account_id.is_empty() || !token.expose().is_empty())?;
    let key = aes_key.expose();
    let fits = key.is_empty() || key.len() == 43 && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    require("wechat.aes_key", "must have 43 letters and digits", fits)?;
    require("wechat.stand_in", "is for demo mode only: anybody could be anybody", demo || *stand_in != StandInUse::On)?;
    require("wechat.stand_in", "and ids of a real WeChat exclude each other", *stand_in != StandInUse::On || !has_ids)?;
    templates.iter().try_for_each(|(name, template)| check_template(name, template))
}

fn check_template(name: &str, template: &TemplateConfig) -> Result<(), ConfigError> {
    let known = NoticeKind::ALL.iter().any(|kind| kind.name() == name);
    require("wechat.templates", &format!("has no notice {name:?}"), known)?;
    for filling in template.fields.values() {
        let known = FILLINGS.contains(&filling.as_str());
        require(
            "wechat.templates",
            &format!("{name} is filled with {filling:?}, not one of {}", FILLINGS.join(", ")),
            known,
        )?;
    }
    Ok(())
}

fn check_sms(sms: &SmsConfig) -> Result<(), ConfigError> {
    let SmsConfig { url, token: _, timeout_seconds } = sms;
    require("sms.url", "must start with http:// or https://", url.is_empty() || is_web(url))?;
    between("sms.timeout_seconds", *timeout_seconds, 1..=60)
}

fn is_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
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

fn between<T: PartialOrd + Display>(key: &'static str, value: T, range: RangeInclusive<T>) -> Result<(), ConfigError> {
    let reason = format!("must be between {} and {}", range.start(), range.end());
    require(key, &reason, range.contains(&value))
}

fn require(key: &'static str, reason: &str, holds: bool) -> Result<(), ConfigError> {
    if holds { Ok(()) } else { Err(ConfigError::Impossible { key, reason: reason.to_owned() }) }
}
