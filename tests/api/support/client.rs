use std::net::SocketAddr;

use reqwest::{Method, RequestBuilder, StatusCode};
use serde::Serialize;
use serde_json::Value;

/// A caller: somebody logged in, or nobody.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    address: SocketAddr,
    login: Option<Login>,
}

/// How a caller proves who it is.
#[derive(Clone)]
pub enum Login {
    Browser { token: String, csrf_token: String },
    Program { token: String },
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub bytes: Vec<u8>,
    pub json: Value,
}

impl Answer {
    /// The body of a success; anything else fails the test with what was said.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "expected success, got {} {}", self.status, self.json);
        self.json
    }

    /// Asserts a refusal's status and gives its body.
    #[track_caller]
    pub fn refused(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.json);
        self.json
    }

    /// Asserts a 422 about one field and gives what is said there.
    #[track_caller]
    pub fn field(self, name: &str) -> String {
        assert_eq!(self.status, 422, "{}", self.json);
        self.json["fields"][name].as_str().unwrap_or_else(|| panic!("no message at {name}: {}", self.json)).to_owned()
    }
}

impl Client {
    pub fn new(address: SocketAddr, login: Option<Login>) -> Self {
        mingce::platform::tls::use_ring();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        Self { http, address, login }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: impl Serialize) -> Answer {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    /// An edit that starts from a revision.
    pub async fn put(&self, path: &str, revision: &Value, body: impl Serialize) -> Answer {
        self.send(self.request(Method::PUT, path).header("if-match", format!("\"{revision}\"")).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Changes a region's rule from what it is now.
    pub async fn lay_down(&self, region: &str, key: &str, value: Value) {
        let rules = self.get(&format!("/policies?region={region}")).await.ok();
        let rule = rules.as_array().unwrap().iter().find(|rule| rule["key"] == key).unwrap();
        self.put(&format!("/policies/{region}/{key}"), &rule["revision"], serde_json::json!({ "value": value }))
            .await
            .ok();
    }

    /// A deletion that starts from a revision.
    pub async fn delete_at(&self, path: &str, revision: &Value) -> Answer {
        self.send(self.request(Method::DELETE, path).header("if-match", format!("\"{revision}\""))).await
    }

    /// The same session in the hands of a page that cannot know the CSRF token.
    pub fn without_csrf(&self) -> Self {
        let mut forger = self.clone();
        if let Some(Login::Browser { csrf_token, .. }) = &mut forger.login {
            csrf_token.clear();
        }
        forger
    }

    /// A request under /api/v1 with the caller's cookie and CSRF token, to be completed and sent.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("http://{}/api/v1{path}", self.address));
        match &self.login {
            Some(Login::Browser { token, csrf_token }) => {
                let request = request.header("cookie", format!("mingce_session={token}"));
                if csrf_token.is_empty() { request } else { request.header("x-csrf-token", csrf_token) }
            }
            Some(Login::Program { token }) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "the platform failed");
        let bytes = response.bytes().await.unwrap().to_vec();
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status: status.as_u16(), headers, bytes, json }
    }
}
