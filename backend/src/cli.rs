//! The sub-commands: which parts of the platform this process plays.

mod account;
mod models;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use tokio_util::sync::CancellationToken;

use self::{account::AccountCommand, models::ModelsCommand};
use crate::{
    app::{Application, Parts},
    channels::terminal,
    demo,
    platform::{App, StartError, config::Config, database::Database, telemetry},
    routes,
};

/// Mingce 名册: real-name management of construction workers.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Cli {
    /// The configuration file; what it does not say has a default.
    #[arg(long, default_value = "mingce.toml", global = true)]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Everything in one process: what a district needs.
    All,
    /// Only the web server; jobs are left to workers.
    Serve,
    /// Only jobs and schedules.
    Worker,
    /// Only the gateway, where terminals connect.
    Gateway,
    /// A simulated terminal that speaks to a gateway, or a load of them.
    Terminal(Box<terminal::Options>),
    /// Brings the database's schema up to date and ends.
    Migrate,
    /// Accounts without anybody to issue them: the first one of an installation, and a way back in.
    #[command(subcommand)]
    Account(AccountCommand),
    /// The networks that read ID cards and check faces.
    #[command(subcommand)]
    Models(ModelsCommand),
    /// Fills the demo district and ends; once filled it stays as it is.
    Demo,
    /// Prints the API document.
    Openapi,
}

impl Cli {
    pub async fn run(self) -> Result<(), StartError> {
        let Self { config, command } = self;
        let configured = || {
            let config = Config::load(&config).map_err(StartError::new)?;
            telemetry::start(&config.telemetry);
            Ok(config)
        };
        match command {
            Command::All => {
                let config = configured()?;
                let simulator = config.demo;
                play(config, Parts { web: true, jobs: true, gateway: true, simulator }).await
            }
            Command::Serve => play(configured()?, Parts { web: true, ..Parts::default() }).await,
            Command::Worker => play(configured()?, Parts { jobs: true, ..Parts::default() }).await,
            Command::Gateway => play(configured()?, Parts { gateway: true, ..Parts::default() }).await,
            Command::Migrate => migrate(configured()?).await,
            Command::Account(command) => command.run(&migrated(configured()?).await?).await,
            Command::Models(command) => command.run(&configured()?.vision),
            Command::Demo => fill_demo(&migrated(configured()?).await?).await,
            // Neither needs a configuration: a terminal is a stranger, and the front ends' types are made from a bare
            // checkout.
            Command::Terminal(options) => terminal::run(*options).await,
            Command::Openapi => print_document(),
        }
    }
}

/// Plays these parts until somebody asks to stop.
async fn play(config: Config, parts: Parts) -> Result<(), StartError> {
    let application = Application::build(config, parts).await?;
    if let Some(url) = application.app.wechat.as_ref().and_then(|wechat| wechat.stand_in_url.as_deref()) {
        println!("模拟微信  {url}/wechat/");
    }
    let stop = CancellationToken::new();
    let signal = tokio::spawn(stop_on_signal(stop.clone()));
    let ended = application.run_until_stopped(stop).await;
    signal.abort();
    ended
}

async fn migrate(config: Config) -> Result<(), StartError> {
    let db = Database::connect(&config.database).await.map_err(StartError::new)?;
    db.migrate().await.map_err(StartError::new)
}

fn print_document() -> Result<(), StartError> {
    println!("{}", routes::document().to_pretty_json().map_err(StartError::new)?);
    Ok(())
}

/// What commands work with that change data and end.
async fn migrated(config: Config) -> Result<App, StartError> {
    let app = App::connect(config).await?;
    app.db.migrate().await.map_err(StartError::new)?;
    Ok(app)
}

async fn fill_demo(app: &App) -> Result<(), StartError> {
    let filled = demo::fill(app).await?;
    println!("{}", if filled { "the demo district is ready" } else { "the demo district was there already" });
    for account in demo::DEMO_ACCOUNTS {
        println!("  {:<10} {}  {}", account.login, demo::DEMO_PASSWORD, account.name);
    }
    println!("served by `mingce all` at {}", app.config.server.public_url);
    Ok(())
}

async fn stop_on_signal(stop: CancellationToken) {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        },
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
    tracing::info!("asked to stop; finishing what has begun");
    stop.cancel();
}
