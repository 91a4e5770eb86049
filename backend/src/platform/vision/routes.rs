use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::{get, post, web::Data};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    card::{self, CardReading},
    eyes,
    face::{self, FaceReading},
};
use crate::platform::{
    App,
    auth::{Actor, Within, roles::EditPeople},
    files::{Owner, form},
    phone::PhoneUser,
    web::{Json, Result, limit},
};

const MINUTE: Duration = Duration::from_secs(60);
/// Nobody registers people faster by hand.
const A_MINUTE: u64 = 30;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// A phone has two sides of a card and a face to show, and trembling hands.
const A_MINUTE_BY_PHONE: u64 = 15;
const A_DAY_BY_PHONE: u64 = 200;
const TOO_OFTEN: &str = "识别次数过多，请一分钟后再试";

/// Whether pictures are read here, and by which networks.
#[derive(Debug, Serialize, ToSchema)]
pub struct VisionSettings {
    pub available: bool,
    /// Who reads cards, with its version.
    pub card_model: Option<String>,
    /// Whose numbers faces are compared by.
    pub face_model: Option<String>,
}

/// A picture, for the API document.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `form::read_only_file` reads")]
pub struct PictureForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Whether ID cards are read and faces checked here.
#[utoipa::path(tag = "vision", responses((status = 200, body = VisionSettings)))]
#[get("/vision")]
pub async fn show(_actor: Actor, app: Data<App>) -> Json<VisionSettings> {
    let models = app.eyes.as_ref().map(|eyes| eyes.models());
    Json(VisionSettings {
        available: models.is_some(),
        card_model: models.map(|models| models.card.to_string()),
        face_model: models.map(|models| models.face.to_string()),
    })
}

/// What stands on a photographed ID card: either side, or both in one picture. The pictures in the answer wait for a
/// registration to refer to them; what none refers to is gone within a day.
#[utoipa::path(
    tag = "vision",
    request_body(content = PictureForm, content_type = "multipart/form-data"),
    responses((status = 200, body = CardReading))
)]
#[post("/vision/id-card")]
pub async fn read_card(within: Within<EditPeople>, app: Data<App>, form: Multipart) -> Result<Json<CardReading>> {
    let account_id = within.actor.account.id;
    let eyes = eyes(&app)?;
    brake(&app, account_id).await?;
    let (name, picture) = form::read_only_file(&app.files, form).await?;
    let card = eyes.read_card(picture.clone()).await?;
    card::keep(&app, Owner::Account(account_id), name, picture, card, &eyes.models().card).await.map(Json)
}

/// Whether a photo shows one face as terminals need it, and if not, why. A good one is answered with a picture cut to
/// what terminals take, to which a registration may refer.
#[utoipa::path(
    tag = "vision",
    request_body(content = PictureForm, content_type = "multipart/form-data"),
    responses((status = 200, body = FaceReading))
)]
#[post("/vision/face")]
pub async fn check_face(within: Within<EditPeople>, app: Data<App>, form: Multipart) -> Result<Json<FaceReading>> {
    let account_id = within.actor.account.id;
    let eyes = eyes(&app)?;
    brake(&app, account_id).await?;
    let (_, picture) = form::read_only_file(&app.files, form).await?;
    let report = eyes.check_face(picture).await?;
    face::keep(&app, Owner::Account(account_id), report, &eyes.models().face).await.map(Json)
}

/// The same for a worker's own phone.
#[utoipa::path(
    tag = "phone",
    request_body(content = PictureForm, content_type = "multipart/form-data"),
    responses((status = 200, body = CardReading))
)]
#[post("/phone/vision/id-card")]
pub async fn read_card_by_phone(phone: PhoneUser, app: Data<App>, form: Multipart) -> Result<Json<CardReading>> {
    let eyes = eyes(&app)?;
    brake_phone(&app, phone.user.id).await?;
    let (name, picture) = form::read_only_file(&app.files, form).await?;
    let card = eyes.read_card(picture.clone()).await?;
    card::keep(&app, Owner::Phone(phone.user.id), name, picture, card, &eyes.models().card).await.map(Json)
}

/// The same for a worker's own phone.
#[utoipa::path(
    tag = "phone",
    request_body(content = PictureForm, content_type = "multipart/form-data"),
    responses((status = 200, body = FaceReading))
)]
#[post("/phone/vision/face")]
pub async fn check_face_by_phone(phone: PhoneUser, app: Data<App>, form: Multipart) -> Result<Json<FaceReading>> {
    let eyes = eyes(&app)?;
    brake_phone(&app, phone.user.id).await?;
    let (_, picture) = form::read_only_file(&app.files, form).await?;
    let report = eyes.check_face(picture).await?;
    face::keep(&app, Owner::Phone(phone.user.id), report, &eyes.models().face).await.map(Json)
}

async fn brake(app: &App, account_id: Uuid) -> Result<()> {
    limit(&app.cache, &format!("vision:{account_id}"), A_MINUTE, MINUTE, TOO_OFTEN).await
}

async fn brake_phone(app: &App, user_id: Uuid) -> Result<()> {
    limit(&app.cache, &format!("vision:phone:{user_id}"), A_MINUTE_BY_PHONE, MINUTE, TOO_OFTEN).await?;
    let message = "今天识别次数过多，请明天再试，或到项目部当面登记";
    limit(&app.cache, &format!("vision:phone:day:{user_id}"), A_DAY_BY_PHONE, DAY, message).await
}
