use actix_web::{post, web::Data};
use serde_json::json;

use crate::{
    entity::project,
    platform::{
        App, audit,
        auth::{Actor, ProjectScope, Within, roles::ViewContracts},
        jobs::{self, Ownership, Queued},
        web::{Created, Json, Result},
    },
    registry::people::identity::id_number_hash,
    site::contracts::export::{ContractsExportForm, ExportContracts},
};

/// 【导出】 of one of a project's tabs.
#[utoipa::path(tag = "contracts", params(("project_id" = Uuid, Path)), responses((status = 201, body = Queued)))]
#[post("/projects/{project_id}/contracts/export")]
pub async fn export(
    scope: ProjectScope<ViewContracts>,
    app: Data<App>,
    form: Json<ContractsExportForm>,
) -> Result<Created<Queued>> {
    queue(&app, &scope.actor, Some(&scope.project), form.0).await
}

/// 【导出】 over all projects within reach.
#[utoipa::path(tag = "contracts", responses((status = 201, body = Queued)))]
#[post("/contracts/export")]
pub async fn export_all(
    scope: Within<ViewContracts>,
    app: Data<App>,
    form: Json<ContractsExportForm>,
) -> Result<Created<Queued>> {
    queue(&app, &scope.actor, None, form.0).await
}

async fn queue(
    app: &App,
    actor: &Actor,
    project: Option<&project::Model>,
    mut form: ContractsExportForm,
) -> Result<Created<Queued>> {
    let number = form.people.id_number.take();
    let noted = json!({ "filter": &form, "by_id_number": number.is_some() });
    let job = ExportContracts {
        project_id: project.map(|project| project.id),
        asked: form,
        id_number_hash: number.map(|number| id_number_hash(&app.keys, &number)),
    };
    let mut owner = Ownership::of(actor.account.id);
    if let Some(project) = project {
        owner = owner.for_project(project.id);
    }
    let tx = app.db.begin().await?;
    let id = jobs::enqueue(&tx, job, owner).await?;
    let entry = audit::Entry::new("contract.export").created(&noted);
    let entry = match project {
        Some(project) => entry.subject("project", project.id, &project.name).project(project),
        None => entry.subject("contract", id, "全部项目"),
    };
    entry.write(&tx, actor).await?;
    tx.commit().await?;
    jobs::wake(app).await;
    Ok(Created(Queued { id }))
}
