//! Knobs: how WeChat's servers stumble, for the next so many calls of a path.

use std::time::Duration;

use actix_web::{
    Error, HttpResponse, ResponseError,
    body::{BodyStream, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::StatusCode,
    middleware::Next,
    web,
};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{refusal::refuse, state::State};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Fault {
    /// A path, or `*`.
    pub path: String,
    #[serde(default = "once")]
    pub times: u32,
    #[serde(flatten)]
    pub kind: FaultKind,
}

fn once() -> u32 {
    1
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum FaultKind {
    /// Any number of WeChat's: 45009, 45011, -1, 40001, 42001, …
    Errcode {
        code: i64,
        message: String,
    },
    /// A page for people where JSON should be, with status 200.
    Html,
    Status {
        status: u16,
    },
    /// The right answer, late.
    Slow {
        milliseconds: u64,
    },
    /// Anything else that a test has thought of.
    Answer {
        body: Value,
    },
    /// JSON that ends in the middle.
    Garbage,
    /// The connection breaks in the middle of the answer.
    Cut,
}

const HTML: &str = "<!DOCTYPE html><html><head><title>系统繁忙</title></head><body>系统繁忙，请稍后再试</body></html>";

/// Stands before everything that WeChat's servers would answer, and leaves our own pages alone.
pub(crate) async fn stumble(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let kind = match request.app_data::<web::Data<State>>() {
        Some(state) if !request.path().starts_with("/wechat/") => take(state, request.path()),
        _ => None,
    };
    let answer = match kind {
        None => None,
        Some(FaultKind::Slow { milliseconds }) => {
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            None
        }
        Some(FaultKind::Errcode { code, message }) => Some(refuse(code, message).error_response()),
        Some(FaultKind::Answer { body }) => Some(HttpResponse::Ok().json(body)),
        Some(FaultKind::Html) => Some(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(HTML)),
        Some(FaultKind::Status { status }) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
            Some(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(HTML))
        }
        Some(FaultKind::Garbage) => {
            Some(HttpResponse::Ok().content_type("application/json").body(r#"{"errcode":0,"errm"#))
        }
        Some(FaultKind::Cut) => {
            let pieces = [Ok(web::Bytes::from_static(b"{")), Err(std::io::Error::other("cut"))];
            Some(HttpResponse::Ok().content_type("application/json").body(BodyStream::new(stream::iter(pieces))))
        }
    };
    match answer {
        Some(answer) => Ok(request.into_response(answer).map_into_boxed_body()),
        None => Ok(next.call(request).await?.map_into_boxed_body()),
    }
}

fn take(state: &State, path: &str) -> Option<FaultKind> {
    let mut world = state.world();
    let fault = world.faults.iter_mut().find(|fault| fault.path == path || fault.path == "*")?;
    fault.times = fault.times.saturating_sub(1);
    let kind = fault.kind.clone();
    world.faults.retain(|fault| fault.times > 0);
    Some(kind)
}
