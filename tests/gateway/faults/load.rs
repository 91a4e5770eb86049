//! Terminals that do not give up: each sends a punch until it has an answer, over as many connections as that takes.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use mingce::channels::terminal::client::{Gateway, NoAnswer, Terminal};
use mingce::entity::person;
use terminal_protocol::{
    Reply, Request,
    messages::{Mode, Punch},
};
use tokio::{task::JoinHandle, time::timeout};
use uuid::Uuid;

use crate::gateway::support::{at, utc};

/// A device, somebody's number, and when.
pub type Key = (Uuid, i64, DateTime<Utc>);

/// Terminals take it for an outage when an answer takes longer.
const PATIENCE: Duration = Duration::from_secs(5);
const PHOTO: usize = 2_000;

pub struct Load {
    stop: Arc<AtomicBool>,
    acknowledged: Arc<AtomicUsize>,
    terminals: Vec<JoinHandle<Vec<Key>>>,
}

/// One of them, and who passes by it.
pub struct Device {
    pub id: Uuid,
    pub vendor_code: String,
    pub serial: String,
}

impl Load {
    pub fn start(address: SocketAddr, devices: Vec<Device>, people: &[person::Model]) -> Self {
        let (stop, acknowledged) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let numbers: Arc<[i64]> = people.iter().map(|person| person.number).collect();
        let one = |device: Device| {
            let tireless = Tireless {
                gateway: Gateway::plain(address),
                terminal: None,
                device,
                numbers: numbers.clone(),
                stop: stop.clone(),
                acknowledged: acknowledged.clone(),
            };
            tokio::spawn(tireless.run())
        };
        let terminals = devices.into_iter().map(one).collect();
        Self { stop, acknowledged, terminals }
    }

    pub fn acknowledged(&self) -> usize {
        self.acknowledged.load(SeqCst)
    }

    /// What was answered with success, after everybody has brought home what was under way.
    pub async fn end(self) -> Vec<Key> {
        self.stop.store(true, SeqCst);
        let mut all = Vec::new();
        for terminal in self.terminals {
            all.extend(terminal.await.unwrap());
        }
        all
    }
}

struct Tireless {
    gateway: Gateway,
    terminal: Option<Terminal>,
    device: Device,
    numbers: Arc<[i64]>,
    stop: Arc<AtomicBool>,
    acknowledged: Arc<AtomicUsize>,
}

impl Tireless {
    async fn run(mut self) -> Vec<Key> {
        // A day ago and a second apart, so that no two are the same and none is in the future.
        let (mut acknowledged, mut time) = (Vec::new(), at(-86_400));
        for nth in 0.. {
            if self.stop.load(SeqCst) {
                break;
            }
            let number = self.numbers[nth % self.numbers.len()];
            time += TimeDelta::seconds(1);
            let worker_number = u32::try_from(number).unwrap();
            let photo = vec![u8::try_from(nth % 251).unwrap(); PHOTO].into();
            self.bring_home(&Request::Attendance(Punch { worker_number, time, mode: Mode::FACE, photo })).await;
            acknowledged.push((self.device.id, number, utc(time)));
            self.acknowledged.fetch_add(1, SeqCst);
        }
        acknowledged
    }

    async fn bring_home(&mut self, punch: &Request) {
        loop {
            match timeout(PATIENCE, self.attempt(punch)).await {
                Ok(Ok(Reply::Attendance)) => return,
                Ok(Ok(Reply::Refused(refusal))) if refusal.message() == "服务繁忙，请稍后" => {}
                Ok(Ok(other)) => panic!("a good punch was answered {other:?}"),
                Ok(Err(_)) | Err(_) => {}
            }
            self.terminal = None;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn attempt(&mut self, punch: &Request) -> Result<Reply, NoAnswer> {
        if self.terminal.is_none() {
            let mut terminal = self.gateway.connect().await?;
            let reply = terminal.log_in(&self.device.vendor_code, &self.device.serial).await?;
            if reply != Reply::Login {
                return Ok(reply);
            }
            self.terminal = Some(terminal);
        }
        let terminal = self.terminal.as_mut().ok_or(NoAnswer::Closed)?;
        terminal.exchange(punch).await
    }
}
