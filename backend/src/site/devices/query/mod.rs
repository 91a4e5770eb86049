//! Reads of devices, for this feature and for those above it.

mod list;
mod log_in;
mod people;
mod pushes;
mod whitelist;

pub use super::rules::OnlineState;
pub use list::{locked, page, page_of, that_list_people, view};
pub use log_in::{BoundDevice, UNBOUND, log_in};
pub use people::people;
pub use pushes::progress;
pub use whitelist::{Known, Whitelist, known};
