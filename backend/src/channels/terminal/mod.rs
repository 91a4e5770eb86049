//! The simulated terminal: `mingce terminal`. It shows what a terminal does, tries an installation out, and drives load.
//! Built from the same crate as the gateway, from the other side.

pub mod client;
mod day;
mod load;
mod options;
pub mod people;
mod report;
pub mod simulator;

pub use options::Options;

use crate::platform::StartError;

pub async fn run(options: Options) -> Result<(), StartError> {
    let Some(terminals) = options.terminals else { return day::run(&options).await };
    let report = load::run(&options, terminals).await?;
    if options.json {
        println!("{}", serde_json::to_string_pretty(&report).map_err(StartError::new)?);
    } else {
        println!("{report}");
    }
    Ok(())
}
