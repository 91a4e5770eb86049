//! What happens on a site: the roster, devices, attendance, contracts, what workers object to
//! and see of themselves.

pub mod attendance;
pub mod contracts;
pub mod devices;
pub mod live;
pub mod objections;
pub mod own;
pub mod registrations;
pub mod roster;
