//! The regulator's registry of projects (JR2).

use actix_web::{delete, get, post, web::Data};
use serde::Deserialize;
use utoipa::ToSchema;

use super::project::running;
use crate::{
    platform::{
        App,
        auth::{
            ProjectScope, Within,
            accounts::{FirstPassword, IssuedAccount},
            roles::{CancelProjects, ManageAccounts, RegisterProjects, ViewProjects},
        },
        exports,
        jobs::Queued,
        types::{Text, blank_as_none},
        web::{Created, Json, NoContent, Page, PageParams, Paging, Query, Result},
    },
    registry::{
        presence::{Touched, announce},
        projects::{
            ExportProjects, ProjectFilter, ProjectForm, ProjectRow, ProjectView, account, ending, query, service,
        },
    },
};

/// The projects within reach.
#[utoipa::path(tag = "projects", params(PageParams, ProjectFilter), responses((status = 200, body = Page<ProjectRow>)))]
#[get("/projects")]
pub async fn list(
    within: Within<ViewProjects>,
    paging: Paging,
    filter: Query<ProjectFilter>,
    app: Data<App>,
) -> Result<Json<Page<ProjectRow>>> {
    query::list(app.db.reader(), &within.reach, &running(&within.actor), &filter.0, &paging).await.map(Json)
}

/// What to export: the list's filters and order.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ExportForm {
    #[serde(flatten)]
    filter: ProjectFilter,
    #[serde(default, deserialize_with = "blank_as_none")]
    sort: Option<String>,
}

/// 【导出】: a job that makes a workbook of everything the list shows.
#[utoipa::path(tag = "projects", responses((status = 201, body = Queued)))]
#[post("/projects/export")]
pub async fn export(within: Within<ViewProjects>, form: Json<ExportForm>, app: Data<App>) -> Result<Created<Queued>> {
    let ExportForm { filter, sort } = form.0;
    let job = ExportProjects { filter, sort };
    exports::queue(&app, &within.actor, "project.export", "项目库", job).await.map(Created)
}

/// 【登记新项目】
#[utoipa::path(tag = "projects", responses((status = 201, body = ProjectView)))]
#[post("/projects")]
pub async fn register(
    within: Within<RegisterProjects>,
    form: Json<ProjectForm>,
    app: Data<App>,
) -> Result<Created<ProjectView>> {
    let facts = service::checked(form.0, &within.reach)?;
    let tx = app.db.begin().await?;
    let project = service::register(&tx, facts, &within.actor).await?;
    let view = query::view(&tx, &running(&within.actor), &project).await?;
    tx.commit().await?;
    Ok(Created(view))
}

/// Why a project is cancelled.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelForm {
    #[schema(value_type = String)]
    reason: Text<2, 500>,
    /// Units, crews and people who are still on site exit with it.
    #[serde(default)]
    exit_everyone: bool,
}

/// 【注销】
#[utoipa::path(tag = "projects", params(("project_id" = Uuid, Path)), responses((status = 200, body = ProjectView)))]
#[post("/projects/{project_id}/cancel")]
pub async fn cancel(
    scope: ProjectScope<CancelProjects>,
    form: Json<CancelForm>,
    app: Data<App>,
) -> Result<Json<ProjectView>> {
    let CancelForm { reason, exit_everyone } = form.0;
    let tx = app.db.begin().await?;
    let project = ending::cancel(&tx, &scope.project, reason.as_str(), exit_everyone, &scope.actor).await?;
    let view = query::view(&tx, &running(&scope.actor), &project).await?;
    tx.commit().await?;
    announce(&app, Touched::Project(project.id)).await;
    Ok(Json(view))
}

/// Deletes a project on which nothing ever happened (SH3).
#[utoipa::path(tag = "projects", params(("project_id" = Uuid, Path)), responses((status = 204)))]
#[delete("/projects/{project_id}")]
pub async fn delete(scope: ProjectScope<CancelProjects>, app: Data<App>) -> Result<NoContent> {
    let tx = app.db.begin().await?;
    ending::delete(&tx, &scope.project, &scope.actor).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// 【发账号】: the project's account with a new first password, which is shown here and never again.
#[utoipa::path(tag = "projects", params(("project_id" = Uuid, Path)), responses((status = 201, body = IssuedAccount)))]
#[post("/projects/{project_id}/account")]
pub async fn issue_account(scope: ProjectScope<ManageAccounts>, app: Data<App>) -> Result<Created<IssuedAccount>> {
    let first = FirstPassword::make().await?;
    let tx = app.db.begin().await?;
    let issued = account::issue(&tx, &scope.project, first, &scope.actor).await?;
    tx.commit().await?;
    Ok(Created(issued))
}
