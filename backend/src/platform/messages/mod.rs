//! Messages to people: e-mail.

mod mailer;

pub use mailer::{Mail, MailError, Mailer};
