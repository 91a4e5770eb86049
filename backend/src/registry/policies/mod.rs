//! A region's rules as data, inherited downwards: the nearest region that says something decides, and where nobody
//! says anything the default stands.
//!
//! Invariant: a [`Policy`] is always whole and within its bounds; what is stored is checked when it is written.

mod query;
mod routes;
mod rules;
mod service;

pub use query::for_region;
pub use routes::configure;
pub use rules::{Elsewhere, Policy};
