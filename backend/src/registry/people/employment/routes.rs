use std::collections::HashMap;

use actix_web::{get, post, web::Data};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    dto::{Employee, EmployeeFilter, Join, Leave},
    service,
};
use crate::{
    entity::{Reach, Scope, company, employment, person},
    platform::{
        App,
        auth::{
            Within,
            roles::{EditPeople, ViewPeople},
        },
        web::{Created, Error, Json, Page, PageParams, Paging, Path, Query, Result},
    },
    registry::people::{dto::PersonRow, lookups, query},
};

/// A company whose people the caller manages: one's own, or one of a regulator's region. That a project deals with
/// a company does not let it manage the company's people.
pub(in crate::registry::people) async fn managed_company(app: &App, reach: &Reach, id: Uuid) -> Result<company::Model> {
    let own = reach.0.iter().filter(|scope| !matches!(scope, Scope::Project(_))).cloned().collect();
    let found = company::Entity::find_in(&Reach(own)).filter(company::Column::Id.eq(id)).one(app.db.reader()).await?;
    found.ok_or(Error::NotFound)
}

/// Who is registered with a company, or was.
#[utoipa::path(tag = "people", params(("company_id" = Uuid, Path), PageParams, EmployeeFilter), responses((status = 200, body = Page<Employee>)))]
#[get("/companies/{company_id}/employees")]
pub async fn list(
    within: Within<ViewPeople>,
    company_id: Path<Uuid>,
    paging: Paging,
    filter: Query<EmployeeFilter>,
    app: Data<App>,
) -> Result<Json<Page<Employee>>> {
    let company = managed_company(&app, &within.reach, company_id.0).await?;
    let left =
        if filter.0.left { employment::Column::LeftOn.is_not_null() } else { employment::Column::LeftOn.is_null() };
    let select = employment::Entity::find()
        .filter(employment::Column::CompanyId.eq(company.id).and(left))
        .find_also_related(person::Entity)
        .order_by_desc(employment::Column::JoinedOn)
        .order_by_desc(employment::Column::Id);
    let db = app.db.reader();
    let total = select.clone().count(db).await?;
    let found = select.offset(paging.offset()).limit(paging.page_size).all(db).await?;
    let people: Vec<person::Model> = found.iter().filter_map(|(_, person)| person.clone()).collect();
    let rows = query::rows(&app, &within.reach, &people).await?;
    let rows: HashMap<Uuid, PersonRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    let items = found.into_iter().filter_map(|(employment, _)| {
        let person = rows.get(&employment.person_id).cloned()?;
        let employment::Model { id, joined_on, left_on, leave_reason, .. } = employment;
        Some(Employee { id, person, joined_on, left_on, leave_reason })
    });
    Ok(Json(paging.page_of(items.collect(), total)))
}

/// Registers somebody known with a company.
#[utoipa::path(tag = "people", params(("company_id" = Uuid, Path)), responses((status = 201, body = PersonRow)))]
#[post("/companies/{company_id}/employees")]
pub async fn join(
    within: Within<EditPeople>,
    company_id: Path<Uuid>,
    app: Data<App>,
    form: Json<Join>,
) -> Result<Created<PersonRow>> {
    let company = managed_company(&app, &within.reach, company_id.0).await?;
    let Join { id_number, name, joined_on } = form.0;
    let Some(person) = lookups::named(&app, &within.actor, &id_number, &name).await? else {
        lookups::tell(&app, &within.actor, &id_number, None).await?;
        return Err(Error::field("id_number", "人员库中没有该身份证号，请先登记人员"));
    };
    let tx = app.db.begin().await?;
    let person = service::join(&tx, &within.actor, &company, &person, joined_on).await?;
    tx.commit().await?;
    let row = query::rows(&app, &within.reach, &[person]).await?.pop().ok_or(Error::NotFound)?;
    Ok(Created(row))
}

/// 【离职迁出】: lets somebody go, so that another company may register them.
#[utoipa::path(tag = "people", params(("company_id" = Uuid, Path), ("person_id" = Uuid, Path)), responses((status = 200, body = PersonRow)))]
#[post("/companies/{company_id}/employees/{person_id}/leave")]
pub async fn leave(
    within: Within<EditPeople>,
    path: Path<(Uuid, Uuid)>,
    app: Data<App>,
    form: Json<Leave>,
) -> Result<Json<PersonRow>> {
    let (company_id, person_id) = path.0;
    let company = managed_company(&app, &within.reach, company_id).await?;
    let Leave { left_on, reason } = form.0;
    let tx = app.db.begin().await?;
    let person = person::Entity::find_by_id(person_id).one(&tx).await?.ok_or(Error::NotFound)?;
    let person = service::leave(&tx, &within.actor, &company, &person, left_on, reason.as_str()).await?;
    tx.commit().await?;
    let row = query::rows(&app, &within.reach, &[person]).await?.pop().ok_or(Error::NotFound)?;
    Ok(Json(row))
}
