//! A worker: takes jobs as they come due, a few at once, until it is told to stop.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{TimeDelta, Utc};
use futures_util::{FutureExt, StreamExt, stream::BoxStream};
use sea_orm::DbErr;
use tokio::{sync::Mutex, task::JoinSet, time};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    JobContext, JobError, Outcome, Registry,
    queue::{self, BELL},
    schedule,
};
use crate::{
    entity::job,
    platform::{App, cache::Event},
};

/// Runs until `stop`; jobs under way then get the drain time, and what does not finish is handed back.
pub async fn run(app: App, registry: Registry, stop: CancellationToken) {
    let worker = Worker { id: Uuid::now_v7(), app, registry: Arc::new(registry) };
    let mut bell = worker.app.cache.subscribe(BELL).await.ok();
    let mut running = JoinSet::new();
    while !stop.is_cancelled() {
        let round = async {
            worker.look_at_schedule().await;
            worker.fill(&mut running, &stop).await;
        };
        // A database that has gone silent answers nobody; the next round asks over another connection.
        if worker.app.db.within(worker.lease(), round).await.is_none() {
            tracing::warn!("the database does not answer; jobs are looked for again later");
        }
        worker.wait(&mut running, &mut bell, &stop).await;
    }
    let drain = Duration::from_secs(worker.app.config.server.drain_seconds + 1);
    let all_ended = async { while running.join_next().await.is_some() {} };
    if time::timeout(drain, all_ended).await.is_err() {
        tracing::warn!("jobs that did not end in time are taken up again when their lease is over");
    }
}

#[derive(Clone)]
struct Worker {
    id: Uuid,
    app: App,
    registry: Arc<Registry>,
}

/// How a try at a job came to its end.
enum End {
    Itself(Result<Outcome, JobError>),
    LeaseLost,
    OutOfTime,
}

impl Worker {
    fn lease(&self) -> Duration {
        Duration::from_secs(self.app.config.jobs.lease_seconds)
    }

    async fn look_at_schedule(&self) {
        if let Err(error) = schedule::queue_due(&self.app, &self.registry.recurring, Utc::now()).await {
            tracing::warn!(%error, "the schedule could not be looked at");
        }
    }

    /// Takes jobs until all hands are full or nothing is due.
    async fn fill(&self, running: &mut JoinSet<()>, stop: &CancellationToken) {
        let lease = TimeDelta::from_std(self.lease()).unwrap_or_default();
        while running.len() < self.app.config.jobs.concurrency && !stop.is_cancelled() {
            match queue::claim(self.app.db.writer(), self.id, lease, &self.registry.kinds()).await {
                Ok(Some(job)) => drop(running.spawn(self.clone().carry_out(job, stop.clone()))),
                Ok(None) => return,
                Err(error) => {
                    tracing::warn!(%error, "no job could be taken");
                    return;
                }
            }
        }
    }

    /// Until a hand is free, the bell rings, it is time to look again, or the end.
    async fn wait(
        &self,
        running: &mut JoinSet<()>,
        bell: &mut Option<BoxStream<'static, Event>>,
        stop: &CancellationToken,
    ) {
        let rung = async {
            match bell {
                Some(bell) => drop(bell.next().await),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = time::sleep(Duration::from_secs(self.app.config.jobs.poll_seconds)) => {}
            () = rung => {}
            Some(_) = running.join_next() => {}
        }
    }

    async fn carry_out(self, job: job::Model, stop: CancellationToken) {
        tracing::info!(job.id = %job.id, job.kind = %job.kind, attempt = job.attempts, "job begins");
        let drain = Duration::from_secs(self.app.config.server.drain_seconds);
        let out_of_time = async {
            stop.cancelled().await;
            time::sleep(drain).await;
        };
        let end = tokio::select! {
            ended = self.attempt(&job) => End::Itself(ended),
            () = self.keep_lease(job.id) => End::LeaseLost,
            () = out_of_time => End::OutOfTime,
        };
        let noted = self.app.db.within(self.lease(), self.note(&job, end)).await;
        if let Err(error) = noted.unwrap_or_else(|| Err(DbErr::Custom("the database does not answer".to_owned()))) {
            tracing::warn!(job.id = %job.id, %error, "how the job ended was not noted; it runs again after its lease");
        }
    }

    async fn note(&self, job: &job::Model, end: End) -> Result<(), DbErr> {
        let db = self.app.db.writer();
        match end {
            End::Itself(ended) => {
                if let Err(JobError::Retry(reason) | JobError::Fail(reason)) = &ended {
                    tracing::warn!(job.id = %job.id, job.kind = %job.kind, reason, "job did not finish");
                }
                queue::finish(db, job, self.id, ended).await
            }
            End::LeaseLost => {
                tracing::warn!(job.id = %job.id, "the lease was lost; another worker has the job");
                Ok(())
            }
            End::OutOfTime => queue::hand_back(db, job, self.id).await,
        }
    }

    async fn attempt(&self, job: &job::Model) -> Result<Outcome, JobError> {
        // Taken from a worker that died: one death too many counts like any other failure.
        if job.attempts > job.max_attempts {
            return Err(JobError::Fail("任务多次中断，未能完成".to_owned()));
        }
        let Some(handler) = self.registry.handler(&job.kind) else {
            return Err(JobError::Retry("the job's kind is not known here".to_owned()));
        };
        let context = JobContext {
            app: self.app.clone(),
            id: job.id,
            account_id: job.account_id,
            project_id: job.project_id,
            attempt: job.attempts,
            worker: self.id,
            last_write: Arc::new(Mutex::new(None)),
        };
        let work = std::panic::AssertUnwindSafe(handler(context, job.payload.clone()));
        work.catch_unwind().await.unwrap_or_else(|_| Err(JobError::Retry("the job panicked".to_owned())))
    }

    /// Ends when the lease is lost; renews it otherwise, for as long as it is polled. A lease that could not be renewed
    /// in its own time is lost: the database has gone, and what the job waits for may never come.
    async fn keep_lease(&self, id: Uuid) {
        let lease = self.lease();
        let beat = lease / 3;
        let mut renewed = Instant::now();
        while renewed.elapsed() < lease {
            time::sleep(beat).await;
            let began = Instant::now();
            let until = Utc::now() + TimeDelta::from_std(lease).unwrap_or_default();
            match self.app.db.within(beat, queue::renew(self.app.db.writer(), id, self.id, until)).await {
                Some(Ok(true)) => renewed = began,
                Some(Ok(false)) => return,
                Some(Err(error)) => tracing::warn!(job.id = %id, %error, "a heart-beat was not noted"),
                None => tracing::warn!(job.id = %id, "a heart-beat was not answered"),
            }
        }
    }
}
