//! What every HTTP handler shares: errors, extractors, pages, revisions, idempotency, deadlines, headers, the API
//! document.

mod client;
pub mod deadline;
mod error;
mod extract;
pub mod gate;
pub mod headers;
pub mod idempotency;
mod limit;
pub mod openapi;
mod page;
pub mod rate;
mod revision;

pub use client::{Client, TrustedProxies};
pub use error::{Error, ErrorBody, Fields};
pub use extract::{Accepted, Created, Json, LargeJson, NoContent, Path, Query, from_value};
pub use limit::limit;
pub use page::{Page, PageParams, Paging};
pub use revision::IfMatch;

pub type Result<T, E = Error> = std::result::Result<T, E>;
