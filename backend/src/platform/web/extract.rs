use std::{pin::Pin, time::Duration};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    dev::Payload,
    http::header::CONTENT_TYPE,
    web::{self, Bytes},
};
use futures_util::StreamExt;
use serde::{Serialize, de::DeserializeOwned};
use tokio::time::timeout;

use super::{Error, Result, deadline, gate};
use crate::platform::App;

/// How many bytes beyond a limit are still waited for before the answer.
const LISTENED_TO: usize = 32 * 1024 * 1024;

/// A JSON body in or out. Going in, a value type's own message lands at the field it belongs to.
#[derive(Debug)]
pub struct Json<T>(pub T);

/// A JSON body in that holds pictures: as large as an upload may be. Only behind an extractor that knows the caller.
#[derive(Debug)]
pub struct LargeJson<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limit = req.app_data::<web::Data<App>>().map_or(65_536, |app| app.config.server.json_limit);
        let body = read_json(req, payload, limit);
        Box::pin(async move { body.await.map(Self) })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for LargeJson<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limit = req.app_data::<web::Data<App>>().map_or(65_536, |app| app.config.server.upload_limit);
        let body = read_json(req, payload, limit);
        Box::pin(async move { body.await.map(Self) })
    }
}

fn read_json<T: DeserializeOwned>(
    req: &HttpRequest,
    payload: &mut Payload,
    limit: usize,
) -> impl Future<Output = Result<T>> + use<T> {
    let content_type = req.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let is_json = content_type.is_some_and(|v| v.starts_with("application/json"));
    let (req, payload) = (req.clone(), payload.take());
    async move {
        gate::opened(&req).await;
        if !is_json {
            return Err(Error::Malformed("请求内容须为 JSON（Content-Type: application/json）".to_owned()));
        }
        let body = read_limited(payload, limit).await?;
        let mut json = serde_json::Deserializer::from_slice(&body);
        serde_path_to_error::deserialize(&mut json).map_err(at_field)
    }
}

/// One of many values in a body, each of which may be wrong by itself.
pub fn from_value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T> {
    serde_path_to_error::deserialize(value).map_err(at_field)
}

/// Reads a body up to a limit, without trusting its announced length or waiting for ever.
pub(super) async fn read_limited(payload: Payload, limit: usize) -> Result<Bytes> {
    read_within(deadline::arrival(limit), payload, limit).await
}

async fn read_within(patience: Duration, payload: Payload, limit: usize) -> Result<Bytes> {
    timeout(patience, read_all(payload, limit))
        .await
        .unwrap_or_else(|_| Err(Error::Malformed("请求内容迟迟没有完整到达，请检查网络后重试".to_owned())))
}

async fn read_all(mut payload: Payload, limit: usize) -> Result<Bytes> {
    let mut body = web::BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| Error::Malformed(format!("请求内容没有完整到达：{error}")))?;
        if body.len() + chunk.len() > limit {
            let_finish(payload).await;
            return Err(Error::TooLarge(format!("请求内容超过 {} KB 的上限", limit / 1024).into()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Lets somebody finish who has said too much: many listen only after they have spoken, and would take a connection
/// that is closed meanwhile for a failure of the network. Not for ever, and nothing of it is kept.
async fn let_finish(mut payload: Payload) {
    let mut left = LISTENED_TO;
    while left > 0
        && let Some(Ok(chunk)) = payload.next().await
    {
        left = left.saturating_sub(chunk.len());
    }
}

fn at_field(error: serde_path_to_error::Error<serde_json::Error>) -> Error {
    let path = error.path().to_string();
    let source = error.into_inner();
    if source.is_syntax() || source.is_eof() || source.is_io() {
        return Error::Malformed("请求内容不是完整的 JSON".to_owned());
    }
    // serde_json puts " at line 1 column 2" behind every message; nobody at a form needs that.
    let text = source.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    invalid(path, text)
}

/// serde's own English becomes a sentence; a value type's message is one already.
fn invalid(path: String, text: &str) -> Error {
    if let Some(field) = text.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        let path = if path == "." { field.to_owned() } else { format!("{path}.{field}") };
        return Error::field(path, "此项必填");
    }
    if let Some(field) = text.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
        return Error::field(field, "没有这一项");
    }
    let is_serde_s = text.is_ascii() || text.starts_with("invalid ") || text.starts_with("unknown ");
    let message = if is_serde_s { "填写的内容格式不正确" } else { text };
    Error::field(path, message)
}

impl<T: Serialize> Responder for Json<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse<BoxBody> {
        HttpResponse::Ok().json(self.0)
    }
}

/// The row a creating call made: 201.
#[derive(Debug)]
pub struct Created<T>(pub T);

impl<T: Serialize> Responder for Created<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse<BoxBody> {
        HttpResponse::Created().json(self.0)
    }
}

/// What was asked for goes on after the answer: 202.
#[derive(Debug)]
pub struct Accepted<T>(pub T);

impl<T: Serialize> Responder for Accepted<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse<BoxBody> {
        HttpResponse::Accepted().json(self.0)
    }
}

/// Done, and there is nothing to show: 204.
#[derive(Debug)]
pub struct NoContent;

impl Responder for NoContent {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse<BoxBody> {
        HttpResponse::NoContent().finish()
    }
}

/// Query parameters, with the same field messages as a body. A blank parameter counts as absent.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Query<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            // A mistake in the question is not told to somebody who may not ask it.
            gate::opened(&req).await;
            parse_query(req.query_string()).map(Self)
        })
    }
}

pub(super) fn parse_query<T: DeserializeOwned>(query: &str) -> Result<T> {
    let filled: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.ends_with('=')).collect();
    let filled = filled.join("&");
    let parser = serde_urlencoded::Deserializer::new(form_urlencoded::parse(filled.as_bytes()));
    serde_path_to_error::deserialize(parser).map_err(|error| {
        let path = error.path().to_string();
        invalid(path, &error.into_inner().to_string())
    })
}

/// A path parameter. What cannot be parsed names nothing: 404.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Path<T> {
    type Error = Error;
    type Future = std::future::Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parsed = web::Path::<T>::from_request(req, payload).into_inner();
        std::future::ready(parsed.map(|path| Self(path.into_inner())).map_err(|_| Error::NotFound))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::error::PayloadError;
    use futures_util::stream;

    use super::*;

    #[actix_web::test]
    async fn a_body_that_stops_arriving_is_given_up() {
        let first = stream::iter([Ok::<_, PayloadError>(Bytes::from_static(b"{"))]);
        let stuck = Payload::Stream { payload: first.chain(stream::pending()).boxed_local() };
        let read = read_within(Duration::from_millis(50), stuck, 1024).await;
        assert!(matches!(read, Err(Error::Malformed(message)) if message.contains("迟迟没有")));
    }
}
