//! Lists of any number of rows as workbooks: streamed from the database, never all in memory, and never under a name in
//! a folder others may read.

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
    jobs::{self, Job, JobContext, JobError, Outcome, Ownership, Queued},
    sheets::{Cell, Column, SheetError, SheetWriter},
    types::clock,
    web::{Error, Page, Paging, Result},
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

/// A list that can be exported: what it is called, where its pages come from, and how a row looks.
pub trait List: Send + Sync + 'static {
    type Row: Send + 'static;
    const TITLE: &'static str;
    /// What is counted, with its measure word: 个班组.
    const COUNTED: &'static str;

    fn columns() -> Vec<Column>;
    fn cells(row: Self::Row) -> Vec<Cell<'static>>;
    fn page(&self, app: &App, paging: &Paging) -> impl Future<Output = Result<Page<Self::Row>>> + Send;
}

/// Walks through a list page by page and keeps the workbook for whoever asked.
pub async fn write<L: List>(list: L, sort: Option<String>, context: &JobContext) -> Result<Outcome, JobError> {
    let mut export = Export::start(L::TITLE, L::columns(), L::cells);
    let mut paging = Paging::from_the_first(sort);
    let rows = loop {
        let page = list.page(&context.app, &paging).await?;
        if page.items.is_empty() {
            break page.total;
        }
        let mut done = 0;
        for row in page.items {
            done = export.push(row).await;
        }
        let total = usize::try_from(page.total).unwrap_or(usize::MAX);
        context.progress(done, total, format!("已写入 {done} / {total} {}", L::COUNTED)).await;
        paging.page += 1;
    };
    let name = format!("{}{}", L::TITLE, clock::china_today().format("%Y%m%d"));
    let file = export.keep(&context.app, context.account_id, &name).await?;
    Ok(Outcome::result(json!({ "rows": rows })).file(file.id))
}

/// A workbook in the making; the writing is done beside, off the async threads.
pub struct Export<R> {
    batch: Vec<R>,
    pushed: usize,
    send: mpsc::Sender<Vec<R>>,
    writing: JoinHandle<Result<Vec<u8>, SheetError>>,
    in_clear: bool,
}

impl<R: Send + 'static> Export<R> {
    /// A sheet with this title and these columns, where `cells` says how a row looks.
    pub fn start(
        title: &'static str,
        columns: Vec<Column>,
        cells: impl Fn(R) -> Vec<Cell<'static>> + Send + 'static,
    ) -> Self {
        let (send, receive) = mpsc::channel(BATCHES_WAITING);
        let writing = tokio::task::spawn_blocking(move || fill(receive, title, &columns, cells));
        Self { batch: Vec::with_capacity(BATCH), pushed: 0, send, writing, in_clear: false }
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
        let Self { batch, pushed: _, send, writing, in_clear } = self;
        drop(send.send(batch).await);
        drop(send);
        let workbook = writing.await.map_err(Error::internal)?.map_err(Error::internal)?;
        let (name, bytes) = (format!("{name}.xlsx"), workbook.into());
        if in_clear {
            store_made_in_clear(app, account_id, &name, Kind::Xlsx, bytes).await
        } else {
            store_made(app, account_id, &name, Kind::Xlsx, bytes).await
        }
    }
}

fn fill<R>(
    mut receive: mpsc::Receiver<Vec<R>>,
    title: &str,
    columns: &[Column],
    cells: impl Fn(R) -> Vec<Cell<'static>>,
) -> Result<Vec<u8>, SheetError> {
    let mut writer = SheetWriter::create(title, columns)?;
    while let Some(batch) = receive.blocking_recv() {
        for row in batch {
            writer.row(&cells(row))?;
        }
    }
    writer.finish()
}
