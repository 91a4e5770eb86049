//! Short words for what every step says.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub(crate) use sea_orm_migration::schema::big_integer_null;
pub(crate) use sea_orm_migration::schema::{
    big_integer, blob, boolean, date, date_null, double_null, integer, json_binary, json_binary_null, pk_uuid, text,
    text_null, timestamp_with_time_zone as instant, timestamp_with_time_zone_null as instant_null, uuid, uuid_null,
};

pub(crate) fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).to_owned()
}

/// A foreign key to `id` of another table. It has a name, so that a violation can be told to a person.
pub(crate) fn references(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{from}_{column}")).from(from, column).to(to, "id").to_owned()
}

pub(crate) fn key(columns: &[&'static str]) -> IndexCreateStatement {
    let mut key = Index::create();
    for column in columns {
        key.col(*column);
    }
    key
}

pub(crate) fn is_postgres(manager: &SchemaManager) -> bool {
    manager.get_database_backend() == DbBackend::Postgres
}

/// Runs statements that both databases understand.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

pub(crate) async fn create(manager: &SchemaManager<'_>, tables: Vec<TableCreateStatement>) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    Ok(())
}

/// PostgreSQL keeps a large table in partitions by time, so that old ones can be moved away whole. The default
/// partition takes what no partition has been made for; a nightly job makes the coming ones.
pub(crate) async fn create_partitioned(
    manager: &SchemaManager<'_>,
    name: &str,
    table: TableCreateStatement,
    by: &str,
) -> Result<(), DbErr> {
    if !is_postgres(manager) {
        return manager.create_table(table).await;
    }
    let sql = table.to_string(PostgresQueryBuilder);
    let default = format!("CREATE TABLE {name}_default PARTITION OF {name} DEFAULT");
    run(manager, &[&format!("{sql} PARTITION BY RANGE ({by})"), &default]).await
}

pub(crate) async fn drop(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for table in tables {
        manager.drop_table(Table::drop().table(*table).to_owned()).await?;
    }
    Ok(())
}

/// A source of numbers for terminals and people: a sequence on PostgreSQL, a row of `counter` on SQLite.
pub(crate) async fn create_counter(manager: &SchemaManager<'_>, name: &str, start: i64) -> Result<(), DbErr> {
    let statement = if is_postgres(manager) {
        format!("CREATE SEQUENCE {name} START {start}")
    } else {
        format!("INSERT INTO counter (name, value) VALUES ('{name}', {})", start - 1)
    };
    run(manager, &[&statement]).await
}

pub(crate) async fn drop_counter(manager: &SchemaManager<'_>, name: &str) -> Result<(), DbErr> {
    let statement = if is_postgres(manager) {
        format!("DROP SEQUENCE {name}")
    } else {
        format!("DELETE FROM counter WHERE name = '{name}'")
    };
    run(manager, &[&statement]).await
}
