//! A whitelist of three thousand people: kept, and read anew for every terminal.

use std::time::{Duration, Instant};

use mingce::channels::terminal::client::{Gateway as Client, Terminal};
use mingce::platform::cache::Cache;
use mingce::platform::config::{Config, Secret};
use mingce::registry::presence::{ADMISSION_TOPIC, Touched};
use terminal_protocol::{Reply, Request, messages::WhitelistRequest};

use crate::Result;
use crate::gateway::Gateway;
use crate::ground::{Ground, LARGE, VENDOR_CODE};
use crate::load::{Latency, milliseconds};
use crate::table::{Figure, Limit};

const CALLS: usize = 500;

pub async fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    ground.devices("LIST", 1, |_| ground.large.project).await?;
    let gateway = Gateway::start(ground, &[])?;
    let mut terminal = Client::plain(gateway.address).connect().await?;
    terminal.log_in(VENDOR_CODE, "LIST-000001").await?;
    // The topic goes through the cache that this process and the gateway share.
    let mut config = Config::demo()?;
    config.cache.url = Secret::new(std::env::var("MINGCE_TEST_REDIS_URL")?);
    let cache = Cache::connect(&config.cache)?;

    list(&mut terminal).await?;
    let mut kept = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        kept.push(list(&mut terminal).await?);
    }
    let everything = serde_json::to_string(&Touched::Everything)?;
    let mut anew = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        cache.publish(ADMISSION_TOPIC, &everything).await?;
        tokio::time::sleep(Duration::from_millis(5)).await;
        anew.push(list(&mut terminal).await?);
    }
    let figure = |what: &str, times: Vec<Duration>, most: f64| {
        let p99 = Latency::of(times)?.p99;
        Ok::<_, crate::Problem>(Figure {
            what: format!("list of {LARGE} people, {what}, p99"),
            on: ground.on,
            ours: milliseconds(p99),
            peer: "–".to_owned(),
            value: p99.as_secs_f64() * 1000.0,
            limit: Limit::AtMost(most, " ms"),
        })
    };
    Ok(vec![figure("kept", kept, 20.0)?, figure("read anew", anew, 100.0)?])
}

async fn list(terminal: &mut Terminal) -> Result<Duration> {
    let from = Instant::now();
    let request = Request::Whitelist(WhitelistRequest { people: 0, photos_length: 0 });
    match terminal.exchange(&request).await? {
        Reply::Whitelist(list) if list.people.len() == LARGE => Ok(from.elapsed()),
        other => Err(format!("not the list: {other:?}").into()),
    }
}
