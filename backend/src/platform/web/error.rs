use std::{borrow::Cow, collections::BTreeMap, fmt, sync::Arc};

use actix_web::{HttpResponse, ResponseError, http::StatusCode, http::header::RETRY_AFTER};
use sea_orm::{DbErr, RuntimeErr, SqlErr, sqlx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::entity;

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
    /// 503: a part of the platform does not answer.
    Unavailable(String),
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
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::Invalid(_) => "invalid",
            Self::NotLoggedIn => "not_logged_in",
            Self::Forbidden(code, _) | Self::Conflict(code, _) => code,
            Self::NotFound => "not_found",
            Self::Stale => "stale",
            Self::TooLarge(_) => "too_large",
            Self::RevisionMissing => "revision_missing",
            Self::TooMany(..) => "too_many",
            Self::Unavailable(_) => "unavailable",
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
            | Self::TooMany(_, message) => Cow::Borrowed(message),
            Self::NotFound => "没有找到该内容，可能已被删除或不在您的权限范围内".into(),
            Self::Stale => "该内容已被他人修改，请刷新后再试".into(),
            Self::RevisionMissing => "缺少版本信息，请刷新页面后再试".into(),
            Self::Unavailable(_) => "系统暂时无法处理，请稍后再试".into(),
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
            Self::Unavailable(source) | Self::Internal(source) => write!(f, "{}: {source}", self.code()),
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
            _ => {}
        }
        let mut response = HttpResponse::build(self.status());
        if let Self::TooMany(seconds, _) = self {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        response.json(self.body())
    }
}

/// The one place where database errors become meaning.
impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::RecordNotFound(_) => return Self::NotFound,
            // An update by id and revision that met no row: the revision has moved on.
            DbErr::RecordNotUpdated => return Self::Stale,
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => return Self::Unavailable(error.to_string()),
            _ => {}
        }
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(message)) => match entity::meaning_of(&message) {
                Some((field, meaning)) => Self::field(field, meaning),
                None => Self::conflict("duplicate", "相同的记录已存在"),
            },
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => {
                Self::conflict("in_use", "该记录正被其他内容引用或所引用的内容不存在")
            }
            _ if is_outage(&error) => Self::Unavailable(error.to_string()),
            _ if is_unstorable(&error) => Self::Malformed("内容中有无法保存的字符或超出范围的数值".to_owned()),
            _ => Self::Internal(error.to_string()),
        }
    }
}

/// For statements that go below the entities.
impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        DbErr::Exec(RuntimeErr::SqlxError(Arc::new(error))).into()
    }
}

/// PostgreSQL's class 22, data exceptions: a zero byte in a text, a number beyond its column. The value came from outside.
fn is_unstorable(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error else {
        return false;
    };
    matches!(&**cause, sqlx::Error::Database(database) if database.code().is_some_and(|code| code.len() == 5 && code.starts_with("22")))
}

/// Whether the database is away or too busy, as opposed to disliking what it was asked.
fn is_outage(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error else {
        return false;
    };
    match &**cause {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        // 08 connection, 53 resources, 57 operator intervention; 5 and 6 are SQLite's busy and locked.
        sqlx::Error::Database(database) => database.code().is_some_and(|code| {
            code == "5"
                || code == "6"
                || ["08", "53", "57"].iter().any(|class| code.len() == 5 && code.starts_with(class))
        }),
        _ => false,
    }
}
