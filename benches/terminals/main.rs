//! `make bench`: what terminals see of the platform, each figure beside its peer or its limit in the same run.
//!
//! The gateway is the release binary as a process of its own, and so is the load on it (`mingce terminal`). With
//! PostgreSQL they all share the machine, as its figures say.

mod copy;
mod gateway;
mod ground;
mod idle;
mod lists;
mod month;
mod photos;
mod punches;

#[path = "../figures/load.rs"]
#[expect(dead_code, reason = "the other bench uses all of it")]
mod load;
#[path = "../figures/people.rs"]
mod people;
#[path = "../figures/program.rs"]
#[expect(dead_code, reason = "the other bench uses all of it")]
mod program;
#[path = "../figures/table.rs"]
mod table;
#[path = "../figures/world.rs"]
#[expect(dead_code, reason = "the other bench uses all of it")]
mod world;

use std::path::Path;

use sea_orm::ConnectionTrait;

use ground::Ground;
use table::Figure;

pub type Problem = Box<dyn std::error::Error + Send + Sync>;
pub type Result<T> = std::result::Result<T, Problem>;

#[tokio::main]
async fn main() -> Result<()> {
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "there is a crypto provider already")?;
    idle::allow_many_sockets();
    let scratch = std::env::temp_dir().join(format!("mingce-bench-{}", std::process::id()));
    std::fs::create_dir_all(&scratch)?;
    let outcome = measure(&scratch).await;
    std::fs::remove_dir_all(&scratch)?;
    outcome
}

async fn measure(scratch: &Path) -> Result<()> {
    let server = std::env::var("MINGCE_TEST_POSTGRES_URL")?;
    let name = format!("mingce_terminals_{}", std::process::id());
    let administrator = sea_orm::Database::connect(server.as_str()).await?;
    administrator.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
    let (base, _) = server.rsplit_once('/').ok_or("MINGCE_TEST_POSTGRES_URL names no database")?;

    let postgres = Ground::prepare("PostgreSQL", scratch, format!("{base}/{name}")).await?;
    if wanted("punches") {
        show(&punches::on_postgres(&postgres).await?);
    }
    if wanted("idle") {
        show(&idle::measure(&postgres).await?);
    }
    if wanted("lists") {
        show(&lists::measure(&postgres).await?);
    }
    if wanted("month") {
        show(&month::measure(&postgres).await?);
    }
    drop(postgres);
    administrator.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await?;

    if wanted("punches") {
        let sqlite = Ground::prepare("SQLite", scratch, format!("sqlite://{}/terminals.db", scratch.display())).await?;
        show(&punches::on_sqlite(&sqlite).await?);
    }
    Ok(())
}

/// All figures, or those named: `cargo bench --bench terminals -- month`.
fn wanted(name: &str) -> bool {
    let mut named = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).peekable();
    named.peek().is_none() || named.any(|argument| argument == name)
}

/// As soon as they are there: the next ones take a while.
fn show(figures: &[Figure]) {
    println!("{}", table::render(figures));
}
