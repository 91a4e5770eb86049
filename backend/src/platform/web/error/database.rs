//! The one place where database errors become meaning.

use std::sync::Arc;

use sea_orm::{DbErr, RuntimeErr, SqlErr, sqlx};

use super::Error;
use crate::entity;

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
            _ => match Trouble::of(&error) {
                Trouble::Away => Self::Unavailable(error.to_string()),
                Trouble::Collision => Self::Collided(error.to_string()),
                Trouble::Value => Self::Malformed("内容中有无法保存的字符或超出范围的数值".to_owned()),
                Trouble::Ours => Self::Internal(error.to_string()),
            },
        }
    }
}

/// For statements that go below the entities.
impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        DbErr::Exec(RuntimeErr::SqlxError(Arc::new(error))).into()
    }
}

/// Whose fault it is that a statement failed.
#[derive(Debug, PartialEq, Eq)]
enum Trouble {
    /// The database is away or too busy.
    Away,
    /// Two transactions stood in each other's way, and this one had to go.
    Collision,
    /// A value that came from outside: a zero byte in a text, a number beyond its column.
    Value,
    /// What the database was asked makes no sense.
    Ours,
}

impl Trouble {
    fn of(error: &DbErr) -> Self {
        let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error else {
            return Self::Ours;
        };
        match &**cause {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Away,
            sqlx::Error::Database(database) => database.code().map_or(Self::Ours, |code| Self::coded(&code)),
            _ => Self::Ours,
        }
    }

    /// PostgreSQL's codes have five characters and a class in front; SQLite's are numbers.
    fn coded(code: &str) -> Self {
        match (code.len(), code.get(..2)) {
            // 08 connection, 53 resources, 57 operator intervention
            (5, Some("08" | "53" | "57")) => Self::Away,
            // 40 transaction rollback: deadlock, serialization
            (5, Some("40")) => Self::Collision,
            // 22 data exception
            (5, Some("22")) => Self::Value,
            _ => match code {
                // not null and check, which a form should have asked about first
                "23502" | "23514" | "1299" | "275" => Self::Value,
                // busy, locked
                "5" | "6" => Self::Away,
                // busy snapshot: somebody wrote between this transaction's read and its write
                "517" => Self::Collision,
                _ => Self::Ours,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_whose_fault_it_is() {
        for (code, trouble) in [
            ("08006", Trouble::Away),
            ("57P01", Trouble::Away),
            ("5", Trouble::Away),
            ("40P01", Trouble::Collision),
            ("40001", Trouble::Collision),
            ("517", Trouble::Collision),
            ("22021", Trouble::Value),
            ("23502", Trouble::Value),
            ("23514", Trouble::Value),
            ("1299", Trouble::Value),
            ("42P01", Trouble::Ours),
            ("1", Trouble::Ours),
        ] {
            assert_eq!(Trouble::coded(code), trouble, "{code}");
        }
    }
}
