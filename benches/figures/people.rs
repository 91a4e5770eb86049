//! A million people (or MINGCE_BENCH_PEOPLE) and two large rosters, written in bulk: made-up names and made-up, valid ID numbers.

use std::fmt::Write as _;
use std::time::Instant;

use chrono::{DateTime, Days, NaiveDate, Utc};
use mingce::platform::crypto::Keyring;
use mingce::platform::database::Database;
use mingce::platform::types::{IdNumber, Sex, synthetic};
use sea_orm::{ConnectionTrait, Statement, Value};
use uuid::Uuid;

use crate::Result;

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗";
const FIRST: &str = "建国志明永军小海春秋文武德仁世安家立光祖金玉万宝天大兴长";
const SECOND: &str = "华强军平伟峰林波涛龙辉斌勇杰成刚民山川东生贵福才旺根水木火土金石田";

/// The made-up person with this number; the same every time.
pub struct Person {
    pub id: Uuid,
    pub name: String,
    pub id_number: IdNumber,
    pub born_on: NaiveDate,
}

impl Person {
    pub fn numbered(n: usize) -> Self {
        let born_on = NaiveDate::from_ymd_opt(1968, 1, 1).unwrap_or_default() + Days::new((n % 12_000) as u64);
        Self {
            id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | n as u128),
            name: name(n),
            id_number: synthetic::id_number((n / 12_000) as u64, born_on, Sex::Male),
            born_on,
        }
    }
}

fn name(n: usize) -> String {
    // Multiplied by a prime, so that neighbours do not share a name.
    let mixed = n.wrapping_mul(2_654_435_761) >> 7;
    let pick = |from: &str, at: usize| from.chars().nth(at % from.chars().count()).unwrap_or('一');
    [pick(SURNAMES, mixed), pick(FIRST, mixed / 20), pick(SECOND, mixed / 600)].into_iter().collect()
}

/// Writes everybody.
pub async fn fill(database: &Database, keyring: &Keyring, count: usize) -> Result<()> {
    let from = Instant::now();
    let now = Utc::now();
    for start in (0..count).step_by(100_000) {
        let transaction = database.begin().await?;
        for batch in (start..(start + 100_000).min(count)).step_by(2_500) {
            let people = (batch..(batch + 2_500).min(count)).map(Person::numbered);
            let rows = people.enumerate().map(|(i, person)| person_values(keyring, person, batch + i, now)).collect();
            insert(&transaction, PERSON, rows).await?;
        }
        transaction.commit().await?;
    }
    eprintln!("{count} people in {:.0} s", from.elapsed().as_secs_f64());
    Ok(())
}

/// Where a roster belongs.
pub struct Site {
    pub project: Uuid,
    pub unit: Uuid,
    pub crew: Uuid,
}

/// Puts the people `from..to` on a site's roster.
pub async fn enter(database: &Database, site: &Site, from: usize, to: usize) -> Result<()> {
    let now = Utc::now();
    let transaction = database.begin().await?;
    for batch in (from..to).step_by(2_500) {
        let people = batch..(batch + 2_500).min(to);
        insert(&transaction, ENTRY, people.clone().map(|n| entry_values(site, n, now)).collect()).await?;
        insert(&transaction, CONTRACT, people.map(|n| contract_values(site, n, now)).collect()).await?;
    }
    transaction.commit().await?;
    Ok(())
}

struct Table {
    name: &'static str,
    columns: &'static str,
    /// One row; `?` stands for the next value.
    row: &'static str,
}

const PERSON: Table = Table {
    name: "person",
    columns: "id, number, id_number_sealed, id_number_hash, id_number_mask, name, born_on, created_at, updated_at, sex, \
              ethnic, origin, region_code, phone, revision",
    row: "(?, ?, ?, ?, ?, ?, ?, ?, ?, 'male', '汉族', 'import', '440703', '13800000000', 1)",
};

const ENTRY: Table = Table {
    name: "roster_entry",
    columns: "id, project_id, person_id, unit_id, crew_id, entered_on, created_at, kind, work_type, settlement, \
              unit_price_fen, upload_state, revision",
    row: "(?, ?, ?, ?, ?, ?, ?, 'worker', '020', 'time', 30000, 'waiting', 1)",
};

/// Who has been on site for long punches only with one.
const CONTRACT: Table = Table {
    name: "contract",
    columns: "id, project_id, entry_id, person_id, starts_on, signed_on, created_at, updated_at, state, term_kind, pages, \
              revision",
    row: "(?, ?, ?, ?, ?, ?, ?, ?, 'active', 'open', 0, 1)",
};

fn person_values(keyring: &Keyring, person: Person, n: usize, now: DateTime<Utc>) -> Vec<Value> {
    let Person { id, name, id_number, born_on } = person;
    let sealed = keyring.seal("person.id_number", id_number.expose());
    let hash = keyring.find_hash("person.id_number", id_number.expose());
    vec![
        id.into(),
        (5_000_000 + n as i64).into(),
        sealed.into(),
        hash.into(),
        id_number.masked().to_string().into(),
        name.into(),
        born_on.into(),
        now.into(),
        now.into(),
    ]
}

fn entry_id(n: usize) -> Uuid {
    Uuid::from_u128(0x0190_0000_0001_7000_8000_0000_0000_0000 | n as u128)
}

fn entered_on(n: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default() + Days::new((n % 200) as u64)
}

fn contract_values(site: &Site, n: usize, now: DateTime<Utc>) -> Vec<Value> {
    let (signed_on, person) = (entered_on(n), Person::numbered(n).id);
    vec![
        Uuid::from_u128(0x0190_0000_0002_7000_8000_0000_0000_0000 | n as u128).into(),
        site.project.into(),
        entry_id(n).into(),
        person.into(),
        signed_on.into(),
        signed_on.into(),
        now.into(),
        now.into(),
    ]
}

fn entry_values(site: &Site, n: usize, now: DateTime<Utc>) -> Vec<Value> {
    vec![
        entry_id(n).into(),
        site.project.into(),
        Person::numbered(n).id.into(),
        site.unit.into(),
        site.crew.into(),
        entered_on(n).into(),
        now.into(),
    ]
}

async fn insert(database: &impl ConnectionTrait, table: Table, rows: Vec<Vec<Value>>) -> Result<()> {
    let Table { name, columns, row } = table;
    let places = numbered(&vec![row; rows.len()].join(", "));
    let values: Vec<Value> = rows.into_iter().flatten().collect();
    let sql = format!("INSERT INTO {name} ({columns}) VALUES {places}");
    database.execute_raw(Statement::from_sql_and_values(database.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// `?` become `$1`, `$2`…, which both databases understand.
fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() * 2);
    for (index, part) in sql.split('?').enumerate() {
        if index > 0 {
            let _ = write!(out, "${index}");
        }
        out.push_str(part);
    }
    out
}
