//! Many terminals at once: how much the gateway takes, and how long an answer takes.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use chrono::{NaiveDateTime, TimeDelta, Utc};
use terminal_protocol::{
    Reply, Request,
    messages::{Mode, Punch, WhitelistRequest},
    time,
};
use tokio::{
    sync::{Barrier, Semaphore},
    task::JoinSet,
    time::{Instant, sleep_until},
};

use super::{
    client::{Gateway, NoAnswer, Terminal},
    options::Options,
    report::{Report, Tally},
};
use crate::platform::StartError;

/// Logins at once: the load is to be punches.
const LOGINS: usize = 32;
/// Punches are dated so long ago and a second apart, so that all of a terminal differ and none lies in the future.
const DATED_BACK: TimeDelta = TimeDelta::hours(6);
const PAUSE: Duration = Duration::from_millis(200);

pub async fn run(options: &Options, terminals: usize) -> Result<Report, StartError> {
    let plan = Arc::new(Plan::of(options, terminals)?);
    let mut tasks = JoinSet::new();
    for number in 1..=terminals {
        tasks.spawn(OneOfMany { plan: plan.clone(), number }.run());
    }
    let mut tally = Tally::default();
    while let Some(ended) = tasks.join_next().await {
        tally.add(ended.map_err(StartError::new)??);
    }
    Ok(tally.over(terminals, plan.length))
}

struct Plan {
    options: Options,
    gateway: Gateway,
    photo: Bytes,
    length: Duration,
    /// Between two punches of one terminal.
    interval: Option<Duration>,
    terminals: usize,
    logins: Semaphore,
    /// Everybody is logged in before anybody punches.
    ready: Barrier,
}

impl Plan {
    fn of(options: &Options, terminals: usize) -> Result<Self, StartError> {
        if terminals == 0 {
            return Err(StartError::new("--terminals must be at least 1"));
        }
        let interval = (options.rate > 0.0).then(|| Duration::from_secs_f64(terminals as f64 / options.rate));
        Ok(Self {
            gateway: options.gateway()?,
            photo: pictures::padded(&pictures::portrait(1), options.photo_bytes).into(),
            length: Duration::from_secs(options.seconds),
            interval,
            terminals,
            logins: Semaphore::new(LOGINS),
            ready: Barrier::new(terminals),
            options: options.clone(),
        })
    }
}

struct OneOfMany {
    plan: Arc<Plan>,
    number: usize,
}

impl OneOfMany {
    async fn run(self) -> Result<Tally, StartError> {
        let opened = self.open_with_list().await;
        self.plan.ready.wait().await;
        let (terminal, workers) = opened?;
        let mut tally = Tally::default();
        if workers.is_empty() {
            return Err(StartError::new("nobody is on the list of these terminals"));
        }
        self.punch(terminal, &workers, &mut tally).await;
        Ok(tally)
    }

    async fn open_with_list(&self) -> Result<(Terminal, Vec<u32>), StartError> {
        let mut terminal = self.open().await.map_err(StartError::new)?.map_err(StartError::new)?;
        let list = Request::Whitelist(WhitelistRequest { people: 0, photos_length: 0 });
        match terminal.exchange(&list).await.map_err(StartError::new)? {
            Reply::Whitelist(list) => {
                Ok((terminal, list.people.into_iter().map(|person| person.worker_number).collect()))
            }
            other => Err(StartError::new(format!("no list: {other:?}"))),
        }
    }

    /// The inner error is what the gateway said.
    async fn open(&self) -> Result<Result<Terminal, String>, NoAnswer> {
        let _turn = self.plan.logins.acquire().await;
        let mut terminal = self.plan.gateway.connect().await?;
        terminal.parts = self.plan.options.parts();
        let options = &self.plan.options;
        match terminal.log_in(&options.vendor_code, &options.serial_of(self.number)).await? {
            Reply::Login => Ok(Ok(terminal)),
            Reply::Refused(refusal) => Ok(Err(format!("terminal {}: {}", self.number, refusal.message()))),
            other => Ok(Err(format!("terminal {}: {other:?}", self.number))),
        }
    }

    async fn punch(&self, terminal: Terminal, workers: &[u32], tally: &mut Tally) {
        let (start, dated) = (Instant::now(), time::from_utc(Utc::now()) - DATED_BACK);
        // Not all of them begin in the same moment.
        let phase = self.plan.interval.unwrap_or_default().mul_f64(self.number as f64 / self.plan.terminals as f64);
        let mut terminal = Some(terminal);
        for nth in 0.. {
            let due = self.plan.interval.map(|interval| start + phase + interval * nth);
            if due.unwrap_or_else(Instant::now) >= start + self.plan.length {
                return;
            }
            // Measured from when it was due: a terminal that is kept waiting is late with the next one too.
            let from = match due {
                Some(due) => {
                    sleep_until(due).await;
                    due
                }
                None => Instant::now(),
            };
            let worker = workers[(self.number * 7 + usize::try_from(nth).unwrap_or_default()) % workers.len()];
            let request = self.request(worker, dated + TimeDelta::seconds(nth.into()));
            self.send(&mut terminal, &request, from, start + self.plan.length, tally).await;
        }
    }

    fn request(&self, worker_number: u32, time: NaiveDateTime) -> Request {
        Request::Attendance(Punch { worker_number, time, mode: Mode::FACE, photo: self.plan.photo.clone().into() })
    }

    /// Sends it again over a new connection until there is an answer, as a terminal would.
    async fn send(
        &self,
        terminal: &mut Option<Terminal>,
        request: &Request,
        from: Instant,
        until: Instant,
        tally: &mut Tally,
    ) {
        while Instant::now() < until {
            if let Some(open) = terminal {
                match open.exchange(request).await {
                    Ok(reply) => return tally.answered(&reply, from.elapsed()),
                    Err(_) => *terminal = None,
                }
            }
            tally.reconnects += 1;
            match self.open().await {
                Ok(Ok(open)) => *terminal = Some(open),
                Ok(Err(_)) | Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }
}
