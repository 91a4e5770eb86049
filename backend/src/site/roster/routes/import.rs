//! 【批量人员进场】

use actix_web::{
    HttpResponse, get,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    post,
    web::Data,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::stored_file,
    platform::{
        App,
        auth::{ProjectScope, roles::ManageRoster},
        files::{Kind, Purpose},
        jobs::{self, Ownership, Queued},
        sheets,
        web::{Created, Error, Json, Result},
    },
    site::roster::import::{Crews, ImportEntries, columns},
};

/// A sheet that was uploaded before, with purpose `sheet`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportForm {
    pub file_id: Uuid,
    /// Only checks, and tells what would happen.
    #[serde(default)]
    pub dry_run: bool,
    /// Enters those with warnings too.
    #[serde(default)]
    pub confirm_warnings: bool,
}

/// The template, with the crews that are on site now as a drop-down.
#[utoipa::path(tag = "roster", params(("project_id" = Uuid, Path)), responses((status = 200, body = [u8], content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
#[get("/projects/{project_id}/entries/template")]
pub async fn template(scope: ProjectScope<ManageRoster>, app: Data<App>) -> Result<HttpResponse> {
    let crews = Crews::of(app.db.reader(), scope.project.id).await?;
    if crews.is_empty() {
        return Err(Error::conflict("no_crews", "本项目还没有在场的班组，请先添加参建单位和班组"));
    }
    let made = tokio::task::spawn_blocking(move || sheets::template("批量人员进场", &columns(&crews))).await;
    let bytes = made.map_err(Error::internal)?.map_err(Error::internal)?;
    // 批量人员进场.xlsx
    let name = "attachment; filename*=UTF-8''%E6%89%B9%E9%87%8F%E4%BA%BA%E5%91%98%E8%BF%9B%E5%9C%BA.xlsx";
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, Kind::Xlsx.content_type()))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(bytes))
}

/// Queues the import. Its result says for every row what happened, and its file holds the rows that were left over.
#[utoipa::path(tag = "roster", params(("project_id" = Uuid, Path)), responses((status = 201, body = Queued)))]
#[post("/projects/{project_id}/entries/import")]
pub async fn import(
    scope: ProjectScope<ManageRoster>,
    app: Data<App>,
    form: Json<ImportForm>,
) -> Result<Created<Queued>> {
    let ImportForm { file_id, dry_run, confirm_warnings } = form.0;
    let account_id = scope.actor.account.id;
    let tx = app.db.begin().await?;
    must_be_own(&tx, account_id, file_id).await?;
    let owner = Ownership::of(account_id).for_project(scope.project.id);
    let job = ImportEntries { file_id, dry_run, confirm_warnings, author: (&*scope.actor).into() };
    let job_id = jobs::enqueue(&tx, job, owner).await?;
    tx.commit().await?;
    jobs::wake(&app).await;
    Ok(Created(Queued { id: job_id }))
}

/// One's own sheet. Nothing claims it: it is full of ID numbers, and the purge takes it within a day.
async fn must_be_own(db: &impl ConnectionTrait, account_id: Uuid, id: Uuid) -> Result<()> {
    let sheet = stored_file::Entity::find_by_id(id)
        .filter(stored_file::Column::AccountId.eq(account_id))
        .filter(stored_file::Column::Purpose.eq(Purpose::Sheet.as_str()));
    match sheet.one(db).await? {
        Some(_) => Ok(()),
        None => Err(Error::field("file_id", "文件不存在或已失效，请重新上传")),
    }
}
