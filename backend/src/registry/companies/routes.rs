//! 【企业库】 over HTTP.

use actix_web::{get, post, put, web::Data};
use uuid::Uuid;

use super::{
    account,
    dto::{Company, CompanyDetail, CompanyFilter, CompanyInput},
    jobs::ExportCompanies,
    query, service,
};
use crate::{
    entity::{Reach, company},
    platform::{
        App,
        auth::{
            Actor, Permission, Within,
            accounts::{FirstPassword, IssuedAccount},
            roles::{EditCompanies, ManageAccounts, RegisterCompanies, ViewCompanies},
        },
        exports,
        jobs::Queued,
        types::CreditCode,
        web::{Created, Error, IfMatch, Json, Page, PageParams, Paging, Path, Query, Result},
    },
};

/// The companies of the registry.
#[utoipa::path(
    tag = "companies", params(CompanyFilter, PageParams), responses((status = 200, body = Page<Company>))
)]
#[get("/companies")]
pub async fn list(
    scope: Within<ViewCompanies>,
    paging: Paging,
    filter: Query<CompanyFilter>,
    app: Data<App>,
) -> Result<Json<Page<Company>>> {
    let page = query::page(app.db.reader(), &filter.0, &paging).await?;
    let items = query::shown(app.db.reader(), &edit_reach(&scope.actor), page.items).await?;
    Ok(Json(paging.page_of(items, page.total)))
}

/// 【导出】: a job that makes a workbook of everything the list shows.
#[utoipa::path(tag = "companies", responses((status = 201, body = Queued)))]
#[post("/companies/export")]
pub async fn export(
    scope: Within<ViewCompanies>,
    job: Json<ExportCompanies>,
    app: Data<App>,
) -> Result<Created<Queued>> {
    exports::queue(&app, &scope.actor, "company.export", "企业库", job.0).await.map(Created)
}

/// 【企业注册】
#[utoipa::path(tag = "companies", responses((status = 201, body = Company)))]
#[post("/companies")]
pub async fn register(
    scope: Within<RegisterCompanies>,
    input: Json<CompanyInput>,
    app: Data<App>,
) -> Result<Created<Company>> {
    let tx = app.db.begin().await?;
    let made = service::register(&tx, &scope.actor, input.0).await?;
    tx.commit().await?;
    show_one(&app, &scope.actor, made).await.map(Created)
}

/// A company by its whole credit code, for forms; 404 when it is not in the registry.
#[utoipa::path(tag = "companies", responses((status = 200, body = Company)))]
#[get("/companies/by-credit-code/{credit_code}")]
pub async fn by_credit_code(scope: Within<ViewCompanies>, code: Path<String>, app: Data<App>) -> Result<Json<Company>> {
    let code = CreditCode::parse(&code.0).map_err(|problem| Error::field("credit_code", String::from(problem)))?;
    let found = query::by_credit_code(app.db.reader(), &code).await?.ok_or(Error::NotFound)?;
    show_one(&app, &scope.actor, found).await.map(Json)
}

/// A company, the projects it takes part in as far as the caller sees them, and its accounts for those who issue them.
#[utoipa::path(tag = "companies", responses((status = 200, body = CompanyDetail)))]
#[get("/companies/{company_id}")]
pub async fn show(scope: Within<ViewCompanies>, id: Path<Uuid>, app: Data<App>) -> Result<Json<CompanyDetail>> {
    let db = app.db.reader();
    let found = query::get(db, id.0).await?;
    let projects = query::participations(db, &scope.actor.reach(Permission::ViewUnits), found.id).await?;
    let issuing = query::editable(db, &scope.actor.reach(Permission::ManageAccounts), vec![found.id]).await?;
    let accounts = if issuing.is_empty() { None } else { Some(query::accounts(db, found.id).await?) };
    let company = show_one(&app, &scope.actor, found).await?;
    Ok(Json(CompanyDetail { company, projects, accounts }))
}

/// Changes a company.
#[utoipa::path(
    tag = "companies", params(("If-Match" = String, Header)), responses((status = 200, body = Company))
)]
#[put("/companies/{company_id}")]
pub async fn edit(
    scope: Within<EditCompanies>,
    id: Path<Uuid>,
    if_match: IfMatch,
    input: Json<CompanyInput>,
    app: Data<App>,
) -> Result<Json<Company>> {
    let tx = app.db.begin().await?;
    let before = query::get_editable(&tx, &scope.reach, id.0).await?;
    let after = service::edit(&tx, &scope.actor, before, if_match, input.0).await?;
    tx.commit().await?;
    show_one(&app, &scope.actor, after).await.map(Json)
}

/// 【发账号】: an account for the company, or a new first password for the one it has. Shown once.
#[utoipa::path(tag = "companies", responses((status = 201, body = IssuedAccount)))]
#[post("/companies/{company_id}/account")]
pub async fn issue_account(
    scope: Within<ManageAccounts>,
    id: Path<Uuid>,
    app: Data<App>,
) -> Result<Created<IssuedAccount>> {
    let first = FirstPassword::make().await?;
    let tx = app.db.begin().await?;
    let company = query::get_editable(&tx, &scope.reach, id.0).await?;
    let issued = account::issue(&tx, &scope.actor, &company, first).await?;
    tx.commit().await?;
    Ok(Created(issued))
}

fn edit_reach(actor: &Actor) -> Reach {
    actor.reach(Permission::EditCompanies)
}

async fn show_one(app: &App, actor: &Actor, row: company::Model) -> Result<Company> {
    query::shown(app.db.reader(), &edit_reach(actor), vec![row]).await?.pop().ok_or(Error::NotFound)
}
