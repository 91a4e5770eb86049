//! What the gateway has counted.

use std::time::Duration;

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct CommandLabels {
    command: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct EndLabels {
    reason: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct PunchLabels {
    outcome: &'static str,
}

/// Cheap to clone; all clones count together.
#[derive(Clone, Debug)]
pub struct Terminals {
    pub connections: Gauge,
    /// Connections whose terminal has logged in.
    pub devices: Gauge,
    /// Punches that wait to be written.
    pub queue: Gauge,
    ended: Family<EndLabels, Counter>,
    answered: Family<CommandLabels, Counter>,
    durations: Family<CommandLabels, Histogram>,
    punches: Family<PunchLabels, Counter>,
    batches: Histogram,
}

impl Terminals {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let (connections, devices, queue) = (Gauge::default(), Gauge::default(), Gauge::default());
        let (ended, answered, punches) = (Family::default(), Family::default(), Family::default());
        let durations = Family::new_with_constructor(from_a_fifth_of_a_millisecond as fn() -> Histogram);
        let batches = Histogram::new(exponential_buckets(1.0, 2.0, 10));
        registry.register("terminal_connections", "Open connections of terminals", connections.clone());
        registry.register("terminal_devices", "Terminals that are logged in", devices.clone());
        registry.register("terminal_punch_queue", "Punches that wait to be written", queue.clone());
        registry.register("terminal_connections_ended", "Connections by why they ended", ended.clone());
        registry.register("terminal_messages", "Messages answered, by command", answered.clone());
        let help = "Time from the last byte of a message to the last of its answer";
        registry.register_with_unit("terminal_answer_duration", help, Unit::Seconds, durations.clone());
        registry.register("terminal_punches", "Punches by what became of them", punches.clone());
        registry.register("terminal_punch_batch", "Punches written in one transaction", batches.clone());
        Self { connections, devices, queue, ended, answered, durations, punches, batches }
    }

    /// `command` is one that is known, or the number of none.
    pub fn answered(&self, command: Option<u16>, took: Duration) {
        let labels = CommandLabels { command: command.map_or_else(|| "other".to_owned(), |number| number.to_string()) };
        self.durations.get_or_create(&labels).observe(took.as_secs_f64());
        self.answered.get_or_create(&labels).inc();
    }

    pub fn ended(&self, reason: &'static str) {
        self.ended.get_or_create(&EndLabels { reason }).inc();
    }

    pub fn punch(&self, outcome: &'static str) {
        self.punches.get_or_create(&PunchLabels { outcome }).inc();
    }

    pub fn batch(&self, punches: usize) {
        self.batches.observe(punches as f64);
    }
}

fn from_a_fifth_of_a_millisecond() -> Histogram {
    Histogram::new(exponential_buckets(0.000_2, 2.0, 16))
}
