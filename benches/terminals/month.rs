//! The month grid of a project of a thousand people, while other projects have a million punches and twenty million.

use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use mingce::platform::types::clock::china_today;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::Result;
use crate::ground::{Ground, PEOPLE_EACH, PROJECTS};
use crate::load::{Latency, closed_loop, milliseconds};
use crate::program::Program;
use crate::table::{Figure, Limit};
use crate::world::{self, Caller};

/// Of every entry on every day.
const PUNCHES_A_DAY: usize = 4;
const FEW: usize = 1_000_000;
const CALLERS: usize = 2;
const LENGTH: Duration = Duration::from_secs(10);

pub async fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    let many: usize = std::env::var("MINGCE_BENCH_PUNCHES").map_or(Ok(20_000_000), |count| count.parse())?;
    let days = |punches: usize| (punches / (PROJECTS * PEOPLE_EACH * PUNCHES_A_DAY)) as u64;
    let today = china_today();
    let own = format!("project_id = '{}'", ground.month.project);
    punch_daily(ground, &own, today - Days::new(40), today).await?;
    let others = "project_id IN (SELECT id FROM project WHERE number < 850000)";
    let recently = today - Days::new(days(FEW) - 1);
    punch_daily(ground, others, recently, today).await?;
    let staff = world::caller(&ground.database, 1, Some(ground.month.project)).await?;
    let few = grid(ground, &staff, today).await?;
    punch_daily(ground, others, today - Days::new(days(many) - 1), recently - Days::new(1)).await?;
    let most = grid(ground, &staff, today).await?;
    let among = |punches: usize| format!("month grid of 1000 people, {punches} punches elsewhere, p99");
    let row = |punches: usize, latency: &Latency| Figure {
        what: among(punches),
        on: ground.on,
        ours: format!("{} (p50 {})", milliseconds(latency.p99), milliseconds(latency.p50)),
        peer: "–".to_owned(),
        value: latency.p99.as_secs_f64() * 1000.0,
        limit: Limit::AtMost(50.0, " ms"),
    };
    let beside = Figure {
        what: among(many),
        on: ground.on,
        ours: milliseconds(most.p99),
        peer: format!("{} with {FEW}", milliseconds(few.p99)),
        value: most.p99.as_secs_f64() / few.p99.as_secs_f64(),
        limit: Limit::AtMost(1.2, "×"),
    };
    Ok(vec![row(FEW, &few), row(many, &most), beside])
}

async fn grid(ground: &Ground, staff: &Caller, today: NaiveDate) -> Result<Latency> {
    ground.settle().await?;
    let program = Program::start(&ground.folder, &ground.url).await?;
    // A program that has just started does what was due meanwhile.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let http = reqwest::Client::new();
    let path = format!("{}/api/v1/projects/{}/attendance/months/search", program.url, ground.month.project);
    let body = json!({ "month": today.format("%Y-%m").to_string() });
    closed_loop(CALLERS, LENGTH, |n| {
        let request = http.post(format!("{path}?page_size=100&page={}", n % 10 + 1)).json(&body);
        let request = request.header("cookie", &staff.cookie).header("x-csrf-token", &staff.csrf_token);
        async move {
            request.send().await?.error_for_status()?.bytes().await?;
            Ok(())
        }
    })
    .await
}

/// In, out, in and out again of everybody on some projects, and what the days come to.
async fn punch_daily(ground: &Ground, on: &str, from: NaiveDate, to: NaiveDate) -> Result<()> {
    let began = Instant::now();
    let entries = format!(
        "FROM roster_entry e JOIN person p ON p.id = e.person_id \
         CROSS JOIN generate_series('{from}'::date, '{to}'::date, interval '1 day') AS day WHERE e.{on}"
    );
    let punches = format!(
        "INSERT INTO punch SELECT gen_random_uuid(), e.project_id, e.crew_id, p.number, p.id, e.id, \
           (day + clock) AT TIME ZONE 'Asia/Shanghai', (day + clock) AT TIME ZONE 'Asia/Shanghai', day::date, 6, \
           'turns', 'terminal', NULL, 10240 {} ",
        entries.replace(" WHERE", " CROSS JOIN unnest('{07:00,12:00,13:00,18:00}'::interval[]) AS clock WHERE")
    );
    let days = format!(
        "INSERT INTO attendance_day (project_id, entry_id, day, person_id, marks, first_at, last_at, minutes, count, inside) \
         SELECT e.project_id, e.id, day::date, p.id, 't025200t043200t046800t064800', \
           (day + interval '7 hours') AT TIME ZONE 'Asia/Shanghai', (day + interval '18 hours') AT TIME ZONE 'Asia/Shanghai', \
           600, 4, false {entries}"
    );
    let db = ground.database.writer();
    for sql in [punches, days] {
        db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    }
    eprintln!("punches from {from} to {to} in {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}
