//! Group commit: whoever is free writes everything that waits, in one transaction.
//!
//! Nobody waits for company. A punch that comes alone is written alone at once; those that come while a transaction is
//! under way make up the next, so that batches grow with the load and with nothing else.

use std::sync::Arc;

use bytes::Bytes;
use sea_orm::DbBackend;
use tokio::{
    sync::{Mutex, mpsc, oneshot},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

use super::Written;
use crate::{
    platform::App,
    site::attendance::service::{Arrived, Recorded, announce_punches, record},
};

/// Punches wait in memory, so not too many do.
const QUEUE: usize = 1024;
/// A transaction takes photos of no more than this, so that those who wait behind it are not kept long.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// Batches whose news are still to be told. Those beyond are not: pages look again by themselves.
const NEWS: usize = 64;

/// A punch on its way to the disk. Its answer is nothing when it could not be written.
pub struct Waiting {
    pub arrived: Arrived,
    pub answer: oneshot::Sender<Option<Written>>,
}

type News = (Vec<Arrived>, Vec<Recorded>);

pub struct Writers {
    queue: Arc<Mutex<mpsc::Receiver<Waiting>>>,
}

impl Writers {
    /// The way in, and who waits at its end.
    pub fn new() -> (mpsc::Sender<Waiting>, Self) {
        let (way_in, queue) = mpsc::channel(QUEUE);
        (way_in, Self { queue: Arc::new(Mutex::new(queue)) })
    }

    /// Runs until `done` and nothing waits any more.
    pub async fn run(self, app: App, done: CancellationToken) {
        let (news, told) = mpsc::channel(NEWS);
        let writer = Writer { app: app.clone(), queue: self.queue, news };
        let count = if app.db.backend() == DbBackend::Sqlite { 1 } else { app.config.gateway.writers };
        let mut writers = JoinSet::new();
        for _ in 0..count {
            writers.spawn(writer.clone().run(done.clone()));
        }
        // The news end with the last writer.
        drop(writer);
        let telling = tokio::spawn(tell(app, told));
        while writers.join_next().await.is_some() {}
        drop(telling.await);
    }
}

#[derive(Clone)]
struct Writer {
    app: App,
    queue: Arc<Mutex<mpsc::Receiver<Waiting>>>,
    news: mpsc::Sender<News>,
}

impl Writer {
    async fn run(self, done: CancellationToken) {
        while let Some(batch) = self.next_batch(&done).await {
            self.write(batch).await;
        }
    }

    /// Everything that waits, up to a batch. One writer waits here and the others behind it.
    async fn next_batch(&self, done: &CancellationToken) -> Option<Vec<Waiting>> {
        let mut queue = self.queue.lock().await;
        let first = tokio::select! {
            biased;
            first = queue.recv() => first?,
            () = done.cancelled() => return None,
        };
        let (most, mut bytes) = (self.app.config.gateway.batch, first.arrived.photo.len());
        let mut batch = vec![first];
        while batch.len() < most && bytes < BATCH_BYTES {
            let Ok(next) = queue.try_recv() else { break };
            bytes += next.arrived.photo.len();
            batch.push(next);
        }
        self.app.metrics.terminals.queue.set(i64::try_from(queue.len()).unwrap_or_default());
        Some(batch)
    }

    async fn write(&self, batch: Vec<Waiting>) {
        let (arrived, answers): (Vec<_>, Vec<_>) = batch.into_iter().map(|one| (one.arrived, one.answer)).unzip();
        match record(&self.app, &arrived).await {
            Ok(recorded) => self.answer(arrived, recorded, answers),
            Err(error) if arrived.len() > 1 && self.app.db.ping().await.is_ok() => {
                tracing::warn!(%error, punches = arrived.len(), "a batch could not be written; its punches are, one by one");
                for (arrived, answer) in arrived.into_iter().zip(answers) {
                    self.write_alone(arrived, answer).await;
                }
            }
            Err(error) => {
                tracing::error!(%error, punches = arrived.len(), "punches could not be written; their terminals keep them");
                answers.into_iter().for_each(|answer| drop(answer.send(None)));
                self.fail_those_who_wait();
            }
        }
    }

    /// So that one punch the database does not take fails for itself only.
    async fn write_alone(&self, arrived: Arrived, answer: oneshot::Sender<Option<Written>>) {
        let arrived = vec![arrived];
        match record(&self.app, &arrived).await {
            Ok(recorded) => self.answer(arrived, recorded, vec![answer]),
            Err(error) => {
                tracing::error!(%error, "a punch could not be written; its terminal keeps it");
                drop(answer.send(None));
            }
        }
    }

    /// The database is away: they would only wait for the same. If another writer stands at the queue, nobody is in it.
    fn fail_those_who_wait(&self) {
        let Ok(mut queue) = self.queue.try_lock() else { return };
        while let Ok(waiting) = queue.try_recv() {
            drop(waiting.answer.send(None));
        }
    }

    fn answer(
        &self,
        mut arrived: Vec<Arrived>,
        recorded: Vec<Recorded>,
        answers: Vec<oneshot::Sender<Option<Written>>>,
    ) {
        self.app.metrics.terminals.batch(arrived.len());
        for ((arrived, recorded), answer) in arrived.iter_mut().zip(&recorded).zip(answers) {
            let (outcome, written) = written(arrived, recorded);
            self.app.metrics.terminals.punch(outcome);
            // A connection that is gone meanwhile asks again, and hears the same.
            drop(answer.send(Some(written)));
            arrived.photo = Bytes::new();
        }
        drop(self.news.try_send((arrived, recorded)));
    }
}

fn written(arrived: &Arrived, recorded: &Recorded) -> (&'static str, Written) {
    let (outcome, refusal) = match recorded {
        Recorded::New { .. } if arrived.refusal.is_some() => ("refused", &arrived.refusal),
        Recorded::New { .. } => ("accepted", &arrived.refusal),
        Recorded::Repeat { refusal } => ("repeated", refusal),
    };
    match refusal {
        Some(why) => (outcome, Written::Refused(why.clone().into())),
        None => (outcome, Written::Accepted),
    }
}

/// Telling takes as long as the cache takes, and no punch waits for it.
async fn tell(app: App, mut told: mpsc::Receiver<News>) {
    while let Some((arrived, recorded)) = told.recv().await {
        announce_punches(&app, &arrived, &recorded).await;
    }
}
