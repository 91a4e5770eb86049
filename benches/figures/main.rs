//! `make bench`: the figures of README's table, each beside its peer or its limit in the same run.
//!
//! Everything is measured from outside, over HTTP, against the release binary as a process of its own. The peer of a
//! read is the same SQL as a prepared statement over as many connections; of the export, openpyxl's write-only mode.

mod load;
mod people;
mod program;
mod table;
mod world;

use std::path::Path;

use mingce::platform::config::{Config, Secret};
use mingce::platform::crypto::Keyring;
use mingce::platform::database::Database;

pub type Problem = Box<dyn std::error::Error + Send + Sync>;
pub type Result<T> = std::result::Result<T, Problem>;

/// Where one round of figures happens.
pub struct Ground<'a> {
    /// As it stands in the table.
    pub on: &'static str,
    pub folder: &'a Path,
    pub url: String,
    pub database: Database,
    pub keyring: Keyring,
}

impl<'a> Ground<'a> {
    async fn prepare(on: &'static str, folder: &'a Path, url: String) -> Result<Self> {
        let mut config = Config::demo()?;
        config.database.url = Secret::new(url.clone());
        let database = Database::connect(&config.database).await?;
        database.migrate().await?;
        Ok(Self { on, folder, url, database, keyring: Keyring::new(&config.crypto)? })
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let scratch = std::env::temp_dir().join(format!("mingce-bench-{}", std::process::id()));
    std::fs::create_dir_all(&scratch)?;
    let outcome = measure(&scratch).await;
    std::fs::remove_dir_all(&scratch)?;
    outcome
}

async fn measure(scratch: &Path) -> Result<()> {
    let mut figures: Vec<table::Figure> = Vec::new();
    let sqlite = format!("sqlite://{}/mingce.db", scratch.display());
    for (on, url) in [("SQLite", sqlite)] {
        let ground = Ground::prepare(on, scratch, url).await?;
        people::fill(&ground.database, &ground.keyring).await?;
        let site = world::site(&ground.database, 900_001).await?;
        people::enter(&ground.database, &site, 0, 3_000).await?;
    }
    println!("{}", table::render(&figures));
    figures.clear();
    Ok(())
}
