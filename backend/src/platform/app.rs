//! What every request and job has at hand.

use std::{fmt, sync::Arc};

use mailbox::Mailbox;

use super::{
    cache::Cache,
    config::Config,
    crypto::Keyring,
    database::Database,
    files::Files,
    messages::{self, Mailer, Sms},
    telemetry::Metrics,
    tls,
    vision::{Eyes, Galleries},
    web::TrustedProxies,
    wechat::WeChat,
};

/// What handlers and jobs work with. Cheap to clone; holds no state that matters.
#[derive(Clone)]
pub struct App {
    pub config: Arc<Config>,
    pub db: Database,
    pub cache: Cache,
    pub keys: Keyring,
    pub files: Files,
    pub mailer: Mailer,
    /// Demo mode without a mail server of its own keeps its mails in this process.
    pub mailbox: Option<Mailbox>,
    pub sms: Sms,
    /// Nothing where neither a mini-program nor an official account is configured.
    pub wechat: Option<Arc<WeChat>>,
    pub proxies: TrustedProxies,
    pub metrics: Metrics,
    /// What looks at pictures; nothing where the networks are not there, or not needed.
    pub eyes: Option<Arc<dyn Eyes>>,
    /// Faces kept in memory to search among.
    pub galleries: Galleries,
}

/// Why the platform does not start, in words for the operator.
#[derive(Debug)]
pub struct StartError(String);

impl StartError {
    pub fn new(reason: impl fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}

impl App {
    pub async fn connect(config: Config) -> Result<Self, StartError> {
        tls::use_ring();
        let keys = Keyring::new(&config.crypto).map_err(StartError::new)?;
        let link_key = keys.derive("links to files");
        let (mailer, mailbox) = messages::connect(&config).await.map_err(StartError::new)?;
        let cache = Cache::connect(&config.cache).map_err(StartError::new)?;
        let wechat = WeChat::connect(&config, &cache, &keys)
            .map_err(|reason| StartError::new(format!("configuration: {reason}")))?;
        Ok(Self {
            sms: Sms::connect(&config).await.map_err(StartError::new)?,
            wechat,
            proxies: TrustedProxies::parse(&config.server.trusted_proxies)
                .map_err(|reason| StartError::new(format!("configuration: `server.trusted_proxies`: {reason}")))?,
            db: Database::connect(&config.database).await.map_err(StartError::new)?,
            cache,
            keys,
            files: Files::open(&config.files, config.server.upload_limit, link_key).map_err(StartError::new)?,
            mailer,
            mailbox,
            metrics: Metrics::default(),
            eyes: None,
            galleries: Galleries::default(),
            config: Arc::new(config),
        })
    }
}
