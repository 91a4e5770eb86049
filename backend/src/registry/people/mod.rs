//! People: once per ID number on the whole platform.
//!
//! Invariants:
//! - An ID number is never stored readable: sealed, with a keyed hash to find it by and a mask to show. The bank
//!   card the same. Neither enters a URL, a log line or the audit.
//! - Birth date and sex are the ID number's; nobody types them.
//! - Nobody under sixteen is registered, whatever a region's policy says.
//! - Somebody is registered with at most one company at a time; the database decides, and `person.company_id`
//!   follows the open `employment` row in the same transaction.
//! - What is masked is shown in full only by `unmask`, which writes down who looked.
//! - What an ID number tells of its owner is limited and written down, whichever way it is asked: [`lookups`].

pub mod collected;
mod dto;
pub mod employment;
mod export;
pub mod identity;
pub mod jobs;
pub mod lookups;
pub mod query;
pub mod records;
mod routes;
pub mod rules;
pub mod service;

pub use dto::{Change, PersonEdit, PersonRow, Whereabouts};
pub use export::ExportPeople;
pub use service::{NewPerson, Particulars};

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    // Fixed words stand before `{person_id}`.
    routes
        .service(routes::search)
        .service(routes::export)
        .service(routes::lookup::lookup)
        .service(routes::register)
        .service(routes::detail)
        .service(routes::history)
        .service(routes::edit)
        .service(routes::edit_from_phone)
        .service(routes::correct_id_number)
        .service(routes::unmask::unmask)
        .configure(records::configure)
        .configure(employment::configure)
        .configure(collected::configure);
}
