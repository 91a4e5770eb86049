//! One struct per concern. What each setting means stands beside its default in `default.toml`.

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf};

use serde::{Deserialize, Deserializer, de::Error};

use super::Secret;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub demo: bool,
    pub server: ServerConfig,
    pub database: DatabaseConfig,
    pub cache: CacheConfig,
    pub files: FilesConfig,
    pub crypto: CryptoConfig,
    pub auth: AuthConfig,
    pub mail: MailConfig,
    pub jobs: JobsConfig,
    pub gateway: GatewayConfig,
    pub map: MapConfig,
    pub telemetry: TelemetryConfig,
    pub vision: VisionConfig,
    pub wechat: WeChatConfig,
    pub sms: SmsConfig,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    pub listen: SocketAddr,
    pub public_url: String,
    pub tls_certificate: PathBuf,
    pub tls_key: PathBuf,
    #[serde(deserialize_with = "list")]
    pub trusted_proxies: Vec<String>,
    pub workers: usize,
    pub json_limit: usize,
    pub upload_limit: usize,
    pub anonymous_rate: u64,
    pub answer_seconds: u64,
    pub drain_seconds: u64,
    pub heartbeat_seconds: u64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    pub url: Secret,
    pub max_connections: u32,
    pub acquire_timeout_seconds: u64,
    pub statement_timeout_seconds: u64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CacheConfig {
    pub url: Secret,
    pub prefix: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum FilesKind {
    Local,
    S3,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilesConfig {
    pub kind: FilesKind,
    pub path: PathBuf,
    pub s3_endpoint: String,
    pub s3_bucket: String,
    pub s3_region: String,
    pub s3_access_key: String,
    pub s3_secret_key: Secret,
    pub link_seconds: u64,
    pub max_pixels: u64,
    pub max_edge: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CryptoConfig {
    pub active: String,
    pub index_key: Secret,
    pub keys: BTreeMap<String, Secret>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthConfig {
    pub session_idle_minutes: i64,
    pub session_hours: i64,
    pub max_failures: u64,
    pub lockout_minutes: u64,
    pub max_failures_anywhere: u64,
    pub client_ca: PathBuf,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    None,
    Starttls,
    Tls,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    pub user: String,
    pub password: Secret,
    pub from: String,
    pub timeout_seconds: u64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobsConfig {
    pub concurrency: usize,
    pub poll_seconds: u64,
    pub lease_seconds: u64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewayConfig {
    pub listen: SocketAddr,
    pub tls_listen: SocketAddr,
    pub tls_certificate: PathBuf,
    pub tls_key: PathBuf,
    pub threads: usize,
    pub max_connections: usize,
    pub frame_seconds: u64,
    pub silence_seconds: u64,
    pub max_failures: u64,
    pub block_seconds: u64,
    pub buffer_megabytes: usize,
    pub writers: usize,
    pub batch: usize,
    pub state_seconds: u64,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum GeocoderKind {
    None,
    Nominatim,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapConfig {
    pub tile_url: String,
    pub attribution: String,
    pub geocoder: GeocoderKind,
    pub geocoder_url: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Pretty,
    Json,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TelemetryConfig {
    pub format: LogFormat,
    pub level: String,
    #[serde(deserialize_with = "unless_empty")]
    pub listen: Option<SocketAddr>,
    pub metrics_token: Secret,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisionConfig {
    pub folder: PathBuf,
    pub threads: usize,
    pub queue: usize,
    pub deadline_seconds: u64,
    pub models: BTreeMap<String, ModelConfig>,
}

/// A network that takes the place of one of ours.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelConfig {
    pub path: PathBuf,
    pub id: String,
    pub version: String,
}

/// Whether a WeChat of our own plays the real one's part.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum StandInUse {
    Auto,
    On,
    Off,
}

/// Which version of the mini-program codes and messages open.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum MiniProgramRelease {
    Release,
    Trial,
    Develop,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeChatConfig {
    pub api_url: String,
    pub open_url: String,
    pub mp_url: String,
    pub mini_program_id: String,
    pub mini_program_secret: Secret,
    pub account_id: String,
    pub account_secret: Secret,
    pub token: Secret,
    pub aes_key: Secret,
    pub release: MiniProgramRelease,
    pub stand_in: StandInUse,
    pub stand_in_port: u16,
    pub templates: BTreeMap<String, TemplateConfig>,
}

/// A notice as WeChat's templates have it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateConfig {
    #[serde(default)]
    pub mini_program: String,
    #[serde(default)]
    pub account: String,
    /// What each field of the template is filled with.
    pub fields: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsConfig {
    pub url: String,
    pub token: Secret,
    pub timeout_seconds: u64,
}

/// A list, or a text with commas as the environment has it.
fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        List(Vec<String>),
        Text(String),
    }
    Ok(match Given::deserialize(deserializer)? {
        Given::List(list) => list,
        Given::Text(text) => text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect(),
    })
}

fn unless_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SocketAddr>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(D::Error::custom) }
}
