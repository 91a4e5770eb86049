//! What happens on a site: the roster today, attendance and contracts after it.

pub mod attendance;
pub mod roster;
