//! What happens on a site: the roster, devices, attendance, contracts.

pub mod attendance;
pub mod contracts;
pub mod devices;
pub mod live;
pub mod roster;
