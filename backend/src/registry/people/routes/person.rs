use actix_web::{get, patch, post, put, web::Data};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    entity::{Reach, Scope, project},
    platform::{
        App,
        auth::{
            Actor, Permission, Within,
            roles::{CorrectIdNumbers, EditPeople, ViewPeople},
        },
        exports,
        jobs::{self, Queued},
        web::{Created, Error, IfMatch, Json, PageParams, Paging, Path, Result},
    },
    registry::{
        people::{
            dto::{IdNumberCorrection, NewPersonForm, PeoplePage, PersonDetail, PersonEdit, PersonSearch},
            employment::managed_company,
            export::{ExportPeople, PeopleExport},
            lookups,
            query::{self, History},
            service::{self, Home},
        },
        presence::{Touched, announce},
    },
};

/// 【人员库】: the people within reach. A search is a POST so that names, phones and ID numbers stay out of URLs.
#[utoipa::path(tag = "people", params(PageParams), responses((status = 200, body = PeoplePage)))]
#[post("/people/search")]
pub async fn search(
    within: Within<ViewPeople>,
    paging: Paging,
    app: Data<App>,
    filter: Json<PersonSearch>,
) -> Result<Json<PeoplePage>> {
    Ok(Json(query::search(&app, &within.reach, &filter.0, &paging).await?))
}

/// 【导出】: a job that makes a workbook of everything the list shows.
#[utoipa::path(tag = "people", responses((status = 201, body = Queued)))]
#[post("/people/export")]
pub async fn export(within: Within<ViewPeople>, asked: Json<PeopleExport>, app: Data<App>) -> Result<Created<Queued>> {
    let job = ExportPeople::try_from(asked.0)?;
    exports::queue(&app, &within.actor, "person.export", "人员库", job).await.map(Created)
}

/// Somebody with all that is known but their record.
#[utoipa::path(tag = "people", params(("person_id" = Uuid, Path)), responses((status = 200, body = PersonDetail)))]
#[get("/people/{person_id}")]
pub async fn detail(within: Within<ViewPeople>, id: Path<Uuid>, app: Data<App>) -> Result<Json<PersonDetail>> {
    let person = query::find(app.db.reader(), &within.reach, id.0).await?;
    shown(&app, &within.actor, &within.reach, &person).await.map(Json)
}

/// 【职业履历】: sites and companies, the newest first.
#[utoipa::path(tag = "people", params(("person_id" = Uuid, Path)), responses((status = 200, body = History)))]
#[get("/people/{person_id}/history")]
pub async fn history(within: Within<ViewPeople>, id: Path<Uuid>, app: Data<App>) -> Result<Json<History>> {
    let db = app.db.reader();
    let person = query::find(db, &within.reach, id.0).await?;
    Ok(Json(query::history(db, &within.reach, &person).await?))
}

/// Registers somebody who is not known yet.
#[utoipa::path(tag = "people", responses((status = 201, body = PersonDetail)))]
#[post("/people")]
pub async fn register(
    within: Within<EditPeople>,
    app: Data<App>,
    form: Json<NewPersonForm>,
) -> Result<Created<PersonDetail>> {
    let home = home(&app, &within.reach, &form.0).await?;
    let NewPersonForm { id_number, name, .. } = &form.0;
    if let Some(known) = lookups::named(&app, &within.actor, id_number, name).await? {
        lookups::tell(&app, &within.actor, id_number, Some(&known)).await?;
        return Err(service::already_known());
    }
    let tx = app.db.begin().await?;
    let person = service::register(&tx, &app, &within.actor, home, form.0).await?;
    tx.commit().await?;
    jobs::wake(&app).await;
    shown(&app, &within.actor, &within.reach, &person).await.map(Created)
}

