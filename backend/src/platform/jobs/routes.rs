use actix_web::{get, post, web::Data};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, DbBackend, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::queue;
use crate::{
    entity::{
        job::{self, JobState},
        stored_file,
    },
    platform::{
        App,
        auth::Actor,
        files::FileView,
        web::{Error, Json, Page, PageParams, Paging, Path, Query, Result},
    },
};

/// A job as whoever asked for it sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobView {
    pub id: Uuid,
    pub kind: String,
    pub state: JobState,
    /// 0 to 100.
    pub progress: i32,
    pub message: Option<String>,
    /// Why it failed, or why it is being tried again.
    pub error: Option<String>,
    pub result: Option<Value>,
    /// The file it made, with links that expire.
    pub file: Option<FileView>,
    pub project_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

impl JobView {
    fn of(app: &App, job: job::Model, file: Option<&stored_file::Model>) -> Self {
        // A reason to try again is for the log; a reason to give up is for people.
        let error = job.last_error.filter(|_| job.state == JobState::Failed);
        Self {
            id: job.id,
            kind: job.kind,
            state: job.state,
            progress: job.progress,
            message: job.message,
            error,
            result: job.result,
            file: file.map(|file| FileView::of(app, file)),
            project_id: job.project_id,
            created_at: job.created_at,
            finished_at: job.finished_at,
        }
    }
}

/// A job that was just queued; ask for it by its id.
#[derive(Debug, Serialize, ToSchema)]
pub struct Queued {
    pub id: Uuid,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobFilter {
    pub state: Option<JobState>,
    pub kind: Option<String>,
}

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(list).service(show).service(retry);
}

/// One's own jobs, newest first. Of results that tell of each row only the figures are here.
#[utoipa::path(tag = "jobs", params(PageParams, JobFilter), responses((status = 200, body = Page<JobView>)))]
#[get("/jobs")]
pub async fn list(
    actor: Actor,
    paging: Paging,
    Query(filter): Query<JobFilter>,
    app: Data<App>,
) -> Result<Json<Page<JobView>>> {
    let JobFilter { state, kind } = filter;
    let mut mine = job::Entity::find().filter(job::Column::AccountId.eq(actor.account.id));
    if let Some(state) = state {
        mine = mine.filter(job::Column::State.eq(state));
    }
    if let Some(kind) = kind {
        mine = mine.filter(job::Column::Kind.eq(kind));
    }
    let mine = without_rows(mine, app.db.backend()).order_by_desc(job::Column::CreatedAt);
    let page = paging.fetch(mine, app.db.reader()).await?;
    let ids: Vec<Uuid> = page.items.iter().filter_map(|job| job.file_id).collect();
    let files = stored_file::Entity::find().filter(stored_file::Column::Id.is_in(ids)).all(app.db.reader()).await?;
    Ok(Json(page.map(|job| {
        let file = files.iter().find(|file| Some(file.id) == job.file_id);
        JobView::of(&app, job, file)
    })))
}

/// Leaves the list of rows out of results, where there is one: a page that asks every other second must not move
/// thousands of names each time. Whoever wants them asks for the job itself.
fn without_rows(select: Select<job::Entity>, backend: DbBackend) -> Select<job::Entity> {
    let lighter = match backend {
        DbBackend::Postgres => {
            "CASE WHEN jsonb_typeof(result -> 'rows') = 'array' THEN result - 'rows' ELSE result END"
        }
        _ => "CASE WHEN json_type(result, '$.rows') = 'array' THEN json_remove(result, '$.rows') ELSE result END",
    };
    let others = job::Column::iter().filter(|column| !matches!(column, job::Column::Result));
    select.select_only().columns(others).column_as(Expr::cust(lighter), "result")
}

/// One of one's own jobs.
#[utoipa::path(tag = "jobs", params(("id" = Uuid, Path)), responses((status = 200, body = JobView)))]
#[get("/jobs/{id}")]
pub async fn show(actor: Actor, id: Path<Uuid>, app: Data<App>) -> Result<Json<JobView>> {
    view(&app, &actor, id.0).await.map(Json)
}

/// Tries a failed job once more.
#[utoipa::path(tag = "jobs", params(("id" = Uuid, Path)), responses((status = 200, body = JobView)))]
#[post("/jobs/{id}/retry")]
pub async fn retry(actor: Actor, id: Path<Uuid>, app: Data<App>) -> Result<Json<JobView>> {
    let job = view(&app, &actor, id.0).await?;
    if job.state != JobState::Failed {
        return Err(Error::conflict("not_failed", "只有失败的任务才能重试"));
    }
    queue::retry(app.db.writer(), id.0).await?;
    queue::wake(&app).await;
    view(&app, &actor, id.0).await.map(Json)
}

async fn view(app: &App, actor: &Actor, id: Uuid) -> Result<JobView> {
    let mine = job::Entity::find_by_id(id).filter(job::Column::AccountId.eq(actor.account.id));
    let job = mine.one(app.db.reader()).await?.ok_or(Error::NotFound)?;
    let file = match job.file_id {
        Some(id) => stored_file::Entity::find_by_id(id).one(app.db.reader()).await?,
        None => None,
    };
    Ok(JobView::of(app, job, file.as_ref()))
}
