//! One entry: seen, changed, given a card.

use actix_web::{get, put, web::Data};
use uuid::Uuid;

use crate::{
    entity::Reach,
    platform::{
        App,
        auth::{
            Actor, ProjectScope,
            roles::{ManageRoster, ViewRoster},
        },
        types::Text,
        web::{IfMatch, Json, Path, Result},
    },
    registry::presence::{Touched, announce},
    site::roster::{
        dto::{CardForm, EntryEdit, RosterRow},
        query::{self, Viewer},
        service,
    },
};

/// Somebody's stay on the project.
#[utoipa::path(tag = "roster", params(("project_id" = Uuid, Path), ("entry_id" = Uuid, Path)), responses((status = 200, body = RosterRow)))]
#[get("/projects/{project_id}/entries/{entry_id}")]
pub async fn show(
    scope: ProjectScope<ViewRoster>,
    path: Path<(Uuid, Uuid)>,
    app: Data<App>,
) -> Result<Json<RosterRow>> {
    one(&app, &scope.actor, &scope.reach, path.0.1).await
}

/// 【编辑】: crew, trade or post, wage, card; with the person's phone and wage card where they are sent.
#[utoipa::path(
    tag = "roster",
    params(("project_id" = Uuid, Path), ("entry_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = RosterRow))
)]
#[put("/projects/{project_id}/entries/{entry_id}")]
pub async fn edit(
    scope: ProjectScope<ManageRoster>,
    path: Path<(Uuid, Uuid)>,
    if_match: IfMatch,
    app: Data<App>,
    form: Json<EntryEdit>,
) -> Result<Json<RosterRow>> {
    let site = super::site(&app, &scope.project).await?;
    let (actor, id, with_card) = (&scope.actor, path.0.1, form.0.bank_card.is_some());
    app.db.transaction(async |tx| service::edit(tx, &app, actor, &site, id, if_match, form.0.clone()).await).await?;
    announce(&app, Touched::Project(scope.project.id)).await;
    let row = one(&app, actor, &scope.reach, id).await?;
    if with_card {
        announce(&app, Touched::Person(row.0.person_id)).await;
    }
    Ok(row)
}

/// 【发卡】
#[utoipa::path(
    tag = "roster",
    params(("project_id" = Uuid, Path), ("entry_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = RosterRow))
)]
#[put("/projects/{project_id}/entries/{entry_id}/card")]
pub async fn issue_card(
    scope: ProjectScope<ManageRoster>,
    path: Path<(Uuid, Uuid)>,
    if_match: IfMatch,
    app: Data<App>,
    form: Json<CardForm>,
) -> Result<Json<RosterRow>> {
    let site = super::site(&app, &scope.project).await?;
    let card = form.0.card_number.map(Text::into_string);
    let tx = app.db.begin().await?;
    service::issue_card(&tx, &scope.actor, &site, path.0.1, if_match, card).await?;
    tx.commit().await?;
    one(&app, &scope.actor, &scope.reach, path.0.1).await
}

pub(super) async fn one(app: &App, actor: &Actor, reach: &Reach, id: Uuid) -> Result<Json<RosterRow>> {
    query::one(app, &Viewer::of(actor), reach, id).await.map(Json)
}
