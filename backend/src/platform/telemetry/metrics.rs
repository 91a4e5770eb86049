use std::{sync::Arc, time::Duration};

use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
        info::Info,
    },
    registry::{Registry, Unit},
};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QuerySelect};

use super::Terminals;
use crate::{entity::job, platform::App};

/// What a request is counted under. The pattern of the path, not the path: it has no ids and a bounded number of values.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RequestLabels {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RouteLabels {
    method: String,
    route: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct JobLabels {
    state: String,
}

/// What this process has counted. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<RequestLabels, Counter>,
    durations: Family<RouteLabels, Histogram>,
    jobs: Family<JobLabels, Gauge>,
    memory: Gauge,
    pub terminals: Terminals,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("mingce");
        let (requests, jobs, memory) = (Family::default(), Family::default(), Gauge::default());
        let durations = Family::new_with_constructor(from_a_millisecond as fn() -> Histogram);
        registry.register("build", "The running version", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        registry.register("http_requests", "Requests answered", requests.clone());
        registry.register_with_unit("http_request_duration", "Time to answer", Unit::Seconds, durations.clone());
        registry.register("jobs", "Jobs by state, as the database has them", jobs.clone());
        registry.register_with_unit("process_resident_memory", "Memory of this process", Unit::Bytes, memory.clone());
        let terminals = Terminals::register(&mut registry);
        Self { registry: Arc::new(registry), requests, durations, jobs, memory, terminals }
    }
}

impl Metrics {
    pub(super) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let (method, route) = (method.to_owned(), route.to_owned());
        self.durations
            .get_or_create(&RouteLabels { method: method.clone(), route: route.clone() })
            .observe(took.as_secs_f64());
        self.requests.get_or_create(&RequestLabels { method, route, status }).inc();
    }

    /// All of it in the format Prometheus reads.
    pub(super) async fn text(&self, app: &App) -> String {
        if let Err(error) = self.count_jobs(app).await {
            tracing::debug!(%error, "jobs could not be counted");
        }
        self.memory.set(resident_memory());
        let mut out = String::new();
        match text::encode(&mut out, &self.registry) {
            Ok(()) => out,
            Err(_) => String::new(),
        }
    }

    async fn count_jobs(&self, app: &App) -> Result<(), DbErr> {
        let states: Vec<(job::JobState, i64)> = job::Entity::find()
            .select_only()
            .column(job::Column::State)
            .column_as(job::Column::Id.count(), "count")
            .group_by(job::Column::State)
            .into_tuple()
            .all(app.db.reader())
            .await?;
        self.jobs.clear();
        for (state, count) in states {
            let state = format!("{state:?}").to_lowercase();
            self.jobs.get_or_create(&JobLabels { state }).set(count);
        }
        Ok(())
    }
}

fn from_a_millisecond() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.0, 14))
}

/// Resident bytes as Linux tells them; 0 elsewhere.
fn resident_memory() -> i64 {
    let pages =
        std::fs::read_to_string("/proc/self/statm").ok().and_then(|text| text.split(' ').nth(1)?.parse::<i64>().ok());
    pages.unwrap_or_default() * 4096
}
