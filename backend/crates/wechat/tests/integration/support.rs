//! A WeChat of our own, and both of our apps at it.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use wechat::{App, Cache, Error, Hosts, Http, MemoryCache, MiniProgram, OfficialAccount, OpenId, Secret, Timeouts};
use wechat_stand_in::{AppSettings, Settings, StandIn};

pub struct World {
    pub wechat: StandIn,
    pub cache: Arc<MemoryCache>,
    pub mini: MiniProgram,
    pub account: OfficialAccount,
    browser: reqwest::Client,
}

/// Machines that run tests are slow at times. What must be quick says so itself.
const PATIENT: Timeouts = Timeouts { connect: Duration::from_secs(60), whole: Duration::from_secs(60) };

pub fn app(settings: &AppSettings) -> App {
    App { id: settings.id.clone(), secret: Secret::new(&settings.secret) }
}

impl World {
    pub async fn new() -> Self {
        let settings = Settings {
            published: vec!["pages/register/index".to_owned(), "pages/login/index".to_owned()],
            templates: vec!["approved".to_owned()],
            push_milliseconds: 300,
            ..Settings::default()
        };
        let (mini, account) = (app(&settings.mini_program), app(&settings.account));
        let wechat = StandIn::start(settings).await.unwrap();
        let http = Http::new(Hosts::all(&wechat.url()), PATIENT).unwrap();
        let cache = Arc::new(MemoryCache::default());
        let mini = MiniProgram::new(http.clone(), mini, cache.clone());
        let account = OfficialAccount::new(http, account, cache.clone());
        let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { wechat, cache, mini, account, browser }
    }

    /// The mini-program with other settings, at the same WeChat.
    pub fn mini_as(&self, change: impl FnOnce(&mut App, &mut Timeouts)) -> MiniProgram {
        let mut as_it_is = app(&Settings::default().mini_program);
        let mut timeouts = PATIENT;
        change(&mut as_it_is, &mut timeouts);
        let http = Http::new(Hosts::all(&self.wechat.url()), timeouts).unwrap();
        MiniProgram::new(http, as_it_is, Arc::new(MemoryCache::default()))
    }

    async fn control(&self, method: reqwest::Method, path: &str, body: &Value) -> Value {
        let url = format!("{}/wechat/api{path}", self.wechat.url());
        let answer = self.browser.request(method, url).json(body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
        serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null)
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        self.control(reqwest::Method::POST, path, &body).await
    }

    pub async fn put(&self, path: &str, body: Value) {
        self.control(reqwest::Method::PUT, path, &body).await;
    }

    pub async fn patch(&self, path: &str, body: Value) {
        self.control(reqwest::Method::PATCH, path, &body).await;
    }

    pub async fn see(&self, path: &str) -> Value {
        self.control(reqwest::Method::GET, path, &Value::Null).await
    }

    /// An address of WeChat's own, as a browser asks for it: status, where it leads, and what it shows.
    pub async fn visit(&self, url: &str) -> (u16, Option<String>, String) {
        let answer = self.browser.get(url).send().await.unwrap();
        let location = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
        (answer.status().as_u16(), location, answer.text().await.unwrap())
    }

    pub async fn code(&self, person: &str, kind: &str) -> String {
        let answer = self.post(&format!("/people/{person}/{kind}-code"), json!({})).await;
        answer["code"].as_str().unwrap().to_owned()
    }

    pub async fn person(&self, id: &str) -> Value {
        let state = self.see("/state").await;
        state["people"].as_array().unwrap().iter().find(|person| person["id"] == id).unwrap().clone()
    }

    pub async fn openid(&self, person: &str, which: &str) -> OpenId {
        OpenId::new(self.person(person).await[which].as_str().unwrap())
    }

    pub async fn faults(&self, faults: Value) {
        self.put("/faults", faults).await;
    }

    pub async fn advance(&self, seconds: u64) {
        self.post("/clock/advance", json!({ "seconds": seconds })).await;
    }

    pub async fn token(&self, appid: &str) -> Option<Secret> {
        self.cache.get(&format!("wechat:{appid}:access_token")).await
    }
}

pub fn code_of<T: std::fmt::Debug>(answer: Result<T, Error>) -> i64 {
    let error = answer.unwrap_err();
    error.code().unwrap_or_else(|| panic!("{error}"))
}
