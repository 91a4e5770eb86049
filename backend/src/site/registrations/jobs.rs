//! What nobody comes back to is deleted.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::service::give_up_idle;
use crate::platform::jobs::{Job, JobContext, JobError, Outcome};

/// Nightly, batch by batch; killed at any point it goes on where it was.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ForgetRegistrations {}

impl Job for ForgetRegistrations {
    const KIND: &'static str = "registrations.forget";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let mut forgotten = 0;
        loop {
            match give_up_idle(&context.app).await? {
                0 => return Ok(Outcome::result(json!({ "registrations": forgotten }))),
                some => forgotten += some,
            }
        }
    }
}
