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
    println!("{}", table::render(&outcome?));
    Ok(())
}

async fn measure(scratch: &Path) -> Result<Vec<Figure>> {
    let server = std::env::var("MINGCE_TEST_POSTGRES_URL")?;
    let name = format!("mingce_terminals_{}", std::process::id());
    let administrator = sea_orm::Database::connect(server.as_str()).await?;
    administrator.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
    let (base, _) = server.rsplit_once('/').ok_or("MINGCE_TEST_POSTGRES_URL names no database")?;
    let mut figures = Vec::new();

    let postgres = Ground::prepare("PostgreSQL", scratch, format!("{base}/{name}")).await?;
    figures.extend(punches::on_postgres(&postgres).await?);
    figures.extend(idle::measure(&postgres).await?);
    figures.extend(lists::measure(&postgres).await?);
    figures.extend(month::measure(&postgres).await?);
    drop(postgres);
    administrator.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await?;

    let sqlite = Ground::prepare("SQLite", scratch, format!("sqlite://{}/terminals.db", scratch.display())).await?;
    figures.extend(punches::on_sqlite(&sqlite).await?);
    Ok(figures)
}
