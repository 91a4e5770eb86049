//! 【合同管理】 of a project, and over all projects within reach (JR16).

use actix_web::{get, post, web::Data};
use uuid::Uuid;

use crate::{
    entity::Reach,
    platform::{
        App,
        auth::{Actor, Permission, ProjectScope, Within, roles::ViewContracts},
        web::{Json, Page, PageParams, Paging, Path, Result},
    },
    registry::people,
    site::{
        contracts::{
            dto::{ContractCounts, ContractRow, ContractSearch, UnsignedRow, UnsignedSearch},
            query::{self, Unsigned, Viewer},
        },
        roster::{dto::RosterFilter, query::Search},
    },
};

/// 【履约中】 and 【已解约】. Sorts by `signed_on`, `starts_on`, `ends_on`, `terminated_on`, `created_at`, `entered_on`, `name`.
#[utoipa::path(tag = "contracts", params(("project_id" = Uuid, Path), PageParams), responses((status = 200, body = Page<ContractRow>)))]
#[post("/projects/{project_id}/contracts/search")]
pub async fn search(
    scope: ProjectScope<ViewContracts>,
    paging: Paging,
    app: Data<App>,
    body: Json<ContractSearch>,
) -> Result<Json<Page<ContractRow>>> {
    signed(&app, &scope.actor, &scope.reach, body.0, &paging).await
}

/// 【未签约】, the longest first. Sorts by `since`, `entered_on`, `name`.
#[utoipa::path(tag = "contracts", params(("project_id" = Uuid, Path), PageParams), responses((status = 200, body = Page<UnsignedRow>)))]
#[post("/projects/{project_id}/contracts/unsigned")]
pub async fn unsigned(
    scope: ProjectScope<ViewContracts>,
    paging: Paging,
    app: Data<App>,
    body: Json<UnsignedSearch>,
) -> Result<Json<Page<UnsignedRow>>> {
    missing(&app, &scope.actor, &scope.reach, body.0, &paging).await
}

/// How many have signed, how many have not, and how long.
#[utoipa::path(tag = "contracts", params(("project_id" = Uuid, Path)), responses((status = 200, body = ContractCounts)))]
#[get("/projects/{project_id}/contracts/counts")]
pub async fn counts(scope: ProjectScope<ViewContracts>, app: Data<App>) -> Result<Json<ContractCounts>> {
    query::counts(&app, &scope.reach, RosterFilter::default()).await.map(Json)
}

/// 【履约中】 and 【已解约】 of all projects within reach.
#[utoipa::path(tag = "contracts", params(PageParams), responses((status = 200, body = Page<ContractRow>)))]
#[post("/contracts/search")]
pub async fn search_all(
    scope: Within<ViewContracts>,
    paging: Paging,
    app: Data<App>,
    body: Json<ContractSearch>,
) -> Result<Json<Page<ContractRow>>> {
    signed(&app, &scope.actor, &scope.reach, body.0, &paging).await
}

/// 【未签约】 of all projects within reach.
#[utoipa::path(tag = "contracts", params(PageParams), responses((status = 200, body = Page<UnsignedRow>)))]
#[post("/contracts/unsigned")]
pub async fn unsigned_all(
    scope: Within<ViewContracts>,
    paging: Paging,
    app: Data<App>,
    body: Json<UnsignedSearch>,
) -> Result<Json<Page<UnsignedRow>>> {
    missing(&app, &scope.actor, &scope.reach, body.0, &paging).await
}

/// How many have signed, how many have not, and how long, on all projects within reach.
#[utoipa::path(tag = "contracts", responses((status = 200, body = ContractCounts)))]
#[get("/contracts/counts")]
pub async fn counts_all(scope: Within<ViewContracts>, app: Data<App>) -> Result<Json<ContractCounts>> {
    query::counts(&app, &scope.reach, RosterFilter::default()).await.map(Json)
}

/// A contract, without its scan.
#[utoipa::path(tag = "contracts", params(("project_id" = Uuid, Path), ("contract_id" = Uuid, Path)), responses((status = 200, body = ContractRow)))]
#[get("/projects/{project_id}/contracts/{contract_id}")]
pub async fn show(
    scope: ProjectScope<ViewContracts>,
    path: Path<(Uuid, Uuid)>,
    app: Data<App>,
) -> Result<Json<ContractRow>> {
    query::one(&app, &Viewer::of(&scope.actor), &scope.reach, path.0.1).await.map(Json)
}

/// Somebody's contracts on the projects within reach, the newest first.
#[utoipa::path(tag = "contracts", params(("person_id" = Uuid, Path)), responses((status = 200, body = Vec<ContractRow>)))]
#[get("/people/{person_id}/contracts")]
pub async fn of_person(scope: Within<ViewContracts>, id: Path<Uuid>, app: Data<App>) -> Result<Json<Vec<ContractRow>>> {
    let person = people::query::find(app.db.reader(), &scope.actor.reach(Permission::ViewPeople), id.0).await?;
    query::of_person(&app, &Viewer::of(&scope.actor), &scope.reach, person.id).await.map(Json)
}

async fn signed(
    app: &App,
    actor: &Actor,
    reach: &Reach,
    asked: ContractSearch,
    paging: &Paging,
) -> Result<Json<Page<ContractRow>>> {
    let people = Search::new(app, reach, asked.people.clone()).await?;
    query::page(app, &Viewer::of(actor), reach, (&people, &asked), paging).await.map(Json)
}

async fn missing(
    app: &App,
    actor: &Actor,
    reach: &Reach,
    asked: UnsignedSearch,
    paging: &Paging,
) -> Result<Json<Page<UnsignedRow>>> {
    let wanted = Unsigned::new(app, reach, asked).await?;
    query::unsigned_page(app, &Viewer::of(actor), reach, &wanted, paging).await.map(Json)
}
