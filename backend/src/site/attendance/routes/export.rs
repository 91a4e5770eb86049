//! 【导出数据】, 【导出月考勤】 and 【导出明细】: jobs that make workbooks of everything a list shows.

use actix_web::{post, web::Data};
use serde::Serialize;

use crate::{
    platform::{
        App, audit,
        auth::{ProjectScope, roles::ViewAttendance},
        jobs::{self, Job, Ownership, Queued},
        web::{Created, Json, Result},
    },
    site::attendance::{
        dto::{DaySearch, MonthSearch, PunchSearch},
        export::{ExportDays, ExportMonths, ExportPunches},
    },
};

/// 【导出数据】 of a day.
#[utoipa::path(tag = "attendance", params(("project_id" = Uuid, Path)), responses((status = 201, body = Queued)))]
#[post("/projects/{project_id}/attendance/days/export")]
pub async fn days(
    scope: ProjectScope<ViewAttendance>,
    app: Data<App>,
    body: Json<DaySearch>,
) -> Result<Created<Queued>> {
    queue(&app, &scope, &body.0.clone(), ExportDays::of(&app, body.0)).await
}

/// 【导出月考勤】
#[utoipa::path(tag = "attendance", params(("project_id" = Uuid, Path)), responses((status = 201, body = Queued)))]
#[post("/projects/{project_id}/attendance/months/export")]
pub async fn months(
    scope: ProjectScope<ViewAttendance>,
    app: Data<App>,
    body: Json<MonthSearch>,
) -> Result<Created<Queued>> {
    queue(&app, &scope, &body.0.clone(), ExportMonths::of(&app, body.0)).await
}

/// 【导出明细】
#[utoipa::path(tag = "attendance", params(("project_id" = Uuid, Path)), responses((status = 201, body = Queued)))]
#[post("/projects/{project_id}/attendance/punches/export")]
pub async fn punches(
    scope: ProjectScope<ViewAttendance>,
    app: Data<App>,
    body: Json<PunchSearch>,
) -> Result<Created<Queued>> {
    queue(&app, &scope, &body.0.clone(), ExportPunches::of(&app, body.0)).await
}

async fn queue<J: Job>(
    app: &App,
    scope: &ProjectScope<ViewAttendance>,
    asked: &impl Serialize,
    job: J,
) -> Result<Created<Queued>> {
    let project = &scope.project;
    let tx = app.db.begin().await?;
    let id = jobs::enqueue(&tx, job, Ownership::of(scope.actor.account.id).for_project(project.id)).await?;
    audit::Entry::new(J::KIND)
        .subject("project", project.id, &project.name)
        .project(project)
        .created(asked)
        .write(&tx, &scope.actor)
        .await?;
    tx.commit().await?;
    jobs::wake(app).await;
    Ok(Created(Queued { id }))
}
