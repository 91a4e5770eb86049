//! The job: read the file, go through it in chunks, tell of every row.

use chrono::{DateTime, Utc};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    chunk::{self, Import, Processed},
    columns::{Crews, columns},
    parse::{self, Parsed},
    report::{ImportReport, RowOutcome, RowResult},
};
use crate::{
    entity::{project, stored_file},
    platform::{
        App,
        audit::{self, Author},
        auth::Permission,
        files::{Kind, service as files},
        jobs::{Job, JobContext, JobError, Outcome},
        sheets::{self, Limits, Row, Sheet},
        types::clock::china_today,
        web::{Error, Result},
    },
    registry::{
        people, policies,
        presence::{self, Touched, announce},
    },
};

/// Rows of one transaction: enough to be quick, few enough to let others write in between.
const CHUNK: usize = 200;
const MOST_ROWS: usize = 5_000;
/// Somebody else may enter one of the same people at the same moment; then the chunk is looked at once more.
const TRIES: usize = 3;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportEntries {
    pub file_id: Uuid,
    pub dry_run: bool,
    pub confirm_warnings: bool,
    /// Who asked and from where: what the job does is noted in their name.
    pub author: Author,
}

impl Job for ImportEntries {
    const KIND: &'static str = "roster.import";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let app = context.app.clone();
        let project = context.project(Permission::ManageRoster).await?;
        presence::must_be_active(&project)?;
        let crews = Crews::of(app.db.reader(), project.id).await?;
        let sheet = self.read(&app, &crews).await?;
        let import = Import {
            policy: policies::for_region(&app, &project.region_code).await?,
            project: &project,
            keys: &app.keys,
            author: &self.author,
            // The projects whose names the clerk may read in a warning.
            visible: context.reach(Permission::ViewRoster).await?,
            today: china_today(),
            dry_run: self.dry_run,
            confirm_warnings: self.confirm_warnings,
            since: queued_at(context.id),
        };
        let results = go_through(&context, &import, &crews, &sheet.rows).await?;
        let report = ImportReport::new(self.dry_run, sheet.notices, results);
        let file = left_over(&context, &crews, &sheet.rows, &report).await?;
        self.finish(&app, &project, &report).await?;
        let outcome = Outcome::result(report);
        Ok(match file {
            Some(file) => outcome.file(file.id),
            None => outcome,
        })
    }
}

impl ImportEntries {
    async fn read(&self, app: &App, crews: &Crews) -> Result<Sheet, JobError> {
        let file = stored_file::Entity::find_by_id(self.file_id).one(app.db.reader()).await?;
        let file = file.ok_or_else(|| JobError::Fail("文件已过期，请重新上传".to_owned()))?;
        let bytes = app.files.read(&file.storage_key).await.map_err(Error::from)?;
        let columns = columns(crews);
        let limits = Limits { rows: MOST_ROWS, ..Limits::default() };
        let read = tokio::task::spawn_blocking(move || sheets::read(&bytes, &columns, &limits)).await;
        let sheet = read.map_err(|error| JobError::Retry(error.to_string()))?;
        let sheet = sheet.map_err(|problem| JobError::Fail(problem.to_string()))?;
        if sheet.rows.is_empty() {
            return Err(JobError::Fail("表格中没有填写任何人员，请从表头下一行开始填写".to_owned()));
        }
        Ok(sheet)
    }

    /// Writes down that it happened. A dry run changes nothing and yet tells of many people.
    async fn finish(&self, app: &App, project: &project::Model, report: &ImportReport) -> Result<()> {
        let figures = json!({
            "total": report.total, "entered": report.entered, "enterable": report.enterable, "failed": report.failed,
        });
        let entry = audit::Entry::new(if self.dry_run { "roster.import_check" } else { "roster.import" })
            .subject("project", project.id, &project.name)
            .project(project)
            .created(&figures);
        audit::write_all(app.db.writer(), vec![entry], &self.author).await
    }
}

/// Ids of jobs are made when they are queued, and hold the time.
fn queued_at(id: Uuid) -> DateTime<Utc> {
    let time = id.get_timestamp().map(|time| time.to_unix()).unwrap_or_default();
    DateTime::from_timestamp(time.0.cast_signed(), time.1).unwrap_or_else(Utc::now)
}

async fn go_through(context: &JobContext, import: &Import<'_>, crews: &Crews, rows: &[Row]) -> Result<Vec<RowResult>> {
    let parsed: Vec<(u32, Result<Parsed, String>)> =
        rows.iter().map(|row| (row.number, parse::parse(row, crews, import.today))).collect();
    let repeated = parse::repeated(&parsed);
    let (mut results, mut good) = (Vec::with_capacity(rows.len()), Vec::new());
    for (row, (number, parsed)) in rows.iter().zip(&parsed) {
        let reason = match (parsed, repeated.get(number)) {
            (Err(reason), _) => reason.clone(),
            (Ok(_), Some(first)) => format!("身份证号码与第 {first} 行重复"),
            (Ok(parsed), None) => {
                good.push((*number, parsed));
                continue;
            }
        };
        let name = row.shown(super::columns::NAME);
        results.push(RowResult { row: *number, name, outcome: RowOutcome::Failed, message: Some(reason) });
    }
    for some in good.chunks(CHUNK) {
        results.extend(one_chunk(&context.app, import, some).await?);
        context.progress(results.len(), rows.len(), format!("已处理 {} / {} 行", results.len(), rows.len())).await;
    }
    Ok(results)
}

async fn one_chunk(app: &App, import: &Import<'_>, rows: &[(u32, &Parsed)]) -> Result<Vec<RowResult>> {
    let mut tries = 0;
    loop {
        tries += 1;
        let tx = app.db.begin().await?;
        match chunk::process(&tx, import, rows).await {
            Ok(Processed { results, told, with_card }) => {
                tx.commit().await?;
                announce(app, Touched::Project(import.project.id)).await;
                for person in with_card {
                    announce(app, Touched::Person(person)).await;
                }
                if let Some(account_id) = import.author.account_id {
                    people::lookups::allow_rows(app, account_id, told).await?;
                }
                return Ok(results);
            }
            Err(Error::Invalid(_) | Error::Stale | Error::Collided(_)) if tries < TRIES => tx.rollback().await?,
            Err(error) => return Err(error),
        }
    }
}

/// The rows that were left over as a file to correct and send again.
async fn left_over(
    context: &JobContext,
    crews: &Crews,
    rows: &[Row],
    report: &ImportReport,
) -> Result<Option<stored_file::Model>> {
    let mut left = Vec::new();
    for (row, result) in rows.iter().zip(&report.rows) {
        if let (true, Some(message)) = (result.is_left_over(), &result.message) {
            left.push((row.clone(), message.clone()));
        }
    }
    if left.is_empty() {
        return Ok(None);
    }
    let columns = columns(crews);
    let made = tokio::task::spawn_blocking(move || {
        let rows = left.iter().map(|(row, message)| (row, message.as_str()));
        sheets::failed_rows("批量人员进场", &columns, rows)
    });
    let bytes = made.await.map_err(Error::internal)?.map_err(Error::internal)?;
    let name = "未能进场的人员.xlsx";
    Ok(Some(files::store_made_in_clear(&context.app, context.account_id, name, Kind::Xlsx, bytes.into()).await?))
}
