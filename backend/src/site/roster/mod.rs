//! 花名册: who is on which project in which crew, from entry until exit.
//!
//! Invariants: unit → crew → person, in that order: people enter only crews that are on site, not before them, not in
//! the future and not further back than the region allows; nobody is on a project twice at once, and nobody under
//! sixteen at all; an entry is never deleted, it ends; an exit can be taken back for as many days as the region says,
//! unless the crew has left or the person is back; several people enter or leave together or not at all. A manager
//! has a post of the unit's kind, a worker a trade; a worker without a trade, or without the wage card where one is
//! demanded, is on site but incomplete (待完善).

pub mod dto;
mod export;
mod import;
pub mod query;
mod routes;
pub mod rules;
pub mod service;

pub use export::{ExportRoster, kind_label, settlement_label};
pub use import::ImportEntries;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(routes::list::list_all)
        .service(routes::list::search_all)
        .service(routes::list::counts_all)
        .service(routes::list::list)
        .service(routes::list::search)
        .service(routes::list::counts)
        .service(routes::export::export_all)
        .service(routes::export::export)
        .service(routes::import::template)
        .service(routes::import::import)
        .service(routes::enter::enter)
        .service(routes::exit::exit)
        .service(routes::edit::show)
        .service(routes::edit::edit)
        .service(routes::edit::issue_card)
        .service(routes::exit::undo);
}
