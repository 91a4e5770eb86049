//! Rows of any number as a workbook: streamed from the database into a file on disk, never all in memory.

use std::path::PathBuf;

use serde_json::json;
use tokio::{sync::mpsc, task::JoinHandle};
use uuid::Uuid;

use super::{
    audit,
    auth::Caller,
    files::{
        Kind,
        service::{store_made, store_made_in_clear},
    },
    jobs::{self, Job, Ownership, Queued},
    sheets::{Cell, Column, SheetError, SheetWriter},
    web::{Error, Result},
};
use crate::{entity::stored_file, platform::App};

/// Rows on their way from the database to the writer.
const BATCH: usize = 500;
const BATCHES_WAITING: usize = 4;

/// Queues the export of a list in the name of whoever asked, and writes down that they did and what they filtered by.
/// `action` is `subject.export`, `list` what the list is called on the screen.
pub async fn queue(
    app: &App,
    caller: &Caller,
    action: &'static str,
    list: &'static str,
    job: impl Job,
) -> Result<Queued> {
    let asked = serde_json::to_value(&job).map_err(Error::internal)?;
    let subject = action.split('.').next().unwrap_or(action);
    let tx = app.db.begin().await?;
    let id = jobs::enqueue(&tx, job, Ownership::of(caller.account.id)).await?;
    let entry = audit::Entry::new(action).subject(subject, id, list).created(&json!({ "filter": asked }));
    entry.write(&tx, caller).await?;
    tx.commit().await?;
    jobs::wake(app).await;
    Ok(Queued { id })
}

/// A workbook in the making; the writing is done beside, off the async threads.
pub struct Export<R> {
    batch: Vec<R>,
    pushed: usize,
    send: mpsc::Sender<Vec<R>>,
    writing: JoinHandle<Result<u64, SheetError>>,
    made: Made,
    in_clear: bool,
}

impl<R: Send + 'static> Export<R> {
    /// A sheet with this title and these columns, where `cells` says how a row looks.
    pub fn start(
        title: &'static str,
        columns: Vec<Column>,
        cells: impl Fn(R) -> Vec<Cell<'static>> + Send + 'static,
    ) -> Self {
        let path = std::env::temp_dir().join(format!("mingce-export-{}.xlsx", Uuid::now_v7()));
        let made = Made(path.clone());
        let (send, receive) = mpsc::channel(BATCHES_WAITING);
        let writing = tokio::task::spawn_blocking(move || fill(receive, path, title, &columns, cells));
        Self { batch: Vec::with_capacity(BATCH), pushed: 0, send, writing, made, in_clear: false }
    }

    /// Says that ID numbers stand in it in clear: such a file is not kept for long.
    pub fn in_clear(mut self, yes: bool) -> Self {
        self.in_clear = yes;
        self
    }

    /// Adds a row; waits when the writer is behind. Gives how many there are.
    pub async fn push(&mut self, row: R) -> usize {
        self.batch.push(row);
        self.pushed += 1;
        if self.batch.len() == BATCH {
            let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
            // A writer that has gone says why itself, at the end.
            drop(self.send.send(batch).await);
        }
        self.pushed
    }

    /// Puts the workbook together and keeps it for whoever asked. `name` is without its ending.
    pub async fn keep(self, app: &App, account_id: Option<Uuid>, name: &str) -> Result<stored_file::Model> {
        let Self { batch, pushed: _, send, writing, made, in_clear } = self;
        drop(send.send(batch).await);
        drop(send);
        writing.await.map_err(Error::internal)?.map_err(Error::internal)?;
        let bytes = tokio::fs::read(&made.0).await.map_err(Error::internal)?;
        let (name, bytes) = (format!("{name}.xlsx"), bytes.into());
        if in_clear {
            store_made_in_clear(app, account_id, &name, Kind::Xlsx, bytes).await
        } else {
            store_made(app, account_id, &name, Kind::Xlsx, bytes).await
        }
    }
}

/// The file goes when the export is over, however it ends.
struct Made(PathBuf);

impl Drop for Made {
    fn drop(&mut self) {
        // Where nothing was written there is nothing to remove.
        drop(std::fs::remove_file(&self.0));
    }
}

fn fill<R>(
    mut receive: mpsc::Receiver<Vec<R>>,
    path: PathBuf,
    title: &str,
    columns: &[Column],
    cells: impl Fn(R) -> Vec<Cell<'static>>,
) -> Result<u64, SheetError> {
    let mut writer = SheetWriter::create(path, title, columns)?;
    while let Some(batch) = receive.blocking_recv() {
        for row in batch {
            writer.row(&cells(row))?;
        }
    }
    writer.finish()
}
