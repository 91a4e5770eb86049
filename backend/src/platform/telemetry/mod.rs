//! Logs, metrics, health. Logs carry ids, never names, ID numbers, phones or tokens; paths are logged as patterns.

mod health;
mod metrics;
mod requests;
mod terminals;
pub mod watch;

use tracing_subscriber::EnvFilter;

pub use health::configure;
pub use metrics::Metrics;
pub use requests::observe;
pub use terminals::Terminals;

use super::config::{LogFormat, TelemetryConfig};

/// Starts logging. A second call, as tests make, changes nothing.
pub fn start(config: &TelemetryConfig) {
    // The level was checked with the rest of the configuration.
    let filter = EnvFilter::new(&config.level);
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match config.format {
        LogFormat::Pretty => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).with_span_list(false).try_init(),
    };
    drop(started);
}
