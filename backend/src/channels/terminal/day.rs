//! A terminal's day in the order in which terminals do things: 843 → 65535 → 852 → 849 → 845 → 848.

use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta, Utc};
use terminal_protocol::{
    Reply, Request,
    messages::{FeaturesRequest, ListedPerson, Mode, Punch, Whitelist, WhitelistRequest},
    time,
};

use super::{
    client::{NoAnswer, Terminal},
    options::Options,
    people,
};
use crate::platform::StartError;

/// Stored punches of somebody are so far apart.
const BETWEEN_STORED: TimeDelta = TimeDelta::minutes(37);

pub async fn run(options: &Options) -> Result<(), StartError> {
    let mut terminal = options.gateway()?.connect().await.map_err(StartError::new)?;
    terminal.parts = options.parts();
    say("843 login", &terminal.log_in(&options.vendor_code, &options.serial).await.map_err(StartError::new)?);
    Day { options, terminal }.go_on().await.map_err(StartError::new)
}

struct Day<'a> {
    options: &'a Options,
    terminal: Terminal,
}

impl Day<'_> {
    async fn go_on(mut self) -> Result<(), NoAnswer> {
        say("65535 heart-beat", &self.terminal.exchange(&Request::Heartbeat).await?);
        for seed in self.options.seed..self.options.seed + self.options.collect {
            let person = Request::Collected(Box::new(people::collected(seed)));
            say("852 collected", &self.terminal.exchange(&person).await?);
        }
        let list = Request::Whitelist(WhitelistRequest { people: 0, photos_length: 0 });
        match self.terminal.exchange(&list).await? {
            Reply::Whitelist(list) => {
                println!("849 list: project {}, {} people", list.project_number, list.people.len());
                self.with_list(&list).await?;
            }
            other => say("849 list", &other),
        }
        while let Some(seconds) = self.options.keep_alive {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            say("65535 heart-beat", &self.terminal.exchange(&Request::Heartbeat).await?);
        }
        Ok(())
    }

    async fn with_list(&mut self, list: &Whitelist) -> Result<(), NoAnswer> {
        for person in list.people.iter().take(self.options.features) {
            let wanted = FeaturesRequest { serial: self.options.serial.clone(), id_number: person.id_number.clone() };
            say("845 features", &self.terminal.exchange(&Request::Features(wanted)).await?);
        }
        let now = time::from_utc(Utc::now());
        for person in list.people.iter().take(self.options.punches) {
            for round in (0..=self.options.backlog).rev() {
                self.punch(person, now - BETWEEN_STORED * i32::try_from(round).unwrap_or_default()).await?;
            }
        }
        Ok(())
    }

    async fn punch(&mut self, person: &ListedPerson, time: NaiveDateTime) -> Result<(), NoAnswer> {
        let face = pictures::portrait(person.worker_number.into());
        let photo = pictures::padded(&face, self.options.photo_bytes).into();
        let punch = Punch { worker_number: person.worker_number, time, mode: Mode::FACE, photo };
        let reply = self.terminal.exchange(&Request::Attendance(punch)).await?;
        say(&format!("848 punch of {} at {time}", person.worker_number), &reply);
        Ok(())
    }
}

/// Names and numbers stay out of it: they may be those of a real installation.
fn say(what: &str, reply: &Reply) {
    match reply {
        Reply::Refused(refusal) => println!("{what}: refused, {}", refusal.message()),
        Reply::Collected { remark } if !remark.is_empty() => println!("{what}: done, {remark}"),
        Reply::Features(person) => {
            let (number, photo) = (person.worker_number, person.capture_photo.expose().len());
            println!("{what}: number {number}, a photo of {photo} bytes");
        }
        _ => println!("{what}: done"),
    }
}
