//! Messages to people: e-mail, and text messages. What goes through WeChat is in `phone::notices`.

mod demo_page;
mod mailer;
mod send_mail;
mod sms;
mod sms_stand_in;

use mailbox::Mailbox;

use super::config::{Config, MailConfig, MailSecurity};

pub use demo_page::configure as configure_demo;
pub use mailer::{Mail, MailError, Mailer};
pub use send_mail::SendMail;
pub use sms::Sms;

/// The way out for mails. A demo without a mail server gets one that keeps them, so that they can be shown.
pub async fn connect(config: &Config) -> Result<(Mailer, Option<Mailbox>), MailError> {
    if !config.demo || !config.mail.host.is_empty() {
        return Ok((Mailer::new(&config.mail)?, None));
    }
    let mailbox = Mailbox::start().await.map_err(|error| MailError::Failed(error.to_string()))?;
    let address = mailbox.addr();
    let settings = MailConfig {
        host: address.ip().to_string(),
        port: address.port(),
        security: MailSecurity::None,
        ..config.mail.clone()
    };
    Ok((Mailer::new(&settings)?, Some(mailbox)))
}
