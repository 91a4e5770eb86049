//! The job that sends one notice.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    entity::phone_message::{self, MessageState},
    platform::jobs::{Job, JobContext, JobError, Outcome},
};

/// Sends a row of `phone_message`, and notes on it what became of it.
#[derive(Clone, Serialize, Deserialize)]
pub struct SendNotice {
    pub message_id: Uuid,
}

impl Job for SendNotice {
    const KIND: &'static str = "phone.notice";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let db = context.app.db.writer();
        let Some(message) = phone_message::Entity::find_by_id(self.message_id).one(db).await? else {
            return Ok(Outcome::default());
        };
        if message.state != MessageState::Waiting {
            return Ok(Outcome::default());
        }
        let mut row = message.into_active_model();
        row.state = Set(MessageState::Failed);
        row.failure = Set(Some("平台没有配置微信".to_owned()));
        row.update(db).await?;
        Ok(Outcome::default())
    }
}
