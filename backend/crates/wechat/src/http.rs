//! One request and its answer, whatever it is about.

use std::time::Duration;

use reqwest::{
    Url,
    header::{CONTENT_TYPE, HeaderValue},
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{Error, Hosts, Result, Timeouts};

/// A code's picture at 1280 pixels has some hundred kilobytes; nothing else comes near.
const LARGEST_ANSWER: usize = 4 * 1024 * 1024;

/// The connections to WeChat, shared by all apps of a process.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    hosts: Hosts,
}

impl Http {
    pub fn new(hosts: Hosts, timeouts: Timeouts) -> Result<Self> {
        // Whoever installs a provider first wins; without any, building a client would panic.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = reqwest::Client::builder()
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.whole)
            .pool_idle_timeout(Duration::from_secs(60))
            // Our secret is in the query: it goes where it was meant to go, and nowhere else.
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("mingce/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Error::Unreachable { call: "setup", reason: error.to_string() })?;
        Ok(Self { client, hosts })
    }

    pub fn hosts(&self) -> &Hosts {
        &self.hosts
    }

    pub(crate) async fn send(&self, request: &Request<'_>, token: Option<&str>) -> Result<Answer> {
        let call = request.call;
        let mut url = Url::parse(&format!("{}{}", self.hosts.api, request.path))
            .map_err(|_| Error::Unreachable { call, reason: "the base address is not an address".to_owned() })?;
        {
            let mut pairs = url.query_pairs_mut();
            pairs.extend_pairs(token.map(|token| ("access_token", token)));
            pairs.extend_pairs(&request.query);
        }
        let building = match &request.body {
            Body::None => self.client.get(url),
            Body::Json(text) => self.client.post(url).header(CONTENT_TYPE, "application/json").body(text.clone()),
            Body::File { boundary, bytes } => {
                let kind = format!("multipart/form-data; boundary={boundary}");
                self.client.post(url).header(CONTENT_TYPE, kind).body(bytes.clone())
            }
        };
        let failed = |error: reqwest::Error| failure(call, error);
        let mut response = building.send().await.map_err(failed)?;
        let status = response.status();
        if !status.is_success() {
            return Err(Error::Status { call, status: status.as_u16() });
        }
        let kind = response.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        let content_type = String::from_utf8_lossy(kind).into_owned();
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(failed)? {
            if body.len() + piece.len() > LARGEST_ANSWER {
                return Err(Error::unreadable(call, "it is too large"));
            }
            body.extend_from_slice(&piece);
        }
        Answer { call, content_type, body }.accepted()
    }
}

/// reqwest's errors repeat the address, and the address has our secret in it.
fn failure(call: &'static str, error: reqwest::Error) -> Error {
    if error.is_timeout() {
        return Error::Timeout { call };
    }
    let error = error.without_url();
    let reason =
        std::error::Error::source(&error).map_or_else(|| error.to_string(), |source| format!("{error}: {source}"));
    Error::Unreachable { call, reason }
}

pub(crate) struct Request<'a> {
    /// Its name in WeChat's documents, for the log.
    pub call: &'static str,
    pub path: &'static str,
    pub query: Vec<(&'static str, &'a str)>,
    pub body: Body,
}

pub(crate) enum Body {
    None,
    Json(Vec<u8>),
    File { boundary: String, bytes: Vec<u8> },
}

impl<'a> Request<'a> {
    pub fn get(call: &'static str, path: &'static str, query: Vec<(&'static str, &'a str)>) -> Self {
        Self { call, path, query, body: Body::None }
    }

    pub fn post(call: &'static str, path: &'static str, body: &impl serde::Serialize) -> Result<Self> {
        let text = serde_json::to_vec(body).map_err(|error| Error::unreadable(call, error.to_string()))?;
        Ok(Self { call, path, query: Vec::new(), body: Body::Json(text) })
    }

    /// One file as a form, which is all that WeChat takes this way.
    pub fn upload(call: &'static str, path: &'static str, field: &str, file: &[u8]) -> Self {
        let boundary = format!("{:032x}", rand::random::<u128>());
        let mut bytes = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"picture.jpg\"\r\n\
             Content-Type: image/jpeg\r\n\r\n"
        )
        .into_bytes();
        bytes.extend_from_slice(file);
        bytes.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        Self { call, path, query: Vec::new(), body: Body::File { boundary, bytes } }
    }
}

pub(crate) struct Answer {
    call: &'static str,
    content_type: String,
    body: Vec<u8>,
}

#[derive(Deserialize)]
struct Verdict {
    #[serde(default)]
    errcode: i64,
    #[serde(default)]
    errmsg: String,
}

impl Answer {
    /// WeChat says no with status 200, and sometimes where a picture was expected.
    fn accepted(self) -> Result<Self> {
        if self.is_json()
            && let Ok(Verdict { errcode, errmsg }) = serde_json::from_slice(&self.body)
            && errcode != 0
        {
            return Err(Error::refused(self.call, errcode, &errmsg));
        }
        Ok(self)
    }

    fn is_json(&self) -> bool {
        self.body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
    }

    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        if !self.is_json() {
            return Err(Error::unreadable(self.call, format!("it is {:.60}, not JSON", self.content_type)));
        }
        // serde's message may quote a value: only where it happened is told.
        serde_json::from_slice(&self.body)
            .map_err(|error| Error::unreadable(self.call, format!("unexpected JSON at column {}", error.column())))
    }

    /// A picture, as its content type and its first byte say.
    pub fn picture(self) -> Result<Vec<u8>> {
        if self.is_json() || self.body.is_empty() || !self.content_type.starts_with("image/") {
            return Err(Error::unreadable(self.call, format!("it is {:.60}, not a picture", self.content_type)));
        }
        Ok(self.body)
    }

    /// For calls whose answer says nothing but that it worked.
    pub fn done(&self) -> Result<()> {
        self.json::<Verdict>().map(drop)
    }
}
