//! How WeChat says no: with status 200.

use std::fmt;

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde_json::json;

/// A number and WeChat's English for it.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub code: i64,
    pub message: String,
}

pub(crate) fn refuse(code: i64, message: impl Into<String>) -> Refusal {
    Refusal { code, message: message.into() }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        StatusCode::OK
    }

    fn error_response(&self) -> HttpResponse {
        let piece = || format!("{:08x}", rand::random::<u32>());
        let message = format!("{}, rid: {}-{}-{}", self.message, piece(), piece(), piece());
        HttpResponse::Ok().json(json!({ "errcode": self.code, "errmsg": message }))
    }
}
