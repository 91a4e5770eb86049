//! 预警: what is wrong on a site and should be looked at, found by a watch over the devices every few minutes.
//!
//! Invariants: an alert is open once per kind and subject; it closes by itself when what it was about is over, and stays
//! on record; projects that are stopped, finished or cancelled raise none.

mod dto;
mod query;
mod routes;
mod rules;
mod watch;

pub use query::open_count;
pub use watch::{WatchDevices, watch};

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(routes::list_all).service(routes::list);
}
