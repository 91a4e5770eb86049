//! The figures of a load.

use std::{fmt, time::Duration};

use serde::Serialize;
use terminal_protocol::Reply;

/// What one terminal has counted, or all of them.
#[derive(Debug, Default)]
pub struct Tally {
    accepted: u64,
    refused: u64,
    pub reconnects: u64,
    latencies: Vec<Duration>,
}

impl Tally {
    pub fn answered(&mut self, reply: &Reply, took: Duration) {
        match reply {
            Reply::Attendance => self.accepted += 1,
            _ => self.refused += 1,
        }
        self.latencies.push(took);
    }

    pub fn add(&mut self, other: Self) {
        let Self { accepted, refused, reconnects, latencies } = other;
        self.accepted += accepted;
        self.refused += refused;
        self.reconnects += reconnects;
        self.latencies.extend(latencies);
    }

    pub fn over(mut self, terminals: usize, length: Duration) -> Report {
        self.latencies.sort_unstable();
        let at = |share: f64| {
            let index = (self.latencies.len() as f64 * share) as usize;
            self.latencies.get(index).or(self.latencies.last()).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
        };
        Report {
            terminals,
            seconds: length.as_secs_f64(),
            accepted: self.accepted,
            refused: self.refused,
            reconnects: self.reconnects,
            accepted_per_second: self.accepted as f64 / length.as_secs_f64(),
            milliseconds: Percentiles { p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999), max: at(1.0) },
        }
    }
}

#[derive(Debug, Serialize)]
pub struct Report {
    pub terminals: usize,
    pub seconds: f64,
    pub accepted: u64,
    pub refused: u64,
    /// Connections that were opened again, successfully or not.
    pub reconnects: u64,
    pub accepted_per_second: f64,
    /// From when a punch was due to its answer.
    pub milliseconds: Percentiles,
}

#[derive(Debug, Serialize)]
pub struct Percentiles {
    pub p50: f64,
    pub p90: f64,
    pub p99: f64,
    pub p999: f64,
    pub max: f64,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { terminals, seconds, accepted, refused, reconnects, accepted_per_second, milliseconds } = self;
        let Percentiles { p50, p90, p99, p999, max } = milliseconds;
        writeln!(
            f,
            "{terminals} terminals, {seconds:.0} s: {accepted} accepted, {refused} refused, {reconnects} reconnects"
        )?;
        writeln!(f, "{accepted_per_second:.0} punches/s")?;
        write!(f, "answers in ms: p50 {p50:.1}, p90 {p90:.1}, p99 {p99:.1}, p99.9 {p999:.1}, at most {max:.1}")
    }
}
