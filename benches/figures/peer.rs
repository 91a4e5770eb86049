//! The peer of a read: the very statements that the program sent for it, replayed as prepared statements by pgbench on
//! PostgreSQL and by a plain loop on SQLite, over as many connections.
//!
//! PostgreSQL's log is where the statements come from. What SQLite is asked differs only in how values are written.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectOptions, ConnectionTrait, DbBackend, Statement, Value};
use uuid::Uuid;

use crate::Result;
use crate::load::{self, Latency};

/// One statement with the values it was run with, as PostgreSQL writes them.
#[derive(Clone, Debug)]
pub struct Sent {
    sql: String,
    values: Vec<Option<String>>,
}

/// The reads of a piece of PostgreSQL's log; `log_line_prefix` is `@ `.
pub fn reads(log: &str) -> Vec<Sent> {
    let mut sent: Vec<Sent> = Vec::new();
    for record in log.split("@ ") {
        if let Some(executed) = record.strip_prefix("LOG:  execute ") {
            let sql = executed.split_once(": ").map_or("", |(_, sql)| sql.trim());
            sent.push(Sent { sql: sql.to_owned(), values: Vec::new() });
        } else if let Some(details) = record.strip_prefix("DETAIL:  ")
            && let (Some((_, list)), Some(last)) = (details.split_once("arameters: "), sent.last_mut())
        {
            last.values = values(list.trim());
        }
    }
    sent.retain(|statement| statement.sql.starts_with("SELECT") || statement.sql.starts_with("WITH"));
    sent
}

/// `$1 = 'it''s', $2 = NULL`.
fn values(list: &str) -> Vec<Option<String>> {
    let mut values = Vec::new();
    let mut rest = list;
    while let Some((_, value)) = rest.split_once(" = ") {
        let Some(quoted) = value.strip_prefix('\'') else {
            values.push(None);
            rest = value;
            continue;
        };
        let mut text = String::new();
        let mut letters = quoted.char_indices().peekable();
        rest = "";
        while let Some((_, letter)) = letters.next() {
            if letter != '\'' {
                text.push(letter);
            } else if letters.next_if(|(_, next)| *next == '\'').is_some() {
                text.push('\'');
            } else {
                rest = letters.peek().map_or("", |(at, _)| &quoted[*at..]);
                break;
            }
        }
        values.push(Some(text));
    }
    values
}

/// Replays calls, each of them the statements of one call in their order.
pub async fn replay(
    url: &str,
    scratch: &Path,
    calls: &[Vec<Sent>],
    callers: usize,
    length: Duration,
) -> Result<Latency> {
    if calls.iter().any(Vec::is_empty) {
        return Err("a call sent no statement: is log_statement on?".into());
    }
    if url.starts_with("postgres") {
        pgbench(url, &scratch.join("pgbench"), calls, callers, length)
    } else {
        prepared_loop(url, calls, callers, length).await
    }
}

fn pgbench(url: &str, folder: &Path, calls: &[Vec<Sent>], callers: usize, length: Duration) -> Result<Latency> {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder)?;
    let mut command = Command::new("pgbench");
    command.args(["-n", "-M", "prepared", "-l", "-j", "2", "-c", &callers.to_string()]);
    command.args(["-T", &length.as_secs().max(1).to_string()]).current_dir(folder);
    for (index, call) in calls.iter().enumerate() {
        let file = folder.join(format!("{index}.sql"));
        std::fs::write(&file, call.iter().map(|sent| sent.literally() + ";\n").collect::<String>())?;
        command.arg("-f").arg(file);
    }
    let done = command.arg(url).output()?;
    if !done.status.success() {
        return Err(format!("pgbench: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    let mut times = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "sql") {
            continue;
        }
        // client, transaction, microseconds, …
        let text = std::fs::read_to_string(path)?;
        times.extend(text.lines().filter_map(|line| line.split(' ').nth(2)?.parse().ok()).map(Duration::from_micros));
    }
    Latency::of(times)
}

async fn prepared_loop(url: &str, calls: &[Vec<Sent>], callers: usize, length: Duration) -> Result<Latency> {
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(callers as u32).min_connections(callers as u32).sqlx_logging(false);
    let database = sea_orm::Database::connect(options).await?;
    let statements: Vec<Vec<Statement>> =
        calls.iter().map(|call| call.iter().map(Sent::for_sqlite).collect()).collect();
    for statement in statements.iter().flatten().take(20) {
        database.query_all_raw(statement.clone()).await.map_err(|error| format!("{statement}: {error}"))?;
    }
    load::closed_loop(callers, length, |n| {
        let (database, call) = (&database, &statements[n % statements.len()]);
        async move {
            for statement in call {
                database.query_all_raw(statement.clone()).await?;
            }
            Ok(())
        }
    })
    .await
}

impl Sent {
    /// With its values written into it.
    fn literally(&self) -> String {
        let mut out = String::new();
        let mut rest = self.sql.as_str();
        while let Some((before, after)) = rest.split_once('$') {
            out.push_str(before);
            let digits = after.chars().take_while(char::is_ascii_digit).count();
            let value = after[..digits].parse::<usize>().ok().and_then(|n| self.values.get(n.wrapping_sub(1)));
            match value {
                Some(Some(text)) => out.push_str(&format!("'{}'", text.replace('\'', "''"))),
                Some(None) => out.push_str("NULL"),
                None => out.push_str(&format!("${}", &after[..digits])),
            }
            rest = &after[digits..];
        }
        out.push_str(rest);
        out
    }

    fn for_sqlite(&self) -> Statement {
        let values = self.values.iter().map(|value| value.as_deref().map_or(Value::String(None), sqlite_value));
        Statement::from_sql_and_values(DbBackend::Sqlite, plain_unions(&self.sql), values)
    }
}

/// `a UNION ALL (b)` becomes `a UNION ALL b`: SQLite has no other way to say it.
fn plain_unions(sql: &str) -> String {
    const UNION: &str = "UNION ALL (";
    let Some((before, inside)) = sql.split_once(UNION) else { return sql.to_owned() };
    let mut depth = 1;
    let end = inside.char_indices().find_map(|(at, letter)| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        (depth == 0).then_some(at)
    });
    let (member, after) = inside.split_at(end.unwrap_or(inside.len()));
    let after = after.strip_prefix(')').unwrap_or(after);
    format!("{before}UNION ALL {member}{}", plain_unions(after))
}

/// A value as the program would bind it on SQLite.
fn sqlite_value(text: &str) -> Value {
    if let Ok(id) = text.parse::<Uuid>() {
        id.into()
    } else if let Ok(number) = text.parse::<i64>() {
        number.into()
    } else if let Ok(day) = text.parse::<NaiveDate>() {
        day.into()
    } else if let Ok(instant) = DateTime::parse_from_str(&format!("{text}00"), "%Y-%m-%d %H:%M:%S%.f%z") {
        instant.with_timezone(&Utc).into()
    } else if matches!(text, "t" | "f") {
        (text == "t").into()
    } else {
        text.into()
    }
}
