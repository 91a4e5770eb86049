//! Eyes that see colours, and pictures for them.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use image::{ImageFormat, Rgb, RgbImage};
use mingce::{
    entity::{person, person_image},
    platform::vision::Eyes,
};
use reqwest::Method;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;
use vision::{
    Card, Embedding, Error, FaceIssue, FaceReport, Field, FieldName, Measures, ModelId, ModelIds, Portrait, Quad, Rect,
    Side, Unreadable, Warning,
};

pub use crate::api::{
    people::support::{audit_of, somebody},
    support::{Answer, Client, TestApp},
};
use crate::platform::pictures::encode;

/// A face is the colour of its picture: two are as far apart as their colours, black and white by the root of three.
/// Nearly black is too dark for terminals, what is narrower than 250 too small to be judged, and what is wider than high
/// is an ID card.
pub struct Colours {
    models: ModelIds,
}

impl Default for Colours {
    fn default() -> Self {
        let id = |id: &str| ModelId { id: id.to_owned(), version: "1".to_owned() };
        Self { models: ModelIds { card: id("labels"), face: id("colours") } }
    }
}

fn decoded(picture: &Bytes) -> Result<RgbImage, Error> {
    Ok(image::load_from_memory(picture).map_err(|_| Unreadable::NotAPicture)?.into_rgb8())
}

fn colour(picture: &RgbImage) -> [f32; 3] {
    picture.get_pixel(picture.width() / 2, picture.height() / 2).0.map(f32::from)
}

fn numbers(picture: &RgbImage) -> Embedding {
    let mut values = [0.0; 128];
    for (value, channel) in values.iter_mut().zip(colour(picture)) {
        *value = channel / 255.0;
    }
    Embedding::new(values)
}

#[async_trait]
impl Eyes for Colours {
    fn models(&self) -> &ModelIds {
        &self.models
    }

    async fn read_card(&self, picture: Bytes) -> Result<Card, Error> {
        let picture = decoded(&picture)?;
        let field = |name, value: &str, sure| Field {
            name,
            value: value.to_owned(),
            confidence: if sure { 0.99 } else { 0.4 },
            sure,
            at: Quad::default(),
            cut: (!sure).then(|| b"cut".to_vec()),
            lookalikes: if sure { Vec::new() } else { vec!["冼星海".to_owned(), "洗星海".to_owned()] },
        };
        let fields = vec![
            field(FieldName::Name, "冼星海", false),
            field(FieldName::Nation, "汉", true),
            field(FieldName::Address, "广东省江门市蓬江区建设路 1 号", true),
        ];
        let is_card = picture.width() > picture.height();
        let portrait =
            Portrait { jpeg: jpeg(face(100, colour(&picture).map(|channel| channel as u8))), at: Rect::default() };
        Ok(Card {
            side: if is_card { Side::Front } else { Side::Neither },
            temporary: false,
            fields: if is_card { fields } else { Vec::new() },
            portrait: Some(portrait),
            warnings: vec![if is_card { Warning::Photocopy } else { Warning::BankCard }],
        })
    }

    async fn check_face(&self, picture: Bytes) -> Result<FaceReport, Error> {
        let picture = decoded(&picture)?;
        let (width, height) = picture.dimensions();
        if width < 250 {
            return Err(Unreadable::TooSmall { width, height }.into());
        }
        let brightness = colour(&picture).iter().sum::<f32>() / 3.0;
        let crop = jpeg(face(480, colour(&picture).map(|channel| channel as u8)));
        Ok(FaceReport {
            issues: if brightness < 30.0 { vec![FaceIssue::TooDark] } else { Vec::new() },
            at: Some(Rect { left: 10.0, top: 20.0, width: 30.0, height: 40.0 }),
            pose: None,
            measures: Measures { faces: 1, brightness, ..Measures::default() },
            crop: Some(crop.clone()),
            small: Some(crop),
            embedding: Some(numbers(&picture)),
        })
    }

    async fn embed(&self, picture: Bytes) -> Result<Option<Embedding>, Error> {
        Ok(Some(numbers(&decoded(&picture)?)))
    }
}

/// Eyes that have no time.
#[derive(Default)]
pub struct Busy(Colours);

