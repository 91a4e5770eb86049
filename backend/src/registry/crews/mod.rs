//! 班组: who works together on a project, within a unit, from entry until exit.
//!
//! Invariants: management crews (管理班组) come with their unit and go with it, people neither make, change, enter nor
//! exit them; a workers' crew can become a crew of 其他人员 and never the other way; names are unique among a unit's
//! crews on site; a crew leaves after its people, or with all of them in one transaction, and an undo brings back
//! exactly those; people enter only crews that are on site ([`query::on_site_for_entry`]).

pub mod dto;
mod exits;
mod jobs;
mod people;
pub mod query;
mod routes;
mod rules;
pub mod service;
mod together;
mod views;

pub use jobs::ExportCrews;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(routes::list_all)
        .service(routes::export)
        .service(routes::list)
        .service(routes::create)
        .service(routes::show)
        .service(routes::edit)
        .service(routes::delete)
        .service(routes::exit)
        .service(routes::undo_exit);
}
