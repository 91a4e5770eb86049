//! `make bench`: the figures of README's table, each beside its peer or its limit in the same run.
//!
//! Everything is measured from outside, over HTTP, against the release binary as a process of its own. The peer of a
//! read is the same SQL as a prepared statement over as many connections; of the export, openpyxl's write-only mode.

mod export;
mod import;
mod load;
mod login;
mod peer;
mod people;
mod phones;
mod program;
mod reads;
mod table;
mod world;

use std::path::Path;
use std::time::Duration;

use mingce::platform::config::{Config, Secret};
use mingce::platform::crypto::Keyring;
use mingce::platform::database::Database;
use sea_orm::ConnectionTrait;

use peer::Sent;
use people::Site;
use program::Program;
use table::{Figure, Limit, wanted};
use world::Caller;

pub type Problem = Box<dyn std::error::Error + Send + Sync>;
pub type Result<T> = std::result::Result<T, Problem>;

/// Where one round of figures happens.
pub struct Ground<'a> {
    /// As it stands in the table.
    pub on: &'static str,
    pub folder: &'a Path,
    pub url: String,
    database: Database,
    keyring: Keyring,
}

/// Who asks, and for which rosters.
struct Cast {
    city: Caller,
    small: (Site, Caller),
    large: (Site, Caller),
}

impl<'a> Ground<'a> {
    async fn prepare(on: &'static str, folder: &'a Path, url: String) -> Result<Self> {
        let mut config = Config::demo()?;
        config.database.url = Secret::new(url.clone());
        let database = Database::connect(&config.database).await?;
        database.migrate().await?;
        Ok(Self { on, folder, url, database, keyring: Keyring::new(&config.crypto)? })
    }

    /// Changes a setting of the PostgreSQL server.
    pub async fn set(&self, setting: &str) -> Result<()> {
        self.database.writer().execute_unprepared(&format!("ALTER SYSTEM SET {setting}")).await?;
        self.database.writer().execute_unprepared("SELECT pg_reload_conf()").await?;
        // The servers of open connections hear of it a moment later.
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(())
    }

    async fn populate(&self, people: usize) -> Result<Cast> {
        people::fill(&self.database, &self.keyring, people).await?;
        let small = world::site(&self.database, 900_001).await?;
        people::enter(&self.database, &small, 0, 3_000).await?;
        let large = world::site(&self.database, 900_002).await?;
        people::enter(&self.database, &large, 3_000, 3_000 + export::ROWS).await?;
        if self.url.starts_with("postgres") {
            // Autovacuum would do it a minute later, in the middle of the measuring.
            self.database.writer().execute_unprepared("VACUUM ANALYZE").await?;
        }
        let city = world::caller(&self.database, 1, None).await?;
        let small_staff = world::caller(&self.database, 2, Some(small.project)).await?;
        let large_staff = world::caller(&self.database, 3, Some(large.project)).await?;
        Ok(Cast { city, small: (small, small_staff), large: (large, large_staff) })
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "there is a crypto provider already")?;
    let scratch = std::env::temp_dir().join(format!("mingce-bench-{}", std::process::id()));
    std::fs::create_dir_all(&scratch)?;
    let outcome = measure(&scratch).await;
    std::fs::remove_dir_all(&scratch)?;
    outcome
}

async fn measure(scratch: &Path) -> Result<()> {
    let people: usize = std::env::var("MINGCE_BENCH_PEOPLE").map_or(Ok(1_000_000), |count| count.parse())?;
    let server = std::env::var("MINGCE_TEST_POSTGRES_URL")?;
    let name = format!("mingce_bench_{}", std::process::id());
    let administrator = sea_orm::Database::connect(server.as_str()).await?;
    administrator.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
    let (base, _) = server.rsplit_once('/').ok_or("MINGCE_TEST_POSTGRES_URL names no database")?;
    // PostgreSQL first: its log has the statements that SQLite's peer is given too.
    let grounds =
        [("PostgreSQL", format!("{base}/{name}")), ("SQLite", format!("sqlite://{}/mingce.db", scratch.display()))];
    let mut sent = Vec::new();
    for (on, url) in grounds {
        let ground = Ground::prepare(on, scratch, url).await?;
        let figures = round(&ground, people.max(3_000 + export::ROWS), &mut sent).await?;
        println!("{}", table::render(&figures));
    }
    administrator.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await?;
    Ok(())
}

/// All figures on one database.
async fn round(ground: &Ground<'_>, people: usize, sent: &mut Vec<Vec<Vec<Sent>>>) -> Result<Vec<Figure>> {
    let cast = ground.populate(people).await?;
    let program = Program::start(ground.folder, &ground.url).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let mut figures = Vec::new();
    if wanted("start") {
        figures.extend([ready(ground, &program), idle(ground, &program)?]);
        figures.extend(first_load(ground, &program)?);
    }
    // The program closes what has been idle for five seconds; nobody may be about to use it then.
    let http = reqwest::Client::builder().pool_idle_timeout(Duration::from_secs(2)).build()?;
    let (site, staff) = &cast.small;
    let readings = reads::readings(&http, &program.url, &cast.city, staff, (site.project, people));
    if wanted("reads") && sent.is_empty() {
        for reading in &readings {
            sent.push(reads::capture(ground, reading).await?);
        }
    }
    for (reading, calls) in readings.iter().zip(sent.iter()) {
        eprintln!("{}: {}", ground.on, reading.what);
        figures.extend(reads::measure(ground, reading, calls).await?);
    }
    if let Some(roster_page) = readings.last()
        && wanted("logins")
    {
        figures.extend(login::measure(ground, &program.url, &http, &*roster_page.request).await?);
    }
    if wanted("phones") {
        figures.extend(phones::measure(ground, &program.url, &http).await?);
    }
    let (site, staff) = &cast.large;
    if wanted("export") {
        figures.extend(export::measure(ground, &program, &http, staff, site).await?);
    }
    if wanted("import") {
        figures.push(import::measure(ground, &program, &http, (site, staff), people).await?);
    }
    Ok(figures)
}

fn ready(ground: &Ground<'_>, program: &Program) -> Figure {
    let time = program.ready_after;
    figure(ground, "start to ready", load::milliseconds(time), (time.as_secs_f64(), Limit::AtMost(1.0, " s")))
}

fn idle(ground: &Ground<'_>, program: &Program) -> Result<Figure> {
    let size = program.memory()? as f64 / 1e6;
    Ok(figure(ground, "idle memory", format!("{size:.0} MB"), (size, Limit::AtMost(80.0, " MB"))))
}

/// What a browser fetches until the login page has settled. Which database is behind it does not matter.
fn first_load(ground: &Ground<'_>, program: &Program) -> Result<Option<Figure>> {
    if ground.on != "PostgreSQL" {
        return Ok(None);
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/first-load.mjs");
    let done = std::process::Command::new("node").args([script, &program.url]).output()?;
    if !done.status.success() {
        return Err(format!("first-load.mjs: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    let size = String::from_utf8(done.stdout)?.trim().parse::<f64>()? / 1e3;
    Ok(Some(figure(ground, "console, first load", format!("{size:.0} kB"), (size, Limit::AtMost(350.0, " kB")))))
}

/// A figure that has a limit of its own and no peer.
fn figure(ground: &Ground<'_>, what: &str, ours: String, (value, limit): (f64, Limit)) -> Figure {
    Figure { what: what.to_owned(), on: ground.on, ours, peer: "–".to_owned(), value, limit }
}