#[async_trait]
impl Eyes for Busy {
    fn models(&self) -> &ModelIds {
        self.0.models()
    }

    async fn read_card(&self, _: Bytes) -> Result<Card, Error> {
        Err(Error::Busy { retry_after: Duration::from_secs(7) })
    }

    async fn check_face(&self, _: Bytes) -> Result<FaceReport, Error> {
        Err(Error::Expired)
    }

    async fn embed(&self, _: Bytes) -> Result<Option<Embedding>, Error> {
        Err(Error::Model("no".to_owned()))
    }
}

/// A photo of somebody of this colour: three by four.
pub fn face(width: u32, colour: [u8; 3]) -> RgbImage {
    RgbImage::from_pixel(width, width * 4 / 3, Rgb(colour))
}

pub fn jpeg(picture: RgbImage) -> Vec<u8> {
    encode(&picture.into(), ImageFormat::Jpeg)
}

/// Somebody's colour, this far from grey.
pub fn grey_and(distance: f32) -> [u8; 3] {
    [(100.0 + distance * 255.0).round() as u8, 100, 100]
}

pub const GREY: [u8; 3] = [100, 100, 100];

/// Sends a form with the fields `purpose` (if any) and `file`.
pub async fn send_picture(client: &Client, path: &str, purpose: Option<&str>, picture: &[u8]) -> Answer {
    let mut body = Vec::new();
    if let Some(purpose) = purpose {
        body.extend(
            format!("--limit\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\n{purpose}\r\n").bytes(),
        );
    }
    body.extend(b"--limit\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n");
    body.extend([picture, b"\r\n--limit--\r\n"].concat());
    let request = client.request(Method::POST, path).header("content-type", "multipart/form-data; boundary=limit");
    client.send(request.body(body)).await
}

/// Uploads a photo for a form to refer to.
pub async fn uploaded(client: &Client, colour: [u8; 3]) -> Value {
    send_picture(client, "/files", Some("photo"), &jpeg(face(300, colour))).await.ok()["id"].clone()
}

/// Registers somebody with a photo, and with the portrait of their card.
pub async fn with_face(client: &Client, region: &str, name: &str, photo: [u8; 3], portrait: Option<[u8; 3]>) -> Value {
    let mut form = json!({ "id_number": somebody(), "name": name, "ethnic": "汉族", "region_code": region });
    form["photo_file_id"] = uploaded(client, photo).await;
    if let Some(portrait) = portrait {
        form["portrait_file_id"] = uploaded(client, portrait).await;
    }
    client.post("/people", form).await.ok()
}

/// Waits until every current face and portrait has been looked at and compared.
pub async fn all_compared(app: &TestApp) {
    use mingce::entity::job::{self, JobState};
    loop {
        let waiting = job::Entity::find()
            .filter(job::Column::Kind.eq("faces.check"))
            .filter(job::Column::State.is_in([JobState::Queued, JobState::Running]))
            .one(app.app.db.reader());
        if waiting.await.unwrap().is_none() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

pub fn id_of(row: &Value) -> Uuid {
    row["id"].as_str().unwrap().parse().unwrap()
}

pub async fn person_row(app: &TestApp, id: Uuid) -> person::Model {
    person::Entity::find_by_id(id).one(app.app.db.writer()).await.unwrap().unwrap()
}

/// Somebody's pictures as rows, the oldest first.
pub async fn image_rows(app: &TestApp, person_id: Uuid) -> Vec<person_image::Model> {
    let of_person = person_image::Entity::find().filter(person_image::Column::PersonId.eq(person_id));
    of_person.order_by_asc(person_image::Column::Id).all(app.app.db.writer()).await.unwrap()
}

pub fn items(page: &Value) -> &Vec<Value> {
    page["items"].as_array().unwrap()
}

/// Decides from a revision.
pub async fn decide(client: &Client, comparison: &Value, revision: i32, body: Value) -> Answer {
    let path = format!("/face-comparisons/{}/decide", comparison["id"].as_str().unwrap());
    let request = client.request(Method::POST, &path).header("if-match", format!("\"{revision}\""));
    client.send(request.json(&body)).await
}
