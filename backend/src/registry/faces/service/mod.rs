//! Writes.

mod check;
mod compare;
mod decide;
mod forget;
mod punches;
mod versions;

pub use check::{Checked, check};
pub use decide::decide;
pub use forget::{forget_of_the_departed, forget_of_the_unwilling, forget_replaced, withdraw};
pub use punches::{FaceOnSite, Punched, faces_on_site, warn_of};
pub use versions::{keep_earlier, keep_versions, portrait_was_read};
