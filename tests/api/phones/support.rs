//! A platform with a WeChat, and people who hold a phone there.

use std::time::Duration;

use mingce::{
    entity::phone_user,
    platform::{config::StandInUse, phone::session, web::Client as From},
};
use reqwest::Method;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::support::{Answer, Client, Kind, TestApp};

/// One story with a WeChat, told on SQLite and on PostgreSQL.
macro_rules! wechat_story {
    (async fn $name:ident($app:ident: &TestApp, $wechat:ident: &WeChat) $body:block) => {
        mod $name {
            #[expect(clippy::allow_attributes, reason = "not every story names something of its file")]
            #[allow(unused_imports)]
            use super::*;

            async fn story($app: &$crate::api::support::TestApp, $wechat: &$crate::api::phones::support::WeChat) $body

            #[actix_web::test]
            async fn on_sqlite() {
                let (app, wechat) = $crate::api::phones::support::start($crate::api::support::Kind::Sqlite).await;
                story(&app, &wechat).await;
                app.stop().await;
            }

            #[actix_web::test]
            async fn on_postgres() {
                let (app, wechat) = $crate::api::phones::support::start($crate::api::support::Kind::Postgres).await;
                story(&app, &wechat).await;
                app.stop().await;
            }
        }
    };
}

pub async fn start(kind: Kind) -> (TestApp, WeChat) {
    let app = TestApp::start_with(kind, |config| config.wechat.stand_in = StandInUse::On).await;
    let url = app.app.wechat.as_ref().unwrap().stand_in_url.clone().unwrap();
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    (app, WeChat { url, http })
}

/// What plays WeChat's part, seen by who turns its knobs.
pub struct WeChat {
    pub url: String,
    pub http: reqwest::Client,
}

impl WeChat {
    pub async fn send(&self, method: Method, path: &str, body: Value) -> Value {
        let url = format!("{}/wechat/api{path}", self.url);
        let answer = self.http.request(method, url).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
        serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null)
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        self.send(Method::POST, path, body).await
    }

    pub async fn get(&self, path: &str) -> Value {
        self.send(Method::GET, path, Value::Null).await
    }

    /// What `wx.login` gives.
    pub async fn login_code(&self, person: &str) -> String {
        text(&self.post(&format!("/people/{person}/login-code"), json!({})).await["code"])
    }

    pub async fn phone_code(&self, person: &str) -> String {
        text(&self.post(&format!("/people/{person}/phone-code"), json!({})).await["code"])
    }

    /// What the phone does with a code on a screen.
    pub async fn scan_picture(&self, person: &str, picture: &str) -> Value {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let (_, data) = picture.split_once(";base64,").unwrap();
        let url = format!("{}/wechat/api/decode", self.url);
        let found = self.http.post(url).body(STANDARD.decode(data).unwrap()).send().await.unwrap();
        let found: Value = serde_json::from_str(&found.text().await.unwrap()).unwrap();
        let content = text(&found["found"][0]);
        self.post(&format!("/people/{person}/scan"), json!({ "content": content })).await
    }

    /// Waits until so many tries of pushes are over; gives what became of them.
    pub async fn attempts(&self, count: usize) -> Vec<Value> {
        self.until(|| async {
            let all = self.get("/attempts").await["items"].as_array().unwrap().clone();
            (all.len() >= count).then_some(all)
        })
        .await
    }

    /// What stands in somebody's chat, once there are so many.
    pub async fn chat(&self, person: &str, count: usize) -> Vec<Value> {
        self.until(|| async {
            let all = self.get(&format!("/people/{person}/chat")).await["items"].as_array().unwrap().clone();
            (all.len() >= count).then_some(all)
        })
        .await
    }

    pub async fn until<T, F: Future<Output = Option<T>>>(&self, look: impl Fn() -> F) -> T {
        for _ in 0..500 {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("it did not come to that in ten seconds")
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

impl TestApp {
    /// The phone of one of the made-up people, logged in through the mini-program.
    pub async fn phone(&self, wechat: &WeChat, person: &str) -> Client {
        let code = wechat.login_code(person).await;
        let opened = self.nobody().post("/phone/session", json!({ "code": code, "app": "mini_program" })).await.ok();
        self.with_bearer(opened["token"].as_str().unwrap())
    }

    /// A phone that is logged in, without any WeChat: for stories about what is done with it.
    pub async fn phone_row(&self, change: impl FnOnce(&mut phone_user::ActiveModel)) -> (Client, phone_user::Model) {
        let mut row = phone_user::ActiveModel {
            id: Set(Uuid::now_v7()),
            unionid: Set(None),
            account_id: Set(None),
            person_id: Set(None),
            phone: Set(None),
            created_at: Set(chrono::Utc::now()),
        };
        change(&mut row);
        let db = self.app.db.writer();
        let user = row.insert(db).await.unwrap();
        let from = From { ip: [127, 0, 0, 1].into(), user_agent: "test".to_owned() };
        let (_, token) = session::open(db, user.id, None, &from).await.unwrap();
        (self.with_bearer(&token), user)
    }

    pub async fn phone_users(&self) -> Vec<phone_user::Model> {
        phone_user::Entity::find().all(self.app.db.writer()).await.unwrap()
    }

    /// The last code that was sent to a number.
    pub fn sms_code(&self, phone: &str) -> String {
        let messages = self.app.sms.kept().unwrap().messages();
        messages.into_iter().find(|message| message.phone == phone).unwrap().code
    }

    /// A page beside the API.
    pub async fn page(&self, path: &str, cookie: &str) -> Answer {
        let url = format!("http://{}{path}", self.address);
        let stranger = self.nobody();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        stranger.send(http.get(url).header("cookie", cookie)).await
    }
}
