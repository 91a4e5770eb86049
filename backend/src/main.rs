use std::process::ExitCode;

use clap::Parser;
use mingce::cli::Cli;

#[actix_web::main]
async fn main() -> ExitCode {
    match Cli::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mingce: {error}");
            ExitCode::FAILURE
        }
    }
}
