//! Configuration: commented defaults compiled in, `mingce.toml` on top, the environment on top of that.
//!
//! Unknown keys and impossible values are refused at the start, with the key's name.

mod check;
mod secret;
mod sections;

use std::path::Path;

use config::{Environment, File, FileFormat};

pub use secret::Secret;
pub use sections::*;

const DEFAULTS: &str = include_str!("default.toml");

/// Why the configuration cannot be used; says which key.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("configuration: {0}")]
    Unreadable(#[from] config::ConfigError),
    #[error("configuration: `{key}` {reason}")]
    Impossible { key: &'static str, reason: String },
}

impl Config {
    /// Reads `file` when it exists, and the process environment.
    pub fn load(file: &Path) -> Result<Self, ConfigError> {
        Self::from_layers(Some(file), None)
    }

    /// Demo mode without a file or environment: the base that tests change.
    pub fn demo() -> Result<Self, ConfigError> {
        Self::from_layers(None, Some([("MINGCE__DEMO".to_owned(), "true".to_owned())].into()))
    }

    fn from_layers(
        file: Option<&Path>,
        environment: Option<std::collections::HashMap<String, String>>,
    ) -> Result<Self, ConfigError> {
        let mut layers = config::Config::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml));
        if let Some(path) = file {
            layers = layers.add_source(File::from(path).format(FileFormat::Toml).required(false));
        }
        // Values stay the texts they are until their type is known: a password of digits is no number.
        let environment = Environment::with_prefix("MINGCE")
            .prefix_separator("__")
            .separator("__")
            .source(environment.map(|map| map.into_iter().collect()));
        let mut config: Self = layers.add_source(environment).build()?.try_deserialize()?;
        check::fill_demo_secrets(&mut config);
        check::check(&config)?;
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;

    fn from_env(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let map = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Config::from_layers(None, Some(map))
    }

    #[test]
    fn the_defaults_are_a_whole_configuration_in_demo_mode() {
        let config = from_env(&[("MINGCE__DEMO", "true")]).unwrap();
        assert_eq!(config.server.listen.port(), 8840);
    }

    #[test]
    fn keys_are_asked_for_and_the_demo_keys_are_refused_outside_demo_mode() {
        let problem = from_env(&[]).unwrap_err().to_string();
        assert!(problem.contains("crypto.active"), "{problem}");
        let demo = Config::demo().unwrap().crypto;
        let problem = from_env(&[
            ("MINGCE__CRYPTO__ACTIVE", "a"),
            ("MINGCE__CRYPTO__KEYS__A", demo.keys["demo"].expose()),
            ("MINGCE__CRYPTO__INDEX_KEY", demo.index_key.expose()),
        ]);
        assert!(problem.unwrap_err().to_string().contains("demo secret"));
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_name() {
        let problem = from_env(&[("MINGCE__DEMO", "true"), ("MINGCE__SERVER__LISTNE", "x")]).unwrap_err().to_string();
        assert!(problem.contains("listne"), "{problem}");
    }

    #[test]
    fn an_impossible_value_is_refused_with_its_key() {
        for (key, value) in [
            ("server.listen", "nowhere"),
            ("server.public_url", "mingce.example"),
            ("server.tls_key", "key.pem"),
            ("server.trusted_proxies", "10.0.0.0/8,everybody"),
            ("server.workers", "100000"),
            ("server.json_limit", "0"),
            ("server.upload_limit", "0"),
            ("server.anonymous_rate", "0"),
            ("server.answer_seconds", "0"),
            ("server.drain_seconds", "86400"),
            ("database.url", "mysql://host/name"),
            ("database.max_connections", "1"),
            ("database.acquire_timeout_seconds", "0"),
            ("database.statement_timeout_seconds", "0"),
            ("cache.url", "memcached://host"),
            ("files.kind", "ftp"),
            ("files.path", ""),
            ("files.s3_endpoint", "host:9000"),
            ("files.link_seconds", "0"),
            ("files.max_pixels", "0"),
            ("files.max_edge", "0"),
            ("auth.session_idle_minutes", "0"),
            ("auth.session_hours", "-1"),
            ("auth.max_failures", "0"),
            ("auth.lockout_minutes", "0"),
            ("auth.max_failures_anywhere", "0"),
            ("mail.port", "0"),
            ("mail.from", "nobody"),
            ("mail.timeout_seconds", "0"),
            ("jobs.concurrency", "0"),
            ("jobs.poll_seconds", "0"),
            ("jobs.lease_seconds", "1"),
            ("map.tile_url", "https://tiles.example"),
            ("map.geocoder", "nominatim"),
            ("vision.threads", "0"),
            ("vision.queue", "0"),
            ("vision.deadline_seconds", "0"),
            ("auth.client_ca", "ca.pem"),
            ("wechat.api_url", "api.weixin.qq.com"),
            ("wechat.mini_program_secret", "without an id"),
            ("wechat.aes_key", "too-short"),
            ("wechat.stand_in", "perhaps"),
            ("sms.url", "gateway"),
            ("sms.timeout_seconds", "0"),
            ("telemetry.format", "xml"),
            ("telemetry.level", "verbose"),
            ("telemetry.level", "info,mingce=debgu"),
        ] {
            let variable = format!("MINGCE__{}", key.replace('.', "__").to_uppercase());
            let problem = from_env(&[("MINGCE__DEMO", "true"), (&variable, value)]).unwrap_err().to_string();
            let name = key.rsplit('.').next().unwrap();
            assert!(problem.contains(name), "{key} = {value}: {problem}");
        }
    }

    #[test]
    fn a_wechat_of_our_own_is_refused_outside_demo_mode() {
        let demo = Config::demo().unwrap().crypto;
        let key = "bWluZ2NlLW90aGVyLWZpZWxkLWtleS0zMi1ieXRlcyE=";
        let with = |stand_in: &str| {
            from_env(&[
                ("MINGCE__CRYPTO__ACTIVE", "a"),
                ("MINGCE__CRYPTO__KEYS__A", key),
                ("MINGCE__CRYPTO__INDEX_KEY", key),
                ("MINGCE__WECHAT__STAND_IN", stand_in),
            ])
        };
        assert!(demo.keys.contains_key("demo"));
        let problem = with("on").unwrap_err().to_string();
        assert!(problem.contains("wechat.stand_in"), "{problem}");
        assert!(with("auto").is_ok());
    }

    #[test]
    fn templates_are_of_notices_there_are_and_filled_with_what_there_is() {
        let with = |name: &str, filling| {
            let key = format!("MINGCE__WECHAT__TEMPLATES__{name}__FIELDS__THING1");
            from_env(&[("MINGCE__DEMO", "true"), (&key, filling)])
        };
        assert_eq!(
            with("CONTRACT_DUE", "project").unwrap().wechat.templates["contract_due"].fields["thing1"],
            "project"
        );
        assert!(with("HELLO", "project").unwrap_err().to_string().contains("hello"));
        assert!(with("CONTRACT_DUE", "salary").unwrap_err().to_string().contains("salary"));
    }

    #[test]
    fn a_certificate_needs_an_address_that_says_https() {
        let with = |url| {
            let tls = [("MINGCE__SERVER__TLS_CERTIFICATE", "chain.pem"), ("MINGCE__SERVER__TLS_KEY", "key.pem")];
            from_env(&[&tls[..], &[("MINGCE__DEMO", "true"), ("MINGCE__SERVER__PUBLIC_URL", url)]].concat())
        };
        assert!(with("http://mingce.example").unwrap_err().to_string().contains("server.public_url"));
        assert!(with("https://mingce.example").is_ok());
    }

    #[test]
    fn levels_are_as_rust_log_has_them() {
        for level in ["off", "warn", "info,mingce=debug", "warn,mingce::platform=trace", "INFO"] {
            assert!(from_env(&[("MINGCE__DEMO", "true"), ("MINGCE__TELEMETRY__LEVEL", level)]).is_ok(), "{level}");
        }
    }

    #[test]
    fn a_list_comes_from_the_environment_with_commas() {
        let config =
            from_env(&[("MINGCE__DEMO", "true"), ("MINGCE__SERVER__TRUSTED_PROXIES", "10.0.0.0/8, ::1/128")]).unwrap();
        assert_eq!(config.server.trusted_proxies, ["10.0.0.0/8", "::1/128"]);
        let config = from_env(&[("MINGCE__DEMO", "true"), ("MINGCE__SERVER__TRUSTED_PROXIES", "")]).unwrap();
        assert!(config.server.trusted_proxies.is_empty());
    }

    #[test]
    fn a_password_of_digits_keeps_its_zeros() {
        let config = from_env(&[
            ("MINGCE__DEMO", "true"),
            ("MINGCE__MAIL__PASSWORD", "00123456"),
            ("MINGCE__MAIL__USER", "1e3"),
            ("MINGCE__CACHE__PREFIX", "true"),
            ("MINGCE__MAIL__PORT", "465"),
        ])
        .unwrap();
        assert_eq!(config.mail.password.expose(), "00123456");
        assert_eq!((config.mail.user.as_str(), config.cache.prefix.as_str()), ("1e3", "true"));
        assert_eq!(config.mail.port, 465);
    }

    #[test]
    fn another_network_is_named_whole_and_for_a_place_there_is() {
        let with = |name: &str, version| {
            let key = |last: &str| format!("MINGCE__VISION__MODELS__{name}__{last}");
            let (path, id, of) = (key("PATH"), key("ID"), key("VERSION"));
            from_env(&[("MINGCE__DEMO", "true"), (&path, "/models/other.onnx"), (&id, "other"), (&of, version)])
        };
        assert_eq!(with("FACE_EMBEDDER", "2").unwrap().vision.models["face_embedder"].id, "other");
        assert!(with("FACE_EMBEDDER", "").unwrap_err().to_string().contains("vision.models"));
        assert!(with("FACE_PAINTER", "2").unwrap_err().to_string().contains("face_painter"));
    }

    #[test]
    fn secrets_do_not_print() {
        let config = from_env(&[("MINGCE__DEMO", "true"), ("MINGCE__MAIL__PASSWORD", "hunter2hunter2")]).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        assert_eq!(config.mail.password.expose(), "hunter2hunter2");
    }
}
