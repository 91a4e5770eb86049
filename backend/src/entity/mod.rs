//! One file per table, together because they refer to each other. No behaviour, only
//! `find_in(&Reach)`: the rows a caller may see.

pub mod account;
pub mod alert;
pub mod application;
pub mod application_review;
pub mod attendance_day;
pub mod audit;
pub mod collected_person;
pub mod company;
mod constraints;
pub mod contract;
pub mod contract_page;
pub mod crew;
pub mod device;
pub mod device_person;
pub mod device_state;
pub mod employment;
pub mod face_comparison;
pub mod idempotency;
pub mod job;
pub mod person;
pub mod person_image;
pub mod person_record;
pub mod photo_pack;
pub mod policy;
pub mod project;
pub mod punch;
pub mod punch_objection;
pub mod punch_photo;
pub mod reach;
mod region;
pub mod role_grant;
pub mod roster_entry;
pub mod schedule;
pub mod session;
pub mod stored_file;
pub mod unit;
pub mod used_ticket;
pub mod vendor;

pub use constraints::meaning_of;
pub use reach::{Reach, Scope};
