use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{entity::job, platform::App};

const BETWEEN_WRITES: Duration = Duration::from_millis(500);

/// What a running job works with.
#[derive(Clone)]
pub struct JobContext {
    pub app: App,
    pub id: Uuid,
    pub account_id: Option<Uuid>,
    pub project_id: Option<Uuid>,
    /// Which try this is, from 1.
    pub attempt: i32,
    pub(super) worker: Uuid,
    pub(super) last_write: Arc<Mutex<Option<Instant>>>,
}

impl JobContext {
    /// Shows how far the job is. Written twice a second at most, so it can be called for every row. Not to be called
    /// while holding a transaction: SQLite has one writer.
    pub async fn progress(&self, done: usize, total: usize, message: impl Into<String>) {
        let mut last = self.last_write.lock().await;
        if last.is_some_and(|at| at.elapsed() < BETWEEN_WRITES) {
            return;
        }
        *last = Some(Instant::now());
        let percent = (done * 100).checked_div(total).unwrap_or_default().min(99);
        let row = job::ActiveModel {
            progress: Set(i32::try_from(percent).unwrap_or_default()),
            message: Set(Some(message.into())),
            ..Default::default()
        };
        let mine = job::Entity::update_many()
            .set(row)
            .filter(job::Column::Id.eq(self.id))
            .filter(job::Column::Worker.eq(self.worker));
        if let Err(error) = mine.exec(self.app.db.writer()).await {
            tracing::debug!(job.id = %self.id, %error, "progress was not noted");
        }
    }
}
