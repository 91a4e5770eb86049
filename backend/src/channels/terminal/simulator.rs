//! The demo's own terminal: people pass its gate now and then, over the real socket.

use std::{collections::HashMap, convert::Infallible, net::SocketAddr, time::Duration};

use chrono::Utc;
use rand::RngExt;
use terminal_protocol::{
    Picture, Reply, Request,
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
    let mut faces = Faces::new();
    loop {
        let people = list(&mut terminal, &mut faces).await?;
        for _ in 0..LIST_EVERY {
            sleep(Duration::from_secs(rand::rng().random_range(SHORTEST..LONGEST))).await;
            match people.get(rand::rng().random_range(0..people.len().max(1))) {
                Some(person) => punch(&mut terminal, person, &faces).await?,
                None => drop(terminal.exchange(&Request::Heartbeat).await?),
            }
        }
    }
}

/// What the terminal keeps of everybody on its list: the photo it knows them by.
type Faces = HashMap<u32, Picture>;

/// Says what it has, hears who belongs on it, and gets whom it lacks.
async fn list(terminal: &mut Terminal, faces: &mut Faces) -> Result<Vec<ListedPerson>, NoAnswer> {
    let Reply::Whitelist(list) = terminal.exchange(&has(faces)).await? else { return Ok(Vec::new()) };
    faces.retain(|number, _| list.people.iter().any(|person| person.worker_number == *number));
    for person in &list.people {
        let kept = faces.get(&person.worker_number).map(|photo| photo.expose().len());
        if kept == Some(person.capture_photo_length as usize) {
            continue;
        }
        let wanted = FeaturesRequest { serial: SERIAL.to_owned(), id_number: person.id_number.clone() };
        if let Reply::Features(features) = terminal.exchange(&Request::Features(wanted)).await? {
            faces.insert(person.worker_number, features.capture_photo);
        }
    }
    // Only now is the platform told that nobody is missing.
    terminal.exchange(&has(faces)).await?;
    Ok(list.people)
}

fn has(faces: &Faces) -> Request {
    let photos: usize = faces.values().map(|photo| photo.expose().len()).sum();
    Request::Whitelist(WhitelistRequest { people: faces.len() as u16, photos_length: photos as u32 })
}

/// With the face that the terminal has of them.
async fn punch(terminal: &mut Terminal, person: &ListedPerson, faces: &Faces) -> Result<(), NoAnswer> {
    let Some(photo) = faces.get(&person.worker_number).cloned() else { return Ok(()) };
    let punch =
        Punch { worker_number: person.worker_number, time: time::from_utc(Utc::now()), mode: Mode::FACE, photo };
    terminal.exchange(&Request::Attendance(punch)).await?;
    Ok(())
}
