mod database;

use std::{borrow::Cow, collections::BTreeMap, fmt};

use actix_web::{HttpResponse, ResponseError, http::StatusCode, http::header::RETRY_AFTER};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is wrong with which field, in words for the person who filled it.
pub type Fields = BTreeMap<String, String>;

/// The one shape of every error answer.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ErrorBody {
    /// Stable, for programs.
    pub code: String,
    /// For people: what happened and what to do.
    pub message: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: Fields,
}

/// Everything a handler can answer instead of its success.
#[derive(Debug)]
pub enum Error {
    /// 400: not even readable.
    Malformed(String),
    /// 422: readable, but these fields cannot be right.
    Invalid(Fields),
    /// 401
    NotLoggedIn,
    /// 403, with a stable code.
    Forbidden(&'static str, Cow<'static, str>),
    /// 404: it is not there, or it is somebody else's.
    NotFound,
    /// 409, with a stable code: right in itself, but not as things stand.
    Conflict(&'static str, Cow<'static, str>),
    /// 412: somebody else changed the row meanwhile.
    Stale,
    /// 413
    TooLarge(Cow<'static, str>),
    /// 428: an edit must say which revision it starts from.
    RevisionMissing,
    /// 429, with the seconds to wait.
    TooMany(u64, Cow<'static, str>),
    /// 503, with a stable code and the seconds to wait, where waiting helps: this part cannot do it now.
    NotNow(&'static str, Option<u64>, Cow<'static, str>),
    /// 503: a part of the platform does not answer.
    Unavailable(String),
    /// 503: the database broke the transaction up because it stood in another's way; see `Database::transaction`.
    Collided(String),
    /// 500: our fault.
    Internal(String),
}

impl Error {
    pub fn field(name: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(Fields::from([(name.into(), message.into())]))
    }

    pub fn forbidden(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Forbidden("forbidden", message.into())
    }

    pub fn conflict(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Conflict(code, message.into())
    }

    pub fn internal(source: impl fmt::Display) -> Self {
        Self::Internal(source.to_string())
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotLoggedIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden(..) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Conflict(..) => StatusCode::CONFLICT,
            Self::Stale => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::RevisionMissing => StatusCode::PRECONDITION_REQUIRED,
            Self::TooMany(..) => StatusCode::TOO_MANY_REQUESTS,
            Self::NotNow(..) | Self::Unavailable(_) | Self::Collided(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::Invalid(_) => "invalid",
            Self::NotLoggedIn => "not_logged_in",
            Self::Forbidden(code, _) | Self::Conflict(code, _) | Self::NotNow(code, ..) => code,
            Self::NotFound => "not_found",
            Self::Stale => "stale",
            Self::TooLarge(_) => "too_large",
            Self::RevisionMissing => "revision_missing",
            Self::TooMany(..) => "too_many",
            Self::Unavailable(_) | Self::Collided(_) => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    /// The message for people. Internals stay out of it.
    pub fn message(&self) -> Cow<'_, str> {
        match self {
            Self::Malformed(message) => Cow::Borrowed(message),
            Self::Invalid(fields) => match fields.values().next() {
                Some(only) if fields.len() == 1 => Cow::Borrowed(only),
                _ => Cow::Owned(format!("有{}处填写有误，请按提示修改", fields.len())),
            },
            Self::NotLoggedIn => "请先登录".into(),
            Self::Forbidden(_, message)
            | Self::Conflict(_, message)
            | Self::TooLarge(message)
            | Self::TooMany(_, message)
            | Self::NotNow(_, _, message) => Cow::Borrowed(message),
            Self::NotFound => "没有找到该内容，可能已被删除或不在您的权限范围内".into(),
            Self::Stale => "该内容已被他人修改，请刷新后再试".into(),
            Self::RevisionMissing => "缺少版本信息，请刷新页面后再试".into(),
            Self::Unavailable(_) => "系统暂时无法处理，请稍后再试".into(),
            Self::Collided(_) => "有其他人正在办理同一批内容，请稍后再试".into(),
            Self::Internal(_) => "系统出错了，请稍后再试；如仍不行，请把页面上的请求编号告诉管理员".into(),
        }
    }

    pub fn body(&self) -> ErrorBody {
        let fields = if let Self::Invalid(fields) = self { fields.clone() } else { Fields::new() };
        ErrorBody { code: self.code().to_owned(), message: self.message().into_owned(), fields }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(source) | Self::Collided(source) | Self::Internal(source) => {
                write!(f, "{}: {source}", self.code())
            }
            _ => write!(f, "{}: {}", self.code(), self.message()),
        }
    }
}

impl std::error::Error for Error {}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Internal(source) => tracing::error!(error = %source, "a request failed"),
            Self::Unavailable(source) => tracing::warn!(error = %source, "a part of the platform does not answer"),
            Self::Collided(source) => tracing::warn!(error = %source, "a transaction stood in another's way"),
            _ => {}
        }
        let mut response = HttpResponse::build(self.status());
        if let Self::TooMany(seconds, _) | Self::NotNow(_, Some(seconds), _) = self {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        response.json(self.body())
    }
}
