//! What goes in and out over the API. Everything that identifies somebody goes out masked.

mod enter;
mod exit;
mod filter;
mod view;

pub use enter::{
    Blocked, CardForm, Entered, EntryAnswer, EntryEdit, EntryForm, EntryPerson, Terms, ToConfirm, Warning, WarningCode,
};
pub use exit::{ExitAnswer, ExitForm, NotExited, UndoForm};
pub use filter::{Completeness, RosterFilter, UploadFilter};
pub use view::{EntryFacts, Heads, Lack, RawRow, RosterCounts, RosterRow};
