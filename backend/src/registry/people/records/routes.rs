use actix_web::{delete, get, post, put, web::Data};
use uuid::Uuid;

use super::{
    dto::{RecordForm, RecordView},
    service,
};
use crate::{
    platform::{
        App,
        auth::{
            Within,
            roles::{EditPeople, ViewPeople},
        },
        web::{Created, IfMatch, Json, NoContent, Path, Result},
    },
    registry::people::query,
};

/// Somebody's record, kind by kind, the newest first.
#[utoipa::path(tag = "people", params(("person_id" = Uuid, Path)), responses((status = 200, body = Vec<RecordView>)))]
#[get("/people/{person_id}/records")]
pub async fn list(within: Within<ViewPeople>, id: Path<Uuid>, app: Data<App>) -> Result<Json<Vec<RecordView>>> {
    let person = query::find(app.db.reader(), &within.reach, id.0).await?;
    service::list(&app, person.id).await.map(Json)
}

/// Adds a line to somebody's record.
#[utoipa::path(tag = "people", params(("person_id" = Uuid, Path)), responses((status = 201, body = RecordView)))]
#[post("/people/{person_id}/records")]
pub async fn add(
    within: Within<EditPeople>,
    id: Path<Uuid>,
    app: Data<App>,
    form: Json<RecordForm>,
) -> Result<Created<RecordView>> {
    let tx = app.db.begin().await?;
    let person = query::find(&tx, &within.reach, id.0).await?;
    query::demand_responsible(&tx, &within.reach, &person).await?;
    let row = service::add(&tx, &within.actor, &person, form.0).await?;
    tx.commit().await?;
    service::shown(&app, &row).await.map(Created)
}

/// Changes a line of somebody's record.
#[utoipa::path(tag = "people", params(("person_id" = Uuid, Path), ("record_id" = Uuid, Path), ("If-Match" = String, Header)), responses((status = 200, body = RecordView)))]
#[put("/people/{person_id}/records/{record_id}")]
pub async fn edit(
    within: Within<EditPeople>,
    path: Path<(Uuid, Uuid)>,
    revision: IfMatch,
    app: Data<App>,
    form: Json<RecordForm>,
) -> Result<Json<RecordView>> {
    let (person_id, record_id) = path.0;
    let tx = app.db.begin().await?;
    let person = query::find(&tx, &within.reach, person_id).await?;
    query::demand_responsible(&tx, &within.reach, &person).await?;
    let row = service::edit(&tx, &within.actor, &person, record_id, revision, form.0).await?;
    tx.commit().await?;
    service::shown(&app, &row).await.map(Json)
}

/// Deletes a line of somebody's record; the audit keeps it.
#[utoipa::path(tag = "people", params(("person_id" = Uuid, Path), ("record_id" = Uuid, Path), ("If-Match" = String, Header)), responses((status = 204)))]
#[delete("/people/{person_id}/records/{record_id}")]
pub async fn remove(
    within: Within<EditPeople>,
    path: Path<(Uuid, Uuid)>,
    revision: IfMatch,
    app: Data<App>,
) -> Result<NoContent> {
    let (person_id, record_id) = path.0;
    let tx = app.db.begin().await?;
    let person = query::find(&tx, &within.reach, person_id).await?;
    query::demand_responsible(&tx, &within.reach, &person).await?;
    service::remove(&tx, &within.actor, &person, record_id, revision).await?;
    tx.commit().await?;
    Ok(NoContent)
}
