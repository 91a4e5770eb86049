//! Twenty thousand terminals that have nothing to say: what they cost.

use std::time::Duration;

use mingce::channels::terminal::client::{Gateway as Client, Terminal};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use terminal_protocol::{Reply, Request};
use tokio::task::JoinSet;

use crate::Result;
use crate::gateway::Gateway;
use crate::ground::{Ground, PROJECTS, VENDOR_CODE};
use crate::table::{Figure, Limit};

const TERMINALS: usize = 20_000;
const EVERY: Duration = Duration::from_secs(30);
/// Logins side by side.
const AT_ONCE: usize = 64;
/// Sockets besides the terminals'.
const OTHERS: u64 = 200;

/// The gateway inherits it.
pub fn allow_many_sockets() {
    let wanted = Some(TERMINALS as u64 + OTHERS);
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: wanted, maximum: maximum.max(wanted) };
    if setrlimit(Resource::Nofile, raised).is_err() {
        // Who may not raise the maximum goes as far as it allows.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    }
}

pub async fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    let room = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX).saturating_sub(OTHERS);
    let count = TERMINALS.min(room as usize);
    ground.devices("IDLE", count, |number| ground.sites[number % PROJECTS].project).await?;
    let gateway = Gateway::start(ground, &[("MAX_CONNECTIONS", "100000")])?;
    // The first ones bring what every process needs once.
    let mut terminals = open(&gateway, 1, 200).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let before = gateway.memory()?;
    terminals.extend(open(&gateway, 201, count).await?);
    tokio::time::sleep(Duration::from_secs(8)).await;
    let each = (gateway.memory()?.saturating_sub(before)) as f64 / (count - 200) as f64 / 1024.0;

    let from = gateway.busy()?;
    let terminals = beat(terminals).await?;
    let busy = (gateway.busy()? - from).as_secs_f64() / EVERY.as_secs_f64();
    drop(terminals);
    let figure = |what: String, ours: String, value, limit| Figure {
        what,
        on: ground.on,
        ours,
        peer: "–".to_owned(),
        value,
        limit,
    };
    Ok(vec![
        figure(
            format!("memory of an idle connection, {count} of them"),
            format!("{each:.1} KiB"),
            each,
            Limit::AtMost(8.0, " KiB"),
        ),
        figure(
            format!("{count} heart-beats every 30 s"),
            format!("{busy:.2} cores"),
            busy,
            Limit::AtMost(1.0, " cores"),
        ),
    ])
}

async fn open(gateway: &Gateway, from: usize, to: usize) -> Result<Vec<Terminal>> {
    let mut terminals = Vec::with_capacity(to + 1 - from);
    let client = Client::plain(gateway.address);
    let mut numbers = from..=to;
    loop {
        let mut opening = JoinSet::new();
        for number in numbers.by_ref().take(AT_ONCE) {
            let client = client.clone();
            opening.spawn(async move {
                let mut terminal = client.connect().await?;
                let reply = terminal.log_in(VENDOR_CODE, &format!("IDLE-{number:06}")).await?;
                if reply == Reply::Login { Ok(terminal) } else { Err(crate::Problem::from(format!("{reply:?}"))) }
            });
        }
        if opening.is_empty() {
            return Ok(terminals);
        }
        while let Some(opened) = opening.join_next().await {
            terminals.push(opened??);
        }
    }
}

/// One heart-beat of each, spread over the time between two.
async fn beat(terminals: Vec<Terminal>) -> Result<Vec<Terminal>> {
    let count = terminals.len();
    let mut beating = JoinSet::new();
    for (number, mut terminal) in terminals.into_iter().enumerate() {
        beating.spawn(async move {
            tokio::time::sleep(EVERY.mul_f64(number as f64 / count as f64)).await;
            terminal.exchange(&Request::Heartbeat).await.map(|_| terminal)
        });
    }
    let mut terminals = Vec::with_capacity(count);
    while let Some(beaten) = beating.join_next().await {
        terminals.push(beaten??);
    }
    Ok(terminals)
}
