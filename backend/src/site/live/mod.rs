//! What happens on a site, told to open pages as it happens.

mod events;

pub use events::{LiveKind, tell, topic};
