use actix_web::{post, web::Data};

use crate::{
    platform::{
        App,
        auth::{ProjectScope, roles::ManageRoster},
        web::{Json, Result},
    },
    registry::presence::{Touched, announce},
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
    let with_card: Vec<bool> = form.0.people.iter().map(|one| one.bank_card.is_some()).collect();
    let enter = async |tx: &_| service::enter(tx, &app, &scope.actor, &site, form.0.clone(), named.clone()).await;
    let answer = app.db.transaction(enter).await?;
    announce(&app, Touched::Project(scope.project.id)).await;
    for one in answer.entered.iter().filter(|one| with_card.get(one.index) == Some(&true)) {
        announce(&app, Touched::Person(one.person_id)).await;
    }
    Ok(Json(answer))
}
