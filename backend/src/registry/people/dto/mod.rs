//! What goes in and out over the API. Everything that identifies somebody goes out masked.

mod change;
mod form;
mod search;
mod view;

pub use change::Change;
pub use form::{IdNumberCorrection, NewPersonForm, PersonEdit};
pub use search::{PeoplePage, PersonSearch};
pub use view::{AuditView, CompanyRef, PersonDetail, PersonRow, Whereabouts, masked_address};
