//! Phones, and workers who hold them.

use std::net::IpAddr;

use chrono::Utc;
use mingce::{
    entity::{phone_user, registration},
    platform::{phone::session, types::synthetic, web},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;

pub use crate::api::{
    people::support::{audit_of, somebody},
    roster::support::{Site, number_of, number_of_row},
    support::{Answer, Client, TestApp},
    vision::support::{GREY, face, grey_and, items, jpeg, send_picture},
};

/// A phone that is logged in, and whose owner's number was verified.
pub struct Phone {
    pub client: Client,
    pub user_id: Uuid,
}

pub async fn phone(app: &TestApp) -> Phone {
    phone_with(app, Some(synthetic::mobile(rand::random()).expose())).await
}

pub async fn phone_with(app: &TestApp, number: Option<&str>) -> Phone {
    let db = app.app.db.writer();
    let user = phone_user::ActiveModel {
        id: Set(Uuid::now_v7()),
        unionid: Set(None),
        account_id: Set(None),
        person_id: Set(None),
        phone: Set(number.map(str::to_owned)),
        created_at: Set(Utc::now()),
    };
    let user_id = user.insert(db).await.unwrap().id;
    let client = web::Client { ip: IpAddr::from([127, 0, 0, 1]), user_agent: "test".to_owned() };
    let (_, token) = session::open(db, user_id, None, &client).await.unwrap();
    Phone { client: app.with_bearer(&token), user_id }
}

pub async fn user_row(app: &TestApp, phone: &Phone) -> phone_user::Model {
    phone_user::Entity::find_by_id(phone.user_id).one(app.app.db.writer()).await.unwrap().unwrap()
}

pub async fn code_of(site: &Site) -> String {
    site.staff.get(&site.path("code")).await.ok()["code"].as_str().unwrap().to_owned()
}

pub fn path_of(registration: &Value, rest: &str) -> String {
    let id = registration["id"].as_str().unwrap_or_else(|| panic!("{registration}"));
    format!("/phone/registrations/{id}{rest}")
}

impl Phone {
    pub async fn photo(&self, colour: [u8; 3]) -> Value {
        send_picture(&self.client, "/phone/files", Some("photo"), &jpeg(face(300, colour))).await.ok()["id"].clone()
    }

    pub async fn begun(&self, site: &Site) -> Value {
        let form = json!({ "code": code_of(site).await, "consent_version": "2026-11" });
        self.client.post("/phone/registrations", form).await.ok()
    }

    pub async fn put(&self, registration: &Value, step: &str, form: Value) -> Answer {
        let request = self.client.request(reqwest::Method::PUT, &path_of(registration, step));
        self.client.send(request.json(&form)).await
    }

    /// The card of somebody, both sides, with their portrait.
    pub async fn card(&self, name: &str, id_number: &str, portrait: [u8; 3]) -> Value {
        json!({
            "name": name, "id_number": id_number, "ethnic": "汉族", "address": "广东省江门市蓬江区建设路 1 号",
            "id_authority": "江门市公安局", "id_valid_from": "2020-01-01", "id_valid_until": "2040-01-01",
            "id_front_file_id": self.photo(GREY).await, "id_back_file_id": self.photo(GREY).await,
            "portrait_file_id": self.photo(portrait).await,
        })
    }

    pub async fn put_face(&self, registration: &Value, colour: [u8; 3]) -> Answer {
        let form = json!({ "face_file_id": self.photo(colour).await, "source": "camera" });
        self.put(registration, "/face", form).await
    }

    /// Everything but the submission; the face is the card's.
    pub async fn filled(&self, site: &Site, name: &str, id_number: &str) -> Value {
        let begun = self.begun(site).await;
        let card = self.card(name, id_number, GREY).await;
        self.put(&begun, "/card", card).await.ok();
        self.put_face(&begun, GREY).await.ok();
        self.put(&begun, "/phone", json!({})).await.ok();
        self.put(&begun, "/work", json!({ "crew_id": site.rebar.id })).await.ok()
    }

    pub async fn submit(&self, registration: &Value) -> Answer {
        self.client.post(&path_of(registration, "/submit"), json!({})).await
    }

    pub async fn submitted(&self, site: &Site, name: &str, id_number: &str) -> Value {
        let filled = self.filled(site, name, id_number).await;
        self.submit(&filled).await.ok()
    }

    pub async fn seen(&self, registration: &Value) -> Value {
        self.client.get(&path_of(registration, "")).await.ok()
    }
}

pub async fn row_of(app: &TestApp, registration: &Value) -> registration::Model {
    let id: Uuid = registration["id"].as_str().unwrap().parse().unwrap();
    registration::Entity::find_by_id(id).one(app.app.db.writer()).await.unwrap().unwrap()
}

pub fn seen_of(registrations: &[&Value]) -> Value {
    registrations.iter().map(|one| json!({ "id": one["id"], "revision": one["revision"] })).collect()
}

pub async fn approve(client: &Client, registrations: &[&Value]) -> Answer {
    client.post("/registrations/approve", json!({ "items": seen_of(registrations) })).await
}

pub async fn refuse(client: &Client, registrations: &[&Value], reason: &str) -> Answer {
    client.post("/registrations/refuse", json!({ "items": seen_of(registrations), "reason": reason })).await
}

/// What was told to phones: kind and state, the oldest first.
pub async fn told(app: &TestApp) -> Vec<(String, Value)> {
    use mingce::entity::phone_message::{Column, Entity};
    use sea_orm::QueryOrder;
    let rows = Entity::find().order_by_asc(Column::CreatedAt).all(app.app.db.writer()).await.unwrap();
    rows.into_iter().map(|row| (row.kind, row.notice)).collect()
}
