//! E-mail over SMTP. Sent by jobs only, so that no request waits for a mail server.

use std::{sync::Arc, time::Duration};

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, SinglePart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        self, PoolConfig,
        authentication::Credentials,
        client::{Tls, TlsParameters},
        response::Category,
    },
};
use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;
use uuid::Uuid;

use crate::platform::config::{MailConfig, MailSecurity};

const CONNECTIONS: u32 = 4;
/// A server may think long about a message it has got; giving up too early would send it twice.
const THINKING_TIME: u32 = 3;

/// A message to one person.
#[derive(Clone, Serialize, Deserialize)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// Why a mail was not sent. The words hold no address, so they may be logged and kept with the job.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Mails wait until somebody sets `mail.host`.
    #[error("no mail server is configured (mail.host)")]
    NotConfigured,
    /// Will never arrive: do not try again.
    #[error("refused for good: {0}")]
    Refused(String),
    /// May arrive later: try again.
    #[error("not sent for now: {0}")]
    Failed(String),
    #[error("configuration: `{key}` {reason}")]
    Configuration { key: &'static str, reason: String },
}

impl MailError {
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Refused(_))
    }
}

/// A handle to be cloned freely; connections are shared and made when needed.
#[derive(Clone)]
pub struct Mailer(Option<Arc<Server>>);

struct Server {
    /// Always there until the drop.
    transport: Option<AsyncSmtpTransport<Tokio1Executor>>,
    from: Mailbox,
    patience: Duration,
    runtime: Handle,
}

impl Drop for Server {
    /// The pool says goodbye to its server in a task, for which it needs the runtime, wherever it is dropped.
    fn drop(&mut self) {
        let _inside = self.runtime.enter();
        drop(self.transport.take());
    }
}

impl Mailer {
    /// Connects to nothing yet; must be called inside the runtime that will send.
    pub fn new(config: &MailConfig) -> Result<Self, MailError> {
        let from = config.from.parse::<Mailbox>().map_err(|_| MailError::Configuration {
            key: "mail.from",
            reason: "is not an address such as `名册 <no-reply@example.cn>`".to_owned(),
        })?;
        if config.host.is_empty() {
            return Ok(Self(None));
        }
        let timeout = Duration::from_secs(config.timeout_seconds);
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .tls(tls(config)?)
            .timeout(Some(timeout))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS));
        if !config.user.is_empty() {
            builder = builder.credentials(Credentials::new(config.user.clone(), config.password.expose().to_owned()));
        }
        let runtime = Handle::try_current().map_err(|error| MailError::Failed(error.to_string()))?;
        let patience = timeout * THINKING_TIME;
        Ok(Self(Some(Arc::new(Server { transport: Some(builder.build()), from, patience, runtime }))))
    }

    /// Hands a mail to the server. Once this returns, delivering it is the server's business.
    pub async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let server = self.0.as_ref().ok_or(MailError::NotConfigured)?;
        let transport = server.transport.as_ref().ok_or(MailError::NotConfigured)?;
        let message = compose(&server.from, mail)?;
        match tokio::time::timeout(server.patience, transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(judge(&error)),
            Err(_) => Err(MailError::Failed("the mail server did not answer in time".to_owned())),
        }
    }
}

/// Required means required: without encryption neither the password nor the message leaves the house.
fn tls(config: &MailConfig) -> Result<Tls, MailError> {
    let parameters = || {
        TlsParameters::new(config.host.clone())
            .map_err(|error| MailError::Configuration { key: "mail.host", reason: error.to_string() })
    };
    Ok(match config.security {
        MailSecurity::None => Tls::None,
        MailSecurity::Starttls => Tls::Required(parameters()?),
        MailSecurity::Tls => Tls::Wrapper(parameters()?),
    })
}

fn compose(from: &Mailbox, Mail { to, subject, text }: &Mail) -> Result<Message, MailError> {
    let to: Address = to.trim().parse().map_err(|_| MailError::Refused("not an e-mail address".to_owned()))?;
    // A line break in a subject would begin another header.
    let subject: String = subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(subject)
        .message_id(Some(format!("<{}@{}>", Uuid::now_v7(), from.email.domain())))
        .raw_header(automatic)
        .singlepart(SinglePart::plain(text.clone()))
        .map_err(|error| MailError::Refused(error.to_string()))
}

/// Codes 55x speak about the address or the message. Other refusals (a wrong password, a wrong order of commands)
/// are ours to repair, so the mail waits.
fn judge(error: &smtp::Error) -> MailError {
    let reason = without_addresses(&error_chain(error));
    match error.status() {
        Some(code) if error.is_permanent() && code.category == Category::MailSystem => MailError::Refused(reason),
        _ => MailError::Failed(reason),
    }
}

fn error_chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}

/// Servers like to repeat the address in their answer.
fn without_addresses(text: &str) -> String {
    text.split_whitespace()
        .map(|word| if word.contains('@') { "(address)" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}
