//! Jobs run by the platform's own worker.

use std::time::Duration;

use mingce::{
    entity::job::{self, JobState},
    platform::jobs::{Job, Ownership, enqueue, wake},
};
use sea_orm::EntityTrait;

use super::TestApp;

impl TestApp {
    /// Queues a job and gives it back once it is done.
    pub async fn done(&self, job: impl Job) -> job::Model {
        let id = enqueue(self.app.db.writer(), job, Ownership::default()).await.unwrap();
        wake(&self.app).await;
        loop {
            let row = job::Entity::find_by_id(id).one(self.app.db.reader()).await.unwrap().unwrap();
            assert_ne!(row.state, JobState::Failed, "{:?}", row.last_error);
            if row.state == JobState::Done {
                return row;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
