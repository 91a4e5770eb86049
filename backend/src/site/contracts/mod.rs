//! 劳动合同: who has signed one, its scan, and what happens to those who have not.
//!
//! Invariants: a contract belongs to one stay on a project, and a stay has one that is not ended at a time; it counts
//! from the moment its scan is there, and no longer once the scan was taken back (【重置】) or it was ended (【解约】); an
//! ended one is never changed; one that was recorded by mistake can be deleted for as many days as the region says.
//! Workers without one are yellow, orange, red by the days since they came or since the last one was ended, and red
//! stops punching where the region says so. A scan shows everything about somebody: whoever opens it is written down.

pub mod dto;
mod due;
mod export;
pub mod query;
mod routes;
pub mod rules;
pub mod service;

pub use due::ContractsDue;
pub use export::{ExportContracts, term_label};

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(routes::list::search_all)
        .service(routes::list::unsigned_all)
        .service(routes::list::counts_all)
        .service(routes::export::export_all)
        .service(routes::list::search)
        .service(routes::list::unsigned)
        .service(routes::list::counts)
        .service(routes::export::export)
        .service(routes::write::sign)
        .service(routes::list::show)
        .service(routes::list::of_person)
        .service(routes::write::edit)
        .service(routes::write::terminate)
        .service(routes::write::reset)
        .service(routes::write::delete)
        .service(routes::file::open);
}
