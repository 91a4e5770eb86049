//! A platform of a few lines: an inbox behind a real server, and a WeChat that pushes to it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use actix_web::{App, HttpResponse, HttpServer, web};
use serde_json::{Value, json};
use wechat::{
    MemoryCache, Secret,
    push::{Cipher, Content, Event, Inbox, Query, Reply},
};
use wechat_stand_in::{Callback, Settings, StandIn, Which};

const TOKEN: &str = "push-token";
const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

/// What the platform saw, and how it is to behave.
pub struct Desk {
    inbox: Inbox,
    cache: MemoryCache,
    pub done: Mutex<Vec<Event>>,
    pub refused: Mutex<Vec<String>>,
    pub deaf: Mutex<u32>,
}

pub struct Platform {
    pub wechat: StandIn,
    pub desk: web::Data<Desk>,
    server: actix_web::dev::ServerHandle,
    http: reqwest::Client,
}

impl Drop for Platform {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

async fn receive(desk: web::Data<Desk>, query: web::Query<Query>, body: web::Bytes) -> HttpResponse {
    let deaf = {
        let mut deaf = desk.deaf.lock().unwrap();
        let is_deaf = *deaf > 0;
        *deaf = deaf.saturating_sub(1);
        is_deaf
    };
    if deaf {
        return HttpResponse::BadGateway().body("<html>502</html>");
    }
    let delivery = match desk.inbox.open(&query, &body, now()) {
        Ok(delivery) => delivery,
        Err(error) => {
            desk.refused.lock().unwrap().push(error.to_string());
            return HttpResponse::Forbidden().finish();
        }
    };
    let mut reply = Reply::Nothing;
    if delivery.is_first(&desk.cache).await {
        match &delivery.message.content {
            Content::Text(text) => reply = Reply::Text(format!("收到：{}", text.expose())),
            Content::Event(event) => desk.done.lock().unwrap().push(event.clone()),
            _ => {}
        }
    }
    HttpResponse::Ok().content_type("text/xml").body(desk.inbox.answer(&delivery, &reply, now()))
}

async fn verify(desk: web::Data<Desk>, query: web::Query<Query>) -> HttpResponse {
    match desk.inbox.verify(&query, now()) {
        Ok(word) => HttpResponse::Ok().body(word.to_owned()),
        Err(_) => HttpResponse::Forbidden().finish(),
    }
}

impl Platform {
    pub async fn new(sealed: bool) -> Self {
        let settings = Settings { push_milliseconds: 400, ..Settings::default() };
        let cipher = Cipher::new(KEY, settings.account.id.as_str()).unwrap();
        let token = Secret::new(TOKEN);
        let inbox = if sealed { Inbox::sealed(token, cipher) } else { Inbox::plain(token) };
        let desk = web::Data::from(Arc::new(Desk {
            inbox,
            cache: MemoryCache::default(),
            done: Mutex::default(),
            refused: Mutex::default(),
            deaf: Mutex::default(),
        }));
        let data = desk.clone();
        let app = move || {
            App::new()
                .app_data(data.clone())
                .route("/push", web::post().to(receive))
                .route("/push", web::get().to(verify))
        };
        let server = HttpServer::new(app).workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/push", server.addrs()[0]);
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        let callback = Callback { url, token: TOKEN.to_owned(), aes_key: sealed.then(|| KEY.to_owned()) };
        let callbacks = HashMap::from([(Which::Account, callback)]);
        let wechat = StandIn::start(Settings { callbacks, ..settings }).await.unwrap();
        Self { wechat, desk, server: handle, http: reqwest::Client::new() }
    }

    pub async fn send(&self, method: reqwest::Method, path: &str, body: Value) -> Value {
        let url = format!("{}{path}", self.wechat.url());
        let answer = self.http.request(method, url).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
        serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null)
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        self.send(reqwest::Method::POST, path, body).await
    }

    pub async fn get(&self, path: &str) -> Value {
        self.send(reqwest::Method::GET, path, Value::Null).await
    }

    pub async fn twist(&self, twist: Value) {
        self.send(reqwest::Method::PUT, "/wechat/api/twist", twist).await;
    }

    pub async fn say(&self, text: &str) {
        self.post("/wechat/api/people/wang/say", json!({ "text": text })).await;
    }

    /// Waits until so many tries of pushes are over, and gives what became of them.
    pub async fn attempts(&self, count: usize) -> Vec<String> {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
        loop {
            let answer = self.get("/wechat/api/attempts").await;
            let items = answer["items"].as_array().unwrap();
            if items.len() >= count || tokio::time::Instant::now() > deadline {
                return items.iter().map(|item| item["outcome"].as_str().unwrap().to_owned()).collect();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What stands in the chat, from above.
    pub async fn chat(&self) -> Vec<String> {
        let answer = self.get("/wechat/api/people/wang/chat").await;
        let items = answer["items"].as_array().unwrap();
        items.iter().map(|item| item["shown"]["text"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Waits until the chat has so many items.
    pub async fn chat_of(&self, count: usize) -> Vec<String> {
        for _ in 0..500 {
            let chat = self.chat().await;
            if chat.len() >= count {
                return chat;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.chat().await
    }

    /// A parametric code, scanned and followed by 王建国, which is the first push.
    pub async fn code(&self, scene: &str) -> Value {
        let settings = Settings::default().account;
        let (id, secret) = (settings.id, settings.secret);
        let body = json!({ "grant_type": "client_credential", "appid": id, "secret": secret });
        let token = self.post("/cgi-bin/stable_token", body).await["access_token"].as_str().unwrap().to_owned();
        let body = json!({ "action_name": "QR_STR_SCENE", "action_info": { "scene": { "scene_str": scene } }, "expire_seconds": 120 });
        self.post(&format!("/cgi-bin/qrcode/create?access_token={token}"), body).await
    }
}
