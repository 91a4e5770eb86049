//! What happens on a site: the roster, devices, attendance; contracts after it.

pub mod attendance;
pub mod devices;
pub mod live;
pub mod registrations;
pub mod roster;
