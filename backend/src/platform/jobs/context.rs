use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::JobError;
use crate::{
    entity::{Reach, job, project},
    platform::{
        App,
        auth::{Permission, caller::reach_of},
    },
};

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
    /// Where whoever asked for the job holds a permission now, which may not be where they held it when they asked.
    pub async fn reach(&self, permission: Permission) -> Result<Reach, JobError> {
        let account_id = self.account_id.ok_or_else(|| JobError::Fail("不知道是谁提交的任务".to_owned()))?;
        Ok(reach_of(&self.app, account_id, permission).await?)
    }

    /// The job's project, if whoever asked may still do this there.
    pub async fn project(&self, permission: Permission) -> Result<project::Model, JobError> {
        let reach = self.reach(permission).await?;
        let id = self.project_id.ok_or_else(|| JobError::Fail("没有指定项目".to_owned()))?;
        let found = project::Entity::find_in(&reach).filter(project::Column::Id.eq(id)).one(self.app.db.reader());
        found.await?.ok_or_else(|| JobError::Fail("您的账号在此项目已没有这项权限，任务没有执行".to_owned()))
    }

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
