//! The API as its callers meet it: real sockets, real authorisation, on SQLite and on PostgreSQL.

#[macro_use]
pub mod support;

mod alerts;
mod applications;
mod attendance;
mod audit;
mod basics;
mod companies;
mod contracts;
mod crews;
mod demo;
mod devices;
mod every_operation;
mod files;
mod forwarding;
mod hostile;
mod mails;
mod operations;
mod operator;
mod outages;
mod own;
mod people;
mod phones;
mod policies;
mod project_export;
mod project_login;
mod project_lookup;
mod projects;
mod registrations;
mod roster;
pub mod session;
mod units;
mod vendors;
mod vision;
mod workbench;
