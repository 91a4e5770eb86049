//! The worker's phone: scan, agree, card, face, number, job, submit.

use actix_web::{get, post, put, web::Data};
use uuid::Uuid;

use crate::{
    platform::{
        App,
        phone::PhoneUser,
        web::{Created, Json, Path, Result},
    },
    site::registrations::{
        dto::{BeginForm, FaceForm, JoinView, PhoneRegistration, RegistrationCard, WithdrawForm, WorkForm},
        query, service,
    },
};

/// What a scanned code leads to, and what this phone has said there so far.
#[utoipa::path(tag = "phone", params(("code" = String, Path)), responses((status = 200, body = JoinView)))]
#[get("/phone/join/{code}")]
pub async fn join(phone: PhoneUser, code: Path<String>, app: Data<App>) -> Result<Json<JoinView>> {
    query::join(&app, phone.user.id, &code.0).await.map(Json)
}

/// Agrees to what is collected, and begins; or goes on with what was begun.
#[utoipa::path(tag = "phone", responses((status = 201, body = PhoneRegistration)))]
#[post("/phone/registrations")]
pub async fn begin(phone: PhoneUser, app: Data<App>, form: Json<BeginForm>) -> Result<Created<PhoneRegistration>> {
    let row = service::begin(&app, &phone, form.0).await?;
    query::own_view(&app, row).await.map(Created)
}

/// This phone's registrations, the newest first.
#[utoipa::path(tag = "phone", responses((status = 200, body = Vec<PhoneRegistration>)))]
#[get("/phone/registrations")]
pub async fn mine(phone: PhoneUser, app: Data<App>) -> Result<Json<Vec<PhoneRegistration>>> {
    query::mine(&app, phone.user.id).await.map(Json)
}

#[utoipa::path(tag = "phone", params(("registration_id" = Uuid, Path)), responses((status = 200, body = PhoneRegistration)))]
#[get("/phone/registrations/{registration_id}")]
pub async fn show(phone: PhoneUser, id: Path<Uuid>, app: Data<App>) -> Result<Json<PhoneRegistration>> {
    let row = query::of_phone(app.db.reader(), phone.user.id, id.0).await?;
    query::own_view(&app, row).await.map(Json)
}

/// The ID card: as far as it was read, and corrected.
#[utoipa::path(tag = "phone", params(("registration_id" = Uuid, Path)), responses((status = 200, body = PhoneRegistration)))]
#[put("/phone/registrations/{registration_id}/card")]
pub async fn put_card(
    phone: PhoneUser,
    id: Path<Uuid>,
    app: Data<App>,
    form: Json<RegistrationCard>,
) -> Result<Json<PhoneRegistration>> {
    let row = service::put_card(&app, &phone, id.0, form.0).await?;
    query::own_view(&app, row).await.map(Json)
}

/// The face: compared with the portrait on the card before it is kept.
#[utoipa::path(tag = "phone", params(("registration_id" = Uuid, Path)), responses((status = 200, body = PhoneRegistration)))]
#[put("/phone/registrations/{registration_id}/face")]
pub async fn put_face(
    phone: PhoneUser,
    id: Path<Uuid>,
    app: Data<App>,
    form: Json<FaceForm>,
) -> Result<Json<PhoneRegistration>> {
    let row = service::put_face(&app, &phone, id.0, form.0).await?;
    query::own_view(&app, row).await.map(Json)
}

/// The number that was verified for this phone.
#[utoipa::path(tag = "phone", params(("registration_id" = Uuid, Path)), responses((status = 200, body = PhoneRegistration)))]
#[put("/phone/registrations/{registration_id}/phone")]
pub async fn put_phone(phone: PhoneUser, id: Path<Uuid>, app: Data<App>) -> Result<Json<PhoneRegistration>> {
    let row = service::put_phone(&app, &phone, id.0).await?;
    query::own_view(&app, row).await.map(Json)
}

/// Crew, job, wage and wage card.
#[utoipa::path(tag = "phone", params(("registration_id" = Uuid, Path)), responses((status = 200, body = PhoneRegistration)))]
#[put("/phone/registrations/{registration_id}/work")]
pub async fn put_work(
    phone: PhoneUser,
    id: Path<Uuid>,
    app: Data<App>,
    form: Json<WorkForm>,
) -> Result<Json<PhoneRegistration>> {
    let row = service::put_work(&app, &phone, id.0, form.0).await?;
    query::own_view(&app, row).await.map(Json)
}

/// 【提交】; where the region wants no review and the face is the card's, the worker is on the roster at once.
#[utoipa::path(tag = "phone", params(("registration_id" = Uuid, Path)), responses((status = 200, body = PhoneRegistration)))]
#[post("/phone/registrations/{registration_id}/submit")]
pub async fn submit(phone: PhoneUser, id: Path<Uuid>, app: Data<App>) -> Result<Json<PhoneRegistration>> {
    let row = service::submit_by_phone(&app, &phone, id.0).await?;
    query::own_view(&app, row).await.map(Json)
}

/// Gives it up: what was said is deleted.
#[utoipa::path(tag = "phone", params(("registration_id" = Uuid, Path)), responses((status = 200, body = PhoneRegistration)))]
#[post("/phone/registrations/{registration_id}/withdraw")]
pub async fn withdraw(
    phone: PhoneUser,
    id: Path<Uuid>,
    app: Data<App>,
    form: Json<WithdrawForm>,
) -> Result<Json<PhoneRegistration>> {
    let row = query::of_phone(app.db.reader(), phone.user.id, id.0).await?;
    let reason = form.0.reason.as_ref().map(|reason| reason.as_str());
    let row = service::give_up(&app, &phone.author(), &row, reason).await?;
    query::own_view(&app, row).await.map(Json)
}
