//! The demo's own terminal: people pass its gate now and then, over the real socket.

use std::{convert::Infallible, net::SocketAddr, time::Duration};

use chrono::Utc;
use rand::RngExt;
use terminal_protocol::{
    Reply, Request,
    messages::{FeaturesRequest, ListedPerson, Mode, Punch, WhitelistRequest},
    time,
};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::client::{Gateway, NoAnswer, Terminal};

/// Not the device of the protocol's worked example: that one is left to whoever has a real terminal.
pub const VENDOR_CODE: &str = "MINGCE-DEMO-VENDOR-0000000000001";
pub const SERIAL: &str = "MC-K1-00000000000000000000000004";

/// Between two people at the gate.
const SHORTEST: u64 = 15;
const LONGEST: u64 = 60;
/// Punches between two looks at the list.
const LIST_EVERY: u32 = 20;
/// The demo district may not have been filled yet.
const PAUSE: Duration = Duration::from_secs(60);

/// Until `stop`.
pub async fn run(gateway: SocketAddr, stop: CancellationToken) {
    let here = if gateway.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], gateway.port())) } else { gateway };
    let again_and_again = async {
        loop {
            let Err(error) = work(here).await;
            tracing::debug!(%error, "the simulated terminal takes a break");
            sleep(PAUSE).await;
        }
    };
    stop.run_until_cancelled(again_and_again).await;
}

/// Ends with the connection, or when it is not let in.
async fn work(gateway: SocketAddr) -> Result<Infallible, NoAnswer> {
    let mut terminal = Gateway::plain(gateway).connect().await?;
    if terminal.log_in(VENDOR_CODE, SERIAL).await? != Reply::Login {
        return Err(NoAnswer::Closed);
    }
    loop {
        let people = list(&mut terminal).await?;
        for _ in 0..LIST_EVERY {
            sleep(Duration::from_secs(rand::rng().random_range(SHORTEST..LONGEST))).await;
            match people.get(rand::rng().random_range(0..people.len().max(1))) {
                Some(person) => punch(&mut terminal, person).await?,
                None => drop(terminal.exchange(&Request::Heartbeat).await?),
            }
        }
    }
}

async fn list(terminal: &mut Terminal) -> Result<Vec<ListedPerson>, NoAnswer> {
    match terminal.exchange(&Request::Whitelist(WhitelistRequest { people: 0, photos_length: 0 })).await? {
        Reply::Whitelist(list) => Ok(list.people),
        _ => Ok(Vec::new()),
    }
}

/// With the face that the platform has of them, which is drawn as well.
async fn punch(terminal: &mut Terminal, person: &ListedPerson) -> Result<(), NoAnswer> {
    let wanted = FeaturesRequest { serial: SERIAL.to_owned(), id_number: person.id_number.clone() };
    let Reply::Features(features) = terminal.exchange(&Request::Features(wanted)).await? else { return Ok(()) };
    let punch = Punch {
        worker_number: person.worker_number,
        time: time::from_utc(Utc::now()),
        mode: Mode::FACE,
        photo: features.capture_photo,
    };
    terminal.exchange(&Request::Attendance(punch)).await?;
    Ok(())
}
