//! The job that sends one mail.

use serde::{Deserialize, Serialize};

use super::{Mail, MailError};
use crate::platform::jobs::{Job, JobContext, JobError, Outcome};

/// Queue it in the transaction of what it tells about: no news of something that was rolled back. It runs at least
/// once, so in rare cases a mail arrives twice.
#[derive(Clone, Serialize, Deserialize)]
pub struct SendMail(pub Mail);

impl Job for SendMail {
    const KIND: &'static str = "mail.send";
    /// With the wait growing to an hour: about three days, which is what mail servers do too.
    const MAX_ATTEMPTS: i32 = 84;

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        match context.app.mailer.send(&self.0).await {
            Ok(()) => Ok(Outcome::default()),
            Err(error @ MailError::Refused(_)) => {
                tracing::warn!(job.id = %context.id, %error, "a mail will never arrive");
                Err(JobError::Fail("邮箱地址无法收信，请核对后重新发送".to_owned()))
            }
            Err(error) => Err(JobError::Retry(error.to_string())),
        }
    }
}
