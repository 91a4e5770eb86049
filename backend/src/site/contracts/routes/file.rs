use actix_web::{post, web::Data};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    entity::contract,
    platform::{
        App,
        auth::{Permission, ProjectScope, roles::ViewContracts},
        web::{Error, Json, Path, Result},
    },
    site::contracts::{dto::ContractFile, query, service::about},
};

/// The scan, by links that expire. It shows the whole ID number, so that whoever opens it is written down; the note and
/// the links come from one transaction.
#[utoipa::path(tag = "contracts", params(("project_id" = Uuid, Path), ("contract_id" = Uuid, Path)), responses((status = 200, body = ContractFile)))]
#[post("/projects/{project_id}/contracts/{contract_id}/file")]
pub async fn open(
    scope: ProjectScope<ViewContracts>,
    path: Path<(Uuid, Uuid)>,
    app: Data<App>,
) -> Result<Json<ContractFile>> {
    let db = app.db.reader();
    let id = contract::Column::Id.eq(path.0.1);
    let contract = contract::Entity::find_in(&scope.reach).filter(id.clone()).one(db).await?.ok_or(Error::NotFound)?;
    let theirs = contract::Entity::find_whole_in(&scope.actor.reach(Permission::ViewContracts)).filter(id);
    if theirs.one(db).await?.is_none() {
        return Err(Error::forbidden("只能查看本企业人员的合同扫描件"));
    }
    let scan = query::scan(&app, &contract).await?;
    let tx = app.db.begin().await?;
    about(&tx, "contract.open", &contract, &scope.project).await?.write(&tx, &scope.actor).await?;
    tx.commit().await?;
    Ok(Json(scan))
}