async fn home(app: &App, reach: &Reach, form: &NewPersonForm) -> Result<Home> {
    match (form.project_id, form.company_id, &form.region_code) {
        (Some(id), None, None) => {
            // A company takes part in projects, but who is on them is the projects' to register.
            let running = reach.0.iter().filter(|scope| !matches!(scope, Scope::Company(_))).cloned().collect();
            let found = project::Entity::find_in(&Reach(running)).filter(project::Column::Id.eq(id));
            let project = found.one(app.db.reader()).await?.ok_or(Error::NotFound)?;
            if project.cancelled_at.is_some() {
                return Err(Error::conflict("cancelled", "该项目已注销，不能再登记人员"));
            }
            Ok(Home::Project(Box::new(project)))
        }
        (None, Some(id), None) => managed_company(app, reach, id).await.map(|company| Home::Company(Box::new(company))),
        (None, None, Some(code)) if reach.covers_region(code.as_str()) => Ok(Home::Region(code.clone())),
        (None, None, Some(_)) => Err(Error::field("region_code", "该行政区划不在您的管辖范围内")),
        _ => Err(Error::field("project_id", "请选择由哪个项目、企业或行政区划登记该人员（只选一个）")),
    }
}

/// Changes what is sent and leaves the rest.
#[utoipa::path(tag = "people", params(("person_id" = Uuid, Path), ("If-Match" = String, Header)), responses((status = 200, body = PersonDetail)))]
#[patch("/people/{person_id}")]
pub async fn edit(
    within: Within<EditPeople>,
    id: Path<Uuid>,
    revision: IfMatch,
    app: Data<App>,
    form: Json<PersonEdit>,
) -> Result<Json<PersonDetail>> {
    change(within, id, revision, app, form).await
}

/// The same, for mini-programs, whose requests know no PATCH.
#[utoipa::path(tag = "people", params(("person_id" = Uuid, Path), ("If-Match" = String, Header)), responses((status = 200, body = PersonDetail)))]
#[put("/people/{person_id}")]
pub async fn edit_from_phone(
    within: Within<EditPeople>,
    id: Path<Uuid>,
    revision: IfMatch,
    app: Data<App>,
    form: Json<PersonEdit>,
) -> Result<Json<PersonDetail>> {
    change(within, id, revision, app, form).await
}

async fn change(
    within: Within<EditPeople>,
    id: Path<Uuid>,
    revision: IfMatch,
    app: Data<App>,
    form: Json<PersonEdit>,
) -> Result<Json<PersonDetail>> {
    let tx = app.db.begin().await?;
    let before = query::find(&tx, &within.reach, id.0).await?;
    query::demand_responsible(&tx, &within.reach, &before).await?;
    let person = service::edit(&tx, &app, &within.actor, before, revision, form.0).await?;
    tx.commit().await?;
    jobs::wake(&app).await;
    announce(&app, Touched::Person(person.id)).await;
    shown(&app, &within.actor, &within.reach, &person).await.map(Json)
}

/// Corrects an ID number that somebody typed wrong; for regulators.
#[utoipa::path(tag = "people", params(("person_id" = Uuid, Path), ("If-Match" = String, Header)), responses((status = 200, body = PersonDetail)))]
#[post("/people/{person_id}/correct-id-number")]
pub async fn correct_id_number(
    within: Within<CorrectIdNumbers>,
    id: Path<Uuid>,
    revision: IfMatch,
    app: Data<App>,
    form: Json<IdNumberCorrection>,
) -> Result<Json<PersonDetail>> {
    let tx = app.db.begin().await?;
    let before = query::find(&tx, &within.reach, id.0).await?;
    let person = service::correct_id_number(&tx, &app, &within.actor, before, revision, form.0).await?;
    tx.commit().await?;
    announce(&app, Touched::Person(person.id)).await;
    shown(&app, &within.actor, &within.reach, &person).await.map(Json)
}

async fn shown(app: &App, actor: &Actor, reach: &Reach, person: &crate::entity::person::Model) -> Result<PersonDetail> {
    query::detail(app, reach, &actor.reach(Permission::EditPeople), person).await
}
