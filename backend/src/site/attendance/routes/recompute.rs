use actix_web::{post, web::Data};

use crate::{
    platform::{
        App, audit,
        auth::{ProjectScope, roles::ManageAttendance},
        jobs::{self, Ownership, Queued},
        web::{Created, Json, Result},
    },
    site::attendance::{dto::RecomputeForm, rules, service::Recompute},
};

/// Has the days of a project reckoned anew from their punches. They come to the same, unless somebody has changed the
/// rows behind our back or the policy on repeated punches since.
#[utoipa::path(tag = "attendance", params(("project_id" = Uuid, Path)), responses((status = 201, body = Queued)))]
#[post("/projects/{project_id}/attendance/recompute")]
pub async fn recompute(
    scope: ProjectScope<ManageAttendance>,
    app: Data<App>,
    body: Json<RecomputeForm>,
) -> Result<Created<Queued>> {
    let (RecomputeForm { from, to }, project) = (body.0, &scope.project);
    rules::check_days(from, to)?;
    let tx = app.db.begin().await?;
    let owner = Ownership::of(scope.actor.account.id).for_project(project.id);
    let id = jobs::enqueue(&tx, Recompute { from, to }, owner).await?;
    audit::Entry::new("attendance.recompute")
        .subject("project", project.id, &project.name)
        .project(project)
        .created(&body.0)
        .write(&tx, &scope.actor)
        .await?;
    tx.commit().await?;
    jobs::wake(&app).await;
    Ok(Created(Queued { id }))
}
