use actix_web::{post, web::Data};

use crate::{
    platform::{
        App,
        auth::{ProjectScope, roles::ManageRoster},
        web::{Json, Result},
    },
    site::roster::{
        dto::{EntryAnswer, EntryForm},
        service,
    },
};

/// 【人员进场】 of several people: all of them, or nobody and the answer says who is refused and what is to be
/// confirmed.
#[utoipa::path(tag = "roster", params(("project_id" = Uuid, Path)), responses((status = 200, body = EntryAnswer)))]
#[post("/projects/{project_id}/entries")]
pub async fn enter(
    scope: ProjectScope<ManageRoster>,
    app: Data<App>,
    form: Json<EntryForm>,
) -> Result<Json<EntryAnswer>> {
    let site = super::site(&app, &scope.project).await?;
    let named = service::named(&app, &scope.actor, &scope.project, &form.0.people).await?;
    let enter = async |tx: &_| service::enter(tx, &app, &scope.actor, &site, form.0.clone(), named.clone()).await;
    app.db.transaction(enter).await.map(Json)
}
