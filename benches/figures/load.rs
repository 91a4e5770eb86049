//! Many callers at once, and how long each call took.

use std::future::Future;
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::Result;

pub struct Latency {
    pub p50: Duration,
    pub p99: Duration,
}

impl Latency {
    pub fn of(mut times: Vec<Duration>) -> Result<Self> {
        times.sort_unstable();
        let at = |share: f64| {
            let index = (times.len() as f64 * share) as usize;
            times.get(index).or(times.last()).copied().ok_or("nothing was measured")
        };
        Ok(Self { p50: at(0.50)?, p99: at(0.99)? })
    }
}

pub fn milliseconds(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    if ms < 10.0 { format!("{ms:.2} ms") } else { format!("{ms:.0} ms") }
}

/// `callers` callers, each one call after the other, for `length`; the first tenth warms up and is not counted.
/// `call` gets a number that is different for every call of the run.
pub async fn closed_loop<F, Fut>(callers: usize, length: Duration, call: F) -> Result<Latency>
where
    F: Fn(usize) -> Fut,
    Fut: Future<Output = Result<()>>,
{
    let start = Instant::now();
    let workers = (0..callers).map(|caller| {
        let call = &call;
        async move {
            let mut times = Vec::new();
            let mut round = 0;
            while start.elapsed() < length {
                let from = Instant::now();
                call(round * callers + caller).await?;
                if start.elapsed() > length / 10 {
                    times.push(from.elapsed());
                }
                round += 1;
            }
            Ok::<_, crate::Problem>(times)
        }
    });
    Latency::of(try_join_all(workers).await?.into_iter().flatten().collect())
}

/// `rate` calls a second for `length`, each at its time, however long the earlier ones take; the first tenth warms up
/// and is not counted.
pub async fn paced<F, Fut>(rate: u32, length: Duration, call: F) -> Result<Latency>
where
    F: Fn(usize) -> Fut,
    Fut: Future<Output = Result<()>>,
{
    let start = Instant::now();
    let total = (f64::from(rate) * length.as_secs_f64()) as usize;
    let calls = (0..total).map(|n| {
        let due = start + length.mul_f64(n as f64 / total as f64);
        let call = &call;
        async move {
            tokio::time::sleep_until(due.into()).await;
            call(n).await?;
            Ok::<_, crate::Problem>(due.elapsed())
        }
    });
    let times: Vec<Duration> = stream::iter(calls).buffered(total.max(1)).skip(total / 10).try_collect().await?;
    Latency::of(times)
}
