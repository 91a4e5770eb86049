//! Jobs: rows that are queued in the transaction that wants them and run by any worker.
//!
//! Invariants: a job runs at least once, so each is written to be repeated; of two workers one has it (a lease, with
//! the worker's id as fence); its last error stays readable; a job that is not a worker's any more changes nothing.

mod context;
mod queue;
mod routes;
mod runner;
mod schedule;

use futures_util::future::BoxFuture;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{collections::HashMap, sync::Arc};

pub use context::JobContext;
pub use queue::{Ownership, enqueue, wake};
pub use routes::{JobView, Queued, configure};
pub use runner::run;
pub use schedule::{Due, Recurring};

use super::web::Error;

/// A piece of work. One struct per file; its fields are the payload.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    const KIND: &'static str;
    const MAX_ATTEMPTS: i32 = 5;

    /// Does the work. What it returns is kept as the job's result.
    fn run(self, context: JobContext) -> impl Future<Output = Result<Outcome, JobError>> + Send;
}

/// What a finished job leaves.
#[derive(Debug, Default)]
pub struct Outcome {
    pub result: Option<Value>,
    /// A file made for whoever asked; see `files::store_made`.
    pub file_id: Option<uuid::Uuid>,
}

impl Outcome {
    pub fn result(result: impl Serialize) -> Self {
        Self { result: serde_json::to_value(result).ok(), file_id: None }
    }

    pub fn file(mut self, id: uuid::Uuid) -> Self {
        self.file_id = Some(id);
        self
    }
}

/// Why a job did not finish.
#[derive(Debug)]
pub enum JobError {
    /// May well work later; the reason is for the log.
    Retry(String),
    /// Will not work later either; in Chinese, for whoever asked for the job.
    Fail(String),
}

impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotNow(_, _, reason) => Self::Retry(reason.into_owned()),
            Error::Unavailable(reason) | Error::Collided(reason) | Error::Internal(reason) => Self::Retry(reason),
            other => Self::Fail(other.message().into_owned()),
        }
    }
}

impl From<sea_orm::DbErr> for JobError {
    fn from(error: sea_orm::DbErr) -> Self {
        Error::from(error).into()
    }
}

type Handler = Arc<dyn Fn(JobContext, Value) -> BoxFuture<'static, Result<Outcome, JobError>> + Send + Sync>;

/// The kinds of jobs this binary can run, and what recurs. Features register theirs; see `crate::routes::jobs`.
#[derive(Clone, Default)]
pub struct Registry {
    handlers: HashMap<&'static str, Handler>,
    recurring: Vec<Recurring>,
}

impl Registry {
    pub fn register<J: Job>(mut self) -> Self {
        let handler: Handler = Arc::new(|context, payload| {
            Box::pin(async move {
                let job: J = serde_json::from_value(payload).map_err(|error| {
                    tracing::warn!(job.id = %context.id, job.kind = J::KIND, %error, "a job's payload makes no sense");
                    JobError::Fail("任务内容无法识别，请重新提交".to_owned())
                })?;
                job.run(context).await
            })
        });
        self.handlers.insert(J::KIND, handler);
        self
    }

    /// Queues `job` whenever it is due, once among all workers.
    pub fn recurring<J: Job + Clone + Sync>(mut self, job: J, due: Due) -> Self {
        self.recurring.push(Recurring::new(job, due));
        self
    }

    fn handler(&self, kind: &str) -> Option<Handler> {
        self.handlers.get(kind).cloned()
    }

    fn kinds(&self) -> Vec<&'static str> {
        self.handlers.keys().copied().collect()
    }
}
