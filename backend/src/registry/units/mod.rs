//! 参建单位: the companies that take part in a project, each in one capacity, from entry until exit.
//!
//! Invariants: a unit's company is in the registry; a company is on a site once in each capacity; a unit comes with its
//! management crew and goes with it; a unit leaves after its crews and people, or with all of them in one transaction,
//! which an undo takes back as a whole; what was ever used is not deleted.

pub mod dto;
mod exits;
mod jobs;
pub mod query;
mod routes;
mod rules;
pub mod service;
mod views;

pub use jobs::ExportUnits;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(routes::list_all)
        .service(routes::export)
        .service(routes::list)
        .service(routes::enter)
        .service(routes::show)
        .service(routes::edit)
        .service(routes::delete)
        .service(routes::exit)
        .service(routes::undo_exit);
}
