//! 设备商 over HTTP.

use actix_web::{get, post, put, web::Data};
use uuid::Uuid;

use super::{
    account,
    dto::{NewVendor, Vendor, VendorEdit, VendorFilter},
    query, service,
};
use crate::platform::{
    App,
    auth::{
        Within,
        accounts::{FirstPassword, IssuedAccount},
        roles::{ManageAccounts, ManageVendors, ViewVendors},
    },
    web::{Created, IfMatch, Json, Page, PageParams, Paging, Path, Query, Result},
};

/// The vendors of the caller's region. Sorts by `name`, `code`, `created_at`.
#[utoipa::path(tag = "vendors", params(VendorFilter, PageParams), responses((status = 200, body = Page<Vendor>)))]
#[get("/vendors")]
pub async fn list(
    scope: Within<ViewVendors>,
    paging: Paging,
    filter: Query<VendorFilter>,
    app: Data<App>,
) -> Result<Json<Page<Vendor>>> {
    query::list(app.db.reader(), &scope.reach, &filter.0, &paging).await.map(Json)
}

/// 【供应商注册】, by the regulator.
#[utoipa::path(tag = "vendors", responses((status = 201, body = Vendor)))]
#[post("/vendors")]
pub async fn register(scope: Within<ManageVendors>, form: Json<NewVendor>, app: Data<App>) -> Result<Created<Vendor>> {
    let tx = app.db.begin().await?;
    let made = service::register(&tx, &scope.actor, &scope.reach, form.0).await?;
    let view = query::view(&tx, made).await?;
    tx.commit().await?;
    Ok(Created(view))
}

/// A vendor.
#[utoipa::path(tag = "vendors", params(("vendor_id" = Uuid, Path)), responses((status = 200, body = Vendor)))]
#[get("/vendors/{vendor_id}")]
pub async fn show(scope: Within<ViewVendors>, id: Path<Uuid>, app: Data<App>) -> Result<Json<Vendor>> {
    let db = app.db.reader();
    let vendor = query::find(db, &scope.reach, id.0).await?;
    query::view(db, vendor).await.map(Json)
}

/// Changes a vendor.
#[utoipa::path(
    tag = "vendors",
    params(("vendor_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Vendor))
)]
#[put("/vendors/{vendor_id}")]
pub async fn edit(
    scope: Within<ManageVendors>,
    id: Path<Uuid>,
    if_match: IfMatch,
    form: Json<VendorEdit>,
    app: Data<App>,
) -> Result<Json<Vendor>> {
    let tx = app.db.begin().await?;
    let before = query::find(&tx, &scope.reach, id.0).await?;
    let after = service::edit(&tx, &scope.actor, &scope.reach, before, if_match, form.0).await?;
    let view = query::view(&tx, after).await?;
    tx.commit().await?;
    Ok(Json(view))
}

/// 【发账号】: an account for the vendor, or a new first password for the one it has. Shown once.
#[utoipa::path(tag = "vendors", params(("vendor_id" = Uuid, Path)), responses((status = 201, body = IssuedAccount)))]
#[post("/vendors/{vendor_id}/account")]
pub async fn issue_account(
    scope: Within<ManageAccounts>,
    id: Path<Uuid>,
    app: Data<App>,
) -> Result<Created<IssuedAccount>> {
    let first = FirstPassword::make().await?;
    let tx = app.db.begin().await?;
    let vendor = query::find(&tx, &scope.reach, id.0).await?;
    let issued = account::issue(&tx, &scope.actor, &vendor, first).await?;
    tx.commit().await?;
    Ok(Created(issued))
}
