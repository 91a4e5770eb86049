use actix_web::{post, web::Data};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    entity::{Reach, project},
    platform::{
        App, audit,
        auth::{Actor, Permission, ProjectScope, Within, roles::ViewRoster},
        jobs::{self, Ownership, Queued},
        types::{Text, blank_as_none},
        web::{Created, Error, Json, Result},
    },
    registry::people::identity::id_number_hash,
    site::roster::{ExportRoster, dto::RosterFilter},
};

/// What to export, as the list's filters say, and whether in full. The order is that of the entries.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RosterExportForm {
    #[serde(flatten)]
    pub filter: RosterFilter,
    /// Whole ID numbers and phones: needs the permission and a reason, and is written down.
    #[serde(default)]
    pub unmask: bool,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub reason: Option<Text<2, 200>>,
}

/// 【导出花名册】 of a project.
#[utoipa::path(tag = "roster", params(("project_id" = Uuid, Path)), responses((status = 201, body = Queued)))]
#[post("/projects/{project_id}/roster/export")]
pub async fn export(
    scope: ProjectScope<ViewRoster>,
    app: Data<App>,
    form: Json<RosterExportForm>,
) -> Result<Created<Queued>> {
    queue(&app, &scope.actor, Some(&scope.project), form.0).await
}

/// 【导出花名册】 of all projects within reach.
#[utoipa::path(tag = "roster", responses((status = 201, body = Queued)))]
#[post("/roster/export")]
pub async fn export_all(
    scope: Within<ViewRoster>,
    app: Data<App>,
    form: Json<RosterExportForm>,
) -> Result<Created<Queued>> {
    queue(&app, &scope.actor, None, form.0).await
}

async fn queue(
    app: &App,
    actor: &Actor,
    project: Option<&project::Model>,
    form: RosterExportForm,
) -> Result<Created<Queued>> {
    let RosterExportForm { mut filter, unmask, reason } = form;
    let id_number = filter.id_number.take();
    if unmask {
        check_unmask(app, &actor.reach(Permission::Unmask), project, reason.is_some()).await?;
    }
    let job = ExportRoster {
        project_id: project.map(|project| project.id),
        filter,
        id_number_hash: id_number.map(|number| id_number_hash(&app.keys, &number)),
        unmask,
    };
    let mut owner = Ownership::of(actor.account.id);
    if let Some(project) = project {
        owner = owner.for_project(project.id);
    }
    let tx = app.db.begin().await?;
    let note = job.clone();
    let job_id = jobs::enqueue(&tx, job, owner).await?;
    let mut entry = audit::Entry::new(if unmask { "roster.export_unmasked" } else { "roster.export" })
        .created(&json!({ "filter": note.filter, "by_id_number": note.id_number_hash.is_some() }));
    entry = match project {
        Some(project) => entry.subject("project", project.id, &project.name).project(project),
        None => entry.subject("roster", job_id, "全部项目"),
    };
    if let Some(reason) = reason {
        entry = entry.reason(reason.into_string());
    }
    entry.write(&tx, actor).await?;
    tx.commit().await?;
    jobs::wake(app).await;
    Ok(Created(Queued { id: job_id }))
}

async fn check_unmask(app: &App, may: &Reach, project: Option<&project::Model>, has_reason: bool) -> Result<()> {
    let allowed = match project {
        Some(project) => {
            let within = project::Entity::find_in(may).filter(project::Column::Id.eq(project.id));
            within.one(app.db.reader()).await?.is_some()
        }
        None => !may.0.is_empty(),
    };
    if !allowed {
        return Err(Error::forbidden("您的账号不能导出完整的身份证号码"));
    }
    if !has_reason {
        return Err(Error::field("reason", "导出完整的身份证号码须填写用途"));
    }
    Ok(())
}
